// SPDX-License-Identifier: Apache-2.0

package types

import (
	"slices"
	"strings"

	errorsmod "cosmossdk.io/errors"
)

// MaxMediaTypes is how many formats one topic may take.
const MaxMediaTypes = 8

// SafeMediaTypes lists the formats that hold numbers and a graph and nothing that runs
// when it is loaded. It is a list of those allowed and not of those forbidden (pickle,
// archives with pickle inside, scripts): what nobody looked at stays out.
func SafeMediaTypes() []string {
	return []string{"application/onnx", "application/safetensors"}
}

// Validate checks every field against the safe formats and p. It returns
// ErrInvalidArtifactRules.
func (r ArtifactRules) Validate(p Params) error {
	if len(r.MediaTypes) == 0 || len(r.MediaTypes) > MaxMediaTypes {
		return errorsmod.Wrapf(ErrInvalidArtifactRules, "%d media_types, expected 1 to %d", len(r.MediaTypes), MaxMediaTypes)
	}
	safe := SafeMediaTypes()
	for i, mediaType := range r.MediaTypes {
		if !slices.Contains(safe, mediaType) {
			return errorsmod.Wrapf(ErrInvalidArtifactRules, "media type %q is not known to be safe to load: choose among %s", mediaType, strings.Join(safe, ", "))
		}
		if slices.Contains(r.MediaTypes[:i], mediaType) {
			return errorsmod.Wrapf(ErrInvalidArtifactRules, "media type %q stands there twice: name each once", mediaType)
		}
	}
	if r.MaxBytes == 0 || r.MaxBytes > p.MaxArtifactBytes {
		return errorsmod.Wrapf(ErrInvalidArtifactRules, "max_bytes is %d: choose 1 to %d", r.MaxBytes, p.MaxArtifactBytes)
	}
	return nil
}

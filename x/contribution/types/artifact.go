// SPDX-License-Identifier: Apache-2.0

package types

import (
	"crypto/sha256"
	"slices"
	"strings"

	errorsmod "cosmossdk.io/errors"

	topictypes "github.com/weal-network/weal/x/topic/types"
)

const (
	// MaxURIs is how many copies of an artifact may be named.
	MaxURIs = 8
	// MaxMediaTypeBytes is the longest media type that is looked at.
	MaxMediaTypeBytes = 128
)

// Validate checks what can be checked of an artifact without its topic: digest,
// size, media type and URIs.
func (a Artifact) Validate() error {
	if len(a.Sha256) != sha256.Size {
		return errorsmod.Wrapf(ErrInvalidArtifact, "sha256 is %d bytes, expected %d: send the SHA-256 of the file", len(a.Sha256), sha256.Size)
	}
	if a.Size_ == 0 {
		return errorsmod.Wrap(ErrInvalidArtifact, "size is 0, expected the file's length in bytes")
	}
	if a.MediaType == "" || len(a.MediaType) > MaxMediaTypeBytes {
		return errorsmod.Wrapf(ErrInvalidArtifact, "media_type is %d bytes, expected 1 to %d: name one of the topic's", len(a.MediaType), MaxMediaTypeBytes)
	}
	return validateURIs(a.Uris)
}

// validateURIs checks the copies of an artifact.
func validateURIs(uris []string) error {
	if len(uris) == 0 || len(uris) > MaxURIs {
		return errorsmod.Wrapf(ErrInvalidArtifact, "%d uris, expected 1 to %d: say where evaluators fetch the file", len(uris), MaxURIs)
	}
	for i, uri := range uris {
		if err := ValidateURI(uri); err != nil {
			return errorsmod.Wrapf(err, "uris[%d]", i)
		}
		if slices.Contains(uris[:i], uri) {
			return errorsmod.Wrapf(ErrInvalidURI, "uris[%d] %q stands there twice: name each copy once", i, uri)
		}
	}
	return nil
}

// ValidateFor checks the artifact against what a topic takes.
func (a Artifact) ValidateFor(rules topictypes.ArtifactRules) error {
	if a.Size_ > rules.MaxBytes {
		return errorsmod.Wrapf(ErrInvalidArtifact, "artifact has %d bytes, the topic takes at most %d: submit a smaller model", a.Size_, rules.MaxBytes)
	}
	if !slices.Contains(rules.MediaTypes, a.MediaType) {
		return errorsmod.Wrapf(ErrInvalidArtifact, "media type %q is not taken: the topic takes %s", a.MediaType, strings.Join(rules.MediaTypes, ", "))
	}
	return nil
}

// IsZero reports whether nothing was revealed yet.
func (a Artifact) IsZero() bool {
	return len(a.Sha256) == 0 && a.Size_ == 0 && a.MediaType == "" && len(a.Uris) == 0
}

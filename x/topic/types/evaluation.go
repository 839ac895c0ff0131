// SPDX-License-Identifier: Apache-2.0

package types

import (
	"crypto/sha256"

	errorsmod "cosmossdk.io/errors"
)

// Validate checks every field. It does not ask whether an evaluator of this kind exists:
// new kinds come with new evaluators, not with a new chain. It returns
// ErrInvalidEvaluation.
func (e Evaluation) Validate() error {
	if len(e.Kind) == 0 || len(e.Kind) > MaxNameBytes || !consistsOf(e.Kind, '-') {
		return errorsmod.Wrapf(ErrInvalidEvaluation, "kind %q: write 1 to %d small letters, digits and '-', as in onnx-bits-per-byte", e.Kind, MaxNameBytes)
	}
	if e.SpecUri == "" {
		return errorsmod.Wrap(ErrInvalidEvaluation, "spec_uri is empty: say where evaluators fetch the topic's spec document")
	}
	if err := validateURI(ErrInvalidEvaluation, "spec_uri", e.SpecUri); err != nil {
		return err
	}
	if len(e.SpecSha256) != sha256.Size {
		return errorsmod.Wrapf(ErrInvalidEvaluation, "spec_sha256 is %d bytes, expected %d: give the SHA-256 of the spec document", len(e.SpecSha256), sha256.Size)
	}
	if len(e.CorpusSha256) != sha256.Size {
		return errorsmod.Wrapf(ErrInvalidEvaluation, "corpus_sha256 is %d bytes, expected %d: give the SHA-256 of the corpus's sorted list of files", len(e.CorpusSha256), sha256.Size)
	}
	return nil
}

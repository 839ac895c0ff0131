// SPDX-License-Identifier: Apache-2.0

package types

import (
	"crypto/sha256"
	"net/url"
	"regexp"
	"slices"
	"unicode/utf8"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"
)

// Bounds of a topic's fields.
const (
	maxTitleBytes    = 128
	maxURIBytes      = 256
	maxUnitBytes     = 32
	maxExponent      = 12
	maxMediaTypes    = 8
	minKappaBP       = 5_000
	maxKappaBP       = 9_000
	basisPoints      = 10_000
	maxImmunityEpoch = 10_000
)

var (
	slugForm   = regexp.MustCompile(`^[a-z][a-z0-9-]{2,31}$`)
	metricForm = regexp.MustCompile(`^[a-z0-9_]{1,64}$`)
	kindForm   = regexp.MustCompile(`^[a-z0-9-]{1,64}$`)
)

// mediaTypes are the formats that hold numbers and a graph and run no code when they are loaded.
var mediaTypes = []string{"application/onnx", "application/safetensors"}

// Validate checks every field of the spec, within the module's bounds p.
func (s TopicSpec) Validate(p Params) error {
	if !slugForm.MatchString(s.Slug) {
		return errorsmod.Wrapf(ErrInvalidSlug, "%q: choose 3 to 32 of a-z, 0-9 and hyphen, beginning with a letter", s.Slug)
	}
	if s.Title == "" || len(s.Title) > maxTitleBytes || !utf8.ValidString(s.Title) {
		return errorsmod.Wrapf(ErrInvalidText, "title has %d bytes: write 1 to %d of UTF-8", len(s.Title), maxTitleBytes)
	}
	if err := validateURI("description_uri", s.DescriptionUri); err != nil {
		return err
	}
	if _, err := sdk.AccAddressFromBech32(s.Steward); err != nil {
		return errorsmod.Wrapf(ErrInvalidAddress, "steward %q: %s; name an account of this chain", s.Steward, err)
	}
	if s.Access != ACCESS_OPEN && s.Access != ACCESS_ADMITTED {
		return errorsmod.Wrapf(ErrInvalidAccess, "access is %s: choose ACCESS_OPEN or ACCESS_ADMITTED", s.Access)
	}
	if err := s.Metric.Validate(); err != nil {
		return err
	}
	if err := s.Evaluation.Validate(); err != nil {
		return err
	}
	if err := s.ArtifactRules.Validate(p); err != nil {
		return err
	}
	if err := s.Schedule.Validate(p); err != nil {
		return err
	}
	return s.Scoring.Validate()
}

// Validate checks that worst and best agree with the direction and can be told apart.
func (m Metric) Validate() error {
	if !metricForm.MatchString(m.Name) {
		return errorsmod.Wrapf(ErrInvalidMetric, "name is %q: choose 1 to 64 of a-z, 0-9 and underscore", m.Name)
	}
	if len(m.Unit) > maxUnitBytes || !utf8.ValidString(m.Unit) {
		return errorsmod.Wrapf(ErrInvalidMetric, "unit has %d bytes: write at most %d of UTF-8", len(m.Unit), maxUnitBytes)
	}
	if m.Exponent > maxExponent {
		return errorsmod.Wrapf(ErrInvalidMetric, "exponent is %d: choose 0 to %d decimals", m.Exponent, maxExponent)
	}
	switch m.Direction {
	case DIRECTION_LOWER_IS_BETTER:
		if m.Best >= m.Worst {
			return errorsmod.Wrapf(ErrInvalidMetric, "best is %d and worst %d, but lower is better: best must be below worst", m.Best, m.Worst)
		}
	case DIRECTION_HIGHER_IS_BETTER:
		if m.Best <= m.Worst {
			return errorsmod.Wrapf(ErrInvalidMetric, "best is %d and worst %d, but higher is better: best must be above worst", m.Best, m.Worst)
		}
	case DIRECTION_UNSPECIFIED:
		fallthrough
	default:
		return errorsmod.Wrapf(ErrInvalidMetric, "direction is %s: choose DIRECTION_LOWER_IS_BETTER or DIRECTION_HIGHER_IS_BETTER", m.Direction)
	}
	return nil
}

// Validate checks the kind's form and the lengths of the digests.
func (e Evaluation) Validate() error {
	if !kindForm.MatchString(e.Kind) {
		return errorsmod.Wrapf(ErrInvalidEvaluation, "kind is %q: name an evaluator such as onnx-bits-per-byte, 1 to 64 of a-z, 0-9 and hyphen", e.Kind)
	}
	if e.SpecUri == "" {
		return errorsmod.Wrap(ErrInvalidEvaluation, "spec_uri is empty: say where the spec document is served")
	}
	if err := validateURI("spec_uri", e.SpecUri); err != nil {
		return err
	}
	if len(e.SpecSha256) != sha256.Size {
		return errorsmod.Wrapf(ErrInvalidEvaluation, "spec_sha256 has %d bytes, expected %d: give the SHA-256 of the spec document", len(e.SpecSha256), sha256.Size)
	}
	if len(e.CorpusSha256) != sha256.Size {
		return errorsmod.Wrapf(ErrInvalidEvaluation, "corpus_sha256 has %d bytes, expected %d: give the digest that the spec document names", len(e.CorpusSha256), sha256.Size)
	}
	return nil
}

// Validate checks media types and size, within the module's bounds p.
func (r ArtifactRules) Validate(p Params) error {
	if len(r.MediaTypes) == 0 || len(r.MediaTypes) > maxMediaTypes {
		return errorsmod.Wrapf(ErrInvalidArtifactRules, "%d media types: name 1 to %d", len(r.MediaTypes), maxMediaTypes)
	}
	for i, m := range r.MediaTypes {
		if !slices.Contains(mediaTypes, m) {
			return errorsmod.Wrapf(ErrInvalidArtifactRules, "media type %q: choose among %v; formats that run code when loaded are refused", m, mediaTypes)
		}
		if slices.Contains(r.MediaTypes[:i], m) {
			return errorsmod.Wrapf(ErrInvalidArtifactRules, "media type %q is named twice", m)
		}
	}
	if r.MaxBytes == 0 || r.MaxBytes > p.MaxArtifactBytes {
		return errorsmod.Wrapf(ErrInvalidArtifactRules, "max_bytes is %d: choose 1 to %d", r.MaxBytes, p.MaxArtifactBytes)
	}
	return nil
}

// Validate checks the clock, within the module's bounds p.
func (s Schedule) Validate(p Params) error {
	if s.EpochBlocks < p.MinEpochBlocks || s.EpochBlocks > p.MaxEpochBlocks {
		return errorsmod.Wrapf(ErrInvalidSchedule, "epoch_blocks is %d: choose %d to %d", s.EpochBlocks, p.MinEpochBlocks, p.MaxEpochBlocks)
	}
	if s.RevealBlocks == 0 || s.RevealBlocks >= s.EpochBlocks {
		return errorsmod.Wrapf(ErrInvalidSchedule, "reveal_blocks is %d: choose 1 to %d, so that both windows have a block", s.RevealBlocks, s.EpochBlocks-1)
	}
	if s.MaxActive == 0 || s.MaxActive > p.MaxActive {
		return errorsmod.Wrapf(ErrInvalidSchedule, "max_active is %d: choose 1 to %d", s.MaxActive, p.MaxActive)
	}
	if s.ImmunityEpochs > maxImmunityEpoch {
		return errorsmod.Wrapf(ErrInvalidSchedule, "immunity_epochs is %d: choose 0 to %d", s.ImmunityEpochs, maxImmunityEpoch)
	}
	return nil
}

// Validate checks the parameters of the consensus.
func (s Scoring) Validate() error {
	if s.Rule != RULE_YUMA2 && s.Rule != RULE_YUMA3 {
		return errorsmod.Wrapf(ErrInvalidScoring, "rule is %s: choose RULE_YUMA2 or RULE_YUMA3", s.Rule)
	}
	if s.KappaBp < minKappaBP || s.KappaBp > maxKappaBP {
		return errorsmod.Wrapf(ErrInvalidScoring, "kappa_bp is %d: choose %d to %d", s.KappaBp, minKappaBP, maxKappaBP)
	}
	if s.BondPenaltyBp > basisPoints {
		return errorsmod.Wrapf(ErrInvalidScoring, "bond_penalty_bp is %d: choose 0 to %d", s.BondPenaltyBp, basisPoints)
	}
	if s.BondsMovingAverageBp > basisPoints {
		return errorsmod.Wrapf(ErrInvalidScoring, "bonds_moving_average_bp is %d: choose 0 to %d", s.BondsMovingAverageBp, basisPoints)
	}
	if s.RewardRule != REWARD_RULE_PROPORTIONAL {
		return errorsmod.Wrapf(ErrInvalidScoring, "reward_rule is %s: choose REWARD_RULE_PROPORTIONAL", s.RewardRule)
	}
	return nil
}

// validateURI checks a reference that may be empty.
func validateURI(field, uri string) error {
	if len(uri) > maxURIBytes {
		return errorsmod.Wrapf(ErrInvalidText, "%s has %d bytes: write at most %d", field, len(uri), maxURIBytes)
	}
	if uri == "" {
		return nil
	}
	if u, err := url.Parse(uri); err != nil || u.Scheme == "" || !utf8.ValidString(uri) {
		return errorsmod.Wrapf(ErrInvalidText, "%s is %q: write a URI with its scheme, such as https://example.org/topic.md", field, uri)
	}
	return nil
}

// SPDX-License-Identifier: Apache-2.0

package types

import (
	"unicode/utf8"

	"cosmossdk.io/core/address"
	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/pkg/bounds"
)

// Bounds of what is said about a topic, in bytes.
const (
	// MinSlugBytes keeps slugs apart from ids in commands that take either.
	MinSlugBytes = 3
	// MaxSlugBytes is the longest slug.
	MaxSlugBytes = 32
	// MaxTitleBytes is the longest title.
	MaxTitleBytes = 128
	// MaxURIBytes is the longest URI.
	MaxURIBytes = 256
)

// MaxStewardBp is the most of an epoch's budget that a steward has, in basis points.
const MaxStewardBp = 500

// NewTopic makes an active topic of a spec, for which creator left a deposit.
func NewTopic(id uint64, creator string, deposit uint64, spec TopicSpec) Topic {
	topic := Topic{Id: id, Status: STATUS_ACTIVE, Creator: creator, Deposit: deposit}
	return topic.WithSpec(spec)
}

// WithSpec returns the topic with all that a proposer decides replaced by spec; id,
// status, creator, deposit and what is said of pauses stay.
func (t Topic) WithSpec(spec TopicSpec) Topic {
	return Topic{
		Id:              t.Id,
		Status:          t.Status,
		Creator:         t.Creator,
		Deposit:         t.Deposit,
		Pause:           t.Pause,
		GuardableFromMs: t.GuardableFromMs,
		Slug:            spec.Slug,
		Title:           spec.Title,
		DescriptionUri:  spec.DescriptionUri,
		Steward:         spec.Steward,
		Access:          spec.Access,
		Metric:          spec.Metric,
		Evaluation:      spec.Evaluation,
		ArtifactRules:   spec.ArtifactRules,
		Schedule:        spec.Schedule,
		Scoring:         spec.Scoring,
		Sandbox:         spec.Sandbox,
		Pricing:         spec.Pricing,
		StewardBp:       spec.StewardBp,
	}
}

// Spec returns what a proposer decided about the topic.
func (t Topic) Spec() TopicSpec {
	return TopicSpec{
		Slug:           t.Slug,
		Title:          t.Title,
		DescriptionUri: t.DescriptionUri,
		Steward:        t.Steward,
		Access:         t.Access,
		Metric:         t.Metric,
		Evaluation:     t.Evaluation,
		ArtifactRules:  t.ArtifactRules,
		Schedule:       t.Schedule,
		Scoring:        t.Scoring,
		Sandbox:        t.Sandbox,
		Pricing:        t.Pricing,
		StewardBp:      t.StewardBp,
	}
}

// IsLive reports whether the topic has not ended for good.
func (t Topic) IsLive() bool { return t.Status != STATUS_RETIRED }

// HoldsSlug reports whether no other topic may have the slug. A sandbox gives it free when
// it is retired; a paid topic keeps it for ever, so that nothing passes for what was paid.
func (t Topic) HoldsSlug() bool { return t.IsLive() || !t.Sandbox }

// WithDefaults is the spec with the default scoring, if it has none.
func (s TopicSpec) WithDefaults() TopicSpec {
	if s.Scoring == (Scoring{}) {
		s.Scoring = DefaultScoring()
	}
	return s
}

// Validate checks every field of the spec: that it is well formed, and within what p
// allows. p must be valid itself; ac reads the steward's address.
func (s TopicSpec) Validate(p Params, ac address.Codec) error {
	if err := ValidateSlug(s.Slug); err != nil {
		return err
	}
	if err := s.validateDescription(); err != nil {
		return err
	}
	if err := ValidateSteward("steward", s.Steward, ac); err != nil {
		return err
	}
	if err := s.validateStewardBp(); err != nil {
		return err
	}
	if s.Access != ACCESS_OPEN && s.Access != ACCESS_ADMITTED {
		return errorsmod.Wrapf(ErrInvalidAccess, "access is %s: choose %s or %s", s.Access, ACCESS_OPEN, ACCESS_ADMITTED)
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
	if err := s.Scoring.Validate(); err != nil {
		return err
	}
	return s.Pricing.Validate(s.Sandbox)
}

// ValidateSteward checks that a field names an account in the one way that it is written,
// so that equal accounts are equal texts. It returns ErrInvalidSteward.
func ValidateSteward(field, text string, ac address.Codec) error {
	account, err := ac.StringToBytes(text)
	if err != nil {
		return errorsmod.Wrapf(ErrInvalidSteward, "%s %q: %s; name the account that answers for the topic", field, text, err)
	}
	canonical, err := ac.BytesToString(account)
	if err != nil || canonical != text {
		return errorsmod.Wrapf(ErrInvalidSteward, "%s %q: write it as %s", field, text, canonical)
	}
	return nil
}

func (s TopicSpec) validateStewardBp() error {
	if s.Sandbox && s.StewardBp != 0 {
		return errorsmod.Wrapf(ErrInvalidSteward, "steward_bp is %d in a sandbox, which is never paid: leave it out", s.StewardBp)
	}
	if err := bounds.Check(s.Ranges()); err != nil {
		return errorsmod.Wrap(ErrInvalidSteward, err.Error())
	}
	return nil
}

// Ranges lists what each number at the top of a spec is and may be.
func (s TopicSpec) Ranges() []bounds.Range {
	return []bounds.Range{{Name: "steward_bp", Value: uint64(s.StewardBp), Least: 0, Most: MaxStewardBp, Unit: bounds.BasisPoints}}
}

func (s TopicSpec) validateDescription() error {
	if len(s.Title) == 0 || len(s.Title) > MaxTitleBytes {
		return errorsmod.Wrapf(ErrInvalidDescription, "title is %d bytes, expected 1 to %d: say in a line what models compete at", len(s.Title), MaxTitleBytes)
	}
	if !isPrintable(s.Title) {
		return errorsmod.Wrapf(ErrInvalidDescription, "title %q has characters that do not print: write plain text in one line", s.Title)
	}
	if s.DescriptionUri == "" {
		return nil
	}
	return validateURI(ErrInvalidDescription, "description_uri", s.DescriptionUri)
}

// ValidateSlug checks that a slug is 3 to 32 of [a-z0-9-], beginning with a letter. It
// returns ErrInvalidSlug.
func ValidateSlug(slug string) error {
	if len(slug) < MinSlugBytes || len(slug) > MaxSlugBytes {
		return errorsmod.Wrapf(ErrInvalidSlug, "slug %q is %d bytes, expected %d to %d", slug, len(slug), MinSlugBytes, MaxSlugBytes)
	}
	if slug[0] < 'a' || slug[0] > 'z' || !consistsOf(slug, '-') {
		return errorsmod.Wrapf(ErrInvalidSlug, "slug %q: begin with a letter, and write small letters, digits and '-' only", slug)
	}
	return nil
}

// consistsOf reports whether a name has small letters, digits and the given sign only.
func consistsOf(name string, sign byte) bool {
	for i := range len(name) {
		c := name[i]
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != sign {
			return false
		}
	}
	return true
}

// isPrintable reports whether a text is one line that shows on a terminal as what it is:
// valid UTF-8 without control characters, separators of lines, and marks that turn the
// direction of writing. The ranges stand here rather than in a table of Go's, which
// changes with its release: all nodes must agree.
func isPrintable(text string) bool {
	for _, r := range text {
		switch {
		case r < 0x20, 0x7f <= r && r < 0xa0, 0x2028 <= r && r <= 0x202e, 0x2066 <= r && r <= 0x2069:
			return false
		}
	}
	return utf8.ValidString(text)
}

// validateURI checks that a URI is scheme:rest in at most MaxURIBytes of printable
// ASCII. It is written out rather than left to net/url: all nodes must agree, whatever
// version of Go they were built with.
func validateURI(kind *errorsmod.Error, field, uri string) error {
	if len(uri) > MaxURIBytes {
		return errorsmod.Wrapf(kind, "%s is %d bytes, expected at most %d: serve it under a shorter one", field, len(uri), MaxURIBytes)
	}
	colon := -1
	for i := range len(uri) {
		if uri[i] <= ' ' || uri[i] > '~' {
			return errorsmod.Wrapf(kind, "%s %q has a byte that is not printable ASCII at %d: percent-encode it", field, uri, i)
		}
		if uri[i] == ':' && colon < 0 {
			colon = i
		}
	}
	if colon < 1 || colon == len(uri)-1 || uri[0] < 'a' || uri[0] > 'z' || !consistsOf(uri[:colon], '+') {
		return errorsmod.Wrapf(kind, "%s %q is no URI: write a scheme and a location, as in https://example.org/spec.json", field, uri)
	}
	return nil
}

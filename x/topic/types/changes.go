// SPDX-License-Identifier: Apache-2.0

package types

import (
	"bytes"
	"slices"

	errorsmod "cosmossdk.io/errors"
)

// Changer is who may change a field of a topic by MsgUpdateTopic. Whoever ranks higher
// may change what those below may.
type Changer int

const (
	// Nobody may: the field is fixed when the topic is opened.
	Nobody Changer = iota
	// Authority may: the field touches money or scoring.
	Authority
	// Steward may, and the authority.
	Steward
)

// String names the changer as the module's page does.
func (c Changer) String() string {
	switch c {
	case Steward:
		return "steward"
	case Authority:
		return "authority"
	case Nobody:
		return "nobody"
	}
	return "unknown"
}

// FieldRule says who may change a field of TopicSpec.
type FieldRule struct {
	// Path is the field's in TopicSpec; that of a message stands for all its fields.
	Path string
	// Paid and Sandbox say who may in a topic of that kind.
	Paid, Sandbox Changer
	// Why is the reason.
	Why string
	// same reports whether the field is the same in both.
	same func(a, b TopicSpec) bool
}

// fieldRules covers every field once; a test compares it with the message's descriptor,
// so that a new field has to be decided about before it can be changed by anybody.
var fieldRules = []FieldRule{
	{"slug", Nobody, Nobody, "is what people and scripts find it by", func(a, b TopicSpec) bool { return a.Slug == b.Slug }},
	{"title", Steward, Steward, "is for people", func(a, b TopicSpec) bool { return a.Title == b.Title }},
	{"description_uri", Steward, Steward, "is for people", func(a, b TopicSpec) bool { return a.DescriptionUri == b.DescriptionUri }},
	{"steward", Authority, Authority, "is handed over by an offer that is accepted", func(a, b TopicSpec) bool { return a.Steward == b.Steward }},
	{"steward_bp", Authority, Authority, "is money", func(a, b TopicSpec) bool { return a.StewardBp == b.StewardBp }},
	{"access", Authority, Steward, "decides who is paid", func(a, b TopicSpec) bool { return a.Access == b.Access }},
	{"metric", Authority, Steward, "is what scores are made of", func(a, b TopicSpec) bool { return a.Metric == b.Metric }},
	{"evaluation.kind", Authority, Steward, "is what scores are made by", func(a, b TopicSpec) bool { return a.Evaluation.Kind == b.Evaluation.Kind }},
	{"evaluation.spec_uri", Steward, Steward, "only says where the document is that its digest names", func(a, b TopicSpec) bool { return a.Evaluation.SpecUri == b.Evaluation.SpecUri }},
	{"evaluation.spec_sha256", Authority, Steward, "is what scores are made by", func(a, b TopicSpec) bool { return bytes.Equal(a.Evaluation.SpecSha256, b.Evaluation.SpecSha256) }},
	{"evaluation.corpus_sha256", Authority, Steward, "is what scores are made on", func(a, b TopicSpec) bool { return bytes.Equal(a.Evaluation.CorpusSha256, b.Evaluation.CorpusSha256) }},
	{"artifact_rules", Authority, Steward, "decides what is paid", sameArtifactRules},
	{"schedule", Authority, Steward, "is the clock of scores and pay", func(a, b TopicSpec) bool { return a.Schedule == b.Schedule }},
	{"scoring", Authority, Steward, "decides how scores become pay", func(a, b TopicSpec) bool { return a.Scoring == b.Scoring }},
	{"sandbox", Nobody, Nobody, "is decided when it is opened, as what was free to enter is never paid", func(a, b TopicSpec) bool { return a.Sandbox == b.Sandbox }},
	{"pricing", Authority, Authority, "is money", func(a, b TopicSpec) bool { return a.Pricing == b.Pricing }},
}

func sameArtifactRules(a, b TopicSpec) bool {
	return slices.Equal(a.ArtifactRules.MediaTypes, b.ArtifactRules.MediaTypes) && a.ArtifactRules.MaxBytes == b.ArtifactRules.MaxBytes
}

// FieldRules lists who may change what.
func FieldRules() []FieldRule { return slices.Clone(fieldRules) }

// Changer is who may change the field of a topic of that kind.
func (r FieldRule) Changer(sandbox bool) Changer {
	if sandbox {
		return r.Sandbox
	}
	return r.Paid
}

// CheckChanges returns the paths of the fields in which after differs from before, or an
// error if one of them is not by's to change: ErrFieldFixed, ErrNotForSteward. That
// nothing differs is ErrNothingChanged.
func CheckChanges(before, after TopicSpec, by Changer) ([]string, error) {
	var changed []string
	for _, rule := range fieldRules {
		if rule.same(before, after) {
			continue
		}
		switch who := rule.Changer(before.Sandbox); {
		case who == Nobody:
			return nil, errorsmod.Wrapf(ErrFieldFixed, "%s of topic %q %s: send it as it stands", rule.Path, before.Slug, rule.Why)
		case who < by:
			return nil, errorsmod.Wrapf(ErrNotForSteward, "%s of topic %q %s: send it as it stands, or propose the change with `weald tx topic propose update`",
				rule.Path, before.Slug, rule.Why)
		}
		changed = append(changed, rule.Path)
	}
	if len(changed) == 0 {
		return nil, errorsmod.Wrapf(ErrNothingChanged, "topic %q is as the message says, or will be at its next epoch: send what is to be different", before.Slug)
	}
	return changed, nil
}

// SameSpec reports whether two specs agree in every field.
func SameSpec(a, b TopicSpec) bool {
	return !slices.ContainsFunc(fieldRules, func(rule FieldRule) bool { return !rule.same(a, b) })
}

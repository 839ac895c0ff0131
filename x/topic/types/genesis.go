// SPDX-License-Identifier: Apache-2.0

package types

import (
	"cosmossdk.io/core/address"
	errorsmod "cosmossdk.io/errors"

	addresscodec "github.com/cosmos/cosmos-sdk/codec/address"
	sdk "github.com/cosmos/cosmos-sdk/types"
)

// DefaultGenesisState has no topics.
func DefaultGenesisState() *GenesisState {
	return &GenesisState{Params: DefaultParams(), NextTopicId: FirstTopicID}
}

// Validate checks the parameters and every topic, that ids rise and that no slug stands
// twice. Topics are held to the bounds that no vote can move and not to the current
// parameters, because a topic outlives those it was opened under.
func (g GenesisState) Validate() error {
	if err := g.Params.Validate(); err != nil {
		return err
	}
	if len(g.Topics) > MaxTopics {
		return errorsmod.Wrapf(ErrInvalidGenesis, "%d topics, expected at most %d", len(g.Topics), MaxTopics)
	}
	if g.NextTopicId < FirstTopicID {
		return errorsmod.Wrapf(ErrInvalidGenesis, "next_topic_id is %d, expected at least %d", g.NextTopicId, FirstTopicID)
	}
	ac := addresscodec.NewBech32Codec(sdk.GetConfig().GetBech32AccountAddrPrefix())
	last, slugs := uint64(0), make(map[string]uint64, len(g.Topics))
	for i, topic := range g.Topics {
		if topic.Id <= last || topic.Id >= g.NextTopicId {
			return errorsmod.Wrapf(ErrInvalidGenesis, "topics[%d] has id %d, expected one above %d and below next_topic_id %d", i, topic.Id, last, g.NextTopicId)
		}
		if err := topic.validate(ac); err != nil {
			return errorsmod.Wrapf(err, "topics[%d]", i)
		}
		if other, taken := slugs[topic.Slug]; taken {
			return errorsmod.Wrapf(ErrInvalidGenesis, "topics[%d] has the slug %q of topic %d: give each its own", i, topic.Slug, other)
		}
		last, slugs[topic.Slug] = topic.Id, topic.Id
	}
	return nil
}

// validate checks every field of a topic that stands, against the bounds that no vote
// can move.
func (t Topic) validate(ac address.Codec) error {
	if t.Status != STATUS_ACTIVE && t.Status != STATUS_PAUSED && t.Status != STATUS_RETIRED {
		return errorsmod.Wrapf(ErrInvalidGenesis, "status is %s: choose %s, %s or %s", t.Status, STATUS_ACTIVE, STATUS_PAUSED, STATUS_RETIRED)
	}
	return t.Spec().Validate(widestParams(), ac)
}

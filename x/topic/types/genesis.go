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

// Validate checks the parameters and every topic, that ids rise, that no slug is held
// twice, and that what waits belongs to topics that live. Topics are held to the bounds
// that no vote can move and not to the current parameters, because a topic outlives those
// it was opened under.
func (g GenesisState) Validate() error {
	if err := g.Params.Validate(); err != nil {
		return err
	}
	if g.NextTopicId < FirstTopicID {
		return errorsmod.Wrapf(ErrInvalidGenesis, "next_topic_id is %d, expected at least %d", g.NextTopicId, FirstTopicID)
	}
	ac := addresscodec.NewBech32Codec(sdk.GetConfig().GetBech32AccountAddrPrefix())
	live, err := g.validateTopics(ac)
	if err != nil {
		return err
	}
	if err := g.validatePending(live, ac); err != nil {
		return err
	}
	return g.validateOffers(live, ac)
}

// validateTopics returns those that live, by id.
func (g GenesisState) validateTopics(ac address.Codec) (map[uint64]Topic, error) {
	last, slugs := uint64(0), make(map[string]uint64, len(g.Topics))
	live, paid := make(map[uint64]Topic, len(g.Topics)), 0
	for i, topic := range g.Topics {
		if topic.Id <= last || topic.Id >= g.NextTopicId {
			return nil, errorsmod.Wrapf(ErrInvalidGenesis, "topics[%d] has id %d, expected one above %d and below next_topic_id %d", i, topic.Id, last, g.NextTopicId)
		}
		if err := topic.validate(ac); err != nil {
			return nil, errorsmod.Wrapf(err, "topics[%d]", i)
		}
		last = topic.Id
		if topic.HoldsSlug() {
			if other, taken := slugs[topic.Slug]; taken {
				return nil, errorsmod.Wrapf(ErrInvalidGenesis, "topics[%d] has the slug %q of topic %d: give each its own", i, topic.Slug, other)
			}
			slugs[topic.Slug] = topic.Id
		}
		if topic.IsLive() {
			live[topic.Id] = topic
			if !topic.Sandbox {
				paid++
			}
		}
	}
	if sandboxes := len(live) - paid; paid > MaxTopics || sandboxes > MaxTopics {
		return nil, errorsmod.Wrapf(ErrInvalidGenesis, "%d paid topics and %d sandboxes live, expected at most %d of each", paid, sandboxes, MaxTopics)
	}
	return live, nil
}

func (g GenesisState) validatePending(live map[uint64]Topic, ac address.Codec) error {
	last := uint64(0)
	for i, pending := range g.PendingUpdates {
		topic, found := live[pending.TopicId]
		if !found || pending.TopicId <= last {
			return errorsmod.Wrapf(ErrInvalidGenesis, "pending_updates[%d] is of topic %d, expected one that lives, above %d", i, pending.TopicId, last)
		}
		if err := pending.Spec.Validate(widestParams(), ac); err != nil {
			return errorsmod.Wrapf(err, "pending_updates[%d]", i)
		}
		if _, err := CheckChanges(topic.Spec(), pending.Spec, Authority); err != nil {
			return errorsmod.Wrapf(err, "pending_updates[%d]", i)
		}
		last = pending.TopicId
	}
	return nil
}

func (g GenesisState) validateOffers(live map[uint64]Topic, ac address.Codec) error {
	last := uint64(0)
	for i, offer := range g.StewardshipOffers {
		if _, found := live[offer.TopicId]; !found || offer.TopicId <= last {
			return errorsmod.Wrapf(ErrInvalidGenesis, "stewardship_offers[%d] is of topic %d, expected one that lives, above %d", i, offer.TopicId, last)
		}
		if err := ValidateSteward("to", offer.To, ac); err != nil {
			return errorsmod.Wrapf(err, "stewardship_offers[%d]", i)
		}
		last = offer.TopicId
	}
	return nil
}

// Deposits is what the module's account must hold, in uweal. The state must be valid:
// then no sum overflows, as live topics and their deposits are bounded.
func (g GenesisState) Deposits() uint64 {
	sum := uint64(0)
	for _, topic := range g.Topics {
		sum += topic.Deposit
	}
	return sum
}

// validate checks every field of a topic that stands, against the bounds that no vote
// can move.
func (t Topic) validate(ac address.Codec) error {
	if t.Status != STATUS_ACTIVE && t.Status != STATUS_PAUSED && t.Status != STATUS_RETIRED {
		return errorsmod.Wrapf(ErrInvalidGenesis, "status is %s: choose %s, %s or %s", t.Status, STATUS_ACTIVE, STATUS_PAUSED, STATUS_RETIRED)
	}
	if err := t.validatePause(ac); err != nil {
		return err
	}
	if t.Deposit > MaxPrice || t.Deposit > 0 && !t.IsLive() {
		return errorsmod.Wrapf(ErrInvalidGenesis, "deposit is %d: choose 0 to %d, and 0 for a topic that is retired", t.Deposit, uint64(MaxPrice))
	}
	if t.Deposit > 0 || t.Creator != "" {
		if _, err := ac.StringToBytes(t.Creator); err != nil {
			return errorsmod.Wrapf(ErrInvalidGenesis, "creator %q: %s; name the account that gets the deposit of %d uweal back", t.Creator, err, t.Deposit)
		}
	}
	return t.Spec().Validate(widestParams(), ac)
}

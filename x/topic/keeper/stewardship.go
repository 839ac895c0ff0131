// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/x/topic/types"
)

// ownTopic returns a topic that lives, or an error if account is not its steward.
func (k *Keeper) ownTopic(ctx context.Context, id uint64, account string) (types.Topic, error) {
	topic, err := k.liveTopic(ctx, id)
	if err != nil {
		return topic, err
	}
	if topic.Steward != account {
		return topic, errorsmod.Wrapf(types.ErrNotSteward, "topic %d is answered for by %s: sign with that account", id, topic.Steward)
	}
	return topic, nil
}

// offerStewardship names who may become the steward; a later offer replaces an earlier one.
func (k *Keeper) offerStewardship(ctx context.Context, topic types.Topic, to string) error {
	if to == topic.Steward {
		return errorsmod.Wrapf(types.ErrInvalidSteward, "%s is the steward of topic %d: offer it to another account", to, topic.Id)
	}
	return k.offers.Set(ctx, topic.Id, types.StewardshipOffer{TopicId: topic.Id, To: to})
}

// withdrawOffer takes an offer back.
func (k *Keeper) withdrawOffer(ctx context.Context, topic types.Topic) error {
	if _, err := k.offerOf(ctx, topic.Id); err != nil {
		return err
	}
	return k.offers.Remove(ctx, topic.Id)
}

// acceptStewardship makes the account that an offer names the steward, at once: who is
// answerable has nothing to do with a running epoch. It returns who was before.
func (k *Keeper) acceptStewardship(ctx context.Context, id uint64, account string) (before string, err error) {
	topic, err := k.liveTopic(ctx, id)
	if err != nil {
		return "", err
	}
	offer, err := k.offerOf(ctx, id)
	if err != nil {
		return "", err
	}
	if offer.To != account {
		return "", errorsmod.Wrapf(types.ErrNoOffer, "the stewardship of topic %d is offered to %s: ask %s for an offer", id, offer.To, topic.Steward)
	}
	if topic.Sandbox {
		if err := k.permitSandbox(ctx, account); err != nil {
			return "", err
		}
	}
	before, topic.Steward = topic.Steward, account
	if err := k.topics.Set(ctx, id, topic); err != nil {
		return "", err
	}
	if err := k.followSteward(ctx, id, before, account); err != nil {
		return "", err
	}
	return before, k.offers.Remove(ctx, id)
}

// permitSandbox checks that an account may have one more sandbox.
func (k *Keeper) permitSandbox(ctx context.Context, account string) error {
	params, err := k.params.Get(ctx)
	if err != nil {
		return err
	}
	return k.checkStewardRoom(ctx, params, account)
}

// followSteward keeps a change that waits from naming the steward who left. One in which
// the authority names another stays as it is.
func (k *Keeper) followSteward(ctx context.Context, id uint64, before, account string) error {
	pending, found, err := get(ctx, k.pending, id)
	if err != nil || !found || pending.Spec.Steward != before {
		return err
	}
	pending.Spec.Steward = account
	return k.pending.Set(ctx, id, pending)
}

// offerOf is the offer that waits for a topic, or ErrNoOffer.
func (k *Keeper) offerOf(ctx context.Context, id uint64) (types.StewardshipOffer, error) {
	offer, found, err := get(ctx, k.offers, id)
	if err == nil && !found {
		err = errorsmod.Wrapf(types.ErrNoOffer, "nobody is offered the stewardship of topic %d: its steward does that with `weald tx topic offer-stewardship`", id)
	}
	return offer, err
}

// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/contribution/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// SetGuardians replaces the list of those who may quarantine and pause for a short time.
func (k Keeper) SetGuardians(ctx context.Context, guardians []string) error {
	if err := k.guardians.Clear(ctx, nil); err != nil {
		return err
	}
	for _, guardian := range guardians {
		account, err := k.addressCodec.StringToBytes(guardian)
		if err != nil {
			return errorsmod.Wrapf(types.ErrInvalidGuardians, "%q: %s", guardian, err)
		}
		if err := k.guardians.Set(ctx, account); err != nil {
			return err
		}
	}
	return nil
}

// Guardians lists them, by the bytes of their addresses.
func (k Keeper) Guardians(ctx context.Context) (guardians []string, err error) {
	err = k.guardians.Walk(ctx, nil, func(account sdk.AccAddress) (bool, error) {
		guardian, err := k.addressCodec.BytesToString(account)
		guardians = append(guardians, guardian)
		return false, err
	})
	return guardians, err
}

// GuardianQuarantine takes a contribution out of scoring as a quarantine by the people does, until it ends by itself, or they have
// decided. It is refused for one that a guardian had not long ago, and above what guardians may hold of a topic.
func (k Keeper) GuardianQuarantine(ctx context.Context, m *types.MsgGuardianQuarantine) (types.Contribution, error) {
	if err := k.checkGuardian(ctx, m.Guardian); err != nil {
		return types.Contribution{}, err
	}
	c, err := k.judgeable(ctx, m.ContributionId)
	if err != nil {
		return c, err
	}
	params, err := k.params.Get(ctx)
	if err != nil {
		return c, err
	}
	now := blockMs(ctx)
	if err := c.CheckGuardable(now); err != nil {
		return c, err
	}
	if err := k.checkMayHold(ctx, c.TopicId, params); err != nil {
		return c, err
	}
	until := now + params.GuardianPeriodMs()
	c.GuardableFromMs = until + params.GuardianCooldownMs()
	return k.quarantine(ctx, c, types.Quarantine{
		Height: sdk.UnwrapSDKContext(ctx).BlockHeight(), ReasonUri: m.ReasonUri, Guardian: m.Guardian, UntilMs: until,
	})
}

// GuardianPauseTopic stops a topic as a pause by the people does, until it ends by itself, or they have decided, and returns when it
// ends. It is refused for one that guardians had not long ago, and above how many topics they may hold.
func (k Keeper) GuardianPauseTopic(ctx context.Context, m *types.MsgGuardianPauseTopic) (untilMs int64, err error) {
	if err := k.checkGuardian(ctx, m.Guardian); err != nil {
		return 0, err
	}
	params, err := k.params.Get(ctx)
	if err != nil {
		return 0, err
	}
	paused, may, err := k.pausedTopics(ctx, params)
	if err != nil {
		return 0, err
	}
	if len(paused) >= int(may) {
		return 0, errorsmod.Wrapf(types.ErrGuardBound,
			"guardians hold %d topics paused and may hold %d, %d basis points of those that are paid and one at least: wait until one ends, or propose a pause",
			len(paused), may, params.GuardianShareBp)
	}
	untilMs = blockMs(ctx) + params.GuardianPeriodMs()
	return untilMs, k.topic.PauseByGuardian(ctx, m.TopicId, m.Guardian, m.ReasonUri, untilMs, untilMs+params.GuardianCooldownMs())
}

// pausedTopics are the topics that guardians paused and nobody decided about, and how many they may hold paused.
func (k Keeper) pausedTopics(ctx context.Context, params types.Params) (ids []uint64, may uint32, err error) {
	if ids, err = k.topic.GuardedTopics(ctx); err != nil {
		return nil, 0, err
	}
	paid, err := k.topic.CountPaid(ctx)
	return ids, params.MayPause(paid), err
}

func (k Keeper) checkGuardian(ctx context.Context, signer string) error {
	account, err := k.addressCodec.StringToBytes(signer)
	if err != nil {
		return errorsmod.Wrapf(types.ErrInvalidAddress, "guardian %q: %s", signer, err)
	}
	named, err := k.guardians.Has(ctx, account)
	if err != nil || named {
		return err
	}
	return errorsmod.Wrapf(types.ErrNotGuardian, "%s is none of those that the people named: see `weald query contribution guardians`, or propose a quarantine", signer)
}

// checkMayHold refuses one more than guardians may hold of a topic.
func (k Keeper) checkMayHold(ctx context.Context, topicID uint64, params types.Params) error {
	held, may, err := k.held(ctx, topicID, params)
	if err == nil && len(held) >= int(may) {
		err = errorsmod.Wrapf(types.ErrGuardBound,
			"guardians hold %d contributions of topic %d and may hold %d, %d basis points of those that compete and one at least: wait until one ends, or propose a quarantine",
			len(held), topicID, may, params.GuardianShareBp)
	}
	return err
}

// held are the contributions of a topic that guardians quarantined and nobody decided about, and how many they may hold.
func (k Keeper) held(ctx context.Context, topicID uint64, params types.Params) (ids []uint64, may uint32, err error) {
	err = k.contributions.Indexes.Held.keys.Walk(ctx, collections.NewPrefixedPairRange[uint64, uint64](topicID), func(key topicKey) (bool, error) {
		ids = append(ids, key.K2())
		return false, nil
	})
	if err != nil {
		return nil, 0, err
	}
	state, err := k.topicState(ctx, topicID)
	return ids, params.MayHold(state.Places, len(ids)), err
}

// confirm makes a guardian's quarantine one that the people decided: it ends when they say so.
func (k Keeper) confirm(ctx context.Context, c types.Contribution, m *types.MsgQuarantine) (types.Contribution, error) {
	quarantine := *c.Quarantine
	quarantine.ProposalId, quarantine.ReasonUri, quarantine.UntilMs, quarantine.Endorsement = m.ProposalId, m.ReasonUri, 0, nil
	c.Quarantine = &quarantine
	return c, k.set(ctx, c)
}

// endGuarded releases what guardians have held for their time, up to limit. One that cannot be released leaves the head of
// the queue, so that it holds up none behind it.
func (k Keeper) endGuarded(ctx context.Context, limit uint32) error {
	due, err := k.dueGuarded(ctx, limit)
	if err != nil {
		return err
	}
	for _, id := range due {
		cause := topictypes.Apart(ctx, func(ctx context.Context) error { return k.endOne(ctx, id) })
		if cause == nil {
			continue
		}
		if err := k.endLater(ctx, id, cause); err != nil {
			return err
		}
	}
	return nil
}

// dueGuarded lists what is over, longest first.
func (k Keeper) dueGuarded(ctx context.Context, limit uint32) (ids []uint64, err error) {
	over := collections.NewPrefixUntilPairRange[int64, uint64](blockMs(ctx))
	err = k.contributions.Indexes.Guarded.keys.Walk(ctx, over, func(key deadlineKey) (bool, error) {
		ids = append(ids, key.K2())
		return len(ids) >= int(limit), nil
	})
	return ids, err
}

func (k Keeper) endOne(ctx context.Context, id uint64) error {
	c, err := k.GetContribution(ctx, id)
	if err != nil {
		return err
	}
	guardian := c.Quarantine.Guardian
	return errors.Join(
		emit(ctx, &types.EventQuarantineExpired{ContributionId: id, TopicId: c.TopicId, Guardian: guardian}),
		k.Release(ctx, id),
	)
}

// retryMs is when an end is tried again that failed: in an hour.
const retryMs = 3_600_000

func (k Keeper) endLater(ctx context.Context, id uint64, cause error) error {
	c, err := k.GetContribution(ctx, id)
	if err != nil {
		return err
	}
	quarantine := *c.Quarantine
	quarantine.UntilMs = blockMs(ctx) + retryMs
	c.Quarantine, c.GuardableFromMs = &quarantine, max(c.GuardableFromMs, quarantine.UntilMs+1)
	if err := k.set(ctx, c); err != nil {
		return err
	}
	return emit(ctx, &types.EventQuarantineExpiryFailed{ContributionId: id, Reason: cause.Error()})
}

func blockMs(ctx context.Context) int64 { return sdk.UnwrapSDKContext(ctx).BlockTime().UnixMilli() }

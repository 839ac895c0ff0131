// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/contribution/types"
)

// Endorse gives the people's word for a contribution, or takes it back.
func (k Keeper) Endorse(ctx context.Context, m *types.MsgEndorse) error {
	c, err := k.judgeable(ctx, m.ContributionId)
	if err != nil {
		return err
	}
	switch {
	case c.IsQuarantined():
		return errorsmod.Wrapf(types.ErrWrongStatus, "contribution %d is quarantined: release it first", c.Id)
	case m.Revoke && c.Endorsement == nil:
		return errorsmod.Wrapf(types.ErrWrongStatus, "contribution %d is not endorsed: there is nothing to take back", c.Id)
	case m.Revoke:
		c.Endorsement = nil
	default:
		c.Endorsement = &types.Endorsement{Height: sdk.UnwrapSDKContext(ctx).BlockHeight(), ProposalId: m.ProposalId, ReasonUri: m.ReasonUri}
	}
	return k.set(ctx, c)
}

// Quarantine takes a contribution out of scoring from the next epoch on, while it
// is looked into. What left the competition can be quarantined too: a fraud may be
// found late. One that a guardian began becomes one that the people decided.
func (k Keeper) Quarantine(ctx context.Context, m *types.MsgQuarantine) (types.Contribution, error) {
	c, err := k.judgeable(ctx, m.ContributionId)
	if err != nil {
		return c, err
	}
	if c.IsGuarded() {
		return k.confirm(ctx, c, m)
	}
	if c.IsQuarantined() {
		return c, errorsmod.Wrapf(types.ErrWrongStatus, "contribution %d is quarantined since block %d: release or remove it", c.Id, c.Quarantine.Height)
	}
	return k.quarantine(ctx, c, types.Quarantine{
		Height: sdk.UnwrapSDKContext(ctx).BlockHeight(), ProposalId: m.ProposalId, ReasonUri: m.ReasonUri,
	})
}

// quarantine begins one, and tells those who keep what the contribution earned.
func (k Keeper) quarantine(ctx context.Context, c types.Contribution, q types.Quarantine) (types.Contribution, error) {
	if c.Status == types.STATUS_ACTIVE {
		if err := k.leaveActiveSet(ctx, c); err != nil {
			return c, err
		}
	}
	c = c.Quarantined(q)
	if err := k.set(ctx, c); err != nil {
		return c, err
	}
	return c, k.hooks.AfterContributionQuarantined(ctx, c.Id)
}

// Release ends a quarantine without fault. One that competed waits for a place; in
// a topic that was retired meanwhile it is ended like the others. One that guardians began may have ended by itself while the people
// voted on that: then there is nothing to do, and what else they decided with it is not held up.
func (k Keeper) Release(ctx context.Context, id uint64) error {
	c, err := k.GetContribution(ctx, id)
	if err != nil || c.GuardableFromMs > 0 && !c.IsQuarantined() && c.CheckJudgeable() == nil {
		return err
	}
	if c, err = k.quarantined(ctx, id); err != nil {
		return err
	}
	c = c.Released()
	if c.Competes() {
		topic, err := k.topic.GetTopic(ctx, c.TopicId)
		if err != nil {
			return err
		}
		if isRetired(topic) {
			if err := k.retiring.Set(ctx, c.TopicId); err != nil {
				return err
			}
		}
	}
	if c.Status == types.STATUS_SUPERSEDED {
		c = c.Ended(c.Status, types.Ending{Height: sdk.UnwrapSDKContext(ctx).BlockHeight(), Reason: types.END_REASON_NEW_VERSION, By: c.NewVersion})
	}
	if err := k.set(ctx, c); err != nil {
		return err
	}
	if err := k.hooks.AfterContributionReleased(ctx, c.Id); err != nil {
		return err
	}
	return emit(ctx, &types.EventContributionReleased{ContributionId: c.Id, TopicId: c.TopicId, Status: c.Status})
}

// Remove ends a quarantine with the bond burnt. The digest stays taken.
func (k Keeper) Remove(ctx context.Context, m *types.MsgRemove) error {
	c, err := k.quarantined(ctx, m.ContributionId)
	if err != nil {
		return err
	}
	if err := k.burnBond(ctx, c); err != nil {
		return err
	}
	c.Bond = 0
	err = k.endOutside(ctx, c, types.STATUS_REMOVED, types.Ending{
		Height: sdk.UnwrapSDKContext(ctx).BlockHeight(), Reason: types.END_REASON_AUTHORITY, ReasonUri: m.ReasonUri,
	})
	if err != nil {
		return err
	}
	return k.hooks.AfterContributionRemoved(ctx, c.Id)
}

// judgeable returns a contribution that the people can judge.
func (k Keeper) judgeable(ctx context.Context, id uint64) (types.Contribution, error) {
	c, err := k.GetContribution(ctx, id)
	if err != nil {
		return c, err
	}
	return c, c.CheckJudgeable()
}

// quarantined returns a contribution that is looked into.
func (k Keeper) quarantined(ctx context.Context, id uint64) (types.Contribution, error) {
	c, err := k.GetContribution(ctx, id)
	if err != nil {
		return c, err
	}
	if !c.IsQuarantined() {
		return c, errorsmod.Wrapf(types.ErrWrongStatus, "contribution %d is %s: quarantine it first", id, c.Status)
	}
	return c, nil
}

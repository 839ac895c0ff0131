// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/x/contribution/types"
)

// Update changes where a contribution is found, and who is paid. It can be done
// whatever became of it, as what it earned is still to be claimed.
func (k Keeper) Update(ctx context.Context, m *types.MsgUpdateContribution) (types.Contribution, error) {
	c, err := k.shownOwn(ctx, m.ContributionId, m.Contributor)
	if err != nil {
		return c, err
	}
	if m.Payout != "" {
		if len(c.Split) > 0 {
			return c, errorsmod.Wrapf(types.ErrSplitStands, "contribution %d pays a team of %d: change the team with set-split, or drop it first", c.Id, len(c.Split))
		}
		if err := k.checkPayable(m.Payout); err != nil {
			return c, err
		}
	}
	after := m.Apply(c)
	return after, k.setOwners(ctx, c, after)
}

// SetSplit shares what a contribution earns, and what it has not claimed yet, among
// a team; without one the payout receives everything again.
func (k Keeper) SetSplit(ctx context.Context, m *types.MsgSetSplit) error {
	c, err := k.shownOwn(ctx, m.ContributionId, m.Contributor)
	if err != nil {
		return err
	}
	for _, payee := range m.Split {
		if err := k.checkPayable(payee.Address); err != nil {
			return err
		}
	}
	after := c
	after.Split = m.Split
	return k.setOwners(ctx, c, after)
}

// shownOwn returns a contribution that the account revealed.
func (k Keeper) shownOwn(ctx context.Context, id uint64, contributor string) (types.Contribution, error) {
	c, err := k.ownContribution(ctx, id, contributor)
	if err != nil {
		return c, err
	}
	if !c.IsShown() {
		return c, errorsmod.Wrapf(types.ErrWrongStatus, "contribution %d is not revealed yet: say it with the reveal, by block %d", id, c.RevealDeadline)
	}
	return c, nil
}

// checkPayable refuses an account that the bank would not pay.
func (k Keeper) checkPayable(account string) error {
	addr, err := k.addressCodec.StringToBytes(account)
	if err != nil {
		return errorsmod.Wrapf(types.ErrInvalidAddress, "%q: %s", account, err)
	}
	if k.bank.BlockedAddr(addr) {
		return errorsmod.Wrapf(types.ErrBlockedAccount, "%s is a module's account, which takes no coins: name an account that a key controls", account)
	}
	return nil
}

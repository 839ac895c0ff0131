// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/contribution/types"
)

// checkVersion checks that contribution c may supersede the one that its reveal
// names: an earlier one of the same contributor and topic that competes, and that
// no other one supersedes or is about to.
func (k Keeper) checkVersion(ctx context.Context, c types.Contribution, versionOf uint64) error {
	if versionOf == 0 {
		return nil
	}
	older, err := k.GetContribution(ctx, versionOf)
	if err != nil {
		if errors.Is(err, types.ErrContributionNotFound) {
			return errorsmod.Wrapf(types.ErrInvalidVersion, "version_of %d: %s", versionOf, err)
		}
		return err
	}
	switch {
	case older.Contributor != c.Contributor:
		return errorsmod.Wrapf(types.ErrInvalidVersion, "contribution %d is of %s: only its contributor can supersede it; name it as a parent if you built on it", versionOf, older.Contributor)
	case older.TopicId != c.TopicId:
		return errorsmod.Wrapf(types.ErrInvalidVersion, "contribution %d competes in topic %d, expected one of topic %d", versionOf, older.TopicId, c.TopicId)
	case !older.Competes():
		return errorsmod.Wrapf(types.ErrInvalidVersion, "contribution %d is %s, expected one that competes: leave version_of out", versionOf, older.Status)
	case older.NewVersion != 0:
		return errorsmod.Wrapf(types.ErrInvalidVersion, "contribution %d is superseded by %d once that is scored: name %d, or withdraw it first", versionOf, older.NewVersion, older.NewVersion)
	default:
		return nil
	}
}

// linkVersion notes in the older contribution which one will supersede it.
func (k Keeper) linkVersion(ctx context.Context, versionOf, id uint64) error {
	if versionOf == 0 {
		return nil
	}
	older, err := k.GetContribution(ctx, versionOf)
	if err != nil {
		return err
	}
	older.NewVersion = id
	return k.set(ctx, older)
}

// abandonVersion takes back what linkVersion noted, when the newer one leaves
// before it has superseded the older.
func (k Keeper) abandonVersion(ctx context.Context, newer types.Contribution) error {
	older, ok, err := k.pendingOlder(ctx, newer)
	if err != nil || !ok {
		return err
	}
	older.NewVersion = 0
	return k.set(ctx, older)
}

// supersede ends the older versions of contributions that were scored for the
// first time. Until then an older one has kept its place, and has earned. One that
// is quarantined is ended once it is released.
func (k Keeper) supersede(ctx context.Context, scored []uint64) error {
	for _, id := range scored {
		newer, err := k.GetContribution(ctx, id)
		if err != nil {
			return err
		}
		if newer.Status != types.STATUS_ACTIVE {
			continue
		}
		older, ok, err := k.pendingOlder(ctx, newer)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		if older.IsQuarantined() {
			older.Quarantine.Before = types.STATUS_SUPERSEDED
			if err := k.set(ctx, older); err != nil {
				return err
			}
			continue
		}
		ending := types.Ending{Height: sdk.UnwrapSDKContext(ctx).BlockHeight(), Reason: types.END_REASON_NEW_VERSION, By: id}
		if err := k.end(ctx, older, types.STATUS_SUPERSEDED, ending); err != nil {
			return err
		}
	}
	return nil
}

// pendingOlder is the contribution that newer is about to supersede; false if there
// is none, or if it is over.
func (k Keeper) pendingOlder(ctx context.Context, newer types.Contribution) (types.Contribution, bool, error) {
	if newer.VersionOf == 0 {
		return types.Contribution{}, false, nil
	}
	older, err := k.GetContribution(ctx, newer.VersionOf)
	if err != nil {
		return older, false, err
	}
	waits := older.NewVersion == newer.Id && !older.IsOver() && (older.Quarantine == nil || !older.Quarantine.Before.IsOver())
	return older, waits, nil
}

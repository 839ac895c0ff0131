// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"
	"slices"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/x/admission/types"
)

// loss is what the validator set loses with the admissions of some of its operators.
type loss struct {
	operators, left int
	power, total    int64
}

// countLoss refuses revocations after which the chain could not go on, or that take more
// of the set's power than it may lose in a day, and counts the others.
func (k *Keeper) countLoss(ctx context.Context, keys []types.AdmissionKey) error {
	l, params, err := k.loss(ctx, keys)
	if err != nil || l.operators == 0 {
		return err
	}
	count, err := k.revokedToday(ctx, l.total)
	if err != nil {
		return err
	}
	if left := count.Left(params.MaxRevokedPowerBp); l.power > left {
		return errorsmod.Wrapf(types.ErrRevokedPower,
			"the batch takes %d of the set's power of %d, and %d is left until %s: take fewer now and the others then, or raise max_revoked_power_bp, which is %d, in the same proposal",
			l.power, count.Total, left, count.Until(), params.MaxRevokedPowerBp)
	}
	return k.revokedPower.Set(ctx, count.Add(l.power))
}

// countExpiry is countLoss for an admission whose time is over. The first of a day may go
// whatever its power, or one with more than the bound would stay for ever.
func (k *Keeper) countExpiry(ctx context.Context, key types.AdmissionKey) error {
	l, params, err := k.loss(ctx, []types.AdmissionKey{key})
	if err != nil || l.operators == 0 {
		return err
	}
	count, err := k.revokedToday(ctx, l.total)
	if err != nil {
		return err
	}
	if left := count.Left(params.MaxRevokedPowerBp); count.Revoked > 0 && l.power > left {
		return errorsmod.Wrapf(types.ErrRevokedPower, "it has a power of %d, and %d is left until %s", l.power, left, count.Until())
	}
	return k.revokedPower.Set(ctx, count.Add(l.power))
}

// loss measures keys against the set. Staking's max_validators bounds the walk. Those
// jailed earlier in the block are not among the bonded any more, so that several batches
// in one block cannot do together what one must not. It returns ErrLastValidator if nobody
// would be left, and counts nothing on an open chain, where nobody is jailed.
func (k *Keeper) loss(ctx context.Context, keys []types.AdmissionKey) (loss, types.Params, error) {
	var l loss
	params, err := k.params.Get(ctx)
	if err != nil || !params.ValidatorsPermissioned || !slices.ContainsFunc(keys, isValidator) {
		return l, params, err
	}
	bonded, err := k.bonded(ctx)
	if err != nil {
		return l, params, err
	}
	for _, member := range bonded {
		l.total += member.power
		key := types.AdmissionKey{Role: types.ROLE_VALIDATOR}
		if key.Address, err = k.addressCodec.BytesToString(member.operator); err != nil {
			return l, params, err
		}
		admitted, err := k.admissions.Has(ctx, storeKey(key.Role, 0, member.operator))
		if err != nil {
			return l, params, err
		}
		switch {
		case slices.Contains(keys, key):
			l.operators++
			l.power += member.power
		case admitted:
			l.left++
		}
	}
	if l.operators > 0 && l.left == 0 {
		return l, params, errorsmod.Wrapf(types.ErrLastValidator, "the batch takes all %d that make blocks now, and the chain would halt: admit another and let it bond first", l.operators)
	}
	return l, params, nil
}

// revokedToday is the count of the day, of a set whose power is total if none was lost yet.
func (k *Keeper) revokedToday(ctx context.Context, total int64) (types.RevokedPower, error) {
	count, err := k.revokedPower.Get(ctx)
	if err != nil && !errors.Is(err, collections.ErrNotFound) {
		return types.RevokedPower{}, err
	}
	return count.On(types.DayOf(blockTime(ctx)), total), nil
}

func isValidator(key types.AdmissionKey) bool { return key.Role == types.ROLE_VALIDATOR }

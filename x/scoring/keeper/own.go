// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"slices"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/pkg/row"
)

// packOwn packs those of an epoch's contributions that a validator gains by.
func (k *Keeper) packOwn(ctx context.Context, topicID uint64, operator sdk.ValAddress, pinned []uint64) ([]byte, error) {
	own, err := k.ownContributions(ctx, topicID, operator)
	if err != nil {
		return nil, err
	}
	slices.Sort(own)
	own = slices.DeleteFunc(slices.Compact(own), func(id uint64) bool {
		_, found := slices.BinarySearch(pinned, id)
		return !found
	})
	if len(own) == 0 {
		return nil, nil
	}
	return row.EncodeIDs(own)
}

// ownContributions returns what a validator gains by, through its operator account or its hot key.
func (k *Keeper) ownContributions(ctx context.Context, topicID uint64, operator sdk.ValAddress) ([]uint64, error) {
	own, err := k.contribution.ActiveOwnedBy(ctx, topicID, sdk.AccAddress(operator))
	if err != nil {
		return nil, err
	}
	scorer, err := k.scorerOf(ctx, operator)
	if err != nil || scorer == nil {
		return own, err
	}
	more, err := k.contribution.ActiveOwnedBy(ctx, topicID, scorer)
	return append(own, more...), err
}

// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"bytes"
	"context"
	"errors"
	"slices"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/scoring/types"
)

// noteVoters notes, in a block with which an epoch ends, who may score and with how many tokens. It is one note for all
// epochs, however many: each is counted when its turn comes, by what was true when it ended.
func (k *Keeper) noteVoters(ctx context.Context, budget *budget) error {
	height := sdk.UnwrapSDKContext(ctx).BlockHeight()
	due, err := k.endsAt(ctx, height)
	if err != nil || !due {
		return err
	}
	all, err := k.candidatesOnce(ctx, budget)
	if err != nil {
		return err
	}
	candidates := slices.Clone(all)
	slices.SortFunc(candidates, func(a, b candidate) int { return bytes.Compare(a.operator, b.operator) })
	validators, err := k.pinned(candidates)
	if err != nil {
		return err
	}
	return k.Snapshots.Set(ctx, height, types.Snapshot{Height: height, Validators: validators})
}

// endsAt reports whether an epoch ends with the block of that height.
func (k *Keeper) endsAt(ctx context.Context, height int64) (due bool, err error) {
	iterator, err := k.Closings.Iterate(ctx, collections.NewPrefixedTripleRange[int64, uint64, uint64](height))
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, iterator.Close()) }()
	return iterator.Valid(), nil
}

// dropNotes forgets who could score at the ends of epochs that are all closed: those before the first that is not.
func (k *Keeper) dropNotes(ctx context.Context) error {
	key, found, err := first(ctx, k.Closings)
	if err != nil {
		return err
	}
	for {
		height, noted, err := firstNote(ctx, k.Snapshots)
		if err != nil || !noted || (found && height >= key.K1()) {
			return err
		}
		if err := k.Snapshots.Remove(ctx, height); err != nil {
			return err
		}
	}
}

// firstNote returns the height of the first note; false when there is none.
func firstNote(ctx context.Context, notes collections.Map[int64, types.Snapshot]) (height int64, found bool, err error) {
	iterator, err := notes.Iterate(ctx, nil)
	if err != nil {
		return 0, false, err
	}
	defer func() { err = errors.Join(err, iterator.Close()) }()
	if !iterator.Valid() {
		return 0, false, nil
	}
	height, err = iterator.Key()
	return height, err == nil, err
}

// tokensAt returns the tokens of an epoch's validators that count: the lower of its start and its last block; 0 for
// those that could not score any more by then.
func (k *Keeper) tokensAt(ctx context.Context, epoch types.Epoch) ([]uint64, error) {
	note, err := k.Snapshots.Get(ctx, epoch.EndHeight)
	if errors.Is(err, collections.ErrNotFound) {
		return nil, errorsmod.Wrapf(types.ErrInconsistent, "nobody noted who could score at height %d", epoch.EndHeight)
	}
	if err != nil {
		return nil, err
	}
	tokens := make([]uint64, len(epoch.Validators))
	// Both lists are by operator address bytes, so that one pass finds the pairs; names compare for equality only.
	at := 0
	for i, pinned := range epoch.Validators {
		for j := at; j < len(note.Validators); j++ {
			if note.Validators[j].Operator == pinned.Operator {
				tokens[i] = min(pinned.Tokens, note.Validators[j].Tokens)
				at = j + 1
				break
			}
		}
	}
	return tokens, nil
}

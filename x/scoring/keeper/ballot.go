// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"bytes"
	"context"
	"slices"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/scoring/types"
)

// ballot reads all that the outcome of an epoch depends on: one scan each over commits, rows and
// bonds, and staking's present view of each validator.
func (k *Keeper) ballot(ctx context.Context, topicID, number uint64) (types.Ballot, error) {
	epoch, err := k.Epochs.Get(ctx, collections.Join(topicID, number))
	if err != nil {
		return types.Ballot{}, err
	}
	ids, err := k.pinnedSet(ctx, topicID, number)
	if err != nil {
		return types.Ballot{}, err
	}
	operators, voters, err := k.voters(ctx, epoch)
	if err != nil {
		return types.Ballot{}, err
	}
	of := collections.NewSuperPrefixedTripleRange[uint64, uint64, []byte](topicID, number)
	err = k.Commits.Walk(ctx, of, func(key collections.Triple[uint64, uint64, []byte], _ []byte) (bool, error) {
		if i, found := slices.BinarySearchFunc(operators, key.K3(), bytes.Compare); found {
			voters[i].Committed = true
		}
		return false, nil
	})
	if err != nil {
		return types.Ballot{}, err
	}
	err = k.Rows.Walk(ctx, of, func(key collections.Triple[uint64, uint64, []byte], row []byte) (bool, error) {
		if i, found := slices.BinarySearchFunc(operators, key.K3(), bytes.Compare); found {
			voters[i].Row = row
		}
		return false, nil
	})
	if err != nil {
		return types.Ballot{}, err
	}
	return types.Ballot{Epoch: epoch, IDs: ids, Voters: voters}, k.walkBonds(ctx, topicID, func(operator, bonds []byte) {
		if i, found := slices.BinarySearchFunc(operators, operator, bytes.Compare); found {
			voters[i].Bonds = bonds
		}
	})
}

// voters returns the epoch's validators, with their operator addresses beside them.
func (k *Keeper) voters(ctx context.Context, epoch types.Epoch) ([][]byte, []types.Voter, error) {
	operators := make([][]byte, len(epoch.Validators))
	voters := make([]types.Voter, len(epoch.Validators))
	for i, pinned := range epoch.Validators {
		operator, err := k.operators.StringToBytes(pinned.Operator)
		if err != nil {
			return nil, nil, err
		}
		now, err := k.tokensNow(ctx, operator)
		if err != nil {
			return nil, nil, err
		}
		own, err := k.ownContributions(ctx, epoch.TopicId, operator)
		if err != nil {
			return nil, nil, err
		}
		operators[i] = operator
		voters[i] = types.Voter{Operator: pinned.Operator, Tokens: min(pinned.Tokens, now), Own: own}
	}
	return operators, voters, nil
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

// storeBonds replaces the topic's bonds. Whoever was not among the epoch's validators loses its
// bonds, so that a topic never keeps more than it has validators.
func (k *Keeper) storeBonds(ctx context.Context, ballot types.Ballot, bonds [][]byte) error {
	var kept [][]byte
	for i, v := range ballot.Voters {
		if len(bonds[i]) == 0 {
			continue
		}
		operator, err := k.operators.StringToBytes(v.Operator)
		if err != nil {
			return err
		}
		if err := k.Bonds.Set(ctx, collections.Join(ballot.Epoch.TopicId, operator), bonds[i]); err != nil {
			return err
		}
		kept = append(kept, operator)
	}
	return k.dropBonds(ctx, ballot.Epoch.TopicId, kept)
}

// dropBonds removes the topic's bonds of all but some operators, which rise.
func (k *Keeper) dropBonds(ctx context.Context, topicID uint64, kept [][]byte) error {
	var dropped [][]byte
	err := k.walkBonds(ctx, topicID, func(operator, _ []byte) {
		if _, found := slices.BinarySearchFunc(kept, operator, bytes.Compare); !found {
			dropped = append(dropped, operator)
		}
	})
	if err != nil {
		return err
	}
	for _, operator := range dropped {
		if err := k.Bonds.Remove(ctx, collections.Join(topicID, operator)); err != nil {
			return err
		}
	}
	return nil
}

// walkBonds visits the bonds of a topic by operator address.
func (k *Keeper) walkBonds(ctx context.Context, topicID uint64, visit func(operator, bonds []byte)) error {
	return k.Bonds.Walk(ctx, collections.NewPrefixedPairRange[uint64, []byte](topicID),
		func(key collections.Pair[uint64, []byte], bonds []byte) (bool, error) {
			visit(key.K2(), bonds)
			return false, nil
		})
}

// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"bytes"
	"context"
	"slices"

	"cosmossdk.io/collections"

	"github.com/weal-network/weal/x/scoring/types"
)

// tally finds out who counts in an epoch that has ended, and stores it: nothing that happens afterwards changes it.
func (k *Keeper) tally(ctx context.Context, epoch types.Epoch) (types.Tally, error) {
	tokens, err := k.tokensAt(ctx, epoch)
	if err != nil {
		return types.Tally{}, err
	}
	operators, err := k.operatorsOf(epoch)
	if err != nil {
		return types.Tally{}, err
	}
	voters := make([]types.Voter, len(operators))
	for i, pinned := range epoch.Validators {
		voters[i] = types.Voter{Operator: pinned.Operator, Tokens: tokens[i]}
	}
	if err := k.walkBallots(ctx, epoch, operators, voters); err != nil {
		return types.Tally{}, err
	}
	if err := k.rememberInnovations(ctx, epoch, operators, voters); err != nil {
		return types.Tally{}, err
	}
	tally := types.NewTally(epoch, voters)
	return tally, k.Tallies.Set(ctx, collections.Join(epoch.TopicId, epoch.Number), tally)
}

// walkBallots writes down who committed and who revealed.
func (k *Keeper) walkBallots(ctx context.Context, epoch types.Epoch, operators [][]byte, voters []types.Voter) error {
	of := collections.NewSuperPrefixedTripleRange[uint64, uint64, []byte](epoch.TopicId, epoch.Number)
	err := k.Commits.Walk(ctx, of, func(key voterKey, _ []byte) (bool, error) {
		if i, found := slices.BinarySearchFunc(operators, key.K3(), bytes.Compare); found {
			voters[i].Committed = true
		}
		return false, nil
	})
	if err != nil {
		return err
	}
	return k.Reveals.Walk(ctx, of, func(key voterKey, reveal types.Reveal) (bool, error) {
		if i, found := slices.BinarySearchFunc(operators, key.K3(), bytes.Compare); found {
			voters[i].Revealed, voters[i].Own = true, reveal.Own
		}
		return false, nil
	})
}

// operatorsOf returns the operator addresses of an epoch's validators, which rise.
func (k *Keeper) operatorsOf(epoch types.Epoch) ([][]byte, error) {
	operators := make([][]byte, len(epoch.Validators))
	for i, pinned := range epoch.Validators {
		operator, err := k.operators.StringToBytes(pinned.Operator)
		if err != nil {
			return nil, err
		}
		operators[i] = operator
	}
	return operators, nil
}

// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/weal-network/weal/pkg/row"

	"github.com/weal-network/weal/x/scoring/types"
)

// ExportGenesis returns everything that the module keeps, in the order of its keys, which is the
// order that genesis asks for.
func (k *Keeper) ExportGenesis(ctx context.Context) (*types.GenesisState, error) {
	params, err := k.Params.Get(ctx)
	if err != nil {
		return nil, err
	}
	gs := &types.GenesisState{Params: params}
	for _, export := range []func(context.Context, *types.GenesisState) error{
		k.exportEpochs, k.exportScorers, k.exportRows, k.exportBonds, k.exportQueues,
	} {
		if err := export(ctx, gs); err != nil {
			return nil, err
		}
	}
	return gs, nil
}

func (k *Keeper) exportEpochs(ctx context.Context, gs *types.GenesisState) error {
	err := k.Epochs.Walk(ctx, nil, func(_ collections.Pair[uint64, uint64], epoch types.Epoch) (bool, error) {
		gs.Epochs = append(gs.Epochs, epoch)
		return false, nil
	})
	if err != nil {
		return err
	}
	err = k.Pinned.Walk(ctx, nil, func(key collections.Pair[uint64, uint64], packed []byte) (bool, error) {
		ids, err := row.DecodeIDs(packed, types.MaxEntries)
		gs.PinnedSets = append(gs.PinnedSets, types.PinnedSet{TopicId: key.K1(), Epoch: key.K2(), ContributionIds: ids})
		return false, err
	})
	if err != nil {
		return err
	}
	return k.Results.Walk(ctx, nil, func(_ collections.Pair[uint64, uint64], result types.EpochResult) (bool, error) {
		gs.Results = append(gs.Results, result)
		return false, nil
	})
}

func (k *Keeper) exportScorers(ctx context.Context, gs *types.GenesisState) error {
	return k.Scorers.Walk(ctx, nil, func(operator, scorer []byte) (bool, error) {
		operatorName, err := k.operators.BytesToString(operator)
		if err != nil {
			return true, err
		}
		scorerName, err := k.accounts.BytesToString(scorer)
		gs.Scorers = append(gs.Scorers, types.Scorer{Operator: operatorName, Scorer: scorerName})
		return false, err
	})
}

func (k *Keeper) exportRows(ctx context.Context, gs *types.GenesisState) error {
	err := k.Commits.Walk(ctx, nil, func(key collections.Triple[uint64, uint64, []byte], hash []byte) (bool, error) {
		operator, err := k.operators.BytesToString(key.K3())
		gs.Commits = append(gs.Commits, types.Commit{TopicId: key.K1(), Epoch: key.K2(), Operator: operator, Hash: hash})
		return false, err
	})
	if err != nil {
		return err
	}
	return k.Rows.Walk(ctx, nil, func(key collections.Triple[uint64, uint64, []byte], packed []byte) (bool, error) {
		operator, err := k.operators.BytesToString(key.K3())
		gs.Rows = append(gs.Rows, types.Row{TopicId: key.K1(), Epoch: key.K2(), Operator: operator, Row: packed})
		return false, err
	})
}

func (k *Keeper) exportBonds(ctx context.Context, gs *types.GenesisState) error {
	err := k.Bonds.Walk(ctx, nil, func(key collections.Pair[uint64, []byte], bonds []byte) (bool, error) {
		operator, err := k.operators.BytesToString(key.K2())
		gs.Bonds = append(gs.Bonds, types.Bonds{TopicId: key.K1(), Operator: operator, Bonds: bonds})
		return false, err
	})
	if err != nil {
		return err
	}
	return k.Records.Walk(ctx, nil, func(_ collections.Pair[uint64, []byte], record types.ValidatorRecord) (bool, error) {
		gs.Records = append(gs.Records, record)
		return false, nil
	})
}

// exportQueues exports the clocks, from which the openings are rebuilt, and the topics being pruned. The
// closings are rebuilt from the epochs.
func (k *Keeper) exportQueues(ctx context.Context, gs *types.GenesisState) error {
	err := k.Clocks.Walk(ctx, nil, func(_ uint64, clock types.Clock) (bool, error) {
		gs.Clocks = append(gs.Clocks, clock)
		return false, nil
	})
	if err != nil {
		return err
	}
	return k.Prunings.Walk(ctx, nil, func(topicID uint64) (bool, error) {
		gs.PruningTopics = append(gs.PruningTopics, topicID)
		return false, nil
	})
}

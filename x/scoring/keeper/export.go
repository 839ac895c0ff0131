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
	if gs.PendingParams, err = k.changes().Waiting(ctx); err != nil {
		return nil, err
	}
	for _, export := range []func(context.Context, *types.GenesisState) error{
		k.exportEpochs, k.exportScorers, k.exportRows, k.exportBonds, k.exportFrontiers, k.exportCloses, k.exportResults, k.exportQueues,
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
	return k.Pinned.Walk(ctx, nil, func(key collections.Pair[uint64, uint64], packed []byte) (bool, error) {
		ids, err := row.DecodeIDs(packed, types.MaxEntries)
		gs.PinnedSets = append(gs.PinnedSets, types.PinnedSet{TopicId: key.K1(), Epoch: key.K2(), ContributionIds: ids})
		return false, err
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
	err = k.Reveals.Walk(ctx, nil, func(_ voterKey, reveal types.Reveal) (bool, error) {
		gs.Reveals = append(gs.Reveals, reveal)
		return false, nil
	})
	if err != nil {
		return err
	}
	return k.Rows.Walk(ctx, nil, func(key tileKey, packed []byte) (bool, error) {
		operator, err := k.operators.BytesToString(key.K4())
		gs.Rows = append(gs.Rows, types.Row{TopicId: key.K1(), Epoch: key.K2(), Tile: key.K3(), Operator: operator, Row: packed})
		return false, err
	})
}

func (k *Keeper) exportBonds(ctx context.Context, gs *types.GenesisState) error {
	err := k.Bonds.Walk(ctx, nil, func(key tileKey, bonds []byte) (bool, error) {
		operator, err := k.operators.BytesToString(key.K4())
		gs.Bonds = append(gs.Bonds, types.Bonds{TopicId: key.K1(), Epoch: key.K2(), Tile: key.K3(), Operator: operator, Bonds: bonds})
		return false, err
	})
	if err != nil {
		return err
	}
	err = k.Generations.Walk(ctx, nil, func(_ epochKey, generation types.Generation) (bool, error) {
		gs.Generations = append(gs.Generations, generation)
		return false, nil
	})
	if err != nil {
		return err
	}
	err = k.Publics.Walk(ctx, nil, func(key collections.Triple[uint64, uint64, uint32], packed []byte) (bool, error) {
		gs.PublicTiles = append(gs.PublicTiles, types.PublicTile{TopicId: key.K1(), Epoch: key.K2(), Tile: key.K3(), Values: packed})
		return false, nil
	})
	if err != nil {
		return err
	}
	return k.Records.Walk(ctx, nil, func(_ collections.Pair[uint64, []byte], record types.ValidatorRecord) (bool, error) {
		gs.Records = append(gs.Records, record)
		return false, nil
	})
}

// exportCloses exports what epochs are closed by, and how far those are that are being closed.
func (k *Keeper) exportCloses(ctx context.Context, gs *types.GenesisState) error {
	err := k.Snapshots.Walk(ctx, nil, func(_ int64, snapshot types.Snapshot) (bool, error) {
		gs.Snapshots = append(gs.Snapshots, snapshot)
		return false, nil
	})
	if err != nil {
		return err
	}
	err = k.Tallies.Walk(ctx, nil, func(_ epochKey, tally types.Tally) (bool, error) {
		gs.Tallies = append(gs.Tallies, tally)
		return false, nil
	})
	if err != nil {
		return err
	}
	return k.Works.Walk(ctx, nil, func(_ epochKey, work types.Work) (bool, error) {
		gs.Works = append(gs.Works, work)
		return false, nil
	})
}

func (k *Keeper) exportResults(ctx context.Context, gs *types.GenesisState) error {
	err := k.Results.Walk(ctx, nil, func(key collections.Triple[uint64, uint64, uint32], packed []byte) (bool, error) {
		gs.ResultTiles = append(gs.ResultTiles, types.ResultTile{TopicId: key.K1(), Epoch: key.K2(), Tile: key.K3(), Values: packed})
		return false, nil
	})
	if err != nil {
		return err
	}
	err = k.Outcomes.Walk(ctx, nil, func(_ epochKey, outcome types.Outcome) (bool, error) {
		gs.Outcomes = append(gs.Outcomes, outcome)
		return false, nil
	})
	if err != nil {
		return err
	}
	return k.Roots.Walk(ctx, nil, func(key epochKey, root []byte) (bool, error) {
		gs.Roots = append(gs.Roots, types.ResultRoot{TopicId: key.K1(), Epoch: key.K2(), Root: root})
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

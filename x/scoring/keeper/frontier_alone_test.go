// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/collections"

	"github.com/weal-network/weal/pkg/frontier"

	"github.com/weal-network/weal/x/scoring/types"
)

// alone plays pkg/frontier by itself, on what the chain says that was revealed.
type alone struct {
	*race
	m       frontier.Machine
	results map[uint64]types.EpochResult
	rows    map[uint64]map[uint64][]uint16 // by epoch, then contribution
}

func (a *alone) Qualities(epoch uint64) ([]uint64, []uint16, error) {
	res := a.results[epoch]
	qualities := make([]uint16, len(res.Quality))
	for j, q := range res.Quality {
		qualities[j] = uint16(q)
	}
	return res.ContributionIds, qualities, nil
}

func (a *alone) Scores(epoch, id uint64, into []uint16) error {
	clear(into)
	copy(into, a.rows[epoch][id])
	return nil
}

func (a *alone) Contributor(id uint64) (string, bool, error) {
	return a.contributions.by[id], true, nil
}

// step takes an epoch that the chain scored.
func (a *alone) step(result types.EpochResult, entered []uint64) []frontier.Share {
	number := result.Epoch
	a.results[number], a.rows[number] = result, map[uint64][]uint16{}
	power := make([]uint64, len(result.Validators))
	var tile []uint16
	for i, v := range result.Validators {
		power[i] = v.Power
		res, err := a.queries.Row(a.ctx, &types.QueryRowRequest{TopicId: 1, Epoch: number, Operator: v.Operator})
		require.NoError(a.t, err)
		require.Len(a.t, res.Scores, len(result.ContributionIds))
		for _, s := range res.Scores {
			a.rows[number][s.ContributionId] = append(a.rows[number][s.ContributionId], uint16(s.Score))
			tile = append(tile, uint16(s.Score))
		}
	}
	p := frontier.DefaultParams()
	p.Baseline = raceBaseline
	record, err := a.k.Frontiers.Get(a.ctx, collections.Join(uint64(1), number))
	require.NoError(a.t, err)
	_, err = a.m.Begin(p, frontier.Epoch{Number: number, Time: record.Time, IDs: result.ContributionIds, Entered: entered, Power: power})
	require.NoError(a.t, err)
	var reference []uint16
	if id, _ := a.m.Reference(); id != frontier.Baseline {
		reference = a.rows[number][id]
	}
	require.NoError(a.t, a.m.Observe(result.ContributionIds, tile, reference))
	a.m.Listen()
	for more := true; more; {
		_, more, err = a.m.Next(a)
		require.NoError(a.t, err)
	}
	require.Equal(a.t, a.m.Encode(nil), record.State)
	return a.m.Shares(p, record.Time)
}

// However few cells a block may work, and whichever of its blocks begin another chain, the frontier is that of the package
// by itself.
func TestTheFrontierOfTheChainIsThatOfThePackage(t *testing.T) {
	for _, cells := range []uint64{1, 1 << 40} {
		t.Run(fmt.Sprint(cells, " cells a block"), func(t *testing.T) {
			r := newRace(t, 5, 400, 150)
			r.params(func(p *types.Params) { p.MaxCellsPerBlock = cells })
			a := &alone{race: r, results: map[uint64]types.EpochResult{}, rows: map[uint64]map[uint64][]uint16{}}
			next := uint64(1)
			for n := range 300 { // more than a tile
				r.enter(next, fmt.Sprint(n%7), 25_000+n*20)
				next++
			}
			recorded, scored := 0, []uint64(nil)
			for n := range 44 {
				if n > 0 && n%2 == 0 {
					r.enter(next, fmt.Sprint(n%5), 31_000+n*300)
					next++
				}
				epoch := r.epoch()
				r.closed(1, epoch.Number)
				if n%5 == 4 {
					r.world = r.reborn()
					a.race = r
				}
				res, err := r.queries.Result(r.ctx, &types.QueryResultRequest{TopicId: 1, Epoch: epoch.Number})
				require.NoError(t, err)
				entered := slices.DeleteFunc(slices.Clone(res.Result.ContributionIds), func(id uint64) bool { return slices.Contains(scored, id) })
				scored = res.Result.ContributionIds
				shares := a.step(res.Result, entered)
				require.Len(t, res.Result.Shares, len(shares))
				for i, s := range shares {
					require.Equal(t, types.RewardShare{ContributionId: s.ID, Stock: uint64(s.Stock), Depth: uint64(s.Depth)}, res.Result.Shares[i])
				}
				recorded = len(shares)
			}
			require.Greater(t, recorded, 2)
			_, err := r.verified(1, 44)
			require.NoError(t, err)
		})
	}
}

// SPDX-License-Identifier: Apache-2.0

package royalty_test

import (
	"fmt"
	"math/big"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weal-network/weal/pkg/royalty"
)

type lineage map[uint64][]royalty.Parent

func (l lineage) of(id uint64) []royalty.Parent { return l[id] }

func TestRewardsPassUpTheLineage(t *testing.T) {
	cases := map[string]struct {
		rewards []royalty.Reward
		parents lineage
		want    []royalty.Flow
	}{
		"nobody":                             {nil, nil, []royalty.Flow{}},
		"without parents all stays":          {[]royalty.Reward{{2, 10}, {1, 5}}, nil, []royalty.Flow{{ID: 1, Own: 5}, {ID: 2, Own: 10}}},
		"a reward of nothing is still shown": {[]royalty.Reward{{2, 0}}, lineage{2: {{1, 5_000}}}, []royalty.Flow{{ID: 2}}},
		"an id that comes twice is added up": {[]royalty.Reward{{2, 3}, {2, 4}}, nil, []royalty.Flow{{ID: 2, Own: 7}}},
		"a parent outside of the set is added": {
			[]royalty.Reward{{9, 100}},
			lineage{9: {{4, 1_000}}},
			[]royalty.Flow{{ID: 4, In: 10}, {ID: 9, Own: 100, Out: 10}},
		},
		"royalties are passed on at any depth": {
			[]royalty.Reward{{1, 0}, {2, 0}, {3, 1_000}},
			lineage{3: {{2, 5_000}}, 2: {{1, 5_000}}},
			[]royalty.Flow{{ID: 1, In: 250}, {ID: 2, In: 500, Out: 250}, {ID: 3, Own: 1_000, Out: 500}},
		},
		"a diamond is settled once": {
			[]royalty.Reward{{4, 1_000}},
			lineage{4: {{3, 2_000}, {2, 2_000}}, 3: {{1, 5_000}}, 2: {{1, 5_000}}},
			[]royalty.Flow{{ID: 1, In: 200}, {ID: 2, In: 200, Out: 100}, {ID: 3, In: 200, Out: 100}, {ID: 4, Own: 1_000, Out: 400}},
		},
		"shares are floored and the rest stays": {
			[]royalty.Reward{{2, 9}}, lineage{2: {{1, 1_000}}}, []royalty.Flow{{ID: 2, Own: 9}},
		},
		"a parent that is not below is passed over": {
			[]royalty.Reward{{2, 100}},
			lineage{2: {{2, 1_000}, {3, 1_000}, {1, 1_000}}},
			[]royalty.Flow{{ID: 1, In: 10}, {ID: 2, Own: 100, Out: 10}},
		},
		"parents never get more than there is": {
			[]royalty.Reward{{3, 100}},
			lineage{3: {{2, 9_000}, {1, 20_000}}},
			[]royalty.Flow{{ID: 1, In: 10}, {ID: 2, In: 90}, {ID: 3, Own: 100, Out: 100}},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, c.want, royalty.Flows(c.rewards, c.parents.of))
		})
	}
}

// oracle walks every id from the highest down, in big integers.
func oracle(rewards []royalty.Reward, l lineage, highest uint64) map[uint64]uint64 {
	amount := map[uint64]*big.Int{}
	at := func(id uint64) *big.Int {
		if amount[id] == nil {
			amount[id] = new(big.Int)
		}
		return amount[id]
	}
	for _, r := range rewards {
		at(r.ID).Add(at(r.ID), new(big.Int).SetUint64(r.Amount))
	}
	for id := highest; id > 0; id-- {
		received := new(big.Int).Set(at(id))
		for _, p := range l[id] {
			part := new(big.Int).Mul(received, big.NewInt(int64(p.ShareBP)))
			part.Quo(part, big.NewInt(10_000))
			at(id).Sub(at(id), part)
			at(p.ID).Add(at(p.ID), part)
		}
	}
	net := map[uint64]uint64{}
	for id, a := range amount {
		net[id] = a.Uint64()
	}
	return net
}

// gaps lie between ids: within what is near, and around its edge.
var gaps = rapid.SampledFrom([]uint64{1, 9, 100, 255, 256, 257, 300})

func TestRoyaltiesEqualTheDumbWalkAndConserveTheWhole(t *testing.T) {
	const highest = 30
	rapid.Check(t, func(t *rapid.T) {
		l, gap := lineage{}, gaps.Draw(t, "gap")
		for id := uint64(1); id <= highest; id++ {
			for range rapid.IntRange(0, 3).Draw(t, "parents") {
				l[id*gap] = append(l[id*gap], royalty.Parent{
					ID:      rapid.Uint64Max(id-1).Draw(t, "parent") * gap,
					ShareBP: rapid.Uint32Max(3_333).Draw(t, "share"),
				})
			}
		}
		rewards := rapid.SliceOf(rapid.Custom(func(t *rapid.T) royalty.Reward {
			return royalty.Reward{
				ID:     rapid.Uint64Range(0, highest).Draw(t, "id") * gap,
				Amount: rapid.Uint64Max(1<<50).Draw(t, "amount"),
			}
		})).Draw(t, "rewards")

		flows, want := royalty.Flows(rewards, l.of), oracle(rewards, l, highest*gap)
		var before, after, in, out uint64
		for _, r := range rewards {
			before += r.Amount
		}
		got := map[uint64]uint64{}
		for _, f := range flows {
			got[f.ID] = f.Net()
			after, in, out = after+f.Net(), in+f.In, out+f.Out
		}
		require.Equal(t, before, after, "the whole is conserved")
		require.Equal(t, in, out, "what went out came in")
		for id := range highest*gap + 1 {
			require.Equal(t, want[id], got[id], "id %d", id)
		}
		require.True(t, slices.IsSortedFunc(flows, func(a, b royalty.Flow) int { return int(a.ID) - int(b.ID) }))

		passed := royalty.Pass(rewards, l.of)
		require.Len(t, passed, len(flows))
		for i, f := range flows {
			require.Equal(t, royalty.Reward{ID: f.ID, Amount: f.Net()}, passed[i])
		}
	})
}

// The worked example of README.md.
func Example() {
	parents := lineage{9: {{ID: 4, ShareBP: 2_000}}, 4: {{ID: 1, ShareBP: 1_000}}}
	rewards := []royalty.Reward{{ID: 4, Amount: 300}, {ID: 9, Amount: 1_000}}
	fmt.Println(royalty.Pass(rewards, parents.of))
	for _, f := range royalty.Flows(rewards, parents.of) {
		fmt.Printf("%d: own %d, in %d, out %d\n", f.ID, f.Own, f.In, f.Out)
	}
	// Output:
	// [{1 50} {4 450} {9 800}]
	// 1: own 0, in 50, out 0
	// 4: own 300, in 200, out 50
	// 9: own 1000, in 0, out 200
}

func BenchmarkFlows(b *testing.B) {
	rewards := make([]royalty.Reward, 4096)
	for i := range rewards {
		rewards[i] = royalty.Reward{ID: uint64(i), Amount: 1_000_000}
	}
	parents := func(id uint64) []royalty.Parent {
		if id == 0 {
			return nil
		}
		return []royalty.Parent{{ID: id / 2, ShareBP: 1_000}}
	}
	for b.Loop() {
		royalty.Flows(rewards, parents)
	}
}

// However often a run is interrupted, it comes to what it comes to at once.
func TestAnInterruptedRunGoesOnWhereItStood(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const highest = 30
		l, gap := lineage{}, gaps.Draw(t, "gap")
		for id := uint64(2); id <= highest; id++ {
			for range rapid.IntRange(0, 3).Draw(t, "parents") {
				parent := royalty.Parent{ID: rapid.Uint64Range(1, id-1).Draw(t, "parent") * gap, ShareBP: rapid.Uint32Range(0, 4_000).Draw(t, "share")}
				l[id*gap] = append(l[id*gap], parent)
			}
		}
		earned, rewards := map[uint64]uint64{}, []royalty.Reward(nil)
		for range rapid.IntRange(0, 10).Draw(t, "earners") {
			r := royalty.Reward{ID: rapid.Uint64Range(1, highest).Draw(t, "id") * gap, Amount: rapid.Uint64Max(1_000_000).Draw(t, "amount")}
			earned[r.ID] += r.Amount
			rewards = append(rewards, r)
		}
		run, flows := royalty.Resume(nil), []royalty.Flow{}
		for id := highest * gap; id > 0; id -= gap {
			if next, waits := run.Next(); waits {
				require.LessOrEqual(t, next, id)
			}
			if rapid.Bool().Draw(t, "interrupted") {
				run = royalty.Resume(run.Waiting())
			}
			next, waits := run.Next()
			if _, earns := earned[id]; earns || (waits && next == id) {
				flows = append(flows, run.Settle(id, earned[id], l.of))
			}
		}
		require.Empty(t, run.Waiting())
		slices.Reverse(flows)
		require.Equal(t, royalty.Flows(rewards, l.of), flows)
	})
}

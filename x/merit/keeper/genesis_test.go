// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/weal-network/weal/x/merit/types"
)

// lived is a chain on which everything that is kept is there.
func lived(t *testing.T) *fixture {
	f := newFixture(t)
	f.contribution(1, "alice")
	f.contribution(2, "alice", "bob")
	f.pay(1, reward{1, 600}, reward{2, 1_001})
	f.wait(halfLife / 3)
	f.pay(2, reward{2, 77})
	f.vote("alice", all(1))
	_, _, _, err := f.k.VoteResults(f.ctx, *f.gov, proposal())
	require.NoError(t, err)
	require.NoError(t, f.k.Recordings.Set(f.ctx, 3, types.Recording{Id: 3, TopicId: 1, Epoch: 3, From: 2, Amount: 5, Contributions: 1}))
	require.NoError(t, f.k.NextRecording.Set(f.ctx, 4))
	require.NoError(t, f.k.Losing.Set(f.ctx, 9))
	return f
}

func TestAnExportedChainGoesOnAsItWas(t *testing.T) {
	f := lived(t)
	g, err := f.k.ExportGenesis(f.ctx)
	require.NoError(t, err)
	again := bare(t)
	again.contributions, again.emission = f.contributions, f.emission
	again.ctx = again.ctx.WithBlockTime(f.ctx.BlockTime())
	require.NoError(t, again.k.InitGenesis(again.ctx, *g))
	for range 2 {
		copied, err := again.k.ExportGenesis(again.ctx)
		require.NoError(t, err)
		g, err := f.k.ExportGenesis(f.ctx)
		require.NoError(t, err)
		require.Equal(t, g, copied)
		require.Equal(t, f.total(), again.total())
		require.Equal(t, f.merit("alice"), again.merit("alice"))
		f.wait(halfLife)
		again.ctx = again.ctx.WithBlockTime(f.ctx.BlockTime())
		require.NoError(t, f.k.EndBlock(f.ctx))
		require.NoError(t, again.k.EndBlock(again.ctx))
	}
}

func TestAGenesisThatContradictsItselfIsRefused(t *testing.T) {
	for name, spoil := range map[string]func(*types.GenesisState){
		"parameters out of bounds": func(g *types.GenesisState) { g.Params.HalfLifeSeconds = 0 },
		"a clock before time":      func(g *types.GenesisState) { g.Clock.AtMs = -1 },
		"holdings out of order":    func(g *types.GenesisState) { g.Holdings[0], g.Holdings[1] = g.Holdings[1], g.Holdings[0] },
		"a holding twice":          func(g *types.GenesisState) { g.Holdings = append(g.Holdings, g.Holdings[1]) },
		"a holding of nobody":      func(g *types.GenesisState) { g.Holdings[0].Address = "weal1nobody" },
		"a holding that is more than fits": func(g *types.GenesisState) {
			g.Holdings[0].Weight = math.NewIntFromBigInt(math.OneInt().BigInt().Lsh(math.OneInt().BigInt(), 127))
		},
		"a negative holding":                      func(g *types.GenesisState) { g.Holdings[0].Weight = math.NewInt(-1) },
		"a holding below its sources":             func(g *types.GenesisState) { g.Holdings[0].Weight = math.OneInt() },
		"a holding of fewer sources":              func(g *types.GenesisState) { g.Holdings[0].Sources-- },
		"a holding from nothing":                  func(g *types.GenesisState) { g.Holdings[1].Sources, g.Sources = 0, g.Sources[:1] },
		"a source of nobody":                      func(g *types.GenesisState) { g.Sources[0].Address = text("mallory") },
		"a source twice":                          func(g *types.GenesisState) { g.Sources = append(g.Sources, g.Sources[2]) },
		"sources out of order":                    func(g *types.GenesisState) { g.Sources[0], g.Sources[1] = g.Sources[1], g.Sources[0] },
		"a source of contribution 0":              func(g *types.GenesisState) { g.Sources[0].ContributionId = 0 },
		"a source of a later half-life":           func(g *types.GenesisState) { g.Sources[0].Period = 1_000 },
		"a recording above the next":              func(g *types.GenesisState) { g.NextRecording = 3 },
		"a recording of no epoch":                 func(g *types.GenesisState) { g.Recordings[0].Epoch = 0 },
		"no next recording":                       func(g *types.GenesisState) { g.Recordings, g.NextRecording = nil, 0 },
		"a contribution that loses twice":         func(g *types.GenesisState) { g.Losing = []uint64{9, 9} },
		"a contribution 0 that loses":             func(g *types.GenesisState) { g.Losing = []uint64{0} },
		"a tally twice":                           func(g *types.GenesisState) { g.Tallies = append(g.Tallies, g.Tallies[0]) },
		"a tally below nothing":                   func(g *types.GenesisState) { g.Tallies[0].Merit.No = math.LegacyNewDec(-1) },
		"a tally without powers":                  func(g *types.GenesisState) { g.Tallies[0].Merit = types.House{} },
		"an account that is ahead of the clock":   func(g *types.GenesisState) { g.Holdings[0].Period, g.Holdings[1].Period = 2_000, 2_000 },
		"a clock beyond what can be counted with": func(g *types.GenesisState) { g.Clock.Periods = 1 << 62 },
	} {
		t.Run(name, func(t *testing.T) {
			f := lived(t)
			g, err := f.k.ExportGenesis(f.ctx)
			require.NoError(t, err)
			spoil(g)
			again := bare(t)
			require.ErrorIs(t, again.k.InitGenesis(again.ctx.WithBlockTime(f.ctx.BlockTime()), *g), types.ErrInvalidGenesis)
		})
	}
}

// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/testutil/cpu"
	"github.com/weal-network/weal/x/contribution/types"
)

// BenchmarkLineage looks up what 4,096 contributions were built on, each on eight, once each in a block, as the payment of an epoch does.
func BenchmarkLineage(b *testing.B) {
	const size = 4096
	f := newFixture(b)
	g := types.DefaultGenesisState()
	for id := uint64(1); id <= size; id++ {
		c := stored(id, types.STATUS_WITHDRAWN)
		for parent := max(1, int(id)-types.MaxParents); parent < int(id); parent++ {
			c.Parents = append(c.Parents, types.Parent{Id: uint64(parent), ShareBp: 500})
		}
		g.Contributions = append(g.Contributions, c)
	}
	g.NextContributionId = size + 1
	require.NoError(b, f.keeper.InitGenesis(f.ctx, g))
	f.cms.Commit()
	began := cpu.Used()
	for b.Loop() {
		ctx, _ := f.ctx.CacheContext()
		tile := types.NewLineageTile(0)
		for id := uint64(size); id > 1; id-- {
			if id == size || !tile.Covers(id) {
				var err error
				tile, err = f.keeper.LineageTile(ctx, id)
				require.NoError(b, err)
			}
			if len(tile.Parents(id)) == 0 {
				b.Fatalf("contribution %d was built on nothing", id)
			}
		}
	}
	b.ReportMetric(float64((cpu.Used()-began).Microseconds())/1000/float64(b.N), "cpu-ms/epoch")
	b.ReportMetric(0, "ns/op")
}

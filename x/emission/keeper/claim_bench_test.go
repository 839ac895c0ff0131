// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/x/emission/types"
)

// earning is a chain on which alice has earned for that many epochs and claimed nothing.
func earning(t testing.TB, epochs int) *fixture {
	t.Helper()
	f := newFixture(t)
	params := types.DefaultParams()
	params.MaturityEpochs, params.KeepEpochs, params.CarryEpochs = 1, 10, 1
	require.NoError(t, f.k.Params.Set(f.ctx, params))
	mine := f.contribution(1, "alice", "alice")
	for epoch := 1; epoch <= epochs; epoch++ {
		f.issue(1)
		f.pay(scored(1, uint64(epoch), []uint64{mine}, one))
	}
	return f
}

var spans = []int{10, 100, 1000}

// claimGas claims in a branch of the store that is dropped, and returns the gas.
func claimGas(t testing.TB, f *fixture) uint64 {
	cached, _ := f.ctx.CacheContext()
	before := cached.GasMeter().GasConsumed()
	_, err := f.msg.Claim(cached, &types.MsgClaim{Contributor: text(account("alice"))})
	require.NoError(t, err)
	return cached.GasMeter().GasConsumed() - before
}

func TestAClaimCostsTheSameHoweverManyEpochsHavePassed(t *testing.T) {
	gas := make([]uint64, len(spans))
	for i, epochs := range spans {
		gas[i] = claimGas(t, earning(t, epochs))
	}
	// Amounts have more digits after more epochs, and no more than that.
	require.InDelta(t, gas[0], gas[1], 200)
	require.InDelta(t, gas[0], gas[2], 200)
}

// BenchmarkClaim claims after 10, 100 and 1000 epochs.
func BenchmarkClaim(b *testing.B) {
	for _, epochs := range spans {
		b.Run(fmt.Sprintf("epochs=%d", epochs), func(b *testing.B) {
			f := earning(b, epochs)
			balances := f.bank.clone()
			b.ReportAllocs()
			for b.Loop() {
				claimGas(b, f)
				b.StopTimer()
				*f.bank = *balances.clone()
				b.StartTimer()
			}
		})
	}
}

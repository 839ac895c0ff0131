// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/testutil/cpu"
	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	"github.com/weal-network/weal/x/emission/types"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
)

// lineaged is a chain on which each of that many contributions was built on the eight before it, so that royalties go as deep as
// there are contributions, and the epoch in which all are scored.
func lineaged(t testing.TB, size int) (*fixture, scoringtypes.EpochResult) {
	t.Helper()
	f := newFixture(t)
	result := scored(1, 0, nil)
	for i := range size {
		var parents []contributiontypes.Parent
		for p := max(1, i-7); p <= i; p++ {
			parents = append(parents, contributiontypes.Parent{Id: uint64(p), ShareBp: 500})
		}
		result.ContributionIds = append(result.ContributionIds, f.contribution(1, "alice", "alice", parents...))
		result.Incentive = append(result.Incentive, one/uint64(size)-uint64(i%7))
	}
	f.issue(2)
	return f, result
}

// payBlockwise pays an epoch, a piece in each block as x/scoring does with a small budget, and writes each block down. It returns
// the processor's time of all blocks together, without the writing down, which is the chain's, and without collecting what that leaves.
func (f *fixture) payBlockwise(result scoringtypes.EpochResult) time.Duration {
	f.t.Helper()
	hooks, epoch, took := f.k.ScoringHooks(), result.Scored(), time.Duration(0)
	inBlock := func(do func(ctx sdk.Context) error) {
		f.t.Helper()
		cached, write := f.ctx.CacheContext()
		began := cpu.Used()
		require.NoError(f.t, do(cached))
		took += cpu.Used() - began
		write()
		f.commit()
		runtime.GC()
	}
	inBlock(func(ctx sdk.Context) error { return hooks.BeginRewards(ctx, epoch) })
	for whole := false; !whole; {
		inBlock(func(ctx sdk.Context) (err error) {
			_, whole, err = hooks.GoOnRewards(ctx, epoch, 1)
			return err
		})
	}
	inBlock(func(ctx sdk.Context) error { return hooks.AfterEpochScored(ctx, epoch) })
	return took
}

func TestAPaymentMakesOneTransferForAllDividendsAndNoneForContributions(t *testing.T) {
	f, result := lineaged(t, 600)
	result.Epoch = 1
	before := f.bank.sends
	f.payBlockwise(result)
	require.Equal(t, before+1, f.bank.sends)

	f.issue(1)
	result.Epoch, result.Validators = 2, nil
	before = f.bank.sends
	f.payBlockwise(result)
	require.Equal(t, before, f.bank.sends)
	require.Positive(t, f.payment(1, 2).ContributorsSpent)
	f.audit()
}

// BenchmarkPayEpoch pays epochs of contributions that were built on one another. cpu-ms/epoch is all of its blocks together.
func BenchmarkPayEpoch(b *testing.B) {
	for _, size := range []int{16, 256, 4096} {
		b.Run(fmt.Sprintf("contributions=%d", size), func(b *testing.B) {
			f, result := lineaged(b, size)
			took, sends := time.Duration(0), 0
			for b.Loop() {
				result.Epoch++
				f.issue(1)
				before := f.bank.sends
				took += f.payBlockwise(result)
				sends += f.bank.sends - before
			}
			require.Equal(b, b.N, sends, "one transfer of dividends an epoch, none to contributors")
			b.ReportMetric(float64(took.Microseconds())/1000/float64(b.N), "cpu-ms/epoch")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// BenchmarkPayEpochWithSponsors pays epochs of 4,096 contributions to which 64 streams of 8 denoms give, and shares each pot.
func BenchmarkPayEpochWithSponsors(b *testing.B) {
	f, result := lineaged(b, 4096)
	params := types.DefaultParams()
	params.MaturityEpochs, params.StreamFee = 0, 0
	require.NoError(b, f.k.Params.Set(f.ctx, params))
	var all sdk.Coins
	for i := range types.MaxStreamDenoms {
		all = all.Add(coin(fmt.Sprintf("denom%d", i), 1<<40))
	}
	for range types.MaxStreams / types.MaxStreamDenoms {
		f.bank.others[string(account("sponsor"))] = f.bank.others[string(account("sponsor"))].Add(all...)
		require.NoError(b, f.fund(1, types.MaxStreamEpochs, all...))
	}
	f.commit()
	paying, sharing, worst := time.Duration(0), time.Duration(0), time.Duration(0)
	blocks := 0
	for b.Loop() {
		result.Epoch++
		f.issue(1)
		paying += f.payBlockwise(result)
		// The pot of the epoch before has its turn now.
		for len(f.streams(1).Pots) > 1 {
			began := cpu.Used()
			f.block(time.Second)
			took := cpu.Used() - began
			f.commit()
			sharing, worst = sharing+took, max(worst, took)
			blocks++
		}
	}
	perEpoch := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 / float64(b.N) }
	b.ReportMetric(perEpoch(paying), "cpu-ms/epoch")
	b.ReportMetric(perEpoch(sharing), "cpu-ms-sharing/epoch")
	b.ReportMetric(float64(worst.Microseconds())/1000, "cpu-ms-worst-block")
	b.ReportMetric(float64(blocks)/float64(b.N), "blocks/pot")
	b.ReportMetric(0, "ns/op")
}

// SPDX-License-Identifier: Apache-2.0

package frontier_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/pkg/frontier"
)

// observed is a machine in an epoch of settled contributions, and the epoch's scores.
func observed(tb testing.TB, contributions, validators int) (m *frontier.Machine, step func(epoch uint64)) {
	r := rand.New(rand.NewPCG(1, 1))
	e := frontier.Epoch{IDs: make([]uint64, contributions), Power: make([]uint64, validators)}
	for j := range e.IDs {
		e.IDs[j] = uint64(j) + 1
	}
	for i := range e.Power {
		e.Power[i] = 1 + r.Uint64N(1_000)
	}
	scores := make([]uint16, contributions*validators)
	for at := range scores {
		scores[at] = uint16(30_000 + r.IntN(3_000))
	}
	m = new(frontier.Machine)
	return m, func(epoch uint64) {
		e.Number = epoch
		_, err := m.Begin(frontier.DefaultParams(), e)
		require.NoError(tb, err)
		require.NoError(tb, m.Observe(e.IDs, scores, nil))
		m.Listen()
	}
}

// BenchmarkObserve is the pass over an epoch's cells, in nanoseconds a cell.
func BenchmarkObserve(b *testing.B) {
	for _, size := range []struct{ contributions, validators int }{{256, 64}, {1024, 128}, {4096, 256}} {
		b.Run(fmt.Sprintf("%dx%d", size.contributions, size.validators), func(b *testing.B) {
			_, step := observed(b, size.contributions, size.validators)
			epoch := uint64(0)
			b.ReportAllocs()
			for b.Loop() {
				epoch++
				step(epoch)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(size.contributions*size.validators), "ns/cell")
		})
	}
}

// BenchmarkNext is one window's decision.
func BenchmarkNext(b *testing.B) {
	k := newTopic(b, 1, 64, 300, 100)
	for id := uint64(1); id <= 256; id++ {
		k.commit(id, fmt.Sprint(id%8), 30_000+float64(id))
	}
	k.play(12)
	for b.Loop() {
		b.StopTimer()
		k.commit(uint64(len(k.active))+1, "ann", 30_000)
		k.play(9)
		b.StartTimer()
		k.play(1)
	}
}

func TestAMachineThatHasGrownObservesWithoutAllocating(t *testing.T) {
	_, step := observed(t, 100, 16)
	epoch := uint64(0)
	next := func() { epoch++; step(epoch) }
	for range 40 {
		next()
	}
	require.Zero(t, testing.AllocsPerRun(20, next))
}

// SPDX-License-Identifier: Apache-2.0

package innovation_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/pkg/innovation"
	"github.com/weal-network/weal/pkg/yuma"
)

var sizes = []struct{ contributions, validators int }{{256, 64}, {1024, 128}, {4096, 256}}

// BenchmarkRun is an epoch, in nanoseconds a cell; BenchmarkEngine beside it is the one of pkg/yuma over the
// same rows.
func BenchmarkRun(b *testing.B) {
	for _, size := range sizes {
		cells := float64(size.contributions * size.validators)
		dense := population(1, size.validators, size.contributions, 1)
		for name, in := range map[string]innovation.Input{
			"dense": dense, "divided": divided(size.validators, size.contributions), "assigned": assign(dense, 1, 0.1),
		} {
			b.Run(fmt.Sprintf("%dx%d/%s", size.contributions, size.validators, name), func(b *testing.B) {
				var e innovation.Engine
				p := innovation.DefaultParams()
				b.ReportAllocs()
				for b.Loop() {
					if _, err := e.Run(p, in); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/cells, "ns/cell")
			})
		}
	}
}

func BenchmarkEngine(b *testing.B) {
	for _, size := range sizes {
		in := population(1, size.validators, size.contributions, 1)
		b.Run(fmt.Sprintf("%dx%d", size.contributions, size.validators), func(b *testing.B) {
			var e yuma.Engine
			epoch := yuma.Input{Validators: size.validators, Contributions: size.contributions, Power: in.Power, Scores: in.Scores}
			for b.Loop() {
				if _, err := e.Run(yuma.Params{Rule: yuma.YUMA3, Kappa: 1 << 31, BondPenalty: 1 << 32}, epoch); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(size.contributions*size.validators), "ns/cell")
		})
	}
}

func TestAnEngineThatHasGrownAllocatesNothing(t *testing.T) {
	dense := population(1, 16, 100, 0.9)
	for name, in := range map[string]innovation.Input{
		"dense": dense, "compressed": compressed(dense), "assigned": assign(dense, 1, 0.5),
	} {
		t.Run(name, func(t *testing.T) {
			var e innovation.Engine
			p := innovation.DefaultParams()
			standing := innovation.Standing{Averages: slices.Repeat(dense.Public.Last[:1], 16)}
			epoch := func() {
				_, err := e.Run(p, in)
				require.NoError(t, err)
				require.NoError(t, e.Settle(&standing))
			}
			epoch()
			require.Zero(t, testing.AllocsPerRun(5, epoch))
		})
	}
}

// divided is an epoch in which half of the validators, one by one, say twice what the others say: the medians lie
// on both sides of the gap.
func divided(validators, contributions int) innovation.Input {
	in := population(1, validators, contributions, 1)
	for i := range in.Power {
		in.Power[i] = 1
		for j := range contributions {
			v := &in.Scores.Values[i*contributions+j]
			if *v /= 2; (i+j)%2 == 0 {
				*v *= 2
			}
		}
	}
	return in
}

// SPDX-License-Identifier: Apache-2.0

package coverage_test

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/bits"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weal-network/weal/pkg/coverage"
)

func loads(words []uint64, contributions, validators int) (each, load []int) {
	each, load = make([]int, contributions), make([]int, validators)
	for j := range contributions {
		for i := range validators {
			if coverage.Assigned(words, validators, i, j) {
				each[j]++
				load[i]++
			}
		}
	}
	return each, load
}

func TestEveryContributionIsCoveredAndTheLoadIsBalancedWithinOne(t *testing.T) {
	var d coverage.Dealer
	rapid.Check(t, func(t *rapid.T) {
		validators := rapid.IntRange(1, 130).Draw(t, "validators")
		contributions := rapid.IntRange(0, 200).Draw(t, "contributions")
		each := rapid.IntRange(0, validators+2).Draw(t, "each")
		seed := sha256.Sum256(binary.BigEndian.AppendUint64(nil, rapid.Uint64().Draw(t, "seed")))
		words, err := d.Deal(seed, contributions, validators, each)
		require.NoError(t, err)
		want := each
		if coverage.All(validators, each) {
			want = validators
		}
		covered, load := loads(words, contributions, validators)
		for j, got := range covered {
			require.Equal(t, want, got, "contribution %d", j)
		}
		most := coverage.Load(contributions, validators, each)
		for i, got := range load {
			require.LessOrEqual(t, got, most, "validator %d", i)
			require.GreaterOrEqual(t, got, contributions*want/validators, "validator %d", i)
		}
		if len(words) > 0 && validators%64 != 0 {
			require.Zero(t, words[len(words)-1]>>(validators%64), "nobody is beyond the last validator")
		}
	})
}

// Over many seeds every pair of a validator and a contribution, and every pair of validators, comes up
// about as often as any other.
func TestNobodyIsFavoured(t *testing.T) {
	const validators, contributions, each, seeds = 7, 9, 3, 6_000
	var d coverage.Dealer
	var cells [contributions][validators]int
	var pairs [validators][validators]int
	for s := range uint64(seeds) {
		words, err := d.Deal(sha256.Sum256(binary.BigEndian.AppendUint64(nil, s)), contributions, validators, each)
		require.NoError(t, err)
		for j := range contributions {
			for set := words[j]; set != 0; set &= set - 1 {
				i := bits.TrailingZeros64(set)
				cells[j][i]++
				for other := set & (set - 1); other != 0; other &= other - 1 {
					pairs[i][bits.TrailingZeros64(other)]++
				}
			}
		}
	}
	for j := range cells {
		for i, got := range cells[j] {
			require.InEpsilon(t, float64(seeds)*each/validators, float64(got), 0.06, "validator %d, contribution %d", i, j)
		}
	}
	for i := range validators {
		for k := i + 1; k < validators; k++ {
			require.InEpsilon(t, float64(seeds)*contributions/7, float64(pairs[i][k]), 0.06, "validators %d and %d", i, k)
		}
	}
}

func TestAnAssignmentIsFixedByItsSeed(t *testing.T) {
	var d coverage.Dealer
	words, err := d.Deal(sha256.Sum256([]byte("a block")), 6, 8, 3)
	require.NoError(t, err)
	var told []string
	for _, w := range words {
		told = append(told, fmt.Sprintf("%08b", w))
	}
	require.Equal(t, golden, told)
	again, err := new(coverage.Dealer).Deal(sha256.Sum256([]byte("a block")), 6, 8, 3)
	require.NoError(t, err)
	require.Equal(t, words, again)
	other, err := d.Deal(sha256.Sum256([]byte("another")), 6, 8, 3)
	require.NoError(t, err)
	require.NotEqual(t, again, other)
}

// golden are the assignments by contribution, validator 0 at the right.
var golden = []string{"00011010", "00100101", "11100000", "01000101", "00011010", "10001100"}

func TestSizesBeyondTheLimitsAreRefused(t *testing.T) {
	var d coverage.Dealer
	for _, size := range [][2]int{{-1, 1}, {1, -1}, {coverage.MaxContributions + 1, 1}, {1, coverage.MaxValidators + 1}} {
		_, err := d.Deal([32]byte{}, size[0], size[1], 1)
		require.ErrorIs(t, err, coverage.ErrShape)
		require.ErrorContains(t, err, "expected 0 to 65536")
	}
}

func TestADealerThatHasGrownAllocatesNothing(t *testing.T) {
	var d coverage.Dealer
	deal := func() {
		_, err := d.Deal([32]byte{1}, 500, 64, 8)
		require.NoError(t, err)
	}
	deal()
	require.Zero(t, testing.AllocsPerRun(5, deal))
}

func BenchmarkDeal(b *testing.B) {
	for _, size := range []struct{ contributions, validators, each int }{{256, 64, 8}, {1024, 128, 8}, {4096, 256, 8}, {65536, 64, 8}} {
		b.Run(fmt.Sprintf("%dx%d", size.contributions, size.validators), func(b *testing.B) {
			var d coverage.Dealer
			b.ReportAllocs()
			for b.Loop() {
				if _, err := d.Deal([32]byte{1}, size.contributions, size.validators, size.each); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(size.contributions*size.each), "ns/assignment")
		})
	}
}

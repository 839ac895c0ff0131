// SPDX-License-Identifier: Apache-2.0

package coverage_test

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/bits"
	"slices"
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
		seed := seedOf(rapid.Uint64().Draw(t, "seed"))
		words, err := d.Part(coverage.Deal{Seed: seed, Validators: validators, Each: each}, 0, contributions)
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
		require.NoError(t, coverage.Validate(words, validators, contributions))
	})
}

func seedOf(n uint64) [32]byte { return sha256.Sum256(binary.BigEndian.AppendUint64(nil, n)) }

// dumb deals as the package's page tells it, from the first contribution on, out of packs that it never looks into again.
func dumb(deal coverage.Deal, contributions int, pack func(int) []int) [][]int {
	dealt, number, left := make([][]int, contributions), 0, pack(0)
	for j := range dealt {
		for len(dealt[j]) < deal.Each {
			if len(left) == 0 {
				number++
				left = pack(number)
			}
			at := slices.IndexFunc(left, func(i int) bool { return !slices.Contains(dealt[j], i) })
			dealt[j] = append(dealt[j], left[at])
			left = slices.Delete(slices.Clone(left), at, at+1)
		}
		slices.Sort(dealt[j])
	}
	return dealt
}

func marked(words []uint64, validators, j int) (some []int) {
	for i := range validators {
		if coverage.Assigned(words, validators, i, j) {
			some = append(some, i)
		}
	}
	return some
}

// A pack of which nobody has anything yet is dealt as it was shuffled: who scores the contributions 0, 1, 2 ... of one each.
func packOf(t require.TestingT, deal coverage.Deal, number int) (pack []int) {
	deal.Each = 1
	words, err := new(coverage.Dealer).Part(deal, number*deal.Validators, (number+1)*deal.Validators)
	require.NoError(t, err)
	for j := range deal.Validators {
		pack = append(pack, marked(words, deal.Validators, j)...)
	}
	return pack
}

func TestAssignmentsAreThoseOfPacksDealtOneAfterTheOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		deal := coverage.Deal{Seed: seedOf(rapid.Uint64().Draw(t, "seed")), Validators: rapid.IntRange(2, 70).Draw(t, "validators")}
		deal.Each = rapid.IntRange(1, deal.Validators/2).Draw(t, "each")
		contributions := rapid.IntRange(1, 40).Draw(t, "contributions")
		words, err := new(coverage.Dealer).Part(deal, 0, contributions)
		require.NoError(t, err)
		want := dumb(deal, contributions, func(number int) []int { return packOf(t, deal, number) })
		for j := range contributions {
			require.Equal(t, want[j], marked(words, deal.Validators, j), "contribution %d", j)
		}
	})
}

func TestAPartIsFoundWithoutWhatComesBefore(t *testing.T) {
	var whole, part coverage.Dealer
	rapid.Check(t, func(t *rapid.T) {
		deal := coverage.Deal{Seed: seedOf(rapid.Uint64().Draw(t, "seed")), Validators: rapid.IntRange(1, 130).Draw(t, "validators")}
		deal.Each = rapid.IntRange(1, deal.Validators).Draw(t, "each")
		contributions := rapid.IntRange(1, 200).Draw(t, "contributions")
		all, err := whole.Part(deal, 0, contributions)
		require.NoError(t, err)
		from := rapid.IntRange(0, contributions).Draw(t, "from")
		to := rapid.IntRange(from, contributions).Draw(t, "to")
		some, err := part.Part(deal, from, to)
		require.NoError(t, err)
		per := coverage.Words(deal.Validators)
		require.Equal(t, all[from*per:to*per], some)
	})
}

func TestThoseWhoDoNotScoreAreDealtWhereMostDo(t *testing.T) {
	deal := coverage.Deal{Seed: seedOf(1), Validators: 9, Each: 7}
	most, err := new(coverage.Dealer).Part(deal, 0, 50)
	require.NoError(t, err)
	deal.Each = 2
	few, err := new(coverage.Dealer).Part(deal, 0, 50)
	require.NoError(t, err)
	for j := range 50 {
		require.Equal(t, uint64(1<<9-1), most[j]^few[j])
	}
}

// Over many seeds every pair of a validator and a contribution, and every pair of validators, comes up
// about as often as any other.
func TestNobodyIsFavoured(t *testing.T) {
	const validators, contributions, each, seeds = 7, 9, 3, 6_000
	var d coverage.Dealer
	var cells [contributions][validators]int
	var pairs [validators][validators]int
	for s := range uint64(seeds) {
		words, err := d.Part(coverage.Deal{Seed: seedOf(s), Validators: validators, Each: each}, 0, contributions)
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
	deal := coverage.Deal{Seed: sha256.Sum256([]byte("a block")), Validators: 8, Each: 3}
	words, err := d.Part(deal, 0, 6)
	require.NoError(t, err)
	var told []string
	for _, w := range words {
		told = append(told, fmt.Sprintf("%08b", w))
	}
	require.Equal(t, golden, told)
	again, err := new(coverage.Dealer).Part(deal, 0, 6)
	require.NoError(t, err)
	require.Equal(t, words, again)
	deal.Seed = sha256.Sum256([]byte("another"))
	other, err := d.Part(deal, 0, 6)
	require.NoError(t, err)
	require.NotEqual(t, again, other)
}

// golden are the assignments by contribution, validator 0 at the right.
var golden = []string{"00010101", "10101000", "01000011", "01010100", "00101010", "10100010"}

func TestSizesBeyondTheLimitsAreRefused(t *testing.T) {
	var d coverage.Dealer
	for _, size := range [][3]int{{0, -1, 1}, {-1, 1, 1}, {2, 1, 1}, {0, 1, -1}, {0, coverage.MaxContributions + 1, 1}, {0, 1, coverage.MaxValidators + 1}} {
		_, err := d.Part(coverage.Deal{Validators: size[2], Each: 1}, size[0], size[1])
		require.ErrorIs(t, err, coverage.ErrShape)
		require.ErrorContains(t, err, "expected 0 to 65536")
	}
}

func TestADealerThatHasGrownAllocatesNothing(t *testing.T) {
	var d coverage.Dealer
	deal := func() {
		_, err := d.Part(coverage.Deal{Seed: [32]byte{1}, Validators: 64, Each: 7}, 0, 500)
		require.NoError(t, err)
	}
	deal()
	require.Zero(t, testing.AllocsPerRun(5, deal))
}

func TestWordsOfAnotherShapeAreNoAssignment(t *testing.T) {
	for name, words := range map[string][]uint64{"too few": {1}, "too many": {1, 1, 1}, "a validator too many": {1, 4}} {
		require.ErrorIs(t, coverage.Validate(words, 2, 2), coverage.ErrShape, name)
	}
	require.NoError(t, coverage.Validate([]uint64{3, 0}, 2, 2))
	require.NoError(t, coverage.Validate(nil, 0, 5))
}

// BenchmarkPart deals all of a set, and one tile in its middle.
func BenchmarkPart(b *testing.B) {
	for _, size := range []struct{ from, to, validators, each int }{
		{0, 256, 64, 8}, {0, 4096, 256, 8}, {0, 65536, 64, 8}, {32512, 32768, 64, 8}, {32512, 32768, 256, 8},
	} {
		b.Run(fmt.Sprintf("%d-%dx%d", size.from, size.to, size.validators), func(b *testing.B) {
			var d coverage.Dealer
			deal := coverage.Deal{Seed: [32]byte{1}, Validators: size.validators, Each: size.each}
			b.ReportAllocs()
			for b.Loop() {
				if _, err := d.Part(deal, size.from, size.to); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64((size.to-size.from)*size.each), "ns/assignment")
		})
	}
}

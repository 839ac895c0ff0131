// SPDX-License-Identifier: Apache-2.0

package types_test

import (
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weal-network/weal/pkg/row"

	"github.com/weal-network/weal/x/scoring/types"
)

// sharpened is a packed row raised to a power and taken to its largest, in exact fractions, but for what is not counted.
func sharpened(t require.TestingT, packed []byte, own []uint64, power uint32) ([]byte, uint32) {
	entries, err := row.Decode(packed, types.MaxEntries)
	require.NoError(t, err)
	var most uint16
	counted := entries[:0]
	for _, e := range entries {
		if len(own) > 0 && own[0] == e.ID {
			continue
		}
		counted = append(counted, e)
		most = max(most, e.Score)
	}
	for j, e := range counted {
		if most == 0 {
			break
		}
		x := new(big.Rat).SetFrac64(int64(e.Score), int64(most))
		y := new(big.Rat).SetInt64(65_535)
		for range power {
			y.Mul(y, x)
		}
		y.Add(y, big.NewRat(1, 2))
		counted[j].Score = uint16(new(big.Int).Quo(y.Num(), y.Denom()).Uint64())
	}
	return pack(t, counted...), uint32(most)
}

// What is weighed is the rows as they were sharpened; what quality is are the rows as they came.
func TestSharpRowsAreWeighedAndRawOnesAreQuality(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawDraft(t)
		plain := d.count(t)
		d.epoch.Scoring.Sharpness = 1
		require.Equal(t, plain, d.count(t), "the first power is the score")

		power := rapid.Uint32Range(2, 8).Draw(t, "sharpness")
		d.epoch.Scoring.Sharpness = power
		sharp := d.count(t)
		d.epoch.Scoring.Sharpness = 0
		for i, v := range d.voters {
			if len(d.rows[i]) == 0 {
				continue
			}
			own, err := v.OwnIDs()
			require.NoError(t, err)
			var most uint32
			if d.rows[i], most = sharpened(t, d.rows[i], own, power); v.Tokens > 0 && sharp.VoidReason == "" {
				require.Equal(t, most, sharp.Outcome.Peaks[i])
			}
		}
		if plain.VoidReason != "" {
			return
		}
		b, err := d.ballot()
		require.NoError(t, err)
		b.Tally = types.NewTally(d.epoch, b.Tally.Voters)
		for i := range b.Tally.Voters {
			b.Tally.Voters[i].Revealed = plain.Result.Validators[i].Revealed
		}
		b.Tally = types.NewTally(d.epoch, b.Tally.Voters)
		weighed, err := b.Count()
		require.NoError(t, err)
		require.Equal(t, plain.Result.Quality, sharp.Result.Quality)
		require.Equal(t, weighed.Result.Consensus, sharp.Result.Consensus)
		require.Equal(t, weighed.Result.Incentive, sharp.Result.Incentive)
		require.Equal(t, weighed.Result.Validators, sharp.Result.Validators)
		require.Equal(t, weighed.Bonds, sharp.Bonds)
		require.Equal(t, weighed.RowSums, sharp.RowSums)
	})
}

func TestALargerSharpnessGivesTheBestMore(t *testing.T) {
	d := draft{epoch: newEpoch(), ids: []uint64{1, 2, 3}}
	for range 3 {
		d.voters = append(d.voters, types.Voter{Tokens: 1})
		d.rows = append(d.rows, pack(t, row.Entry{ID: 1, Score: 10_000}, row.Entry{ID: 2, Score: 20_000}, row.Entry{ID: 3, Score: 40_000}))
	}
	for power, part := range map[uint32]float64{1: 4. / 7, 2: 16. / 21, 3: 64. / 73, 8: 65_536. / (65_536 + 256 + 1)} {
		d.epoch.Scoring.Sharpness = power
		count := d.count(t)
		require.InDelta(t, part, float64(count.Result.Incentive[2])/(1<<32), 1e-4, "sharpness %d", power)
		require.Equal(t, []uint32{10_000, 20_000, 40_000}, count.Result.Quality)
	}
}

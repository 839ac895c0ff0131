// SPDX-License-Identifier: Apache-2.0

package types

import (
	"encoding/binary"

	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/yuma"
)

// resultBytes is a contribution's part of a result tile: quality in 2 bytes, consensus, incentive and reward in 8.
const resultBytes = 2 + 3*8

// PackResults packs the results of a tile.
func PackResults(quality []uint32, consensus, incentive, reward []uint64) []byte {
	out := make([]byte, 0, len(quality)*resultBytes)
	for j, q := range quality {
		out = binary.BigEndian.AppendUint16(out, uint16(q))
		out = binary.BigEndian.AppendUint64(out, consensus[j])
		out = binary.BigEndian.AppendUint64(out, incentive[j])
		out = binary.BigEndian.AppendUint64(out, reward[j])
	}
	return out
}

// AppendResults unpacks a tile of n contributions and appends it to a result (ErrInconsistent).
func (r *EpochResult) AppendResults(packed []byte, n int) error {
	if len(packed) != n*resultBytes {
		return errorsmod.Wrapf(ErrInconsistent, "results of %d contributions are %d bytes, expected %d", n, len(packed), n*resultBytes)
	}
	for ; len(packed) > 0; packed = packed[resultBytes:] {
		r.Quality = append(r.Quality, uint32(binary.BigEndian.Uint16(packed)))
		r.Consensus = append(r.Consensus, binary.BigEndian.Uint64(packed[2:]))
		r.Incentive = append(r.Incentive, binary.BigEndian.Uint64(packed[10:]))
		r.Reward = append(r.Reward, binary.BigEndian.Uint64(packed[18:]))
	}
	return nil
}

// AppendQualities appends the qualities of a packed tile of results (ErrInconsistent).
func AppendQualities(to []uint16, packed []byte) ([]uint16, error) {
	if len(packed)%resultBytes != 0 {
		return nil, errorsmod.Wrapf(ErrInconsistent, "results are %d bytes, expected %d for each contribution", len(packed), resultBytes)
	}
	for ; len(packed) > 0; packed = packed[resultBytes:] {
		to = append(to, binary.BigEndian.Uint16(packed))
	}
	return to, nil
}

// Tile packs a tile of a result.
func (r *EpochResult) Tile(tile int) []byte {
	from := tile * TileSize
	to := min(from+TileSize, len(r.ContributionIds))
	return PackResults(r.Quality[from:to], r.Consensus[from:to], r.Incentive[from:to], r.Reward[from:to])
}

// PutOutcome adds what the validators got (ErrInconsistent).
func (r *EpochResult) PutOutcome(o Outcome) error {
	if err := o.validate(len(r.Validators)); err != nil {
		return err
	}
	for i := range r.Validators {
		r.Validators[i].Trust, r.Validators[i].Dividend, r.Validators[i].BondDividend = o.Trust[i], o.Dividends[i], o.BondDividends[i]
		if o.Innovations != nil {
			r.Validators[i].Innovation, r.Validators[i].InnovationAverage = o.Innovations[i], o.Averages[i]
		}
	}
	r.ClosedHeight, r.InnovationMedian = o.ClosedHeight, o.Median
	return nil
}

// Agreement is the result of a tile whose incentives are still ranks, as the engine takes it.
func (r *EpochResult) Agreement() yuma.Agreement {
	a := yuma.Agreement{Consensus: make([]fixed.Q32, len(r.Quality)), Rank: make([]fixed.Q32, len(r.Quality)), Quality: make([]uint16, len(r.Quality))}
	for j := range r.Quality {
		a.Consensus[j], a.Rank[j], a.Quality[j] = fixed.Q32(r.Consensus[j]), fixed.Q32(r.Incentive[j]), uint16(r.Quality[j])
	}
	return a
}

// validate checks that an outcome is of n validators (ErrInconsistent).
func (o Outcome) validate(n int) error {
	for _, list := range []struct {
		name     string
		length   int
		optional bool
	}{
		{"trust", len(o.Trust), false},
		{"dividends", len(o.Dividends), false},
		{"bond dividends", len(o.BondDividends), false},
		{"row sums", len(o.RowSums), false},
		{"innovations", len(o.Innovations), true},
		{"averages", len(o.Averages), len(o.Innovations) == 0},
		{"largest scores", len(o.Peaks), true},
	} {
		if list.length != n && (!list.optional || list.length != 0) {
			return errorsmod.Wrapf(ErrInconsistent, "%s are of %d validators, the epoch has %d", list.name, list.length, n)
		}
	}
	return nil
}

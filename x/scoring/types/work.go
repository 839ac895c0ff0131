// SPDX-License-Identifier: Apache-2.0

package types

import (
	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/yuma"
)

// Progress is where the engine stands, as it takes it.
func (w Work) Progress() yuma.Progress {
	return yuma.Progress{RowSums: w.RowSums, Trust: fractions(w.Trust), Dividends: fractions(w.Dividends), RankSum: fixed.Q32(w.RankSum)}
}

// SetProgress takes over where the engine stands.
func (w *Work) SetProgress(p yuma.Progress) {
	w.RowSums = append([]uint64(nil), p.RowSums...)
	w.Trust, w.Dividends, w.RankSum = integers(p.Trust), integers(p.Dividends), int64(p.RankSum)
}

// Advance goes on to the next tile, or after the pass's last one to the next pass of the epoch.
func (w *Work) Advance(last bool, epoch Epoch) {
	w.Tile++
	if !last {
		return
	}
	if w.Pass == PASS_SUM && epoch.Sharpens() && !w.Peaked {
		w.Peaked, w.Tile = true, 0
		return
	}
	w.Pass, w.Tile = w.Pass+1, 0
	if w.Pass == PASS_FRONTIER && !epoch.PaysFrontier() {
		w.Pass++
	}
}

// Done reports whether no pass is left.
func (w Work) Done() bool { return w.Pass > PASS_SETTLE }

func fractions(numbers []int64) []fixed.Q32 {
	if numbers == nil {
		return nil
	}
	out := make([]fixed.Q32, len(numbers))
	for i, n := range numbers {
		out[i] = fixed.Q32(n)
	}
	return out
}

func integers(fractions []fixed.Q32) []int64 {
	out := make([]int64, len(fractions))
	for i, f := range fractions {
		out[i] = int64(f)
	}
	return out
}

// Shares copies fractions, of which none is below 0, as results keep them.
func Shares(fractions []fixed.Q32) []uint64 {
	out := make([]uint64, len(fractions))
	for i, f := range fractions {
		out[i] = uint64(max(f, 0))
	}
	return out
}

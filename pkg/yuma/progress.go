// SPDX-License-Identifier: Apache-2.0

package yuma

import (
	"fmt"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/internal/scratch"
)

// Progress is what an unfinished epoch needs to go on, beside its params, its electorate and
// its tiles: one number a validator each, in the order of its power, and the sum of ranks.
// The zero Progress is an epoch's beginning.
type Progress struct {
	// RowSums are the sums of scores so far.
	RowSums []uint64
	// Trust is the sum of clipped weights so far.
	Trust []fixed.Q32
	// RankSum is the sum of ranks so far: at most 1, and at most the number of validators under
	// the score rule Median.
	RankSum fixed.Q32
	// Dividends are the sums of bonds times incentives so far, not yet normalised.
	Dividends []fixed.Q32
}

// Progress returns where the epoch stands, in memory of its own.
func (e *Engine) Progress() Progress {
	n := len(e.order)
	p := Progress{
		RowSums: make([]uint64, n), Trust: make([]fixed.Q32, n), Dividends: make([]fixed.Q32, n),
		RankSum: fixed.Q32(e.rankSum),
	}
	for k, i := range e.order {
		p.RowSums[i], p.Trust[i], p.Dividends[i] = e.sums[k], fixed.Q32(e.trust[k]), fixed.Q32(e.dividends[k])
	}
	return p
}

// validate checks the lengths and signs; the error is ErrShape.
func (p Progress) validate(rule ScoreRule, validators int) error {
	if p.isZero() {
		return nil
	}
	for _, s := range []struct {
		name string
		got  int
	}{{"progress of row sums", len(p.RowSums)}, {"progress of trust", len(p.Trust)}, {"progress of dividends", len(p.Dividends)}} {
		if s.got != validators {
			return shapeError(s.name, s.got, validators)
		}
	}
	most := fixed.One
	if rule == Median {
		most *= fixed.Q32(validators)
	}
	if p.RankSum < 0 || p.RankSum > most {
		return fmt.Errorf("%w: progress has a sum of ranks of %s, expected 0 to %s", ErrShape, p.RankSum, most)
	}
	for i := range validators {
		if p.RowSums[i] > maxRowSum || p.Trust[i] < 0 || p.Trust[i] > fixed.One || p.Dividends[i] < 0 || p.Dividends[i] > fixed.One {
			return fmt.Errorf("%w: progress of validator %d is a sum of scores of %d, trust %s and dividend %s, expected 0 to %d and 0 to 1",
				ErrShape, i, p.RowSums[i], p.Trust[i], p.Dividends[i], uint64(maxRowSum))
		}
	}
	return nil
}

func (p Progress) isZero() bool {
	return p.RowSums == nil && p.Trust == nil && p.Dividends == nil && p.RankSum == 0
}

// restore goes on from a progress that is valid.
func (e *Engine) restore(p Progress) {
	n := len(e.order)
	e.sums, e.trust, e.dividends = scratch.Zeroed(e.sums, n), scratch.Zeroed(e.trust, n), scratch.Zeroed(e.dividends, n)
	e.rankSum = uint64(p.RankSum)
	e.unready = true
	if p.isZero() {
		return
	}
	for k, i := range e.order {
		e.sums[k], e.trust[k], e.dividends[k] = p.RowSums[i], uint64(p.Trust[i]), uint64(p.Dividends[i])
	}
}

// Finish ends an epoch after its third pass: trust, and dividends normalised, in the order
// of power. The slices belong to the Engine.
func (e *Engine) Finish() (trust, dividends []fixed.Q32) {
	n := len(e.order)
	trust, dividends = scratch.Sized(e.output.Trust, n), scratch.Sized(e.output.Dividends, n)
	for k, i := range e.order {
		trust[i] = fixed.Q32(e.trust[k])
		dividends[i] = fixed.Q32(e.dividends[k])
		if e.params.Rule == YUMA3 {
			dividends[i] = fixed.Q32(factor{e.power[k], e.powerBits}.times(e.dividends[k]))
		}
	}
	fixed.NormInPlace(dividends)
	e.output.Trust, e.output.Dividends = trust, dividends
	return trust, dividends
}

func shapeError(name string, got, want int) error {
	return fmt.Errorf("%w: %s has %d elements, expected %d", ErrShape, name, got, want)
}

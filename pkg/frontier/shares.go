// SPDX-License-Identifier: Apache-2.0

package frontier

import (
	"slices"

	"github.com/weal-network/weal/pkg/fixed"
)

// Share is what a contribution is paid of an epoch's budget. Those of a ledger add up to 1 or less; the
// rest is not earned.
type Share struct {
	ID uint64
	// Stock is for what it added, less and less as that grows old; Depth for how much of the frontier
	// is its own. Both are parts of the whole budget.
	Stock, Depth fixed.Q32
}

// Total is all of it.
func (s Share) Total() fixed.Q32 { return s.Stock + s.Depth }

// Shares are what the holders are paid at a time, in seconds, by rising id. A holder that withdrew is not
// among them, and what it would have had is nobody's.
func (s *State) Shares(p Params, time uint64) []Share {
	stocks, sum := make([]fixed.Q32, len(s.Segments)), fixed.Q32(0)
	for k, g := range s.Segments {
		age := uint64(0)
		if time > g.Time {
			age = time - g.Time
		}
		stocks[k] = fixed.Q32(g.Hi-g.Lo) * fixed.Decay(age, p.HalfLife)
		sum += stocks[k]
	}
	sum = max(sum, fixed.Q32(p.Par)*fixed.One)
	top := s.Top(p)
	floor := top - min(top, p.Depth)
	shares := make([]Share, 0, len(s.Segments))
	for k, g := range s.Segments {
		if g.Ended {
			continue
		}
		share := Share{ID: g.ID, Stock: p.Stock.Mul(stocks[k].Div(sum))}
		if lo := max(g.Lo, floor); g.Hi > lo {
			share.Depth = (fixed.One - p.Stock).Mul(fixed.FromRatio(uint64(g.Hi-lo), uint64(p.Depth)))
		}
		shares = append(shares, share)
	}
	slices.SortStableFunc(shares, func(a, b Share) int { return compare(a.ID, b.ID) })
	return merged(shares)
}

// merged adds up the shares of the same contribution, which lie side by side.
func merged(shares []Share) []Share {
	out := shares[:0]
	for _, share := range shares {
		if n := len(out); n > 0 && out[n-1].ID == share.ID {
			out[n-1].Stock += share.Stock
			out[n-1].Depth += share.Depth
			continue
		}
		out = append(out, share)
	}
	return out
}

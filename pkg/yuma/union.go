// SPDX-License-Identifier: Apache-2.0

package yuma

import (
	"slices"

	"github.com/weal-network/weal/pkg/internal/scratch"
)

// union is scores and bonds side by side: by validator, the columns that have either.
type union struct {
	rows []unionRow
	// zeros stand in for a row that has no scores or no bonds, memory holds those that are
	// not as they came.
	zeros  []uint16
	memory []uint16
}

type unionRow struct{ columns, scores, bonds []uint16 }

// merge lays scores and bonds side by side. A row whose scores and bonds are in the same columns
// stays where it is.
func (u *union) merge(t Tile, validators int) {
	u.rows = scratch.Sized(u.rows, validators)
	u.zeros = scratch.Zeroed(u.zeros, t.Columns)
	u.memory = scratch.Sized(u.memory, 3*(len(t.Scores.Values)+len(t.Bonds.Values)))[:0]
	for i := range u.rows {
		scored, scores := t.Scores.entries(uint16(i))
		bonded, bonds := t.Bonds.entries(uint16(i))
		switch {
		case slices.Equal(scored, bonded):
			u.rows[i] = unionRow{scored, scores, bonds}
		case len(scored) == 0:
			u.rows[i] = unionRow{bonded, u.zeros[:len(bonded)], bonds}
		case len(bonded) == 0:
			u.rows[i] = unionRow{scored, scores, u.zeros[:len(scored)]}
		default:
			u.rows[i] = u.zip(scored, scores, bonded, bonds)
		}
	}
}

// zip merges two rows whose columns rise.
func (u *union) zip(scored, scores, bonded, bonds []uint16) unionRow {
	most, used := len(scored)+len(bonded), len(u.memory)
	u.memory = u.memory[:used+3*most]
	part := func(n int) []uint16 { return u.memory[used+n*most : used+(n+1)*most] }
	columns, outScores, outBonds := part(0), part(1), part(2)
	at, s, b := 0, 0, 0
	for ; s < len(scored) || b < len(bonded); at++ {
		hasScore := b == len(bonded) || s < len(scored) && scored[s] <= bonded[b]
		hasBond := s == len(scored) || b < len(bonded) && bonded[b] <= scored[s]
		outScores[at], outBonds[at] = 0, 0
		if hasBond {
			columns[at], outBonds[at] = bonded[b], bonds[b]
			b++
		}
		if hasScore {
			columns[at], outScores[at] = scored[s], scores[s]
			s++
		}
	}
	return unionRow{columns[:at], outScores[:at], outBonds[:at]}
}

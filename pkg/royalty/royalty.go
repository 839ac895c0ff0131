// SPDX-License-Identifier: Apache-2.0

// Package royalty passes rewards up the lineage: who builds on another's
// contribution shares what it earns with it.
package royalty

import (
	"slices"

	"github.com/weal-network/weal/pkg/split"
)

const basisPoints = 10_000

// Parent is a contribution that another derives from, and the share of all that
// the other receives that goes to it, in basis points.
type Parent struct {
	ID      uint64
	ShareBP uint32
}

// Reward is an amount in base units for the contribution id.
type Reward struct {
	ID, Amount uint64
}

// Flow explains one contribution's part: what it earned itself, the royalties
// that came in from its children, and those that went out to its parents.
type Flow struct {
	ID, Own, In, Out uint64
}

// Net is what stays with the contribution: Own + In - Out.
func (f Flow) Net() uint64 { return f.Own + f.In - f.Out }

// Pass is Flows reduced to what stays with each contribution.
func Pass(rewards []Reward, parents func(id uint64) []Parent) []Reward {
	flows := Flows(rewards, parents)
	out := make([]Reward, len(flows))
	for i, f := range flows {
		out[i] = Reward{ID: f.ID, Amount: f.Net()}
	}
	return out
}

// Flows settles royalties in one pass: in order of falling id each contribution
// passes the floor of ShareBP of all that it received, earned or passed on to it,
// to each of its parents. A parent has a lower id than its child, so whoever is
// reached has already received everything.
//
// The result is by rising id: every id of rewards once (amounts of an id that
// comes twice are added), and every parent that was passed something. It
// conserves the whole: the sum of Net is the sum of rewards, which must fit into
// 64 bits. Parents that are not below their child are passed over, and together
// they never get more than there is, whatever their shares say.
func Flows(rewards []Reward, parents func(id uint64) []Parent) []Flow {
	run, out := Resume(nil), make([]Flow, 0, len(rewards))
	earned := merged(nil, rewards)
	for {
		id, waits := run.Next()
		if !waits && len(earned) == 0 {
			break
		}
		own := uint64(0)
		if len(earned) > 0 && (!waits || earned[0].ID >= id) {
			id, own = earned[0].ID, earned[0].Amount
			earned = earned[1:]
		}
		out = append(out, run.Settle(id, own, parents))
	}
	slices.Reverse(out)
	return out
}

// shareOf is the floor of bp basis points of amount, at most amount.
func shareOf(amount uint64, bp uint32) uint64 {
	return split.Floor(amount, uint64(bp), basisPoints)
}

// SPDX-License-Identifier: Apache-2.0

package types

import (
	"cmp"
	"math/bits"
	"slices"

	errorsmod "cosmossdk.io/errors"
)

// MinImmunity is how many scored epochs every contribution is immune for, even
// in a topic without immunity: who was never measured cannot be the worst.
const MinImmunity = 1

// Immunity is how many scored epochs of immunity a topic with this setting gives.
func Immunity(immunityEpochs uint32) uint32 {
	return max(MinImmunity, immunityEpochs)
}

// IDs returns the ids in the set, rising.
func (s ActiveSet) IDs() []uint64 {
	ids := make([]uint64, len(s.Entries))
	for i, e := range s.Entries {
		ids[i] = e.Id
	}
	return ids
}

// IsEmpty reports whether there is nothing to keep.
func (s ActiveSet) IsEmpty() bool {
	return len(s.Entries) == 0 && len(s.Left) == 0 && len(s.LeftBefore) == 0
}

// Remove takes contributions out of the set, and notes that they left. One that is
// not in it is passed over.
func (s *ActiveSet) Remove(ids ...uint64) {
	s.remove(slices.Clone(ids))
}

// Eviction is a place given up as an epoch begins.
type Eviction struct {
	// ID is the contribution that left.
	ID uint64
	// By is the one that took its place; 0 when the set was made smaller.
	By uint64
	// SmoothedIncentive is what it had, in 2^-32.
	SmoothedIncentive uint64
}

// Turnover is what the beginning of an epoch changed in a set.
type Turnover struct {
	// Forgotten are ids that left so long ago that no open epoch measures them.
	Forgotten []uint64
	// Evicted are the places given up, in the order in which they were.
	Evicted []Eviction
	// Entered are the ids that came in, rising.
	Entered []uint64
}

// Open begins an epoch. The set shrinks to bound places if it has more, ages the
// notes of those that left, and takes in those of ready, in their order, for as
// long as there is a free place or one that a contribution beyond its immunity
// can give up. Nothing that came in is evicted at the same time, nor is kept.
func (s *ActiveSet) Open(ready []uint64, bound int, immunity uint32, epoch, kept uint64) Turnover {
	t := Turnover{Forgotten: s.LeftBefore}
	s.LeftBefore, s.Left = s.Left, nil

	for _, e := range s.surplus(bound, immunity, kept) {
		t.Evicted = append(t.Evicted, Eviction{ID: e.Id, SmoothedIncentive: e.SmoothedIncentive})
	}
	s.remove(evictedIDs(t.Evicted))

	free := min(len(ready), max(0, bound-len(s.Entries)))
	t.Entered = ready[:free]
	if free < len(ready) {
		exits := s.exits(immunity, kept)
		for _, id := range ready[free:] {
			last, ok := exits.next()
			if !ok {
				break
			}
			t.Evicted = append(t.Evicted, Eviction{ID: last.Id, By: id, SmoothedIncentive: last.SmoothedIncentive})
			t.Entered = ready[:len(t.Entered)+1]
		}
		s.remove(evictedIDs(t.Evicted))
	}
	s.add(t.Entered, epoch)
	// One that comes back is there again, and left no more.
	s.Left, s.LeftBefore = without(s.Left, t.Entered), without(s.LeftBefore, t.Entered)
	return t
}

// Evictable returns the ids that may make room, first the first to go: the lowest
// smoothed incentive, then the older, then the lower id. Immune ones, with fewer
// scored epochs than immunity, are left out.
func (s ActiveSet) Evictable(immunity uint32) []uint64 {
	return ActiveSet{Entries: s.exits(immunity, 0).all()}.IDs()
}

// Surplus returns the ids that must go for the set to have at most bound places:
// those that are evictable first, then, as a bound is a bound, immune ones in the
// same order.
func (s ActiveSet) Surplus(bound int, immunity uint32) []uint64 {
	return ActiveSet{Entries: s.surplus(bound, immunity, 0)}.IDs()
}

// surplus leaves out kept, as there is a place for one at least.
func (s ActiveSet) surplus(bound int, immunity uint32, kept uint64) []ActiveEntry {
	n := len(s.Entries) - bound
	if n <= 0 {
		return nil
	}
	entries := s.exits(immunity, kept).all()
	if len(entries) < n {
		entries = append(entries, s.immune(immunity, kept).all()...)
	}
	return entries[:min(n, len(entries))]
}

// LongestScored is the most epochs that any in the set was scored.
func (s ActiveSet) LongestScored() uint32 {
	longest := uint32(0)
	for _, e := range s.Entries {
		longest = max(longest, e.ScoredEpochs)
	}
	return longest
}

// Score takes the incentives of a scored epoch, in 2^-32, for the ids that it
// measured, rising. Those that left the set since are passed over. It returns the
// ids that were scored for the first time.
func (s *ActiveSet) Score(ids, incentive []uint64, smoothingBp uint32) (first []uint64, err error) {
	if len(ids) != len(incentive) {
		return nil, errorsmod.Wrapf(ErrInvalidIncentives, "%d incentives for %d contributions of topic %d", len(incentive), len(ids), s.TopicId)
	}
	if !rising(ids) {
		return nil, errorsmod.Wrapf(ErrInvalidIncentives, "ids of topic %d do not rise", s.TopicId)
	}
	at := 0
	for i, id := range ids {
		for at < len(s.Entries) && s.Entries[at].Id < id {
			at++
		}
		if at == len(s.Entries) || s.Entries[at].Id != id {
			continue
		}
		if s.Entries[at].ScoredEpochs == 0 {
			first = append(first, id)
		}
		s.Entries[at] = s.Entries[at].scored(incentive[i], smoothingBp)
	}
	return first, nil
}

// scored moves the average towards the newest incentive by smoothingBp / 10000,
// rounding down. The first one is taken as it is: an average that began at zero
// would make every newcomer look worse than it is.
func (e ActiveEntry) scored(incentive uint64, smoothingBp uint32) ActiveEntry {
	if e.ScoredEpochs == 0 {
		e.SmoothedIncentive = incentive
	} else {
		e.SmoothedIncentive = mix(e.SmoothedIncentive, incentive, uint64(smoothingBp))
	}
	if e.ScoredEpochs < 1<<32-1 {
		e.ScoredEpochs++
	}
	return e
}

// mix returns floor((old*(10000-bp) + new*bp) / 10000) for bp of 0 to 10000; the
// sum has up to 78 bits, the quotient fits again.
func mix(before, after, bp uint64) uint64 {
	hi1, lo1 := bits.Mul64(before, BasisPoints-bp)
	hi2, lo2 := bits.Mul64(after, bp)
	lo, carry := bits.Add64(lo1, lo2, 0)
	q, _ := bits.Div64(hi1+hi2+carry, lo, BasisPoints)
	return q
}

// add puts contributions, by rising id, into the set; they must not be in it.
// Newcomers have the highest ids as a rule: only what is released from a
// quarantine has to be sorted in.
func (s *ActiveSet) add(ids []uint64, epoch uint64) {
	sorted := len(ids) == 0 || len(s.Entries) == 0 || s.Entries[len(s.Entries)-1].Id < ids[0]
	for _, id := range ids {
		s.Entries = append(s.Entries, ActiveEntry{Id: id, ActivatedEpoch: epoch})
	}
	if sorted {
		return
	}
	slices.SortFunc(s.Entries, func(a, b ActiveEntry) int { return cmp.Compare(a.Id, b.Id) })
}

// remove takes ids, in any order, out of the set in one pass.
func (s *ActiveSet) remove(ids []uint64) {
	if len(ids) == 0 {
		return
	}
	slices.Sort(ids)
	at := 0
	s.Entries = slices.DeleteFunc(s.Entries, func(e ActiveEntry) bool {
		for at < len(ids) && ids[at] < e.Id {
			at++
		}
		gone := at < len(ids) && ids[at] == e.Id
		if gone {
			s.Left = append(s.Left, e.Id)
		}
		return gone
	})
	slices.Sort(s.Left)
}

func evictedIDs(evicted []Eviction) []uint64 {
	ids := make([]uint64, len(evicted))
	for i, e := range evicted {
		ids[i] = e.ID
	}
	return ids
}

// without returns ids that are not among gone, both rising.
func without(ids, gone []uint64) []uint64 {
	return slices.DeleteFunc(ids, func(id uint64) bool {
		_, found := slices.BinarySearch(gone, id)
		return found
	})
}

func rising(ids []uint64) bool {
	for i := 1; i < len(ids); i++ {
		if ids[i] <= ids[i-1] {
			return false
		}
	}
	return true
}

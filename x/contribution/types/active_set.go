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

// Remove takes a contribution out of the set, and notes that it left. One that is
// not in it is passed over.
func (s *ActiveSet) Remove(id uint64) {
	s.remove([]uint64{id})
}

// Eviction is a place given up as an epoch begins.
type Eviction struct {
	// ID is the contribution that left.
	ID uint64
	// By is the one that took its place; 0 when the set was made smaller.
	By uint64
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
// can give up. Nothing that came in is evicted at the same time.
func (s *ActiveSet) Open(ready []uint64, bound int, immunity uint32, epoch uint64) Turnover {
	t := Turnover{Forgotten: s.LeftBefore}
	s.LeftBefore, s.Left = s.Left, nil

	for _, id := range s.Surplus(bound, immunity) {
		t.Evicted = append(t.Evicted, Eviction{ID: id})
	}
	s.remove(evictedIDs(t.Evicted))

	free := max(0, bound-len(s.Entries))
	evictable := s.Evictable(immunity)
	t.Entered = ready[:min(len(ready), free+len(evictable))]
	for i := free; i < len(t.Entered); i++ {
		t.Evicted = append(t.Evicted, Eviction{ID: evictable[i-free], By: t.Entered[i]})
	}
	s.remove(evictedIDs(t.Evicted))
	for _, id := range t.Entered {
		s.add(id, epoch)
	}
	return t
}

// Evictable returns the ids that may make room, first the first to go: the lowest
// smoothed incentive, then the older, then the lower id. Immune ones, with fewer
// scored epochs than immunity, are left out.
func (s ActiveSet) Evictable(immunity uint32) []uint64 {
	return s.order(func(e ActiveEntry) bool { return e.ScoredEpochs >= immunity })
}

// Surplus returns the ids that must go for the set to have at most bound places:
// those that are evictable first, then, as a bound is a bound, immune ones in the
// same order.
func (s ActiveSet) Surplus(bound int, immunity uint32) []uint64 {
	n := len(s.Entries) - bound
	if n <= 0 {
		return nil
	}
	ids := s.Evictable(immunity)
	if len(ids) < n {
		ids = append(ids, s.order(func(e ActiveEntry) bool { return e.ScoredEpochs < immunity })...)
	}
	return ids[:n]
}

// EpochsUntilRoom returns in how many scored epochs the first immune contribution
// loses its immunity: 0 when one may make room now, or the set is empty.
func (s ActiveSet) EpochsUntilRoom(immunity uint32) uint32 {
	if len(s.Entries) == 0 {
		return 0
	}
	least := immunity
	for _, e := range s.Entries {
		least = min(least, immunity-min(immunity, e.ScoredEpochs))
	}
	return least
}

// Score takes the incentives of a scored epoch, in 2^-32, for the ids that it
// measured, rising. Those that left the set since are passed over.
func (s *ActiveSet) Score(ids, incentive []uint64, smoothingBp uint32) error {
	if len(ids) != len(incentive) {
		return errorsmod.Wrapf(ErrInvalidIncentives, "%d incentives for %d contributions of topic %d", len(incentive), len(ids), s.TopicId)
	}
	if !rising(ids) {
		return errorsmod.Wrapf(ErrInvalidIncentives, "ids of topic %d do not rise", s.TopicId)
	}
	for i, id := range ids {
		if at, ok := s.find(id); ok {
			s.Entries[at] = s.Entries[at].scored(incentive[i], smoothingBp)
		}
	}
	return nil
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

func (s ActiveSet) order(take func(ActiveEntry) bool) []uint64 {
	entries := make([]ActiveEntry, 0, len(s.Entries))
	for _, e := range s.Entries {
		if take(e) {
			entries = append(entries, e)
		}
	}
	slices.SortFunc(entries, func(a, b ActiveEntry) int {
		return cmp.Or(
			cmp.Compare(a.SmoothedIncentive, b.SmoothedIncentive),
			cmp.Compare(a.ActivatedEpoch, b.ActivatedEpoch),
			cmp.Compare(a.Id, b.Id),
		)
	})
	return ActiveSet{Entries: entries}.IDs()
}

// add puts a contribution into the set; it must not be in it.
func (s *ActiveSet) add(id, epoch uint64) {
	i, _ := s.find(id)
	s.Entries = slices.Insert(s.Entries, i, ActiveEntry{Id: id, ActivatedEpoch: epoch})
}

// remove takes ids, in any order, out of the set in one pass.
func (s *ActiveSet) remove(ids []uint64) {
	slices.Sort(ids)
	s.Entries = slices.DeleteFunc(s.Entries, func(e ActiveEntry) bool {
		_, gone := slices.BinarySearch(ids, e.Id)
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

func (s ActiveSet) find(id uint64) (int, bool) {
	return slices.BinarySearchFunc(s.Entries, id, func(e ActiveEntry, id uint64) int { return cmp.Compare(e.Id, id) })
}

func rising(ids []uint64) bool {
	for i := 1; i < len(ids); i++ {
		if ids[i] <= ids[i-1] {
			return false
		}
	}
	return true
}

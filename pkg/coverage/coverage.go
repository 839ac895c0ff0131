// SPDX-License-Identifier: Apache-2.0

// Package coverage says which validators are to score which contributions, where the set is too large
// for each of them to score all: each contribution is assigned to the same number of validators, and
// no validator to more than one contribution more than another.
//
// Validators are dealt like cards. A pack is all of them, shuffled; contributions, in their order, are
// each dealt the next few of the pack, and when it is used up the next one begins. So contribution j has the
// places [j*each, (j+1)*each) of all packs one behind the other. One that is dealt the end of one pack and
// the beginning of the next gets none twice: whom it has of the old one stand behind the others of the new one, until it has
// enough. After every pack all have been dealt as often as each other, and within one at most one of them
// once more.
//
// A pack is shuffled by numbers of its own, drawn from SHA-256("weal/coverage/v1" | seed | pack | counter) without
// bias, so that anybody can repeat it, nobody who does not know the seed can tell what it will be, and any part of an
// assignment is found without what comes before. Where each contribution is for more than half of the validators, those are
// dealt who do not score it: so a pack has room for two contributions, and what one takes of its beginning is not its end.
package coverage

import (
	"errors"
	"fmt"

	"github.com/weal-network/weal/pkg/internal/scratch"
)

// ErrShape says that there are too many validators or contributions, or fewer than none, or that words are
// no assignment of them.
var ErrShape = errors.New("bad shape")

const (
	// MaxValidators is the most validators.
	MaxValidators = 1 << 16
	// MaxContributions is the most contributions.
	MaxContributions = 1 << 16
)

// Deal is what an assignment follows from.
type Deal struct {
	Seed [32]byte
	// Validators is how many there are, 0 to MaxValidators.
	Validators int
	// Each is how many of them score each contribution; see All.
	Each int
}

// Dealer is the memory for an assignment. Its zero value is ready; it grows to the largest that it met
// and then allocates nothing. It is not safe for use by two at a time.
type Dealer struct {
	source source
	// pack is the validators of pack number at, in the order in which they are dealt.
	pack []uint16
	at   int
	// kept is the memory for putting some of a pack behind the others.
	kept  []uint16
	words []uint64
}

// Words is how many words of an assignment a contribution takes.
func Words(validators int) int { return (validators + 63) / 64 }

// All says that everybody scores everything: each is 0, or no fewer than there are validators.
func All(validators, each int) bool { return each <= 0 || each >= validators }

// Load is the most contributions that a validator is assigned.
func Load(contributions, validators, each int) int {
	if All(validators, each) {
		return contributions
	}
	return (contributions*each + validators - 1) / validators
}

// Part assigns the contributions [from, to), counted from 0. Bit i%64 of word (j-from)*Words(validators) + i/64
// says that validator i is to score contribution j. The slice belongs to the Dealer and holds until its next call. The
// error is ErrShape.
func (d *Dealer) Part(deal Deal, from, to int) ([]uint64, error) {
	n := deal.Validators
	if n < 0 || n > MaxValidators || from < 0 || to < from || to > MaxContributions {
		return nil, fmt.Errorf("%w: contributions %d to %d and %d validators, expected 0 to %d and 0 to %d",
			ErrShape, from, to, n, MaxContributions, MaxValidators)
	}
	words := Words(n)
	d.words = scratch.Zeroed(d.words, (to-from)*words)
	if All(n, deal.Each) {
		fill(d.words, n)
		return d.words, nil
	}
	each, others := deal.Each, 2*deal.Each > n
	if others {
		each = n - deal.Each
	}
	d.at = -1
	for j := from; j < to; j++ {
		marks := d.words[(j-from)*words : (j-from+1)*words]
		d.deal(deal, each, j, marks)
		if others {
			for at := range marks {
				marks[at] ^= full(n, at)
			}
		}
	}
	return d.words, nil
}

// deal marks the validators at the places of contribution j.
func (d *Dealer) deal(deal Deal, each, j int, marks []uint64) {
	for place := j * each; place < (j+1)*each; {
		d.open(deal, each, place/deal.Validators)
		for at := place % deal.Validators; at < deal.Validators && place < (j+1)*each; at++ {
			i := d.pack[at]
			marks[i/64] |= 1 << (i % 64)
			place++
		}
	}
}

// open brings a pack to hand.
func (d *Dealer) open(deal Deal, each, number int) {
	if d.at == number {
		return
	}
	n := deal.Validators
	before := number * n % each // how many the contribution that straddles its beginning has of the pack before
	if before > 0 && d.at != number-1 {
		d.shuffle(deal, number-1)
	}
	// The end of the pack before is as it was shuffled: what was moved of it stands within its first each places.
	d.kept = append(d.kept[:0], d.pack[max(len(d.pack)-before, 0):]...)
	had := len(d.kept)
	d.shuffle(deal, number)
	if before > 0 {
		d.behind(had, each-before)
	}
	d.at = number
}

// shuffle makes pack number anew.
func (d *Dealer) shuffle(deal Deal, number int) {
	d.source.reset(deal.Seed, uint64(number))
	d.pack = scratch.Sized(d.pack, deal.Validators)
	for i := range d.pack {
		d.pack[i] = uint16(i)
	}
	for at := range len(d.pack) - 1 {
		pick := at + int(d.source.below(uint32(len(d.pack)-at)))
		d.pack[at], d.pack[pick] = d.pack[pick], d.pack[at]
	}
}

// behind puts the first had of kept behind the others of the pack, among as many of its first as there are until
// enough others came.
func (d *Dealer) behind(had, enough int) {
	out, aside := 0, had
	for at := 0; out < enough; at++ {
		i := d.pack[at]
		if contains(d.kept[:had], i) {
			d.kept = append(d.kept, i)
			continue
		}
		d.pack[out] = i
		out++
	}
	copy(d.pack[out:], d.kept[aside:])
}

func contains(some []uint16, i uint16) bool {
	for _, k := range some {
		if k == i {
			return true
		}
	}
	return false
}

// Assigned says whether validator i is to score contribution j.
func Assigned(words []uint64, validators, i, j int) bool {
	return words[j*Words(validators)+i/64]>>(i%64)&1 == 1
}

// Everybody assigns every contribution to every validator, in words of its own; see Dealer.Part.
func Everybody(validators, contributions int) []uint64 {
	words := make([]uint64, contributions*Words(validators))
	fill(words, validators)
	return words
}

// Validate checks that words assign so many contributions to so many validators; the error is ErrShape.
func Validate(words []uint64, validators, contributions int) error {
	per := Words(validators)
	if len(words) != per*contributions {
		return fmt.Errorf("%w: an assignment has %d words, expected %d", ErrShape, len(words), per*contributions)
	}
	for j := range contributions {
		if per > 0 && words[(j+1)*per-1]&^full(validators, per-1) != 0 {
			return fmt.Errorf("%w: column %d is assigned to a validator beyond the %d", ErrShape, j, validators)
		}
	}
	return nil
}

// fill sets the bits of all validators, for all contributions.
func fill(words []uint64, validators int) {
	for at := range words {
		words[at] = full(validators, at%Words(validators))
	}
}

// full is one word of a contribution that everybody is to score.
func full(validators, word int) uint64 {
	if left := validators - 64*word; left < 64 {
		return 1<<left - 1
	}
	return ^uint64(0)
}

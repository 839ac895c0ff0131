// SPDX-License-Identifier: Apache-2.0

// Package coverage says which validators are to score which contributions, where the set is too large
// for each of them to score all: each contribution is assigned to the same number of validators, and
// no validator to more than one contribution more than another.
//
// Validators are dealt like cards. A round is a pack of all of them, shuffled; contributions, in
// their order, are each dealt the next few of the pack, and when it is used up the next round
// begins. A contribution that is dealt the end of one pack and the beginning of the next gets
// none twice: of the new pack it is dealt only who is not yet its own. After every round all have
// been dealt as often as each other, and within one at most one of them once more.
//
// The shuffle draws from SHA-256("weal/coverage/v1" | seed | counter), each draw without bias, so
// that anybody can repeat it and nobody who does not know the seed can tell what it will be.
package coverage

import (
	"errors"
	"fmt"

	"github.com/weal-network/weal/pkg/internal/scratch"
)

// ErrShape says that there are too many validators or contributions, or fewer than none.
var ErrShape = errors.New("bad shape")

const (
	// MaxValidators is the most validators.
	MaxValidators = 1 << 16
	// MaxContributions is the most contributions.
	MaxContributions = 1 << 16
)

// Dealer is the memory for an assignment. Its zero value is ready; it grows to the largest that it met
// and then allocates nothing. It is not safe for use by two at a time.
type Dealer struct {
	source source
	// pack is the validators of a round: those before dealt are.
	pack  []uint16
	dealt int
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

// Deal assigns each contribution to that many validators; see All. Bit i%64 of word
// j*Words(validators) + i/64 says that validator i is to score contribution j. The slice belongs to the
// Dealer and holds until its next call. The error is ErrShape.
func (d *Dealer) Deal(seed [32]byte, contributions, validators, each int) ([]uint64, error) {
	if contributions < 0 || contributions > MaxContributions || validators < 0 || validators > MaxValidators {
		return nil, fmt.Errorf("%w: %d contributions and %d validators, expected 0 to %d and 0 to %d",
			ErrShape, contributions, validators, MaxContributions, MaxValidators)
	}
	words := Words(validators)
	d.words = scratch.Zeroed(d.words, contributions*words)
	if All(validators, each) {
		fill(d.words, validators)
		return d.words, nil
	}
	d.source.reset(seed)
	d.pack, d.dealt = scratch.Zeroed(d.pack, validators), validators
	for i := range d.pack {
		d.pack[i] = uint16(i)
	}
	for j := range contributions {
		d.deal(d.words[j*words:(j+1)*words], each)
	}
	return d.words, nil
}

// deal assigns one contribution.
func (d *Dealer) deal(to []uint64, each int) {
	for each > 0 {
		if d.dealt == len(d.pack) {
			d.dealt = 0
		}
		// Who the contribution has of the last pack goes to the end, and is dealt to others.
		open := len(d.pack)
		if d.dealt == 0 {
			open = d.aside(to)
		}
		for ; each > 0 && d.dealt < open; each-- {
			pick := d.dealt + int(d.source.below(uint32(open-d.dealt)))
			d.pack[d.dealt], d.pack[pick] = d.pack[pick], d.pack[d.dealt]
			i := d.pack[d.dealt]
			to[i/64] |= 1 << (i % 64)
			d.dealt++
		}
	}
}

// aside moves the validators of a new pack that a contribution already has to its end, and returns where they
// begin.
func (d *Dealer) aside(to []uint64) int {
	open := len(d.pack)
	for k := 0; k < open; {
		if i := d.pack[k]; to[i/64]>>(i%64)&1 == 1 {
			open--
			d.pack[k], d.pack[open] = d.pack[open], d.pack[k]
			continue
		}
		k++
	}
	return open
}

// Assigned says whether validator i is to score contribution j.
func Assigned(words []uint64, validators, i, j int) bool {
	return words[j*Words(validators)+i/64]>>(i%64)&1 == 1
}

// Everybody assigns every contribution to every validator, in words of its own; see Deal.
func Everybody(validators, contributions int) []uint64 {
	words := make([]uint64, contributions*Words(validators))
	fill(words, validators)
	return words
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

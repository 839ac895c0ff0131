// SPDX-License-Identifier: Apache-2.0

package sim

import (
	"encoding/binary"
	"math/bits"
	"math/rand/v2"
)

// basisPoints make the whole.
const basisPoints = 10_000

// Streams of a seed: one purpose each, so that what one strategy draws changes nothing for
// the others, and two scenarios with the same seed have the same world.
const (
	streamItems = iota
	streamShards
	streamContributors
	streamDeal    = 1 << 8
	streamGroup   = 1 << 16
	streamMeasure = 1 << 32
)

// Source draws integers. Two sources of one seed and one stream draw the same.
type Source struct{ pcg rand.PCG }

// NewSource is the generator of one stream of a seed.
func NewSource(seed, stream uint64) *Source {
	s := &Source{}
	s.pcg.Seed(seed, stream)
	return s
}

// Seed draws 32 bytes.
func (s *Source) Seed() (seed [32]byte) {
	for at := 0; at < len(seed); at += 8 {
		binary.BigEndian.PutUint64(seed[at:], s.pcg.Uint64())
	}
	return seed
}

// Below draws from [0, n), n > 0. It is off uniform by less than n parts in 2^64.
func (s *Source) Below(n uint64) uint64 {
	hi, _ := bits.Mul64(s.pcg.Uint64(), n)
	return hi
}

// Chance is true with a probability of so many basis points.
func (s *Source) Chance(bp int64) bool { return int64(s.Below(basisPoints)) < bp }

// Normal draws a deviate of mean 0 and standard deviation 1, in 65536ths: the sum of twelve
// uniform 16-bit numbers, whose variance is 12 (2^32 - 1) / 12, less its mean of 12 * 32767.5.
func (s *Source) Normal() int64 {
	const low = 0x0000ffff_0000ffff
	var sum uint64 // two sums of six, side by side
	for range 3 {
		x := s.pcg.Uint64()
		sum += x&low + x>>16&low
	}
	return int64(sum>>32+sum&0xffffffff) - 6*65535
}

// noisy is score with a relative deviation: score * (1 + deviation), held within 16 bits.
// deviation is in 65536ths.
func noisy(score uint16, deviation int64) uint16 {
	return hold(int64(score) + int64(score)*deviation>>16)
}

// hold clamps to what a score can be.
func hold(x int64) uint16 { return uint16(max(0, min(65535, x))) }

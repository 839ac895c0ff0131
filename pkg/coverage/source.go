// SPDX-License-Identifier: Apache-2.0

package coverage

import (
	"crypto/sha256"
	"encoding/binary"
	"math/bits"
)

// domain keeps the draws apart from all else that is made from a seed.
const domain = "weal/coverage/v1"

// source is the generator: eight draws of 32 bits, big-endian, out of each hash.
type source struct {
	message [len(domain) + 32 + 8 + 8]byte
	block   [sha256.Size]byte
	at      int
	counter uint64
}

// reset begins the numbers of a pack.
func (s *source) reset(seed [32]byte, pack uint64) {
	copy(s.message[:], domain)
	copy(s.message[len(domain):], seed[:])
	binary.BigEndian.PutUint64(s.message[len(domain)+32:], pack)
	s.at, s.counter = sha256.Size, 0
}

func (s *source) next() uint32 {
	if s.at == sha256.Size {
		binary.BigEndian.PutUint64(s.message[len(domain)+40:], s.counter)
		s.block, s.at = sha256.Sum256(s.message[:]), 0
		s.counter++
	}
	draw := binary.BigEndian.Uint32(s.block[s.at:])
	s.at += 4
	return draw
}

// below is a number under n > 0, each equally likely (Lemire, "Fast Random Integer Generation in an
// Interval", 2019): the upper half of a draw times n, drawn again where the lower half shows that it stands
// for one number more often than for others.
func (s *source) below(n uint32) uint32 {
	if n == 1 {
		return 0
	}
	hi, lo := bits.Mul32(s.next(), n)
	if lo < n {
		for least := -n % n; lo < least; {
			hi, lo = bits.Mul32(s.next(), n)
		}
	}
	return hi
}

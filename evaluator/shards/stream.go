// SPDX-License-Identifier: Apache-2.0

package shards

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
)

// stream expands a seed into numbers: block i is SHA-256(label | seed | i) with
// i as 8 bytes big-endian, and each block gives four 64-bit numbers, big-endian.
type stream struct {
	label string
	seed  [32]byte
	block uint64
	left  []byte
}

func (s *stream) uint64() uint64 {
	if len(s.left) == 0 {
		b := append([]byte(s.label), s.seed[:]...)
		sum := sha256.Sum256(binary.BigEndian.AppendUint64(b, s.block))
		s.block++
		s.left = sum[:]
	}
	v := binary.BigEndian.Uint64(s.left)
	s.left = s.left[8:]
	return v
}

// below returns a number in [0, n), n > 0, without bias: numbers at or above the
// largest multiple of n are passed over.
func (s *stream) below(n uint64) uint64 {
	limit := math.MaxUint64 - math.MaxUint64%n
	for {
		if v := s.uint64(); v < limit {
			return v % n
		}
	}
}

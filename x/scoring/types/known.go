// SPDX-License-Identifier: Apache-2.0

package types

import (
	"encoding/binary"
	"math"
	"slices"

	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/pkg/coverage"
	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/innovation"
)

// knownBytes is what is known of one contribution: see PublicTile.
const knownBytes = 8 + 4 + 3*8

// Known is what everybody knew of some contributions of an epoch before it was scored.
type Known struct {
	innovation.Public
	// Published is in how many epochs each was published.
	Published []uint32
}

// NewKnown is what is known of n contributions of which nothing was published, in an epoch of contributions of them.
func NewKnown(n, contributions int) Known {
	share := innovation.NewShare(contributions)
	known := Known{Published: make([]uint32, n)}
	known.Last = slices.Repeat([]fixed.Q32{share}, n)
	known.Fast, known.Slow = slices.Clone(known.Last), slices.Clone(known.Last)
	return known
}

// Put takes over what a packed tile says of those of ids, which rise, that are in it (ErrInconsistent).
func (k *Known) Put(ids []uint64, packed []byte) error {
	if err := validateKnown(packed); err != nil {
		return err
	}
	for ; len(packed) > 0; packed = packed[knownBytes:] {
		at, found := slices.BinarySearch(ids, binary.BigEndian.Uint64(packed))
		if !found {
			continue
		}
		k.Published[at] = binary.BigEndian.Uint32(packed[8:])
		k.Last[at], k.Fast[at], k.Slow[at] = shareAt(packed, 0), shareAt(packed, 1), shareAt(packed, 2)
	}
	return nil
}

// shareAt is one of the three shares of the contribution that packed begins with.
func shareAt(packed []byte, n int) fixed.Q32 {
	return fixed.Q32(binary.BigEndian.Uint64(packed[12+8*n:]))
}

// validateKnown refuses what is no tile: contributions that do not rise, too many of them, or shares that are none
// (ErrInconsistent).
func validateKnown(packed []byte) error {
	if len(packed)%knownBytes != 0 || len(packed) > TileSize*knownBytes {
		return errorsmod.Wrapf(ErrInconsistent, "public numbers are %d bytes, expected %d for each of at most %d contributions", len(packed), knownBytes, TileSize)
	}
	last := uint64(0)
	for ; len(packed) > 0; packed = packed[knownBytes:] {
		id := binary.BigEndian.Uint64(packed)
		if id <= last {
			return errorsmod.Wrapf(ErrInconsistent, "public numbers of contribution %d stand behind those of %d", id, last)
		}
		last = id
		for n := range 3 {
			if share := shareAt(packed, n); share < 0 || share > fixed.One {
				return errorsmod.Wrapf(ErrInconsistent, "a public share of contribution %d is %s, expected 0 to 1", id, share)
			}
		}
	}
	return nil
}

// Pack packs what is known of ids.
func (k *Known) Pack(ids []uint64) []byte {
	out := make([]byte, 0, len(ids)*knownBytes)
	for j, id := range ids {
		out = binary.BigEndian.AppendUint64(out, id)
		out = binary.BigEndian.AppendUint32(out, k.Published[j])
		for _, share := range []fixed.Q32{k.Last[j], k.Fast[j], k.Slow[j]} {
			out = binary.BigEndian.AppendUint64(out, uint64(share))
		}
	}
	return out
}

// Tile is the part of what is known of a set that is of a tile of it.
func (k *Known) Tile(tile int) Known {
	from := min(tile*TileSize, len(k.Published))
	to := min(from+TileSize, len(k.Published))
	return Known{
		Public:    innovation.Public{Last: k.Last[from:to], Fast: k.Fast[from:to], Slow: k.Slow[from:to]},
		Published: k.Published[from:to],
	}
}

// Publish moves on what is known when the consensus on it is public; sum is that of all of the epoch's. Without a
// consensus on anything nothing is published.
func (k *Known) Publish(consensus []fixed.Q32, sum fixed.Q32) {
	if sum <= 0 {
		return
	}
	innovation.DefaultParams().Publish(k.Public, k.Published, consensus, sum)
	for j, n := range k.Published {
		k.Published[j] = n + min(1, math.MaxUint32-n)
	}
}

// Assigned says for innovation.Tile who scores which of ids where they are not shared out: everybody all but its own, which
// rise; nil for everybody all.
func Assigned(own [][]uint64, ids []uint64) []uint64 {
	for i := range own {
		for _, id := range own[i] {
			if _, found := slices.BinarySearch(ids, id); found {
				words := coverage.Everybody(len(own), len(ids))
				unmark(words, own, ids)
				return words
			}
		}
	}
	return nil
}

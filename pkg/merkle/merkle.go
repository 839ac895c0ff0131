// SPDX-License-Identifier: Apache-2.0

// Package merkle is the tree of RFC 6962 over any number of leaves, with the number of leaves bound into its root.
//
//	leaf = SHA-256(0x00 | data)
//	node = SHA-256(0x01 | left | right), left being the largest full tree that leaves something to the right
//	root = SHA-256(0x02 | number of leaves, 8 bytes big-endian | top)
//
// The prefixes keep leaves, nodes and roots apart, so that none can be passed off as another. As the number of leaves
// is part of the root, a proof says where its leaf stands and among how many, and no byte of it can be changed.
package merkle

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"
)

// Size is the length of a hash.
const Size = sha256.Size

// Hash is a leaf, a node or a root.
type Hash [Size]byte

// ErrProof says that a proof does not lead from its leaf to the root.
var ErrProof = errors.New("proof does not hold")

// The prefixes of what is hashed.
const (
	leafPrefix = iota
	nodePrefix
	rootPrefix
)

// Leaf hashes data.
func Leaf(data []byte) Hash {
	buf := make([]byte, 0, 1+len(data))
	buf = append(buf, leafPrefix)
	return sha256.Sum256(append(buf, data...))
}

// Top is the tree over hashes in order, without their number: the hash itself for one, and that of nothing for none.
// The tops of adjacent parts of a list, each 2^k long but the last, have the list's top as theirs: so a large tree
// can be built in parts.
func Top(hashes []Hash) Hash {
	switch len(hashes) {
	case 0:
		return sha256.Sum256(nil)
	case 1:
		return hashes[0]
	}
	k := left(len(hashes))
	return node(Top(hashes[:k]), Top(hashes[k:]))
}

// Root is the root of a tree of so many leaves and that top.
func Root(leaves uint64, top Hash) Hash {
	var buf [1 + 8 + Size]byte
	buf[0] = rootPrefix
	binary.BigEndian.PutUint64(buf[1:], leaves)
	copy(buf[9:], top[:])
	return sha256.Sum256(buf[:])
}

// Path is the hashes beside the way from the hash at index, which must be one of them, up to the top. Where the
// hashes are tops of parts, it goes on a path within a part.
func Path(hashes []Hash, index int) []Hash {
	if len(hashes) <= 1 {
		return nil
	}
	k := left(len(hashes))
	if index < k {
		return append(Path(hashes[:k], index), Top(hashes[k:]))
	}
	return append(Path(hashes[k:], index-k), Top(hashes[:k]))
}

// Verify checks that the leaf stands at index among leaves in the tree of that root (ErrProof).
func Verify(root, leaf Hash, index, leaves uint64, path []Hash) error {
	if index >= leaves {
		return fmt.Errorf("%w: leaf %d of %d", ErrProof, index, leaves)
	}
	if want := length(index, leaves); len(path) != want {
		return fmt.Errorf("%w: %d hashes beside the way of leaf %d of %d, expected %d", ErrProof, len(path), index, leaves, want)
	}
	at, last, top := index, leaves-1, leaf
	for _, beside := range path {
		if at&1 == 1 || at == last {
			top = node(beside, top)
			for at&1 == 0 { // a right edge that has no neighbour on these levels
				at, last = at>>1, last>>1
			}
		} else {
			top = node(top, beside)
		}
		at, last = at>>1, last>>1
	}
	if Root(leaves, top) != root {
		return fmt.Errorf("%w: leaf %d of %d leads to the root %x, expected %x", ErrProof, index, leaves, Root(leaves, top), root)
	}
	return nil
}

// length is how many hashes stand beside the way of a leaf: one a level below the one at which the way joins that of
// the last leaf, and one for each full tree to the left above it.
func length(index, leaves uint64) int {
	inner := bits.Len64(index ^ (leaves - 1))
	return inner + bits.OnesCount64(index>>inner)
}

// left is how many of n hashes, 2 or more, are in the left subtree: the largest power of two below n.
func left(n int) int { return 1 << (bits.Len(uint(n-1)) - 1) }

func node(l, r Hash) Hash {
	var buf [1 + 2*Size]byte
	buf[0] = nodePrefix
	copy(buf[1:], l[:])
	copy(buf[1+Size:], r[:])
	return sha256.Sum256(buf[:])
}

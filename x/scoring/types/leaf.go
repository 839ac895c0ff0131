// SPDX-License-Identifier: Apache-2.0

package types

import (
	"encoding/binary"

	"github.com/weal-network/weal/pkg/merkle"
)

// leafBytes is the length of a leaf: 7 numbers.
const leafBytes = 6*8 + 2

// Bytes are what the Merkle tree hashes of a contribution's result, each number big-endian: topic, epoch, contribution
// in 8 bytes, quality in 2, consensus, incentive and reward in 8.
func (l ResultLeaf) Bytes() []byte {
	out := make([]byte, 0, leafBytes)
	out = binary.BigEndian.AppendUint64(out, l.TopicId)
	out = binary.BigEndian.AppendUint64(out, l.Epoch)
	out = binary.BigEndian.AppendUint64(out, l.ContributionId)
	out = binary.BigEndian.AppendUint16(out, uint16(l.Quality))
	out = binary.BigEndian.AppendUint64(out, l.Consensus)
	out = binary.BigEndian.AppendUint64(out, l.Incentive)
	return binary.BigEndian.AppendUint64(out, l.Reward)
}

// Leaves are the results of an epoch, or of a part of it, one by one.
func (r *EpochResult) Leaves() []ResultLeaf {
	leaves := make([]ResultLeaf, len(r.ContributionIds))
	for j, id := range r.ContributionIds {
		leaves[j] = ResultLeaf{
			TopicId: r.TopicId, Epoch: r.Epoch, ContributionId: id,
			Quality: r.Quality[j], Consensus: r.Consensus[j], Incentive: r.Incentive[j], Reward: r.Reward[j],
		}
	}
	return leaves
}

// Root is the Merkle root of a result.
func (r *EpochResult) Root() merkle.Hash {
	return merkle.Root(uint64(len(r.ContributionIds)), merkle.Top(HashLeaves(r.Leaves())))
}

// HashLeaves hashes results.
func HashLeaves(leaves []ResultLeaf) []merkle.Hash {
	hashes := make([]merkle.Hash, len(leaves))
	for i, l := range leaves {
		hashes[i] = merkle.Leaf(l.Bytes())
	}
	return hashes
}

// Hashes cuts concatenated hashes apart.
func Hashes(data []byte) []merkle.Hash {
	hashes := make([]merkle.Hash, len(data)/merkle.Size)
	for i := range hashes {
		copy(hashes[i][:], data[i*merkle.Size:])
	}
	return hashes
}

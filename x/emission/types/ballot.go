// SPDX-License-Identifier: Apache-2.0

package types

import (
	"cmp"
	"math/big"
	"slices"

	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"
)

// ShareBits are a delegator's shares as a ballot counts them, in 10^-18 of a share: exact, so
// that what was added can be taken away again.
func ShareBits(shares math.LegacyDec) []byte {
	if shares.IsNil() {
		return nil
	}
	return shares.BigInt().Bytes()
}

// IsEmpty is whether nothing is voted at the validator.
func (b Ballot) IsEmpty() bool { return len(b.Own) == 0 && len(b.VotedShares) == 0 }

// Work is how many cells counting the ballot looks at.
func (b Ballot) Work() int { return 1 + len(b.Own) + len(b.Cells) }

// Add puts shares with a vote of their own behind the topics of the vote. Shares are as
// ShareBits has them.
func (b *Ballot) Add(weights []TopicWeight, shares []byte) {
	amount := new(big.Int).SetBytes(shares)
	if amount.Sign() == 0 {
		return
	}
	voted := new(big.Int).SetBytes(b.VotedShares)
	b.VotedShares = voted.Add(voted, amount).Bytes()
	for _, w := range weights {
		at, found := slices.BinarySearchFunc(b.Cells, w.TopicId, byCell)
		if !found {
			b.Cells = slices.Insert(b.Cells, at, BallotCell{TopicId: w.TopicId})
		}
		sum := new(big.Int).SetBytes(b.Cells[at].SharesBp)
		b.Cells[at].SharesBp = sum.Add(sum, weighted(amount, w.WeightBp)).Bytes()
	}
}

// Take takes away what Add added. A cell without shares is dropped. More than there is is
// ErrAccounting, and nothing is changed.
func (b *Ballot) Take(weights []TopicWeight, shares []byte) error {
	amount := new(big.Int).SetBytes(shares)
	if amount.Sign() == 0 {
		return nil
	}
	left := b.Clone()
	voted := new(big.Int).SetBytes(left.VotedShares)
	if voted.Sub(voted, amount).Sign() < 0 {
		return errorsmod.Wrapf(ErrAccounting, "the ballot at %s lacks %s voted shares", b.Operator, voted.Neg(voted))
	}
	left.VotedShares = voted.Bytes()
	for _, w := range weights {
		at, found := slices.BinarySearchFunc(left.Cells, w.TopicId, byCell)
		if !found {
			return errorsmod.Wrapf(ErrAccounting, "the ballot at %s has no shares for topic %d", b.Operator, w.TopicId)
		}
		sum := new(big.Int).SetBytes(left.Cells[at].SharesBp)
		switch sum.Sub(sum, weighted(amount, w.WeightBp)).Sign() {
		case -1:
			return errorsmod.Wrapf(ErrAccounting, "the ballot at %s lacks %s shares for topic %d", b.Operator, sum.Neg(sum), w.TopicId)
		case 0:
			left.Cells = slices.Delete(left.Cells, at, at+1)
		default:
			left.Cells[at].SharesBp = sum.Bytes()
		}
	}
	*b = left
	return nil
}

// Clone is a copy whose cells can be changed.
func (b Ballot) Clone() Ballot {
	b.Cells = slices.Clone(b.Cells)
	return b
}

// Count is the stake that is voted at a validator with that standing: for each topic in
// uweal times basis points, floored, by rising topic, and in all in uweal. Shares without a
// vote of their own follow the operator, if it votes.
func (b Ballot) Count(at Standing) (topics []TopicStake, voted uint64) {
	shares := new(big.Int).SetBytes(at.Shares)
	if shares.Sign() == 0 {
		return nil, 0
	}
	tokens := new(big.Int).SetUint64(at.Tokens)
	stake := func(part *big.Int) uint64 {
		part.Mul(part, tokens)
		return part.Quo(part, shares).Uint64()
	}
	silent := new(big.Int).SetBytes(b.VotedShares)
	voted = stake(new(big.Int).Set(silent))
	silent.Sub(shares, silent)
	if len(b.Own) > 0 {
		voted = at.Tokens
	}
	for _, cell := range b.sums(silent) {
		topics = append(topics, TopicStake{TopicId: cell.topic, StakeBp: stake(cell.shares)})
	}
	return topics, voted
}

type cellSum struct {
	topic  uint64
	shares *big.Int
}

// sums are the cells with the silent shares added as the operator votes.
func (b Ballot) sums(silent *big.Int) []cellSum {
	var all []cellSum
	own := b.Own
	for _, cell := range b.Cells {
		for len(own) > 0 && own[0].TopicId < cell.TopicId {
			all = append(all, cellSum{own[0].TopicId, weighted(silent, own[0].WeightBp)})
			own = own[1:]
		}
		sum := new(big.Int).SetBytes(cell.SharesBp)
		if len(own) > 0 && own[0].TopicId == cell.TopicId {
			sum.Add(sum, weighted(silent, own[0].WeightBp))
			own = own[1:]
		}
		all = append(all, cellSum{cell.TopicId, sum})
	}
	for _, w := range own {
		all = append(all, cellSum{w.TopicId, weighted(silent, w.WeightBp)})
	}
	return all
}

func weighted(shares *big.Int, bp uint32) *big.Int {
	return new(big.Int).Mul(shares, big.NewInt(int64(bp)))
}

func byCell(cell BallotCell, topic uint64) int { return cmp.Compare(cell.TopicId, topic) }

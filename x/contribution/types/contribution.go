// SPDX-License-Identifier: Apache-2.0

package types

import (
	"bytes"

	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/pkg/commitment"
)

// ExpiredAfter reports whether no block after the one of this height can reveal it.
func (c Contribution) ExpiredAfter(height int64) bool {
	return c.Status == STATUS_COMMITTED && c.RevealDeadline <= height
}

// CheckRevealable checks that the block of this height may reveal it. The commit
// must stand in an earlier block: within one block the proposer chooses the
// order, and could put a copy of what it read in a reveal before the original.
func (c Contribution) CheckRevealable(height int64) error {
	switch {
	case c.Status != STATUS_COMMITTED:
		return errorsmod.Wrapf(ErrNotCommitted, "contribution %d is %s: commit a new one to submit another artifact", c.Id, c.Status)
	case height <= c.CommittedHeight:
		return errorsmod.Wrapf(ErrRevealTooEarly, "contribution %d was committed in this block %d: reveal it in the next one, by %d", c.Id, height, c.RevealDeadline)
	case height > c.RevealDeadline:
		return errorsmod.Wrapf(ErrRevealTooLate, "block %d is past the deadline %d of contribution %d: commit again", height, c.RevealDeadline, c.Id)
	default:
		return nil
	}
}

// CheckOpening checks that salt and digest, both 32 bytes, open the commitment.
// contributor is the account's address bytes.
func (c Contribution) CheckOpening(chainID string, contributor, salt, digest []byte) error {
	hash := commitment.Contribution(chainID, c.TopicId, contributor, [32]byte(salt), [32]byte(digest))
	if !bytes.Equal(hash[:], c.Hash) {
		return errorsmod.Wrapf(ErrHashMismatch, "contribution %d has hash %X, the reveal gives %X: check salt, digest, chain id %s, topic %d and account",
			c.Id, c.Hash, hash, chainID, c.TopicId)
	}
	return nil
}

// Revealed returns the contribution with what the message shows, as of height.
func (c Contribution) Revealed(m *MsgRevealContribution, height int64) Contribution {
	c.Artifact = m.Artifact
	c.Parents = m.Parents
	c.License = m.License
	c.MetadataUri = m.MetadataUri
	c.Endpoint = m.Endpoint
	c.VersionOf = m.VersionOf
	c.Bond, c.BondDue = c.BondDue, 0
	if m.Payout != "" {
		c.Payout = m.Payout
	}
	c.RevealedHeight = height
	c.Status = STATUS_REVEALED
	return c
}

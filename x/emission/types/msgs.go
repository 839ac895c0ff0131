// SPDX-License-Identifier: Apache-2.0

package types

import errorsmod "cosmossdk.io/errors"

// Validate refuses topics that do not rise or are too many with ErrInvalidClaim. The address
// is the message server's to decode.
func (m MsgClaim) Validate() error {
	if len(m.TopicIds) > MaxClaimTopics {
		return errorsmod.Wrapf(ErrInvalidClaim, "%d topics, expected at most %d: claim in several messages, or name none to claim from all", len(m.TopicIds), MaxClaimTopics)
	}
	last := uint64(0)
	for _, id := range m.TopicIds {
		if id <= last {
			return errorsmod.Wrapf(ErrInvalidClaim, "topic %d after %d, expected rising ids from 1: sort them and name each once", id, last)
		}
		last = id
	}
	return nil
}

// Validate refuses shares that do not rise by topic, are too many or above the whole with
// ErrInvalidShares. Whether all topics' shares fit together is only known from the state.
func (m MsgSetTopicShares) Validate() error {
	if len(m.Shares) == 0 || len(m.Shares) > MaxShareChanges {
		return errorsmod.Wrapf(ErrInvalidShares, "%d shares, expected 1 to %d", len(m.Shares), MaxShareChanges)
	}
	last := uint64(0)
	for _, share := range m.Shares {
		if share.TopicId <= last {
			return errorsmod.Wrapf(ErrInvalidShares, "topic %d after %d, expected rising ids from 1: sort them and name each once", share.TopicId, last)
		}
		if share.ShareBp > BasisPoints {
			return errorsmod.Wrapf(ErrInvalidShares, "topic %d is to have %d basis points, expected at most %d", share.TopicId, share.ShareBp, BasisPoints)
		}
		if share.FloorBp > share.ShareBp {
			return errorsmod.Wrapf(ErrInvalidShares, "topic %d is to have a floor of %d above its share of %d basis points: raise share_bp, so that the floor holds from now on", share.TopicId, share.FloorBp, share.ShareBp)
		}
		last = share.TopicId
	}
	return nil
}

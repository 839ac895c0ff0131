// SPDX-License-Identifier: Apache-2.0

package types

import errorsmod "cosmossdk.io/errors"

// Validate refuses a vote whose topics do not rise or are too many, or whose weights do not
// sum to the whole, with ErrInvalidVote. No weights withdraw a vote.
func (m MsgVoteTopics) Validate() error {
	if len(m.Weights) == 0 {
		return nil
	}
	return validateWeights(m.Weights)
}

func validateWeights(weights []TopicWeight) error {
	if len(weights) == 0 || len(weights) > MaxVotedTopics {
		return errorsmod.Wrapf(ErrInvalidVote, "%d topics, expected 1 to %d: vote for those that matter most to you", len(weights), MaxVotedTopics)
	}
	last, sum := uint64(0), uint64(0)
	for _, w := range weights {
		switch {
		case w.TopicId <= last:
			return errorsmod.Wrapf(ErrInvalidVote, "topic %d after %d, expected rising ids from 1: sort them and name each once", w.TopicId, last)
		case w.WeightBp == 0 || w.WeightBp > BasisPoints:
			return errorsmod.Wrapf(ErrInvalidVote, "topic %d has weight %d, expected 1 to %d basis points: leave out topics that get nothing", w.TopicId, w.WeightBp, BasisPoints)
		}
		last, sum = w.TopicId, sum+uint64(w.WeightBp)
	}
	if sum != BasisPoints {
		return errorsmod.Wrapf(ErrInvalidVote, "weights sum to %d basis points, expected %d", sum, BasisPoints)
	}
	return nil
}

// SPDX-License-Identifier: Apache-2.0

package types

import (
	"math/bits"

	errorsmod "cosmossdk.io/errors"

	topictypes "github.com/weal-network/weal/x/topic/types"
)

// FirstStart is the first block of a topic's first epoch when its clock is started at a height: the
// next one, or up to 15 later, by the topic's id, so that not all topics close in the same block.
func FirstStart(height int64, topicID, epochBlocks uint64) int64 {
	spread := min(max(epochBlocks, 1), MaxStagger)
	return height + 1 + int64(topicID%spread)
}

// NewEpoch is the epoch of a topic that begins at the block start, with the parameters of this moment.
func NewEpoch(topic topictypes.Topic, number uint64, start int64, params Params) Epoch {
	end := start + int64(topic.Schedule.EpochBlocks) - 1
	return Epoch{
		TopicId:      topic.Id,
		Number:       number,
		StartHeight:  start,
		RevealHeight: end + 1 - int64(topic.Schedule.RevealBlocks),
		EndHeight:    end,
		Status:       EPOCH_STATUS_OPEN,
		Scoring:      topic.Scoring,
		Evaluation:   topic.Evaluation,
		Metric:       topic.Metric,
		PowerCapBp:   params.PowerCapBp,
		MinRevealBp:  params.MinRevealBp,
		MaxMisses:    params.MaxMisses, MissWindow: params.MissWindow, SuspendEpochs: params.SuspendEpochs,
	}
}

// CheckCommit refuses a commit at a height outside the commit window (ErrCommitClosed), or when the
// epoch has closed (ErrNoOpenEpoch).
func (e Epoch) CheckCommit(height int64) error {
	switch {
	case e.Status != EPOCH_STATUS_OPEN || height > e.EndHeight:
		return errorsmod.Wrapf(ErrNoOpenEpoch, "epoch %d of topic %d ended at height %d, this is %d: commit in the next one", e.Number, e.TopicId, e.EndHeight, height)
	case height < e.StartHeight:
		return errorsmod.Wrapf(ErrCommitClosed, "epoch %d of topic %d takes commits at heights %d to %d, this is %d: wait", e.Number, e.TopicId, e.StartHeight, e.RevealHeight-1, height)
	case height >= e.RevealHeight:
		return errorsmod.Wrapf(ErrCommitClosed, "epoch %d of topic %d took commits at heights %d to %d, this is %d: reveal what you committed until %d, or commit in the next epoch",
			e.Number, e.TopicId, e.StartHeight, e.RevealHeight-1, height, e.EndHeight)
	}
	return nil
}

// CheckReveal refuses a reveal at a height before (ErrRevealTooEarly) or after (ErrRevealTooLate) the
// reveal window.
func (e Epoch) CheckReveal(height int64) error {
	switch {
	case e.Status == EPOCH_STATUS_OPEN && height < e.RevealHeight:
		return errorsmod.Wrapf(ErrRevealTooEarly, "epoch %d of topic %d takes reveals at heights %d to %d, this is %d: wait", e.Number, e.TopicId, e.RevealHeight, e.EndHeight, height)
	case e.Status != EPOCH_STATUS_OPEN || height > e.EndHeight:
		return errorsmod.Wrapf(ErrRevealTooLate, "epoch %d of topic %d took reveals at heights %d to %d, this is %d: take part in the next epoch", e.Number, e.TopicId, e.RevealHeight, e.EndHeight, height)
	}
	return nil
}

// Scores reports whether the validator of that operator address is among the epoch's.
func (e Epoch) Scores(operator string) bool {
	for i := range e.Validators {
		if e.Validators[i].Operator == operator {
			return true
		}
	}
	return false
}

// enough reports whether part is at least bp basis points of whole, exactly.
func enough(part, whole uint64, bp uint32) bool {
	partHi, partLo := bits.Mul64(part, basisPoints)
	needHi, needLo := bits.Mul64(whole, uint64(bp))
	return partHi > needHi || (partHi == needHi && partLo >= needLo)
}

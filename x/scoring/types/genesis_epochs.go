// SPDX-License-Identifier: Apache-2.0

package types

import (
	"slices"

	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/pkg/row"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// maxPinnedValidators is the largest max_validators there can be.
const maxPinnedValidators = 256

func (v genesisValidator) epochs() error {
	for i, e := range v.gs.Epochs {
		if err := e.validate(); err != nil {
			return invalid("epochs", i, "%s", err)
		}
		err := rising("validators", e.Validators, func(p PinnedValidator) (place, error) { return v.operatorPlace(0, 0, p.Operator) })
		if err != nil {
			return errorsmod.Wrapf(err, "epochs[%d]", i)
		}
	}
	return rising("epochs", v.gs.Epochs, func(e Epoch) (place, error) { return place{topic: e.TopicId, epoch: e.Number}, nil })
}

// validate checks what an epoch says of itself.
func (e Epoch) validate() error {
	wrong := func(format string, args ...any) error { return errorsmod.Wrapf(ErrInvalidGenesis, format, args...) }
	switch {
	case e.TopicId == 0 || e.Number == 0:
		return wrong("topic is %d and number %d: both begin at 1", e.TopicId, e.Number)
	case e.StartHeight < 1 || e.StartHeight >= e.RevealHeight || e.RevealHeight > e.EndHeight:
		return wrong("heights are %d, %d and %d: expected start < reveal <= end", e.StartHeight, e.RevealHeight, e.EndHeight)
	case len(e.Seed) != HashBytes:
		return wrong("seed is %d bytes, expected %d", len(e.Seed), HashBytes)
	case e.Status < EPOCH_STATUS_OPEN || e.Status > EPOCH_STATUS_CLOSING:
		return wrong("status is %s: expected OPEN, CLOSING, SCORED or VOID", e.Status)
	case (e.Status == EPOCH_STATUS_VOID) != (e.VoidReason != ""):
		return wrong("status is %s and void_reason %q: a void epoch, and no other, has a reason", e.Status, e.VoidReason)
	case len(e.Validators) > maxPinnedValidators:
		return wrong("%d validators, at most %d score", len(e.Validators), maxPinnedValidators)
	case e.Scoring.Rule != topictypes.RULE_YUMA2 && e.Scoring.Rule != topictypes.RULE_YUMA3:
		return wrong("rule is %s: expected YUMA2 or YUMA3", e.Scoring.Rule)
	case e.Scoring.DividendRule != topictypes.DIVIDEND_RULE_BONDS && e.Scoring.DividendRule != topictypes.DIVIDEND_RULE_INNOVATION:
		return wrong("dividend_rule is %s: expected BONDS or INNOVATION", e.Scoring.DividendRule)
	case e.Scoring.ScoreRule != topictypes.SCORE_RULE_CLIPPED_SUM && e.Scoring.ScoreRule != topictypes.SCORE_RULE_MEDIAN:
		return wrong("score_rule is %s: expected CLIPPED_SUM or MEDIAN", e.Scoring.ScoreRule)
	case e.Scoring.RewardRule != topictypes.REWARD_RULE_PROPORTIONAL && e.Scoring.RewardRule != topictypes.REWARD_RULE_FRONTIER:
		return wrong("reward_rule is %s: expected PROPORTIONAL or FRONTIER", e.Scoring.RewardRule)
	case e.Scoring.Baseline > topictypes.MaxBaseline:
		return wrong("baseline is %d: at most %d", e.Scoring.Baseline, topictypes.MaxBaseline)
	case e.Scoring.KappaBp > basisPoints || e.Scoring.BondPenaltyBp > basisPoints || e.Scoring.BondsMovingAverageBp > basisPoints:
		return wrong("a scoring parameter is above %d basis points", basisPoints)
	case e.BondsEpoch >= e.Number || (e.BondsEpoch > 0 && e.open() && e.Status != EPOCH_STATUS_CLOSING):
		return wrong("it starts from the bonds of epoch %d: expected one before it, and none before it is closed", e.BondsEpoch)
	case e.Scoring.Coverage > topictypes.MaxCoverage || (e.Scoring.Coverage > 0 && !e.Scoring.TakesCoverage()):
		return wrong("coverage is %d under %s and %s: at most %d, and 0 but under YUMA3 and MEDIAN", e.Scoring.Coverage, e.Scoring.Rule, e.Scoring.ScoreRule, topictypes.MaxCoverage)
	case e.Scoring.Sharpness > topictypes.MaxSharpness:
		return wrong("sharpness is %d: at most %d", e.Scoring.Sharpness, topictypes.MaxSharpness)
	case len(e.Common) > 0 && (!e.SharesOut() || !e.PaysFrontier()):
		return wrong("all validators score some contributions: expected none, but where a frontier's scoring is shared out")
	case e.MaxMisses > maxMisses || e.MissWindow > maxSuspension || e.SuspendEpochs > maxSuspension:
		return wrong("max_misses is %d, miss_window %d and suspend_epochs %d: at most %d, and %d epochs", e.MaxMisses, e.MissWindow, e.SuspendEpochs, maxMisses, maxSuspension)
	case e.PowerCapBp > basisPoints || e.MinRevealBp > basisPoints:
		return wrong("power_cap_bp is %d and min_reveal_bp %d: at most %d", e.PowerCapBp, e.MinRevealBp, basisPoints)
	}
	if _, err := e.Assignment(); err != nil {
		return wrong("%s", err)
	}
	return nil
}

// open reports whether the epoch is still to be closed, or to be closed further.
func (e Epoch) open() bool { return e.Status == EPOCH_STATUS_OPEN || e.Status == EPOCH_STATUS_CLOSING }

// openEpochs checks the epochs against the clocks: a topic's last one is its clock's, the one before
// it stands before it, and no other than the last one is open.
func (v genesisValidator) openEpochs() error {
	for i, e := range v.gs.Epochs {
		clock, found := v.clock(e.TopicId)
		switch {
		case !found:
			return invalid("epochs", i, "topic %d has no clock", e.TopicId)
		case e.Number > clock.Epoch:
			return invalid("epochs", i, "number is %d, the clock says that %d were opened", e.Number, clock.Epoch)
		case e.Number < clock.Epoch && e.open():
			return invalid("epochs", i, "epoch %d is open, the clock says that %d is the last one", e.Number, clock.Epoch)
		case e.Number == clock.Epoch && e.EndHeight >= clock.NextStart:
			return invalid("epochs", i, "it ends at height %d, the clock begins the next one at %d", e.EndHeight, clock.NextStart)
		}
		if next := i + 1; next < len(v.gs.Epochs) && v.gs.Epochs[next].TopicId == e.TopicId && v.gs.Epochs[next].Number != e.Number+1 {
			return invalid("epochs", next, "number is %d, expected %d: epochs have no gaps", v.gs.Epochs[next].Number, e.Number+1)
		}
	}
	for i, c := range v.gs.Clocks {
		if _, _, found := v.epoch(c.TopicId, c.Epoch); c.Epoch > 0 && !found {
			return invalid("clocks", i, "the topic's last epoch, %d, is missing", c.Epoch)
		}
	}
	return nil
}

func (v genesisValidator) commits() error {
	for i, c := range v.gs.Commits {
		epoch, _, found := v.epoch(c.TopicId, c.Epoch)
		switch {
		case !found:
			return invalid("commits", i, "epoch %d of topic %d is missing", c.Epoch, c.TopicId)
		case !epoch.Scores(c.Operator):
			return invalid("commits", i, "%s is not among the epoch's validators", c.Operator)
		case len(c.Hash) != HashBytes:
			return invalid("commits", i, "hash is %d bytes, expected %d", len(c.Hash), HashBytes)
		}
	}
	return rising("commits", v.gs.Commits, func(c Commit) (place, error) { return v.operatorPlace(c.TopicId, c.Epoch, c.Operator) })
}

func (v genesisValidator) reveals() error {
	for i, r := range v.gs.Reveals {
		_, ids, found := v.epoch(r.TopicId, r.Epoch)
		switch {
		case !found:
			return invalid("reveals", i, "epoch %d of topic %d is missing", r.Epoch, r.TopicId)
		case !v.committed(r):
			return invalid("reveals", i, "%s committed nothing in the epoch", r.Operator)
		case len(r.Salt) != SaltBytes:
			return invalid("reveals", i, "salt is %d bytes, expected %d", len(r.Salt), SaltBytes)
		}
		own, err := row.DecodeIDs(r.Own, len(ids))
		if err != nil {
			return invalid("reveals", i, "own: %s", err)
		}
		for _, id := range own {
			if _, pinned := slices.BinarySearch(ids, id); !pinned {
				return invalid("reveals", i, "own: contribution %d is not in the pinned set", id)
			}
		}
	}
	return rising("reveals", v.gs.Reveals, func(r Reveal) (place, error) { return v.operatorPlace(r.TopicId, r.Epoch, r.Operator) })
}

func (v genesisValidator) rows() error {
	for i, r := range v.gs.Rows {
		_, ids, found := v.epoch(r.TopicId, r.Epoch)
		if !found {
			return invalid("rows", i, "epoch %d of topic %d is missing", r.Epoch, r.TopicId)
		}
		if _, err := ParseRow(r.Row, TileIDs(ids, int(r.Tile))); err != nil {
			return invalid("rows", i, "%s", err)
		}
		if !v.revealed(r) {
			return invalid("rows", i, "%s revealed nothing in the epoch", r.Operator)
		}
	}
	return rising("rows", v.gs.Rows, func(r Row) (place, error) { return v.tilePlace(r.TopicId, r.Epoch, r.Tile, r.Operator) })
}

// tilePlace is the place of a validator's value of a tile.
func (v genesisValidator) tilePlace(topic, epoch uint64, tile uint32, operator string) (place, error) {
	p, err := v.operatorPlace(topic, epoch, operator)
	p.tile = tile
	return p, err
}

// committed reports whether there is a commit for a reveal; the commits are known to be sorted.
func (v genesisValidator) committed(r Reveal) bool {
	at, err := v.operatorPlace(r.TopicId, r.Epoch, r.Operator)
	if err != nil {
		return false
	}
	_, found := slices.BinarySearchFunc(v.gs.Commits, at, func(c Commit, at place) int {
		p, _ := v.operatorPlace(c.TopicId, c.Epoch, c.Operator) // was read before
		return comparePlaces(p, at)
	})
	return found
}

// revealed reports whether there is a reveal for a row; the reveals are known to be sorted.
func (v genesisValidator) revealed(r Row) bool {
	at, err := v.operatorPlace(r.TopicId, r.Epoch, r.Operator)
	if err != nil {
		return false
	}
	_, found := slices.BinarySearchFunc(v.gs.Reveals, at, func(c Reveal, at place) int {
		p, _ := v.operatorPlace(c.TopicId, c.Epoch, c.Operator) // was read before
		return comparePlaces(p, at)
	})
	return found
}

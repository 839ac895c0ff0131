// SPDX-License-Identifier: Apache-2.0

package types

import (
	"crypto/sha256"
	"slices"
)

// hasFrontier reports whether an epoch left something of a topic's frontier.
func (v genesisValidator) hasFrontier(topic, epoch uint64) bool {
	_, found := slices.BinarySearchFunc(v.gs.Frontiers, place{topic: topic, epoch: epoch}, func(f FrontierEpoch, p place) int {
		return comparePlaces(place{topic: f.TopicId, epoch: f.Epoch}, p)
	})
	return found
}

// frontiers checks what epochs left of frontiers, and that those are there which the next ones start from or are being closed.
func (v genesisValidator) frontiers() error {
	for i, f := range v.gs.Frontiers {
		if err := v.frontierEpoch(f); err != nil {
			return invalid("frontiers", i, "%s", err)
		}
	}
	err := rising("frontiers", v.gs.Frontiers, func(f FrontierEpoch) (place, error) { return place{topic: f.TopicId, epoch: f.Epoch}, nil })
	if err != nil {
		return err
	}
	for i, c := range v.gs.Clocks {
		if c.FrontierEpoch > c.Epoch || (c.FrontierEpoch > 0 && !v.hasFrontier(c.TopicId, c.FrontierEpoch)) {
			return invalid("clocks", i, "frontier_epoch is %d, which is none or left no frontier", c.FrontierEpoch)
		}
	}
	for i, w := range v.gs.Works {
		epoch, _, _ := v.epoch(w.TopicId, w.Epoch)
		begun := w.Pass > PASS_FRONTIER || (w.Pass == PASS_FRONTIER && w.Tile > 0)
		if epoch.PaysFrontier() && begun && !v.hasFrontier(w.TopicId, w.Epoch) {
			return invalid("works", i, "pass is %s, and there is no frontier of the epoch", w.Pass)
		}
	}
	for i, o := range v.gs.Outcomes {
		epoch, _, _ := v.epoch(o.TopicId, o.Epoch)
		if epoch.PaysFrontier() && !v.hasFrontier(o.TopicId, o.Epoch) {
			return invalid("outcomes", i, "the epoch pays by its frontier, and there is none")
		}
	}
	return nil
}

// frontierEpoch checks one record.
func (v genesisValidator) frontierEpoch(f FrontierEpoch) error {
	clock, found := v.clock(f.TopicId)
	switch {
	case !found:
		return invalidGenesis("topic %d has no clock", f.TopicId)
	case f.Epoch == 0 || f.Epoch > clock.Epoch || f.FromEpoch >= f.Epoch:
		return invalidGenesis("epoch is %d of %d and starts from %d, expected one before it", f.Epoch, clock.Epoch, f.FromEpoch)
	case len(f.Measure) != sha256.Size:
		return invalidGenesis("measure is %d bytes, expected %d", len(f.Measure), sha256.Size)
	case len(f.Withdrawn)+len(f.Removed) > MaxEndings:
		return invalidGenesis("%d contributions ended, at most %d do in an epoch", len(f.Withdrawn)+len(f.Removed), MaxEndings)
	}
	for _, ids := range [][]uint64{f.Withdrawn, f.Removed} {
		if err := validateIDs(ids); err != nil {
			return err
		}
	}
	last := uint64(0)
	for _, r := range f.Barred {
		if r.ContributionId <= last || r.Epoch > f.Epoch {
			return invalidGenesis("contribution %d is barred behind %d, in epoch %d", r.ContributionId, last, r.Epoch)
		}
		last = r.ContributionId
	}
	if _, err := f.Unpack(); err != nil {
		return err
	}
	return validateShares(f.Shares)
}

// windowOutcomes checks that what was decided is of epochs that are there.
func (v genesisValidator) windowOutcomes() error {
	for i, o := range v.gs.WindowOutcomes {
		epoch, _, found := v.epoch(o.TopicId, o.Epoch)
		switch {
		case !found || epoch.Status == EPOCH_STATUS_OPEN:
			return invalid("window_outcomes", i, "epoch %d of topic %d is missing or open", o.Epoch, o.TopicId)
		case o.ContributionId == 0 || o.Verdict < VERDICT_RECORDED || o.Verdict > VERDICT_NOISY:
			return invalid("window_outcomes", i, "contribution is %d and verdict %s", o.ContributionId, o.Verdict)
		}
	}
	for i := 1; i < len(v.gs.WindowOutcomes); i++ {
		a, b := v.gs.WindowOutcomes[i-1], v.gs.WindowOutcomes[i]
		at := comparePlaces(place{topic: a.TopicId, epoch: a.Epoch}, place{topic: b.TopicId, epoch: b.Epoch})
		if at > 0 || (at == 0 && a.ContributionId >= b.ContributionId) {
			return invalid("window_outcomes", i, "it does not come after the one before it: sort the list and drop doubles")
		}
	}
	return nil
}

// frontierEndings checks what waits for a frontier's notice.
func (v genesisValidator) frontierEndings() error {
	for i, e := range v.gs.FrontierEndings {
		if _, found := v.clock(e.TopicId); !found || e.ContributionId == 0 {
			return invalid("frontier_endings", i, "topic %d of contribution %d has no clock", e.TopicId, e.ContributionId)
		}
	}
	return rising("frontier_endings", v.gs.FrontierEndings, func(e FrontierEnding) (place, error) {
		return place{topic: e.TopicId, epoch: e.ContributionId}, nil
	})
}

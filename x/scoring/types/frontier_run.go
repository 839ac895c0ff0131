// SPDX-License-Identifier: Apache-2.0

package types

import (
	"cmp"
	"slices"

	"github.com/weal-network/weal/pkg/frontier"
)

// FrontierRun is an epoch of a topic's frontier that is gone through at once, as the close does step by step.
type FrontierRun struct {
	// Record is what it started from, and once counted what it leaves.
	Record FrontierEpoch

	epoch   Epoch
	machine frontier.Machine
}

// StartFrontier begins with what the last epoch left (ErrInconsistent).
func StartFrontier(epoch Epoch, last FrontierEpoch, endings []FrontierEnding, seconds uint64) (run FrontierRun, err error) {
	run.epoch = epoch
	run.Record, run.machine.State, err = NewFrontierEpoch(epoch, last, endings, seconds)
	return run, err
}

// Endings are the withdrawals and removals that the epoch took notice of.
func (f FrontierEpoch) Endings() []FrontierEnding {
	var endings []FrontierEnding
	for _, id := range f.Withdrawn {
		endings = append(endings, FrontierEnding{TopicId: f.TopicId, ContributionId: id})
	}
	for _, id := range f.Removed {
		endings = append(endings, FrontierEnding{TopicId: f.TopicId, ContributionId: id, Removed: true})
	}
	return endings
}

// Count listens to the noise of a ballot, decides the windows that are due, and returns what became of them, by
// contribution. before is as Input takes it.
func (r *FrontierRun) Count(b Ballot, before []uint64, archive Archive) ([]WindowOutcome, error) {
	p := FrontierParams(r.epoch.Scoring)
	recall := NewRecall(archive, r.Record, b.Tally)
	outcomes, err := r.machine.Begin(p, r.Record.Input(b.IDs, before, b.Tally))
	if err != nil {
		return nil, Inconsistent(err)
	}
	var reference []uint16
	if id, _ := r.machine.Reference(); id != frontier.Baseline {
		reference = make([]uint16, len(b.Tally.Voters))
		if err := recall.Scores(r.epoch.Number, id, reference); err != nil {
			return nil, err
		}
	}
	if err := r.machine.Observe(b.IDs, b.Scores.Dense(), reference); err != nil {
		return nil, Inconsistent(err)
	}
	r.machine.Listen()
	for {
		outcome, more, err := r.machine.Next(recall)
		if err != nil {
			return nil, err
		}
		if !more {
			break
		}
		outcomes = append(outcomes, outcome)
	}
	r.Record.Finish(&r.machine.State, p)
	return r.last(outcomes), nil
}

// last are the last outcomes of each contribution, by contribution.
func (r *FrontierRun) last(outcomes []frontier.Outcome) []WindowOutcome {
	slices.SortStableFunc(outcomes, func(a, b frontier.Outcome) int { return cmp.Compare(a.ID, b.ID) })
	var all []WindowOutcome
	for _, o := range outcomes {
		outcome := NewWindowOutcome(r.epoch.TopicId, r.epoch.Number, o)
		if n := len(all); n > 0 && all[n-1].ContributionId == o.ID {
			all[n-1] = outcome
			continue
		}
		all = append(all, outcome)
	}
	return all
}

// SPDX-License-Identifier: Apache-2.0

package sim

import (
	"fmt"
	"slices"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/frontier"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// epochSeconds is how long an epoch is, for the age of gains.
const epochSeconds = 3600

// frontierRules are other rules whose contributors are paid for what they add to the best so far.
type frontierRules struct {
	Rules
	machine frontier.Machine
	params  frontier.Params
	owners  func(id uint64) (contributor int, found bool)
	number  uint64
	// past are the epochs that windows look back on, the last one last; slots where each item is.
	past  []pastEpoch
	slots map[uint64]int
	pay   []fixed.Q32
}

// pastEpoch is what an epoch said, by rising id and by slot.
type pastEpoch struct {
	number    uint64
	ids       []uint64
	qualities []uint16
	columns   int
	scores    []uint16
}

func newFrontierRules(inner Rules, scoring topictypes.Scoring, owners func(id uint64) (int, bool)) *frontierRules {
	return &frontierRules{Rules: inner, params: scoringtypes.FrontierParams(scoring), owners: owners, slots: map[uint64]int{}}
}

// Close implements Rules.
func (r *frontierRules) Close(e Epoch) (Outcome, error) {
	out, err := r.Rules.Close(e)
	if err != nil {
		return Outcome{}, err
	}
	r.number++
	r.remember(e, out.Quality)
	now := &r.past[len(r.past)-1]
	power := slices.Clone(e.Power)
	for i, revealed := range e.Revealed {
		if !revealed {
			power[i] = 0
		}
	}
	var entered []uint64
	for _, id := range now.ids {
		if e.Fresh[r.slots[id]] {
			entered = append(entered, id)
		}
	}
	seconds := r.number * epochSeconds
	if _, err := r.machine.Begin(r.params, frontier.Epoch{
		Number: r.number, Time: seconds, IDs: now.ids, Entered: entered, Power: power,
	}); err != nil {
		return Outcome{}, err
	}
	if err := r.settle(now); err != nil {
		return Outcome{}, err
	}
	r.pay = append(r.pay[:0], make([]fixed.Q32, len(e.IDs))...)
	for _, share := range r.machine.Shares(r.params, seconds) {
		if slot, there := r.slots[share.ID]; there && e.IDs[slot] == share.ID {
			r.pay[slot] = share.Total()
		}
	}
	out.Pay, out.Top = r.pay, r.machine.Top(r.params)
	return out, nil
}

// remember keeps an epoch for windows to look back on.
func (r *frontierRules) remember(e Epoch, quality []uint16) {
	p := pastEpoch{number: r.number, columns: len(e.IDs), scores: slices.Clone(e.Scores)}
	for j, id := range e.IDs {
		if id != 0 {
			p.ids = append(p.ids, id)
			r.slots[id] = j
		}
	}
	slices.Sort(p.ids)
	for _, id := range p.ids {
		p.qualities = append(p.qualities, quality[r.slots[id]])
	}
	if len(r.past) == 2*r.params.Settle {
		r.past = slices.Delete(r.past, 0, 1)
	}
	r.past = append(r.past, p)
}

// settle listens to the noise and decides the windows that are due.
func (r *frontierRules) settle(now *pastEpoch) error {
	validators := len(now.scores) / now.columns
	scores := make([]uint16, 0, validators*len(now.ids))
	for i := range validators {
		for _, id := range now.ids {
			scores = append(scores, now.scores[i*now.columns+r.slots[id]])
		}
	}
	var reference []uint16
	if id, _ := r.machine.Reference(); id != frontier.Baseline {
		reference = make([]uint16, validators)
		now.column(r.slots[id], reference)
	}
	if err := r.machine.Observe(now.ids, scores, reference); err != nil {
		return err
	}
	r.machine.Listen()
	for more := true; more; {
		var err error
		if _, more, err = r.machine.Next(r); err != nil {
			return err
		}
	}
	return nil
}

func (p *pastEpoch) column(slot int, into []uint16) {
	for i := range into {
		into[i] = p.scores[i*p.columns+slot]
	}
}

// Common implements sharer: what the frontier compares is scored by all.
func (r *frontierRules) Common(ids []uint64) ([]uint64, error) {
	next := scoringtypes.Epoch{Number: r.number + 1}
	last := scoringtypes.FrontierEpoch{Epoch: r.number, Measure: next.Measure(), State: r.machine.Encode(nil)}
	var before []uint64
	var best scoringtypes.Best
	if len(r.past) > 0 {
		p := &r.past[len(r.past)-1]
		before = p.ids
		for k, id := range p.ids {
			best.Add(id, p.qualities[k])
		}
	}
	return scoringtypes.Common(next, ids, last, before, best)
}

// Holds says whether an item must not be pruned.
func (r *frontierRules) Holds(id uint64) bool { return r.machine.Holds(id) }

func (r *frontierRules) epoch(number uint64) (*pastEpoch, error) {
	for k := range r.past {
		if r.past[k].number == number {
			return &r.past[k], nil
		}
	}
	return nil, fmt.Errorf("epoch %d is not remembered", number)
}

// Qualities implements frontier.History.
func (r *frontierRules) Qualities(epoch uint64) ([]uint64, []uint16, error) {
	p, err := r.epoch(epoch)
	if err != nil {
		return nil, nil, err
	}
	return p.ids, p.qualities, nil
}

// Scores implements frontier.History.
func (r *frontierRules) Scores(epoch, id uint64, into []uint16) error {
	p, err := r.epoch(epoch)
	if err != nil {
		return err
	}
	clear(into)
	if _, there := slices.BinarySearch(p.ids, id); there {
		p.column(r.slots[id], into)
	}
	return nil
}

// Contributor implements frontier.History.
func (r *frontierRules) Contributor(id uint64) (string, bool, error) {
	c, found := r.owners(id)
	return fmt.Sprint(c), found, nil
}

// SPDX-License-Identifier: Apache-2.0

package sim

import (
	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/innovation"
	"github.com/weal-network/weal/pkg/yuma"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// innovationRules are yumaRules whose dividends are half for what the public did not know.
type innovationRules struct {
	*yumaRules
	compare  innovation.Engine
	params   innovation.Params
	public   innovation.Public
	standing innovation.Standing
	// published is how often the item of each slot was.
	published []uint32
	// present says who ever had power: whoever has it for the first time is a newcomer.
	present []bool
	kept    []fixed.Q32
	paid    []fixed.Q32
}

func newInnovationRules(plain *yumaRules, scoring topictypes.Scoring, validators int) *innovationRules {
	shares := func() []fixed.Q32 { return make([]fixed.Q32, plain.slots) }
	return &innovationRules{
		yumaRules: plain, params: scoringtypes.InnovationParams(scoring),
		public:    innovation.Public{Last: shares(), Fast: shares(), Slow: shares()},
		published: make([]uint32, plain.slots),
		standing:  innovation.Standing{Averages: make([]fixed.Q32, validators)},
		present:   make([]bool, validators), kept: make([]fixed.Q32, validators), paid: make([]fixed.Q32, validators),
	}
}

// Close implements Rules.
func (r *innovationRules) Close(e Epoch) (Outcome, error) {
	out, err := r.run(e)
	if err != nil {
		return Outcome{}, err
	}
	if err := r.settle(e); err != nil {
		return Outcome{}, err
	}
	var sum fixed.Q32
	for _, c := range out.Consensus {
		sum += c
	}
	r.params.Publish(r.public, r.published, out.Consensus, sum)
	for j := range r.published {
		r.published[j]++
	}
	r.pay(e, out)
	return Outcome{Dividends: r.paid, Pay: out.Incentive, Quality: out.Quality}, nil
}

// settle moves the averages. That of a validator that is not bonded stays as it is.
func (r *innovationRules) settle(e Epoch) error {
	live := 0
	for _, s := range e.Live {
		if s {
			live++
		}
	}
	for j, fresh := range e.Fresh {
		if fresh {
			share := fixed.Q32(0)
			if e.Live[j] {
				share = innovation.NewShare(live)
			}
			r.public.Last[j], r.public.Fast[j], r.public.Slow[j] = share, share, share
			r.published[j] = 0
		}
	}
	for i, p := range e.Power {
		if p > 0 && !r.present[i] {
			r.present[i], r.standing.Averages[i] = true, innovation.Newcomer(r.standing.Median)
		}
	}
	_, err := r.compare.Run(r.params, innovation.Input{
		Power: e.Power, Active: e.Revealed,
		Tile: innovation.Tile{Columns: r.slots, Scores: yuma.Matrix{Values: r.weighed}, Assigned: e.Dealt, Public: r.public},
	})
	if err != nil {
		return err
	}
	copy(r.kept, r.standing.Averages)
	if err := r.compare.Settle(&r.standing); err != nil {
		return err
	}
	for i, p := range e.Power {
		if p == 0 {
			r.standing.Averages[i] = r.kept[i]
		}
	}
	return nil
}

// pay mixes what bonds and innovation earn.
func (r *innovationRules) pay(e Epoch, out yuma.Output) {
	var active uint64
	for i, p := range e.Power {
		if e.Revealed[i] {
			active += p
		}
	}
	for i, p := range e.Power {
		r.paid[i] = 0
		if e.Revealed[i] {
			merit := r.params.Merit(r.standing.Averages[i], r.standing.Median)
			r.paid[i] = r.params.Dividend(out.Dividends[i], fixed.FromRatio(p, active), merit)
		}
	}
}

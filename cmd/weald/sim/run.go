// SPDX-License-Identifier: Apache-2.0

package sim

import (
	"fmt"

	"github.com/weal-network/weal/pkg/fixed"
)

// quorumThirds is how many thirds of the power must reveal for an epoch to count.
const quorumThirds = 2

// powerUnit is what a basis point of power is in tokens: enough for equal parts of it.
const powerUnit = 1 << 24

// Tally is what a group came to over the counted epochs of a seed.
type Tally struct {
	// Dividends is the sum of its parts of the scoring budget, Power the sum of its shares of
	// the power that was bonded, in the same unit.
	Dividends, Power fixed.Q32
	// Members are Dividends by validator.
	Members []fixed.Q32
	// Pay is the sum of its items' parts of the contributors' budget.
	Pay fixed.Q32
	// Series is the part of the scoring budget of each epoch, the warm-up among them.
	Series []fixed.Q32
}

// Result is one seed played.
type Result struct {
	Seed uint64
	// Epochs is how many were counted, Void how many of those paid nobody because too few
	// revealed.
	Epochs, Void int
	// Groups are in the order of the scenario.
	Groups []Tally
	// Contributors are what each was paid, as the Pay of a Tally.
	Contributors []fixed.Q32
	// Credited is how far the ledger of the best so far rose, Progress how far the best rose in
	// truth, both of 65535.
	Credited, Progress int64
}

// game is one seed being played.
type game struct {
	s      *Scenario
	world  *World
	rules  Rules
	seats  []seat
	market *market
	ids    []uint64
	dealer dealer
	dealt  deal

	base     []uint64
	power    []uint64
	revealed []bool
	rows     []uint16
	known    published
	before   []uint16 // what was public when the epoch began
	fresh    []bool
	live     []bool
	others   []ballot
	reveals  []bool
}

// seat is where a group sits: its validators are from, ..., to-1.
type seat struct {
	strategy Strategy
	rand     *Source
	from, to int
}

// Run plays one seed. The scenario must be valid.
func Run(s *Scenario, seed uint64) (Result, error) {
	g, err := newGame(s, seed)
	if err != nil {
		return Result{}, err
	}
	return g.run(seed)
}

// run plays all epochs.
func (g *game) run(seed uint64) (Result, error) {
	result := g.result(seed)
	for epoch := range g.s.Epochs {
		if err := g.play(epoch, &result); err != nil {
			return Result{}, fmt.Errorf("seed %d, epoch %d: %w", seed, epoch, err)
		}
	}
	result.Progress = g.market.progress()
	return result, nil
}

// result is that of no epochs.
func (g *game) result(seed uint64) Result {
	r := Result{Seed: seed, Groups: make([]Tally, len(g.s.Groups)), Contributors: make([]fixed.Q32, len(g.s.Contributors))}
	for i, group := range g.s.Groups {
		r.Groups[i].Members = make([]fixed.Q32, group.Validators)
	}
	return r
}

func newGame(s *Scenario, seed uint64) (*game, error) {
	n, m := s.validators(), s.slots()
	g := &game{
		s: s, world: NewWorld(s, seed), rules: newRules(s), dealer: dealer{scoring: s.scoring(), seeds: NewSource(seed, streamDeal)}, base: make([]uint64, n), power: make([]uint64, n),
		revealed: make([]bool, n), rows: make([]uint16, n*m), fresh: make([]bool, m), live: make([]bool, m),
		known: published{quality: make([]uint16, m), known: make([]bool, m)},
	}
	market, err := newMarket(s, seed)
	if err != nil {
		return nil, err
	}
	g.market, g.ids = market, make([]uint64, m)
	if len(s.Contributors) > 0 && s.Rules == RulesDefault {
		g.rules = newFrontierRules(g.rules, s.scoring(), func(id uint64) (int, bool) {
			owner, found := market.owners[id]
			return owner, found
		})
	}
	at := 0
	owned := 0
	for i, group := range s.Groups {
		strategy, err := newStrategy(group.Strategy, group.Params)
		if err != nil {
			return nil, err
		}
		next := at + group.Validators
		g.seats = append(g.seats, seat{strategy, NewSource(seed, streamGroup+uint64(i)), at, next})
		for ; at < next; at++ {
			g.base[at] = uint64(group.PowerBp) * powerUnit / uint64(group.Validators)
		}
		for range group.Owns {
			g.world.Slots[owned].Group = i
			owned++
		}
	}
	return g, nil
}

// play goes through one epoch: the world moves on, rows are committed, revealed and closed.
func (g *game) play(epoch int, result *Result) error {
	g.world.begin(epoch)
	g.market.open(g.world, g.holds, g.known.quality)
	g.world.measure()
	for j, fresh := range g.world.Fresh {
		g.fresh[j], g.live[j] = g.fresh[j] || fresh, g.world.Slots[j].ID != 0
		g.ids[j] = g.world.Slots[j].ID
	}
	g.known.complete(g.world.Slots, g.world.Fresh)
	g.before = append(g.before[:0], g.known.quality...)
	g.bond(epoch)
	var err error
	if g.dealt, err = g.dealer.deal(g.power, g.ids, g.rules); err != nil {
		return err
	}
	clear(g.rows)
	views := make([]View, len(g.seats))
	for i := range g.seats {
		views[i] = g.view(epoch, i)
		g.seats[i].strategy.Score(&views[i])
	}
	g.reveal(views)
	for i, revealed := range g.revealed {
		g.dealt.keep(i, g.row(i))
		if !revealed {
			clear(g.row(i))
		}
	}
	if g.void() {
		if epoch >= g.s.Warmup {
			result.Epochs, result.Void = result.Epochs+1, result.Void+1
		}
		return nil
	}
	out, err := g.rules.Close(Epoch{
		Power: g.power, Revealed: g.revealed, Scores: g.rows, Dealt: g.dealt.words, Fresh: g.fresh, Live: g.live, IDs: g.ids,
	})
	if err != nil {
		return err
	}
	clear(g.fresh)
	result.Credited = max(int64(out.Top)-lowestQuality, 0)
	g.known.update(g.world.Slots, out.Quality)
	g.count(epoch, out, result)
	return nil
}

// holds says whether the rules forbid to prune an item.
func (g *game) holds(id uint64) bool {
	holder, ok := g.rules.(interface{ Holds(id uint64) bool })
	return ok && holder.Holds(id)
}

func (g *game) row(i int) []uint16 {
	m := len(g.fresh)
	return g.rows[i*m : (i+1)*m]
}

// view is what a group sees.
func (g *game) view(epoch, group int) View {
	m := len(g.fresh)
	slots := make([]Slot, m)
	for j, item := range g.world.Slots {
		slots[j] = Slot{ID: item.ID, Age: epoch - item.Born, Mine: item.Group == group}
	}
	at := g.seats[group]
	return View{
		Epoch: epoch, Slots: slots, Quality: g.known.quality, Rand: at.rand, members: at.to - at.from, first: at.from, deal: g.dealt, power: g.power,
		measured: g.world.Measured[at.from*m : at.to*m], rows: g.rows[at.from*m : at.to*m],
	}
}

// bond sets the power of the epoch.
func (g *game) bond(epoch int) {
	copy(g.power, g.base)
	for _, at := range g.seats {
		if staker, ok := at.strategy.(Staker); ok && !staker.Bonded(epoch) {
			clear(g.power[at.from:at.to])
		}
	}
	for i, p := range g.power {
		g.revealed[i] = p > 0
	}
}

// reveal asks those who choose, in the order of groups, after all who do not.
func (g *game) reveal(views []View) {
	for i, at := range g.seats {
		chooser, ok := at.strategy.(Revealer)
		if !ok {
			continue
		}
		g.others = g.others[:0]
		for k, other := range g.seats {
			if _, chooses := other.strategy.(Revealer); k != i && !chooses {
				for member := range views[k].members {
					g.others = append(g.others, ballot{validator: other.from + member, row: views[k].Row(member)})
				}
			}
		}
		g.reveals = g.reveals[:0]
		for range at.to - at.from {
			g.reveals = append(g.reveals, true)
		}
		chooser.Reveal(&views[i], g.others, g.reveals)
		for k, reveals := range g.reveals {
			g.revealed[at.from+k] = g.revealed[at.from+k] && reveals
		}
	}
}

// void says that less than two thirds of the power revealed.
func (g *game) void() bool {
	var all, revealed uint64
	for i, p := range g.power {
		all += p
		if g.revealed[i] {
			revealed += p
		}
	}
	return 3*revealed < quorumThirds*all
}

// count adds an epoch to the tallies.
func (g *game) count(epoch int, out Outcome, result *Result) {
	var all uint64
	for _, p := range g.power {
		all += p
	}
	counted := epoch >= g.s.Warmup
	if counted {
		result.Epochs++
	}
	for i, at := range g.seats {
		t := &result.Groups[i]
		var sum fixed.Q32
		var power uint64
		for k := at.from; k < at.to; k++ {
			sum += out.Dividends[k]
			power += g.power[k]
			if counted {
				t.Members[k-at.from] += out.Dividends[k]
			}
		}
		t.Series = append(t.Series, sum)
		if counted {
			t.Dividends += sum
			t.Power += fixed.FromRatio(power, all)
		}
	}
	for j, item := range g.world.Slots {
		if counted && item.Group >= 0 {
			result.Groups[item.Group].Pay += out.Pay[j]
		}
		if owner, owned := g.market.owners[item.ID]; counted && owned {
			result.Contributors[owner] += out.Pay[j]
		}
	}
}

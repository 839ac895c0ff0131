// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"math/big"
	"sort"
	"time"

	"github.com/weal-network/weal/x/emission/types"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// model is the economy once more, as plainly as it can be said: exact numbers of any size,
// everything recounted every time, no index, no rows, no settled accounts.
type model struct {
	params  types.Params
	pending *modelParams
	begun   map[uint64]modelParams // by topic: the epoch that began last
	supply  *big.Int
	carry   *big.Int // in 2^-64 units
	last    int64    // milliseconds
	shares  map[uint64]int64
	paused  map[uint64]bool
	owed    map[uint64]*big.Int // to a topic, in basis points of a unit
	everBp  *big.Int            // owed to all topics ever, in basis points of a unit
	given   *big.Int            // minted for topics ever
	pool    *big.Int            // community pool
	fees    *big.Int            // fee collector
	payouts map[string]*big.Int
	account map[uint64]*[3]*big.Int // immature, mature, claimed
	queue   map[uint64][]modelPayment
	lineage map[uint64][][2]int64 // parents: id, share
	payout  map[uint64]string
	owner   map[uint64]string
	topicOf map[uint64]uint64
	paid    map[string]*big.Int // validators
	held    map[uint64]*modelHold
	lots    map[uint64][]modelLot // by topic, the oldest first
	// provision and topics are what blocks were due ever, and for topics; ever is what each topic was, in basis points of a unit.
	provision, topics *big.Int
	ever              map[uint64]*big.Int
	steward           map[uint64]modelSteward
	cuts              map[string]map[uint64]*big.Int // by steward and topic
}

// modelParams hold from a time on, or stood when an epoch began.
type modelParams struct {
	params types.Params
	from   time.Time
	epoch  uint64
}

// modelSteward answers for a topic, with that part of its budgets.
type modelSteward struct {
	name string
	bp   uint64
}

// modelHold is of a contribution that is quarantined or removed.
type modelHold struct {
	ripe, taken *big.Int // mature but for the quarantine, and burnt
	removed     bool
}

// modelLot is what nobody earned of what a topic had for the first time in an epoch.
type modelLot struct {
	epoch uint64
	units *big.Int
}

type modelPayment struct {
	epoch   uint64
	rewards map[uint64]*big.Int
}

func n(v uint64) *big.Int { return new(big.Int).SetUint64(v) }

func newModel(supply uint64) *model {
	zero := func() *big.Int { return new(big.Int) }
	return &model{
		params: types.DefaultParams(), supply: n(supply), carry: zero(), everBp: zero(), given: zero(), pool: zero(), fees: zero(),
		shares: map[uint64]int64{}, paused: map[uint64]bool{}, owed: map[uint64]*big.Int{}, payouts: map[string]*big.Int{},
		account: map[uint64]*[3]*big.Int{}, queue: map[uint64][]modelPayment{}, lineage: map[uint64][][2]int64{},
		payout: map[uint64]string{}, owner: map[uint64]string{}, topicOf: map[uint64]uint64{}, paid: map[string]*big.Int{},
		held: map[uint64]*modelHold{}, lots: map[uint64][]modelLot{},
		provision: zero(), topics: zero(), ever: map[uint64]*big.Int{},
		begun: map[uint64]modelParams{}, steward: map[uint64]modelSteward{}, cuts: map[string]map[uint64]*big.Int{},
	}
}

// block issues: (cap - supply) * ln 2 / half-life * dt, cut at 2^-64 of a unit.
func (m *model) block(now time.Time) {
	if m.pending != nil && !now.Before(m.pending.from) {
		m.params, m.pending = m.pending.params, nil
	}
	ms := now.UnixMilli()
	dt := min(ms-m.last, int64(m.params.MaxGapMs))
	if m.last == 0 || dt <= 0 {
		m.last = max(m.last, ms)
		return
	}
	m.last = ms
	ln2 := n(0xb17217f7d1cf79ab)
	due := new(big.Int).Sub(n(types.CapUweal), m.supply)
	due.Mul(due, big.NewInt(dt)).Mul(due, ln2).Div(due, n(types.HalfLifeMs)).Add(due, m.carry)
	amount := new(big.Int).Rsh(due, 64)
	m.carry = new(big.Int).Sub(due, new(big.Int).Lsh(amount, 64))
	parts := portions(amount, []*big.Int{n(uint64(m.params.SecurityBp)), n(uint64(m.params.TopicsBp)), n(uint64(m.params.CommunityBp))})
	m.provision.Add(m.provision, amount)
	m.topics.Add(m.topics, parts[1])
	m.fees.Add(m.fees, parts[0])
	m.pool.Add(m.pool, parts[2])
	m.supply.Add(m.supply, parts[0]).Add(m.supply, parts[2])
	for id, share := range m.shares {
		if m.paused[id] {
			continue
		}
		bp := new(big.Int).Mul(parts[1], big.NewInt(share))
		m.owe(id).Add(m.owe(id), bp)
		if m.ever[id] == nil {
			m.ever[id] = new(big.Int)
		}
		m.ever[id].Add(m.ever[id], bp)
		m.everBp.Add(m.everBp, bp)
	}
	minted := new(big.Int).Sub(new(big.Int).Div(m.everBp, big.NewInt(10_000)), m.given)
	m.given.Add(m.given, minted)
	m.supply.Add(m.supply, minted)
}

func (m *model) owe(topic uint64) *big.Int {
	if m.owed[topic] == nil {
		m.owed[topic] = new(big.Int)
	}
	return m.owed[topic]
}

func (m *model) accountOf(id uint64) *[3]*big.Int {
	if m.account[id] == nil {
		m.account[id] = &[3]*big.Int{new(big.Int), new(big.Int), new(big.Int)}
	}
	return m.account[id]
}

// of are the parameters with which an epoch began, or those of now if it began unnoticed.
func (m *model) of(topic, epoch uint64) types.Params {
	if begun, found := m.begun[topic]; found && begun.epoch == epoch {
		return begun.params
	}
	return m.params
}

// pay splits the whole units that a topic is owed.
func (m *model) pay(r scoringtypes.EpochResult, present map[string]bool) (spent *big.Int) {
	budget := new(big.Int).Div(m.owe(r.TopicId), big.NewInt(10_000))
	bp, steward := uint64(m.of(r.TopicId, r.Epoch).ContributorsBp), m.steward[r.TopicId]
	if steward.name == "" {
		steward.bp = 0
	}
	thirds := portions(budget, []*big.Int{n(bp - steward.bp), n(steward.bp), n(10_000 - bp)})
	spent = new(big.Int)

	rewards := map[uint64]*big.Int{}
	var dividends []*big.Int
	pool, ids, weights := contributorsOf(thirds[0], r)
	for i, part := range portions(pool, weights) {
		if part.Sign() > 0 {
			rewards[ids[i]] = part
			spent.Add(spent, part)
		}
	}
	if thirds[0].Sign() > 0 {
		cut := new(big.Int).Mul(thirds[1], spent)
		m.cut(steward.name, r.TopicId, cut.Div(cut, thirds[0]))
		spent.Add(spent, cut)
	}
	m.royalties(rewards)

	rest := n(types.FractionOne)
	for _, v := range r.Validators {
		dividends = append(dividends, n(v.Dividend))
		rest.Sub(rest, n(v.Dividend))
	}
	if rest.Sign() < 0 {
		rest.SetInt64(0)
	}
	for i, part := range portions(thirds[2], append(dividends, rest))[:len(r.Validators)] {
		if operator := r.Validators[i].Operator; present[operator] {
			if m.paid[operator] == nil {
				m.paid[operator] = new(big.Int)
			}
			m.paid[operator].Add(m.paid[operator], part)
			spent.Add(spent, part)
		}
	}
	gone := new(big.Int).Add(spent, m.carryOver(r.TopicId, r.Epoch, budget, spent))
	m.owe(r.TopicId).Sub(m.owe(r.TopicId), new(big.Int).Mul(gone, big.NewInt(10_000)))
	for id, amount := range rewards {
		m.accountOf(id)[0].Add(m.accountOf(id)[0], amount)
	}
	m.queue[r.TopicId] = append(m.queue[r.TopicId], modelPayment{r.Epoch, rewards})
	m.mature(r.TopicId, r.Epoch)
	return spent
}

// contributorsOf is what contributors share of their budget, who does, and by what.
func contributorsOf(budget *big.Int, r scoringtypes.EpochResult) (pool *big.Int, ids []uint64, weights []*big.Int) {
	if r.RewardRule == topictypes.REWARD_RULE_PROPORTIONAL {
		for _, i := range r.Incentive {
			weights = append(weights, n(i))
		}
		return budget, r.ContributionIds, weights
	}
	sum := new(big.Int)
	for _, s := range r.Shares {
		ids, weights = append(ids, s.ContributionId), append(weights, n(s.Stock+s.Depth))
		sum.Add(sum, weights[len(weights)-1])
	}
	sum.Mul(sum, budget)
	return sum.Div(sum, n(types.FractionOne)), ids, weights
}

// cut gives a steward its part.
func (m *model) cut(steward string, topic uint64, amount *big.Int) {
	if m.cuts[steward] == nil {
		m.cuts[steward] = map[uint64]*big.Int{}
	}
	if m.cuts[steward][topic] == nil {
		m.cuts[steward][topic] = new(big.Int)
	}
	m.cuts[steward][topic].Add(m.cuts[steward][topic], amount)
}

// carryOver spends what is oldest first, and burns what was carried for carry_epochs; it returns that.
func (m *model) carryOver(topic, epoch uint64, budget, spent *big.Int) (burnt *big.Int) {
	fresh := new(big.Int).Set(budget)
	for _, lot := range m.lots[topic] {
		fresh.Sub(fresh, lot.units)
	}
	left, burnt := new(big.Int).Set(spent), new(big.Int)
	var kept []modelLot
	for _, lot := range append(m.lots[topic], modelLot{epoch, fresh}) {
		used := new(big.Int).Set(lot.units)
		if used.Cmp(left) > 0 {
			used.Set(left)
		}
		left.Sub(left, used)
		lot.units = new(big.Int).Sub(lot.units, used)
		switch {
		case lot.epoch+uint64(m.of(topic, epoch).CarryEpochs) <= epoch:
			burnt.Add(burnt, lot.units)
		case lot.units.Sign() > 0:
			kept = append(kept, lot)
		}
	}
	m.lots[topic] = kept
	m.supply.Sub(m.supply, burnt)
	return burnt
}

// royalties pass on the floor of each share of all that was received, from the highest id down.
func (m *model) royalties(rewards map[uint64]*big.Int) {
	for id := uint64(len(m.topicOf)); id > 0; id-- {
		if rewards[id] == nil {
			continue
		}
		received := new(big.Int).Set(rewards[id])
		for _, parent := range m.lineage[id] {
			if m.held[uint64(parent[0])] != nil {
				continue
			}
			part := new(big.Int).Mul(received, big.NewInt(parent[1]))
			part.Div(part, big.NewInt(10_000))
			if part.Sign() == 0 {
				continue
			}
			if rewards[uint64(parent[0])] == nil {
				rewards[uint64(parent[0])] = new(big.Int)
			}
			rewards[uint64(parent[0])].Add(rewards[uint64(parent[0])], part)
			rewards[id].Sub(rewards[id], part)
		}
	}
}

// mature takes all payments that are due.
func (m *model) mature(topic, epoch uint64) {
	for len(m.queue[topic]) > 0 && m.queue[topic][0].epoch+uint64(m.of(topic, epoch).MaturityEpochs) <= epoch {
		for id, amount := range m.queue[topic][0].rewards {
			a := m.accountOf(id)
			if h := m.held[id]; h != nil {
				h.ripe.Add(h.ripe, amount)
				continue
			}
			a[0].Sub(a[0], amount)
			a[1].Add(a[1], amount)
		}
		m.queue[topic] = m.queue[topic][1:]
	}
}

// quarantine lets nothing mature until the release, which makes all of it mature that would be.
func (m *model) quarantine(id uint64) {
	m.held[id] = &modelHold{ripe: new(big.Int), taken: new(big.Int)}
}

func (m *model) release(id uint64) {
	a := m.accountOf(id)
	a[0].Sub(a[0], m.held[id].ripe)
	a[1].Add(a[1], m.held[id].ripe)
	delete(m.held, id)
}

// remove burns all that is immature.
func (m *model) remove(id uint64) {
	a, h := m.accountOf(id), m.held[id]
	m.supply.Sub(m.supply, a[0])
	h.taken.Set(a[0])
	h.removed = true
	a[0].SetInt64(0)
	for _, payments := range m.queue {
		for _, payment := range payments {
			delete(payment.rewards, id)
		}
	}
}

// claim pays out what is mature; false says that nothing was.
func (m *model) claim(owner string, topics []uint64) bool {
	any := false
	for id, who := range m.owner {
		if who != owner || len(topics) > 0 && !contains(topics, m.topicOf[id]) {
			continue
		}
		a := m.accountOf(id)
		if a[1].Sign() == 0 {
			continue
		}
		any = true
		m.payOut(m.payout[id], a[1])
		a[2].Add(a[2], a[1])
		a[1].SetInt64(0)
	}
	for topic, cut := range m.cuts[owner] {
		if cut.Sign() == 0 || len(topics) > 0 && !contains(topics, topic) {
			continue
		}
		any = true
		m.payOut(owner, cut)
		cut.SetInt64(0)
	}
	return any
}

func (m *model) payOut(to string, amount *big.Int) {
	if m.payouts[to] == nil {
		m.payouts[to] = new(big.Int)
	}
	m.payouts[to].Add(m.payouts[to], amount)
}

func contains(ids []uint64, id uint64) bool {
	for _, i := range ids {
		if i == id {
			return true
		}
	}
	return false
}

// portions is the largest remainder, ties by lower index, in exact fractions.
func portions(total *big.Int, weights []*big.Int) []*big.Int {
	sum := new(big.Int)
	for _, w := range weights {
		sum.Add(sum, w)
	}
	parts := make([]*big.Int, len(weights))
	for i := range parts {
		parts[i] = new(big.Int)
	}
	if sum.Sign() == 0 {
		return parts
	}
	left := new(big.Int).Set(total)
	rests := make([]*big.Rat, len(weights))
	order := make([]int, len(weights))
	for i, w := range weights {
		exact := new(big.Rat).SetFrac(new(big.Int).Mul(total, w), sum)
		parts[i].Div(exact.Num(), exact.Denom())
		rests[i] = exact.Sub(exact, new(big.Rat).SetInt(parts[i]))
		left.Sub(left, parts[i])
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return rests[order[a]].Cmp(rests[order[b]]) > 0 })
	for _, i := range order[:left.Int64()] {
		parts[i].Add(parts[i], big.NewInt(1))
	}
	return parts
}

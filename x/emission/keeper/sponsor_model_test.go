// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"math/big"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/emission/types"
)

// purse is an amount by denom.
type purse map[string]*big.Int

func (p purse) add(denom string, amount *big.Int) {
	if p[denom] == nil {
		p[denom] = new(big.Int)
	}
	p[denom].Add(p[denom], amount)
}

func (p purse) addAll(other purse) {
	for denom, amount := range other {
		p.add(denom, amount)
	}
}

func (p purse) of(denom string) int64 { return orZero(p[denom]).Int64() }

// patronModel is what becomes of sponsors' coins, as plainly as it can be said.
type patronModel struct {
	streams   map[uint64][]*modelStream
	pots      map[uint64][]modelPot
	carry     map[uint64]purse
	mature    map[uint64]purse // by contribution
	claimed   map[string]purse
	refunded  purse
	community purse
	paid      map[uint64]uint64
	retired   map[uint64]bool
	turns     map[uint64]bool
	last      uint64
}

type modelStream struct {
	denom  string
	left   *big.Int
	epochs int64
}

type modelPot struct {
	epoch   uint64
	coins   purse
	ids     []uint64
	weights []uint64
}

func newPatronModel() *patronModel {
	return &patronModel{
		streams: map[uint64][]*modelStream{}, pots: map[uint64][]modelPot{}, carry: map[uint64]purse{1: {}, 2: {}}, mature: map[uint64]purse{},
		claimed: map[string]purse{}, refunded: purse{}, community: purse{}, paid: map[uint64]uint64{}, retired: map[uint64]bool{}, turns: map[uint64]bool{},
	}
}

func (m *patronModel) fund(topic uint64, epochs uint32, coins sdk.Coins) {
	for _, c := range coins {
		m.streams[topic] = append(m.streams[topic], &modelStream{c.Denom, new(big.Int).Set(c.Amount.BigInt()), int64(epochs)})
	}
}

// ripe: rewards mature with the next epoch, and at once where there is no next.
func (m *patronModel) ripe(topic uint64, pot modelPot) bool {
	return pot.epoch < m.paid[topic] || m.retired[topic]
}

func (m *patronModel) pay(topic, epoch uint64, ids, incentives []uint64) {
	m.paid[topic] = epoch
	pots := m.pots[topic]
	if len(pots) > 0 && m.ripe(topic, pots[0]) {
		m.turns[topic] = true
		if len(pots) >= types.MaxRipePots && m.ripe(topic, pots[types.MaxRipePots-1]) {
			return
		}
	}
	pot := modelPot{epoch: epoch, coins: purse{}}
	for i, id := range ids {
		if incentives[i] > 0 {
			pot.ids, pot.weights = append(pot.ids, id), append(pot.weights, incentives[i])
		}
	}
	if len(pot.ids) == 0 {
		return
	}
	var lasting []*modelStream
	for _, s := range m.streams[topic] {
		part := new(big.Int).Div(s.left, big.NewInt(s.epochs))
		s.left.Sub(s.left, part)
		s.epochs--
		pot.coins.add(s.denom, part)
		if s.epochs > 0 {
			lasting = append(lasting, s)
		}
	}
	m.streams[topic] = lasting
	worth := len(pot.coins) > 0
	for _, amount := range m.carry[topic] {
		worth = worth || amount.Int64() >= types.MinStreamPart
	}
	if !worth {
		return
	}
	pot.coins.addAll(m.carry[topic])
	m.carry[topic] = purse{}
	m.pots[topic] = append(m.pots[topic], pot)
}

// block shares the oldest pot of the topic whose turn it is; judged says who gets nothing.
func (m *patronModel) block(judged func(uint64) bool) {
	next := uint64(0)
	for _, topic := range []uint64{1, 2, 1, 2} {
		if m.turns[topic] && next == 0 && topic > m.last {
			next = topic
		}
	}
	for _, topic := range []uint64{1, 2} {
		if m.turns[topic] && next == 0 {
			next = topic
		}
	}
	if next == 0 {
		return
	}
	m.last = next
	if len(m.pots[next]) == 0 || !m.ripe(next, m.pots[next][0]) {
		delete(m.turns, next)
		return
	}
	pot := m.pots[next][0]
	m.pots[next] = m.pots[next][1:]
	sum := new(big.Int)
	for _, w := range pot.weights {
		sum.Add(sum, n(w))
	}
	rest := m.carry[next]
	if m.retired[next] {
		rest = m.community
	}
	for denom, amount := range pot.coins {
		left := new(big.Int).Set(amount)
		for i, id := range pot.ids {
			part := new(big.Int).Mul(amount, n(pot.weights[i]))
			if part.Div(part, sum); judged(id) {
				continue
			}
			if m.mature[id] == nil {
				m.mature[id] = purse{}
			}
			m.mature[id].add(denom, part)
			left.Sub(left, part)
		}
		rest.add(denom, left)
	}
}

func (m *patronModel) claim(who string, ids []uint64) {
	if m.claimed[who] == nil {
		m.claimed[who] = purse{}
	}
	for _, id := range ids {
		m.claimed[who].addAll(m.mature[id])
		delete(m.mature, id)
	}
}

func (m *patronModel) end(topic uint64, count int) {
	for _, s := range m.streams[topic][:count] {
		m.refunded.add(s.denom, s.left)
	}
	m.streams[topic] = m.streams[topic][count:]
}

func (m *patronModel) retire(topic uint64) {
	m.retired[topic] = true
	m.end(topic, len(m.streams[topic]))
	m.community.addAll(m.carry[topic])
	m.carry[topic] = purse{}
	if len(m.pots[topic]) > 0 {
		m.turns[topic] = true
	}
}

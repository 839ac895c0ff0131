// SPDX-License-Identifier: Apache-2.0

package yuma_test

import (
	"strings"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/yuma"
)

// scenario plays the epochs of a case through the published form.
type scenario struct {
	t       tester
	network *network
	c       *fields
	scope   scope
	// columns are the neurons that rows of weights are about, when not about all.
	columns  []int
	expected expectation
}

const defaultEmission = 1_000_000_000

func newScenario(t tester, c *fields, defaults *fields) *scenario {
	s := &scenario{t: t, c: c, scope: scope{c, c.sub("params"), defaults}}
	if v := s.scope.take("weight_uids", "servers", "server_uids"); v != nil {
		s.columns = wholes(t, v)
	}
	s.expected = expectation{t: t, columns: s.columns, within: tolerance(t, c.take("tolerance", "tol"))}
	if v := s.scope.take("bond_columns"); v != nil {
		s.expected.columns = wholes(t, v)
	}
	s.requireNullMeansUnchanged()
	return s
}

// start makes the network of the given stakes.
func (s *scenario) start(stakes []uint64) {
	s.network = newNetwork(s.t, s.settings(s.scope, len(stakes)), stakes)
	if at := s.scope.take("registered_at", "block_at_registration"); at != nil {
		s.register(at, 0, s.c)
	}
}

// requireNullMeansUnchanged reads the words that say what a missing row of weights means.
func (s *scenario) requireNullMeansUnchanged() {
	if words := s.c.take("weights_when_null"); words != nil {
		require.Contains(s.t, words, "unchanged")
	}
}

// settings reads all that a case, its params or the defaults set.
func (s *scenario) settings(from scope, size int) settings {
	p := yuma.Params{
		Rule: yuma.YUMA2, Kappa: s.sixteen(from, 32767, "kappa_u16", "kappa"),
		BondPenalty:        s.sixteen(from, 65535, "bonds_penalty_u16", "bonds_penalty", "bond_penalty_u16"),
		BondsMovingAverage: fixed.FromRatio(uint64(from.number(900_000, "bonds_moving_average")), 1_000_000),
	}
	if from.flag("yuma3", "yuma3_enabled") {
		p.Rule = yuma.YUMA3
	}
	switch mode := from.take("mode", "rule"); mode {
	case nil:
	case "yuma3":
		p.Rule = yuma.YUMA3
	case "yuma2":
		p.Rule = yuma.YUMA2
	default:
		require.Fail(s.t, "no such mode", "%v, expected yuma2 or yuma3", mode)
	}
	p.LiquidAlpha = yuma.LiquidAlpha{
		Enabled: from.flag("liquid_alpha", "liquid_alpha_enabled"),
		Lo:      s.alpha(from, 0.7, "alpha_low"), Hi: s.alpha(from, 0.9, "alpha_high"),
		Steepness: uint32(from.number(1000, "alpha_sigmoid_steepness", "steepness")),
	}
	p.DropMissingBonds = from.flag("drop_missing_bonds", "omit_zeros")
	require.Zero(s.t, from.number(0, "tao_weight"), "a weight of another token is not part of the engine")
	return settings{
		params: p, tempo: int(from.number(1, "tempo")),
		cutoff:        int(from.number(5_000, "activity_cutoff", "activity_cutoff_blocks")),
		maxValidators: int(from.number(float64(size), "max_validators", "max_allowed_validators")),
		minStake:      uint64(from.number(0, "min_stake", "stake_threshold")),
		owner:         int(from.number(-1, "owner_uid")),
		emission:      uint64(from.number(defaultEmission, "emission_per_epoch", "emission_per_step")),
	}
}

// sixteen reads a fraction: sixteen bits, or a decimal up to 1.
func (s *scenario) sixteen(from scope, otherwise float64, names ...string) fixed.Q32 {
	v := from.take(names...)
	if v == nil {
		return fixed.FromU16(uint16(otherwise))
	}
	if strings.Contains(digits.FindString(asText(v)), ".") {
		return decimal(number(s.t, v))
	}
	return fixed.FromU16(uint16(whole(s.t, v)))
}

func (s *scenario) alpha(from scope, otherwise float64, name string) fixed.Q32 {
	if bits := from.take(name + "_u16"); bits != nil {
		return fixed.FromU16(uint16(whole(s.t, bits)))
	}
	v := from.number(otherwise, name)
	if v > 1 {
		return fixed.FromU16(uint16(v))
	}
	return decimal(v)
}

// moment is what a case says of one epoch.
type moment struct {
	f            *fields
	epoch, block int
	// numbered by epoch, with those left out being played unchanged; else each entry is one.
	byEpoch bool
}

// play plays all entries in the order of their epochs or blocks.
func (s *scenario) play() {
	s.start(s.stakes(s.c.take("stakes", "stake")))
	next := 0
	for _, m := range s.moments() {
		if m.byEpoch {
			for ; next < m.epoch; next++ {
				s.epoch(next + 1)
			}
			next, m.block = m.epoch+1, m.epoch+1
		}
		s.moment(m.f, m.block)
		m.f.close()
	}
}

// playOne plays a case that is one epoch itself.
func (s *scenario) playOne() {
	s.start(s.stakes(s.c.take("stakes")))
	block := 1
	if v := s.c.take("block"); v != nil {
		block = whole(s.t, v)
	}
	s.moment(s.c, block)
}

func (s *scenario) epoch(block int) { s.expected.got = s.network.epoch(s.t, block) }

// SPDX-License-Identifier: Apache-2.0

package yuma_test

import (
	"slices"
	"strings"

	"github.com/stretchr/testify/require"
)

// setWeights reads objects with uid, uids and values, or rows by uid of which null ones stay
// as they are.
func (s *scenario) setWeights(block int, v any) {
	if rows, is := v.(map[string]any); is {
		for uids, row := range rows {
			for _, uid := range someOf(s.t, uids) {
				s.setRow(block, uid, row)
			}
		}
		return
	}
	for uid, row := range list(s.t, v) {
		if _, is := row.(map[string]any); !is {
			s.setRow(block, uid, row)
			continue
		}
		one := object(s.t, "weights", row)
		at := block
		if v := one.take("at_block", "block"); v != nil {
			at = whole(s.t, v)
		}
		values := one.take("values", "weights", "row")
		for _, uid := range someOf(s.t, one.take("uid", "validator", "validators")) {
			if uids := one.take("uids", "dests"); uids != nil {
				s.network.setWeights(at, uid, wholes(s.t, uids), shorts(s.t, values))
			} else {
				s.setRow(at, uid, values)
			}
		}
		one.close()
	}
}

// setRow reads a row that is dense, over all neurons or the columns of the case, or pairs of
// column and value.
func (s *scenario) setRow(block, uid int, v any) {
	if v == nil {
		return
	}
	row := list(s.t, v)
	if len(row) > 0 && isList(row[0]) {
		var columns []int
		var values []uint16
		for _, pair := range row {
			entry := wholes(s.t, pair)
			columns, values = append(columns, entry[0]), append(values, uint16(entry[1]))
		}
		s.network.setWeights(block, uid, columns, values)
		return
	}
	columns := s.columns
	if len(row) == len(s.network.stakes) {
		columns = indices(len(row))
	}
	require.Len(s.t, row, len(columns), "a row of weights")
	s.network.setWeights(block, uid, columns, shorts(s.t, v))
}

func shorts(t tester, v any) []uint16 {
	var out []uint16
	for _, x := range wholes(t, v) {
		out = append(out, uint16(x))
	}
	return out
}

// uniform plays the graph in which each validator weighs all servers alike.
func (s *scenario) uniform() {
	words, _ := s.c.take("weights").(string)
	_, sets, found := strings.Cut(words, "sets ")
	require.True(s.t, found, "weights are %q, expected them to say what each validator sets", words)
	stakes := s.stakes(s.c.take("stakes"))
	s.start(stakes)
	validators := s.network.maxValidators
	servers := indices(len(stakes))[validators:]
	values := slices.Repeat([]uint16{uint16(number(s.t, sets))}, len(servers))
	expect := s.c.sub("expect")
	for epoch := 1; epoch <= int(s.scope.number(1, "epochs")); epoch++ {
		for i := range validators {
			s.network.setWeights(epoch, i, servers, values)
		}
		s.epoch(epoch)
		x := s.expected
		x.n = s.network
		for name, of := range map[string][]int{"validator": indices(validators), "server": servers} {
			group := expect.sub(name)
			each := group.copy()
			for field, v := range group.values {
				byUID := map[string]any{}
				for _, i := range of {
					byUID[asText(i)] = v
				}
				each.values[field] = byUID
			}
			x.require(each)
			each.close()
		}
	}
	expect.close()
}

// selfWeights plays the graph in which each neuron weighs itself alone, which the diagonal's
// mask leaves with nothing.
func (s *scenario) selfWeights() {
	stakes := s.stakes(s.c.take("stakes"))
	s.start(stakes)
	for epoch := 1; epoch <= int(s.scope.number(1, "epochs")); epoch++ {
		for i := range stakes {
			s.network.setWeights(epoch, i, []int{i}, []uint16{65535})
		}
		s.epoch(epoch)
		s.expected.n = s.network
		s.expected.inside(s.c, "expect")
	}
}

// dropped plays ten epochs of equal weights and one without the first server, with the stakes
// and the parameters of the first series that has liquid alpha.
func (s *scenario) dropped(series *scenario) {
	for name, drops := range map[string]bool{"explicit_zero": false, "omitted": true} {
		want := s.c.sub(name)
		series.start(series.stakes(series.c.values["stakes"]))
		n := series.network
		n.params.DropMissingBonds = drops
		for block := 1; block <= 11; block++ {
			values := []uint16{65535, 65535}
			if block == 11 {
				require.Equal(s.t, whole(s.t, want.take("bond_before_u16")), int(n.bonds[series.columns[0]]), name)
				values[0] = 0
			}
			for i := range n.maxValidators {
				n.setWeights(block, i, series.columns, values)
			}
			n.epoch(s.t, block)
		}
		require.Equal(s.t, whole(s.t, want.take("bond_after_u16")), int(n.bonds[series.columns[0]]), name)
		want.close()
	}
}

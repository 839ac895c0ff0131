// SPDX-License-Identifier: Apache-2.0

package yuma_test

import (
	"encoding/json"
	"math"
	"regexp"
	"strings"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/pkg/fixed"
)

// expectation compares what a case says of an epoch with what came out.
type expectation struct {
	t tester
	n *network
	// got is the epoch, columns the neurons that rows of decimals are about, unless they are
	// about all; within is how far numbers may be off.
	got     result
	columns []int
	within  float64
}

// affixes are around the name of what is expected, and say nothing more than its place.
var affixes = regexp.MustCompile(`^(expect(ed)?|new|target|targets)_|_(asserted|rows|by_uid|u16|each|rao)$`)

// bare is a field's name without affixes.
func bare(name string) string {
	for {
		short := affixes.ReplaceAllString(name, "")
		if short == name {
			return name
		}
		name = short
	}
}

// require compares all fields that name something of an epoch, and leaves the others.
func (x expectation) require(f *fields) {
	x.t.Helper()
	for _, name := range f.names() {
		if v := f.values[name]; v != nil && x.one(f.where+"."+name, bare(name), v) {
			f.used[name] = true
		}
	}
}

// one compares one field and says whether it knows such.
func (x expectation) one(where, name string, v any) bool {
	x.t.Helper()
	switch name {
	case "consensus":
		x.perNeuron(where, v, x.fraction(x.got.consensus))
	case "incentive", "incentives":
		x.perNeuron(where, v, x.fraction(x.got.incentive))
	case "dividend", "dividends":
		x.perNeuron(where, v, x.fraction(x.got.dividends))
	case "vtrust", "validator_trust":
		x.perNeuron(where, v, x.fraction(x.got.validatorTrust))
	case "trust":
		x.perNeuron(where, v, x.fraction(x.got.trust))
	case "emission", "emissions":
		x.perNeuron(where, v, x.amount(x.got.emission))
	case "server_emission", "server_emissions":
		x.perNeuron(where, v, x.amount(x.got.serverEmission))
	case "validator_emission", "validator_emissions":
		x.perNeuron(where, v, x.amount(x.got.validatorEmission))
	case "emission_sum", "sum_emission":
		var sum uint64
		for _, e := range x.got.emission {
			sum += e
		}
		x.amount([]uint64{sum})(where, 0, v)
	case "validator_permits", "validator_permit", "permits":
		x.permits(where, v)
	case "bonds":
		x.bonds(where, v)
	case "bond_to_server":
		x.perNeuron(where, v, func(where string, i int, v any) { x.bond(where, i, len(x.n.stakes)-1, v) })
	default:
		return false
	}
	return true
}

// perNeuron goes through a list by uid, a map by uid, or one value for all.
func (x expectation) perNeuron(where string, v any, one func(where string, i int, v any)) {
	x.t.Helper()
	switch v := v.(type) {
	case []any:
		require.LessOrEqual(x.t, len(v), len(x.n.stakes), where)
		for i, want := range v {
			one(where, i, want)
		}
	case map[string]any:
		for uids, want := range v {
			for _, i := range someOf(x.t, uids) {
				require.Less(x.t, i, len(x.n.stakes), where)
				one(where, i, want)
			}
		}
	default:
		for i := range x.n.stakes {
			one(where, i, v)
		}
	}
}

// fraction compares numbers of [0, 1]: sixteen bits where the name or the number says so,
// decimals otherwise.
func (x expectation) fraction(got []fixed.Q32) func(string, int, any) {
	return func(where string, i int, v any) {
		x.t.Helper()
		if v != nil {
			x.number(where, i, v, got[i])
		}
	}
}

func (x expectation) number(where string, i int, v any, got fixed.Q32) {
	x.t.Helper()
	want := number(x.t, v)
	if strings.Contains(where, "u16") || want > 1 {
		require.InDelta(x.t, want, int(got.ToU16()), math.Floor(x.within), "%s, uid %d", where, i)
		return
	}
	if x.within == 0 && (decimal(want) == got || fixed.Q32(want*(1<<32)) == got) {
		return
	}
	require.InDelta(x.t, want, float(got), x.within, "%s, uid %d", where, i)
}

func (x expectation) amount(got []uint64) func(string, int, any) {
	return func(where string, i int, v any) {
		x.t.Helper()
		if v != nil {
			require.InDelta(x.t, number(x.t, v), float64(got[i]), x.within, "%s, uid %d", where, i)
		}
	}
}

// permits are flags by uid, or the list of those who have one.
func (x expectation) permits(where string, v any) {
	x.t.Helper()
	if all := list(x.t, v); len(all) == len(x.n.stakes) {
		flags := make([]bool, len(all))
		isFlags := true
		for i, flag := range all {
			is, isBool := flag.(bool)
			text, isNumber := flag.(json.Number)
			flags[i] = is || text == "1"
			isFlags = isFlags && (isBool || isNumber && (text == "0" || text == "1"))
		}
		if isFlags {
			require.Equal(x.t, flags, x.n.permits, where)
			return
		}
	}
	want := make([]bool, len(x.n.stakes))
	for _, uid := range wholes(x.t, v) {
		require.Less(x.t, uid, len(want), where)
		want[uid] = true
	}
	require.Equal(x.t, want, x.n.permits, where)
}

func (x expectation) bond(where string, i, j int, v any) {
	x.t.Helper()
	require.Less(x.t, max(i, j), len(x.n.stakes), where)
	got, want := x.n.bonds[i*len(x.n.stakes)+j], number(x.t, v)
	if strings.Contains(where, "u16") || want > 1 {
		require.InDelta(x.t, want, got, math.Floor(x.within), "%s %d->%d", where, i, j)
		return
	}
	require.InDelta(x.t, want, float64(got)/65535, max(x.within, 1e-12), "%s %d->%d", where, i, j)
}

// bonds are words like "[0..1][2..3]=65535, else 0", a map like {"0->2,3": 65535}, a list of
// [from, to, bond] where the name says asserted, or rows: each of them pairs of column and
// bond with 0 elsewhere, or dense, over all neurons or over the columns of the case.
func (x expectation) bonds(where string, v any) {
	x.t.Helper()
	switch v := v.(type) {
	case string:
		x.wordedBonds(where, v)
	case map[string]any:
		for arrow, want := range v {
			from, to, found := strings.Cut(arrow, "->")
			if !found {
				from, to, found = strings.Cut(arrow, ",")
			}
			require.True(x.t, found, arrow)
			for _, i := range someOf(x.t, from) {
				for _, j := range someOf(x.t, to) {
					x.bond(where, i, j, want)
				}
			}
		}
	default:
		for i, row := range list(x.t, v) {
			if strings.Contains(where, "asserted") {
				triple := list(x.t, row)
				require.Len(x.t, triple, 3, where)
				x.bond(where, whole(x.t, triple[0]), whole(x.t, triple[1]), triple[2])
				continue
			}
			x.bondRow(where, i, list(x.t, row))
		}
	}
}

func (x expectation) bondRow(where string, i int, row []any) {
	x.t.Helper()
	if len(row) == 0 || isList(row[0]) {
		want := make([]any, len(x.n.stakes))
		for j := range want {
			want[j] = json.Number("0")
		}
		for _, pair := range row {
			entry := list(x.t, pair)
			j := whole(x.t, entry[0])
			require.Less(x.t, j, len(want), where)
			want[j] = entry[1]
		}
		row = want
	}
	columns := indices(len(x.n.stakes))
	if len(row) != len(columns) {
		columns = x.columns
	}
	require.Len(x.t, row, len(columns), where)
	for k, want := range row {
		x.bond(where, i, columns[k], want)
	}
}

func (x expectation) wordedBonds(where, words string) {
	x.t.Helper()
	said := map[[2]int]any{}
	blocks := regexp.MustCompile(`\[([\d.,]+)\]\[([\d.,]+)\]\s*=\s*([\d.]+)`).FindAllStringSubmatch(words, -1)
	require.NotEmpty(x.t, blocks, words)
	for _, block := range blocks {
		for _, i := range someOf(x.t, block[1]) {
			for _, j := range someOf(x.t, block[2]) {
				said[[2]int{i, j}] = block[3]
			}
		}
	}
	otherwise := regexp.MustCompile(`else\s+([\d.]+)`).FindStringSubmatch(words)
	for i := range x.n.stakes {
		for j := range x.n.stakes {
			if want, is := said[[2]int{i, j}]; is {
				x.bond(where, i, j, want)
			} else if otherwise != nil {
				x.bond(where, i, j, otherwise[1])
			}
		}
	}
}

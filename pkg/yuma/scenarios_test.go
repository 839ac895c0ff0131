// SPDX-License-Identifier: Apache-2.0

package yuma_test

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

type vectorStep struct {
	Block      int `json:"block"`
	SetWeights []struct {
		UID     int      `json:"uid"`
		UIDs    []int    `json:"uids"`
		Values  []uint16 `json:"values"`
		AtBlock int      `json:"at_block"`
	} `json:"set_weights"`
	Emission []uint64 `json:"expect_emission"`
	Bonds    [][3]int `json:"expect_bonds_u16_asserted"`
	Expect   *struct {
		Dividends map[int]uint16  `json:"dividends_u16"`
		Emission  []uint64        `json:"emission"`
		Bonds     json.RawMessage `json:"bonds_u16"`
	} `json:"expect"`
	State *struct {
		Bonds     [][][2]int `json:"bonds_u16_rows"`
		Incentive []uint16   `json:"incentive_u16"`
		Dividends []uint16   `json:"dividends_u16"`
		Consensus []uint16   `json:"consensus_u16"`
		Trust     []uint16   `json:"vtrust_u16"`
		Sum       uint64     `json:"emission_sum"`
	} `json:"derived_full_state"`
}

// runSteps plays blocks at which some neurons set weights, bit for bit.
func runSteps(t *testing.T, p published, v vector) {
	n := p.network(t, v, parse[[]uint64](t, v.Stakes))
	for _, step := range v.Steps {
		for _, w := range step.SetWeights {
			at := step.Block
			if w.AtBlock != 0 {
				at = w.AtBlock
			}
			n.setWeights(at, w.UID, w.UIDs, w.Values)
		}
		got := n.epoch(t, step.Block, v.Emission)
		requireStep(t, step, n, got)
	}
}

func requireStep(t *testing.T, step vectorStep, n *network, got result) {
	t.Helper()
	if step.Emission != nil {
		require.Equal(t, step.Emission, got.emission, "block %d", step.Block)
	}
	for _, b := range step.Bonds {
		require.Equal(t, b[2], n.bond(b[0], b[1]), "block %d, bond %d %d", step.Block, b[0], b[1])
	}
	if e := step.Expect; e != nil {
		require.Equal(t, e.Emission, got.emission, "block %d", step.Block)
		for i, d := range e.Dividends {
			require.Equal(t, d, got.dividends[i], "block %d, dividend %d", step.Block, i)
		}
		requireWordedBonds(t, e.Bonds, n)
	}
	if s := step.State; s != nil {
		require.Equal(t, s.Incentive, got.incentive, "block %d", step.Block)
		require.Equal(t, s.Dividends, got.dividends, "block %d", step.Block)
		require.Equal(t, s.Consensus, got.consensus, "block %d", step.Block)
		require.Equal(t, s.Trust, got.trust, "block %d", step.Block)
		require.Equal(t, s.Bonds, n.bondRows(len(s.Bonds)), "block %d", step.Block)
		sum := uint64(0)
		for _, e := range got.emission {
			sum += e
		}
		require.Equal(t, s.Sum, sum, "block %d", step.Block)
	}
}

func (n *network) bond(i, j int) int { return int(n.bonds[i*len(n.stakes)+j]) }

// bondRows is the bonds that are not 0 of the first rows, the rest having none.
func (n *network) bondRows(rows int) [][][2]int {
	out := make([][][2]int, rows)
	for i := range len(n.stakes) {
		for j := range len(n.stakes) {
			if b := n.bond(i, j); b != 0 {
				out[i] = append(out[i], [2]int{j, b})
			}
		}
	}
	return out
}

// requireWordedBonds reads "[0..1][2..3]=65535, else 0" and {"0->2,3": 65535}.
func requireWordedBonds(t *testing.T, raw json.RawMessage, n *network) {
	t.Helper()
	if strings.HasPrefix(string(raw), "{") {
		for arrow, want := range parse[map[string]int](t, raw) {
			from, to, found := strings.Cut(arrow, "->")
			require.True(t, found, arrow)
			for _, j := range strings.Split(to, ",") {
				require.Equal(t, want, n.bond(firstNumber(t, from), firstNumber(t, j)), arrow)
			}
		}
		return
	}
	block := regexp.MustCompile(`^\[(\d+)\.\.(\d+)\]\[(\d+)\.\.(\d+)\]=(\d+), else 0$`)
	match := block.FindStringSubmatch(parse[string](t, raw))
	require.Len(t, match, 6, "%s", raw)
	var at [5]int
	for i := range at {
		at[i], _ = strconv.Atoi(match[i+1])
	}
	for i := range n.stakes {
		for j := range n.stakes {
			want := 0
			if at[0] <= i && i <= at[1] && at[2] <= j && j <= at[3] {
				want = at[4]
			}
			require.Equal(t, want, n.bond(i, j), "bond %d %d", i, j)
		}
	}
}

// runSeries plays epochs whose expectations have four decimals.
func runSeries(t *testing.T, p published, v vector) {
	n := p.network(t, v, parse[[]uint64](t, v.Stakes))
	tolerance := parse[float64](t, v.Tolerance)
	for _, e := range parse[[]struct {
		Epoch     int
		Weights   [][]uint16
		Bonds     [][]float64
		Dividends []float64
	}](t, v.Epochs) {
		block := e.Epoch + 1
		for uid, values := range e.Weights {
			n.setWeights(block, uid, v.WeightUIDs, values)
		}
		got := n.epoch(t, block, v.Emission)
		for i, want := range e.Dividends {
			require.InDelta(t, want, float(got.exactDividends[i]), tolerance, "epoch %d, dividend %d", e.Epoch, i)
		}
		for i, r := range e.Bonds {
			for k, want := range r {
				bond := float64(n.bond(i, v.WeightUIDs[k])) / 65535
				require.InDelta(t, want, bond, tolerance, "epoch %d, bond %d %d", e.Epoch, i, k)
			}
		}
	}
}

type neuronExpect struct {
	Consensus uint16 `json:"consensus_u16"`
	Incentive uint16 `json:"incentive_u16"`
	Dividends uint16 `json:"dividends_u16"`
	Emission  uint64 `json:"emission"`
	Bond      int    `json:"bond_to_server_u16"`
}

// runUniform plays the graph in which each validator weighs all servers alike.
func runUniform(t *testing.T, p published, v vector) {
	perValidator := uint64(firstNumber(t, parse[string](t, v.Stakes)))
	stakes := make([]uint64, v.N)
	for i := range v.Most {
		stakes[i] = perValidator
	}
	n := p.network(t, v, stakes)
	servers, values := indices(v.N)[v.Most:], make([]uint16, v.N-v.Most)
	for k := range values {
		values[k] = uint16(firstNumber(t, strings.SplitN(v.Weights, "sets ", 2)[1]))
	}
	expect := parse[struct{ Validator, Server neuronExpect }](t, v.Expect)
	for epoch := 1; epoch <= parse[int](t, v.Epochs); epoch++ {
		for i := range v.Most {
			n.setWeights(epoch, i, servers, values)
		}
		got := n.epoch(t, epoch, v.Emission)
		for i := range v.N {
			want := expect.Server
			if i < v.Most {
				want = expect.Validator
			}
			require.Equal(t, want, neuronExpect{
				got.consensus[i], got.incentive[i], got.dividends[i], got.emission[i], n.bond(i, v.N-1),
			}, "epoch %d, neuron %d", epoch, i)
		}
	}
}

// runSelfWeights plays the graph in which each neuron weighs itself alone, which
// the diagonal's mask leaves with nothing.
func runSelfWeights(t *testing.T, p published, v vector) {
	stakes := parse[[]uint64](t, v.Stakes)
	n := p.network(t, v, stakes)
	for i := range stakes {
		n.setWeights(1, i, []int{i}, []uint16{65535})
	}
	got := n.epoch(t, 1, v.Emission)
	zeros := make([]uint16, len(stakes))
	require.Equal(t, zeros, got.consensus)
	require.Equal(t, zeros, got.incentive)
	require.Equal(t, zeros, got.dividends)
	if each := parse[struct {
		Emission uint64 `json:"emission_each"`
	}](t, v.Expect).Emission; each != 0 {
		for _, e := range got.emission {
			require.Equal(t, each, e)
		}
	}
}

type dropped struct {
	Before int `json:"bond_before_u16"`
	After  int `json:"bond_after_u16"`
}

// runDropped plays ten epochs of equal weights and one without the first server,
// with the stakes and parameters of the first series that has liquid alpha.
func runDropped(t *testing.T, p published, v vector) {
	for _, series := range p.Vectors {
		if !series.Liquid {
			continue
		}
		for name, c := range map[string]struct {
			want *dropped
			drop bool
		}{"an explicit zero": {v.ExplicitZero, false}, "left out": {v.Omitted, true}} {
			n := p.network(t, series, parse[[]uint64](t, series.Stakes))
			n.params.DropMissingBonds = c.drop
			uids := series.WeightUIDs
			for block := 1; block <= 11; block++ {
				values := []uint16{65535, 65535}
				if block == 11 {
					require.Equal(t, c.want.Before, n.bond(0, uids[0]), name)
					values[0] = 0
				}
				for i := range n.maxValidators {
					n.setWeights(block, i, uids, values)
				}
				n.epoch(t, block, v.Emission)
			}
			require.Equal(t, c.want.After, n.bond(0, uids[0]), name)
		}
		return
	}
	t.Fatal("no series has liquid alpha")
}

// SPDX-License-Identifier: Apache-2.0

package yuma_test

import (
	"math/bits"
	"slices"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/yuma"
)

// network is the published form around the engine: n neurons, each of them row and column,
// permits, masks and the fallback.
type network struct {
	settings
	stakes       []uint64
	registeredAt []int
	lastUpdate   []int
	permits      []bool
	weights      []uint16
	bonds        []uint16
	engine       yuma.Engine
}

// settings of a network.
type settings struct {
	params        yuma.Params
	tempo, cutoff int
	maxValidators int
	minStake      uint64
	// owner may weigh itself; -1 is nobody.
	owner    int
	emission uint64
}

// result is one epoch by neuron.
type result struct {
	consensus, incentive, dividends, validatorTrust, trust []fixed.Q32
	emission, serverEmission, validatorEmission            []uint64
}

func newNetwork(t tester, s settings, stakes []uint64) *network {
	size := len(stakes)
	n := &network{
		settings: s, stakes: stakes, registeredAt: make([]int, size), lastUpdate: make([]int, size),
		permits: make([]bool, size), weights: make([]uint16, size*size), bonds: make([]uint16, size*size),
	}
	n.epoch(t, 0) // issues the permits before any weight exists
	return n
}

// setWeights stores a row, stretched so that its largest value is 65535.
func (n *network) setWeights(block, uid int, uids []int, values []uint16) {
	size := len(n.stakes)
	clear(n.weights[uid*size : (uid+1)*size])
	for k, v := range upscale(values) {
		n.weights[uid*size+uids[k]] = v
	}
	n.lastUpdate[uid] = block
}

// register gives a uid to another: without permit and bonds of its own, with that stake.
func (n *network) register(block, uid int, stake uint64) {
	size := len(n.stakes)
	n.registeredAt[uid], n.stakes[uid], n.permits[uid] = block, stake, false
	clear(n.bonds[uid*size : (uid+1)*size])
}

// resetBonds removes all bonds to a uid.
func (n *network) resetBonds(uid int) {
	for i := range n.stakes {
		n.bonds[i*len(n.stakes)+uid] = 0
	}
}

// scores applies the masks in the published order: rows without an old permit, the diagonal,
// entries last set when the other was not yet registered.
func (n *network) scores() []uint16 {
	size := len(n.stakes)
	out := slices.Clone(n.weights)
	for i := range size {
		for j := range size {
			if !n.permits[i] || i == j && i != n.owner || n.lastUpdate[i] <= n.registeredAt[j] {
				out[i*size+j] = 0
			}
		}
	}
	return out
}

// oldBonds are without those to neurons that were registered since the last epoch.
func (n *network) oldBonds(block int) []uint16 {
	size := len(n.stakes)
	out, last := slices.Clone(n.bonds), max(block-n.tempo, 0)
	for j, at := range n.registeredAt {
		for i := range size {
			if last <= at {
				out[i*size+j] = 0
			}
		}
	}
	return out
}

func (n *network) epoch(t tester, block int) result {
	t.Helper()
	size, power := len(n.stakes), slices.Clone(n.stakes)
	for i, stake := range power {
		if stake < n.minStake {
			power[i] = 0
		}
	}
	permits := topK(power, n.maxValidators)
	in := yuma.Input{
		Validators: size, Contributions: size, Power: power, Active: make([]bool, size),
		Scores: yuma.Matrix{Values: n.scores()}, Bonds: yuma.Matrix{Values: n.oldBonds(block)},
	}
	for i := range size {
		permits[i] = permits[i] && power[i] > 0
		in.Active[i] = permits[i] && n.lastUpdate[i]+n.cutoff >= block
	}
	out, err := n.engine.Run(n.params, in)
	require.NoError(t, err)
	requireSameCompressed(t, n.params, in, out)
	n.permits, n.bonds = permits, slices.Clone(out.Bonds.Values)
	got := result{
		consensus: slices.Clone(out.Consensus), incentive: slices.Clone(out.Incentive), dividends: slices.Clone(out.Dividends),
		validatorTrust: slices.Clone(out.Trust), trust: serverTrust(in, out),
	}
	n.pay(&got, in)
	return got
}

// pay shares the emission out: incentive and dividend over the sum of both, or, when there
// are none, active stake, or else stake.
func (n *network) pay(r *result, in yuma.Input) {
	combined := make([]fixed.Q32, len(in.Power))
	for i := range combined {
		combined[i] = r.incentive[i] + r.dividends[i]
	}
	sum := fixed.Sum(combined)
	if sum == 0 {
		combined = stakeShares(in.Power, in.Active)
	}
	if fixed.Sum(combined) == 0 {
		combined = stakeShares(in.Power, nil)
	}
	r.emission = n.amounts(fixed.Norm(combined))
	r.serverEmission, r.validatorEmission = n.amounts(over(r.incentive, sum)), n.amounts(over(r.dividends, sum))
	if sum == 0 {
		r.validatorEmission = r.emission
	}
}

func (n *network) amounts(shares []fixed.Q32) []uint64 {
	out := make([]uint64, len(shares))
	for i, share := range shares {
		hi, lo := bits.Mul64(uint64(share), n.emission)
		out[i] = hi<<32 | lo>>32
	}
	return out
}

func over(v []fixed.Q32, sum fixed.Q32) []fixed.Q32 {
	out := make([]fixed.Q32, len(v))
	for i, x := range v {
		out[i] = x.Div(sum)
	}
	return out
}

func stakeShares(stakes []uint64, active []bool) []fixed.Q32 {
	var total uint64
	for _, s := range stakes {
		total += s
	}
	out := make([]fixed.Q32, len(stakes))
	for i, s := range stakes {
		if active == nil || active[i] {
			out[i] = fixed.FromRatio(s, total)
		}
	}
	return fixed.Norm(out)
}

// serverTrust is, by column, what is left of its rank after clipping.
func serverTrust(in yuma.Input, out yuma.Output) []fixed.Q32 {
	power, n := stakeShares(in.Power, in.Active), in.Validators
	before, after := make([]fixed.Q32, n), make([]fixed.Q32, n)
	for i := range n {
		row := make([]fixed.Q32, n)
		for j := range n {
			row[j] = fixed.Q32(in.Scores.Values[i*n+j]) * fixed.One
		}
		for j, w := range fixed.Norm(row) {
			before[j] += power[i].Mul(w)
			after[j] += power[i].Mul(min(w, out.Consensus[j]))
		}
	}
	for j := range n {
		after[j] = after[j].Div(before[j])
	}
	return after
}

// upscale stretches values so that the largest becomes 65535, a half rounded up.
func upscale(values []uint16) []uint16 {
	out := make([]uint16, len(values))
	if len(values) == 0 || slices.Max(values) == 0 {
		return out
	}
	most := uint64(slices.Max(values))
	for i, v := range values {
		out[i] = uint16((2*uint64(v)*65535 + most) / (2 * most))
	}
	return out
}

// topK marks the k largest: of a stable rising order the first n-k are dropped, so
// on ties the higher index stays.
func topK(values []uint64, k int) []bool {
	order := indices(len(values))
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case values[a] < values[b]:
			return -1
		case values[a] > values[b]:
			return 1
		}
		return 0
	})
	keep := make([]bool, len(values))
	for _, i := range order[max(0, len(order)-k):] {
		keep[i] = true
	}
	return keep
}

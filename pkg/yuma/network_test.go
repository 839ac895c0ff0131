// SPDX-License-Identifier: Apache-2.0

package yuma_test

import (
	"math/bits"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/yuma"
)

// network is the published form around the engine: n neurons, each of them row and
// column, permits, masks and the fallback. All are registered at block 0.
type network struct {
	params        yuma.Params
	stakes        []uint64
	tempo         int
	cutoff        int
	maxValidators int

	permits    []bool
	lastUpdate []int
	weights    []uint16
	bonds      []uint16
	engine     yuma.Engine
}

// result is one epoch by neuron, in the 16 bits that the published form stores.
type result struct {
	consensus, incentive, dividends, trust []uint16
	exactDividends                         []fixed.Q32
	emission                               []uint64
}

func (n *network) start(t *testing.T) {
	t.Helper()
	size := len(n.stakes)
	n.permits, n.lastUpdate = make([]bool, size), make([]int, size)
	n.weights, n.bonds = make([]uint16, size*size), make([]uint16, size*size)
	n.epoch(t, 0, 0) // issues the permits before any weight exists
}

func (n *network) setWeights(block, uid int, uids []int, values []uint16) {
	size := len(n.stakes)
	clear(n.weights[uid*size : (uid+1)*size])
	for k, v := range upscale(values) {
		n.weights[uid*size+uids[k]] = v
	}
	n.lastUpdate[uid] = block
}

// scores applies the masks in the published order: rows without an old permit, the
// diagonal, entries last set when the other was not yet registered.
func (n *network) scores() []uint16 {
	size := len(n.stakes)
	out := slices.Clone(n.weights)
	for i := range size {
		for j := range size {
			if !n.permits[i] || i == j || n.lastUpdate[i] <= 0 {
				out[i*size+j] = 0
			}
		}
	}
	return out
}

func (n *network) epoch(t *testing.T, block int, emission uint64) result {
	t.Helper()
	size, permits := len(n.stakes), topK(n.stakes, n.maxValidators)
	in := yuma.Input{
		Validators: size, Contributions: size, Power: n.stakes,
		Active: make([]bool, size), Scores: yuma.Matrix{Values: n.scores()},
	}
	if block-n.tempo > 0 {
		in.Bonds.Values = n.bonds
	}
	for i := range size {
		permits[i] = permits[i] && n.stakes[i] > 0
		in.Active[i] = permits[i] && n.lastUpdate[i]+n.cutoff >= block
	}
	out, err := n.engine.Run(n.params, in)
	require.NoError(t, err)
	n.permits, n.bonds = permits, slices.Clone(out.Bonds.Values)
	return result{
		consensus: sixteen(out.Consensus), incentive: sixteen(out.Incentive),
		dividends: sixteen(out.Dividends), trust: sixteen(out.Trust),
		exactDividends: slices.Clone(out.Dividends),
		emission:       n.pay(out, in.Active, emission),
	}
}

// pay is what each neuron gets of the emission: incentive and dividend over the sum
// of both, or, when there are none, active stake, or else stake.
func (n *network) pay(out yuma.Output, active []bool, emission uint64) []uint64 {
	combined := make([]fixed.Q32, len(n.stakes))
	for i := range combined {
		combined[i] = out.Incentive[i] + out.Dividends[i]
	}
	if fixed.Sum(combined) == 0 {
		combined = stakeShares(n.stakes, active)
	}
	if fixed.Sum(combined) == 0 {
		combined = stakeShares(n.stakes, nil)
	}
	paid := make([]uint64, len(combined))
	for i, share := range fixed.Norm(combined) {
		hi, lo := bits.Mul64(uint64(share), emission)
		paid[i] = hi<<32 | lo>>32
	}
	return paid
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

func sixteen(v []fixed.Q32) []uint16 {
	out := make([]uint16, len(v))
	for i, x := range v {
		out[i] = x.ToU16()
	}
	return out
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

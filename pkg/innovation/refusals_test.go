// SPDX-License-Identifier: Apache-2.0

package innovation_test

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/innovation"
	"github.com/weal-network/weal/pkg/yuma"
)

func TestAnEpochThatCannotBeIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*innovation.Input)
		text   string
	}{
		"active too short": {func(in *innovation.Input) { in.Active = []bool{true} }, "active has 1 elements, expected 3"},
		"too much power":   {func(in *innovation.Input) { in.Power[1], in.Power[2] = math.MaxUint64, 1 }, "the sum of power passes 64 bits at validator"},
		"scores missing":   {func(in *innovation.Input) { in.Scores.Values = in.Scores.Values[1:] }, "expected 12"},
		"columns fall": {func(in *innovation.Input) {
			in.Scores = yuma.Matrix{Values: []uint16{1, 1}, Columns: []uint16{1, 0}, Starts: []int{0, 2, 2, 2}}
		}, "bad shape"},
		"too many columns":    {func(in *innovation.Input) { in.Columns = yuma.MaxContributions + 1 }, "65537 contributions, expected 0 to 65536"},
		"last missing":        {func(in *innovation.Input) { in.Public.Last = nil }, "public last has 0 elements, expected 4"},
		"slow too long":       {func(in *innovation.Input) { in.Public.Slow = append(in.Public.Slow, 0) }, "public slow has 5 elements, expected 4"},
		"a share below 0":     {func(in *innovation.Input) { in.Public.Fast[2] = -1 }, "public fast of column 2 is -0.0000000002"},
		"a share above 1":     {func(in *innovation.Input) { in.Public.Last[3] = fixed.One + 1 }, "public last of column 3 is 1.0000000002"},
		"assigned too short":  {func(in *innovation.Input) { in.Assigned = make([]uint64, 3) }, "assigned has 3 elements, expected 4"},
		"assigned to a ghost": {func(in *innovation.Input) { in.Assigned = []uint64{7, 7, 8, 7} }, "column 2 is assigned to a validator beyond the 3"},
	} {
		t.Run(name, func(t *testing.T) {
			in := population(1, 3, 4, 1)
			in.Public.Fast = slices.Clone(in.Public.Fast)
			c.change(&in)
			var e innovation.Engine
			_, err := e.Run(innovation.DefaultParams(), in)
			require.ErrorIs(t, err, innovation.ErrShape)
			require.ErrorContains(t, err, c.text)
		})
	}
}

func TestAParameterOutsideItsRangeIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*innovation.Params)
		text   string
	}{
		"no kappa":       {func(p *innovation.Params) { p.Kappa = 0 }, "kappa is 0"},
		"kappa above 1":  {func(p *innovation.Params) { p.Kappa = fixed.One + 1 }, "kappa is 1.0000000002"},
		"no clip":        {func(p *innovation.Params) { p.Clip = 0 }, "clip is 0"},
		"clip above 4":   {func(p *innovation.Params) { p.Clip = 4*fixed.One + 1 }, "clip is 4.0000000002"},
		"fast below 0":   {func(p *innovation.Params) { p.Fast = -1 }, "fast is -0.0000000002"},
		"slow above 1":   {func(p *innovation.Params) { p.Slow = 2 * fixed.One }, "slow is 2"},
		"rate above 1":   {func(p *innovation.Params) { p.Rate = 2 * fixed.One }, "rate is 2"},
		"least of 0":     {func(p *innovation.Params) { p.Least = 0 }, "least is 0"},
		"from above to":  {func(p *innovation.Params) { p.From = p.To }, "from is 0.8499999999"},
		"to above 1":     {func(p *innovation.Params) { p.To = fixed.One + 1 }, "to is 1.0000000002"},
		"lambda below 0": {func(p *innovation.Params) { p.Lambda = -1 }, "lambda is -0.0000000002"},
	} {
		t.Run(name, func(t *testing.T) {
			p := innovation.DefaultParams()
			c.change(&p)
			var e innovation.Engine
			_, err := e.Run(p, population(1, 3, 4, 1))
			require.ErrorIs(t, err, innovation.ErrParams)
			require.ErrorContains(t, err, c.text)
			require.ErrorIs(t, e.Begin(p, nil, nil, innovation.Progress{}), innovation.ErrParams)
		})
	}
}

func TestAProgressThatDoesNotFitIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		from innovation.Progress
		text string
	}{
		"no row sums":        {innovation.Progress{}, "row sums has 0 elements, expected 2"},
		"medians too short":  {innovation.Progress{RowSums: []uint64{1, 2}, MedianSums: []uint64{1}}, "progress of medians has 1 elements"},
		"products too short": {innovation.Progress{RowSums: []uint64{1, 2}, Products: make([]innovation.Products, 3)}, "progress of products has 3 elements"},
		"a sum beyond all":   {innovation.Progress{RowSums: []uint64{1, 1 << 32}}, "validator 1 has a sum of scores of 4294967296"},
		"medians beyond all": {innovation.Progress{RowSums: []uint64{1, 1}, MedianSums: []uint64{1<<48 + 1, 0}}, "validator 0 has a sum of medians"},
	} {
		t.Run(name, func(t *testing.T) {
			var e innovation.Engine
			err := e.Begin(innovation.DefaultParams(), []uint64{1, 1}, nil, c.from)
			require.ErrorIs(t, err, innovation.ErrShape)
			require.ErrorContains(t, err, c.text)
		})
	}
}

// Shares that add up to more than they can: the sums of products would no longer be whole.
func TestAPublicThatAddsUpToMoreThanTwoIsRefused(t *testing.T) {
	in := population(1, 3, 4, 1)
	for j := range in.Public.Last {
		in.Public.Last[j] = fixed.One
	}
	var e innovation.Engine
	_, err := e.Run(innovation.DefaultParams(), in)
	require.ErrorIs(t, err, innovation.ErrShape)
	require.ErrorContains(t, err, "add up to")
}

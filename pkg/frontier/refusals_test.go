// SPDX-License-Identifier: Apache-2.0

package frontier_test

import (
	"errors"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/frontier"
)

func TestAParameterOutsideItsRangeIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*frontier.Params)
		text   string
	}{
		"a window of one epoch":     {func(p *frontier.Params) { p.Settle = 1 }, "settle is 1, expected 2 to 64"},
		"a window too long":         {func(p *frontier.Params) { p.Settle = 65 }, "settle is 65"},
		"a threshold too small":     {func(p *frontier.Params) { p.EpsMin = 127 }, "eps_min is 127, expected 128 to 65535"},
		"thresholds that fall":      {func(p *frontier.Params) { p.EpsMax = 130 }, "eps_max is 130, expected 131 to 65535"},
		"no par":                    {func(p *frontier.Params) { p.Par = 0 }, "par is 0"},
		"more depth than there is":  {func(p *frontier.Params) { p.Depth = 65_536 }, "depth is 65536"},
		"no kappa":                  {func(p *frontier.Params) { p.Kappa = 0 }, "kappa is 0"},
		"a quorum above all":        {func(p *frontier.Params) { p.Quorum = fixed.One + 1 }, "quorum is 1.0000000002"},
		"a rate below 0":            {func(p *frontier.Params) { p.NoiseRate = -1 }, "noise rate is -0.0000000002"},
		"a stream of more than all": {func(p *frontier.Params) { p.Stock = 2 * fixed.One }, "stock is 2"},
		"no half-life":              {func(p *frontier.Params) { p.HalfLife = 0 }, "half-life is 0"},
	} {
		t.Run(name, func(t *testing.T) {
			p := frontier.DefaultParams()
			c.change(&p)
			_, err := new(frontier.Machine).Begin(p, frontier.Epoch{})
			require.ErrorIs(t, err, frontier.ErrParams)
			require.ErrorContains(t, err, c.text)
		})
	}
}

func TestAnEpochThatCannotBeIsRefusedAndChangesNothing(t *testing.T) {
	for name, c := range map[string]struct {
		epoch frontier.Epoch
		text  string
	}{
		"ids that do not rise":      {frontier.Epoch{Number: 9, IDs: []uint64{2, 2}}, "ids: 2 comes after 2"},
		"entered that do not rise":  {frontier.Epoch{Number: 9, IDs: []uint64{1, 2}, Entered: []uint64{2, 1}}, "entered: 1 comes after 2"},
		"an epoch of the past":      {frontier.Epoch{Number: 3}, "epoch 3 after epoch 4"},
		"who entered is not scored": {frontier.Epoch{Number: 9, IDs: []uint64{1}, Entered: []uint64{2}}, "contribution 2 entered and is not scored"},
		"too much power":            {frontier.Epoch{Number: 9, Power: []uint64{math.MaxUint64, 1}}, "the sum of power passes 64 bits at validator 1"},
		"too many contributions":    {frontier.Epoch{Number: 9, IDs: make([]uint64, frontier.MaxContributions+1)}, "65537 contributions"},
	} {
		t.Run(name, func(t *testing.T) {
			k := newTopic(t, 1, 3, 0, 0)
			k.commit(1, "ann", 30_000)
			k.play(4)
			before := k.m.Encode(nil)
			_, err := k.m.Begin(k.params, c.epoch)
			require.ErrorIs(t, err, frontier.ErrInput)
			require.ErrorContains(t, err, c.text)
			require.Equal(t, before, k.m.Encode(nil))
		})
	}
}

func TestATileThatDoesNotFitIsRefused(t *testing.T) {
	var m frontier.Machine
	_, err := m.Begin(frontier.DefaultParams(), frontier.Epoch{Number: 1, IDs: []uint64{1, 2}, Power: []uint64{1, 1}})
	require.NoError(t, err)
	for text, err := range map[string]error{
		"3 scores, expected 4":                      m.Observe([]uint64{1, 2}, make([]uint16, 3), nil),
		"1 scores of the reference, expected 2":     m.Observe([]uint64{1, 2}, make([]uint16, 4), make([]uint16, 1)),
		"a tile begins with contribution 1 after 2": errors.Join(m.Observe([]uint64{1, 2}, []uint16{5, 5, 5, 5}, nil), m.Observe([]uint64{1}, make([]uint16, 2), nil)),
	} {
		require.ErrorIs(t, err, frontier.ErrInput)
		require.ErrorContains(t, err, text)
	}
}

// broken is a history that fails.
type broken struct{ *topic }

var errBroken = errors.New("the disk is gone")

func (broken) Scores(uint64, uint64, []uint16) error { return errBroken }

func TestAHistoryThatFailsDecidesNothing(t *testing.T) {
	k := newTopic(t, 1, 3, 0, 0)
	k.commit(1, "ann", 30_000)
	k.play(9)
	k.number++
	k.measure()
	k.entered = nil
	k.begin()
	before := k.m.Encode(nil)
	_, more, err := k.m.Next(broken{k})
	require.ErrorIs(t, err, errBroken)
	require.False(t, more)
	require.Equal(t, before, k.m.Encode(nil))
	o, more, err := k.m.Next(k)
	require.NoError(t, err)
	require.True(t, more)
	require.Equal(t, frontier.Recorded, o.Verdict)
	require.Equal(t, "raised the frontier", o.Verdict.String())
}

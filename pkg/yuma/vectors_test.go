// SPDX-License-Identifier: Apache-2.0

package yuma_test

import (
	"encoding/json"
	"math"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/yuma"
)

// published is testdata/yuma.json: numbers of the published implementation's tests.
// Cases are told apart by the fields that they have.
type published struct {
	Meta struct {
		DefaultParams vectorParams `json:"default_params"`
	} `json:"meta"`
	Vectors []vector `json:"vectors"`
}

type vector struct {
	ID        string          `json:"id"`
	Test      string          `json:"test"`
	Mode      string          `json:"mode"`
	Stakes    json.RawMessage `json:"stakes"`
	Tempo     int             `json:"tempo"`
	Cutoff    string          `json:"activity_cutoff"`
	CutoffMin string          `json:"activity_cutoff_blocks"`
	Most      int             `json:"max_validators"`
	Params    vectorParams    `json:"params"`
	Liquid    bool            `json:"liquid_alpha"`
	Emission  uint64          `json:"emission_per_epoch"`
	Tolerance json.RawMessage `json:"tolerance"`

	Steps      []vectorStep      `json:"steps"`
	Epochs     json.RawMessage   `json:"epochs"`
	WeightUIDs []int             `json:"weight_uids"`
	Cases      []json.RawMessage `json:"cases"`
	N          int               `json:"n"`
	Weights    string            `json:"weights"`
	Case       string            `json:"case"`
	Expect     json.RawMessage   `json:"expect"`

	ExplicitZero *dropped `json:"explicit_zero"`
	Omitted      *dropped `json:"omitted"`
}

type vectorParams struct {
	Kappa     *uint16 `json:"kappa_u16"`
	Average   *uint64 `json:"bonds_moving_average"`
	Penalty   *uint16 `json:"bonds_penalty_u16"`
	Lo        float64 `json:"alpha_low"`
	Hi        float64 `json:"alpha_high"`
	Steepness uint32  `json:"alpha_sigmoid_steepness"`
	Most      int     `json:"max_validators"`
	Tempo     int     `json:"tempo"`
}

// firstNumber reads the number out of a field that explains it in words.
func firstNumber(t *testing.T, text string) int {
	t.Helper()
	n, err := strconv.Atoi(regexp.MustCompile(`\d+`).FindString(text))
	require.NoError(t, err, "no number in %q", text)
	return n
}

func parse[T any](t *testing.T, raw json.RawMessage) T {
	t.Helper()
	var v T
	require.NoError(t, json.Unmarshal(raw, &v), "%s", raw)
	return v
}

// decimal is a published literal: a 32-bit float, exact in 32 fractional bits or
// cut to them.
func decimal(v float64) fixed.Q32 { return fixed.Q32(float64(float32(v)) * (1 << 32)) }

func load(t *testing.T) published {
	t.Helper()
	data, err := os.ReadFile("testdata/yuma.json")
	require.NoError(t, err)
	return parse[published](t, data)
}

// params merges a vector's parameters over the defaults.
func (p published) params(v vector) yuma.Params {
	defaults := p.Meta.DefaultParams
	for _, o := range []struct{ own, common **uint16 }{
		{&v.Params.Kappa, &defaults.Kappa}, {&v.Params.Penalty, &defaults.Penalty},
	} {
		if *o.own == nil {
			*o.own = *o.common
		}
	}
	if v.Params.Average == nil {
		v.Params.Average = defaults.Average
	}
	out := yuma.Params{
		Rule: yuma.YUMA2, Kappa: fixed.FromU16(*v.Params.Kappa), BondPenalty: fixed.FromU16(*v.Params.Penalty),
		BondsMovingAverage: fixed.FromRatio(*v.Params.Average, 1_000_000),
	}
	if v.Mode == "yuma3" {
		out.Rule = yuma.YUMA3
	}
	if v.Liquid {
		out.LiquidAlpha = yuma.LiquidAlpha{
			Enabled: true, Lo: decimal(v.Params.Lo), Hi: decimal(v.Params.Hi), Steepness: v.Params.Steepness,
		}
	}
	return out
}

func (p published) network(t *testing.T, v vector, stakes []uint64) *network {
	n := &network{
		params: p.params(v), stakes: stakes, tempo: max(v.Tempo, v.Params.Tempo, 1),
		cutoff: 5_000, maxValidators: len(stakes),
	}
	if v.Cutoff+v.CutoffMin != "" {
		n.cutoff = firstNumber(t, v.Cutoff+v.CutoffMin)
	}
	if most := max(v.Most, v.Params.Most); most > 0 {
		n.maxValidators = most
	}
	n.start(t)
	return n
}

const defaultEmission = 1_000_000_000

func TestPublishedCases(t *testing.T) {
	p := load(t)
	require.NotEmpty(t, p.Vectors)
	for _, v := range p.Vectors {
		if v.Emission == 0 {
			v.Emission = defaultEmission
		}
		t.Run(v.ID+" "+v.Test, func(t *testing.T) {
			switch {
			case v.Steps != nil:
				runSteps(t, p, v)
			case strings.HasPrefix(strings.TrimSpace(string(v.Epochs)), "["):
				runSeries(t, p, v)
			case v.N > 0:
				runUniform(t, p, v)
			case strings.Contains(v.Case, "self weight"), strings.Contains(v.Case, "a self weight"):
				runSelfWeights(t, p, v)
			case v.ExplicitZero != nil && v.Omitted != nil:
				runDropped(t, p, v)
			case v.Cases != nil:
				for _, c := range v.Cases {
					runCase(t, v, c)
				}
			default:
				t.Fatal("no field says what kind of case this is")
			}
		})
	}
}

// runCase runs one case of a single function.
func runCase(t *testing.T, v vector, raw json.RawMessage) {
	fields := parse[map[string]json.RawMessage](t, raw)
	has := func(name string) bool { _, found := fields[name]; return found }
	switch {
	case has("score"):
		runMedian(t, raw)
	case has("weights") && has("majority"):
		runColumnMedians(t, raw)
	case has("in") && has("k"):
		c := parse[struct {
			In     []uint64
			K      int
			Expect []int
		}](t, raw)
		for i, keep := range topK(c.In, c.K) {
			require.Equal(t, c.Expect[i] == 1, keep, "%s", raw)
		}
	case has("in"):
		c := parse[struct{ In, Expect []uint16 }](t, raw)
		require.Equal(t, c.Expect, upscale(c.In))
	case has("rho"):
		c := parse[struct{ Rho, X, Expect float64 }](t, raw)
		// Some of these literals are 32-bit floats upstream, some 64-bit ones.
		short, long := yuma.Sigmoid(decimal(c.Rho), decimal(c.X)), yuma.Sigmoid(decimal(c.Rho), fixed.Q32(c.X*(1<<32)))
		off := min(math.Abs(float(short)-c.Expect), math.Abs(float(long)-c.Expect))
		require.LessOrEqual(t, off, sigmoidTolerance, "%s", raw)
	case has("new") && has("old"):
		runFollow(t, raw)
	case has("sparse"):
		// The published sparse form drops a bond that has no weight: its numbers are
		// those of the vector that has both explicit_zero and omitted.
	case has("block_emission_rao"):
		// The published chain's halving schedule, which pkg/issuance does not follow.
	default:
		t.Fatalf("no field says what kind of case this is: %s", raw)
	}
}

// sigmoidTolerance is that of the vectors, whose expectations have ten decimals.
const sigmoidTolerance = 1e-9

func float(x fixed.Q32) float64 { return float64(x) / (1 << 32) }

func decimals(v []float64) []fixed.Q32 {
	out := make([]fixed.Q32, len(v))
	for i, x := range v {
		out[i] = decimal(x)
	}
	return out
}

func runMedian(t *testing.T, raw json.RawMessage) {
	c := parse[struct {
		Stake, Score     []float64
		Majority, Expect float64
	}](t, raw)
	stake := fixed.Norm(decimals(c.Stake))
	if len(stake) > 1 {
		stake = decimals(c.Stake) // only the case of one normalises its stake
	}
	got := yuma.WeightedMedian(decimals(c.Score), stake, fixed.One-decimal(c.Majority))
	require.Equal(t, decimal(c.Expect), got, "%s", raw)
}

func runColumnMedians(t *testing.T, raw json.RawMessage) {
	c := parse[struct {
		Stake, Expect []float64
		Weights       [][]float64
		Majority      float64
	}](t, raw)
	weights := make([][]fixed.Q32, len(c.Weights))
	for i, r := range c.Weights {
		weights[i] = decimals(r)
	}
	for j, want := range decimals(c.Expect) {
		require.Equal(t, want, columnMedian(decimals(c.Stake), weights, j, decimal(c.Majority)), "%s, column %d", raw, j)
	}
}

// runFollow takes scalars and matrices alike, a scalar alpha standing for all.
func runFollow(t *testing.T, raw json.RawMessage) {
	c := parse[struct {
		New, Old, Alpha, Expect json.RawMessage
		Tol                     float64
	}](t, raw)
	to, old, alpha, want := flat(t, c.New), flat(t, c.Old), flat(t, c.Alpha), flat(t, c.Expect)
	for i := range want {
		got := yuma.Follow(decimal(alpha[i%len(alpha)]), decimal(to[i]), decimal(old[i]))
		require.InDelta(t, want[i], float(got), max(c.Tol, math.Exp2(-32)), "%s", raw)
	}
}

func flat(t *testing.T, raw json.RawMessage) []float64 {
	if !strings.HasPrefix(string(raw), "[") {
		return []float64{parse[float64](t, raw)}
	}
	return slices.Concat(parse[[][]float64](t, raw)...)
}

// columnMedian is the median of a column by the stakes that are not 0, normalised, at most
// the stake less the majority below it.
func columnMedian(stakes []fixed.Q32, weights [][]fixed.Q32, j int, majority fixed.Q32) fixed.Q32 {
	var values, votes []fixed.Q32
	for i, stake := range stakes {
		if stake > 0 {
			values, votes = append(values, weights[i][j]), append(votes, stake)
		}
	}
	votes = fixed.Norm(votes)
	return yuma.WeightedMedian(values, votes, fixed.Sum(votes)-majority)
}

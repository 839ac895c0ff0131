// SPDX-License-Identifier: Apache-2.0

package yuma_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/pkg/fixed"
)

// vectorsVariable names another file of published cases.
const vectorsVariable = "WEAL_YUMA_VECTORS"

// published is a file of numbers of the published implementation's tests. Cases are told apart
// by the fields that they have.
type published struct {
	defaults *fields
	cases    []*fields
}

func load(t tester, path string) published {
	t.Helper()
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	file := object(t, path, decode(t, data))
	p := published{defaults: file.sub("meta").sub("default_params")}
	for i, v := range list(t, file.take("vectors")) {
		p.cases = append(p.cases, object(t, fmt.Sprintf("case %d", i), v))
	}
	require.NotEmpty(t, p.cases)
	return p
}

func TestPublishedCases(t *testing.T) {
	path := os.Getenv(vectorsVariable)
	if path == "" {
		path = "testdata/yuma.json"
	}
	load(t, path).test(t)
}

// More of the published tests, and what only a file of the same form could hold: epochs left
// out, uids that went to others, bonds that were reset, rows in every form.
func TestMoreCases(t *testing.T) { load(t, "testdata/more.json").test(t) }

func (p published) test(t *testing.T) {
	for _, c := range p.cases {
		t.Run(asText(c.take("id")), func(t *testing.T) { p.run(t, c) })
	}
}

// run plays a case; whatever it did not understand of it is an error.
func (p published) run(t tester, c *fields) {
	t.Helper()
	c, defaults := object(t, asText(c.take("id")), c.values), object(t, "defaults", p.defaults.values)
	p.play(t, c, defaults)
	c.close()
}

func (p published) play(t tester, c, defaults *fields) {
	words, _ := c.values["case"].(string)
	_, setsInWords := c.values["weights"].(string)
	switch {
	case c.has("cases"):
		for i, one := range list(t, c.take("cases")) {
			f := object(t, fmt.Sprintf("%s, case %d", c.where, i), one)
			runFunction(t, f, c)
			f.close()
		}
		c.take("tolerance")
	case c.has("explicit_zero") && c.has("omitted"):
		newScenario(t, c, defaults).dropped(p.liquidSeries(t, defaults))
	case c.has("n") && setsInWords:
		newScenario(t, c, defaults).uniform()
	case strings.Contains(words, "self weight"), strings.Contains(words, "self-weight"):
		newScenario(t, c, defaults).selfWeights()
	case c.has("steps"), c.has("epochs"):
		newScenario(t, c, defaults).play()
	case c.has("stakes"):
		newScenario(t, c, defaults).playOne()
	default:
		require.Fail(t, "no field says what kind of case this is", "%v", c.names())
	}
}

// liquidSeries is the first series with liquid alpha: cases that give no stakes of their own
// are about it.
func (p published) liquidSeries(t tester, defaults *fields) *scenario {
	for _, c := range p.cases {
		if c.values["liquid_alpha"] == true && c.has("weight_uids") {
			return newScenario(t, object(t, "series", c.values), defaults)
		}
	}
	return newScenario(t, object(t, "series", decode(t, []byte(likeTheSeries))), defaults)
}

// likeTheSeries is what all published series with liquid alpha have in common.
const likeTheSeries = `{
	"mode": "yuma3", "stakes": [8, 1, 1, 0, 0], "weight_uids": [3, 4], "liquid_alpha": true, "params": {
		"kappa_u16": 32767, "bonds_penalty_u16": 0, "bonds_moving_average": 975000,
		"alpha_low": 0.1, "alpha_high": 0.3, "alpha_sigmoid_steepness": 1000, "max_validators": 3, "tempo": 1
	}
}`

func asText(v any) string { return fmt.Sprint(v) }

// decimal is a published literal: a 32-bit float, exact in 32 fractional bits or
// cut to them.
func decimal(v float64) fixed.Q32 { return fixed.Q32(float64(float32(v)) * (1 << 32)) }

func float(x fixed.Q32) float64 { return float64(x) / (1 << 32) }

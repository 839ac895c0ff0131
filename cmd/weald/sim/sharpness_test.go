// SPDX-License-Identifier: Apache-2.0

package sim

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// closed is one epoch of four validators that all give two items 20000 and 40000.
func closed(t *testing.T, rules string, sharpness uint32) Outcome {
	t.Helper()
	s := DefaultScenario()
	s.Rules, s.Items, s.Sharpness = rules, 2, sharpness
	s.Groups = []Group{{Name: "honest", Strategy: "honest", Validators: 4, PowerBp: basisPoints}}
	require.NoError(t, s.Validate())
	out, err := newRules(s).Close(Epoch{
		Power: []uint64{1, 1, 1, 1}, Revealed: []bool{true, true, true, true}, IDs: []uint64{1, 2}, Live: []bool{true, true}, Fresh: []bool{true, true},
		Scores: []uint16{20_000, 40_000, 20_000, 40_000, 20_000, 40_000, 20_000, 40_000},
	})
	require.NoError(t, err)
	return out
}

func TestTheSharperTheMoreTheBetterModelHas(t *testing.T) {
	for _, rules := range RuleSets() {
		for sharpness := range uint32(9) {
			out := closed(t, rules, sharpness)
			times := int(1) << max(1, sharpness)
			require.InEpsilon(t, times, ratio(out.Pay[1], out.Pay[0]), 0.01, "sharpness %d under %s: a model of twice the score", sharpness, rules)
			require.Equal(t, []uint16{20_000, 40_000}, out.Quality, "a quality is of the scores as they came")
		}
	}
}

func TestASharpnessOf1IsNone(t *testing.T) {
	s := panels()
	none, err := Run(s, 1)
	require.NoError(t, err)
	s.Sharpness = 1
	one, err := Run(s, 1)
	require.NoError(t, err)
	require.Equal(t, none, one)
	s.Sharpness = 2
	two, err := Run(s, 1)
	require.NoError(t, err)
	require.NotEqual(t, none, two)
}

// SPDX-License-Identifier: Apache-2.0

package sim_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/cmd/weald/sim"
)

func TestTheNumberOfWorkersDoesNotShow(t *testing.T) {
	s := sim.DefaultScenario()
	s.Epochs, s.Warmup, s.Seeds = 20, 5, 5
	one, err := sim.Play(context.Background(), s, 1, nil)
	require.NoError(t, err)
	three, err := sim.Play(context.Background(), s, 3, nil)
	require.NoError(t, err)
	require.Equal(t, one, three)
}

func BenchmarkRun(b *testing.B) {
	s := sim.DefaultScenario()
	s.Groups[0].Validators, s.Items = 62, 48
	s.Rules = sim.RulesYuma3
	for b.Loop() {
		_, err := sim.Run(s, 1)
		require.NoError(b, err)
	}
}

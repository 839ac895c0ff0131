// SPDX-License-Identifier: Apache-2.0

package integration_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	scoringtypes "github.com/weal-network/weal/x/scoring/types"

	"github.com/weal-network/weal/testutil/chain"
)

// TestAValidatorThatMissesItsRevealsIsSuspendedAndComesBack is told through transactions: the last validator commits and
// never reveals, is left out for two epochs, and scores again.
func TestAValidatorThatMissesItsRevealsIsSuspendedAndComesBack(t *testing.T) {
	w := newWorld(t, quick, chain.WithModuleGenesis(scoringtypes.ModuleName, func(g *scoringtypes.GenesisState) {
		g.Params.MaxMisses, g.Params.MissWindow, g.Params.SuspendEpochs = 1, 10, 2
	}))
	ann := &model{owner: w.Accounts[0], bytes: "a"}
	w.enter(goTopic, ann)
	last := w.Validators[len(w.Validators)-1].Operator.String()
	// round plays an epoch of those that may score it, of whom the last one reveals or not.
	round := func(shows bool) scoringtypes.Epoch {
		epoch := w.open(goTopic)
		ballots := w.unanimous(entry(ann, 30_000))(epoch)
		var commits, reveals [][]byte
		for _, b := range ballots {
			commits = append(commits, w.Sign(0, b.commit()))
		}
		w.mustBlock(commits...)
		w.RunTo(epoch.RevealHeight - 1)
		for _, b := range ballots {
			if shows || b.validator.Operator.String() != last {
				reveals = append(reveals, w.Sign(0, b.reveal()))
			}
		}
		w.mustBlock(reveals...)
		w.RunTo(epoch.EndHeight)
		closed := w.closed(goTopic, epoch.Number)
		require.Equal(t, scoringtypes.EPOCH_STATUS_SCORED, closed.Status, closed.VoidReason)
		return closed
	}
	reliability := func() scoringtypes.Reliability {
		res, err := scoringtypes.NewQueryClient(w.Queries()).Reliability(w.Ctx(), &scoringtypes.QueryReliabilityRequest{TopicId: goTopic, Operator: last})
		require.NoError(t, err)
		return res.Validators[0]
	}
	require.True(t, round(false).Scores(last))
	require.False(t, reliability().Suspended)
	second := round(false)
	require.True(t, reliability().Suspended)
	require.Equal(t, second.Number+3, reliability().Record.ResumeEpoch)
	require.Equal(t, "it committed and did not reveal", reliability().Losses[0].Reason)
	for range 2 {
		epoch := round(true)
		require.False(t, epoch.Scores(last))
		_, err := w.check(epoch)
		require.NoError(t, err)
	}
	back := round(true)
	require.True(t, back.Scores(last))
	require.Equal(t, second.Number+3, back.Number)
	require.False(t, reliability().Suspended)
}

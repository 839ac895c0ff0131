// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/scoring/types"
)

func (w *world) setScorer(operator, scorer string) error {
	msg := &types.MsgSetScorer{Operator: operatorName(operator)}
	if scorer != "" {
		msg.Scorer = accountName(scorer)
	}
	_, err := w.msgs.SetScorer(w.ctx, msg)
	return err
}

func (w *world) scorerOf(operator string) string {
	w.t.Helper()
	res, err := w.queries.Scorer(w.ctx, &types.QueryScorerRequest{Operator: operatorName(operator)})
	require.NoError(w.t, err)
	return res.Scorer
}

func TestSetScorerIsRefusedAndNothingIsWritten(t *testing.T) {
	tests := map[string]struct {
		msg      types.MsgSetScorer
		expected error
		says     string
	}{
		"when the operator is no address":              {types.MsgSetScorer{Operator: "x", Scorer: accountName("hot")}, types.ErrInvalidMessage, "operator"},
		"when the operator runs no validator":          {types.MsgSetScorer{Operator: operatorName("eve"), Scorer: accountName("hot")}, types.ErrNotValidator, "create one first"},
		"when the scorer is no address":                {types.MsgSetScorer{Operator: operatorName("ann"), Scorer: "x"}, types.ErrInvalidMessage, "scorer"},
		"when the scorer is the operator itself":       {types.MsgSetScorer{Operator: operatorName("ann"), Scorer: accountName("ann")}, types.ErrInvalidScorer, "may always score"},
		"when the scorer operates another validator":   {types.MsgSetScorer{Operator: operatorName("ann"), Scorer: accountName("bob")}, types.ErrInvalidScorer, "another validator's operator account"},
		"when the scorer scores for another validator": {types.MsgSetScorer{Operator: operatorName("ann"), Scorer: accountName("bob-hot")}, types.ErrInvalidScorer, "no two validators share one"},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			w := running(t)
			require.NoError(t, w.setScorer("bob", "bob-hot"))
			w.block(4)
			w.refuses(tc.expected, tc.says, func() error {
				_, err := w.msgs.SetScorer(w.ctx, &tc.msg)
				return err
			})
		})
	}
}

func TestAScorerCommitsAndRevealsForItsValidatorWithoutFunds(t *testing.T) {
	w := running(t)
	require.NoError(t, w.setScorer("ann", "hot"))
	require.Equal(t, []string{string(account("hot"))}, w.accounts.created)

	commit := commitMsg("ann", 1, 1, scoreRow(1, 2, 3))
	commit.Signer = accountName("hot")
	_, err := w.msgs.CommitScores(w.ctx, commit)
	require.NoError(t, err)
	w.to(10)
	reveal := revealMsg("ann", 1, 1, scoreRow(1, 2, 3))
	reveal.Signer = accountName("hot")
	_, err = w.msgs.RevealScores(w.ctx, reveal)
	require.NoError(t, err)
}

func TestAScorerIsReplacedAndTakenAway(t *testing.T) {
	w := running(t)
	require.Empty(t, w.scorerOf("ann"))
	require.NoError(t, w.setScorer("ann", "hot"))
	require.NoError(t, w.setScorer("ann", "hot"), "naming the same key again changes nothing")
	require.Equal(t, accountName("hot"), w.scorerOf("ann"))

	require.NoError(t, w.setScorer("ann", "new"))
	require.Equal(t, accountName("new"), w.scorerOf("ann"))
	require.NoError(t, w.setScorer("bob", "hot"), "a key that was given up is free")

	require.NoError(t, w.setScorer("ann", ""))
	require.NoError(t, w.setScorer("ann", ""), "taking away what is not there changes nothing")
	require.Empty(t, w.scorerOf("ann"))
	w.block(4)
	w.refuses(types.ErrNotValidator, "set-scorer", func() error {
		msg := commitMsg("ann", 1, 1, scoreRow(1))
		msg.Signer = accountName("new")
		_, err := w.msgs.CommitScores(w.ctx, msg)
		return err
	})
}

func TestAnAccountThatBecomesAnOperatorSpeaksForItself(t *testing.T) {
	w := running(t)
	require.NoError(t, w.setScorer("ann", "hot"))
	w.staking.bond(sdk.ValAddress(account("hot")), 50)
	w.block(4)
	w.refuses(types.ErrNotPinned, operatorName("hot"), func() error {
		msg := commitMsg("ann", 1, 1, scoreRow(1))
		msg.Signer = accountName("hot")
		_, err := w.msgs.CommitScores(w.ctx, msg)
		return err
	})
}

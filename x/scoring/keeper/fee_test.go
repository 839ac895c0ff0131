// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	protov2 "google.golang.org/protobuf/proto"

	"github.com/weal-network/weal/x/scoring/types"
)

// fakeTx is a transaction that is nothing but its messages.
type fakeTx []sdk.Msg

func (tx fakeTx) GetMsgs() []sdk.Msg                    { return tx }
func (tx fakeTx) GetMsgsV2() ([]protov2.Message, error) { return nil, nil }

func TestWhatIsFreeOfFee(t *testing.T) {
	var (
		scores = scoreRow(1, 2, 3)
		commit = func(name string) sdk.Msg { return commitMsg(name, 1, 1, scores) }
		reveal = func(name string) sdk.Msg { return revealMsg(name, 1, 1, scores) }
	)
	tests := map[string]struct {
		height int64
		given  func(w *world)
		tx     fakeTx
		free   bool
	}{
		"a first commit":                       {5, nil, fakeTx{commit("ann")}, true},
		"commits of several validators":        {5, nil, fakeTx{commit("ann"), commit("bob")}, true},
		"a second commit":                      {5, func(w *world) { w.commit("ann", 1, 1, scores) }, fakeTx{commit("ann")}, false},
		"two commits of one validator at once": {5, nil, fakeTx{commit("ann"), commit("ann")}, false},
		"a commit too late":                    {10, nil, fakeTx{commit("ann")}, false},
		"a commit of nobody":                   {5, nil, fakeTx{commit("eve")}, false},
		"a reveal":                             {10, nil, fakeTx{reveal("bob")}, true},
		"a reveal too early":                   {9, nil, fakeTx{reveal("bob")}, false},
		"a second reveal":                      {11, func(w *world) { w.reveal("bob", 1, 1, scores) }, fakeTx{reveal("bob")}, false},
		"a reveal that was not committed":      {10, nil, fakeTx{reveal("cid")}, false},
		"a reveal of another row":              {10, nil, fakeTx{revealMsg("bob", 1, 1, scoreRow(9))}, false},
		"two reveals of one validator at once": {10, nil, fakeTx{reveal("bob"), reveal("bob")}, false},
		"no message":                           {5, nil, fakeTx{}, false},
		"nine messages": {5, nil, fakeTx{
			commit("ann"), commit("bob"), commit("cid"), commit("dan"), commit("ann"), commit("bob"), commit("cid"), commit("dan"), commit("ann"),
		}, false},
		"another message":                  {5, nil, fakeTx{&banktypes.MsgSend{}}, false},
		"another message beside a commit":  {5, nil, fakeTx{commit("ann"), &banktypes.MsgSend{}}, false},
		"naming a scorer":                  {5, nil, fakeTx{&types.MsgSetScorer{Operator: operatorName("ann")}}, false},
		"a commit with a hash too short":   {5, nil, fakeTx{&types.MsgCommitScores{Signer: accountName("ann"), TopicId: 1, Epoch: 1, Hash: []byte{1}}}, false},
		"a reveal with a row without end":  {10, nil, fakeTx{revealMsg("bob", 1, 1, make([]byte, types.MaxRowBytes+1))}, false},
		"a commit whose admission is gone": {5, func(w *world) { w.admission.revoked = []string{string(account("ann"))} }, fakeTx{commit("ann")}, false},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			w := running(t)
			if tc.height >= 9 { // bob has committed what he may reveal
				w.commit("bob", 1, 1, scores)
			}
			w.to(tc.height)
			if tc.given != nil {
				tc.given(w)
			}
			before := w.dump()
			require.Equal(t, tc.free, w.k.FreeOfFee(w.ctx, tc.tx))
			require.Equal(t, string(before), string(w.dump()))
		})
	}
}

// A node that checks a transaction stands at the end of the last block; the transaction would be part of the next.
func TestANodeChecksForTheNextBlock(t *testing.T) {
	w := running(t)
	w.commit("ann", 1, 1, scoreRow(1))
	w.to(9)
	reveal := fakeTx{revealMsg("ann", 1, 1, scoreRow(1))}
	commit := fakeTx{commitMsg("bob", 1, 1, scoreRow(1))}

	require.False(t, w.k.FreeOfFee(w.ctx, reveal), "in block 9 itself it is too early")
	require.True(t, w.k.FreeOfFee(w.ctx, commit))
	for name, ctx := range map[string]sdk.Context{
		"check":    w.ctx.WithIsCheckTx(true),
		"recheck":  w.ctx.WithIsReCheckTx(true),
		"simulate": w.ctx.WithExecMode(sdk.ExecModeSimulate),
	} {
		require.True(t, w.k.FreeOfFee(ctx, reveal), name)
		require.False(t, w.k.FreeOfFee(ctx, commit), name)
	}
}

// SPDX-License-Identifier: Apache-2.0

package integration_test

import (
	"encoding/json"
	"fmt"
	"testing"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/stretchr/testify/require"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/x/authz"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/weal-network/weal/app"
	"github.com/weal-network/weal/testutil/chain"
	admissiontypes "github.com/weal-network/weal/x/admission/types"
	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	emissiontypes "github.com/weal-network/weal/x/emission/types"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// transfersTo counts the transfers to an account among events.
func transfersTo(events []abci.Event, recipient string) int {
	count := 0
	for _, event := range events {
		if event.Type != banktypes.EventTypeTransfer {
			continue
		}
		for _, attribute := range event.Attributes {
			if attribute.Key == banktypes.AttributeKeyRecipient && attribute.Value == recipient {
				count++
			}
		}
	}
	return count
}

// untouched are the modules that a refused transaction must leave as they were.
var untouched = []string{
	admissiontypes.ModuleName, topictypes.ModuleName, contributiontypes.ModuleName, scoringtypes.ModuleName,
	emissiontypes.ModuleName, stakingtypes.ModuleName, govtypes.ModuleName, authz.ModuleName,
}

// snapshot is the state of the untouched modules by name, without what every block
// changes by itself: what was issued so far.
func (w *world) snapshot() app.GenesisState {
	w.t.Helper()
	exported, err := w.App.ExportState(w.Ctx(), untouched)
	require.NoError(w.t, err)
	var state app.GenesisState
	require.NoError(w.t, json.Unmarshal(exported, &state))
	var emission emissiontypes.GenesisState
	w.App.AppCodec().MustUnmarshalJSON(state[emissiontypes.ModuleName], &emission)
	emission.Issuance = nil
	state[emissiontypes.ModuleName] = w.App.AppCodec().MustMarshalJSON(&emission)
	return state
}

// requireUnchanged checks that nothing was written since the snapshot.
func (w *world) requireUnchanged(t *testing.T, before app.GenesisState) {
	t.Helper()
	after := w.snapshot()
	for _, name := range untouched {
		require.Equal(t, string(before[name]), string(after[name]), "state of %s", name)
	}
}

// refusal is a transaction that must fail, with the registered error and the words that a
// user is to see.
type refusal struct {
	msg  sdk.Msg
	want error
	says string
}

// refuse delivers the message, signed by all whom it names, and checks the error, that
// the fee was all that it cost, and that nothing else changed.
func (w *world) refuse(t *testing.T, r refusal) {
	t.Helper()
	payer, _, err := w.App.AppCodec().GetMsgV1Signers(r.msg)
	require.NoError(t, err)
	before, funds := w.snapshot(), w.balance(payer[0])
	res := w.Deliver(r.msg)
	requireError(t, r.want, res.Codespace, res.Code, res.Log)
	require.Contains(t, res.Log, r.says)
	w.requireUnchanged(t, before)
	if funds >= chain.TxFee {
		funds -= chain.TxFee
	}
	require.Equal(t, funds, w.balance(payer[0]))
}

// requireError checks that a transaction failed with a registered error.
func requireError(t *testing.T, want error, codespace string, code uint32, text string) {
	t.Helper()
	wantSpace, wantCode, _ := errorsmod.ABCIInfo(want, false)
	require.NotZero(t, code, "taken, expected %v", want)
	require.Equal(t, fmt.Sprint(wantSpace, " ", wantCode), fmt.Sprint(codespace, " ", code), "expected %v, got: %s", want, text)
}

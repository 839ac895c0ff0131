// SPDX-License-Identifier: Apache-2.0

package chain

import (
	"context"
	"slices"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/stretchr/testify/require"

	errorsmod "cosmossdk.io/errors"

	clienttx "github.com/cosmos/cosmos-sdk/client/tx"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/tx/signing"
	authsigning "github.com/cosmos/cosmos-sdk/x/auth/signing"

	"github.com/weal-network/weal/app"
)

const (
	// TxGas is the gas limit of the transactions that the chain signs.
	TxGas = 10_000_000

	// TxFee is what they pay, in uweal: the least that TxGas costs at 0.001 uweal.
	TxFee = TxGas / 1000
)

// Deliver signs the messages by all accounts that they name as signers, makes a block
// with them as its one transaction, and returns what became of it.
func (c *Chain) Deliver(msgs ...sdk.Msg) *abci.ExecTxResult {
	c.t.Helper()
	return c.NextBlock(c.Sign(TxFee, msgs...)).TxResults[0]
}

// DeliverFree is Deliver without a fee.
func (c *Chain) DeliverFree(msgs ...sdk.Msg) *abci.ExecTxResult {
	c.t.Helper()
	return c.NextBlock(c.Sign(0, msgs...)).TxResults[0]
}

// MustDeliver is Deliver that fails the test if the transaction fails.
func (c *Chain) MustDeliver(msgs ...sdk.Msg) *abci.ExecTxResult {
	c.t.Helper()
	res := c.Deliver(msgs...)
	require.Zero(c.t, res.Code, "transaction failed: %s", res.Log)
	return res
}

// MustRefuse delivers the messages and fails the test unless they are refused with the
// registered error want. It returns the text that a user would see.
func (c *Chain) MustRefuse(want error, msgs ...sdk.Msg) string {
	c.t.Helper()
	res := c.Deliver(msgs...)
	space, code, _ := errorsmod.ABCIInfo(want, false)
	require.Equal(c.t, [2]any{space, code}, [2]any{res.Codespace, res.Code}, "expected %v, got: %s", want, res.Log)
	return res.Log
}

// Check runs a signed transaction through CheckTx, as a node does before it takes it
// into its mempool.
func (c *Chain) Check(tx []byte) *abci.ResponseCheckTx {
	c.t.Helper()
	res, err := c.App.CheckTx(&abci.RequestCheckTx{Tx: tx, Type: abci.CheckTxType_New})
	require.NoError(c.t, err)
	return res
}

// Sign builds a transaction that pays fee uweal, signed by all signers of the messages,
// the first of which pays. All have to be accounts that the chain knows.
func (c *Chain) Sign(fee int64, msgs ...sdk.Msg) []byte {
	c.t.Helper()
	return c.SignAt(fee, 0, msgs...)
}

// SignAt is Sign with a sequence that is ahead of the state's by so many, for several
// transactions of one account in one block.
func (c *Chain) SignAt(fee int64, ahead uint64, msgs ...sdk.Msg) []byte {
	c.t.Helper()
	config := c.App.TxConfig()
	builder := config.NewTxBuilder()
	require.NoError(c.t, builder.SetMsgs(msgs...))
	builder.SetGasLimit(TxGas)
	if fee > 0 {
		builder.SetFeeAmount(sdk.NewCoins(sdk.NewInt64Coin(app.BaseDenom, fee)))
	}
	signers := c.signersOf(msgs)
	data := make([]authsigning.SignerData, len(signers))
	empty := make([]signing.SignatureV2, len(signers))
	for i, signer := range signers {
		data[i] = c.signerData(signer, ahead)
		empty[i] = signing.SignatureV2{
			PubKey:   signer.Key.PubKey(),
			Data:     &signing.SingleSignatureData{SignMode: signing.SignMode_SIGN_MODE_DIRECT},
			Sequence: data[i].Sequence,
		}
	}
	require.NoError(c.t, builder.SetSignatures(empty...))
	signatures := make([]signing.SignatureV2, len(signers))
	for i, signer := range signers {
		signature, err := clienttx.SignWithPrivKey(context.Background(), signing.SignMode_SIGN_MODE_DIRECT, data[i], builder, signer.Key, config, data[i].Sequence)
		require.NoError(c.t, err)
		signatures[i] = signature
	}
	require.NoError(c.t, builder.SetSignatures(signatures...))
	tx, err := config.TxEncoder()(builder.GetTx())
	require.NoError(c.t, err)
	return tx
}

// signersOf lists the accounts that must sign, each once, in the order of the messages.
func (c *Chain) signersOf(msgs []sdk.Msg) []Account {
	c.t.Helper()
	var signers []Account
	for _, msg := range msgs {
		addresses, _, err := c.App.AppCodec().GetMsgV1Signers(msg)
		require.NoError(c.t, err)
		for _, address := range addresses {
			account, known := c.keys[string(address)]
			require.True(c.t, known, "the chain has no key for %s, a signer of %T: register it by Know", sdk.AccAddress(address), msg)
			if !slices.ContainsFunc(signers, func(a Account) bool { return a.Address.Equals(account.Address) }) {
				signers = append(signers, account)
			}
		}
	}
	return signers
}

// signerData reads number and sequence of an account; both are 0 if it does not exist.
func (c *Chain) signerData(signer Account, ahead uint64) authsigning.SignerData {
	data := authsigning.SignerData{Address: signer.String(), ChainID: c.opts.chainID, PubKey: signer.Key.PubKey(), Sequence: ahead}
	if c.fresh && c.height == 0 && c.App.LastBlockHeight() == 0 {
		return data
	}
	if account := c.App.Account.GetAccount(c.Ctx(), signer.Address); account != nil {
		data.AccountNumber = account.GetAccountNumber()
		data.Sequence += account.GetSequence()
	}
	return data
}

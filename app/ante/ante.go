// SPDX-License-Identifier: Apache-2.0

// Package ante holds the checks that every transaction passes before its messages run:
// the SDK's own, with fees collected without contention and with validators' scoring
// duties free of charge.
package ante

import (
	"errors"

	sdk "github.com/cosmos/cosmos-sdk/types"
	authante "github.com/cosmos/cosmos-sdk/x/auth/ante"
	authsigning "github.com/cosmos/cosmos-sdk/x/tx/signing"
	ibcante "github.com/cosmos/ibc-go/v11/modules/core/ante"
	ibckeeper "github.com/cosmos/ibc-go/v11/modules/core/keeper"
)

// Options are the dependencies of the chain of checks. All are required except
// FeeExempter: without one, every transaction pays.
type Options struct {
	Account     authante.AccountKeeper
	Bank        VirtualBank
	FeeGrant    authante.FeegrantKeeper
	SignModes   *authsigning.HandlerMap
	FeeExempter FeeExempter
	// IBC knows which packets have been relayed.
	IBC *ibckeeper.Keeper
}

// NewHandler chains the checks. The order matters: gas is metered from the first one on,
// what is cheap and needs no state comes before what is dear, fees are taken before
// signatures are verified, so that verification is paid for, and the sequence is raised
// last. What a relayer brings is looked at behind all that, as it writes into the state
// that the mempool checks against.
func NewHandler(o Options) (sdk.AnteHandler, error) {
	if o.Account == nil || o.Bank == nil || o.FeeGrant == nil || o.SignModes == nil || o.IBC == nil {
		return nil, errors.New("ante handler needs the account, bank, feegrant and IBC keepers and the sign mode handlers")
	}
	exempter := o.FeeExempter
	if exempter == nil {
		exempter = NobodyExempt{}
	}
	return sdk.ChainAnteDecorators(
		authante.NewSetUpContextDecorator(),
		authante.NewExtensionOptionsDecorator(nil),
		authante.NewValidateBasicDecorator(),
		authante.NewTxTimeoutHeightDecorator(),
		authante.NewValidateMemoDecorator(o.Account),
		authante.NewConsumeGasForTxSizeDecorator(o.Account),
		NewFeeDecorator(knownPayer{o.Account, authante.NewDeductFeeDecorator(o.Account, virtualFees{o.Bank}, o.FeeGrant, nil)}, exempter),
		authante.NewSetPubKeyDecorator(o.Account),
		authante.NewValidateSigCountDecorator(o.Account),
		authante.NewSigGasConsumeDecorator(o.Account, authante.DefaultSigVerificationGasConsumer),
		authante.NewSigVerificationDecorator(o.Account, o.SignModes),
		authante.NewIncrementSequenceDecorator(o.Account),
		ibcante.NewRedundantRelayDecorator(o.IBC),
	), nil
}

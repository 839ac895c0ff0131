// SPDX-License-Identifier: Apache-2.0

package ante

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"
	authante "github.com/cosmos/cosmos-sdk/x/auth/ante"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
)

// MaxFreeGas is the largest gas limit that a transaction without a fee may ask for. A
// row of scores for the largest set, 65,536 contributions at two bytes each, costs 10
// gas a byte as part of a transaction and 30 a byte when it is stored: 5.3 million; this
// leaves as much again for what else a reveal reads and writes, and keeps one free
// transaction to a tenth of a block of 100 million gas.
const MaxFreeGas = 10_000_000

// FeeExempter decides which transactions are a duty that the chain does not charge for.
type FeeExempter interface {
	// FreeOfFee reports whether every message of tx is a duty that is due now and that
	// its signer has not done yet. It must not write, and must not return true twice for
	// the same duty, or blocks could be filled for free.
	FreeOfFee(ctx sdk.Context, tx sdk.Tx) bool
}

// NobodyExempt lets every transaction pay.
type NobodyExempt struct{}

// FreeOfFee returns false.
func (NobodyExempt) FreeOfFee(sdk.Context, sdk.Tx) bool { return false }

// FeeDecorator takes the fee of a transaction, except of those that offer none and whose
// messages are a duty.
type FeeDecorator struct {
	deduct   sdk.AnteDecorator
	exempter FeeExempter
}

// NewFeeDecorator wraps deduct, which takes the fees, with the exception of exempter.
func NewFeeDecorator(deduct sdk.AnteDecorator, exempter FeeExempter) FeeDecorator {
	return FeeDecorator{deduct: deduct, exempter: exempter}
}

// AnteHandle passes a free transaction on if its gas limit is within 1..MaxFreeGas, and
// hands every other one to the wrapped decorator.
func (d FeeDecorator) AnteHandle(ctx sdk.Context, tx sdk.Tx, simulate bool, next sdk.AnteHandler) (sdk.Context, error) {
	feeTx, ok := tx.(sdk.FeeTx)
	if !ok {
		return ctx, errorsmod.Wrapf(sdkerrors.ErrTxDecode, "transaction of type %T carries no fee: send a standard transaction", tx)
	}
	if !feeTx.GetFee().IsZero() || !d.exempter.FreeOfFee(ctx, tx) {
		return d.deduct.AnteHandle(ctx, tx, simulate, next)
	}
	gas := feeTx.GetGas()
	if gas > MaxFreeGas {
		return ctx, errorsmod.Wrapf(sdkerrors.ErrInvalidGasLimit, "gas limit %d of a transaction without a fee is above %d: lower it or pay a fee", gas, MaxFreeGas)
	}
	if gas == 0 && !simulate && ctx.BlockHeight() > 0 {
		return ctx, errorsmod.Wrapf(sdkerrors.ErrInvalidGasLimit, "gas limit is 0: set it between 1 and %d", MaxFreeGas)
	}
	return next(ctx, tx, simulate)
}

// knownPayer says in words who does not exist, where the SDK's decorator behind it would
// print the bytes of the address.
type knownPayer struct {
	account authante.AccountKeeper
	deduct  sdk.AnteDecorator
}

// AnteHandle returns ErrUnknownAddress if there is no account that could pay.
func (d knownPayer) AnteHandle(ctx sdk.Context, tx sdk.Tx, simulate bool, next sdk.AnteHandler) (sdk.Context, error) {
	feeTx, ok := tx.(sdk.FeeTx)
	if !ok {
		return ctx, errorsmod.Wrapf(sdkerrors.ErrTxDecode, "transaction of type %T carries no fee: send a standard transaction", tx)
	}
	payer := sdk.AccAddress(feeTx.FeeGranter())
	if payer.Empty() {
		payer = feeTx.FeePayer()
	}
	if d.account.GetAccount(ctx, payer) == nil {
		return ctx, errorsmod.Wrapf(sdkerrors.ErrUnknownAddress, "account %s does not exist yet: it begins with the first coins sent to it, which then pay the fee", payer)
	}
	return d.deduct.AnteHandle(ctx, tx, simulate, next)
}

// VirtualBank is the part of x/bank that collects fees during a block and credits them
// to the fee collector at its end.
type VirtualBank interface {
	authtypes.BankKeeper
	SendCoinsFromAccountToModuleVirtual(ctx context.Context, sender sdk.AccAddress, recipientModule string, amount sdk.Coins) error
}

// virtualFees makes the SDK's fee decorator write to the object store. With ordinary
// transfers every transaction would write the one balance of the fee collector, and no
// two transactions of a block could run in parallel.
type virtualFees struct {
	VirtualBank
}

// SendCoinsFromAccountToModule takes the coins from sender now; the module has them at
// the end of the block.
func (b virtualFees) SendCoinsFromAccountToModule(ctx context.Context, sender sdk.AccAddress, recipientModule string, amount sdk.Coins) error {
	return b.SendCoinsFromAccountToModuleVirtual(ctx, sender, recipientModule, amount)
}

// SPDX-License-Identifier: Apache-2.0

package ante_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"
	protov2 "google.golang.org/protobuf/proto"

	"github.com/weal-network/weal/app/ante"
)

// errDeducted marks that a transaction reached the decorator that takes the fee.
var errDeducted = errors.New("the fee was taken")

type deductor struct{}

func (deductor) AnteHandle(ctx sdk.Context, _ sdk.Tx, _ bool, _ sdk.AnteHandler) (sdk.Context, error) {
	return ctx, errDeducted
}

// exempter says yes to everything, and counts how often it was asked.
type exempter struct {
	free  bool
	asked *int
}

func (e exempter) FreeOfFee(sdk.Context, sdk.Tx) bool {
	*e.asked++
	return e.free
}

type feeTx struct {
	fee sdk.Coins
	gas uint64
}

func (t feeTx) GetMsgs() []sdk.Msg                    { return nil }
func (t feeTx) GetMsgsV2() ([]protov2.Message, error) { return nil, nil }
func (t feeTx) GetFee() sdk.Coins                     { return t.fee }
func (t feeTx) GetGas() uint64                        { return t.gas }
func (t feeTx) FeePayer() []byte                      { return nil }
func (t feeTx) FeeGranter() []byte                    { return nil }

// bareTx carries no fee at all.
type bareTx struct{}

func (bareTx) GetMsgs() []sdk.Msg                    { return nil }
func (bareTx) GetMsgsV2() ([]protov2.Message, error) { return nil, nil }

func TestFeeDecorator(t *testing.T) {
	fee := sdk.NewCoins(sdk.NewInt64Coin("uweal", 1))
	cases := map[string]struct {
		tx       sdk.Tx
		free     bool
		simulate bool
		height   int64
		want     error
		passed   bool
	}{
		"a duty without a fee passes on":                             {tx: feeTx{gas: 1}, free: true, height: 1, passed: true},
		"a duty at the gas bound passes on":                          {tx: feeTx{gas: ante.MaxFreeGas}, free: true, height: 1, passed: true},
		"a duty above the gas bound is refused":                      {tx: feeTx{gas: ante.MaxFreeGas + 1}, free: true, height: 1, want: sdkerrors.ErrInvalidGasLimit},
		"a duty without gas is refused":                              {tx: feeTx{}, free: true, height: 1, want: sdkerrors.ErrInvalidGasLimit},
		"a duty without gas can be simulated":                        {tx: feeTx{}, free: true, height: 1, simulate: true, passed: true},
		"a genesis transaction needs no gas":                         {tx: feeTx{}, free: true, passed: true},
		"a duty that offers a fee pays it":                           {tx: feeTx{gas: 1, fee: fee}, free: true, height: 1, want: errDeducted},
		"what is no duty pays":                                       {tx: feeTx{gas: 1}, height: 1, want: errDeducted},
		"a transaction without the notion of a fee can't be decoded": {tx: bareTx{}, free: true, height: 1, want: sdkerrors.ErrTxDecode},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			asked, passed := 0, false
			decorator := ante.NewFeeDecorator(deductor{}, exempter{free: tc.free, asked: &asked})
			ctx := sdk.Context{}.WithBlockHeight(tc.height)
			_, err := decorator.AnteHandle(ctx, tc.tx, tc.simulate, func(ctx sdk.Context, _ sdk.Tx, _ bool) (sdk.Context, error) {
				passed = true
				return ctx, nil
			})
			if tc.want == nil {
				require.NoError(t, err)
			} else {
				require.ErrorIs(t, err, tc.want)
			}
			require.Equal(t, tc.passed, passed)
			require.LessOrEqual(t, asked, 1)
		})
	}
}

func TestNobodyIsExemptByDefault(t *testing.T) {
	require.False(t, ante.NobodyExempt{}.FreeOfFee(sdk.Context{}, feeTx{}))
}

func TestTheHandlerNeedsItsDependencies(t *testing.T) {
	_, err := ante.NewHandler(ante.Options{})
	require.ErrorContains(t, err, "needs the account, bank, feegrant and IBC keepers")
}

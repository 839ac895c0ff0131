// SPDX-License-Identifier: Apache-2.0

package chain_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	slashingtypes "github.com/cosmos/cosmos-sdk/x/slashing/types"

	"github.com/weal-network/weal/app"
	"github.com/weal-network/weal/testutil/chain"
)

func coins(n int64) sdk.Coins { return sdk.NewCoins(sdk.NewInt64Coin(app.BaseDenom, n)) }

func TestATransactionMovesCoinsAndPaysItsFee(t *testing.T) {
	c := chain.New(t, chain.WithValidators(2))
	from, to := c.Accounts[0], c.Accounts[1]
	c.MustDeliver(banktypes.NewMsgSend(from.Address, to.Address, coins(5)))
	require.Equal(t, int64(chain.DefaultBalance-5-chain.TxFee), c.App.Bank.GetBalance(c.Ctx(), from.Address, app.BaseDenom).Amount.Int64())
	require.Equal(t, int64(chain.DefaultBalance+5), c.App.Bank.GetBalance(c.Ctx(), to.Address, app.BaseDenom).Amount.Int64())
}

func TestARefusalNamesItsError(t *testing.T) {
	c := chain.New(t)
	c.MustRefuse(sdkerrors.ErrInsufficientFunds, banktypes.NewMsgSend(c.Accounts[0].Address, c.Accounts[1].Address, coins(chain.DefaultBalance)))
}

func TestTwoChainsBuiltAlikeHaveEqualHashes(t *testing.T) {
	hashes := make([][]byte, 2)
	for i := range hashes {
		c := chain.New(t, chain.WithValidators(3), chain.WithBlockTime(5*time.Second))
		c.MustDeliver(banktypes.NewMsgSend(c.Accounts[0].Address, c.Accounts[1].Address, coins(5)))
		c.NextBlocks(10)
		hashes[i] = c.AppHash()
	}
	require.Equal(t, hashes[0], hashes[1])
}

func TestAnAbsentValidatorIsJailedForDowntime(t *testing.T) {
	c := chain.New(t, chain.WithValidators(4), chain.WithModuleGenesis(slashingtypes.ModuleName, func(g *slashingtypes.GenesisState) {
		g.Params.SignedBlocksWindow = 10
		g.Params.MinSignedPerWindow = math.LegacyNewDecWithPrec(5, 1)
	}))
	c.Absent[3] = true
	c.NextBlocks(25)
	validator, err := c.App.Staking.GetValidator(c.Ctx(), c.Validators[3].Operator)
	require.NoError(t, err)
	require.True(t, validator.Jailed)
	c.NextBlocks(5)
}

func TestGovernanceCarriesOutWhatEveryValidatorVotesFor(t *testing.T) {
	c := chain.New(t, chain.WithValidators(3))
	params := authtypes.DefaultParams()
	params.MaxMemoCharacters = 100
	c.MustGovern(&authtypes.MsgUpdateParams{Authority: app.Authority(), Params: params})
	require.EqualValues(t, 100, c.App.Account.GetParams(c.Ctx()).MaxMemoCharacters)
}

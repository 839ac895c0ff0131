// SPDX-License-Identifier: Apache-2.0

package app_test

import (
	"encoding/json"
	"testing"

	abci "github.com/cometbft/cometbft/abci/types"
	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	dbm "github.com/cosmos/cosmos-db"
	"github.com/stretchr/testify/require"

	"cosmossdk.io/log/v2"

	"github.com/cosmos/cosmos-sdk/baseapp"
	servertypes "github.com/cosmos/cosmos-sdk/server/types"
	simtestutil "github.com/cosmos/cosmos-sdk/testutil/sims"
	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"
	"github.com/cosmos/cosmos-sdk/x/authz"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"
	govv1 "github.com/cosmos/cosmos-sdk/x/gov/types/v1"
	govv1beta1 "github.com/cosmos/cosmos-sdk/x/gov/types/v1beta1"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
	transfertypes "github.com/cosmos/ibc-go/v11/modules/apps/transfer/types"
	ibcexported "github.com/cosmos/ibc-go/v11/modules/core/exported"
	ibctypes "github.com/cosmos/ibc-go/v11/modules/core/types"

	"github.com/weal-network/weal/app"
	"github.com/weal-network/weal/testutil/chain"
)

func uweal(n int64) sdk.Coins { return sdk.NewCoins(sdk.NewInt64Coin(app.BaseDenom, n)) }

// busy fills a chain with state of several modules.
func busy(t *testing.T, opts ...chain.Option) *chain.Chain {
	t.Helper()
	c := chain.New(t, append([]chain.Option{chain.WithValidators(4), chain.WithAccounts(6)}, opts...)...)
	a, b := c.Accounts[0], c.Accounts[1]
	c.MustDeliver(stakingtypes.NewMsgDelegate(a.String(), c.Validators[1].Operator.String(), uweal(7_000_001)[0]))
	c.MustDeliver(stakingtypes.NewMsgUndelegate(a.String(), c.Validators[1].Operator.String(), uweal(1_000_000)[0]))
	grant, err := authz.NewMsgGrant(a.Address, b.Address, authz.NewGenericAuthorization(sdk.MsgTypeURL(&banktypes.MsgSend{})), nil)
	require.NoError(t, err)
	c.MustDeliver(grant)
	proposal, err := govv1.NewMsgSubmitProposal(nil, uweal(100*app.UnitsPerWeal), b.String(), "a link", "a text", "to be voted on", false)
	require.NoError(t, err)
	c.MustDeliver(proposal)
	c.MustDeliver(govv1.NewMsgVote(c.Validators[0].Address, 1, govv1.OptionYes, ""))
	return c
}

// traffic makes blocks in which several accounts send at once.
func traffic(t *testing.T, c *chain.Chain, blocks int) {
	t.Helper()
	for i := range blocks {
		var txs [][]byte
		for j, from := range c.Accounts {
			to := c.Accounts[(j+1)%len(c.Accounts)]
			txs = append(txs, c.Sign(chain.TxFee, banktypes.NewMsgSend(from.Address, to.Address, uweal(int64(i+j+1)))))
		}
		for _, res := range c.NextBlock(txs...).TxResults {
			require.Zero(t, res.Code, res.Log)
		}
	}
}

func TestTheDefaultGenesisStartsAChain(t *testing.T) {
	c := chain.New(t)
	c.NextBlocks(3)
	require.EqualValues(t, 4, c.Height())
	validators, err := c.App.Staking.GetBondedValidatorsByPower(c.Ctx())
	require.NoError(t, err)
	require.Len(t, validators, 1)
}

func TestTheDefaultGenesisIsValidAndInTheChainsOwnCoin(t *testing.T) {
	c := chain.New(t)
	state := c.App.DefaultGenesis()
	require.NoError(t, c.App.BasicManager.ValidateGenesis(c.App.AppCodec(), c.App.TxConfig(), state))
	all, err := json.Marshal(state)
	require.NoError(t, err)
	require.NotContains(t, string(all), `"stake"`)

	var gov govv1.GenesisState
	c.App.AppCodec().MustUnmarshalJSON(state[govtypes.ModuleName], &gov)
	require.Equal(t, app.BaseDenom, gov.Params.MinDeposit[0].Denom)
	require.NotEqual(t, "0.000000000000000000", gov.Params.MinInitialDepositRatio)
	require.True(t, gov.Params.BurnVoteVeto)

	var ibc ibctypes.GenesisState
	c.App.AppCodec().MustUnmarshalJSON(state[ibcexported.ModuleName], &ibc)
	require.Equal(t, []string{"07-tendermint"}, ibc.ClientGenesis.Params.AllowedClients)
	var transfer transfertypes.GenesisState
	c.App.AppCodec().MustUnmarshalJSON(state[transfertypes.ModuleName], &transfer)
	require.Equal(t, transfertypes.Params{}, transfer.Params, "neither sending nor receiving")

	params := app.DefaultConsensusParams()
	require.EqualValues(t, app.MaxBlockBytes, params.Block.MaxBytes)
	require.EqualValues(t, app.MaxBlockGas, params.Block.MaxGas)
}

func TestExportImportAndExportAgainIsByteEqual(t *testing.T) {
	original := busy(t)
	first := original.Export()
	copied := chain.Import(t, original, first)
	second := copied.Export()
	require.Equal(t, string(first.AppState), string(second.AppState))
	require.Equal(t, first.ConsensusParams, second.ConsensusParams)
	require.Equal(t, first.Height, second.Height)
}

func TestAChainAndItsCopyGoOnAlike(t *testing.T) {
	original := busy(t)
	exported := original.Export()
	copies := []*chain.Chain{
		chain.Import(t, original, exported),
		chain.Import(t, original, exported, chain.WithExecutor("block-stm")),
	}
	traffic(t, original, 50)
	for _, c := range copies {
		traffic(t, c, 50)
		require.Equal(t, string(original.Export().AppState), string(c.Export().AppState))
	}
	require.Equal(t, copies[0].AppHash(), copies[1].AppHash())
}

func TestTheParallelExecutorGivesTheSameHashes(t *testing.T) {
	sequential, parallel := busy(t), busy(t, chain.WithExecutor("block-stm"))
	for range 10 {
		traffic(t, sequential, 1)
		traffic(t, parallel, 1)
		require.Equal(t, sequential.AppHash(), parallel.AppHash(), "height %d", sequential.Height())
	}
}

func TestFeesOfABlockReachTheFeeCollectorAtItsEnd(t *testing.T) {
	c := chain.New(t, chain.WithAccounts(3))
	c.NextBlocks(2)
	traffic(t, c, 1)
	collector := c.App.Account.GetModuleAddress("fee_collector")
	require.Equal(t, int64(3*chain.TxFee), c.App.Bank.GetBalance(c.Ctx(), collector, app.BaseDenom).Amount.Int64())
}

func TestANodeRefusesATransactionWithoutAFee(t *testing.T) {
	c := chain.New(t)
	msg := banktypes.NewMsgSend(c.Accounts[0].Address, c.Accounts[1].Address, uweal(1))
	require.Equal(t, sdkerrors.ErrInsufficientFee.ABCICode(), c.Check(c.Sign(0, msg)).Code)
	require.Equal(t, abci.CodeTypeOK, c.Check(c.Sign(chain.TxFee, msg)).Code)
}

func TestAModuleAccountRefusesAGift(t *testing.T) {
	c := chain.New(t)
	pool := c.App.Account.GetModuleAddress(stakingtypes.BondedPoolName)
	c.MustRefuse(sdkerrors.ErrUnauthorized, banktypes.NewMsgSend(c.Accounts[0].Address, pool, uweal(1)))
}

func TestAProposalWithLegacyContentIsRefusedByEveryRoute(t *testing.T) {
	authority := app.Authority()
	content, err := govv1.NewLegacyContent(govv1beta1.NewTextProposal("a title", "a text"), authority)
	require.NoError(t, err)
	gov := sdk.MustAccAddressFromBech32(authority)
	nested := authz.NewMsgExec(gov, []sdk.Msg{content})

	c := chain.New(t)
	proposer := c.Accounts[0]
	v1beta1, err := govv1beta1.NewMsgSubmitProposal(govv1beta1.NewTextProposal("a title", "a text"), uweal(100*app.UnitsPerWeal), proposer.Address)
	require.NoError(t, err)
	submit := func(msgs ...sdk.Msg) sdk.Msg {
		msg, err := govv1.NewMsgSubmitProposal(msgs, uweal(100*app.UnitsPerWeal), proposer.String(), "", "a title", "a text", false)
		require.NoError(t, err)
		return msg
	}
	inAuthz := authz.NewMsgExec(proposer.Address, []sdk.Msg{submit(content)})

	routes := map[string]sdk.Msg{
		"as a message of the proposal": submit(content),
		"inside an authz execution":    submit(&nested),
		"by the v1beta1 message":       v1beta1,
		"proposed through authz":       &inAuthz,
	}
	for name, msg := range routes {
		t.Run(name, func(t *testing.T) {
			text := c.MustRefuse(govtypes.ErrInvalidProposalMsg, msg)
			require.Contains(t, text, "is not allowed in a proposal")
			id, err := c.App.Gov.ProposalID.Peek(c.Ctx())
			require.NoError(t, err)
			require.EqualValues(t, 1, id, "a proposal was stored")
		})
	}
}

func TestExportForHeightZeroIsRefused(t *testing.T) {
	_, err := chain.New(t).App.ExportAppStateAndValidators(true, nil, nil)
	require.ErrorIs(t, err, app.ErrZeroHeight)
}

func TestTheApplicationIsOneTheServerCanRun(t *testing.T) {
	var _ servertypes.Application = chain.New(t).App
}

func TestAGenesisThatIsNoObjectIsAnErrorAndNoPanic(t *testing.T) {
	c := chain.New(t)
	_, err := c.App.InitChain(&abci.RequestInitChain{ChainId: app.LocalChainID, AppStateBytes: []byte(`[]`), InitialHeight: 1})
	require.ErrorContains(t, err, "not a JSON object")
}

func TestAGenesisWithAnAuthorityAboveThePeopleIsRefused(t *testing.T) {
	c := chain.New(t)
	fresh, err := app.New(log.NewNopLogger(), dbm.NewMemDB(), simtestutil.EmptyAppOptions{}, true, baseapp.SetChainID(app.LocalChainID))
	require.NoError(t, err)
	consensus := app.DefaultConsensusParams().ToProto()
	consensus.Authority = &cmtproto.AuthorityParams{Authority: c.Accounts[0].String()}
	state, err := json.Marshal(fresh.DefaultGenesis())
	require.NoError(t, err)
	_, err = fresh.InitChain(&abci.RequestInitChain{ChainId: app.LocalChainID, ConsensusParams: &consensus, AppStateBytes: state})
	require.ErrorContains(t, err, c.Accounts[0].String())
}

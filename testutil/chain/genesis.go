// SPDX-License-Identifier: Apache-2.0

package chain

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/cosmos/gogoproto/proto"

	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	genutiltypes "github.com/cosmos/cosmos-sdk/x/genutil/types"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"
	govv1 "github.com/cosmos/cosmos-sdk/x/gov/types/v1"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/weal-network/weal/app"
	admissiontypes "github.com/weal-network/weal/x/admission/types"
)

// genesisState is the default genesis with funded accounts, and admitted validators that
// enter by genesis transactions, as on a real network.
func (c *Chain) genesisState() app.GenesisState {
	c.t.Helper()
	state := c.App.DefaultGenesis()
	var accounts authtypes.GenesisAccounts
	editGenesis(c, state, banktypes.ModuleName, func(bank *banktypes.GenesisState) {
		coins := sdk.NewCoins(sdk.NewInt64Coin(app.BaseDenom, c.opts.balance))
		for _, account := range c.everyone() {
			accounts = append(accounts, authtypes.NewBaseAccount(account.Address, nil, 0, 0))
			bank.Balances = append(bank.Balances, banktypes.Balance{Address: account.String(), Coins: coins})
			bank.Supply = bank.Supply.Add(coins...)
		}
	})
	editGenesis(c, state, authtypes.ModuleName, func(auth *authtypes.GenesisState) {
		packed, err := authtypes.PackAccounts(accounts)
		require.NoError(c.t, err)
		auth.Accounts = packed
	})
	editGenesis(c, state, govtypes.ModuleName, func(gov *govv1.GenesisState) {
		voting, expedited := DefaultVotingPeriod, DefaultVotingPeriod/2
		gov.Params.VotingPeriod, gov.Params.ExpeditedVotingPeriod = &voting, &expedited
	})
	editGenesis(c, state, admissiontypes.ModuleName, func(admission *admissiontypes.GenesisState) {
		for _, validator := range c.Validators {
			admission.Admissions = append(admission.Admissions, admissiontypes.Admission{
				Role:    admissiontypes.ROLE_VALIDATOR,
				Address: validator.String(),
			})
		}
	})
	editGenesis(c, state, genutiltypes.ModuleName, func(genutil *genutiltypes.GenesisState) {
		for i, validator := range c.Validators {
			genutil.GenTxs = append(genutil.GenTxs, c.genTx(i, validator))
		}
	})
	return state
}

// everyone lists the validators' accounts and the others.
func (c *Chain) everyone() []Account {
	var all []Account
	for _, validator := range c.Validators {
		all = append(all, validator.Account)
	}
	return append(all, c.Accounts...)
}

// genTx is the genesis transaction by which a validator enters.
func (c *Chain) genTx(i int, validator Validator) json.RawMessage {
	c.t.Helper()
	stake := int64(DefaultStake)
	if len(c.opts.stakes) > 0 {
		stake = c.opts.stakes[i]
	}
	msg, err := stakingtypes.NewMsgCreateValidator(
		validator.Operator.String(), validator.Consensus.PubKey(), sdk.NewInt64Coin(app.BaseDenom, stake),
		stakingtypes.Description{Moniker: fmt.Sprintf("validator-%d", i)},
		stakingtypes.NewCommissionRates(math.LegacyNewDecWithPrec(10, 2), math.LegacyNewDecWithPrec(20, 2), math.LegacyNewDecWithPrec(1, 2)),
		math.OneInt())
	require.NoError(c.t, err)
	tx, err := c.App.TxConfig().TxDecoder()(c.Sign(0, msg))
	require.NoError(c.t, err)
	bz, err := c.App.TxConfig().TxJSONEncoder()(tx)
	require.NoError(c.t, err)
	return bz
}

// editGenesis decodes the genesis of a module, lets edit change it, and encodes it again.
func editGenesis[T any, P interface {
	*T
	proto.Message
}](c *Chain, state app.GenesisState, module string, edit func(P),
) {
	c.t.Helper()
	genesis := P(new(T))
	require.NoError(c.t, c.App.AppCodec().UnmarshalJSON(state[module], genesis), "genesis of %s", module)
	edit(genesis)
	bz, err := c.App.AppCodec().MarshalJSON(genesis)
	require.NoError(c.t, err, "genesis of %s", module)
	state[module] = bz
}

// Govern proposes the messages, lets every validator vote yes, moves the clock past the
// voting period, and returns the proposal as it ended.
func (c *Chain) Govern(msgs ...sdk.Msg) govv1.Proposal {
	c.t.Helper()
	proposer := c.Validators[0]
	params, err := c.App.Gov.Params.Get(c.Ctx())
	require.NoError(c.t, err)
	submit, err := govv1.NewMsgSubmitProposal(msgs, params.MinDeposit, proposer.String(), "", "test proposal", "by a test", false)
	require.NoError(c.t, err)
	id, err := c.App.Gov.ProposalID.Peek(c.Ctx())
	require.NoError(c.t, err)
	c.MustDeliver(submit)
	votes := make([][]byte, len(c.Validators))
	for i, validator := range c.Validators {
		votes[i] = c.Sign(TxFee, govv1.NewMsgVote(validator.Address, id, govv1.OptionYes, ""))
	}
	for _, res := range c.NextBlock(votes...).TxResults {
		require.Zero(c.t, res.Code, "vote failed: %s", res.Log)
	}
	c.NextBlockAfter(*params.VotingPeriod + time.Second)
	proposal, err := c.App.Gov.Proposals.Get(c.Ctx(), id)
	require.NoError(c.t, err)
	return proposal
}

// MustGovern is Govern that fails the test unless the messages were carried out.
func (c *Chain) MustGovern(msgs ...sdk.Msg) {
	c.t.Helper()
	proposal := c.Govern(msgs...)
	require.Equal(c.t, govv1.StatusPassed, proposal.Status, "proposal failed: %s", proposal.FailedReason)
}

// SPDX-License-Identifier: Apache-2.0

package integration_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/cosmos/cosmos-sdk/crypto/keys/ed25519"
	sdk "github.com/cosmos/cosmos-sdk/types"
	govv1 "github.com/cosmos/cosmos-sdk/x/gov/types/v1"
	slashingtypes "github.com/cosmos/cosmos-sdk/x/slashing/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/weal-network/weal/app"
	"github.com/weal-network/weal/testutil/chain"
	admissiontypes "github.com/weal-network/weal/x/admission/types"
)

func createValidator(t *testing.T, who chain.Account) *stakingtypes.MsgCreateValidator {
	t.Helper()
	one := math.LegacyOneDec()
	msg, err := stakingtypes.NewMsgCreateValidator(sdk.ValAddress(who.Address).String(), ed25519.GenPrivKeyFromSecret(who.Address).PubKey(),
		sdk.NewInt64Coin(app.BaseDenom, 2_000_000), stakingtypes.Description{Moniker: "newcomer"},
		stakingtypes.NewCommissionRates(math.LegacyZeroDec(), one, one), math.OneInt())
	require.NoError(t, err)
	return msg
}

func validatorKey(who chain.Account) admissiontypes.AdmissionKey {
	return admissiontypes.AdmissionKey{Role: admissiontypes.ROLE_VALIDATOR, Address: who.String()}
}

func admit(who ...chain.Account) *admissiontypes.MsgAdmit {
	m := &admissiontypes.MsgAdmit{Authority: app.Authority()}
	for _, account := range who {
		m.Grants = append(m.Grants, admissiontypes.Grant{Key: validatorKey(account)})
	}
	return m
}

func revoke(who ...chain.Account) *admissiontypes.MsgRevoke {
	m := &admissiontypes.MsgRevoke{Authority: app.Authority()}
	for _, account := range who {
		m.Keys = append(m.Keys, validatorKey(account))
	}
	return m
}

func validatorOf(c *chain.Chain, t *testing.T, operator sdk.ValAddress) stakingtypes.Validator {
	t.Helper()
	validator, err := c.App.Staking.GetValidator(c.Ctx(), operator)
	require.NoError(t, err)
	return validator
}

func TestARevokedValidatorLeavesTheSetUntilItIsAdmittedAgain(t *testing.T) {
	c := chain.New(t, chain.WithValidators(4))
	out := c.Validators[3]
	c.MustGovern(revoke(out.Account))
	c.NextBlocks(3)
	validator := validatorOf(c, t, out.Operator)
	require.True(t, validator.IsJailed())
	require.False(t, validator.IsBonded())
	c.NextBlockAfter(100 * 24 * time.Hour)
	c.MustRefuse(slashingtypes.ErrValidatorJailed, slashingtypes.NewMsgUnjail(out.Operator.String()))

	c.MustGovern(admit(out.Account))
	c.MustDeliver(slashingtypes.NewMsgUnjail(out.Operator.String()))
	c.NextBlocks(2)
	require.True(t, validatorOf(c, t, out.Operator).IsBonded())
}

// permissive are the parameters of a set that may be revoked in one day but for the last.
func permissive(permissioned bool) *admissiontypes.MsgUpdateParams {
	m := &admissiontypes.MsgUpdateParams{Authority: app.Authority(), Params: admissiontypes.DefaultParams()}
	m.Params.ValidatorsPermissioned, m.Params.MaxRevokedPowerBp = permissioned, admissiontypes.BasisPoints
	return m
}

func TestGovernanceCannotRevokeTheWholeSet(t *testing.T) {
	c := chain.New(t, chain.WithValidators(3))
	var all []chain.Account
	for _, validator := range c.Validators {
		all = append(all, validator.Account)
	}
	proposal := c.Govern(revoke(all...))
	require.Equal(t, govv1.StatusFailed, proposal.Status)
	require.Contains(t, proposal.FailedReason, admissiontypes.ErrLastValidator.Error())

	// Nor more of it than the bound, in one message or in two: the second sees what the
	// first did.
	for _, msgs := range [][]sdk.Msg{{revoke(all[:2]...)}, {revoke(all[0]), revoke(all[1])}} {
		proposal = c.Govern(msgs...)
		require.Equal(t, govv1.StatusFailed, proposal.Status)
		require.Contains(t, proposal.FailedReason, admissiontypes.ErrRevokedPower.Error())
	}
	proposal = c.Govern(permissive(true), revoke(all[:2]...), revoke(all[2]))
	require.Equal(t, govv1.StatusFailed, proposal.Status)
	for _, validator := range c.Validators {
		require.True(t, validatorOf(c, t, validator.Operator).IsBonded())
	}
	c.MustGovern(permissive(true), revoke(all[:2]...))
	c.NextBlocks(2)
}

// The way of a new operator, as the guide tells it.
func TestAnOperatorAppliesIsAdmittedIsRevokedAndComesBack(t *testing.T) {
	c := chain.New(t, chain.WithValidators(4), chain.WithAccounts(2))
	operator, registrar := c.Accounts[0], c.Accounts[1]
	address := sdk.ValAddress(operator.Address)
	c.MustGovern(&admissiontypes.MsgSetRegistrar{Authority: app.Authority(), Registrar: registrar.String(), Roles: []admissiontypes.Role{admissiontypes.ROLE_VALIDATOR}})
	funds := c.App.Bank.GetBalance(c.Ctx(), operator.Address, app.BaseDenom)

	c.MustDeliver(&admissiontypes.MsgApply{Applicant: operator.String(), Role: admissiontypes.ROLE_VALIDATOR, StatementUri: "https://example.org/us"})
	held := c.App.Bank.GetBalance(c.Ctx(), operator.Address, app.BaseDenom)
	require.EqualValues(t, admissiontypes.DefaultParams().ApplicationDeposit+chain.TxFee, funds.Sub(held).Amount.Uint64())
	byRegistrar := func(m *admissiontypes.MsgAdmit) *admissiontypes.MsgAdmit {
		m.Authority = registrar.String()
		return m
	}
	c.MustDeliver(byRegistrar(admit(operator)))
	require.EqualValues(t, chain.TxFee, funds.Sub(c.App.Bank.GetBalance(c.Ctx(), operator.Address, app.BaseDenom)).Amount.Uint64())
	c.MustDeliver(createValidator(t, operator))
	c.NextBlock()
	require.True(t, validatorOf(c, t, address).IsBonded())

	out := revoke(operator)
	out.Authority = registrar.String()
	c.MustDeliver(out)
	require.True(t, validatorOf(c, t, address).IsJailed())
	c.MustRefuse(slashingtypes.ErrValidatorJailed, slashingtypes.NewMsgUnjail(address.String()))
	c.MustRefuse(admissiontypes.ErrNotAdmitted, &admissiontypes.MsgResign{Address: operator.String(), Role: admissiontypes.ROLE_VALIDATOR})
	c.MustDeliver(byRegistrar(admit(operator)))
	c.MustDeliver(slashingtypes.NewMsgUnjail(address.String()))
	c.NextBlock()
	require.True(t, validatorOf(c, t, address).IsBonded())

	history, err := admissiontypes.NewQueryClient(c.Queries()).History(c.Ctx(), &admissiontypes.QueryHistoryRequest{Role: admissiontypes.ROLE_VALIDATOR, Address: operator.String()})
	require.NoError(t, err)
	require.Len(t, history.Changes, 3)
}

func TestAnAdmissionThatEndsTakesItsValidatorOutOfTheSetInThatBlock(t *testing.T) {
	c := chain.New(t, chain.WithValidators(4))
	out, again := c.Validators[3], admit(c.Validators[3].Account)
	end := c.Now().Add(time.Hour)
	again.Grants[0].ExpiresAt = &end
	c.MustGovern(again)
	require.True(t, validatorOf(c, t, out.Operator).IsBonded())
	c.NextBlockAfter(2 * time.Hour)
	validator := validatorOf(c, t, out.Operator)
	require.True(t, validator.IsJailed())
	require.False(t, validator.IsBonded())
	c.NextBlocks(2)
}

func TestARotatedKeyKeepsTheAdmissionAndTheJail(t *testing.T) {
	c := chain.New(t, chain.WithValidators(4))
	who := c.Validators[3]
	rotate, err := stakingtypes.NewMsgRotateConsPubKey(who.Operator.String(), ed25519.GenPrivKeyFromSecret([]byte("rotated")).PubKey())
	require.NoError(t, err)
	c.MustDeliver(rotate)
	c.NextBlocks(4)
	validator := validatorOf(c, t, who.Operator)
	key, err := validator.ConsPubKey()
	require.NoError(t, err)
	require.NotEqual(t, who.Consensus.PubKey(), key, "the key was rotated")
	require.True(t, validator.IsBonded())
	may, err := c.App.Admission.ValidatorMayScore(c.Ctx(), who.Operator)
	require.NoError(t, err)
	require.True(t, may)

	c.MustGovern(revoke(who.Account))
	c.NextBlocks(2)
	require.True(t, validatorOf(c, t, who.Operator).IsJailed())
	c.NextBlockAfter(100 * 24 * time.Hour)
	c.MustRefuse(slashingtypes.ErrValidatorJailed, slashingtypes.NewMsgUnjail(who.Operator.String()))
}

// Revoked while the rotation waits for its block: the record of the jail moves along.
func TestAKeyThatRotatesAfterTheRevocationStaysInJail(t *testing.T) {
	c := chain.New(t, chain.WithValidators(4), chain.WithAccounts(1))
	who, registrar := c.Validators[3], c.Accounts[0]
	c.MustGovern(&admissiontypes.MsgSetRegistrar{Authority: app.Authority(), Registrar: registrar.String(), Roles: []admissiontypes.Role{admissiontypes.ROLE_VALIDATOR}})
	rotate, err := stakingtypes.NewMsgRotateConsPubKey(who.Operator.String(), ed25519.GenPrivKeyFromSecret([]byte("rotated")).PubKey())
	require.NoError(t, err)
	out := revoke(who.Account)
	out.Authority = registrar.String()
	for _, res := range c.NextBlock(c.Sign(chain.TxFee, rotate), c.Sign(chain.TxFee, out)).TxResults {
		require.Zero(t, res.Code, res.Log)
	}
	c.NextBlocks(4)
	c.NextBlockAfter(100 * 24 * time.Hour)
	c.MustRefuse(slashingtypes.ErrValidatorJailed, slashingtypes.NewMsgUnjail(who.Operator.String()))
	c.MustGovern(admit(who.Account))
	c.MustDeliver(slashingtypes.NewMsgUnjail(who.Operator.String()))
	c.NextBlock()
	require.True(t, validatorOf(c, t, who.Operator).IsBonded())
}

// A validator that was created while the chain was open and had too little to be bonded
// must not enter the set when it gets more, once the chain is closed.
func TestWhoCameWhileTheChainWasOpenDoesNotBondAfterItIsClosed(t *testing.T) {
	c := chain.New(t, chain.WithValidators(3), chain.WithAccounts(2), chain.WithModuleGenesis(stakingtypes.ModuleName, func(g *stakingtypes.GenesisState) {
		g.Params.MaxValidators = 3
	}))
	stranger, rich := c.Accounts[0], c.Accounts[1]
	operator := sdk.ValAddress(stranger.Address)
	c.MustGovern(permissive(false))
	c.MustDeliver(createValidator(t, stranger))
	c.NextBlock()
	require.False(t, validatorOf(c, t, operator).IsBonded())

	c.MustGovern(permissive(true))
	require.True(t, validatorOf(c, t, operator).IsJailed())
	c.MustDeliver(stakingtypes.NewMsgDelegate(rich.String(), operator.String(), sdk.NewInt64Coin(app.BaseDenom, 2_000*app.UnitsPerWeal)))
	c.NextBlockAfter(time.Hour)
	c.MustRefuse(slashingtypes.ErrValidatorJailed, slashingtypes.NewMsgUnjail(operator.String()))
	c.NextBlocks(2)
	require.False(t, validatorOf(c, t, operator).IsBonded())
	c.MustGovern(admit(stranger))
	c.MustDeliver(slashingtypes.NewMsgUnjail(operator.String()))
	c.NextBlock()
	require.True(t, validatorOf(c, t, operator).IsBonded())
}

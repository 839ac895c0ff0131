// SPDX-License-Identifier: Apache-2.0

package integration_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/cosmos/cosmos-sdk/crypto/keys/ed25519"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/x/authz"
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

func TestNobodyValidatesWithoutAdmissionByWhateverRoute(t *testing.T) {
	c := chain.New(t, chain.WithValidators(2), chain.WithAccounts(2))
	newcomer, friend := c.Accounts[0], c.Accounts[1]
	create := createValidator(t, newcomer)
	c.MustRefuse(admissiontypes.ErrValidatorNotAdmitted, create)

	grant, err := authz.NewMsgGrant(newcomer.Address, friend.Address, authz.NewGenericAuthorization(sdk.MsgTypeURL(create)), nil)
	require.NoError(t, err)
	c.MustDeliver(grant)
	exec := authz.NewMsgExec(friend.Address, []sdk.Msg{create})
	c.MustRefuse(admissiontypes.ErrValidatorNotAdmitted, &exec)
	_, err = c.App.Staking.GetValidator(c.Ctx(), sdk.ValAddress(newcomer.Address))
	require.ErrorIs(t, err, stakingtypes.ErrNoValidatorFound)

	c.MustGovern(admit(newcomer))
	c.MustDeliver(create)
	c.NextBlocks(2)
	require.True(t, validatorOf(c, t, sdk.ValAddress(newcomer.Address)).IsBonded())
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

func TestGovernanceCannotRevokeTheWholeSet(t *testing.T) {
	c := chain.New(t, chain.WithValidators(3))
	var all []chain.Account
	for _, validator := range c.Validators {
		all = append(all, validator.Account)
	}
	proposal := c.Govern(revoke(all...))
	require.Equal(t, govv1.StatusFailed, proposal.Status)
	require.Contains(t, proposal.FailedReason, admissiontypes.ErrLastValidator.Error())

	// Nor in two messages: the second sees what the first did.
	proposal = c.Govern(revoke(all[:2]...), revoke(all[2]))
	require.Equal(t, govv1.StatusFailed, proposal.Status)
	for _, validator := range c.Validators {
		require.True(t, validatorOf(c, t, validator.Operator).IsBonded())
	}
	c.MustGovern(revoke(all[:2]...))
	c.NextBlocks(2)
}

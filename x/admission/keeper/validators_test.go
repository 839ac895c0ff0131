// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	slashingtypes "github.com/cosmos/cosmos-sdk/x/slashing/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/weal-network/weal/x/admission/types"
)

func TestARevokedValidatorIsJailedAtOnceAndStaysInJail(t *testing.T) {
	f := newFixture(t).bonded("alice", "bob")
	f.later(time.Second)
	f.revoke(validatorKey("alice"))
	require.True(t, f.jailed("alice"))
	require.False(t, f.jailed("bob"))
	require.Equal(t, []any{&types.EventRevoked{Key: validatorKey("alice"), ReasonUri: "https://example.org/minutes", Jailed: true, By: authority}}, f.events())

	f.later(200 * 365 * 24 * time.Hour)
	f.refused(func() error { return f.unjail("alice") }, slashingtypes.ErrValidatorJailed)
}

func TestAValidatorThatIsAdmittedAgainMayLeaveTheJail(t *testing.T) {
	f := newFixture(t).bonded("alice", "bob")
	f.revoke(validatorKey("alice"))
	f.later(time.Hour)
	f.admit(validatorKey("alice"))
	require.True(t, f.jailed("alice"), "it asks itself, when it runs again")
	require.Equal(t, f.ctx.BlockTime(), f.jailedUntil("alice").UTC())
	require.NoError(t, f.unjail("alice"))
	require.False(t, f.jailed("alice"))
}

func TestAValidatorThatWasNeverBondedStaysInJailAsWell(t *testing.T) {
	f := newFixture(t).bonded("bob")
	f.admit(validatorKey("alice"))
	f.addValidator("alice", stakingtypes.Unbonded)
	_, err := f.slashing.GetValidatorSigningInfo(f.ctx, consAddr("alice"))
	require.ErrorIs(t, err, slashingtypes.ErrNoSigningInfoFound)
	f.revoke(validatorKey("alice"))
	require.True(t, f.jailed("alice"))
	f.refused(func() error { return f.unjail("alice") }, slashingtypes.ErrValidatorJailed)

	info, err := f.slashing.GetValidatorSigningInfo(f.ctx, consAddr("alice"))
	require.NoError(t, err)
	require.Equal(t, consAddr("alice").String(), info.Address)
	f.admit(validatorKey("alice"))
	require.NoError(t, f.unjail("alice"))
}

func TestAValidatorThatSitsInJailAlreadyIsHeldThere(t *testing.T) {
	f := newFixture(t).bonded("alice", "bob")
	require.NoError(t, f.staking.Jail(f.ctx, consAddr("alice")))
	require.NoError(t, f.slashing.JailUntil(f.ctx, consAddr("alice"), f.ctx.BlockTime()))
	f.later(time.Second)
	f.revoke(validatorKey("alice"))
	require.Equal(t, []any{&types.EventRevoked{Key: validatorKey("alice"), ReasonUri: "https://example.org/minutes", By: authority}}, f.events())
	f.refused(func() error { return f.unjail("alice") }, slashingtypes.ErrValidatorJailed)
}

func TestAJailForAnotherReasonKeepsItsTime(t *testing.T) {
	f := newFixture(t).bonded("bob")
	f.addValidator("alice", stakingtypes.Bonded)
	require.NoError(t, f.staking.Jail(f.ctx, consAddr("alice")))
	until := f.ctx.BlockTime().Add(time.Hour)
	require.NoError(t, f.slashing.JailUntil(f.ctx, consAddr("alice"), until))
	f.admit(validatorKey("alice"))
	require.Equal(t, until, f.jailedUntil("alice").UTC())
}

func TestATombstonedValidatorStaysWhereItIs(t *testing.T) {
	f := newFixture(t).bonded("alice", "bob")
	end := time.Unix(253402300799, 0).UTC() // as the evidence module writes it
	require.NoError(t, f.staking.Jail(f.ctx, consAddr("alice")))
	require.NoError(t, f.slashing.Tombstone(f.ctx, consAddr("alice")))
	require.NoError(t, f.slashing.JailUntil(f.ctx, consAddr("alice"), end))
	f.revoke(validatorKey("alice"))
	require.Equal(t, end, f.jailedUntil("alice").UTC())
	f.admit(validatorKey("alice"))
	require.Equal(t, end, f.jailedUntil("alice").UTC())
	require.ErrorIs(t, f.unjail("alice"), slashingtypes.ErrValidatorJailed)
}

func TestARevokedValidatorThatIsTombstonedSinceIsNotLetOut(t *testing.T) {
	f := newFixture(t).bonded("alice", "bob")
	f.revoke(validatorKey("alice"))
	require.NoError(t, f.slashing.Tombstone(f.ctx, consAddr("alice")))
	f.admit(validatorKey("alice"))
	require.Equal(t, types.RevokedUntil(), f.jailedUntil("alice").UTC())
}

func TestTheLastValidatorsAreNotRevoked(t *testing.T) {
	f := newFixture(t).bonded("alice", "bob")
	f.admit(validatorKey("carol")) // may validate, and does not
	f.refusedRevoke(revokeMsg(validatorKey("alice"), validatorKey("bob")), types.ErrLastValidator, "all 2")
	f.revoke(validatorKey("alice"))
	f.refusedRevoke(revokeMsg(validatorKey("bob")), types.ErrLastValidator, "all 1")
	f.revoke(validatorKey("carol"))
	require.False(t, f.jailed("bob"))
}

func TestAValidatorWithoutPowerDoesNotCountAsOneThatIsLeft(t *testing.T) {
	f := newFixture(t).bonded("alice", "bob")
	f.staking.validators[1].Tokens = math.NewInt(999_999)
	f.refusedRevoke(revokeMsg(validatorKey("alice")), types.ErrLastValidator)
	f.revoke(validatorKey("bob"))
}

func TestAValidatorThatIsNotAdmittedDoesNotCountAsOneThatIsLeft(t *testing.T) {
	f := newFixture(t).bonded("alice")
	f.addValidator("mallory", stakingtypes.Bonded)
	f.refusedRevoke(revokeMsg(validatorKey("alice")), types.ErrLastValidator)
}

func TestOtherRolesOfAValidatorAreTakenWithoutJail(t *testing.T) {
	f := newFixture(t).bonded("alice")
	f.admit(stewardKey("alice"), contributorKey("alice", 1))
	f.revoke(stewardKey("alice"), contributorKey("alice", 1))
	require.False(t, f.jailed("alice"))
}

func TestOnAnOpenChainNobodyIsJailed(t *testing.T) {
	f := newFixture(t).bonded("alice")
	f.setPermissioned(false)
	f.revoke(validatorKey("alice"))
	require.False(t, f.jailed("alice"))
	may, err := f.keeper.ValidatorMayScore(f.ctx, operator("alice"))
	require.NoError(t, err)
	require.True(t, may)
}

func TestTheSetIsClosedOnlyAroundAdmittedValidators(t *testing.T) {
	f := newFixture(t).bonded("alice")
	f.setPermissioned(false)
	f.addValidator("mallory", stakingtypes.Bonded)
	closed := &types.MsgUpdateParams{Authority: authority, Params: types.DefaultParams()}
	f.refusedParams(closed, types.ErrUnadmittedValidator, account("mallory").String(), operator("mallory").String())
	f.admit(validatorKey("mallory"))
	f.later(time.Second)
	f.setPermissioned(true)
	require.Equal(t, []any{&types.EventParamsUpdated{Authority: authority}}, f.events())
	res, err := f.query.Params(f.ctx, &types.QueryParamsRequest{})
	require.NoError(t, err)
	require.True(t, res.Params.ValidatorsPermissioned)
}

func TestParametersThatStayClosedAskNothing(t *testing.T) {
	f := newFixture(t)
	f.addValidator("mallory", stakingtypes.Bonded) // from an exported genesis, say
	f.setPermissioned(true)
}

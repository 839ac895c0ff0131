// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/weal-network/weal/x/admission/types"
)

func TestOnlyAdmittedOperatorsBecomeValidators(t *testing.T) {
	f := newFixture(t)
	hooks := f.keeper.Hooks()
	f.addValidator("alice", stakingtypes.Unbonded)
	create := func() error { return hooks.AfterValidatorCreated(f.ctx, operator("alice")) }
	f.refused(create, types.ErrValidatorNotAdmitted, account("alice").String())
	f.admit(stewardKey("alice"), contributorKey("alice", 1))
	f.refused(create, types.ErrValidatorNotAdmitted)
	f.admit(validatorKey("alice"))
	require.NoError(t, create())
	may, err := f.keeper.ValidatorMayScore(f.ctx, operator("alice"))
	require.NoError(t, err)
	require.True(t, may)

	f.revoke(validatorKey("alice"))
	f.refused(create, types.ErrValidatorNotAdmitted)
	may, err = f.keeper.ValidatorMayScore(f.ctx, operator("alice"))
	require.NoError(t, err)
	require.False(t, may)
}

func TestOnAnOpenChainEverybodyBecomesAValidator(t *testing.T) {
	f := newFixture(t)
	f.setPermissioned(false)
	require.NoError(t, f.keeper.Hooks().AfterValidatorCreated(f.ctx, operator("mallory")))
}

// A validator whose delegators all left is dissolved while it sits in jail. When its
// operator is admitted and makes it anew with the same key, slashing still has the record.
func TestAValidatorMadeAnewIsNotHeldForItsFormerRevocation(t *testing.T) {
	f := newFixture(t).bonded("alice", "bob")
	f.revoke(validatorKey("alice"))
	f.staking.validators = f.staking.validators[1:]
	f.admit(validatorKey("alice"))
	require.Equal(t, types.RevokedUntil(), f.jailedUntil("alice").UTC())
	f.addValidator("alice", stakingtypes.Unbonded)
	require.NoError(t, f.keeper.Hooks().AfterValidatorCreated(f.ctx, operator("alice")))
	require.Equal(t, f.ctx.BlockTime(), f.jailedUntil("alice").UTC())
}

// An error at the end of a block halts the chain.
func TestNoOtherHookEverReturnsAnError(t *testing.T) {
	f := newFixture(t)
	f.staking.fail = errDisk
	hooks, who, cons, acc := f.keeper.Hooks(), operator("mallory"), consAddr("mallory"), account("mallory")
	require.NoError(t, hooks.BeforeValidatorModified(f.ctx, who))
	require.NoError(t, hooks.AfterValidatorRemoved(f.ctx, cons, who))
	require.NoError(t, hooks.AfterValidatorConsKeyUpdated(f.ctx, cons, cons, who))
	require.NoError(t, hooks.AfterValidatorBonded(f.ctx, cons, who))
	require.NoError(t, hooks.AfterValidatorBeginUnbonding(f.ctx, cons, who))
	require.NoError(t, hooks.BeforeDelegationCreated(f.ctx, acc, who))
	require.NoError(t, hooks.BeforeDelegationSharesModified(f.ctx, acc, who))
	require.NoError(t, hooks.BeforeDelegationRemoved(f.ctx, acc, who))
	require.NoError(t, hooks.AfterDelegationModified(f.ctx, acc, who))
	require.NoError(t, hooks.BeforeValidatorSlashed(f.ctx, who, math.LegacyOneDec()))
	require.NoError(t, hooks.AfterUnbondingInitiated(f.ctx, 1))
}

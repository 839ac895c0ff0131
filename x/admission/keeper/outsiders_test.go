// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	slashingtypes "github.com/cosmos/cosmos-sdk/x/slashing/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/weal-network/weal/x/admission/types"
)

// create makes a validator as staking does.
func (f *fixture) create(name string) {
	f.t.Helper()
	f.addValidator(name, stakingtypes.Unbonded)
	require.NoError(f.t, f.keeper.Hooks().AfterValidatorCreated(f.ctx, operator(name)))
}

func TestWhoCameWhileTheSetWasOpenIsJailedWhenItCloses(t *testing.T) {
	f := newFixture(t).bonded("alice")
	f.setPermissioned(false)
	f.create("mallory")
	f.endBlock()
	require.False(t, f.jailed("mallory"))
	f.later(time.Second)
	f.setPermissioned(true)
	f.endBlock()
	require.True(t, f.jailed("mallory"))
	require.Contains(t, f.events(), &types.EventOutsiderJailed{Address: account("mallory").String()})
	f.later(1000 * time.Hour)
	f.refused(func() error { return f.unjail("mallory") }, slashingtypes.ErrValidatorJailed)
	require.Empty(t, f.export().Outsiders)
	f.admit(validatorKey("mallory"))
	require.NoError(t, f.unjail("mallory"))
}

func TestWhoWasRevokedWhileTheSetWasOpenIsJailedWhenItCloses(t *testing.T) {
	f := newFixture(t).bonded("alice")
	f.admit(validatorKey("bob"), validatorKey("nobody"))
	f.create("bob")
	f.setPermissioned(false)
	f.revoke(validatorKey("bob"), validatorKey("nobody"))
	require.Equal(t, []string{account("bob").String()}, f.export().Outsiders)
	f.setPermissioned(true)
	f.endBlock()
	require.True(t, f.jailed("bob"))
}

func TestWhoIsAdmittedOrGoneBeforeTheSetClosesIsNoOutsider(t *testing.T) {
	f := newFixture(t).bonded("alice")
	f.setPermissioned(false)
	f.create("bob")
	f.create("carol")
	f.admit(validatorKey("bob"))
	require.NoError(t, f.keeper.Hooks().AfterValidatorRemoved(f.ctx, consAddr("carol"), operator("carol")))
	require.Empty(t, f.export().Outsiders)
	f.setPermissioned(true)
	f.endBlock()
	require.False(t, f.jailed("bob"))
	require.False(t, f.jailed("carol"))
}

func TestABlockJailsAHundredOutsiders(t *testing.T) {
	f := newFixture(t).bonded("alice")
	f.setPermissioned(false)
	for i := range types.MaxExpiries + 3 {
		f.create(fmt.Sprint("outsider", i))
	}
	f.setPermissioned(true)
	f.endBlock()
	require.Len(t, f.export().Outsiders, 3)
	f.endBlock()
	require.Empty(t, f.export().Outsiders)
}

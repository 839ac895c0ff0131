// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/weal-network/weal/x/admission/types"
)

func (f *fixture) nameRegistrar(name string, roles ...types.Role) error {
	_, err := f.msg.SetRegistrar(f.ctx, &types.MsgSetRegistrar{Authority: authority, Registrar: account(name).String(), Roles: roles})
	return err
}

func signedBy[M *types.MsgAdmit | *types.MsgRevoke](m M, name string) M {
	switch m := any(m).(type) {
	case *types.MsgAdmit:
		m.Authority = account(name).String()
	case *types.MsgRevoke:
		m.Authority = account(name).String()
	}
	return m
}

func TestARegistrarDecidesAboutItsRolesUntilItIsDismissed(t *testing.T) {
	f := newFixture(t).fund("carol", "dave")
	f.later(time.Second)
	require.NoError(t, f.nameRegistrar("rita", types.ROLE_STEWARD, types.ROLE_CONTRIBUTOR))
	rita := types.Registrar{Address: account("rita").String(), Roles: []types.Role{types.ROLE_CONTRIBUTOR, types.ROLE_STEWARD}}
	require.Equal(t, []any{&types.EventRegistrarSet{Registrar: rita}}, f.events())
	res, err := f.query.Registrars(f.ctx, &types.QueryRegistrarsRequest{})
	require.NoError(t, err)
	require.Equal(t, []types.Registrar{rita}, res.Registrars)

	id := f.apply(contributorKey("carol", 1))
	_, err = f.msg.Admit(f.ctx, signedBy(admitMsg(stewardKey("alice"), contributorKey("bob", 1)), "rita"))
	require.NoError(t, err)
	_, err = f.msg.Revoke(f.ctx, signedBy(revokeMsg(stewardKey("alice")), "rita"))
	require.NoError(t, err)
	_, err = f.msg.Reject(f.ctx, &types.MsgReject{Authority: rita.Address, ApplicationIds: []uint64{id}})
	require.NoError(t, err)
	require.True(t, f.holds(contributorKey("bob", 1)))
	require.False(t, f.holds(stewardKey("alice")))

	other := f.apply(validatorKey("dave"))
	f.refusedAdmit(signedBy(admitMsg(stewardKey("alice"), validatorKey("alice")), "rita"), sdkerrors.ErrUnauthorized, "not about ROLE_VALIDATOR")
	f.admit(validatorKey("erin"))
	f.refusedRevoke(signedBy(revokeMsg(validatorKey("erin")), "rita"), sdkerrors.ErrUnauthorized)
	f.refused(func() error {
		_, err := f.msg.Reject(f.ctx, &types.MsgReject{Authority: rita.Address, ApplicationIds: []uint64{other}})
		return err
	}, sdkerrors.ErrUnauthorized)

	require.NoError(t, f.nameRegistrar("rita", types.ROLE_VALIDATOR), "its roles are replaced")
	f.refusedAdmit(signedBy(admitMsg(stewardKey("alice")), "rita"), sdkerrors.ErrUnauthorized)
	require.NoError(t, f.nameRegistrar("rita"))
	f.refusedAdmit(signedBy(admitMsg(validatorKey("alice")), "rita"), sdkerrors.ErrUnauthorized, "make it a proposal")
}

func TestARegistrarChangesNeitherParametersNorRegistrars(t *testing.T) {
	f := newFixture(t)
	require.NoError(t, f.nameRegistrar("rita", types.ROLE_VALIDATOR, types.ROLE_CONTRIBUTOR, types.ROLE_STEWARD))
	f.refusedParams(&types.MsgUpdateParams{Authority: account("rita").String(), Params: types.DefaultParams()}, sdkerrors.ErrUnauthorized)
	f.refused(func() error {
		_, err := f.msg.SetRegistrar(f.ctx, &types.MsgSetRegistrar{Authority: account("rita").String(), Registrar: account("bob").String(), Roles: []types.Role{types.ROLE_STEWARD}})
		return err
	}, sdkerrors.ErrUnauthorized)
}

func TestARegistrarIsRefused(t *testing.T) {
	f := newFixture(t)
	name := func(who string, roles ...types.Role) func() error {
		return func() error { return f.nameRegistrar(who, roles...) }
	}
	f.refused(name("rita", types.ROLE_UNSPECIFIED), types.ErrInvalidRole)
	f.refused(name("rita", types.ROLE_STEWARD, types.ROLE_STEWARD), types.ErrDuplicate)
	f.refused(name("rita"), types.ErrRegistrarNotFound, "--roles")
	f.refused(func() error {
		_, err := f.msg.SetRegistrar(f.ctx, &types.MsgSetRegistrar{Authority: authority, Registrar: "rita"})
		return err
	}, types.ErrInvalidAddress)
	for i := range types.MaxRegistrars {
		require.NoError(t, f.nameRegistrar(fmt.Sprint("registrar", i), types.ROLE_STEWARD))
	}
	f.refused(name("rita", types.ROLE_STEWARD), types.ErrTooManyRegistrars, "dismiss")
	require.NoError(t, f.nameRegistrar("registrar3", types.ROLE_VALIDATOR))
	require.NoError(t, f.nameRegistrar("registrar3"))
	require.NoError(t, f.nameRegistrar("rita", types.ROLE_STEWARD))
}

// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/weal-network/weal/x/admission/types"
)

var ten = []string{"v0", "v1", "v2", "v3", "v4", "v5", "v6", "v7", "v8", "v9"}

// ofTen is a set of ten validators of equal power that may lose a third in a day.
func ofTen(t *testing.T) *fixture {
	t.Helper()
	f := newFixture(t).bonded(ten...)
	f.setParams(func(p *types.Params) { p.MaxRevokedPowerBp = types.DefaultParams().MaxRevokedPowerBp })
	return f
}

func (f *fixture) revokedPower() *types.QueryRevokedPowerResponse {
	f.t.Helper()
	res, err := f.query.RevokedPower(f.ctx, &types.QueryRevokedPowerRequest{})
	require.NoError(f.t, err)
	return res
}

func TestTheSetLosesAThirdOfItsPowerADay(t *testing.T) {
	f := ofTen(t)
	midnight := time.Date(2026, time.November, 25, 0, 0, 0, 0, time.UTC)
	require.Equal(t, &types.QueryRevokedPowerResponse{Total: 50, Left: 16, Until: midnight}, f.revokedPower())
	f.refusedRevoke(revokeMsg(validatorKeys(ten[:4])...), types.ErrRevokedPower, "takes 20", "16 is left", "2026-11-25 00:00:00", "3333")
	f.revoke(validatorKeys(ten[:2])...)
	require.Equal(t, &types.QueryRevokedPowerResponse{Total: 50, Revoked: 10, Left: 6, Until: midnight}, f.revokedPower())
	f.refusedRevoke(revokeMsg(validatorKeys(ten[2:4])...), types.ErrRevokedPower, "6 is left")
	f.revoke(validatorKey("v2"))
	f.refusedRevoke(revokeMsg(validatorKey("v3")), types.ErrRevokedPower, "1 is left")

	f.later(12 * time.Hour)
	require.EqualValues(t, 35, f.revokedPower().Total, "the next day counts from what is there")
	f.revoke(validatorKeys(ten[3:5])...)
	f.refusedRevoke(revokeMsg(validatorKey("v5")), types.ErrRevokedPower)
}

func TestVotersMayRaiseTheBoundInTheSameProposal(t *testing.T) {
	f := ofTen(t)
	f.setParams(func(p *types.Params) { p.MaxRevokedPowerBp = types.BasisPoints })
	f.revoke(validatorKeys(ten[:9])...)
	f.refusedRevoke(revokeMsg(validatorKey("v9")), types.ErrLastValidator)
}

func TestWhoDoesNotMakeBlocksIsRevokedWithoutABound(t *testing.T) {
	f := ofTen(t)
	f.revoke(validatorKeys(ten[:3])...)
	f.admit(validatorKey("idle"), stewardKey("v9"))
	f.revoke(validatorKey("idle"), stewardKey("v9"))
	require.EqualValues(t, 15, f.revokedPower().Revoked)
}

func TestResigningCountsAsALoss(t *testing.T) {
	f := ofTen(t)
	resign := func(name string) error {
		_, err := f.msg.Resign(f.ctx, &types.MsgResign{Address: account(name).String(), Role: types.ROLE_VALIDATOR})
		return err
	}
	f.later(time.Second)
	require.NoError(t, resign("v0"))
	require.Equal(t, []any{&types.EventResigned{Key: validatorKey("v0"), Jailed: true}}, f.events())
	require.True(t, f.jailed("v0"))
	require.False(t, f.holds(validatorKey("v0")))
	f.refused(func() error { return resign("v0") }, types.ErrNotAdmitted, "nothing to give up")
	require.NoError(t, resign("v1"))
	require.NoError(t, resign("v2"))
	f.refused(func() error { return resign("v3") }, types.ErrRevokedPower)
	f.refused(func() error {
		_, err := f.msg.Resign(f.ctx, &types.MsgResign{Address: "v3", Role: types.ROLE_VALIDATOR})
		return err
	}, types.ErrInvalidAddress)
}

func TestExpiriesBeyondTheBoundWaitForTheNextDay(t *testing.T) {
	f := ofTen(t)
	f.admitUntil(genesisAt.Add(time.Hour), validatorKeys(ten[:5])...)
	f.later(time.Hour)
	f.endBlock()
	require.EqualValues(t, 15, f.revokedPower().Revoked)
	var taken, waiting int
	for _, event := range f.events() {
		switch event := event.(type) {
		case *types.EventExpired:
			taken++
		case *types.EventExpiryDeferred:
			waiting++
			require.Equal(t, f.revokedPower().Until, event.Until)
			require.Contains(t, event.Why, types.ErrRevokedPower.Error())
			require.True(t, f.holds(event.Key))
		}
	}
	require.Equal(t, []int{3, 2}, []int{taken, waiting})

	f.later(10*time.Hour + 59*time.Minute)
	f.endBlock()
	require.Empty(t, f.events(), "nobody is looked at before the day is over")
	f.later(time.Minute)
	f.endBlock()
	require.Len(t, f.events(), 2)
	require.Len(t, f.export().Admissions, 5)
}

func TestAnOperatorWithMoreThanTheBoundExpiresAsTheFirstOfADay(t *testing.T) {
	f := ofTen(t)
	f.staking.validators[0].Tokens = math.NewInt(100_000_000)
	f.refusedRevoke(revokeMsg(validatorKey("v0")), types.ErrRevokedPower, "takes 100")
	f.admitUntil(genesisAt.Add(time.Hour), validatorKey("v0"))
	f.later(time.Hour)
	f.endBlock()
	require.False(t, f.holds(validatorKey("v0")))
	f.refusedRevoke(revokeMsg(validatorKey("v1")), types.ErrRevokedPower, "0 is left")
}

func TestTheCountSurvivesAnExport(t *testing.T) {
	f := ofTen(t)
	f.revoke(validatorKeys(ten[:3])...)
	exported := f.export()
	require.Equal(t, &types.RevokedPower{Day: types.DayOf(genesisAt), Total: 50, Revoked: 15}, exported.RevokedPower)
	again := ofTen(t)
	require.NoError(t, again.keeper.InitGenesis(again.ctx, exported))
	again.refusedRevoke(revokeMsg(validatorKey("v3")), types.ErrRevokedPower, "1 is left")
}

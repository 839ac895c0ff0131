// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	slashingtypes "github.com/cosmos/cosmos-sdk/x/slashing/types"

	"github.com/weal-network/weal/x/admission/types"
)

func untilMsg(at time.Time, keys ...types.AdmissionKey) *types.MsgAdmit {
	m := admitMsg(keys...)
	for i := range m.Grants {
		m.Grants[i].ExpiresAt = &at
	}
	return m
}

func (f *fixture) admitUntil(at time.Time, keys ...types.AdmissionKey) {
	f.t.Helper()
	_, err := f.msg.Admit(f.ctx, untilMsg(at, keys...))
	require.NoError(f.t, err)
}

func TestAnAdmissionEndsAtItsTime(t *testing.T) {
	f := newFixture(t).bonded("bob", "alice")
	end := genesisAt.Add(time.Hour)
	f.admitUntil(end, validatorKey("alice"), stewardKey("alice"))
	f.later(time.Hour - time.Second)
	f.endBlock()
	require.True(t, f.holds(validatorKey("alice")))
	require.True(t, f.holds(stewardKey("alice")))

	f.later(time.Second)
	require.False(t, f.holds(stewardKey("alice")), "to the second, not to the block's end")
	require.True(t, f.holds(validatorKey("alice")))
	f.endBlock()
	require.False(t, f.holds(validatorKey("alice")))
	require.Equal(t, []any{
		&types.EventExpired{Key: validatorKey("alice"), Jailed: true},
		&types.EventExpired{Key: stewardKey("alice")},
	}, f.events())
	require.True(t, f.jailed("alice"))
	f.later(300 * 24 * time.Hour)
	f.refused(func() error { return f.unjail("alice") }, slashingtypes.ErrValidatorJailed)
	f.admit(validatorKey("alice"))
	require.NoError(t, f.unjail("alice"))
}

func TestAnEndIsGivenMovedAndTakenAway(t *testing.T) {
	f := newFixture(t)
	first, second := genesisAt.Add(time.Hour), genesisAt.Add(2*time.Hour)
	f.admitUntil(first, validatorKey("alice"))
	f.refusedAdmit(untilMsg(first, validatorKey("alice")), types.ErrAlreadyAdmitted)
	f.later(time.Second)
	f.admitUntil(second, validatorKey("alice"))
	require.Equal(t, []any{&types.EventAdmitted{
		Key: validatorKey("alice"), ReasonUri: "https://example.org/minutes", By: authority, ExpiresAt: &second, Renewed: true,
	}}, f.events())
	f.later(90 * time.Minute)
	f.endBlock()
	require.True(t, f.holds(validatorKey("alice")))
	f.admit(validatorKey("alice"))
	f.later(1000 * time.Hour)
	f.endBlock()
	require.True(t, f.holds(validatorKey("alice")))

	res, err := f.query.Admission(f.ctx, &types.QueryAdmissionRequest{Role: types.ROLE_VALIDATOR, Address: account("alice").String()})
	require.NoError(t, err)
	require.Equal(t, genesisAt, *res.Admission.GrantedAt, "a renewal is no new admission")
	require.Nil(t, res.Admission.ExpiresAt)
}

func TestAnEndInThePastOrBeyondAllTimeIsRefused(t *testing.T) {
	f := newFixture(t)
	f.refusedAdmit(untilMsg(genesisAt, stewardKey("alice")), types.ErrInvalidExpiry, "later")
	f.refusedAdmit(untilMsg(genesisAt.Add(-time.Hour), stewardKey("alice")), types.ErrInvalidExpiry)
	f.refusedAdmit(untilMsg(types.Never(), stewardKey("alice")), types.ErrInvalidExpiry, "leave it out")
	f.refusedAdmit(untilMsg(time.Time{}, stewardKey("alice")), types.ErrInvalidExpiry)
}

func TestWhatIsOverIsNotAdmittedThoughItWaitsInTheQueue(t *testing.T) {
	f := newFixture(t)
	f.admitUntil(genesisAt.Add(time.Hour), stewardKey("alice"))
	f.later(time.Hour)
	f.refusedRevoke(revokeMsg(stewardKey("alice")), types.ErrNotAdmitted)
	f.later(time.Second)
	f.admit(stewardKey("alice"))
	require.True(t, f.holds(stewardKey("alice")))
	require.Equal(t, []any{&types.EventAdmitted{Key: stewardKey("alice"), ReasonUri: "https://example.org/minutes", By: authority}}, f.events())
	f.endBlock()
	require.True(t, f.holds(stewardKey("alice")))
}

func TestABlockEndsAHundredAdmissions(t *testing.T) {
	f := newFixture(t)
	for i := range types.MaxExpiries + 3 {
		f.admitUntil(genesisAt.Add(time.Hour), contributorKey(fmt.Sprint("account", i), 1))
	}
	f.later(time.Hour)
	f.endBlock()
	require.Len(t, f.export().Admissions, 3)
	f.endBlock()
	require.Empty(t, f.export().Admissions)
}

func TestTheLastValidatorsAdmissionOutlastsItsEnd(t *testing.T) {
	f := newFixture(t).bonded("alice")
	f.admitUntil(genesisAt.Add(time.Hour), validatorKey("alice"))
	f.later(time.Hour)
	f.endBlock()
	require.True(t, f.holds(validatorKey("alice")))
	until := f.ctx.BlockTime().Add(24 * time.Hour)
	deferred := f.events()[0].(*types.EventExpiryDeferred)
	require.Equal(t, until, deferred.Until)
	require.Contains(t, deferred.Why, types.ErrLastValidator.Error())

	f.bonded("bob")
	f.later(time.Hour)
	f.endBlock()
	require.True(t, f.holds(validatorKey("alice")))
	f.later(23 * time.Hour)
	f.endBlock()
	require.False(t, f.holds(validatorKey("alice")))
}

func TestAnExpiryThatFailsHaltsNothing(t *testing.T) {
	f := newFixture(t).bonded("alice", "bob")
	f.admitUntil(genesisAt.Add(time.Hour), validatorKey("alice"), stewardKey("alice"))
	f.later(time.Hour)
	f.staking.fail = errDisk
	f.endBlock()
	require.True(t, f.holds(validatorKey("alice")))
	require.False(t, f.holds(stewardKey("alice")), "it holds up none behind it")
	require.IsType(t, &types.EventExpiryDeferred{}, f.events()[0])
	f.staking.fail = nil
	f.later(24 * time.Hour)
	f.endBlock()
	require.False(t, f.holds(validatorKey("alice")))
}

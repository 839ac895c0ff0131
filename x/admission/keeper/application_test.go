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

const (
	statement = "https://example.org/who-we-are"
	deposit   = 10_000_000
	funds     = 100_000_000
)

func applyMsg(key types.AdmissionKey) *types.MsgApply {
	return &types.MsgApply{Applicant: key.Address, Role: key.Role, TopicId: key.TopicId, StatementUri: statement}
}

func (f *fixture) apply(key types.AdmissionKey) uint64 {
	f.t.Helper()
	res, err := f.msg.Apply(f.ctx, applyMsg(key))
	require.NoError(f.t, err)
	return res.ApplicationId
}

func (f *fixture) refusedApply(m *types.MsgApply, want error, words ...string) {
	f.t.Helper()
	f.refused(func() error { _, err := f.msg.Apply(f.ctx, m); return err }, want, words...)
}

func (f *fixture) open(role types.Role) []types.Application {
	f.t.Helper()
	res, err := f.query.Applications(f.ctx, &types.QueryApplicationsRequest{Role: role})
	require.NoError(f.t, err)
	return res.Applications
}

func closed(id uint64, key types.AdmissionKey, outcome types.Outcome, reason string) *types.EventApplicationClosed {
	return &types.EventApplicationClosed{Id: id, Key: key, Outcome: outcome, Deposit: deposit, ReasonUri: reason}
}

func TestAnApplicationHoldsADepositUntilItIsWithdrawn(t *testing.T) {
	f := newFixture(t).fund("alice")
	id := f.apply(validatorKey("alice"))
	require.EqualValues(t, funds-deposit, f.balance(account("alice")))
	require.EqualValues(t, deposit, f.held())

	res, err := f.query.Application(f.ctx, &types.QueryApplicationRequest{ApplicationId: id})
	require.NoError(t, err)
	require.Equal(t, types.Application{
		Id: 1, Key: validatorKey("alice"), StatementUri: statement, Deposit: deposit, AppliedAt: genesisAt, ExpiresAt: genesisAt.Add(30 * 24 * time.Hour),
	}, res.Application)
	require.Equal(t, []any{&types.EventApplied{Application: res.Application}}, f.events())

	f.later(time.Second)
	_, err = f.msg.WithdrawApplication(f.ctx, &types.MsgWithdrawApplication{Applicant: account("alice").String(), ApplicationId: id})
	require.NoError(t, err)
	require.EqualValues(t, funds, f.balance(account("alice")))
	require.Zero(t, f.held())
	require.Empty(t, f.open(types.ROLE_VALIDATOR))
	require.Equal(t, []any{closed(id, validatorKey("alice"), types.OUTCOME_WITHDRAWN, "")}, f.events())
}

func TestAnAdmissionClosesTheApplicationForIt(t *testing.T) {
	f := newFixture(t).fund("alice")
	f.apply(stewardKey("alice"))
	id := f.apply(validatorKey("alice"))
	f.later(time.Second)
	f.admit(validatorKey("alice"))
	require.True(t, f.holds(validatorKey("alice")))
	require.Contains(t, f.events(), closed(id, validatorKey("alice"), types.OUTCOME_ADMITTED, "https://example.org/minutes"))
	require.EqualValues(t, funds-deposit, f.balance(account("alice")), "the other application is open")
	require.Len(t, f.open(types.ROLE_STEWARD), 1)
}

func TestApplicationsAreRejectedInABatch(t *testing.T) {
	f := newFixture(t).fund("alice", "bob")
	ids := []uint64{f.apply(validatorKey("alice")), f.apply(contributorKey("bob", 2))}
	f.later(time.Second)
	_, err := f.msg.Reject(f.ctx, &types.MsgReject{Authority: authority, ApplicationIds: ids, ReasonUri: "https://example.org/no"})
	require.NoError(t, err)
	require.Equal(t, []any{
		closed(ids[0], validatorKey("alice"), types.OUTCOME_REJECTED, "https://example.org/no"),
		closed(ids[1], contributorKey("bob", 2), types.OUTCOME_REJECTED, "https://example.org/no"),
	}, f.events())
	require.EqualValues(t, funds, f.balance(account("bob")))
	require.False(t, f.holds(validatorKey("alice")))
	f.apply(validatorKey("alice"))
	require.EqualValues(t, 3, f.open(types.ROLE_VALIDATOR)[0].Id, "an id is not used again")
}

func TestAnApplicationAboutWhichNobodyDecidesExpires(t *testing.T) {
	f := newFixture(t).fund("alice")
	id := f.apply(validatorKey("alice"))
	f.later(30*24*time.Hour - time.Second)
	f.endBlock()
	require.Len(t, f.open(types.ROLE_VALIDATOR), 1)
	f.later(time.Second)
	f.endBlock()
	require.Empty(t, f.open(types.ROLE_VALIDATOR))
	require.EqualValues(t, funds, f.balance(account("alice")))
	require.Equal(t, []any{closed(id, validatorKey("alice"), types.OUTCOME_EXPIRED, "")}, f.events())
}

func TestADepositThatCannotBeGivenBackIsTriedAgainADayLater(t *testing.T) {
	f := newFixture(t).fund("alice")
	f.apply(validatorKey("alice"))
	f.later(31 * 24 * time.Hour)
	f.bank.fail = errDisk
	f.endBlock()
	until := f.ctx.BlockTime().Add(24 * time.Hour)
	require.Equal(t, []any{&types.EventExpiryDeferred{Key: validatorKey("alice"), Until: until, Why: errDisk.Error()}}, f.events())
	require.Equal(t, until, f.open(types.ROLE_VALIDATOR)[0].ExpiresAt)
	f.bank.fail = nil
	f.later(24 * time.Hour)
	f.endBlock()
	require.EqualValues(t, funds, f.balance(account("alice")))
}

func TestABlockClosesAHundredApplications(t *testing.T) {
	f := newFixture(t)
	for i := range types.MaxExpiries + 3 {
		name := fmt.Sprint("account", i)
		f.fund(name).apply(stewardKey(name))
	}
	f.later(31 * 24 * time.Hour)
	f.endBlock()
	require.Len(t, f.open(types.ROLE_STEWARD), 3)
	f.endBlock()
	require.Empty(t, f.open(types.ROLE_STEWARD))
}

func TestAnApplicationIsRefused(t *testing.T) {
	f := newFixture(t).fund("alice", "bob", "rich")
	f.admit(stewardKey("alice"))
	f.apply(validatorKey("alice"))
	f.refusedApply(&types.MsgApply{Applicant: account("bob").String()}, types.ErrInvalidRole)
	f.refusedApply(&types.MsgApply{Applicant: account("bob").String(), Role: types.ROLE_VALIDATOR}, types.ErrInvalidStatement, "empty")
	f.refusedApply(&types.MsgApply{Applicant: account("bob").String(), Role: types.ROLE_VALIDATOR, StatementUri: "let me in"}, types.ErrInvalidStatement, "percent-encode")
	f.refusedApply(applyMsg(contributorKey("bob", 0)), types.ErrInvalidTopic)
	f.refusedApply(applyMsg(stewardKey("alice")), types.ErrAlreadyAdmitted, "nothing to apply for")
	f.refusedApply(applyMsg(validatorKey("alice")), types.ErrApplicationExists, "application 1", "withdraw")

	f.setParams(func(p *types.Params) { p.MaxApplicationsPerAccount = 1 })
	f.refusedApply(applyMsg(contributorKey("alice", 1)), types.ErrTooManyApplications, "the account has 1")
	f.setParams(func(p *types.Params) { p.MaxApplications = 1 })
	f.refusedApply(applyMsg(validatorKey("bob")), types.ErrTooManyApplications, "1 are open")
	f.setParams(func(p *types.Params) { p.MaxApplications = 2 })

	// The deposit is taken last: a transaction that fails leaves nothing.
	branch := *f
	branch.ctx, _ = f.ctx.CacheContext()
	_, err := branch.msg.Apply(branch.ctx, applyMsg(validatorKey("poor")))
	require.ErrorIs(t, err, sdkerrors.ErrInsufficientFunds)
	require.ErrorContains(t, err, "deposit of 10000000uweal")
	f.apply(validatorKey("rich"))
}

func TestAnAdmissionWithAnEndLeavesRoomToApplyForMore(t *testing.T) {
	f := newFixture(t).fund("alice")
	f.admitUntil(genesisAt.Add(time.Hour), validatorKey("alice"))
	f.apply(validatorKey("alice"))
}

func TestAnApplicationIsTheApplicantsAlone(t *testing.T) {
	f := newFixture(t).fund("alice")
	id := f.apply(validatorKey("alice"))
	withdraw := func(who string, id uint64) func() error {
		return func() error {
			_, err := f.msg.WithdrawApplication(f.ctx, &types.MsgWithdrawApplication{Applicant: who, ApplicationId: id})
			return err
		}
	}
	f.refused(withdraw(account("bob").String(), id), types.ErrNotApplicant, account("alice").String())
	f.refused(withdraw(account("alice").String(), 2), types.ErrApplicationNotFound, "2")
	f.refused(withdraw("alice", id), types.ErrInvalidAddress)
}

func TestARejectionIsRefused(t *testing.T) {
	f := newFixture(t).fund("alice")
	f.apply(validatorKey("alice"))
	reject := func(signer, reason string, ids ...uint64) func() error {
		return func() error {
			_, err := f.msg.Reject(f.ctx, &types.MsgReject{Authority: signer, ApplicationIds: ids, ReasonUri: reason})
			return err
		}
	}
	f.refused(reject(authority, ""), types.ErrBatchSize)
	f.refused(reject(authority, "", 1, 1), types.ErrDuplicate)
	f.refused(reject(authority, "", 1, 9), types.ErrApplicationNotFound, "9")
	f.refused(reject(authority, "no", 1), types.ErrInvalidReason)
	f.refused(reject(account("alice").String(), "", 1), sdkerrors.ErrUnauthorized)
	_, err := f.query.Application(f.ctx, &types.QueryApplicationRequest{ApplicationId: 9})
	require.ErrorIs(t, err, types.ErrApplicationNotFound)
}

// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/weal-network/weal/x/admission/types"
)

func TestAnAccountThatIsNotAdmittedIsAnAnswer(t *testing.T) {
	f := newFixture(t)
	res, err := f.query.Admission(f.ctx, &types.QueryAdmissionRequest{Role: types.ROLE_CONTRIBUTOR, TopicId: 4, Address: account("alice").String()})
	require.NoError(t, err)
	require.Equal(t, &types.QueryAdmissionResponse{}, res)

	f.admit(contributorKey("alice", 4))
	res, err = f.query.Admission(f.ctx, &types.QueryAdmissionRequest{Role: types.ROLE_CONTRIBUTOR, TopicId: 4, Address: account("alice").String()})
	require.NoError(t, err)
	require.True(t, res.Admitted)
	require.Equal(t, contributorKey("alice", 4), res.Admission.Key())
}

// ask makes a question of a method and a request.
func ask[Q, R any](f *fixture, method func(context.Context, Q) (R, error), request Q) func() error {
	return func() error {
		_, err := method(f.ctx, request)
		return err
	}
}

func TestAQuestionThatHasNoAnswerIsAnError(t *testing.T) {
	f := newFixture(t)
	long, both := &query.PageRequest{Limit: 1001}, &query.PageRequest{Offset: 1, Key: []byte{1}}
	alice := account("alice").String()
	for name, tc := range map[string]struct {
		ask  func() error
		want error
	}{
		"no request for an admission":      {ask(f, f.query.Admission, nil), types.ErrInvalidRequest},
		"no request for admissions":        {ask(f, f.query.Admissions, nil), types.ErrInvalidRequest},
		"no request for an account":        {ask(f, f.query.AdmissionsOf, nil), types.ErrInvalidRequest},
		"no request for an application":    {ask(f, f.query.Application, nil), types.ErrInvalidRequest},
		"no request for applications":      {ask(f, f.query.Applications, nil), types.ErrInvalidRequest},
		"no request for an applicant":      {ask(f, f.query.ApplicationsOf, nil), types.ErrInvalidRequest},
		"no request for registrars":        {ask(f, f.query.Registrars, nil), types.ErrInvalidRequest},
		"no request for a history":         {ask(f, f.query.History, nil), types.ErrInvalidRequest},
		"a contributor to no topic":        {ask(f, f.query.Admission, &types.QueryAdmissionRequest{Role: types.ROLE_CONTRIBUTOR, Address: alice}), types.ErrInvalidTopic},
		"a name instead of an address":     {ask(f, f.query.Admission, &types.QueryAdmissionRequest{Role: types.ROLE_STEWARD, Address: "alice"}), types.ErrInvalidAddress},
		"no role":                          {ask(f, f.query.Admissions, &types.QueryAdmissionsRequest{}), types.ErrInvalidRole},
		"stewards of a topic":              {ask(f, f.query.Admissions, &types.QueryAdmissionsRequest{Role: types.ROLE_STEWARD, TopicId: 1}), types.ErrInvalidTopic},
		"a page too long":                  {ask(f, f.query.Admissions, &types.QueryAdmissionsRequest{Role: types.ROLE_STEWARD, Pagination: long}), types.ErrInvalidRequest},
		"an offset and a key":              {ask(f, f.query.Admissions, &types.QueryAdmissionsRequest{Role: types.ROLE_STEWARD, Pagination: both}), types.ErrInvalidRequest},
		"a page of an account too long":    {ask(f, f.query.AdmissionsOf, &types.QueryAdmissionsOfRequest{Address: alice, Pagination: long}), types.ErrInvalidRequest},
		"no account":                       {ask(f, f.query.AdmissionsOf, &types.QueryAdmissionsOfRequest{}), types.ErrInvalidAddress},
		"applications for no role":         {ask(f, f.query.Applications, &types.QueryApplicationsRequest{}), types.ErrInvalidRole},
		"a page of applications too long":  {ask(f, f.query.Applications, &types.QueryApplicationsRequest{Role: types.ROLE_STEWARD, Pagination: long}), types.ErrInvalidRequest},
		"a page of an applicant too long":  {ask(f, f.query.ApplicationsOf, &types.QueryApplicationsOfRequest{Address: alice, Pagination: long}), types.ErrInvalidRequest},
		"a page of registrars too long":    {ask(f, f.query.Registrars, &types.QueryRegistrarsRequest{Pagination: long}), types.ErrInvalidRequest},
		"a page of a history too long":     {ask(f, f.query.History, &types.QueryHistoryRequest{Role: types.ROLE_STEWARD, Address: alice, Pagination: long}), types.ErrInvalidRequest},
		"the history of nothing":           {ask(f, f.query.History, &types.QueryHistoryRequest{Address: alice}), types.ErrInvalidRole},
		"an application that there is not": {ask(f, f.query.Application, &types.QueryApplicationRequest{ApplicationId: 1}), types.ErrApplicationNotFound},
	} {
		t.Run(name, func(t *testing.T) {
			f.t = t
			f.refused(tc.ask, tc.want)
		})
	}
}

func TestTheHistoryOfAnAdmissionTellsWhoDidWhatAndWhy(t *testing.T) {
	f := newFixture(t).bonded("bob")
	require.NoError(t, f.nameRegistrar("rita", types.ROLE_VALIDATOR))
	f.admitUntil(genesisAt.Add(time.Hour), validatorKey("alice"))
	f.later(time.Minute)
	f.admitUntil(genesisAt.Add(2*time.Hour), validatorKey("alice"))
	_, err := f.msg.Revoke(f.ctx, signedBy(revokeMsg(validatorKey("alice")), "rita"))
	require.NoError(t, err)
	f.admit(contributorKey("alice", 1))
	f.admitUntil(genesisAt.Add(time.Hour), validatorKey("alice"))
	f.later(time.Hour)
	f.endBlock()
	f.admit(validatorKey("alice"))
	_, err = f.msg.Resign(f.ctx, &types.MsgResign{Address: account("alice").String(), Role: types.ROLE_VALIDATOR})
	require.NoError(t, err)

	var acts []types.Act
	var by []string
	var next []byte
	for {
		res, err := f.query.History(f.ctx, &types.QueryHistoryRequest{
			Role: types.ROLE_VALIDATOR, Address: account("alice").String(), Pagination: &query.PageRequest{Key: next, Limit: 2},
		})
		require.NoError(t, err)
		for _, change := range res.Changes {
			require.Equal(t, validatorKey("alice"), change.Key)
			acts, by = append(acts, change.Act), append(by, change.By)
		}
		if next = res.Pagination.NextKey; len(next) == 0 {
			break
		}
	}
	require.Equal(t, []types.Act{
		types.ACT_ADMITTED, types.ACT_RENEWED, types.ACT_REVOKED, types.ACT_ADMITTED, types.ACT_EXPIRED, types.ACT_ADMITTED, types.ACT_RESIGNED,
	}, acts)
	require.Equal(t, []string{authority, authority, account("rita").String(), authority, "", authority, account("alice").String()}, by)

	last := f.export().History
	require.Equal(t, types.Change{
		Id: 4, Key: validatorKey("alice"), Act: types.ACT_REVOKED, By: account("rita").String(),
		At: genesisAt.Add(time.Minute), Height: 8, ReasonUri: "https://example.org/minutes",
	}, last[3])
}

func TestWhatAnAccountHasAndAppliedForIsListed(t *testing.T) {
	f := newFixture(t).fund("alice", "bob")
	f.admit(contributorKey("alice", 300), contributorKey("alice", 2), contributorKey("bob", 2), stewardKey("alice"))
	res, err := f.query.AdmissionsOf(f.ctx, &types.QueryAdmissionsOfRequest{Address: account("alice").String(), Pagination: &query.PageRequest{Limit: 2}})
	require.NoError(t, err)
	require.Equal(t, contributorKey("alice", 2), res.Admissions[0].Key())
	require.Equal(t, contributorKey("alice", 300), res.Admissions[1].Key())
	res, err = f.query.AdmissionsOf(f.ctx, &types.QueryAdmissionsOfRequest{Address: account("alice").String(), Pagination: &query.PageRequest{Key: res.Pagination.NextKey}})
	require.NoError(t, err)
	require.Len(t, res.Admissions, 1)
	require.Equal(t, stewardKey("alice"), res.Admissions[0].Key())

	f.apply(contributorKey("alice", 7))
	f.apply(contributorKey("bob", 7))
	f.apply(validatorKey("alice"))
	f.apply(contributorKey("alice", 9))
	ids := func(applications []types.Application) (ids []uint64) {
		for _, application := range applications {
			ids = append(ids, application.Id)
		}
		return ids
	}
	of, err := f.query.ApplicationsOf(f.ctx, &types.QueryApplicationsOfRequest{Address: account("alice").String()})
	require.NoError(t, err)
	require.Equal(t, []uint64{1, 3, 4}, ids(of.Applications))
	require.Equal(t, []uint64{1, 2, 4}, ids(f.open(types.ROLE_CONTRIBUTOR)))
	require.Equal(t, []uint64{3}, ids(f.open(types.ROLE_VALIDATOR)))
	topic, err := f.query.Applications(f.ctx, &types.QueryApplicationsRequest{Role: types.ROLE_CONTRIBUTOR, TopicId: 7, Pagination: &query.PageRequest{Limit: 1, CountTotal: true}})
	require.NoError(t, err)
	require.Equal(t, []uint64{1}, ids(topic.Applications))
	require.EqualValues(t, 2, topic.Pagination.Total)
}

func TestTheHoldersOfARoleAreListedByTopicAndAddress(t *testing.T) {
	f := newFixture(t)
	f.admit(contributorKey("alice", 300), contributorKey("bob", 2), contributorKey("carol", 2), validatorKey("alice"), stewardKey("bob"))
	list := func(role types.Role, topicID uint64) (keys []types.AdmissionKey) {
		var next []byte
		for {
			res, err := f.query.Admissions(f.ctx, &types.QueryAdmissionsRequest{Role: role, TopicId: topicID, Pagination: &query.PageRequest{Key: next, Limit: 1}})
			require.NoError(t, err)
			for _, admission := range res.Admissions {
				keys = append(keys, admission.Key())
			}
			if next = res.Pagination.NextKey; len(next) == 0 {
				return keys
			}
		}
	}
	first, second := contributorKey("bob", 2), contributorKey("carol", 2)
	if string(account("carol")) < string(account("bob")) {
		first, second = second, first
	}
	require.Equal(t, []types.AdmissionKey{first, second, contributorKey("alice", 300)}, list(types.ROLE_CONTRIBUTOR, 0))
	require.Equal(t, []types.AdmissionKey{first, second}, list(types.ROLE_CONTRIBUTOR, 2))
	require.Equal(t, []types.AdmissionKey{contributorKey("alice", 300)}, list(types.ROLE_CONTRIBUTOR, 300))
	require.Empty(t, list(types.ROLE_CONTRIBUTOR, 1))
	require.Equal(t, []types.AdmissionKey{validatorKey("alice")}, list(types.ROLE_VALIDATOR, 0))
	require.Equal(t, []types.AdmissionKey{stewardKey("bob")}, list(types.ROLE_STEWARD, 0))
}

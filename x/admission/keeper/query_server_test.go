// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"testing"

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

func TestAQuestionThatHasNoAnswerIsAnError(t *testing.T) {
	f := newFixture(t)
	_, err := f.query.Admission(f.ctx, nil)
	require.ErrorIs(t, err, types.ErrInvalidRequest)
	_, err = f.query.Admissions(f.ctx, nil)
	require.ErrorIs(t, err, types.ErrInvalidRequest)
	_, err = f.query.Admission(f.ctx, &types.QueryAdmissionRequest{Role: types.ROLE_CONTRIBUTOR, Address: account("alice").String()})
	require.ErrorIs(t, err, types.ErrInvalidTopic)
	_, err = f.query.Admission(f.ctx, &types.QueryAdmissionRequest{Role: types.ROLE_STEWARD, Address: "alice"})
	require.ErrorIs(t, err, types.ErrInvalidAddress)
	_, err = f.query.Admissions(f.ctx, &types.QueryAdmissionsRequest{})
	require.ErrorIs(t, err, types.ErrInvalidRole)
	_, err = f.query.Admissions(f.ctx, &types.QueryAdmissionsRequest{Role: types.ROLE_STEWARD, TopicId: 1})
	require.ErrorIs(t, err, types.ErrInvalidTopic)
	_, err = f.query.Admissions(f.ctx, &types.QueryAdmissionsRequest{Role: types.ROLE_STEWARD, Pagination: &query.PageRequest{Limit: 1001}})
	require.ErrorIs(t, err, types.ErrInvalidRequest)
	_, err = f.query.Admissions(f.ctx, &types.QueryAdmissionsRequest{Role: types.ROLE_STEWARD, Pagination: &query.PageRequest{Offset: 1, Key: []byte{1}}})
	require.ErrorIs(t, err, types.ErrInvalidRequest)
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

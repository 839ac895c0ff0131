// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	errorsmod "cosmossdk.io/errors"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/weal-network/weal/x/contribution/types"
)

func ids(list []types.Contribution) []uint64 {
	got := []uint64{}
	for _, c := range list {
		got = append(got, c.Id)
	}
	return got
}

func TestContributionsAreListedByTopicStatusAndContributor(t *testing.T) {
	f := newFixture(t)
	f.admitted[fmt.Sprintf("%d/%s", closedID, account("alice"))] = true
	f.commit("alice", "a")                                                       // 1, stays committed
	f.commit("bob", "b")                                                         // 2
	_, err := f.msg.CommitContribution(f.ctx, commitMsg("alice", "c", closedID)) // 3
	require.NoError(t, err)
	f.commit("alice", "d") // 4
	f.nextBlock().reveal("bob", "b", 2)
	f.reveal("alice", "d", 4)

	for name, tc := range map[string]struct {
		req  types.QueryContributionsRequest
		want []uint64
	}{
		"all of a topic":   {types.QueryContributionsRequest{TopicId: openID}, []uint64{1, 2, 4}},
		"revealed ones":    {types.QueryContributionsRequest{TopicId: openID, Status: types.STATUS_REVEALED}, []uint64{2, 4}},
		"committed ones":   {types.QueryContributionsRequest{TopicId: openID, Status: types.STATUS_COMMITTED}, []uint64{1}},
		"active ones":      {types.QueryContributionsRequest{TopicId: openID, Status: types.STATUS_ACTIVE}, []uint64{}},
		"of another topic": {types.QueryContributionsRequest{TopicId: closedID}, []uint64{3}},
	} {
		t.Run(name, func(t *testing.T) {
			resp, err := f.query.Contributions(f.ctx, &tc.req)
			require.NoError(t, err)
			require.Equal(t, tc.want, ids(resp.Contributions))
		})
	}
	resp, err := f.query.ContributionsByContributor(f.ctx, &types.QueryContributionsByContributorRequest{Contributor: account("alice").String()})
	require.NoError(t, err)
	require.Equal(t, []uint64{1, 3, 4}, ids(resp.Contributions))

	var walked []uint64
	require.NoError(t, f.keeper.ContributionsOf(f.ctx, account("alice"), func(id uint64) (bool, error) {
		walked = append(walked, id)
		return id == 3, nil
	}))
	require.Equal(t, []uint64{1, 3}, walked)
}

func TestPagesFollowOneAnother(t *testing.T) {
	f := newFixture(t)
	for i := range 5 {
		f.commit("alice", fmt.Sprint(i))
	}
	for _, st := range []types.Status{types.STATUS_UNSPECIFIED, types.STATUS_COMMITTED} {
		req := &types.QueryContributionsRequest{TopicId: openID, Status: st, Pagination: &query.PageRequest{Limit: 2}}
		var got []uint64
		for {
			resp, err := f.query.Contributions(f.ctx, req)
			require.NoError(t, err)
			got = append(got, ids(resp.Contributions)...)
			if len(resp.Pagination.NextKey) == 0 {
				break
			}
			req.Pagination = &query.PageRequest{Limit: 2, Key: resp.Pagination.NextKey}
		}
		require.Equal(t, []uint64{1, 2, 3, 4, 5}, got)
	}
}

func TestAPageHasAtMostAThousand(t *testing.T) {
	f := newFixture(t)
	params := types.DefaultParams()
	params.MaxPending = 4096
	f.setParams(params)
	for i := range 1001 {
		f.commit("alice", fmt.Sprint(i))
	}
	resp, err := f.query.Contributions(f.ctx, &types.QueryContributionsRequest{TopicId: openID, Pagination: &query.PageRequest{Limit: 5000}})
	require.NoError(t, err)
	require.Len(t, resp.Contributions, 1000)
	require.NotEmpty(t, resp.Pagination.NextKey)
}

func TestAQuerySaysWhatIsWrong(t *testing.T) {
	f := newFixture(t)
	sha := fmt.Sprintf("%x", digest("m"))
	for name, tc := range map[string]struct {
		ask  func() error
		want error
		code codes.Code
	}{
		"an unknown contribution": {func() error {
			_, err := f.query.Contribution(f.ctx, &types.QueryContributionRequest{ContributionId: 7})
			return err
		}, types.ErrContributionNotFound, codes.NotFound},
		"an unknown digest": {func() error {
			_, err := f.query.ContributionByDigest(f.ctx, &types.QueryContributionByDigestRequest{TopicId: openID, Sha256: sha})
			return err
		}, types.ErrContributionNotFound, codes.NotFound},
		"a short digest": {func() error {
			_, err := f.query.ContributionByDigest(f.ctx, &types.QueryContributionByDigestRequest{TopicId: openID, Sha256: sha[:62]})
			return err
		}, types.ErrInvalidRequest, codes.InvalidArgument},
		"a digest that is not hexadecimal": {func() error {
			_, err := f.query.ContributionByDigest(f.ctx, &types.QueryContributionByDigestRequest{TopicId: openID, Sha256: "x" + sha[1:]})
			return err
		}, types.ErrInvalidRequest, codes.InvalidArgument},
		"a status that is not one": {func() error {
			_, err := f.query.Contributions(f.ctx, &types.QueryContributionsRequest{TopicId: openID, Status: 99})
			return err
		}, types.ErrInvalidRequest, codes.InvalidArgument},
		"the list of an unknown topic": {func() error {
			_, err := f.query.Contributions(f.ctx, &types.QueryContributionsRequest{TopicId: 9})
			return err
		}, errNoTopic, codes.Unknown},
		"the set of an unknown topic": {func() error {
			_, err := f.query.ActiveSet(f.ctx, &types.QueryActiveSetRequest{TopicId: 9})
			return err
		}, errNoTopic, codes.Unknown},
		"an address of nobody": {func() error {
			_, err := f.query.ContributionsByContributor(f.ctx, &types.QueryContributionsByContributorRequest{Contributor: "alice"})
			return err
		}, types.ErrInvalidAddress, codes.InvalidArgument},
		"nothing (contribution)":  {func() error { _, err := f.query.Contribution(f.ctx, nil); return err }, types.ErrInvalidRequest, codes.InvalidArgument},
		"nothing (list)":          {func() error { _, err := f.query.Contributions(f.ctx, nil); return err }, types.ErrInvalidRequest, codes.InvalidArgument},
		"nothing (contributor)":   {func() error { _, err := f.query.ContributionsByContributor(f.ctx, nil); return err }, types.ErrInvalidRequest, codes.InvalidArgument},
		"nothing (digest)":        {func() error { _, err := f.query.ContributionByDigest(f.ctx, nil); return err }, types.ErrInvalidRequest, codes.InvalidArgument},
		"nothing (active)":        {func() error { _, err := f.query.ActiveSet(f.ctx, nil); return err }, types.ErrInvalidRequest, codes.InvalidArgument},
		"the payees of no one":    {func() error { _, err := f.keeper.Payees(f.ctx, 7); return err }, types.ErrContributionNotFound, codes.NotFound},
		"a walk that is given up": {func() error { f.commit("alice", "m"); return f.keeper.ContributionsOf(f.ctx, account("alice"), giveUp) }, errGivenUp, codes.Unknown},
	} {
		t.Run(name, func(t *testing.T) {
			err := tc.ask()
			require.ErrorIs(t, err, tc.want)
			require.Equal(t, tc.code, status.Code(err))
		})
	}
}

var errGivenUp = errorsmod.Register("contribution_test", 2, "given up")

func giveUp(uint64) (bool, error) { return false, errGivenUp }

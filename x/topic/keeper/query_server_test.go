// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/weal-network/weal/x/topic/types"
)

func TestATopicIsFoundByIdAndBySlug(t *testing.T) {
	f := newFixture(t)
	f.create("first")
	f.create("second")
	want := types.NewTopic(2, authority, 0, spec("second"))

	byID, err := f.query.Topic(f.ctx, &types.QueryTopicRequest{TopicId: 2})
	require.NoError(t, err)
	require.Equal(t, want, byID.Topic)
	bySlug, err := f.query.TopicBySlug(f.ctx, &types.QueryTopicBySlugRequest{Slug: "second"})
	require.NoError(t, err)
	require.Equal(t, want, bySlug.Topic)
}

func TestTopicsAreListedByIdPageByPage(t *testing.T) {
	f := newFixture(t)
	for i := range 25 {
		id := f.create(fmt.Sprintf("topic-%d", i))
		if id%5 == 0 {
			_, err := f.msg.PauseTopic(f.ctx, &types.MsgPauseTopic{Authority: authority, TopicId: id})
			require.NoError(t, err)
		}
	}
	cases := map[string]struct {
		status types.Status
		want   []uint64
	}{
		"paused": {types.STATUS_PAUSED, []uint64{5, 10, 15, 20, 25}},
		"active": {types.STATUS_ACTIVE, []uint64{1, 2, 3, 4, 6, 7, 8, 9, 11, 12, 13, 14, 16, 17, 18, 19, 21, 22, 23, 24}},
		"all":    {types.STATUS_UNSPECIFIED, []uint64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			var ids []uint64
			page := &query.PageRequest{Limit: 3}
			for {
				resp, err := f.query.Topics(f.ctx, &types.QueryTopicsRequest{Status: c.status, Pagination: page})
				require.NoError(t, err)
				require.LessOrEqual(t, len(resp.Topics), 3)
				for _, topic := range resp.Topics {
					ids = append(ids, topic.Id)
				}
				if len(resp.Pagination.NextKey) == 0 {
					break
				}
				page = &query.PageRequest{Limit: 3, Key: resp.Pagination.NextKey}
			}
			require.Equal(t, c.want, ids)
		})
	}
	t.Run("without a page the first hundred come", func(t *testing.T) {
		resp, err := f.query.Topics(f.ctx, &types.QueryTopicsRequest{})
		require.NoError(t, err)
		require.Len(t, resp.Topics, 25)
	})
}

func TestTopicsAreListedByStewardAndStatus(t *testing.T) {
	f := refusalWorld(t)
	list := func(steward string, status types.Status) (ids []uint64) {
		page := &query.PageRequest{Limit: 2}
		for {
			resp, err := f.query.Topics(f.ctx, &types.QueryTopicsRequest{Steward: steward, Status: status, Pagination: page})
			require.NoError(t, err)
			for _, topic := range resp.Topics {
				ids = append(ids, topic.Id)
			}
			if len(resp.Pagination.NextKey) == 0 {
				return ids
			}
			page = &query.PageRequest{Limit: 2, Key: resp.Pagination.NextKey}
		}
	}
	require.Equal(t, []uint64{active, practice, offered, paused, retired}, list(steward, types.STATUS_UNSPECIFIED))
	require.Equal(t, []uint64{active, practice, offered}, list(steward, types.STATUS_ACTIVE))
	require.Equal(t, []uint64{retired}, list(steward, types.STATUS_RETIRED))
	require.Empty(t, list(stranger, types.STATUS_UNSPECIFIED))
	require.Equal(t, []uint64{retired}, list("", types.STATUS_RETIRED))
}

func TestATopicOfASlugIsShownWithWhatWaits(t *testing.T) {
	f := refusalWorld(t)
	shown, err := f.query.TopicBySlug(f.ctx, &types.QueryTopicBySlugRequest{Slug: "active"})
	require.NoError(t, err)
	require.Equal(t, types.ACCESS_ADMITTED, shown.Pending.Spec.Access)
	shown, err = f.query.TopicBySlug(f.ctx, &types.QueryTopicBySlugRequest{Slug: "offered"})
	require.NoError(t, err)
	require.Equal(t, heir, shown.Offer.To)
}

func TestAQueryThatCannotBeAnsweredSaysWhy(t *testing.T) {
	f := newFixture(t)
	f.create("first")
	list := func(req *types.QueryTopicsRequest) error {
		_, err := f.query.Topics(f.ctx, req)
		return err
	}
	cases := map[string]struct {
		ask  func() error
		want error
	}{
		"an unknown id": {func() error {
			_, err := f.query.Topic(f.ctx, &types.QueryTopicRequest{TopicId: 2})
			return err
		}, types.ErrTopicNotFound},
		"an unknown slug": {func() error {
			_, err := f.query.TopicBySlug(f.ctx, &types.QueryTopicBySlugRequest{Slug: "second"})
			return err
		}, types.ErrTopicNotFound},
		"no request for a topic":       {func() error { _, err := f.query.Topic(f.ctx, nil); return err }, types.ErrInvalidRequest},
		"no request for a slug":        {func() error { _, err := f.query.TopicBySlug(f.ctx, nil); return err }, types.ErrInvalidRequest},
		"no request for a list":        {func() error { return list(nil) }, types.ErrInvalidRequest},
		"an unknown status":            {func() error { return list(&types.QueryTopicsRequest{Status: 9}) }, types.ErrInvalidRequest},
		"a steward that is no account": {func() error { return list(&types.QueryTopicsRequest{Steward: "alice"}) }, types.ErrInvalidRequest},
		"a page of more than a thousand": {func() error {
			return list(&types.QueryTopicsRequest{Pagination: &query.PageRequest{Limit: 1001}})
		}, types.ErrInvalidRequest},
		"an offset beside a key": {func() error {
			return list(&types.QueryTopicsRequest{Pagination: &query.PageRequest{Offset: 1, Key: []byte{1}}})
		}, types.ErrInvalidRequest},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) { require.ErrorIs(t, c.ask(), c.want) })
	}
	require.NoError(t, list(&types.QueryTopicsRequest{Pagination: &query.PageRequest{Limit: 1000}}))
}

// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/x/topic/types"
)

func (f *fixture) accept(account string, id uint64) {
	f.t.Helper()
	_, err := f.msg.AcceptStewardship(f.ctx, &types.MsgAcceptStewardship{Account: account, TopicId: id})
	require.NoError(f.t, err)
}

// offerOf is the offer that waits for a topic, as the query shows it.
func (f *fixture) offerOf(id uint64) *types.StewardshipOffer {
	f.t.Helper()
	shown, err := f.query.Topic(f.ctx, &types.QueryTopicRequest{TopicId: id})
	require.NoError(f.t, err)
	return shown.Offer
}

// stewarded lists the topics of an account.
func (f *fixture) stewarded(account string) (ids []uint64) {
	f.t.Helper()
	resp, err := f.query.Topics(f.ctx, &types.QueryTopicsRequest{Steward: account})
	require.NoError(f.t, err)
	for _, topic := range resp.Topics {
		ids = append(ids, topic.Id)
	}
	return ids
}

func TestAStewardshipIsHandedOverInTwoSteps(t *testing.T) {
	f := newFixture(t)
	f.create("first")
	f.offer(1, heir)
	require.Equal(t, &types.StewardshipOffer{TopicId: 1, To: heir}, f.offerOf(1))
	require.Equal(t, steward, f.topic(1).Steward, "an offer alone changes nothing")
	f.accept(heir, 1)
	require.Equal(t, heir, f.topic(1).Steward)
	require.Nil(t, f.offerOf(1))
	require.Empty(t, f.stewarded(steward))
	require.Equal(t, []uint64{1}, f.stewarded(heir))
	require.Equal(t, []string{
		`weal.topic.v1.EventStewardshipOffered {"steward":"\"` + steward + `\"","to":"\"` + heir + `\"","topic_id":"\"1\""}`,
		`weal.topic.v1.EventStewardshipAccepted {"before":"\"` + steward + `\"","steward":"\"` + heir + `\"","topic_id":"\"1\""}`,
	}, f.events()[1:])
}

func TestALaterOfferReplacesAnEarlierOneAndAnOfferCanBeTakenBack(t *testing.T) {
	f := newFixture(t)
	f.create("first")
	f.offer(1, heir)
	f.offer(1, stranger)
	_, err := f.msg.AcceptStewardship(f.ctx, &types.MsgAcceptStewardship{Account: heir, TopicId: 1})
	require.ErrorIs(t, err, types.ErrNoOffer)
	_, err = f.msg.WithdrawOffer(f.ctx, &types.MsgWithdrawOffer{Steward: steward, TopicId: 1})
	require.NoError(t, err)
	_, err = f.msg.AcceptStewardship(f.ctx, &types.MsgAcceptStewardship{Account: stranger, TopicId: 1})
	require.ErrorIs(t, err, types.ErrNoOffer)
}

func TestTheDepositStaysTheCreatorsWhoeverIsSteward(t *testing.T) {
	f := newFixture(t)
	f.fund(steward, 10_000_000)
	id := f.mustCreate(steward, sandbox("first", steward))
	f.offer(id, heir)
	f.accept(heir, id)
	f.retire(heir, id)
	require.Equal(t, uint64(10_000_000), f.balance(steward))
	require.Zero(t, f.balance(heir))
}

func TestWhatWaitsNamesTheNewSteward(t *testing.T) {
	f := newFixture(t)
	f.create("first")
	f.update(steward, 1, retitle)
	f.offer(1, heir)
	f.accept(heir, 1)
	topic := f.begin(1)
	require.Equal(t, heir, topic.Steward)
	require.Equal(t, "Another title", topic.Title)
}

func TestTheAuthorityNamesAnotherStewardAndOffersOfTheFormerEnd(t *testing.T) {
	f := newFixture(t)
	f.create("first")
	f.update(authority, 1, func(s *types.TopicSpec) { s.Steward = stranger })
	f.offer(1, heir)
	f.accept(heir, 1)
	f.offer(1, account(5))
	require.Equal(t, stranger, f.begin(1).Steward)
	require.Nil(t, f.offerOf(1))
}

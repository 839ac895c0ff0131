// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"context"
	"testing"
	"time"

	"cosmossdk.io/math"
	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/emission/types"
)

// crowd adds contributions to a topic until it has so many, and returns an epoch of all.
func crowd(f *fixture, topic uint64, n int) (ids, incentives []uint64) {
	for range n {
		ids = append(ids, f.contribution(topic, "many", "many"))
		incentives = append(incentives, one/uint64(n))
	}
	return ids, incentives
}

func TestALargePotIsSharedOverBlocksAndTopicsTakeTurns(t *testing.T) {
	f := sponsored(t)
	const n = 2*types.PotPartsPerBlock + 1
	first, firstIncentives := crowd(f, 1, n)
	second, secondIncentives := crowd(f, 2, 3)
	require.NoError(t, f.fund(1, 1, coin("usd", 10_000*n)))
	require.NoError(t, f.fund(2, 1, coin("usd", 30_000)))
	for epoch := uint64(1); epoch <= 2; epoch++ {
		f.pay(scored(1, epoch, first, firstIncentives...))
		f.pay(scored(2, epoch, second, secondIncentives...))
	}
	f.block(time.Second)
	require.NotEmpty(t, f.ofSponsors(first[types.PotPartsPerBlock-1]))
	require.Empty(t, f.ofSponsors(first[types.PotPartsPerBlock]))
	require.Empty(t, f.ofSponsors(second[0]))
	f.audit()
	f.block(time.Second)
	require.NotEmpty(t, f.ofSponsors(second[2]), "the other topic's turn")
	require.Empty(t, f.ofSponsors(first[types.PotPartsPerBlock]))
	g := resumed(t, f)
	for _, chain := range []*fixture{f, g} {
		for range 6 {
			chain.block(time.Second)
		}
		require.Equal(t, sdk.NewCoins(coin("usd", 10_000)), chain.ofSponsors(first[n-1]))
		chain.audit()
	}
	a, err := f.k.ExportGenesis(f.ctx)
	require.NoError(t, err)
	b, err := g.k.ExportGenesis(g.ctx)
	require.NoError(t, err)
	require.Equal(t, a, b)
}

func TestPotsThatWaitToBeSharedStayBounded(t *testing.T) {
	f := sponsored(t)
	require.NoError(t, f.fund(1, 100, coin("usd", 100_000)))
	for epoch := uint64(1); epoch <= 40; epoch++ {
		f.pay(scored(1, epoch, []uint64{1}, one))
	}
	require.LessOrEqual(t, len(f.streams(1).Pots), types.MaxRipePots+2)
	require.Greater(t, f.streams(1).Streams[0].EpochsLeft, uint32(85), "streams last longer")
	for range 40 {
		f.block(time.Second)
	}
	f.pay(scored(1, 41, []uint64{1}, one))
	require.LessOrEqual(t, len(f.streams(1).Pots), 3)
	f.audit()
}

func TestAnEpochIsPaidWhateverBecomesOfItsSponsorsCoins(t *testing.T) {
	f := sponsored(t)
	require.NoError(t, f.fund(1, 2, coin("usd", 8_000)))
	f.pay(scored(1, 1, []uint64{1}, one))
	f.pay(scored(1, 2, []uint64{1}, one))
	f.contributions.fail = errBroken
	f.block(time.Second)
	require.Contains(t, events(f), "weal.emission.v1.EventPotFailed")
	f.contributions.fail = nil
	f.audit()
	f.pay(scored(1, 3, []uint64{1}, one))
	f.block(time.Second)
	require.Equal(t, sdk.NewCoins(coin("usd", 4_000)), f.ofSponsors(1), "the next epoch tries again")
	f.audit()
}

// streaming has everything that sponsors leave in the state.
func streaming(t testing.TB) *fixture {
	f := sponsored(t)
	require.NoError(t, f.fund(1, 5, coin(atom, 10_003), coin("usd", 20_001)))
	require.NoError(t, f.fund(2, 5, coin("usd", 20_001)))
	f.pay(scored(1, 1, []uint64{1, 2, 3}, one/3, one/3, one/3))
	f.pay(scored(1, 2, []uint64{1, 2, 3}, one/3, one/3, one/3))
	f.block(time.Second)
	f.pay(scored(1, 3, []uint64{1, 2}, one/3, one/7))
	return f
}

func TestAGenesisWithWrongSponsorsCoinsIsRefused(t *testing.T) {
	for name, tamper := range map[string]func(s *types.Sponsoring){
		"a stream that was never given out": func(s *types.Sponsoring) { s.NextStreamId = 2 },
		"no next stream":                    func(s *types.Sponsoring) { s.NextStreamId = 0 },
		"a stream twice":                    func(s *types.Sponsoring) { s.Streams[1] = s.Streams[0] },
		"a stream for no epochs":            func(s *types.Sponsoring) { s.Streams[0].EpochsLeft = 0 },
		"a stream of nothing":               func(s *types.Sponsoring) { s.Streams[0].Left.Amount = math.ZeroInt() },
		"a stream of nobody":                func(s *types.Sponsoring) { s.Streams[0].Sponsor = "" },
		"a unit more than the bank has":     func(s *types.Sponsoring) { s.Streams[0].Left.Amount = s.Streams[0].Left.Amount.AddRaw(1) },
		"a pot twice":                       func(s *types.Sponsoring) { s.Pots = append(s.Pots, s.Pots[0]) },
		"a pot of nothing":                  func(s *types.Sponsoring) { s.Pots[0].Pot.Coins = nil },
		"a pot that gave more than it had":  func(s *types.Sponsoring) { s.Pots[0].Pot.Given = sdk.NewCoins(coin("usd", 1<<40)) },
		"a pot of nobody":                   func(s *types.Sponsoring) { s.Pots[0].Shares.ContributionIds = nil },
		"a share of no incentive":           func(s *types.Sponsoring) { s.Pots[0].Shares.Incentives[0] = 0 },
		"shares out of order":               func(s *types.Sponsoring) { s.Pots[0].Shares.ContributionIds[0] = 99 },
		"an account twice":                  func(s *types.Sponsoring) { s.Accounts[1].ContributionId = s.Accounts[0].ContributionId },
		"an account of nothing":             func(s *types.Sponsoring) { s.Accounts[0].Mature = nil },
		"a carry of no topic":               func(s *types.Sponsoring) { s.Carries = append([]types.SponsorCarry{{}}, s.Carries...) },
		"turns out of order":                func(s *types.Sponsoring) { s.Turns = []uint64{2, 1} },
	} {
		t.Run(name, func(t *testing.T) {
			f := streaming(t)
			g, err := f.k.ExportGenesis(f.ctx)
			require.NoError(t, err)
			require.NoError(t, g.Validate())
			tamper(g.Sponsoring)
			h := bare(t)
			*h.bank = *f.bank.clone()
			require.ErrorIs(t, h.k.InitGenesis(h.ctx, *g), types.ErrInvalidGenesis)
		})
	}
}

func TestNoFailureOfTheStoreIsSwallowedBySponsors(t *testing.T) {
	for name, do := range map[string]func(f *fixture, ctx context.Context) error{
		"fund": func(f *fixture, ctx context.Context) error {
			_, err := f.msg.FundTopic(ctx, &types.MsgFundTopic{Sponsor: text(account("sponsor")), TopicId: 1, Epochs: 1, Coins: sdk.Coins{coin("usd", 1_000)}})
			return err
		},
		"end": func(f *fixture, ctx context.Context) error {
			_, err := f.msg.EndStreams(ctx, &types.MsgEndStreams{Authority: authority, TopicId: 1, StreamIds: []uint64{1, 2}})
			return err
		},
		"retire": func(f *fixture, ctx context.Context) error { return f.k.TopicHooks().AfterTopicRetired(ctx, 1) },
		"ask for streams": func(f *fixture, ctx context.Context) error {
			_, err := f.query.Streams(ctx, &types.QueryStreamsRequest{TopicId: 1})
			return err
		},
		"ask for a contribution's": func(f *fixture, ctx context.Context) error {
			_, err := f.query.Sponsored(ctx, &types.QuerySponsoredRequest{ContributionId: 1})
			return err
		},
		"claim": func(f *fixture, ctx context.Context) error {
			_, err := f.msg.Claim(ctx, &types.MsgClaim{Contributor: text(account("alice"))})
			return err
		},
		"audit":  func(f *fixture, ctx context.Context) error { _, err := f.query.Audit(ctx, nil); return err },
		"export": func(f *fixture, ctx context.Context) error { _, err := f.k.ExportGenesis(ctx); return err },
	} {
		t.Run(name, func(t *testing.T) { failAtEveryAccess(t, streaming(t), do) })
	}
}

// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"fmt"
	"math/big"

	"github.com/cosmos/gogoproto/proto"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/emission/types"
)

// indexer keeps the balances of the module as somebody does who reads nothing but its typed events, and knows the shares
// of genesis. It does not work anything out: it adds what an event says, and takes it away.
type indexer struct {
	shares map[uint64]types.EventTopicShareSet
	// owed is to each topic, in basis points of a unit.
	owed map[uint64]*big.Int
	// shared are the tiles of payments that do not count yet, by topic.
	shared    map[uint64][]types.RewardTile
	waiting   map[uint64][]waitingReward
	accounts  map[uint64]*types.RewardAccount
	dividends map[string]uint64
	stewards  map[string]map[uint64]uint64
	minted    uint64
	burnt     uint64
	observed  uint64
	streams   map[uint64]types.Stream
	pots      map[potKey]sdk.Coins
	carries   map[uint64]sdk.Coins
	sponsored map[uint64]sdk.Coins
}

type potKey struct{ topic, epoch uint64 }

// waitingReward is what an epoch gave that does not count as mature yet.
type waitingReward struct{ epoch, id, amount uint64 }

func newIndexer(shares ...types.TopicAccount) *indexer {
	x := &indexer{
		shares: map[uint64]types.EventTopicShareSet{}, owed: map[uint64]*big.Int{}, shared: map[uint64][]types.RewardTile{}, waiting: map[uint64][]waitingReward{},
		accounts: map[uint64]*types.RewardAccount{}, dividends: map[string]uint64{}, stewards: map[string]map[uint64]uint64{},
		streams: map[uint64]types.Stream{}, pots: map[potKey]sdk.Coins{}, carries: map[uint64]sdk.Coins{}, sponsored: map[uint64]sdk.Coins{},
	}
	for _, s := range shares {
		x.shares[s.TopicId] = types.EventTopicShareSet{TopicId: s.TopicId, ShareBp: s.ShareBp}
	}
	return x
}

func (x *indexer) account(id uint64) *types.RewardAccount {
	if x.accounts[id] == nil {
		x.accounts[id] = &types.RewardAccount{ContributionId: id}
	}
	return x.accounts[id]
}

func (x *indexer) owe(topic uint64) *big.Int {
	if x.owed[topic] == nil {
		x.owed[topic] = new(big.Int)
	}
	return x.owed[topic]
}

// read reads one event.
func (x *indexer) read(event proto.Message) error {
	switch e := event.(type) {
	case *types.EventIssued:
		x.issued(e)
	case *types.EventBurnObserved:
		x.observed += e.Amount
	case *types.EventTopicShareSet:
		x.shares[e.TopicId] = *e
	case *types.EventRewardsShared:
		var tile types.RewardTile
		if err := tile.Unmarshal(e.Tile); err != nil {
			return err
		}
		x.shared[e.TopicId] = append(x.shared[e.TopicId], tile)
	case *types.EventEpochPaid:
		x.paid(e)
	case *types.EventEpochMatured:
		x.matured(e)
	case *types.EventRewardsFrozen:
		x.account(e.ContributionId).Frozen = true
	case *types.EventRewardsReleased:
		a := x.account(e.ContributionId)
		a.Frozen, a.Immature, a.Mature = false, a.Immature-e.Matured, a.Mature+e.Matured
	case *types.EventRewardsTakenBack:
		a := x.account(e.ContributionId)
		a.Immature, a.TakenBack = a.Immature-e.Amount, a.TakenBack+e.Amount
		x.burnt += e.Amount
	case *types.EventClaimed:
		x.claimed(e)
	default:
		return x.readSponsors(event)
	}
	return nil
}

func (x *indexer) readSponsors(event proto.Message) error {
	switch e := event.(type) {
	case *types.EventTopicFunded:
		x.streams[e.Stream.StreamId] = e.Stream
	case *types.EventStreamEnded:
		delete(x.streams, e.StreamId)
	case *types.EventPotFilled:
		for _, p := range e.Parts {
			s := x.streams[p.StreamId]
			s.Left = s.Left.Sub(p.Part)
			s.EpochsLeft--
			x.streams[p.StreamId] = s
		}
		x.carries[e.TopicId] = x.carries[e.TopicId].Sub(e.Carried...)
		x.pots[potKey{e.TopicId, e.Epoch}] = e.Coins
	case *types.EventSponsoredMatured:
		pot := potKey{e.TopicId, e.Epoch}
		x.pots[pot] = x.pots[pot].Sub(e.Coins...)
		x.sponsored[e.ContributionId] = x.sponsored[e.ContributionId].Add(e.Coins...)
	case *types.EventSponsoredReturned:
		if e.Epoch == 0 {
			x.carries[e.TopicId] = x.carries[e.TopicId].Sub(e.Coins...)
			return nil
		}
		pot := potKey{e.TopicId, e.Epoch}
		x.pots[pot] = x.pots[pot].Sub(e.Coins...)
		if !e.ToCommunity {
			x.carries[e.TopicId] = x.carries[e.TopicId].Add(e.Coins...)
		}
	case *types.EventParamsScheduled, *types.EventParamsReplaced, *types.EventParamsUpdated:
	default:
		return fmt.Errorf("nobody told the indexer of %T", event)
	}
	return nil
}

func (x *indexer) issued(e *types.EventIssued) {
	x.minted += e.Amount
	for topic, share := range x.shares {
		if !share.Paused {
			x.owe(topic).Add(x.owe(topic), new(big.Int).Mul(n(e.TopicsPart), n(uint64(share.ShareBp))))
		}
	}
}

func (x *indexer) paid(e *types.EventEpochPaid) {
	for _, tile := range x.shared[e.TopicId] {
		if tile.Epoch != e.Epoch {
			continue
		}
		for _, reward := range tile.Rewards {
			x.account(reward.ContributionId).Immature += reward.Amount
			x.waiting[e.TopicId] = append(x.waiting[e.TopicId], waitingReward{e.Epoch, reward.ContributionId, reward.Amount})
		}
	}
	delete(x.shared, e.TopicId)
	for _, d := range e.Dividends {
		x.dividends[d.Operator] += d.Amount
	}
	if e.StewardCut > 0 {
		x.steward(e.Steward)[e.TopicId] += e.StewardCut
	}
	left := e.ContributorsSpent + e.StewardCut + e.ScoringSpent + e.Burnt
	x.owe(e.TopicId).Sub(x.owe(e.TopicId), new(big.Int).Mul(n(left), n(types.BasisPoints)))
	x.burnt += e.Burnt
}

func (x *indexer) steward(steward string) map[uint64]uint64 {
	if x.stewards[steward] == nil {
		x.stewards[steward] = map[uint64]uint64{}
	}
	return x.stewards[steward]
}

// matured makes mature what waits, but not of those that are frozen: their release says how much it was.
func (x *indexer) matured(e *types.EventEpochMatured) {
	var rest []waitingReward
	for _, w := range x.waiting[e.TopicId] {
		if w.epoch > e.Epoch {
			rest = append(rest, w)
			continue
		}
		if a := x.account(w.id); !a.Frozen {
			a.Immature, a.Mature = a.Immature-w.amount, a.Mature+w.amount
		}
	}
	x.waiting[e.TopicId] = rest
}

func (x *indexer) claimed(e *types.EventClaimed) {
	for _, r := range e.Rewards {
		a := x.account(r.ContributionId)
		a.Mature, a.Claimed = a.Mature-r.Amount, a.Claimed+r.Amount
		x.sponsored[r.ContributionId] = x.sponsored[r.ContributionId].Sub(r.Sponsored...)
	}
	for _, cut := range e.StewardAccounts {
		x.steward(cut.Steward)[cut.TopicId] -= cut.Mature
	}
}

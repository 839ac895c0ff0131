// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	"cosmossdk.io/collections"
	"cosmossdk.io/math"

	"github.com/weal-network/weal/pkg/concentration"
	"github.com/weal-network/weal/pkg/power"
	"github.com/weal-network/weal/x/emission/types"
)

// Concentration measures what is bounded: the validators that make blocks, the accounts that have most merit, and the
// rewards of a topic's last epochs.
func (s queryServer) Concentration(ctx context.Context, req *types.QueryConcentrationRequest) (*types.QueryConcentrationResponse, error) {
	basis, err := s.k.standings(ctx)
	if err != nil {
		return nil, err
	}
	stakes := make([]uint64, len(basis.Standings))
	for i, standing := range basis.Standings {
		stakes[i] = standing.Tokens
	}
	capBp, err := s.k.scoring.PowerCapBp(ctx)
	if err != nil {
		return nil, err
	}
	response := &types.QueryConcentrationResponse{
		Stake: types.NewConcentration(stakes), ScoringPower: types.NewConcentration(power.Cap(stakes, capBp)),
	}
	if err := s.measureMerit(ctx, response); err != nil {
		return nil, err
	}
	if req.TopicId == 0 {
		return response, nil
	}
	if _, err := s.k.getTopic(ctx, req.TopicId); err != nil {
		return nil, notFound(err)
	}
	rewards, epochs, err := s.k.lastRewardsByContributor(ctx, req.TopicId)
	response.Rewards, response.Epochs = types.NewConcentration(rewards), epochs
	return response, err
}

// SetMerit names who keeps merit, which is built upon this keeper. It is for queries alone.
func (k *Keeper) SetMerit(merit types.MeritKeeper) { k.merit = merit }

// measureMerit measures the merit of those who have most, and says how much of all that is.
func (s queryServer) measureMerit(ctx context.Context, response *types.QueryConcentrationResponse) error {
	amounts, total, err := s.k.merit.TopMerit(ctx, types.MaxMeasuredAccounts)
	if err != nil {
		return err
	}
	response.Merit = types.NewConcentration(amounts)
	if total.IsPositive() {
		// What halving cut off each amount can make them less than the total, and never more.
		response.MeritPpm = math.NewIntFromUint64(response.Merit.Total).MulRaw(concentration.One).Quo(total).Uint64()
	}
	return nil
}

// lastRewardsByContributor is what a topic's last paid epochs gave, one amount a contributor,
// and how many epochs those are.
func (k *Keeper) lastRewardsByContributor(ctx context.Context, topicID uint64) ([]uint64, uint32, error) {
	var epochs []uint64
	latest := collections.NewPrefixedPairRange[uint64, uint64](topicID).Descending()
	err := k.Payments.Walk(ctx, latest, func(key collections.Pair[uint64, uint64], _ types.EpochPayment) (bool, error) {
		epochs = append(epochs, key.K2())
		return len(epochs) == types.MaxMeasuredEpochs, nil
	})
	if err != nil {
		return nil, 0, err
	}
	sums := contributorSums{k: k, of: map[uint64]int{}, at: map[string]int{}}
	for _, epoch := range epochs {
		tiles := new(collections.Range[tileKey]).
			StartInclusive(collections.Join3(topicID, epoch, uint64(0))).EndExclusive(collections.Join3(topicID, epoch+1, uint64(0)))
		err := k.RewardTiles.Walk(ctx, tiles, func(_ tileKey, tile types.RewardTile) (bool, error) {
			return false, sums.add(ctx, tile)
		})
		if err != nil {
			return nil, 0, err
		}
	}
	return sums.amounts, uint32(len(epochs)), nil //nolint:gosec // at most MaxMeasuredEpochs
}

// contributorSums adds up rewards by contributor. The maps are looked up and never ranged over.
type contributorSums struct {
	k       *Keeper
	amounts []uint64
	// of and at are places in amounts, by contribution and by contributor.
	of map[uint64]int
	at map[string]int
}

func (s *contributorSums) add(ctx context.Context, tile types.RewardTile) error {
	for _, reward := range tile.Rewards {
		place, known := s.of[reward.ContributionId]
		if !known {
			contribution, err := s.k.contribution.GetContribution(ctx, reward.ContributionId)
			if err != nil {
				return err
			}
			if place, known = s.at[contribution.Contributor]; !known {
				place = len(s.amounts)
				s.at[contribution.Contributor] = place
				s.amounts = append(s.amounts, 0)
			}
			s.of[reward.ContributionId] = place
		}
		s.amounts[place] += reward.Amount
	}
	return nil
}

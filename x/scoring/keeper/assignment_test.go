// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/pkg/row"
	topictypes "github.com/weal-network/weal/x/topic/types"

	"github.com/weal-network/weal/x/scoring/types"
	"github.com/weal-network/weal/x/scoring/verify"
)

// sharing is a topic that shares its contributions out: to 4 of 10 validators with equal power each.
type sharing struct {
	*world
	names []string
	epoch types.Epoch
}

func newSharing(t *testing.T, contributions uint64) *sharing {
	t.Helper()
	s := &sharing{world: newWorld(t)}
	for i := range 10 {
		s.names = append(s.names, fmt.Sprint("validator-", i))
		s.staking.bond(sdk.ValAddress(account(s.names[i])), 100)
	}
	for id := range contributions {
		s.contributions.sets[1] = append(s.contributions.sets[1], id+1)
	}
	s.topic(1, 6, 2)
	scoring := &s.topics.find(1).Scoring
	scoring.ScoreRule, scoring.DividendRule, scoring.Coverage = topictypes.SCORE_RULE_MEDIAN, topictypes.DIVIDEND_RULE_INNOVATION, 4
	return s
}

// assigned are the contributions that a validator is to score.
func (s *sharing) assigned(name string) []uint64 {
	s.t.Helper()
	res, err := s.queries.Assignment(s.ctx, &types.QueryAssignmentRequest{TopicId: 1, Operator: operatorName(name)})
	require.NoError(s.t, err)
	require.Equal(s.t, s.epoch.Number, res.Epoch)
	return res.ContributionIds
}

// play scores the next epoch: each validator gives what the function says, 0 for nothing, to each contribution that it was
// assigned or was not.
func (s *sharing) play(score func(name string, id uint64, assigned bool) uint16) types.EpochResult {
	s.t.Helper()
	s.epoch = s.begin(1)
	rows := map[string][]byte{}
	for _, name := range s.names {
		asked := s.assigned(name)
		var entries []row.Entry
		for _, id := range s.contributions.sets[1] {
			if given := score(name, id, slices.Contains(asked, id)); given > 0 {
				entries = append(entries, row.Entry{ID: id, Score: given})
			}
		}
		if len(entries) == 0 {
			continue
		}
		packed, err := row.Encode(entries)
		require.NoError(s.t, err)
		rows[name] = packed
		s.commit(name, 1, s.epoch.Number, packed)
	}
	s.to(s.epoch.RevealHeight)
	for _, name := range s.names {
		if rows[name] != nil {
			s.reveal(name, 1, s.epoch.Number, rows[name])
		}
	}
	s.closed(1, s.epoch.Number)
	_, err := s.verified(1, s.epoch.Number)
	require.NoError(s.t, err)
	res, err := s.queries.Result(s.ctx, &types.QueryResultRequest{TopicId: 1, Epoch: s.epoch.Number})
	require.NoError(s.t, err)
	return res.Result
}

// truth is what everybody measures.
func truth(id uint64) uint16 { return uint16(10_000 + 37*id) }

func (s *sharing) dividend(r types.EpochResult, name string) uint64 {
	at := slices.IndexFunc(r.Validators, func(v types.ValidatorResult) bool { return v.Operator == operatorName(name) })
	require.GreaterOrEqual(s.t, at, 0)
	return r.Validators[at].Dividend
}

func TestContributionsAreSharedOutEvenlyByTheSeed(t *testing.T) {
	s := newSharing(t, 301)
	s.epoch = s.begin(1)
	judges := map[uint64]int{}
	var first []uint64
	for i, name := range s.names {
		ids := s.assigned(name)
		require.InDelta(t, 120, len(ids), 1, "301 contributions for 4 of 10")
		for _, id := range ids {
			judges[id]++
		}
		if i == 0 {
			first = ids
		}
	}
	require.Len(t, judges, 301)
	for id, n := range judges {
		require.Equal(t, 4, n, "contribution %d", id)
	}
	s.to(s.epoch.EndHeight)
	s.epoch = s.begin(1)
	require.NotEqual(t, first, s.assigned(s.names[0]), "another epoch has another seed")
}

// What a validator has to measure is what the topic's coverage says, however large the topic is.
func TestATopicOf65536ContributionsCostsEachOf64ValidatorsAnEighthOfThem(t *testing.T) {
	s := newSharing(t, 65_536)
	s.names = nil
	s.staking.validators = nil
	for i := range 64 {
		s.names = append(s.names, fmt.Sprint("validator-", i))
		s.staking.bond(sdk.ValAddress(account(s.names[i])), 100)
	}
	s.topics.find(1).Scoring.Coverage = 8
	s.epoch = s.begin(1)
	judges := make([]int, 65_537)
	for _, name := range s.names {
		ids := s.assigned(name)
		require.Len(t, ids, 65_536*8/64)
		for _, id := range ids {
			judges[id]++
		}
	}
	for id, n := range judges[1:] {
		require.Equal(t, 8, n, "contribution %d", id+1)
	}
}

func TestAContributionHasTheMedianOfThoseItWasAssignedTo(t *testing.T) {
	s := newSharing(t, 301)
	honest := s.play(func(_ string, id uint64, assigned bool) uint16 {
		if !assigned {
			return 0
		}
		return truth(id)
	})
	for j, id := range honest.ContributionIds {
		require.Equal(t, uint32(truth(id)), honest.Quality[j], "contribution %d", id)
	}
	for _, name := range s.names {
		require.Positive(t, s.dividend(honest, name))
	}
}

func TestWhatNobodyAskedForIsIgnored(t *testing.T) {
	asked, more := newSharing(t, 301), newSharing(t, 301)
	for _, s := range []*sharing{asked, more} {
		s.topics.find(1).Scoring.Sharpness = 3
	}
	for range 3 {
		want := asked.play(func(_ string, id uint64, assigned bool) uint16 {
			if !assigned {
				return 0
			}
			return truth(id)
		})
		got := more.play(func(name string, id uint64, assigned bool) uint16 {
			if !assigned && name != more.names[3] {
				return 65_535
			}
			return truth(id)
		})
		require.Equal(t, want, got)
	}
	res, err := more.queries.Explain(more.ctx, &types.QueryExplainRequest{TopicId: 1, Operator: operatorName(more.names[0])})
	require.NoError(t, err)
	require.Contains(t, fmt.Sprint(res.Lines), fmt.Sprintf("it was to score %d contributions, of which it gave 0 nothing, which is a 0; %d more that it scored are ignored",
		res.Validator.Assigned, 301-res.Validator.Assigned))
	require.InDelta(t, 120, float64(res.Validator.Assigned), 1)
	contribution, err := more.queries.Explain(more.ctx, &types.QueryExplainRequest{TopicId: 1, ContributionId: 300})
	require.NoError(t, err)
	require.Len(t, contribution.Contribution.Scores, 4)
	require.Contains(t, fmt.Sprint(contribution.Lines), "it was for 4 of the 10 validators that count")
}

func TestWhoeverSkipsWhatItWasAssignedLosesForIt(t *testing.T) {
	s := newSharing(t, 301)
	lazy := s.names[4]
	var last types.EpochResult
	for range 30 {
		last = s.play(func(name string, id uint64, assigned bool) uint16 {
			if !assigned || (name == lazy && id%2 == 0) {
				return 0
			}
			// What the shards' chance adds is the same for all, and news.
			return truth(id) + uint16((id*s.epoch.Number*7919)%3000)
		})
	}
	honest := s.dividend(last, s.names[0])
	require.Less(t, float64(s.dividend(last, lazy)), 0.75*float64(honest))
	require.InEpsilon(t, honest, s.dividend(last, s.names[1]), 0.05, "the honest are paid alike, whatever they were dealt")
	res, err := s.queries.Explain(s.ctx, &types.QueryExplainRequest{TopicId: 1, Operator: operatorName(lazy)})
	require.NoError(t, err)
	require.Positive(t, res.Validator.Skipped)
}

func TestAllScoreAllWhereThereAreNoMoreValidatorsThanCoverage(t *testing.T) {
	w := running(t)
	res, err := w.queries.Assignment(w.ctx, &types.QueryAssignmentRequest{TopicId: 1, Operator: operatorName("ann")})
	require.NoError(t, err)
	require.Equal(t, &types.QueryAssignmentResponse{Epoch: 1, All: true, Contributions: 3, ContributionIds: []uint64{1, 2, 3}}, res)
	_, err = w.queries.Assignment(w.ctx, &types.QueryAssignmentRequest{TopicId: 1, Operator: operatorName("eve")})
	require.ErrorIs(t, err, types.ErrNotFound)

	s := newSharing(t, 20)
	s.names = s.names[:4]
	s.staking.validators = s.staking.validators[:4]
	s.epoch = s.begin(1)
	require.Len(t, s.assigned(s.names[0]), 20)
}

// However far the frontier's rivals are apart in the set, all validators score them, and it goes on as it does elsewhere.
func TestAFrontierIsMeasuredByAllWhereTheRestIsSharedOut(t *testing.T) {
	r := newRace(t, 9, 300, 60)
	r.topics.find(1).Scoring.Coverage = 4
	for id := uint64(1); id <= 200; id++ {
		r.enter(id, "old", 21_000+int(id))
	}
	r.play(settle + 1)
	for id := uint64(201); id <= 300; id++ {
		r.enter(id, "new", 21_000+int(id))
	}
	r.enter(301, "ann", 30_000)
	r.enter(302, "eve", 30_000)
	res := r.play(settle + 2)
	require.Greater(t, share(res, 301), 0.9)
	require.Zero(t, share(res, 302))

	epoch, err := r.k.Epochs.Get(r.ctx, collections.Join(uint64(1), res.Epoch))
	require.NoError(t, err)
	common, err := row.DecodeIDs(epoch.Common, types.MaxCommon)
	require.NoError(t, err)
	require.Contains(t, common, uint64(301), "the holder of the top")
	require.NotContains(t, common, uint64(1))
	require.LessOrEqual(t, len(common), types.MaxCommon)
	assignment, err := epoch.Assignment()
	require.NoError(t, err)
	for i := range r.names {
		ids, err := assignment.Of(i, res.ContributionIds)
		require.NoError(t, err)
		require.Subset(t, ids, common)
		require.LessOrEqual(t, len(ids), assignment.Load(len(res.ContributionIds)))
	}

	epoch.Common, err = row.EncodeIDs(common[1:])
	require.NoError(t, err)
	require.NoError(t, r.k.Epochs.Set(r.ctx, collections.Join(uint64(1), res.Epoch), epoch))
	_, err = r.verified(1, res.Epoch)
	require.ErrorIs(t, err, verify.ErrDiffers)
}

func TestAnEpochWhoseScoringIsSharedOutIsExportedWhole(t *testing.T) {
	r := newRace(t, 9, 300, 60)
	r.topics.find(1).Scoring.Coverage = 4
	for id := uint64(1); id <= 300; id++ {
		r.enter(id, "old", 21_000+int(id))
	}
	for range 4 {
		r.play(1)
		before := r.exported()
		r.world = r.reborn()
		require.Equal(t, before, r.exported())
	}
}

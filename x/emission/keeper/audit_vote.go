// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"cosmossdk.io/collections"

	"github.com/weal-network/weal/x/emission/types"
)

// checkBallots counts every vote and delegation again and compares the ballots.
func (k *Keeper) checkBallots(ctx context.Context) (types.Check, error) {
	check := types.Check{Name: "ballots = votes and delegations, recounted", Ok: true, Detail: "to 10^-18 of a share"}
	recount := newRecount(k)
	err := k.Votes.Walk(ctx, nil, func(voter []byte, vote types.TopicVote) (bool, error) {
		return false, recount.add(ctx, voter, vote.Weights)
	})
	if err != nil {
		return check, err
	}
	for _, operator := range recount.operators {
		kept, err := k.ballot(ctx, []byte(operator))
		if err != nil {
			return check, err
		}
		if want := recount.ballots[operator]; !sameBallot(kept, *want) {
			check.Ok, check.Detail = false, fmt.Sprintf("the ballot at %s is %s, recounted %s", kept.Operator, kept.String(), want.String())
		}
	}
	kept, err := count(ctx, k.Ballots)
	if err != nil {
		return check, err
	}
	if kept != len(recount.operators) {
		check.Ok, check.Detail = false, fmt.Sprintf("%d ballots are kept, %d recounted", kept, len(recount.operators))
	}
	return check, nil
}

// recount are ballots as they follow from votes and delegations. The map is looked up and
// never ranged over.
type recount struct {
	k         *Keeper
	ballots   map[string]*types.Ballot
	operators []string
}

func newRecount(k *Keeper) *recount { return &recount{k: k, ballots: map[string]*types.Ballot{}} }

func (r *recount) add(ctx context.Context, voter []byte, weights []types.TopicWeight) error {
	delegations, err := r.k.delegations(ctx, voter)
	if err != nil {
		return err
	}
	for _, d := range delegations {
		r.at(d.operator).Add(weights, d.shares)
	}
	operates, err := r.k.operates(ctx, voter)
	if operates {
		r.at(voter).Own = weights
	}
	return err
}

func (r *recount) at(operator []byte) *types.Ballot {
	ballot, there := r.ballots[string(operator)]
	if !there {
		ballot = &types.Ballot{}
		r.ballots[string(operator)] = ballot
		r.operators = append(r.operators, string(operator))
	}
	return ballot
}

func sameBallot(a, b types.Ballot) bool {
	sameCell := func(a, b types.BallotCell) bool { return a.TopicId == b.TopicId && bytes.Equal(a.SharesBp, b.SharesBp) }
	return bytes.Equal(a.VotedShares, b.VotedShares) && slices.Equal(a.Own, b.Own) && slices.EqualFunc(a.Cells, b.Cells, sameCell)
}

func count[K, V any](ctx context.Context, m collections.Map[K, V]) (int, error) {
	n := 0
	err := m.Walk(ctx, nil, func(K, V) (bool, error) {
		n++
		return false, nil
	})
	return n, err
}

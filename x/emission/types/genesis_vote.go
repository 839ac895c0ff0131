// SPDX-License-Identifier: Apache-2.0

package types

import "math/big"

// validateVoting holds votes to their form, and a tally to what this module could have left.
// The order of votes and ballots is that of addresses' bytes, which only the keeper can read.
func (g GenesisState) validateVoting() error {
	for _, vote := range g.Votes {
		if vote.Voter == "" {
			return invalid("a vote has no voter")
		}
		if err := validateWeights(vote.Weights); err != nil {
			return invalid("vote of %s: %s", vote.Voter, err)
		}
	}
	if g.Voting == nil {
		return nil
	}
	v := *g.Voting
	switch {
	case v.Clock.StartedMs < 0:
		return invalid("the last tally began at %d ms, expected 0 or later", v.Clock.StartedMs)
	case v.Clock.Running != (v.Run != nil):
		return invalid("the clock says that a tally runs: %t, and there is one: %t", v.Clock.Running, v.Run != nil)
	case v.Clock.Counting != (v.Basis != nil):
		return invalid("the clock says that ballots are counted: %t, and there is a basis: %t", v.Clock.Counting, v.Basis != nil)
	case v.Clock.Counting && !v.Clock.Running:
		return invalid("ballots are counted by no tally that runs")
	case len(v.Frozen) > 0 && !v.Clock.Counting:
		return invalid("%d ballots are frozen and none are counted", len(v.Frozen))
	}
	if err := v.validateRun(); err != nil {
		return err
	}
	if v.Last != nil {
		return v.Last.validate()
	}
	return nil
}

func (v TopicVoting) validateRun() error {
	if v.Run == nil {
		return nil
	}
	if v.Clock.Counting && len(v.Run.Changes) > 0 {
		return invalid("a tally still counts and has %d shares to set", len(v.Run.Changes))
	}
	for _, change := range v.Run.Changes {
		if change.TopicId == 0 || change.ShareBp > BasisPoints {
			return invalid("topic %d is to have %d basis points, expected at most %d", change.TopicId, change.ShareBp, BasisPoints)
		}
	}
	if v.Basis != nil {
		for _, standing := range v.Basis.Standings {
			if standing.Operator == "" || standing.Tokens > CapUweal {
				return invalid("validator %q stands with %d uweal, expected at most the cap", standing.Operator, standing.Tokens)
			}
		}
	}
	for _, ballot := range v.Frozen {
		if err := ballot.validate(); err != nil {
			return err
		}
	}
	return v.Run.Tally.validate()
}

func (b Ballot) validate() error {
	last, whole := uint64(0), new(big.Int).SetBytes(b.VotedShares)
	whole.Mul(whole, big.NewInt(BasisPoints))
	for _, cell := range b.Cells {
		if err := rising("cell of topic", last, cell.TopicId); err != nil {
			return err
		}
		last = cell.TopicId
		whole.Sub(whole, new(big.Int).SetBytes(cell.SharesBp))
	}
	if whole.Sign() != 0 {
		return invalid("cells of the ballot at %s are not its voted shares: %s are left", b.Operator, whole)
	}
	if len(b.Own) > 0 {
		if err := validateWeights(b.Own); err != nil {
			return invalid("own vote of %s: %s", b.Operator, err)
		}
	}
	return nil
}

func (t TopicTally) validate() error {
	if t.Voted > t.Bonded || t.Bonded > CapUweal {
		return invalid("of %d uweal bonded %d voted in a tally, expected no more than there are", t.Bonded, t.Voted)
	}
	last, stakes := uint64(0), uint64(0)
	for _, topic := range t.Topics {
		if err := rising("tally of topic", last, topic.TopicId); err != nil {
			return err
		}
		last = topic.TopicId
		// What voted is floored to whole units at each validator, and stakes to parts of one, so that together they may be a little more than it.
		if topic.ShareBp > BasisPoints || topic.StakeBp > t.Bonded*BasisPoints-stakes {
			return invalid("topic %d has %d of what %d uweal bonded could vote, and %d basis points", topic.TopicId, topic.StakeBp, t.Bonded, topic.ShareBp)
		}
		stakes += topic.StakeBp
	}
	return nil
}

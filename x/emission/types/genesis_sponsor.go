// SPDX-License-Identifier: Apache-2.0

package types

import sdk "github.com/cosmos/cosmos-sdk/types"

// validateSponsoring holds sponsors' coins to the form in which they are kept. Whether the
// bank has them is checked at InitGenesis.
func (g GenesisState) validateSponsoring() error {
	if g.Sponsoring == nil {
		return nil
	}
	s := *g.Sponsoring
	if s.NextStreamId == 0 {
		return invalid("next_stream_id is 0, expected at least 1")
	}
	for _, validate := range []func() error{s.validateStreams, s.validatePots, s.validateAccounts} {
		if err := validate(); err != nil {
			return err
		}
	}
	last := uint64(0)
	for _, topicID := range s.Turns {
		if err := rising("turn of topic", last, topicID); err != nil {
			return err
		}
		last = topicID
	}
	return nil
}

func (s Sponsoring) validateStreams() error {
	var last Stream
	for _, stream := range s.Streams {
		if stream.TopicId != last.TopicId {
			if err := rising("streams of topic", last.TopicId, stream.TopicId); err != nil {
				return err
			}
			last.StreamId = 0
		}
		if err := rising("stream", last.StreamId, stream.StreamId); err != nil {
			return err
		}
		switch {
		case stream.StreamId >= s.NextStreamId:
			return invalid("stream %d is there before it was given out: next_stream_id is %d", stream.StreamId, s.NextStreamId)
		case stream.EpochsLeft == 0 || stream.EpochsLeft > MaxStreamEpochs:
			return invalid("stream %d is for %d epochs, expected 1 to %d", stream.StreamId, stream.EpochsLeft, MaxStreamEpochs)
		case stream.Left.Validate() != nil || !stream.Left.IsPositive():
			return invalid("stream %d has %s left, expected an amount", stream.StreamId, stream.Left)
		}
		last = stream
	}
	return nil
}

func (s Sponsoring) validatePots() error {
	var last Pot
	for _, entry := range s.Pots {
		pot, ids := entry.Pot, entry.Shares.ContributionIds
		if pot.TopicId != last.TopicId {
			if err := rising("pots of topic", last.TopicId, pot.TopicId); err != nil {
				return err
			}
			last.Epoch = 0
		}
		if err := rising("pot of epoch", last.Epoch, pot.Epoch); err != nil {
			return err
		}
		last = pot
		if len(ids) == 0 || len(ids) != len(entry.Shares.Incentives) || int(pot.Next) >= len(ids) {
			return invalid("pot of epoch %d of topic %d is shared by %d incentives among %d contributions, the next at %d", pot.Epoch, pot.TopicId, len(entry.Shares.Incentives), len(ids), pot.Next)
		}
		if pot.Coins.Validate() != nil || pot.Coins.IsZero() || pot.Given.Validate() != nil || !pot.Coins.IsAllGTE(pot.Given) {
			return invalid("of %s in the pot of epoch %d of topic %d %s are given", pot.Coins, pot.Epoch, pot.TopicId, pot.Given)
		}
		previous := uint64(0)
		for i, id := range ids {
			if err := rising("share of contribution", previous, id); err != nil {
				return err
			}
			if incentive := entry.Shares.Incentives[i]; incentive == 0 || incentive > FractionOne {
				return invalid("contribution %d has incentive %d, expected 1 to %d", id, incentive, FractionOne)
			}
			previous = id
		}
	}
	return nil
}

func (s Sponsoring) validateAccounts() error {
	last := uint64(0)
	for _, account := range s.Accounts {
		if err := rising("sponsored account", last, account.ContributionId); err != nil {
			return err
		}
		if err := validateHeld(account.Mature); err != nil {
			return err
		}
		last = account.ContributionId
	}
	last = 0
	for _, carry := range s.Carries {
		if err := rising("carry of topic", last, carry.TopicId); err != nil {
			return err
		}
		if err := validateHeld(carry.Coins); err != nil {
			return err
		}
		last = carry.TopicId
	}
	return nil
}

func validateHeld(coins sdk.Coins) error {
	if coins.Validate() != nil || coins.IsZero() {
		return invalid("sponsors' coins %s are malformed or none", coins)
	}
	return nil
}

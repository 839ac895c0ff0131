// SPDX-License-Identifier: Apache-2.0

package types

import (
	"cmp"
	"slices"

	"github.com/weal-network/weal/pkg/split"
)

// validateTiles holds tiles to their order: by topic, epoch and contribution.
func (g GenesisState) validateTiles() error {
	var topic, epoch, last uint64
	for _, tile := range g.RewardTiles {
		if tile.TopicId == 0 || tile.Epoch == 0 || len(tile.Rewards) == 0 || len(tile.Rewards) > TileSize {
			return invalid("reward tile of epoch %d of topic %d has %d rewards, expected 1 to %d and an epoch and a topic from 1", tile.Epoch, tile.TopicId, len(tile.Rewards), TileSize)
		}
		switch place := cmp.Or(cmp.Compare(tile.TopicId, topic), cmp.Compare(tile.Epoch, epoch)); {
		case place < 0:
			return invalid("reward tile of epoch %d of topic %d after epoch %d of topic %d, expected rising ones", tile.Epoch, tile.TopicId, epoch, topic)
		case place > 0:
			topic, epoch, last = tile.TopicId, tile.Epoch, 0
		}
		for _, reward := range tile.Rewards {
			if err := rising("reward of contribution", last, reward.ContributionId); err != nil {
				return err
			}
			last = reward.ContributionId
		}
	}
	return nil
}

// validateAccounts holds settled accounts, held accounts and homes to their order.
func (g GenesisState) validateAccounts() error {
	last := uint64(0)
	for _, a := range g.SettledAccounts {
		if err := rising("settled account", last, a.ContributionId); err != nil {
			return err
		}
		last = a.ContributionId
	}
	last = 0
	for _, a := range g.HeldAccounts {
		if err := rising("held account", last, a.ContributionId); err != nil {
			return err
		}
		last = a.ContributionId
	}
	var before Home
	for _, home := range g.Homes {
		if cmp.Or(cmp.Compare(home.ContributionId, before.ContributionId), cmp.Compare(home.TopicId, before.TopicId)) <= 0 {
			return invalid("home of contribution %d in topic %d after that of %d in %d, expected rising ones", home.ContributionId, home.TopicId, before.ContributionId, before.TopicId)
		}
		before = home
	}
	return nil
}

// validateStewards holds stewards' accounts to one a steward and topic, with an amount. Their order is that of addresses'
// bytes, which only the keeper can read.
func (g GenesisState) validateStewards() error {
	type key struct {
		steward string
		topic   uint64
	}
	seen := make(map[key]bool, len(g.StewardAccounts))
	for _, a := range g.StewardAccounts {
		at := key{a.Steward, a.TopicId}
		if a.Steward == "" || a.TopicId == 0 || a.Mature == 0 || seen[at] {
			return invalid("steward account of %q in topic %d has %d uweal, expected one for each with an amount", a.Steward, a.TopicId, a.Mature)
		}
		seen[at] = true
	}
	return nil
}

// validatePayments holds payments to their order, by topic and epoch.
func (g GenesisState) validatePayments() error {
	var last EpochPayment
	for _, p := range g.Payments {
		if p.TopicId != last.TopicId {
			if err := rising("payments of topic", last.TopicId, p.TopicId); err != nil {
				return err
			}
			last.Epoch = 0
		}
		if err := rising("payment of epoch", last.Epoch, p.Epoch); err != nil {
			return err
		}
		for _, d := range p.Dividends {
			if d.Operator == "" || d.Amount == 0 {
				return invalid("payment of epoch %d of topic %d has a dividend of %d for %q, expected an amount and an operator", p.Epoch, p.TopicId, d.Amount, d.Operator)
			}
		}
		last = p
	}
	return nil
}

// validatePaid checks that topics are paid up to the last payment that is kept, and that the payment which is mature is
// kept too; and that payments which are not whole come after.
func (g GenesisState) validatePaid() error {
	last := uint64(0)
	for _, paid := range g.PaidEpochs {
		if err := rising("paid epochs of topic", last, paid.TopicId); err != nil {
			return err
		}
		last = paid.TopicId
		if !g.paid(paid.TopicId, paid.Last) || paid.Mature > paid.Last || paid.Mature > 0 && !g.paid(paid.TopicId, paid.Mature) {
			return invalid("topic %d is paid up to epoch %d and mature up to %d, of which there are no payments", paid.TopicId, paid.Last, paid.Mature)
		}
	}
	for _, p := range g.Payments {
		if p.Epoch > g.lastPaid(p.TopicId) {
			return invalid("payment of epoch %d of topic %d, which is paid up to epoch %d", p.Epoch, p.TopicId, g.lastPaid(p.TopicId))
		}
	}
	return g.validateWorks()
}

func (g GenesisState) validateWorks() error {
	last := uint64(0)
	for _, work := range g.PaymentWorks {
		if err := rising("payment work of topic", last, work.TopicId); err != nil {
			return err
		}
		last = work.TopicId
		if work.ContributorsPart > work.Budget || work.StewardCut > work.ContributorsPart || (work.StewardCut > 0) != (work.Steward != "") || work.Below == 0 || len(work.Division) != split.DivisionSize {
			return invalid("payment work of topic %d shares %d of %d uweal, of which %d are the steward's, by a division of %d bytes and is at contribution %d", work.TopicId, work.ContributorsPart, work.Budget, work.StewardCut, len(work.Division), work.Below)
		}
		below := work.Below
		for _, r := range work.Royalties {
			if r.ContributionId >= below || r.ContributionId == 0 {
				return invalid("royalty for contribution %d of topic %d waits after %d, expected falling ids", r.ContributionId, work.TopicId, below)
			}
			below = r.ContributionId
		}
	}
	return nil
}

// paid reports whether the payment of an epoch is there.
func (g GenesisState) paid(topicID, epoch uint64) bool {
	_, found := slices.BinarySearchFunc(g.Payments, place{topicID, epoch}, func(p EpochPayment, at place) int {
		return cmp.Or(cmp.Compare(p.TopicId, at.topic), cmp.Compare(p.Epoch, at.number))
	})
	return found
}

// lastPaid is the epoch up to which a topic is paid.
func (g GenesisState) lastPaid(topicID uint64) uint64 {
	at, found := slices.BinarySearchFunc(g.PaidEpochs, topicID, func(p PaidEpochs, id uint64) int { return cmp.Compare(p.TopicId, id) })
	if !found {
		return 0
	}
	return g.PaidEpochs[at].Last
}

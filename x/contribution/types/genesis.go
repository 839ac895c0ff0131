// SPDX-License-Identifier: Apache-2.0

package types

import (
	"crypto/sha256"
	"slices"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"
)

// FirstContributionID is the id of the first contribution of a chain: 0 would be
// left out of JSON, and means "none" in events.
const FirstContributionID = 1

// DefaultGenesisState has no contributions.
func DefaultGenesisState() *GenesisState {
	return &GenesisState{Params: DefaultParams(), NextContributionId: FirstContributionID}
}

// Validate checks every record, and that records, digests and active sets agree
// with one another. Whether the topics exist is checked when it is imported.
func (g GenesisState) Validate() error {
	if err := g.Params.Validate(); err != nil {
		return err
	}
	if g.NextContributionId < FirstContributionID {
		return errorsmod.Wrapf(ErrInvalidGenesis, "next_contribution_id is %d, expected at least %d", g.NextContributionId, FirstContributionID)
	}
	known := newLedger(len(g.Contributions))
	for i, c := range g.Contributions {
		if err := g.validateContribution(known, c); err != nil {
			return errorsmod.Wrapf(err, "contributions[%d]", i)
		}
	}
	places := 0
	for i, s := range g.ActiveSets {
		if i > 0 && s.TopicId <= g.ActiveSets[i-1].TopicId {
			return errorsmod.Wrapf(ErrInvalidGenesis, "active_sets[%d]: topic %d after %d: sort them by topic, each once", i, s.TopicId, g.ActiveSets[i-1].TopicId)
		}
		if err := s.validate(known); err != nil {
			return errorsmod.Wrapf(err, "active_sets[%d]", i)
		}
		places += len(s.Entries)
	}
	if places != known.active {
		return errorsmod.Wrapf(ErrInvalidGenesis, "%d contributions are active, but the active sets have %d places", known.active, places)
	}
	return nil
}

func (g GenesisState) validateContribution(known *ledger, c Contribution) error {
	if c.Id <= known.lastID || c.Id >= g.NextContributionId {
		return errorsmod.Wrapf(ErrInvalidGenesis, "id %d, expected one above %d and below next_contribution_id %d", c.Id, known.lastID, g.NextContributionId)
	}
	if err := c.Validate(); err != nil {
		return err
	}
	return known.add(c)
}

// ledger is what genesis validation has seen so far.
type ledger struct {
	byID   map[uint64]Contribution
	owners map[digestKey]uint64
	lastID uint64
	active int
}

type digestKey struct {
	topicID uint64
	sha256  [sha256.Size]byte
}

func newLedger(n int) *ledger {
	return &ledger{byID: make(map[uint64]Contribution, n), owners: make(map[digestKey]uint64, n)}
}

// add takes a valid contribution. The lowest id that showed a digest owns it; a
// later one of the same bytes can only have ended, and a duplicate has an owner.
func (l *ledger) add(c Contribution) error {
	for _, p := range c.Parents {
		if parent, ok := l.byID[p.Id]; !ok || parent.TopicId != c.TopicId || parent.Status == STATUS_COMMITTED {
			return errorsmod.Wrapf(ErrInvalidGenesis, "parent %d of contribution %d is not a revealed contribution of topic %d", p.Id, c.Id, c.TopicId)
		}
	}
	if c.Status != STATUS_COMMITTED {
		key := digestKey{c.TopicId, [sha256.Size]byte(c.Artifact.Sha256)}
		owner, owned := l.owners[key]
		if owned && !c.IsOver() {
			return errorsmod.Wrapf(ErrInvalidGenesis, "contribution %d is %s, but %d owns its digest", c.Id, c.Status, owner)
		}
		if !owned && c.Status == STATUS_DUPLICATE {
			return errorsmod.Wrapf(ErrInvalidGenesis, "contribution %d is a duplicate of no earlier one", c.Id)
		}
		if !owned {
			l.owners[key] = c.Id
		}
	}
	if c.Status == STATUS_ACTIVE {
		l.active++
	}
	l.byID[c.Id], l.lastID = c, c.Id
	return nil
}

// Validate checks one record: every bound of its fields, and that they fit its
// status.
func (c Contribution) Validate() error {
	if c.Id < FirstContributionID || c.TopicId == 0 {
		return errorsmod.Wrapf(ErrInvalidGenesis, "contribution %d of topic %d: ids begin at 1", c.Id, c.TopicId)
	}
	for _, addr := range []string{c.Contributor, c.Payout} {
		if _, err := sdk.AccAddressFromBech32(addr); err != nil {
			return errorsmod.Wrapf(ErrInvalidAddress, "contribution %d: %q: %s", c.Id, addr, err)
		}
	}
	if err := validateHash(c.Hash); err != nil {
		return err
	}
	if c.CommittedHeight < 0 || c.RevealDeadline <= c.CommittedHeight {
		return errorsmod.Wrapf(ErrInvalidGenesis, "contribution %d: reveal_deadline %d is not after committed_height %d", c.Id, c.RevealDeadline, c.CommittedHeight)
	}
	switch c.Status {
	case STATUS_COMMITTED:
		return c.validateCommitted()
	case STATUS_REVEALED, STATUS_ACTIVE, STATUS_DUPLICATE, STATUS_PRUNED, STATUS_WITHDRAWN:
		return c.validateRevealed()
	case STATUS_UNSPECIFIED:
		fallthrough
	default:
		return errorsmod.Wrapf(ErrInvalidGenesis, "contribution %d has status %s", c.Id, c.Status)
	}
}

func (c Contribution) validateCommitted() error {
	if !c.Artifact.IsZero() || len(c.Parents) > 0 || c.License != "" || c.MetadataUri != "" || c.RevealedHeight != 0 || c.Payout != c.Contributor {
		return errorsmod.Wrapf(ErrInvalidGenesis, "contribution %d is committed, but shows what only a reveal can", c.Id)
	}
	return nil
}

func (c Contribution) validateRevealed() error {
	if c.RevealedHeight <= c.CommittedHeight || c.RevealedHeight > c.RevealDeadline {
		return errorsmod.Wrapf(ErrInvalidGenesis, "contribution %d: revealed_height %d is not in (%d, %d]", c.Id, c.RevealedHeight, c.CommittedHeight, c.RevealDeadline)
	}
	if err := c.Artifact.Validate(); err != nil {
		return err
	}
	if err := ValidateParents(c.Id, c.Parents); err != nil {
		return err
	}
	return validateDescription(c.License, c.MetadataUri)
}

// validate checks that the set's ids rise, that its entries are the topic's
// active contributions, and that those that left are not.
func (s ActiveSet) validate(known *ledger) error {
	if s.IsEmpty() {
		return errorsmod.Wrapf(ErrInvalidGenesis, "the set of topic %d is empty: leave it out", s.TopicId)
	}
	ids := s.IDs()
	if !rising(ids) || !rising(s.Left) || !rising(s.LeftBefore) {
		return errorsmod.Wrapf(ErrInvalidGenesis, "ids in the set of topic %d do not rise", s.TopicId)
	}
	for _, id := range ids {
		if c, ok := known.byID[id]; !ok || c.TopicId != s.TopicId || c.Status != STATUS_ACTIVE {
			return errorsmod.Wrapf(ErrInvalidGenesis, "%d is no active contribution of topic %d", id, s.TopicId)
		}
	}
	for _, id := range slices.Concat(s.Left, s.LeftBefore) {
		if c, ok := known.byID[id]; !ok || c.TopicId != s.TopicId || !c.IsOver() {
			return errorsmod.Wrapf(ErrInvalidGenesis, "%d is no contribution that left topic %d", id, s.TopicId)
		}
	}
	for _, id := range s.Left {
		if _, twice := slices.BinarySearch(s.LeftBefore, id); twice {
			return errorsmod.Wrapf(ErrInvalidGenesis, "%d left topic %d twice", id, s.TopicId)
		}
	}
	return nil
}

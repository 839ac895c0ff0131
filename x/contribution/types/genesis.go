// SPDX-License-Identifier: Apache-2.0

package types

import (
	"crypto/sha256"
	"math/bits"
	"slices"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	topictypes "github.com/weal-network/weal/x/topic/types"
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
	if err := ValidateGuardians(bech32Codec{}, g.Guardians, true); err != nil {
		return errorsmod.Wrap(ErrInvalidGenesis, err.Error())
	}
	known := newLedger(len(g.Contributions))
	for i, c := range g.Contributions {
		if err := g.validateContribution(known, c); err != nil {
			return errorsmod.Wrapf(err, "contributions[%d]", i)
		}
	}
	if err := known.validateVersions(g.Contributions); err != nil {
		return err
	}
	places := 0
	for i, s := range g.ActiveSets {
		if i > 0 && s.TopicId <= g.ActiveSets[i-1].TopicId {
			return errorsmod.Wrapf(ErrInvalidGenesis, "active_sets[%d]: topic %d after %d: sort them by topic, each once", i, s.TopicId, g.ActiveSets[i-1].TopicId)
		}
		active, err := s.validate(known)
		if err != nil {
			return errorsmod.Wrapf(err, "active_sets[%d]", i)
		}
		places += active
	}
	if places != known.active {
		return errorsmod.Wrapf(ErrInvalidGenesis, "%d contributions are active, but the active sets have %d places", known.active, places)
	}
	return g.validateTopicStates(known)
}

// Bonds is what the module's account must hold, in uweal. No bond is above a
// million WEAL, and no more than ids were given; false when the sum does not fit.
func (g GenesisState) Bonds() (sum uint64, ok bool) {
	for _, c := range g.Contributions {
		total, carry := bits.Add64(sum, c.Bond, 0)
		if carry != 0 {
			return 0, false
		}
		sum = total
	}
	return sum, true
}

// validateTopicStates checks that each is of a topic, once, and counts its places.
func (g GenesisState) validateTopicStates(known *ledger) error {
	counted := 0
	for i, s := range g.TopicStates {
		if s.TopicId == 0 || i > 0 && s.TopicId <= g.TopicStates[i-1].TopicId {
			return errorsmod.Wrapf(ErrInvalidGenesis, "topic_states[%d]: topic %d: sort them by topic, each once, from 1", i, s.TopicId)
		}
		if s.PriceTimeMs < 0 || s.EpochHeight < 0 {
			return errorsmod.Wrapf(ErrInvalidGenesis, "topic_states[%d]: price_time_ms %d and epoch_height %d, expected none below 0", i, s.PriceTimeMs, s.EpochHeight)
		}
		if int(s.Places) != known.activeIn[s.TopicId] {
			return errorsmod.Wrapf(ErrInvalidGenesis, "topic_states[%d]: %d places of topic %d, but %d contributions are active", i, s.Places, s.TopicId, known.activeIn[s.TopicId])
		}
		counted += int(s.Places)
	}
	if counted != known.active {
		return errorsmod.Wrapf(ErrInvalidGenesis, "%d contributions are active, but the topic states have %d places", known.active, counted)
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

// bech32Codec reads addresses with the prefixes that the process was configured for.
type bech32Codec struct{}

// StringToBytes implements address.Codec.
func (bech32Codec) StringToBytes(text string) ([]byte, error) { return sdk.AccAddressFromBech32(text) }

// BytesToString implements address.Codec.
func (bech32Codec) BytesToString(bz []byte) (string, error) { return sdk.AccAddress(bz).String(), nil }

// ledger is what genesis validation has seen so far.
type ledger struct {
	byID     map[uint64]Contribution
	owners   map[digestKey]uint64
	activeIn map[uint64]int
	lastID   uint64
	active   int
}

type digestKey struct {
	topicID uint64
	sha256  [sha256.Size]byte
}

func newLedger(n int) *ledger {
	return &ledger{byID: make(map[uint64]Contribution, n), owners: make(map[digestKey]uint64, n), activeIn: map[uint64]int{}}
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
		l.activeIn[c.TopicId]++
	}
	l.byID[c.Id], l.lastID = c, c.Id
	return nil
}

// validateVersions checks that versions name each other.
func (l *ledger) validateVersions(contributions []Contribution) error {
	for _, c := range contributions {
		if c.VersionOf != 0 {
			older, ok := l.byID[c.VersionOf]
			if !ok || c.VersionOf >= c.Id || older.Contributor != c.Contributor || older.TopicId != c.TopicId {
				return errorsmod.Wrapf(ErrInvalidGenesis, "contribution %d is a version of %d, which is no earlier one of its contributor and topic", c.Id, c.VersionOf)
			}
		}
		if c.NewVersion != 0 {
			if newer, ok := l.byID[c.NewVersion]; !ok || newer.VersionOf != c.Id {
				return errorsmod.Wrapf(ErrInvalidGenesis, "contribution %d names the new version %d, which is no version of it", c.Id, c.NewVersion)
			}
		}
	}
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
	if c.Price > topictypes.MaxPrice || c.BondDue > topictypes.MaxPrice || c.Bond > topictypes.MaxPrice {
		return errorsmod.Wrapf(ErrInvalidGenesis, "contribution %d: price %d, bond_due %d and bond %d, expected at most %d each", c.Id, c.Price, c.BondDue, c.Bond, uint64(topictypes.MaxPrice))
	}
	switch c.Status {
	case STATUS_COMMITTED:
		return c.validateCommitted()
	case STATUS_REVEALED, STATUS_ACTIVE, STATUS_QUARANTINED, STATUS_DUPLICATE, STATUS_PRUNED, STATUS_WITHDRAWN, STATUS_SUPERSEDED, STATUS_REMOVED:
		return c.validateRevealed()
	case STATUS_UNSPECIFIED:
		fallthrough
	default:
		return errorsmod.Wrapf(ErrInvalidGenesis, "contribution %d has status %s", c.Id, c.Status)
	}
}

func (c Contribution) validateCommitted() error {
	if !c.Artifact.IsZero() || len(c.Parents) > 0 || c.License != "" || c.MetadataUri != "" || c.RevealedHeight != 0 || c.Payout != c.Contributor ||
		c.Bond != 0 || c.Endpoint != "" || c.VersionOf != 0 || c.NewVersion != 0 || len(c.Split) > 0 || c.Ending != nil || c.Endorsement != nil || c.Quarantine != nil || c.GuardableFromMs != 0 {
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
	if err := validateDescription(c.License, c.MetadataUri, c.Endpoint); err != nil {
		return err
	}
	if err := ValidateSplit(bech32Codec{}, c.Split); err != nil {
		return err
	}
	return c.validateStanding()
}

// validateStanding checks that what is said of a contribution goes with its status.
func (c Contribution) validateStanding() error {
	switch {
	case c.BondDue != 0:
		return errorsmod.Wrapf(ErrInvalidGenesis, "contribution %d is %s, but still owes a bond", c.Id, c.Status)
	case c.Status == STATUS_REMOVED && c.Bond != 0:
		return errorsmod.Wrapf(ErrInvalidGenesis, "contribution %d was removed, but has a bond of %d", c.Id, c.Bond)
	case c.IsQuarantined() != (c.Quarantine != nil):
		return errorsmod.Wrapf(ErrInvalidGenesis, "contribution %d is %s: a quarantine stands there if and only if it is quarantined", c.Id, c.Status)
	case c.IsQuarantined() && c.Quarantine.Before != STATUS_REVEALED && !c.Quarantine.Before.IsOver():
		return errorsmod.Wrapf(ErrInvalidGenesis, "contribution %d was %s before its quarantine, expected REVEALED or one that is over", c.Id, c.Quarantine.Before)
	case c.Ending != nil && c.Competes():
		return errorsmod.Wrapf(ErrInvalidGenesis, "contribution %d is %s, but says how it left", c.Id, c.Status)
	default:
		return c.validateGuard()
	}
}

// validate checks that the set's ids rise, that its entries are contributions of
// the topic that are active or have left since the epoch began, and that those that
// left are not active. It returns how many are.
func (s ActiveSet) validate(known *ledger) (active int, err error) {
	if s.IsEmpty() {
		return 0, errorsmod.Wrapf(ErrInvalidGenesis, "the set of topic %d is empty: leave it out", s.TopicId)
	}
	ids := s.IDs()
	if !rising(ids) || !rising(s.Left) || !rising(s.LeftBefore) {
		return 0, errorsmod.Wrapf(ErrInvalidGenesis, "ids in the set of topic %d do not rise", s.TopicId)
	}
	for _, id := range ids {
		c, ok := known.byID[id]
		if !ok || c.TopicId != s.TopicId || !c.IsShown() {
			return 0, errorsmod.Wrapf(ErrInvalidGenesis, "%d is no active contribution of topic %d", id, s.TopicId)
		}
		if c.Status == STATUS_ACTIVE {
			active++
		}
	}
	for _, id := range slices.Concat(s.Left, s.LeftBefore) {
		if c, ok := known.byID[id]; !ok || c.TopicId != s.TopicId || !c.IsShown() || c.Status == STATUS_ACTIVE {
			return 0, errorsmod.Wrapf(ErrInvalidGenesis, "%d is no contribution that left topic %d", id, s.TopicId)
		}
	}
	for _, id := range s.Left {
		if _, twice := slices.BinarySearch(s.LeftBefore, id); twice {
			return 0, errorsmod.Wrapf(ErrInvalidGenesis, "%d left topic %d twice", id, s.TopicId)
		}
	}
	return active, nil
}

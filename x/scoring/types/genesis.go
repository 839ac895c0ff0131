// SPDX-License-Identifier: Apache-2.0

package types

import (
	"bytes"
	"cmp"
	"slices"

	"cosmossdk.io/core/address"
	errorsmod "cosmossdk.io/errors"
)

// DefaultGenesis is the state of a new chain. Topics of its genesis get their clocks when it starts.
func DefaultGenesis() *GenesisState { return &GenesisState{Params: DefaultParams()} }

// Validate refuses a state that no chain could have exported (ErrInvalidParams, ErrInvalidGenesis):
// lists out of order, records without what they belong to, and values out of their bounds.
func (gs GenesisState) Validate(accounts, operators address.Codec) error {
	if err := gs.Params.Validate(); err != nil {
		return err
	}
	if gs.PendingParams != nil {
		if err := gs.PendingParams.Validate(); err != nil {
			return err
		}
	}
	v := genesisValidator{gs: gs, accounts: accounts, operators: operators}
	for _, check := range []func() error{
		v.clocks, v.epochs, v.pinnedSets, v.openEpochs, v.scorers, v.commits, v.reveals, v.rows, v.generations, v.bonds, v.publicTiles,
		v.snapshots, v.tallies, v.works, v.resultTiles, v.outcomes, v.roots, v.frontiers, v.windowOutcomes, v.frontierEndings, v.records, v.pruningTopics,
	} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

// genesisValidator checks one list after the other; each check leans on those before it.
type genesisValidator struct {
	gs                  GenesisState
	accounts, operators address.Codec
}

// place is where a record stands in its list.
type place struct {
	topic, epoch uint64
	tile         uint32
	operator     []byte
}

func comparePlaces(a, b place) int {
	return cmp.Or(cmp.Compare(a.topic, b.topic), cmp.Compare(a.epoch, b.epoch), cmp.Compare(a.tile, b.tile), bytes.Compare(a.operator, b.operator))
}

// rising refuses a list whose places do not rise strictly.
func rising[T any](list string, records []T, at func(T) (place, error)) error {
	var last place
	for i, r := range records {
		p, err := at(r)
		if err != nil {
			return errorsmod.Wrapf(ErrInvalidGenesis, "%s[%d]: %s", list, i, err)
		}
		if i > 0 && comparePlaces(last, p) >= 0 {
			return errorsmod.Wrapf(ErrInvalidGenesis, "%s[%d]: it does not come after the one before it: sort the list and drop doubles", list, i)
		}
		last = p
	}
	return nil
}

// invalidGenesis is what is wrong with a record.
func invalidGenesis(format string, args ...any) error {
	return errorsmod.Wrapf(ErrInvalidGenesis, format, args...)
}

func invalid(list string, i int, format string, args ...any) error {
	return errorsmod.Wrapf(errorsmod.Wrapf(ErrInvalidGenesis, format, args...), "%s[%d]", list, i)
}

// operatorPlace reads an operator address.
func (v genesisValidator) operatorPlace(topic, epoch uint64, operator string) (place, error) {
	bz, err := v.operators.StringToBytes(operator)
	return place{topic: topic, epoch: epoch, operator: bz}, err
}

// clock finds a topic's clock.
func (v genesisValidator) clock(topic uint64) (Clock, bool) {
	i, found := slices.BinarySearchFunc(v.gs.Clocks, topic, func(c Clock, topic uint64) int { return cmp.Compare(c.TopicId, topic) })
	if !found {
		return Clock{}, false
	}
	return v.gs.Clocks[i], true
}

// epoch finds an epoch and its set, which stand at the same index.
func (v genesisValidator) epoch(topic, number uint64) (Epoch, []uint64, bool) {
	i, found := slices.BinarySearchFunc(v.gs.Epochs, place{topic: topic, epoch: number}, func(e Epoch, p place) int {
		return comparePlaces(place{topic: e.TopicId, epoch: e.Number}, p)
	})
	if !found {
		return Epoch{}, nil, false
	}
	return v.gs.Epochs[i], v.gs.PinnedSets[i].ContributionIds, true
}

func (v genesisValidator) clocks() error {
	for i, c := range v.gs.Clocks {
		if c.TopicId == 0 || c.NextStart < 1 {
			return invalid("clocks", i, "topic %d begins its next epoch at height %d: both begin at 1", c.TopicId, c.NextStart)
		}
	}
	return rising("clocks", v.gs.Clocks, func(c Clock) (place, error) { return place{topic: c.TopicId}, nil })
}

func (v genesisValidator) pinnedSets() error {
	if len(v.gs.PinnedSets) != len(v.gs.Epochs) {
		return errorsmod.Wrapf(ErrInvalidGenesis, "there are %d pinned_sets and %d epochs: give each epoch its set", len(v.gs.PinnedSets), len(v.gs.Epochs))
	}
	for i, set := range v.gs.PinnedSets {
		epoch := v.gs.Epochs[i]
		if set.TopicId != epoch.TopicId || set.Epoch != epoch.Number {
			return invalid("pinned_sets", i, "it is of topic %d, epoch %d; expected topic %d, epoch %d", set.TopicId, set.Epoch, epoch.TopicId, epoch.Number)
		}
		if err := validateIDs(set.ContributionIds); err != nil {
			return invalid("pinned_sets", i, "%s", err)
		}
	}
	return nil
}

// validateIDs refuses ids that do not rise from 1 on, or too many of them.
func validateIDs(ids []uint64) error {
	if len(ids) > MaxEntries {
		return errorsmod.Wrapf(ErrInvalidGenesis, "%d contributions, at most %d can be measured", len(ids), MaxEntries)
	}
	last := uint64(0)
	for _, id := range ids {
		if id <= last {
			return errorsmod.Wrapf(ErrInvalidGenesis, "contribution %d stands behind %d: ids rise strictly from 1 on", id, last)
		}
		last = id
	}
	return nil
}

func (v genesisValidator) scorers() error {
	keys := make([][]byte, 0, len(v.gs.Scorers))
	for i, s := range v.gs.Scorers {
		key, err := v.accounts.StringToBytes(s.Scorer)
		if err != nil {
			return invalid("scorers", i, "scorer: %s", err)
		}
		keys = append(keys, key)
	}
	slices.SortFunc(keys, bytes.Compare)
	if len(slices.CompactFunc(keys, bytes.Equal)) != len(v.gs.Scorers) {
		return errorsmod.Wrap(ErrInvalidGenesis, "scorers: two validators share a scorer key: give each its own")
	}
	return rising("scorers", v.gs.Scorers, func(s Scorer) (place, error) { return v.operatorPlace(0, 0, s.Operator) })
}

func (v genesisValidator) records() error {
	for i, r := range v.gs.Records {
		if _, found := v.clock(r.TopicId); !found {
			return invalid("records", i, "topic %d has no clock", r.TopicId)
		}
		if err := r.validate(); err != nil {
			return invalid("records", i, "%s", err)
		}
	}
	return rising("records", v.gs.Records, func(r ValidatorRecord) (place, error) {
		return v.operatorPlace(r.TopicId, 0, r.Operator)
	})
}

func (v genesisValidator) pruningTopics() error {
	for i, topic := range v.gs.PruningTopics {
		if _, found := v.clock(topic); !found {
			return invalid("pruning_topics", i, "topic %d has no clock", topic)
		}
	}
	return rising("pruning_topics", v.gs.PruningTopics, func(topic uint64) (place, error) { return place{topic: topic}, nil })
}

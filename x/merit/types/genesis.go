// SPDX-License-Identifier: Apache-2.0

package types

import (
	"bytes"
	"slices"

	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
)

// FirstRecording is the id of a chain's first recording.
const FirstRecording = 1

// DefaultGenesis is a chain on which nobody has merit.
func DefaultGenesis() *GenesisState {
	return &GenesisState{Params: DefaultParams(), NextRecording: FirstRecording}
}

// Validate refuses a state that contradicts itself with ErrInvalidGenesis.
func (g GenesisState) Validate() error {
	if err := g.Params.Validate(); err != nil {
		return errorsmod.Wrap(ErrInvalidGenesis, err.Error())
	}
	if g.Clock.AtMs < 0 || g.Clock.Periods >= 1<<62 {
		return errorsmod.Wrapf(ErrInvalidGenesis, "clock is at %d ms and %d half-lives: it does not go backwards", g.Clock.AtMs, g.Clock.Periods)
	}
	for _, check := range []func() error{g.validateHoldings, g.validateQueue, g.validateTallies} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

// held is what an account's sources come to.
type held struct {
	weight  math.Int
	sources uint64
}

// validateHoldings holds each account against its sources: it has at least what they come to, of which carrying over loses more.
func (g GenesisState) validateHoldings() error {
	// found is looked up and never ranged over.
	found, last := make(map[string]*held, len(g.Holdings)), []byte(nil)
	periods := make(map[string]uint64, len(g.Holdings))
	for _, h := range g.Holdings {
		address, err := sdk.AccAddressFromBech32(h.Address)
		switch {
		case err != nil:
			return errorsmod.Wrapf(ErrInvalidGenesis, "holding of %q: %s", h.Address, err)
		case bytes.Compare(last, address) >= 0:
			return errorsmod.Wrapf(ErrInvalidGenesis, "holding of %s is out of order or there twice: sort holdings by the bytes of their addresses", h.Address)
		case !h.Merit().Fits() || h.Period >= 1<<62 || h.Sources == 0:
			return errorsmod.Wrapf(ErrInvalidGenesis, "holding of %s has weight %s of half-life %d from %d sources: give a weight of 0 to 2^127 - 1 from at least one", h.Address, h.Weight, h.Period, h.Sources)
		}
		last, found[h.Address], periods[h.Address] = address, &held{weight: math.ZeroInt()}, h.Period
	}
	if err := g.validateSources(found, periods); err != nil {
		return err
	}
	for _, h := range g.Holdings {
		if sum := found[h.Address]; sum.sources != h.Sources || sum.weight.GT(h.Weight) {
			return errorsmod.Wrapf(ErrInvalidGenesis, "holding of %s is %s from %d sources, which have %s and are %d: give all of them", h.Address, h.Weight, h.Sources, sum.weight, sum.sources)
		}
	}
	return nil
}

func (g GenesisState) validateSources(found map[string]*held, periods map[string]uint64) error {
	var last Source
	var lastAddress []byte
	for _, s := range g.Sources {
		sum, known := found[s.Address]
		if !known {
			return errorsmod.Wrapf(ErrInvalidGenesis, "source of contribution %d names %q, which has no holding", s.ContributionId, s.Address)
		}
		address, err := sdk.AccAddressFromBech32(s.Address)
		switch {
		case err != nil:
			return errorsmod.Wrapf(ErrInvalidGenesis, "source of contribution %d: %s", s.ContributionId, err)
		case s.ContributionId == 0 || s.ContributionId < last.ContributionId || s.ContributionId == last.ContributionId && bytes.Compare(lastAddress, address) >= 0:
			return errorsmod.Wrapf(ErrInvalidGenesis, "source of contribution %d for %s is out of order or there twice: sort sources by contribution, then by the bytes of their addresses", s.ContributionId, s.Address)
		case !s.Merit().Fits() || s.Period > periods[s.Address]:
			return errorsmod.Wrapf(ErrInvalidGenesis, "source of contribution %d for %s has weight %s of half-life %d: give a weight of 0 to 2^127 - 1, of no later half-life than the account's", s.ContributionId, s.Address, s.Weight, s.Period)
		}
		last, lastAddress = s, address
		sum.weight = sum.weight.Add(s.Merit().At(periods[s.Address]))
		sum.sources++
	}
	return nil
}

// validateQueue checks what waits for the end of a block.
func (g GenesisState) validateQueue() error {
	last := uint64(0)
	for _, r := range g.Recordings {
		if r.Id <= last || r.Id >= g.NextRecording || r.TopicId == 0 || r.Epoch == 0 {
			return errorsmod.Wrapf(ErrInvalidGenesis, "recording %d of epoch %d of topic %d: ids rise and are below next_recording, %d", r.Id, r.Epoch, r.TopicId, g.NextRecording)
		}
		last = r.Id
	}
	if g.NextRecording < FirstRecording {
		return errorsmod.Wrapf(ErrInvalidGenesis, "next_recording is %d: begin with %d", g.NextRecording, FirstRecording)
	}
	if !slices.IsSorted(g.Losing) || len(slices.Compact(slices.Clone(g.Losing))) != len(g.Losing) || slices.Contains(g.Losing, 0) {
		return errorsmod.Wrapf(ErrInvalidGenesis, "losing is %v: name each contribution once, rising", g.Losing)
	}
	return nil
}

// validateTallies checks that what was counted has no negative power.
func (g GenesisState) validateTallies() error {
	last := uint64(0)
	for _, t := range g.Tallies {
		if t.ProposalId <= last {
			return errorsmod.Wrapf(ErrInvalidGenesis, "tally of proposal %d is out of order or there twice: sort tallies by proposal", t.ProposalId)
		}
		last = t.ProposalId
		for _, house := range []House{t.Stake, t.Merit} {
			for _, power := range house.powers() {
				if power.IsNil() || power.IsNegative() {
					return errorsmod.Wrapf(ErrInvalidGenesis, "tally of proposal %d has power %s: give none below 0", t.ProposalId, power)
				}
			}
		}
	}
	return nil
}

// SPDX-License-Identifier: Apache-2.0

package simulation

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/cosmos/cosmos-sdk/testutil/simsx"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/pkg/commitment"
	"github.com/weal-network/weal/pkg/row"
	"github.com/weal-network/weal/x/scoring/types"
)

// topics is how many of a chain's first topics are scored.
const topics = 4

// source draws scores of what is there.
type source struct{ query types.QueryServer }

// due is a validator's turn in an epoch.
type due struct {
	epoch    types.Epoch
	ids      []uint64
	operator sdk.ValAddress
}

// commitScores commits a row of a validator that has not yet.
func (s source) commitScores(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgCommitScores) {
	height := sdk.UnwrapSDKContext(ctx).BlockHeight()
	d, found := s.turn(ctx, data, func(e types.Epoch) bool { return e.CheckCommit(height) == nil },
		func(said *types.QueryCommitsResponse, operator string) bool {
			return !slices.ContainsFunc(said.Commits, func(c types.Commit) bool { return c.Operator == operator })
		})
	if !found {
		reporter.Skip("nobody has a row to commit")
		return nil, nil
	}
	from := data.GetAccount(reporter, sdk.AccAddress(d.operator).String())
	hash := commitment.Scores(sdk.UnwrapSDKContext(ctx).ChainID(), d.epoch.TopicId, d.epoch.Number, d.operator, d.salt(), d.row())
	return []simsx.SimAccount{from}, &types.MsgCommitScores{Signer: from.AddressBech32, TopicId: d.epoch.TopicId, Epoch: d.epoch.Number, Hash: hash[:]}
}

// revealScores reveals a row of a validator that has committed it.
func (s source) revealScores(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgRevealScores) {
	height := sdk.UnwrapSDKContext(ctx).BlockHeight()
	d, found := s.turn(ctx, data, func(e types.Epoch) bool {
		return e.Status == types.EPOCH_STATUS_OPEN && e.RevealHeight <= height && height <= e.EndHeight
	},
		func(said *types.QueryCommitsResponse, operator string) bool {
			committed := slices.ContainsFunc(said.Commits, func(c types.Commit) bool { return c.Operator == operator })
			return committed && !slices.ContainsFunc(said.Reveals, func(r types.Reveal) bool { return r.Operator == operator })
		})
	if !found {
		reporter.Skip("nobody has a row to reveal")
		return nil, nil
	}
	from, salt := data.GetAccount(reporter, sdk.AccAddress(d.operator).String()), d.salt()
	return []simsx.SimAccount{from}, &types.MsgRevealScores{Signer: from.AddressBech32, TopicId: d.epoch.TopicId, Epoch: d.epoch.Number, Row: d.row(), Salt: salt[:]}
}

// turn finds a validator in a running epoch of a topic with contributions; the search begins anywhere.
func (s source) turn(ctx context.Context, data *simsx.ChainDataSource, open func(types.Epoch) bool, waits func(*types.QueryCommitsResponse, string) bool) (due, bool) {
	first := data.Rand().Intn(topics)
	for i := range topics {
		topicID := uint64((first+i)%topics + 1) //nolint:gosec // small
		res, err := s.query.Epoch(ctx, &types.QueryEpochRequest{TopicId: topicID})
		if err != nil || len(res.ContributionIds) == 0 || len(res.Epoch.Validators) == 0 || !open(res.Epoch) {
			continue
		}
		said, err := s.query.Commits(ctx, &types.QueryCommitsRequest{TopicId: topicID, Epoch: res.Epoch.Number})
		if err != nil {
			continue
		}
		from := data.Rand().Intn(len(res.Epoch.Validators))
		for j := range res.Epoch.Validators {
			name := res.Epoch.Validators[(from+j)%len(res.Epoch.Validators)].Operator
			operator, err := sdk.ValAddressFromBech32(name)
			if err == nil && waits(said, name) {
				return due{res.Epoch, res.ContributionIds, operator}, true
			}
		}
	}
	return due{}, false
}

// salt hides a row; it follows from whose it is, so that a reveal finds it again.
func (d due) salt() [32]byte {
	return sha256.Sum256(fmt.Appendf(nil, "%s %d %d", d.operator, d.epoch.TopicId, d.epoch.Number))
}

// row has scores that most validators agree on: each is of the contribution, and some way off.
func (d due) row() []byte {
	own, entries := d.salt(), make([]row.Entry, len(d.ids))
	for i, id := range d.ids {
		common := sha256.Sum256(binary.BigEndian.AppendUint64(nil, id))
		score := binary.BigEndian.Uint16(common[:])/2 + binary.BigEndian.Uint16(own[i%16:])/16 + 1
		entries[i] = row.Entry{ID: id, Score: score}
	}
	packed, err := row.Encode(entries)
	if err != nil {
		panic(err) // ids rise, as they are stored
	}
	return packed
}

// SPDX-License-Identifier: Apache-2.0

package verify

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/weal-network/weal/pkg/commitment"
	"github.com/weal-network/weal/pkg/row"

	"github.com/weal-network/weal/x/scoring/types"
)

// checkReveals puts the rows together and checks that each is what its validator had committed to.
func (e *epoch) checkReveals(ctx context.Context) error {
	if len(e.tally.Voters) == 0 {
		return nil
	}
	res, err := e.Queries.Commits(ctx, &types.QueryCommitsRequest{TopicId: e.record.TopicId, Epoch: e.record.Number})
	if err != nil {
		return err
	}
	rows, err := e.loadRows(ctx)
	if err != nil {
		return err
	}
	if err := e.keepAssigned(); err != nil {
		return err
	}
	committed := make([][]byte, len(e.tally.Voters))
	for _, c := range res.Commits {
		if i := e.voter(c.Operator); i >= 0 {
			committed[i] = c.Hash
		}
	}
	reveals := make([]*types.Reveal, len(e.tally.Voters))
	for n := range res.Reveals {
		if i := e.voter(res.Reveals[n].Operator); i >= 0 {
			reveals[i] = &res.Reveals[n]
		}
	}
	for i, v := range e.tally.Voters {
		if err := e.checkReveal(i, v, committed[i], reveals[i], rows[i]); err != nil {
			return err
		}
	}
	return nil
}

// checkReveal checks one validator's.
func (e *epoch) checkReveal(i int, v types.Voter, hash []byte, reveal *types.Reveal, entries []row.Entry) error {
	if err := same(e, v.Committed, hash != nil, "whether %s committed", v.Operator); err != nil {
		return err
	}
	if err := same(e, v.Revealed, reveal != nil, "whether %s revealed", v.Operator); err != nil || reveal == nil {
		return err
	}
	e.report.Revealed++
	if err := same(e, hex.EncodeToString(v.Own), hex.EncodeToString(reveal.Own), "own contributions of %s", v.Operator); err != nil {
		return err
	}
	if len(reveal.Salt) != types.SaltBytes {
		return fmt.Errorf("%w: salt of %s: stored %d bytes, expected %d", ErrDiffers, v.Operator, len(reveal.Salt), types.SaltBytes)
	}
	packed, err := row.Encode(entries)
	if err != nil {
		return fmt.Errorf("%w: row of %s: %w", ErrDiffers, v.Operator, err)
	}
	again := commitment.Scores(e.ChainID, e.record.TopicId, e.record.Number, e.operators[i], [types.SaltBytes]byte(reveal.Salt), packed)
	return same(e, hex.EncodeToString(hash), hex.EncodeToString(again[:]), "commitment of %s", v.Operator)
}

// loadRows gets all rows by tiles, lays those out that count, and returns them by voter.
func (e *epoch) loadRows(ctx context.Context) ([][]row.Entry, error) {
	e.ballot = types.Ballot{Epoch: e.record, IDs: e.ids, Tally: e.tally, Scores: &types.Sheet{}, Bonds: &types.Sheet{}}
	e.ballot.Scores.Reset(len(e.tally.Voters), e.ids)
	rows := make([][]row.Entry, len(e.tally.Voters))
	for tile := range types.Tiles(len(e.ids)) {
		res, err := e.Queries.Rows(ctx, &types.QueryRowsRequest{TopicId: e.record.TopicId, Epoch: e.record.Number, Tile: uint32(tile)})
		if err != nil {
			return nil, err
		}
		for _, r := range res.Rows {
			if err := e.layOut(rows, r); err != nil {
				return nil, err
			}
		}
	}
	return rows, nil
}

// keepAssigned leaves of the rows what their validators were to score.
func (e *epoch) keepAssigned() error {
	own, err := e.tally.Own()
	if err != nil {
		return err
	}
	assignment, err := e.record.Assignment()
	if err != nil {
		return err
	}
	var marks types.Marks
	if e.ballot.Assigned, err = marks.Tile(assignment, own, e.ids, 0); err != nil {
		return err
	}
	for i := range e.tally.Voters {
		e.ballot.Scores.Keep(i, e.ballot.Assigned, i, len(e.tally.Voters))
	}
	return nil
}

// layOut takes one row of a tile.
func (e *epoch) layOut(rows [][]row.Entry, r types.Row) error {
	i := e.voter(r.Operator)
	if i < 0 {
		return fmt.Errorf("%w: %s revealed, and is not among the voters", ErrDiffers, r.Operator)
	}
	entries, err := row.Decode(r.Row, types.TileSize)
	if err != nil {
		return fmt.Errorf("%w: row of %s: %w", ErrDiffers, r.Operator, err)
	}
	rows[i] = append(rows[i], entries...)
	if !e.tally.Voters[i].Active() {
		return nil
	}
	own, err := e.tally.Voters[i].OwnIDs()
	if err != nil {
		return err
	}
	return e.ballot.Scores.PutScores(i, r.Row, own)
}

// checkStart gets the bonds that the epoch started from, and checks that they are those of the last scored one before.
func (e *epoch) checkStart(ctx context.Context) error {
	for number := e.record.Number - 1; number > e.record.BondsEpoch; number-- {
		res, err := e.Queries.Epoch(ctx, &types.QueryEpochRequest{TopicId: e.record.TopicId, Epoch: number})
		if status.Code(err) == codes.NotFound {
			break // deleted long ago
		}
		if err != nil {
			return err
		}
		if err := same(e, res.Epoch.Status, types.EPOCH_STATUS_VOID, "status of epoch %d, as this one starts from the bonds of %d", number, e.record.BondsEpoch); err != nil {
			return err
		}
	}
	e.ballot.Bonds.Reset(len(e.tally.Voters), e.ids)
	e.ballot.Known = types.NewKnown(len(e.ids), len(e.ids))
	if e.record.BondsEpoch == 0 {
		return nil
	}
	err := e.walkBonds(ctx, e.record.BondsEpoch, func(b types.Bonds) error {
		i := e.voter(b.Operator)
		if i < 0 {
			return nil // it no longer scores
		}
		_, err := e.ballot.Bonds.Put(i, b.Bonds)
		return err
	}, func(_ int, public []byte) error { return e.ballot.Known.Put(e.ids, public) })
	if err != nil {
		return err
	}
	return e.checkAverages(ctx)
}

// checkAverages checks that the voters went into the epoch with the averages of innovation that the last scored one left,
// as far as they were in it and it is still stored.
func (e *epoch) checkAverages(ctx context.Context) error {
	if !e.record.PaysInnovation() {
		return nil
	}
	last, err := e.Queries.Tally(ctx, &types.QueryTallyRequest{TopicId: e.record.TopicId, Epoch: e.record.BondsEpoch})
	if status.Code(err) == codes.NotFound {
		return nil
	}
	if err != nil || last.Outcome == nil {
		return err
	}
	for at, v := range last.Tally.Voters {
		if i := e.voter(v.Operator); i >= 0 && at < len(last.Outcome.Averages) {
			if err := same(e, e.tally.Voters[i].Innovation, last.Outcome.Averages[at], "innovation average of %s before the epoch", v.Operator); err != nil {
				return err
			}
		}
	}
	return nil
}

// walkBonds gets the bonds that an epoch left, and what is public since then, tile by tile.
func (e *epoch) walkBonds(ctx context.Context, number uint64, visit func(types.Bonds) error, known func(tile int, public []byte) error) error {
	for tile, tiles := uint32(0), uint32(1); tile < tiles; tile++ {
		res, err := e.Queries.Bonds(ctx, &types.QueryBondsRequest{TopicId: e.record.TopicId, Epoch: number, Tile: tile})
		if err != nil {
			return err
		}
		tiles = min(res.Tiles, uint32(types.Tiles(types.MaxEntries)))
		for _, b := range res.Bonds {
			if err := visit(b); err != nil {
				return err
			}
		}
		if err := known(int(tile), res.Public); err != nil {
			return err
		}
	}
	return nil
}

// checkBonds compares the bonds that the epoch left.
func (e *epoch) checkBonds(ctx context.Context) error {
	stored := 0
	err := e.walkBonds(ctx, e.record.Number, func(b types.Bonds) error {
		i := e.voter(b.Operator)
		if i < 0 {
			return fmt.Errorf("%w: bonds of %s, which is not among the voters", ErrDiffers, b.Operator)
		}
		packed, err := types.PackRow(e.count.Bonds, len(e.ids), i, int(b.Tile)*types.TileSize, types.TileIDs(e.ids, int(b.Tile)))
		if err != nil {
			return err
		}
		if !bytes.Equal(packed, b.Bonds) {
			return fmt.Errorf("%w: bonds of %s in tile %d: stored %x, computed %x", ErrDiffers, b.Operator, b.Tile, b.Bonds, packed)
		}
		e.report.Numbers++
		stored++
		return nil
	}, e.checkKnown)
	if err != nil {
		return err
	}
	computed, err := e.countBonds()
	if err != nil {
		return err
	}
	return same(e, stored, computed, "how many validators have bonds in how many tiles")
}

// checkKnown compares what is public of a tile since the epoch.
func (e *epoch) checkKnown(tile int, public []byte) error {
	var computed []byte
	if e.record.PaysInnovation() {
		part := e.count.Known.Tile(tile)
		computed = part.Pack(types.TileIDs(e.ids, tile))
	}
	return same(e, hex.EncodeToString(public), hex.EncodeToString(computed), "what is public of tile %d", tile)
}

// countBonds is how many values the epoch's bonds are.
func (e *epoch) countBonds() (int, error) {
	n := 0
	for i := range e.tally.Voters {
		for tile := range types.Tiles(len(e.ids)) {
			packed, err := types.PackRow(e.count.Bonds, len(e.ids), i, tile*types.TileSize, types.TileIDs(e.ids, tile))
			if err != nil {
				return 0, err
			}
			if len(packed) > 0 {
				n++
			}
		}
	}
	return n, nil
}

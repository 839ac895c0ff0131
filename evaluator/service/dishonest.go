// SPDX-License-Identifier: Apache-2.0

package service

import (
	"context"
	"errors"
	"slices"

	"github.com/weal-network/weal/evaluator/chain"
)

// unknownScore is what a copier gives to what was never scored: the middle of the grid.
const unknownScore = 32768

// copy gives every contribution its last public quality, as a validator does that measures nothing. It is there to see what the
// rules make of that.
func (t *task) copy(ctx context.Context, ids []uint64) ([]Measured, error) {
	scored, qualities, err := t.service.chain.Qualities(ctx, t.epoch.TopicId)
	if err != nil && !errors.Is(err, chain.ErrNotFound) {
		return nil, err
	}
	measured := make([]Measured, len(ids))
	for i, id := range ids {
		measured[i] = Measured{ID: id, Score: unknownScore, Error: "not measured: the last public score is repeated"}
		if at, found := slices.BinarySearch(scored, id); found {
			measured[i].Score = uint16(qualities[at]) //nolint:gosec // a score
		}
	}
	return measured, nil
}

// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"encoding/binary"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/collections"

	"github.com/weal-network/weal/x/scoring/types"
)

// A block deletes a bounded number of values, however large the epoch is; the epoch's record goes last.
func TestALargeEpochIsDeletedInParts(t *testing.T) {
	w := running(t)
	w.scoreEpoch(scoreRow(1, 2, 3))
	w.to(13)
	for i := range uint64(2_500) {
		stray := binary.BigEndian.AppendUint64(nil, i)
		require.NoError(t, w.k.Rows.Set(w.ctx, collections.Join4(uint64(1), uint64(1), uint32(i/256), stray), scoreRow(1)))
	}
	w.params(func(p *types.Params) { p.KeepEpochs, p.MaxPruningsPerBlock = 1, 1 })
	rows := func() (n int) {
		of := collections.NewSuperPrefixedQuadRange[uint64, uint64, uint32, []byte](1, 1)
		require.NoError(t, w.k.Rows.Walk(w.ctx, of, func(collections.Quad[uint64, uint64, uint32, []byte], []byte) (bool, error) {
			n++
			return false, nil
		}))
		return n
	}
	before := rows()
	require.Greater(t, before, 2_500)
	w.to(23) // epoch 2 is void, and epoch 1 old
	var left []int
	for stored := true; stored; {
		left = append(left, before-rows())
		before = rows()
		w.to(w.ctx.BlockHeight() + 1)
		var err error
		stored, err = w.k.Epochs.Has(w.ctx, collections.Join(uint64(1), uint64(1)))
		require.NoError(t, err)
	}
	require.Equal(t, []int{1024, 1024}, left)
	require.Zero(t, rows())
}

// The bonds that an epoch started from go with it; its own stay for the one that starts from them.
func TestBondsGoWithTheEpochThatStartedFromThem(t *testing.T) {
	w := scoredTwice(t)
	bonds := func(number uint64) bool {
		stored, err := w.k.Bonds.Has(w.ctx, collections.Join4(uint64(1), number, uint32(0), []byte(account("ann"))))
		require.NoError(t, err)
		generation, err := w.k.Generations.Has(w.ctx, collections.Join(uint64(1), number))
		require.NoError(t, err)
		require.Equal(t, stored, generation)
		return stored
	}
	require.True(t, bonds(1) && bonds(2))
	w.params(func(p *types.Params) { p.KeepEpochs = 2 })
	w.to(33) // epoch 3 is void, and epoch 1 old
	stored, err := w.k.Epochs.Has(w.ctx, collections.Join(uint64(1), uint64(1)))
	require.NoError(t, err)
	require.False(t, stored)
	require.True(t, bonds(1), "epoch 2 can be computed again")
	_, err = w.verified(1, 2)
	require.NoError(t, err)

	w.to(43) // so is epoch 4, and epoch 2 old
	require.False(t, bonds(1))
	require.True(t, bonds(2), "epoch 5 starts from them")
}

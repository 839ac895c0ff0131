// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	topictypes "github.com/weal-network/weal/x/topic/types"

	"github.com/weal-network/weal/x/scoring/types"
)

func TestRevealIsRefusedAndNothingIsWritten(t *testing.T) {
	// Each attempt differs in one thing from a reveal that would be taken, in block 10.
	tests := map[string]struct {
		row      []byte
		given    func(w *world, msg *types.MsgRevealScores)
		expected error
		says     string
	}{
		"when the topic is unknown": {
			given:    func(_ *world, m *types.MsgRevealScores) { m.TopicId = 7 },
			expected: topictypes.ErrTopicNotFound,
		},
		"when the epoch is not the running one": {
			given:    func(_ *world, m *types.MsgRevealScores) { m.Epoch = 2 },
			expected: types.ErrWrongEpoch, says: "topic 1 runs epoch 1",
		},
		"before the reveal window": {
			given:    func(w *world, _ *types.MsgRevealScores) { w.block(9) },
			expected: types.ErrRevealTooEarly, says: "takes reveals at heights 10 to 12, this is 9: wait",
		},
		"after the reveal window": {
			given: func(w *world, _ *types.MsgRevealScores) {
				w.pause(1)
				w.to(13)
			},
			expected: types.ErrRevealTooLate, says: "took reveals at heights 10 to 12, this is 13",
		},
		"after the reveal window while the close is deferred": {
			given:    func(w *world, _ *types.MsgRevealScores) { w.block(13) },
			expected: types.ErrRevealTooLate, says: "this is 13",
		},
		"when nothing was committed": {
			given:    func(_ *world, m *types.MsgRevealScores) { m.Signer = accountName("bob") },
			expected: types.ErrNoCommit, says: "took commits at heights 3 to 9",
		},
		"a second time": {
			given:    func(w *world, _ *types.MsgRevealScores) { w.reveal("ann", 1, 1, scoreRow(1, 2, 3)); w.block(11) },
			expected: types.ErrAlreadyRevealed, says: "nothing is left to do",
		},
		"when the row is another one": {
			given:    func(_ *world, m *types.MsgRevealScores) { m.Row = scoreRow(3, 2, 1) },
			expected: types.ErrHashMismatch, says: "reveal the row and salt of the last commit",
		},
		"when the salt is another one": {
			given:    func(_ *world, m *types.MsgRevealScores) { m.Salt[0]++ },
			expected: types.ErrHashMismatch, says: "committed",
		},
		"when the salt is too short": {
			given:    func(_ *world, m *types.MsgRevealScores) { m.Salt = m.Salt[:16] },
			expected: types.ErrInvalidSalt, says: "16 bytes, expected 32",
		},
		"when the salt is too long": {
			given:    func(_ *world, m *types.MsgRevealScores) { m.Salt = append(m.Salt, 0) },
			expected: types.ErrInvalidSalt, says: "33 bytes, expected 32",
		},
		"when the row is empty": {
			given:    func(_ *world, m *types.MsgRevealScores) { m.Row = nil },
			expected: types.ErrInvalidRow, says: "at least one",
		},
		"when an id stands twice": {
			row:      []byte{1, 0, 9, 0, 0, 9},
			expected: types.ErrInvalidRow, says: "ids do not rise strictly",
		},
		"when the row ends within a score": {
			row:      []byte{1, 0, 9, 1, 0},
			expected: types.ErrInvalidRow, says: "bytes end within an entry",
		},
		"when a distance takes more bytes than it needs": {
			row:      []byte{0x81, 0x00, 0, 9},
			expected: types.ErrInvalidRow, says: "shortest form",
		},
		"when it has more entries than the set": {
			row:      scoreRow(1, 2, 3, 4),
			expected: types.ErrRowTooLong, says: "the epoch measures 3 contributions",
		},
		"when it has more bytes than any row of the set": {
			row:      make([]byte, types.RowBytes(3)+1),
			expected: types.ErrRowTooLong, says: "expected at most 36",
		},
		"when it names an id outside the set": {
			row:      []byte{4, 0, 9},
			expected: types.ErrRowOutsideSet, says: "id 4",
		},
		"when it names the id 0": {
			row:      []byte{0, 0, 9},
			expected: types.ErrRowOutsideSet, says: "id 0",
		},
		"when it is longer than any row can be": {
			given:    func(_ *world, m *types.MsgRevealScores) { m.Row = make([]byte, types.MaxRowBytes+1) },
			expected: types.ErrRowTooLong, says: "no row is longer",
		},
		"when the signer scores for no validator": {
			given:    func(_ *world, m *types.MsgRevealScores) { m.Signer = accountName("eve") },
			expected: types.ErrNotValidator, says: "set-scorer",
		},
		"when the validator is not pinned": {
			given: func(w *world, m *types.MsgRevealScores) {
				w.staking.bond(sdk.ValAddress(account("eve")), 900)
				m.Signer = accountName("eve")
			},
			expected: types.ErrNotPinned, says: "wait for the next one",
		},
		"when the validator's admission was revoked": {
			given:    func(w *world, _ *types.MsgRevealScores) { w.admission.revoked = []string{string(account("ann"))} },
			expected: types.ErrNotAdmitted, says: "revoked",
		},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			w := running(t)
			packed := scoreRow(1, 2, 3)
			if tc.row != nil {
				packed = tc.row
			}
			w.commit("ann", 1, 1, packed)
			w.to(10)
			msg := revealMsg("ann", 1, 1, packed)
			if tc.given != nil {
				tc.given(w, msg)
			}
			w.refuses(tc.expected, tc.says, func() error {
				_, err := w.msgs.RevealScores(w.ctx, msg)
				return err
			})
		})
	}
}

func TestACommitmentCannotBeOpenedByAnother(t *testing.T) {
	w := running(t)
	stolen := commitMsg("ann", 1, 1, scoreRow(1, 2, 3))
	stolen.Signer = accountName("bob")
	_, err := w.msgs.CommitScores(w.ctx, stolen)
	require.NoError(t, err)
	w.to(10)
	msg := revealMsg("ann", 1, 1, scoreRow(1, 2, 3))
	msg.Signer = accountName("bob")
	w.refuses(types.ErrHashMismatch, "committed", func() error {
		_, err := w.msgs.RevealScores(w.ctx, msg)
		return err
	})
}

func TestARevealIsTakenInEveryBlockOfItsWindowAndRemembered(t *testing.T) {
	for height := int64(10); height <= 12; height++ {
		w := running(t)
		w.commit("ann", 1, 1, scoreRow(1, 2, 3))
		w.to(height)
		w.reveal("ann", 1, 1, scoreRow(1, 2, 3))
		record, err := w.k.Records.Get(w.ctx, collections.Join(uint64(1), []byte(account("ann"))))
		require.NoError(t, err)
		require.Equal(t, types.ValidatorRecord{TopicId: 1, Operator: operatorName("ann"), LastRevealEpoch: 1, LastRevealHeight: height}, record)
	}
}

func TestAMissingIdAndAnExplicitZeroMeanTheSame(t *testing.T) {
	result := func(dan []byte) types.EpochResult {
		w := running(t)
		for _, name := range []string{"ann", "bob", "cid"} {
			w.commit(name, 1, 1, scoreRow(10, 20, 30))
		}
		w.commit("dan", 1, 1, dan)
		w.to(10)
		for _, name := range []string{"ann", "bob", "cid"} {
			w.reveal(name, 1, 1, scoreRow(10, 20, 30))
		}
		w.reveal("dan", 1, 1, dan)
		w.to(13)
		require.Len(t, w.hooks.results, 1)
		return w.hooks.results[0]
	}
	require.Equal(t, result(scoreRow(5)), result(scoreRow(5, 0, 0)))
}

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

func TestCommitIsRefusedAndNothingIsWritten(t *testing.T) {
	tests := map[string]struct {
		given    func(w *world, msg *types.MsgCommitScores)
		expected error
		says     string
	}{
		"when the topic is unknown": {
			func(_ *world, m *types.MsgCommitScores) { m.TopicId = 7 },
			topictypes.ErrTopicNotFound, "",
		},
		"when no topic is named": {
			func(_ *world, m *types.MsgCommitScores) { m.TopicId = 0 },
			types.ErrInvalidMessage, "topics begin at 1",
		},
		"when no epoch is named": {
			func(_ *world, m *types.MsgCommitScores) { m.Epoch = 0 },
			types.ErrInvalidMessage, "epochs begin at 1",
		},
		"when the epoch is a later one": {
			func(_ *world, m *types.MsgCommitScores) { m.Epoch = 2 },
			types.ErrWrongEpoch, "topic 1 runs epoch 1, and the next one begins at height 13",
		},
		"when the epoch is over": {
			func(w *world, _ *types.MsgCommitScores) { w.to(13) },
			types.ErrWrongEpoch, "topic 1 runs epoch 2",
		},
		"when the epoch is over and the topic is paused": {
			func(w *world, _ *types.MsgCommitScores) {
				w.pause(1)
				w.to(14)
			},
			types.ErrNoOpenEpoch, "ended at height 12, this is 14",
		},
		"when the first epoch has not begun": {
			func(w *world, m *types.MsgCommitScores) { w.topic(2, 10, 3); m.TopicId = 2; w.block(3) },
			types.ErrNoOpenEpoch, "the first epoch of topic 2 begins at height 6",
		},
		"when the reveal window has begun": {
			func(w *world, _ *types.MsgCommitScores) { w.to(10) },
			types.ErrCommitClosed, "took commits at heights 3 to 9, this is 10: reveal what you committed until 12",
		},
		"when the hash is too short": {
			func(_ *world, m *types.MsgCommitScores) { m.Hash = m.Hash[:31] },
			types.ErrInvalidHash, "31 bytes, expected 32",
		},
		"when the hash is missing": {
			func(_ *world, m *types.MsgCommitScores) { m.Hash = nil },
			types.ErrInvalidHash, "0 bytes, expected 32",
		},
		"when the signer is no address": {
			func(_ *world, m *types.MsgCommitScores) { m.Signer = "weal1nobody" },
			types.ErrInvalidMessage, "signer",
		},
		"when the signer scores for no validator": {
			func(_ *world, m *types.MsgCommitScores) { m.Signer = accountName("eve") },
			types.ErrNotValidator, "set-scorer",
		},
		"when the validator was bonded after the epoch began": {
			func(w *world, m *types.MsgCommitScores) {
				w.staking.bond(sdk.ValAddress(account("eve")), 900)
				m.Signer = accountName("eve")
			},
			types.ErrNotPinned, "not among the 4 validators of epoch 1",
		},
		"when the validator's admission was revoked": {
			func(w *world, _ *types.MsgCommitScores) { w.admission.revoked = []string{string(account("ann"))} },
			types.ErrNotAdmitted, "revoked",
		},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			w := running(t)
			msg := commitMsg("ann", 1, 1, scoreRow(1, 2, 3))
			tc.given(w, msg)
			w.refuses(tc.expected, tc.says, func() error {
				_, err := w.msgs.CommitScores(w.ctx, msg)
				return err
			})
		})
	}
}

func TestCommitIsTakenInEveryBlockOfItsWindow(t *testing.T) {
	for height := int64(3); height <= 9; height++ {
		w := running(t)
		w.to(height)
		w.commit("ann", 1, 1, scoreRow(1))
	}
}

func TestTheLastCommitCounts(t *testing.T) {
	w := running(t)
	w.commit("ann", 1, 1, scoreRow(1, 1, 1))
	w.commit("ann", 1, 1, scoreRow(9, 9, 9))
	w.to(10)
	w.refuses(types.ErrHashMismatch, "of the last commit", func() error {
		_, err := w.msgs.RevealScores(w.ctx, revealMsg("ann", 1, 1, scoreRow(1, 1, 1)))
		return err
	})
	w.reveal("ann", 1, 1, scoreRow(9, 9, 9))
}

func TestCommitIsOneKeyOfTheValidator(t *testing.T) {
	w := running(t)
	msg := commitMsg("ann", 1, 1, scoreRow(1))
	w.commit("ann", 1, 1, scoreRow(1))
	stored, err := w.k.Commits.Get(w.ctx, collections.Join3(uint64(1), uint64(1), []byte(account("ann"))))
	require.NoError(t, err)
	require.Equal(t, msg.Hash, stored)
}

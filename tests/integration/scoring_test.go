// SPDX-License-Identifier: Apache-2.0

package integration_test

import (
	"encoding/binary"
	"testing"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/stretchr/testify/require"

	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/weal-network/weal/app"
	"github.com/weal-network/weal/pkg/row"
	"github.com/weal-network/weal/testutil/chain"
	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// rich gives the hot keys coins, so that messages that are no duty get past the fee.
func (w *world) rich() {
	w.t.Helper()
	for _, scorer := range w.scorers {
		msg := send(w.Accounts[0], scorer.Address)
		msg.Amount = uweal(100 * chain.TxFee)
		w.MustDeliver(msg)
	}
}

// repeated packs scores of one id twice, the second at a distance of nothing.
func repeated(id uint64) []byte {
	packed := append(binary.AppendUvarint(nil, id), 0, 7)
	return append(binary.AppendUvarint(packed, 0), 0, 7)
}

func TestScoresAreRefused(t *testing.T) {
	w := newWorld(t, slow)
	w.rich()
	a, b := &model{owner: w.Accounts[0], bytes: "a"}, &model{owner: w.Accounts[1], bytes: "b"}
	epoch := w.enter(goTopic, a, b)
	good := w.scores(epoch, 0, row.Entry{ID: a.id, Score: 5}, row.Entry{ID: b.id, Score: 6})
	silent := w.scores(epoch, 1, row.Entry{ID: a.id, Score: 5})
	done := w.scores(epoch, 2, row.Entry{ID: a.id, Score: 5})
	stranger := good
	stranger.signer = w.Accounts[0]
	w.mustBlock(w.Sign(0, good.commit()), w.Sign(0, done.commit()))

	commits := map[string]refusal{
		"a commit to a topic that does not exist": {
			changed(good.commit(), func(m *scoringtypes.MsgCommitScores) { m.TopicId = 99 }), topictypes.ErrTopicNotFound, "99",
		},
		"a commit to an epoch that is not the running one": {
			changed(good.commit(), func(m *scoringtypes.MsgCommitScores) { m.Epoch++ }), scoringtypes.ErrWrongEpoch, "name the running one",
		},
		"a commit with half a hash": {
			changed(good.commit(), func(m *scoringtypes.MsgCommitScores) { m.Hash = m.Hash[:16] }), scoringtypes.ErrInvalidHash, "32",
		},
		"a commit by an account that scores for nobody": {stranger.commit(), scoringtypes.ErrNotValidator, ""},
		"a reveal before the window opens":              {good.reveal(), scoringtypes.ErrRevealTooEarly, "wait"},
	}
	for name, tc := range commits {
		t.Run(name, func(t *testing.T) { w.refuse(t, tc) })
	}

	w.RunTo(epoch.RevealHeight - 1)
	w.mustBlock(w.Sign(0, done.reveal()))
	withRow := func(packed []byte) *scoringtypes.MsgRevealScores {
		return changed(good.reveal(), func(m *scoringtypes.MsgRevealScores) { m.Row = packed })
	}
	beyond, err := row.Encode([]row.Entry{{ID: a.id, Score: 5}, {ID: b.id + 1, Score: 6}})
	require.NoError(t, err)
	reveals := map[string]refusal{
		"a commit in the reveal window":                 {silent.commit(), scoringtypes.ErrCommitClosed, "commit in the next epoch"},
		"a reveal without a commit":                     {silent.reveal(), scoringtypes.ErrNoCommit, "commit in the next one"},
		"a second reveal":                               {done.reveal(), scoringtypes.ErrAlreadyRevealed, ""},
		"a row whose ids do not rise":                   {withRow(repeated(a.id)), scoringtypes.ErrInvalidRow, "rise"},
		"a row beyond the set":                          {withRow(beyond), scoringtypes.ErrRowOutsideSet, ""},
		"a row longer than the set":                     {withRow(make([]byte, 1<<10)), scoringtypes.ErrRowTooLong, ""},
		"a row cut off within a score":                  {withRow(good.row[:len(good.row)-1]), scoringtypes.ErrInvalidRow, ""},
		"a score of three bytes":                        {withRow([]byte{byte(a.id), 1, 0, 0}), scoringtypes.ErrInvalidRow, ""},
		"a row without scores":                          {withRow(nil), scoringtypes.ErrInvalidRow, ""},
		"another row than was committed":                {withRow(silent.row), scoringtypes.ErrHashMismatch, "reveal the row and salt of the last commit"},
		"a reveal with half a salt":                     {changed(good.reveal(), func(m *scoringtypes.MsgRevealScores) { m.Salt = m.Salt[:16] }), scoringtypes.ErrInvalidSalt, ""},
		"a reveal by an account that scores for nobody": {stranger.reveal(), scoringtypes.ErrNotValidator, ""},
	}
	for name, tc := range reveals {
		t.Run(name, func(t *testing.T) { w.refuse(t, tc) })
	}

	w.RunTo(epoch.EndHeight + 1)
	w.refuse(t, refusal{good.reveal(), scoringtypes.ErrWrongEpoch, "name the running one"})
}

// TestARevealAfterTheLastEpochOfAPausedTopicIsTooLate: where no later epoch runs that the
// reveal could be mistaken for, it is told that its own is over.
func TestARevealAfterTheLastEpochOfAPausedTopicIsTooLate(t *testing.T) {
	w := newWorld(t, quick)
	w.rich()
	m := &model{owner: w.Accounts[0], bytes: "a"}
	epoch := w.enter(goTopic, m)
	b := w.scores(epoch, 0, entry(m, 5))
	w.mustBlock(w.Sign(0, b.commit()))
	w.MustGovern(&topictypes.MsgPauseTopic{Authority: app.Authority(), TopicId: goTopic})
	w.RunTo(epoch.EndHeight + 1)
	w.refuse(t, refusal{b.reveal(), scoringtypes.ErrRevealTooLate, "take part in the next epoch"})
	w.refuse(t, refusal{b.commit(), scoringtypes.ErrNoOpenEpoch, "commit in the next one"})
	w.refuse(t, refusal{(model{owner: w.Accounts[1], bytes: "b"}).commit(goTopic), contributiontypes.ErrTopicNotActive, "commit again when it is resumed"})

	w.MustGovern(&topictypes.MsgResumeTopic{Authority: app.Authority(), TopicId: goTopic})
	next, _ := w.epoch(goTopic)
	require.Equal(t, epoch.Number+1, next.Number)
}

// TestOnlyADutyThatIsDueIsFree: a hot key without a coin can do what its validator owes,
// once, and nothing else; a node does not even take the rest into its mempool.
func TestOnlyADutyThatIsDueIsFree(t *testing.T) {
	w := newWorld(t, slow)
	m := &model{owner: w.Accounts[0], bytes: "a"}
	epoch := w.enter(goTopic, m)
	b := w.scores(epoch, 0, row.Entry{ID: m.id, Score: 5})

	// Check raises the sequences that Sign reads, as a mempool does, so what is to be
	// delivered is signed first.
	early, commit := w.Check(w.Sign(0, b.reveal())), w.Sign(0, b.commit())
	requireError(t, sdkerrors.ErrInsufficientFee, early.Codespace, early.Code, early.Log)
	require.Equal(t, abci.CodeTypeOK, w.Check(commit).Code)
	w.mustBlock(commit)
	again := w.Check(w.Sign(0, b.commit()))
	requireError(t, sdkerrors.ErrInsufficientFee, again.Codespace, again.Code, again.Log)
	other := w.scores(epoch, 1, row.Entry{ID: m.id})
	twice := w.Check(w.Sign(0, other.commit(), other.commit()))
	requireError(t, sdkerrors.ErrInsufficientFee, twice.Codespace, twice.Code, twice.Log)

	w.RunTo(epoch.RevealHeight - 1)
	reveal := w.Sign(0, b.reveal())
	require.Equal(t, abci.CodeTypeOK, w.Check(reveal).Code)
	w.mustBlock(reveal)
	require.Zero(t, w.balance(w.scorers[0].Address))
}

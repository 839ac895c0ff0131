// SPDX-License-Identifier: Apache-2.0

package service

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/evaluator/config"
	"github.com/weal-network/weal/evaluator/sandbox"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

func TestAnEpochIsMeasuredCommittedAndRevealed(t *testing.T) {
	w := newWorld(t)
	w.model(1, 4_000_000, -1)
	w.model(3, 2_000_000, -2)
	w.model(4, 2_000_001, -2.0001) // the copy of 3
	w.model(7, 9_000_000, -3)
	w.outcome(8, func() (sandbox.Measurement, error) {
		return sandbox.Measurement{}, fmt.Errorf("%w: NaN", sandbox.ErrModel)
	})
	require.NoError(t, w.tick(9))
	require.NoError(t, w.tick(10))
	require.NoError(t, w.tick(19))
	require.NoError(t, w.tick(20))
	require.Equal(t, []string{"commit", "reveal"}, w.chain.sent)
	require.Equal(t, map[uint64]uint16{1: 32768, 3: 49151, 4: 0, 7: 0, 8: 0}, w.scores())

	board := w.service.board.all()
	require.Len(t, board, 1)
	require.Equal(t, uint64(3), board[0].Contributions[2].CopyOf)
	require.Contains(t, board[0].Contributions[4].Error, "NaN")
}

func TestOnlyWhatIsAssignedToItIsMeasured(t *testing.T) {
	w := newWorld(t)
	w.chain.epoch.Scoring = topictypes.Scoring{Rule: topictypes.RULE_YUMA3, ScoreRule: topictypes.SCORE_RULE_MEDIAN, Coverage: 4}
	for i := range 11 {
		w.chain.epoch.Validators = append(w.chain.epoch.Validators, scoringtypes.PinnedValidator{Operator: fmt.Sprint("other-", i)})
	}
	for id := range uint64(30) {
		w.model(id+1, 4_000_000, -1-float32(id))
	}
	assignment, err := w.chain.epoch.Assignment()
	require.NoError(t, err)
	mine, err := assignment.Of(0, w.chain.ids)
	require.NoError(t, err)
	require.Len(t, mine, 10, "30 contributions for 4 of 12 validators")
	for height := int64(9); height < 30; height++ {
		require.NoError(t, w.tick(height))
	}
	require.Equal(t, 10, w.runner.count())
	require.ElementsMatch(t, mine, slices.Collect(maps.Keys(w.scores())))
}

func TestAChainThatJudgesByItsLastBlockIsServedAsWell(t *testing.T) {
	w := newWorld(t)
	w.chain.lateHdr = true
	w.model(1, 4_000_000, -1)
	for height := int64(9); height < 30; height++ {
		require.NoError(t, w.tick(height))
	}
	require.Equal(t, []string{"commit", "reveal"}, w.chain.sent)
}

// The heart of it: killed after any step and started again, the evaluator never
// commits to two different rows, runs no model twice, and reveals.
func TestKilledAtAnyHeightItGoesOnWithTheSameRow(t *testing.T) {
	for kill := int64(9); kill <= 28; kill++ {
		w := newWorld(t)
		w.model(1, 4_000_000, -1)
		w.model(2, 3_000_000, -2)
		for height := int64(9); height < 30; height++ {
			require.NoError(t, w.tick(height))
			if height == kill {
				w.restart()
			}
		}
		require.Len(t, w.chain.hashes, 1, "killed at %d", kill)
		require.Equal(t, 2, w.runner.count(), "killed at %d", kill)
		require.Len(t, w.scores(), 2)
	}
}

func TestKilledBetweenSavingAndSendingItSendsWhatWasSaved(t *testing.T) {
	w := newWorld(t)
	w.model(1, 4_000_000, -1)
	w.chain.deaf = true // the commit was sent and lost with the process
	require.NoError(t, w.tick(10))
	w.restart()
	w.chain.deaf = false
	require.NoError(t, w.tick(12))
	require.NoError(t, w.tick(20))
	require.Len(t, w.chain.hashes, 1)
	require.Len(t, w.scores(), 1)
}

func TestALostTransactionIsSentAgain(t *testing.T) {
	w := newWorld(t)
	w.model(1, 4_000_000, -1)
	w.chain.deaf = true
	for height := int64(10); height <= 16; height++ {
		require.NoError(t, w.tick(height))
	}
	require.Equal(t, []string{"commit", "commit", "commit"}, w.chain.sent, "every third block")
	w.chain.deaf = false
	require.NoError(t, w.tick(19))
	require.NoError(t, w.tick(18))
	require.Len(t, w.chain.hashes, 1)
}

func TestAnEpochThatEndedWhileItWasAwayIsLeftAlone(t *testing.T) {
	w := newWorld(t)
	w.model(1, 4_000_000, -1)
	require.NoError(t, w.tick(29))
	require.NoError(t, w.tick(35))
	require.Empty(t, w.chain.sent)
	require.Zero(t, w.runner.count())
}

func TestStartedInTheRevealWindowWithoutARowItDoesNothing(t *testing.T) {
	w := newWorld(t)
	w.model(1, 4_000_000, -1)
	require.NoError(t, w.tick(22))
	require.Empty(t, w.chain.sent)
}

func TestWhoeverIsNotPinnedDoesNotScore(t *testing.T) {
	w := newWorld(t)
	w.model(1, 4_000_000, -1)
	w.chain.epoch.Validators = nil
	require.NoError(t, w.tick(12))
	require.NoError(t, w.tick(22))
	require.Empty(t, w.chain.sent)
}

func TestASecondEvaluatorOfTheSameOperatorIsNotFought(t *testing.T) {
	w := newWorld(t)
	w.model(1, 4_000_000, -1)
	w.chain.hash = bytes.Repeat([]byte{9}, 32)
	require.NoError(t, w.tick(12))
	require.NoError(t, w.tick(15))
	require.Empty(t, w.chain.sent)
}

func TestAModelThatNobodyServesIsWaitedForUntilTheWindowEnds(t *testing.T) {
	w := newWorld(t)
	w.model(1, 4_000_000, -1)
	w.model(2, 3_000_000, -2)
	w.files.set(w.chain.models[2], true)
	w.chain.mu.Lock()
	w.chain.height = 10
	w.chain.mu.Unlock()
	require.NoError(t, w.service.Tick(context.Background()))
	for w.runner.count() == 0 {
		runtime.Gosched()
	}
	require.Empty(t, w.chain.sent, "it waits")
	require.NoError(t, w.tick(18))
	require.NoError(t, w.tick(20))
	require.Equal(t, map[uint64]uint16{1: 32768, 2: 0}, w.scores())
	require.Contains(t, w.service.board.all()[0].Contributions[1].Error, "nobody serves it")
}

func TestAMachineThatCannotMeasureTellsWhyAndDoesNotScore(t *testing.T) {
	w := newWorld(t)
	w.model(1, 4_000_000, -1)
	w.settings.CorpusDirs = []string{t.TempDir()}
	w.restart()
	err := w.tick(10)
	require.ErrorIs(t, err, ErrCorpus)
	require.ErrorContains(t, err, "a.go (missing)")
	w.service.note(err)
	require.Empty(t, w.chain.sent)

	answer := httptest.NewRecorder()
	w.service.Handler(nil).ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/healthz", http.NoBody))
	require.Equal(t, http.StatusServiceUnavailable, answer.Code)
	require.Contains(t, answer.Body.String(), "corpus.dirs")
}

func TestAFailureOfTheSandboxIsNotTheModels(t *testing.T) {
	w := newWorld(t)
	w.outcome(1, func() (sandbox.Measurement, error) { return sandbox.Measurement{}, errors.New("no processes left") })
	require.ErrorContains(t, w.tick(10), "no processes left")
	require.Empty(t, w.chain.sent)
}

func TestAJournalOfAnotherValidatorIsRefused(t *testing.T) {
	w := newWorld(t)
	w.model(1, 4_000_000, -1)
	require.NoError(t, w.tick(10))
	w.settings.Operator = "wealvaloper1other"
	s := New(w.settings, w.chain, w.files, w.runner, slog.New(slog.NewTextHandler(io.Discard, nil)))
	require.ErrorContains(t, s.restore(), "use another home")
}

func TestWhatWasMeasuredIsShownAfterARestart(t *testing.T) {
	w := newWorld(t)
	w.model(1, 4_000_000, -1)
	require.NoError(t, w.tick(10))
	w.restart()
	answer := httptest.NewRecorder()
	w.service.Handler(nil).ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/measurements", http.NoBody))
	var boards []Board
	require.NoError(t, json.Unmarshal(answer.Body.Bytes(), &boards))
	require.Equal(t, int64(4_000_000), boards[0].Contributions[0].MicroBitsPerByte)
	require.Equal(t, uint16(32768), boards[0].Contributions[0].Score)
}

func TestTheNextEpochIsMeasuredAnew(t *testing.T) {
	w := newWorld(t)
	w.model(1, 4_000_000, -1)
	for height := int64(9); height < 30; height++ {
		require.NoError(t, w.tick(height))
	}
	w.chain.mu.Lock()
	w.chain.epoch.Number, w.chain.epoch.StartHeight, w.chain.epoch.RevealHeight, w.chain.epoch.EndHeight = 2, 30, 40, 49
	w.chain.hash, w.chain.row = nil, nil
	w.chain.mu.Unlock()
	for height := int64(30); height < 50; height++ {
		require.NoError(t, w.tick(height))
	}
	require.Equal(t, []string{"commit", "reveal", "commit", "reveal"}, w.chain.sent)
	require.Equal(t, 2, w.runner.count())
	require.Len(t, w.chain.hashes, 2)
}

func TestRunFollowsUntilItIsStoppedAndHoldsItsHome(t *testing.T) {
	w := newWorld(t)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- w.service.Run(ctx) }()
	for w.service.lastSeen.Load() == 0 {
		runtime.Gosched()
	}
	second := New(w.settings, w.chain, w.files, w.runner, slog.New(slog.NewTextHandler(io.Discard, nil)))
	require.ErrorIs(t, second.Run(ctx), ErrHomeInUse)
	cancel()
	require.NoError(t, <-done)
}

func TestANodeThatIsDownIsWaitedFor(t *testing.T) {
	w := newWorld(t)
	w.model(1, 4_000_000, -1)
	w.chain.down = errors.New("connection refused")
	require.Error(t, w.tick(10))
	w.chain.down = nil
	require.NoError(t, w.tick(12))
	require.NoError(t, w.tick(20))
	require.Len(t, w.scores(), 1)
}

func TestMetricsAreServed(t *testing.T) {
	w := newWorld(t)
	w.model(1, 4_000_000, -1)
	require.NoError(t, w.tick(10))
	require.NoError(t, w.tick(20))
	require.NoError(t, w.tick(21))
	answer := httptest.NewRecorder()
	w.service.Handler(nil).ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/metrics", http.NoBody))
	require.Contains(t, answer.Body.String(), `weal_evaluator_reveals_total{topic="t"} 1`)
	require.Contains(t, answer.Body.String(), `weal_evaluator_last_revealed_epoch{topic="t"} 1`)
}

func TestScoreOfRoundsToTheMetricsDecimals(t *testing.T) {
	for name, c := range map[string]struct {
		bits     int64
		exponent uint32
		worst    int64
		want     uint16
	}{
		"six decimals are taken as they are":  {4_000_000, 6, 8_000_000, 32768},
		"three decimals round to the nearest": {4_000_500, 3, 8_000, 32759},
		"nine decimals are filled up":         {4_000_000, 9, 8_000_000_000, 32768},
		"no decimals":                         {3_499_999, 0, 8, 40959},
		"worse than the worst is 0":           {8_500_000, 6, 8_000_000, 0},
	} {
		got, err := scoreOf(c.bits, topictypes.Metric{Worst: c.worst, Best: 0, Exponent: c.exponent})
		require.NoError(t, err, name)
		require.Equal(t, c.want, got, name)
	}
	_, err := scoreOf(1<<40, topictypes.Metric{Worst: 1, Exponent: 18})
	require.Error(t, err)
}

func TestOldRecordsAreRemoved(t *testing.T) {
	w := newWorld(t)
	for _, epoch := range []uint64{1, 5, 200} {
		for _, path := range []string{w.settings.entryPath(1, epoch), w.settings.valuesPath(1, epoch)} {
			require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o700))
			require.NoError(t, os.WriteFile(path, []byte("{}"), 0o600))
		}
	}
	require.NoError(t, w.settings.prune(1, 105))
	require.NoFileExists(t, w.settings.entryPath(1, 1))
	require.NoFileExists(t, w.settings.valuesPath(1, 1))
	require.FileExists(t, w.settings.entryPath(1, 5))
	require.FileExists(t, w.settings.valuesPath(1, 200))
}

func TestADishonestCopierRepeatsTheLastPublicScores(t *testing.T) {
	w := newWorld(t)
	w.settings.Dishonest = config.Copy
	w.restart()
	w.model(1, 4_000_000, -1)
	w.model(3, 2_000_000, -2)
	require.NoError(t, w.tick(10))
	require.NoError(t, w.tick(20))
	require.Equal(t, map[uint64]uint16{1: 32768, 3: 32768}, w.scores(), "nothing is public yet")

	w.chain.epoch.Number, w.chain.epoch.StartHeight, w.chain.epoch.RevealHeight, w.chain.epoch.EndHeight = 2, 30, 40, 49
	w.chain.hash, w.chain.row = nil, nil
	w.chain.scored, w.chain.qualities = []uint64{1, 2}, []uint32{40_000, 7}
	require.NoError(t, w.tick(30))
	require.NoError(t, w.tick(40))
	require.Equal(t, map[uint64]uint16{1: 40_000, 3: 32768}, w.scores())
	require.Zero(t, w.runner.count(), "it measures nothing")
}

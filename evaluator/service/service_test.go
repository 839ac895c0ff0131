// SPDX-License-Identifier: Apache-2.0

package service

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/evaluator/chain"
	"github.com/weal-network/weal/evaluator/sandbox"
	"github.com/weal-network/weal/evaluator/shards"
	"github.com/weal-network/weal/evaluator/spec"
	"github.com/weal-network/weal/pkg/commitment"
	"github.com/weal-network/weal/pkg/row"
	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

const (
	testOperator = "wealvaloper1test"
	testChain    = "weal-test-1"
)

// fakeChain is one topic on a chain whose height a test sets. It takes commits
// and reveals by the rules of x/scoring, and takes a transaction into the block
// after the height at which it was sent.
type fakeChain struct {
	mu      sync.Mutex
	height  int64
	epoch   scoringtypes.Epoch
	ids     []uint64
	models  map[uint64][32]byte
	hash    []byte
	row     []byte
	sent    []string // what was sent, in order
	hashes  map[string]bool
	deaf    bool  // takes transactions and puts none into a block
	down    error // nothing answers
	lateHdr bool  // judges by the last block, as CheckTx does
}

func (c *fakeChain) Height(context.Context) (int64, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.height, c.down
}

func (c *fakeChain) Topics(context.Context) ([]topictypes.Topic, error) {
	return []topictypes.Topic{{Id: 1, Slug: "t"}}, nil
}

func (c *fakeChain) Epoch(context.Context, uint64) (scoringtypes.Epoch, []uint64, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.epoch.Number == 0 {
		return scoringtypes.Epoch{}, nil, chain.ErrNotFound
	}
	return c.epoch, c.ids, nil
}

func (c *fakeChain) Row(context.Context, uint64, uint64, string) ([]byte, bool, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.hash, c.row != nil, nil
}

func (c *fakeChain) Contribution(_ context.Context, id uint64) (contributiontypes.Contribution, error) {
	digest := c.models[id]
	return contributiontypes.Contribution{Id: id, Artifact: contributiontypes.Artifact{Sha256: digest[:], Size_: 10}}, nil
}

func (c *fakeChain) at() int64 {
	if c.lateHdr {
		return c.height
	}
	return c.height + 1
}

func (c *fakeChain) Commit(_ context.Context, _, _ uint64, hash []byte) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if at := c.at(); at < c.epoch.StartHeight || at >= c.epoch.RevealHeight {
		return fmt.Errorf("%w: commit outside of its window", chain.ErrRefused)
	}
	c.sent = append(c.sent, "commit")
	c.hashes[string(hash)] = true
	if !c.deaf {
		c.hash = hash
	}
	return nil
}

func (c *fakeChain) Reveal(_ context.Context, topic, epoch uint64, row []byte, salt [32]byte, _ int) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if at := c.at(); at < c.epoch.RevealHeight || at > c.epoch.EndHeight {
		return fmt.Errorf("%w: reveal outside of its window", chain.ErrRefused)
	}
	want := commitment.Scores(testChain, topic, epoch, []byte("operator"), salt, row)
	if !bytes.Equal(want[:], c.hash) {
		return fmt.Errorf("%w: the row is not what was committed", chain.ErrRefused)
	}
	c.sent = append(c.sent, "reveal")
	if !c.deaf {
		c.row = row
	}
	return nil
}

// fakeFiles serves the spec, and models as empty files named by their id.
type fakeFiles struct {
	dir  string
	mu   sync.Mutex
	gone map[[32]byte]bool
}

func (f *fakeFiles) Fetch(_ context.Context, digest [32]byte, _ int64, _ []string) (string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.gone[digest] {
		return "", errors.New("nobody serves it")
	}
	return filepath.Join(f.dir, fmt.Sprintf("%x", digest)), nil
}

func (f *fakeFiles) set(digest [32]byte, gone bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.gone[digest] = gone
}

// fakeRunner knows each model's outcome by its file's name.
type fakeRunner struct {
	mu      sync.Mutex
	runs    int
	results map[string]func() (sandbox.Measurement, error)
}

func (r *fakeRunner) Measure(_ context.Context, path string, _ int64, _ int, _ []shards.Shard, _ [][]byte) (sandbox.Measurement, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.runs++
	return r.results[filepath.Base(path)]()
}

func (r *fakeRunner) count() int { r.mu.Lock(); defer r.mu.Unlock(); return r.runs }

// world is an evaluator's surroundings; services come and go in it.
type world struct {
	t        *testing.T
	settings Settings
	chain    *fakeChain
	files    *fakeFiles
	runner   *fakeRunner
	service  *Service
}

func newWorld(t *testing.T) *world {
	t.Helper()
	dir := t.TempDir()
	files := &fakeFiles{dir: filepath.Join(dir, "files"), gone: map[[32]byte]bool{}}
	corpusDir := filepath.Join(dir, "corpus")
	for _, d := range []string{files.dir, corpusDir} {
		require.NoError(t, os.MkdirAll(d, 0o700))
	}
	require.NoError(t, os.WriteFile(filepath.Join(corpusDir, "a.go"), bytes.Repeat([]byte("package a\n"), 100), 0o600))
	corpus, err := spec.NewCorpus(corpusDir, []string{"a.go"}, nil)
	require.NoError(t, err)
	document, err := spec.New(corpus, corpus).Encode()
	require.NoError(t, err)
	specDigest := sha256.Sum256(document)
	require.NoError(t, os.WriteFile(filepath.Join(files.dir, fmt.Sprintf("%x", specDigest)), document, 0o600))
	corpusDigest, err := hex.DecodeString(corpus.SHA256)
	require.NoError(t, err)

	w := &world{
		t: t, files: files,
		settings: Settings{
			Home: filepath.Join(dir, "home"), ChainID: testChain, Operator: testOperator, OperatorBytes: []byte("operator"),
			CorpusDirs: []string{corpusDir}, PollInterval: time.Millisecond, Workers: 2,
		},
		chain:  &fakeChain{models: map[uint64][32]byte{}, hashes: map[string]bool{}, height: 9},
		runner: &fakeRunner{results: map[string]func() (sandbox.Measurement, error){}},
	}
	w.chain.epoch = scoringtypes.Epoch{
		TopicId: 1, Number: 1, StartHeight: 10, RevealHeight: 20, EndHeight: 29, Seed: make([]byte, 32),
		Status:     scoringtypes.EPOCH_STATUS_OPEN,
		Metric:     topictypes.Metric{Worst: 8_000_000, Best: 0, Exponent: 6},
		Evaluation: topictypes.Evaluation{Kind: spec.KindBitsPerByte, SpecSha256: specDigest[:], CorpusSha256: corpusDigest},
		Validators: []scoringtypes.PinnedValidator{{Operator: testOperator}},
	}
	require.NoError(t, os.MkdirAll(w.settings.Home, 0o700))
	w.restart()
	return w
}

// model adds a contribution that measures as given.
func (w *world) model(id uint64, bits int64, outputs ...float32) {
	w.outcome(id, func() (sandbox.Measurement, error) {
		return sandbox.Measurement{MicroBitsPerByte: bits, LogProbs: outputs}, nil
	})
}

func (w *world) outcome(id uint64, f func() (sandbox.Measurement, error)) {
	digest := sha256.Sum256([]byte{byte(id)})
	w.chain.ids = append(w.chain.ids, id)
	w.chain.models[id] = digest
	w.runner.mu.Lock()
	defer w.runner.mu.Unlock()
	w.runner.results[fmt.Sprintf("%x", digest)] = f
}

// restart is what kill -9 and a new start leave: the disk, and nothing else.
func (w *world) restart() {
	w.service = New(w.settings, w.chain, w.files, w.runner, slog.New(slog.NewTextHandler(io.Discard, nil)))
	require.NoError(w.t, w.service.restore())
}

// tick sets the height and ticks until nothing moves.
func (w *world) tick(height int64) error {
	w.t.Helper()
	w.chain.mu.Lock()
	w.chain.height = height
	w.chain.mu.Unlock()
	err := w.service.Tick(context.Background())
	w.settle()
	return errors.Join(err, w.service.Tick(context.Background()))
}

// settle waits for a measuring that runs in the background.
func (w *world) settle() {
	for _, f := range w.service.topics {
		if f.job != nil {
			<-f.job.done
		}
	}
}

func (w *world) scores() map[uint64]uint16 {
	w.t.Helper()
	require.NotNil(w.t, w.chain.row, "nothing was revealed")
	entries, err := row.Decode(w.chain.row, 100)
	require.NoError(w.t, err)
	out := map[uint64]uint16{}
	for _, e := range entries {
		out[e.ID] = e.Score
	}
	return out
}

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

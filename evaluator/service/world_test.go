// SPDX-License-Identifier: Apache-2.0

package service

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
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
	// scored and qualities are the last public scores.
	scored    []uint64
	qualities []uint32
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

func (c *fakeChain) Qualities(context.Context, uint64) ([]uint64, []uint32, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.scored == nil {
		return nil, nil, chain.ErrNotFound
	}
	return c.scored, c.qualities, nil
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

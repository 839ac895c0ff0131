// SPDX-License-Identifier: Apache-2.0

package service

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"sync"

	"github.com/weal-network/weal/evaluator/corpus"
	"github.com/weal-network/weal/evaluator/shards"
	"github.com/weal-network/weal/evaluator/spec"
	"github.com/weal-network/weal/pkg/grid"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// evaluation is what an epoch's models are measured on.
type evaluation struct {
	spec   spec.Document
	shards []shards.Shard
	probes [][]byte
}

// evaluations prepares evaluations and keeps the last corpus loaded.
type evaluations struct {
	files Files
	dirs  []string

	mu     sync.Mutex
	digest [32]byte
	spec   spec.Document
	text   corpus.Text
}

// ErrCorpus says that no directory holds the topic's corpus.
var ErrCorpus = errors.New("the topic's corpus is not here")

// prepare fetches the topic's spec, loads and verifies the corpus, and draws
// what the epoch's seed asks for.
func (e *evaluations) prepare(ctx context.Context, epoch scoringtypes.Epoch) (*evaluation, error) {
	if len(epoch.Seed) != 32 || len(epoch.Evaluation.SpecSha256) != 32 {
		return nil, fmt.Errorf("the chain gave a seed of %d bytes and a spec digest of %d, expected 32", len(epoch.Seed), len(epoch.Evaluation.SpecSha256))
	}
	document, text, err := e.load(ctx, epoch.Evaluation)
	if err != nil {
		return nil, err
	}
	seed := [32]byte(epoch.Seed)
	pieces, err := shards.Draw(text, seed, document.Shards.Count, document.Shards.Bytes, document.MaxContext)
	if err != nil {
		return nil, err
	}
	probes, err := shards.Probes(text, seed, document.Probes.Count, document.MaxContext)
	if err != nil {
		return nil, err
	}
	return &evaluation{spec: document, shards: pieces, probes: probes}, nil
}

func (e *evaluations) load(ctx context.Context, ev topictypes.Evaluation) (spec.Document, corpus.Text, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	digest := [32]byte(ev.SpecSha256)
	if e.digest == digest && e.text.Contents != nil {
		return e.spec, e.text, nil
	}
	path, err := e.files.Fetch(ctx, digest, spec.MaxDocumentBytes, []string{ev.SpecUri})
	if err != nil {
		return spec.Document{}, corpus.Text{}, fmt.Errorf("fetch the topic's spec: %w", err)
	}
	b, err := os.ReadFile(path) //nolint:gosec // from our own cache
	if err != nil {
		return spec.Document{}, corpus.Text{}, err
	}
	document, err := spec.Decode(b, digest)
	if err != nil {
		return spec.Document{}, corpus.Text{}, err
	}
	if document.Kind != ev.Kind || document.Corpus.SHA256 != fmt.Sprintf("%x", ev.CorpusSha256) {
		return spec.Document{}, corpus.Text{}, fmt.Errorf("%w: kind or corpus is not what the topic names", spec.ErrInvalid)
	}
	text, err := loadCorpus(e.dirs, document.Corpus.Files)
	if err != nil {
		return spec.Document{}, corpus.Text{}, err
	}
	e.digest, e.spec, e.text = digest, document, text
	return document, text, nil
}

// loadCorpus tries the directories in turn.
func loadCorpus(dirs []string, files []corpus.File) (corpus.Text, error) {
	failures := []error{fmt.Errorf("%w: set corpus.dirs to a copy of it", ErrCorpus)}
	for _, dir := range dirs {
		text, err := corpus.Load(dir, files)
		if err == nil {
			return text, nil
		}
		failures = append(failures, err)
	}
	return corpus.Text{}, errors.Join(failures...)
}

// measuredDecimals is the number of decimals of a measured value: micro-bits.
const measuredDecimals = 6

// scoreOf maps a measured value to the topic's grid. With fewer decimals in the
// metric it is rounded to the nearest, a half up.
func scoreOf(microBits int64, metric topictypes.Metric) (uint16, error) {
	value := microBits
	for range int(metric.Exponent) - measuredDecimals {
		if value > math.MaxInt64/10 {
			return 0, fmt.Errorf("measured value %d does not fit into %d decimals", microBits, metric.Exponent)
		}
		value *= 10
	}
	unit := int64(1)
	for range measuredDecimals - int(metric.Exponent) {
		unit *= 10
	}
	value = (value + unit/2) / unit
	return grid.Score(value, metric.Worst, metric.Best)
}

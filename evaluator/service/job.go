// SPDX-License-Identifier: Apache-2.0

package service

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/weal-network/weal/evaluator/config"
	"github.com/weal-network/weal/evaluator/duplicates"
	"github.com/weal-network/weal/evaluator/journal"
	"github.com/weal-network/weal/evaluator/sandbox"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
)

// job measures the pinned set of one epoch in the background.
type job struct {
	cancel context.CancelFunc
	done   chan struct{}
	// hurry is closed when the commit window is about to end: what cannot be
	// fetched by then is not waited for.
	hurry     chan struct{}
	hurryOnce sync.Once

	measured []Measured
	err      error
}

// result returns what was measured once the job is over.
func (j *job) result() (measured []Measured, err error, done bool) { //nolint:revive // done says whether the rest counts
	select {
	case <-j.done:
		return j.measured, j.err, true
	default:
		return nil, nil, false
	}
}

// finishSoon tells the job not to wait for models that nobody serves.
func (j *job) finishSoon() { j.hurryOnce.Do(func() { close(j.hurry) }) }

func (s *Service) startJob(ctx context.Context, f *follower, epoch scoringtypes.Epoch, ids []uint64) *job {
	ctx, cancel := context.WithCancel(ctx)
	j := &job{cancel: cancel, done: make(chan struct{}), hurry: make(chan struct{})}
	t := &task{service: s, log: f.log.With("epoch", epoch.Number), slug: f.slug, epoch: epoch, hurry: j.hurry}
	go func() {
		defer close(j.done)
		defer cancel()
		start := time.Now()
		j.measured, j.err = t.run(ctx, ids)
		if j.err == nil {
			s.metrics.duration.WithLabelValues(f.slug).Observe(time.Since(start).Seconds())
			t.log.Info("measured", "contributions", len(ids), "seconds", time.Since(start).Seconds())
		}
	}()
	return j
}

// value is the outcome of one model, kept on disk so that a restart need not
// run it again.
type value struct {
	ID               uint64 `json:"id"`
	SHA256           string `json:"sha256"`
	Seed             string `json:"seed"`
	Spec             string `json:"spec"`
	MicroBitsPerByte int64  `json:"micro_bits_per_byte"`
	LogProbs         []byte `json:"log_probs,omitempty"` // float32, little-endian
	Error            string `json:"error,omitempty"`
	// unfetched: nobody served the model; not kept, so that it is tried again.
	unfetched bool
}

func (v value) outputs() duplicates.Outputs {
	out := duplicates.Outputs{ID: v.ID, LogProbs: make([]float32, len(v.LogProbs)/4)}
	for i := range out.LogProbs {
		out.LogProbs[i] = math.Float32frombits(binary.LittleEndian.Uint32(v.LogProbs[4*i:]))
	}
	return out
}

func (v *value) setOutputs(logProbs []float32) {
	for _, p := range logProbs {
		v.LogProbs = binary.LittleEndian.AppendUint32(v.LogProbs, math.Float32bits(p))
	}
}

// task is the work of a job.
type task struct {
	service *Service
	log     *slog.Logger
	slug    string
	epoch   scoringtypes.Epoch
	hurry   <-chan struct{}

	mu sync.Mutex // guards the file of values
}

func (t *task) run(ctx context.Context, ids []uint64) ([]Measured, error) {
	if t.service.settings.Dishonest == config.Copy {
		return t.copy(ctx, ids)
	}
	eval, err := t.service.evalu.prepare(ctx, t.epoch)
	if err != nil {
		return nil, err
	}
	known, err := t.known()
	if err != nil {
		return nil, err
	}
	for {
		values, missing, err := t.all(ctx, ids, known, eval)
		if err != nil {
			return nil, err
		}
		if missing == 0 || t.waitForMore(ctx) {
			return t.score(values, eval)
		}
	}
}

// waitForMore pauses before models that nobody served are asked for again; it
// returns true when there is no time left for that.
func (t *task) waitForMore(ctx context.Context) (over bool) {
	timer := time.NewTimer(retryPause)
	defer timer.Stop()
	select {
	case <-t.hurry:
		return true
	case <-ctx.Done():
		return true
	case <-timer.C:
		return false
	}
}

// all measures what is not known yet, and adds it to known. missing counts the
// models that nobody served.
func (t *task) all(ctx context.Context, ids []uint64, known map[uint64]value, eval *evaluation) (values []value, missing int, err error) {
	values = make([]value, len(ids))
	workers, wctx := errgroup.WithContext(ctx)
	workers.SetLimit(t.service.settings.Workers)
	for i, id := range ids {
		if v, ok := known[id]; ok {
			values[i] = v
			continue
		}
		workers.Go(func() (err error) {
			values[i], err = t.one(wctx, id, eval)
			return err
		})
	}
	if err := workers.Wait(); err != nil {
		return nil, 0, err
	}
	for _, v := range values {
		if v.unfetched {
			missing++
		} else {
			known[v.ID] = v
		}
	}
	return values, missing, nil
}

// known returns the values that an earlier run measured in this epoch.
func (t *task) known() (map[uint64]value, error) {
	known := map[uint64]value{}
	err := journal.Lines(t.path(), func(line []byte) error {
		v := value{}
		if err := json.Unmarshal(line, &v); err != nil {
			return err
		}
		if v.Seed == hex.EncodeToString(t.epoch.Seed) && v.Spec == hex.EncodeToString(t.epoch.Evaluation.SpecSha256) {
			known[v.ID] = v
		}
		return nil
	})
	return known, err
}

func (t *task) path() string {
	return t.service.settings.valuesPath(t.epoch.TopicId, t.epoch.Number)
}

// one fetches and runs one model. What is the model's fault is its value; an
// error is of this machine, or of its surroundings, and ends the job.
func (t *task) one(ctx context.Context, id uint64, eval *evaluation) (value, error) {
	c, err := t.service.chain.Contribution(ctx, id)
	if err != nil {
		return value{}, err
	}
	v := value{
		ID: id, SHA256: hex.EncodeToString(c.Artifact.Sha256),
		Seed: hex.EncodeToString(t.epoch.Seed), Spec: hex.EncodeToString(t.epoch.Evaluation.SpecSha256),
	}
	size := int64(c.Artifact.Size_) //nolint:gosec // bounded by the topic's rules
	path, err := t.service.files.Fetch(ctx, [32]byte(c.Artifact.Sha256), size, c.Artifact.Uris)
	if ctx.Err() != nil {
		return value{}, ctx.Err()
	}
	if err != nil {
		t.service.metrics.fetchFailures.WithLabelValues(t.slug).Inc()
		t.log.Warn("cannot fetch a model", "contribution", id, "error", err)
		v.Error, v.unfetched = "cannot be fetched: "+err.Error(), true
		return v, nil
	}
	m, err := t.service.runner.Measure(ctx, path, size, eval.spec.MaxContext, eval.shards, eval.probes)
	switch {
	case errors.Is(err, sandbox.ErrModel):
		v.Error = err.Error()
		t.log.Warn("a model failed: it scores 0", "contribution", id, "error", err)
	case err != nil:
		return value{}, fmt.Errorf("contribution %d: %w", id, err)
	default:
		v.MicroBitsPerByte = m.MicroBitsPerByte
		v.setOutputs(m.LogProbs)
	}
	t.service.metrics.models.WithLabelValues(t.slug).Inc()
	t.mu.Lock()
	defer t.mu.Unlock()
	return v, journal.Append(t.path(), v)
}

// score turns values into what the row holds: copies and failures get 0.
func (t *task) score(values []value, eval *evaluation) ([]Measured, error) {
	outputs := make([]duplicates.Outputs, 0, len(values))
	for _, v := range values {
		outputs = append(outputs, v.outputs())
	}
	copies := duplicates.Find(outputs, eval.spec.Probes.Tolerance())
	measured := make([]Measured, 0, len(values))
	for _, v := range values {
		m := Measured{ID: v.ID, SHA256: v.SHA256, MicroBitsPerByte: v.MicroBitsPerByte, CopyOf: copies[v.ID], Error: v.Error}
		if m.CopyOf == 0 && m.Error == "" {
			score, err := scoreOf(v.MicroBitsPerByte, t.epoch.Metric)
			if err != nil {
				return nil, err
			}
			m.Score = score
		}
		measured = append(measured, m)
	}
	return measured, nil
}

// SPDX-License-Identifier: Apache-2.0

// Package service is the evaluator: it follows the epochs of all topics, has
// their models measured, and commits and reveals a row of scores for each.
//
// What it must never lose is on disk before the chain hears of it. A row and its
// salt are saved, once for an epoch and for ever, before their hash is
// committed; so a process that is killed at any point goes on with the same row
// and can always reveal what it committed.
package service

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync/atomic"
	"time"

	"github.com/gofrs/flock"

	"github.com/weal-network/weal/evaluator/sandbox"
	"github.com/weal-network/weal/evaluator/shards"
	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// Chain is what the service needs of a node.
type Chain interface {
	Height(ctx context.Context) (int64, error)
	Topics(ctx context.Context) ([]topictypes.Topic, error)
	Epoch(ctx context.Context, topic uint64) (scoringtypes.Epoch, []uint64, error)
	Row(ctx context.Context, topic, epoch uint64, operator string) (hash []byte, revealed bool, err error)
	// Qualities are the last public scores of a topic, by rising id.
	Qualities(ctx context.Context, topic uint64) (ids []uint64, qualities []uint32, err error)
	Contribution(ctx context.Context, id uint64) (contributiontypes.Contribution, error)
	// Commit and Reveal hand a transaction to the node; whether a block has it
	// is what Row tells later.
	Commit(ctx context.Context, topic, epoch uint64, hash []byte) error
	Reveal(ctx context.Context, topic, epoch uint64, row []byte, salt [32]byte, contributions int) error
}

// Files fetches files by their digest.
type Files interface {
	Fetch(ctx context.Context, digest [32]byte, maxBytes int64, uris []string) (path string, err error)
}

// Runner measures a model; see sandbox.Runner.
type Runner interface {
	Measure(ctx context.Context, path string, maxBytes int64, maxContext int, pieces []shards.Shard, probes [][]byte) (sandbox.Measurement, error)
}

// Settings of a service.
type Settings struct {
	// Home holds the journal and the measured values.
	Home string
	// ChainID and Operator (its address as text and as bytes) are bound into
	// every commit.
	ChainID       string
	Operator      string
	OperatorBytes []byte
	// CorpusDirs hold copies of corpora.
	CorpusDirs []string
	// PollInterval is how often the node is asked for news.
	PollInterval time.Duration
	// Workers is how many models run at once.
	Workers int
	// Dishonest is config.Copy, or empty.
	Dishonest string
}

// Service is a running evaluator.
type Service struct {
	settings Settings
	chain    Chain
	files    Files
	runner   Runner
	log      *slog.Logger
	metrics  *metrics
	board    *board
	evalu    *evaluations
	topics   map[uint64]*follower
	lastSeen atomic.Int64 // time of the last answer of the node, in ns
	problem  atomic.Value // text of the last tick's error; empty when there was none
}

// New makes a service.
func New(settings Settings, chain Chain, files Files, runner Runner, log *slog.Logger) *Service {
	return &Service{
		settings: settings,
		chain:    chain,
		files:    files,
		runner:   runner,
		log:      log,
		metrics:  newMetrics(),
		board:    newBoard(),
		evalu:    &evaluations{files: files, dirs: settings.CorpusDirs},
		topics:   map[uint64]*follower{},
	}
}

// ErrHomeInUse says that another evaluator runs in the same home.
var ErrHomeInUse = errors.New("another evaluator runs in this home: stop it first")

// Run follows the chain until ctx ends. It returns nil then, and an error when
// the home cannot be used. A node that does not answer is waited for.
func (s *Service) Run(ctx context.Context) error {
	lock := flock.New(filepath.Join(s.settings.Home, "evaluator.lock"))
	held, err := lock.TryLock()
	if err != nil {
		return fmt.Errorf("lock the evaluator's home: %w", err)
	}
	if !held {
		return fmt.Errorf("%w (%s)", ErrHomeInUse, s.settings.Home)
	}
	defer lock.Unlock() //nolint:errcheck // the process ends
	if err := s.restore(); err != nil {
		return err
	}
	ticker := time.NewTicker(s.settings.PollInterval)
	defer ticker.Stop()
	defer s.stopAll()
	for {
		err := s.Tick(ctx)
		if ctx.Err() != nil {
			return nil
		}
		s.note(err)
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
	}
}

// note logs a problem once, and its end.
func (s *Service) note(err error) {
	text := ""
	if err != nil {
		text = err.Error()
	}
	before, _ := s.problem.Swap(text).(string)
	switch {
	case text == before:
	case text != "":
		s.log.Warn("cannot do all that is due; trying again", "error", text)
	default:
		s.log.Info("all is well again")
	}
}

// Tick looks once at every topic and does what is due.
func (s *Service) Tick(ctx context.Context) error {
	height, err := s.chain.Height(ctx)
	if err != nil {
		return err
	}
	s.lastSeen.Store(time.Now().UnixNano())
	s.metrics.height.Set(float64(height))
	topics, err := s.chain.Topics(ctx)
	if err != nil {
		return err
	}
	var failures []error
	for _, topic := range topics {
		if err := s.follower(topic).tick(ctx, height); err != nil {
			failures = append(failures, fmt.Errorf("topic %s: %w", topic.Slug, err))
		}
	}
	return errors.Join(failures...)
}

func (s *Service) follower(topic topictypes.Topic) *follower {
	f, ok := s.topics[topic.Id]
	if !ok {
		f = &follower{service: s, id: topic.Id}
		s.topics[topic.Id] = f
	}
	f.slug = topic.Slug
	f.log = s.log.With("topic", topic.Slug)
	return f
}

func (s *Service) stopAll() {
	for _, f := range s.topics {
		f.stop()
	}
}

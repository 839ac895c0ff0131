// SPDX-License-Identifier: Apache-2.0

package service

import (
	"encoding/json"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Board is what was last measured in a topic.
type Board struct {
	TopicID       uint64     `json:"topic_id"`
	Epoch         uint64     `json:"epoch"`
	Contributions []Measured `json:"contributions"`
}

type board struct {
	mu     sync.Mutex
	topics map[uint64]Board
}

func newBoard() *board { return &board{topics: map[uint64]Board{}} }

func (b *board) set(topic, epoch uint64, measured []Measured) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.topics[topic] = Board{TopicID: topic, Epoch: epoch, Contributions: measured}
}

// all returns the boards by rising topic.
func (b *board) all() []Board {
	b.mu.Lock()
	defer b.mu.Unlock()
	out := make([]Board, 0, len(b.topics))
	for _, t := range b.topics {
		out = append(out, t)
	}
	slices.SortFunc(out, func(x, y Board) int { return int(x.TopicID) - int(y.TopicID) }) //nolint:gosec // topic ids are small
	return out
}

// staleAfter is how long the node may be silent before the evaluator is unwell.
const staleAfter = 30 * time.Second

// Handler serves /healthz, /metrics, /measurements and, when it is not nil,
// artifacts under /artifacts/.
func (s *Service) Handler(artifacts http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", s.health)
	mux.Handle("GET /metrics", promhttp.HandlerFor(s.metrics.registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /measurements", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(s.board.all()) // the reader is gone
	})
	if artifacts != nil {
		mux.Handle("/artifacts/", http.StripPrefix("/artifacts/", artifacts))
	}
	return mux
}

func (s *Service) health(w http.ResponseWriter, _ *http.Request) {
	answer := map[string]string{"status": "ok"}
	if problem, _ := s.problem.Load().(string); problem != "" {
		answer = map[string]string{"status": "degraded", "problem": problem}
	}
	if time.Since(time.Unix(0, s.lastSeen.Load())) > staleAfter {
		answer["status"] = "the node does not answer"
	}
	w.Header().Set("Content-Type", "application/json")
	if answer["status"] != "ok" {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	_ = json.NewEncoder(w).Encode(answer) // the reader is gone
}

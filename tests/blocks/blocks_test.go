// SPDX-License-Identifier: Apache-2.0

package blocks_test

import (
	"runtime"
	"runtime/debug"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/collections"

	topictypes "github.com/weal-network/weal/x/topic/types"
)

// few is what a block is sized for; the others, and few under other rules, are to take no block that is much longer.
var (
	few   = scale{topics: 4, contributions: 256, validators: 64}
	many  = scale{topics: 128, contributions: 256, validators: 64}
	large = scale{topics: 1, contributions: 65_536, validators: 256}
	// broad is large with a quarter of the contributions and of the validators: it takes a minute.
	broad = scale{topics: 1, contributions: 16_384, validators: 64}
)

// median takes the rules of new topics but for the frontier.
func median(s *topictypes.Scoring) {
	s.ScoreRule, s.DividendRule = topictypes.SCORE_RULE_MEDIAN, topictypes.DIVIDEND_RULE_INNOVATION
}

// otherRules are what a topic may choose beside the published rules, each with medians and innovation.
func otherRules() (scales []scale) {
	for _, r := range []rules{
		{"median innovation", median},
		{"frontier", func(s *topictypes.Scoring) {
			median(s)
			s.RewardRule = topictypes.REWARD_RULE_FRONTIER
		}},
		{"coverage 8", func(s *topictypes.Scoring) {
			median(s)
			s.Coverage = 8
		}},
		{"sharpness 3", func(s *topictypes.Scoring) {
			median(s)
			s.Sharpness = 3
		}},
	} {
		s := few
		s.rules = r
		scales = append(scales, s)
	}
	return scales
}

// BenchmarkBlocks prints the longest FinalizeBlock from the height at which epochs end until all of them are closed,
// the next ones opened and old ones deleted.
func BenchmarkBlocks(b *testing.B) {
	for _, s := range slices.Concat([]scale{few}, otherRules(), []scale{many, broad, large}) {
		b.Run(s.String(), func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				w := newWorld(b, s)
				b.StartTimer()
				measure(b, w)
			}
		})
	}
}

// collectEvery is how many blocks the garbage of is collected at a time.
const collectEvery = 16

// measure makes blocks until everything is done. Garbage is collected between blocks: the databases of these chains lie
// in memory, and to look through all of them would be most of what is measured.
func measure(b *testing.B, w *world) {
	b.Helper()
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	var all, committing time.Duration
	var took []time.Duration
	for !w.closed(b) {
		if len(took)%collectEvery == 0 {
			runtime.GC()
		}
		w.NextBlock()
		took = append(took, w.Finalizing)
		all += w.Finalizing
		committing = max(committing, w.Committing)
	}
	blocks := len(took)
	longest := slices.Max(took)
	at := slices.Index(took, longest) + 1
	slices.Sort(took)
	var idle time.Duration
	for range 5 {
		w.NextBlock()
		idle += w.Finalizing / 5
	}
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	b.ReportMetric(ms(longest), "longest-ms")
	b.ReportMetric(ms(took[blocks-1-min(blocks-1, 2)]), "third-ms")
	b.ReportMetric(ms(took[blocks/2]), "median-ms")
	b.ReportMetric(float64(at), "longest-at")
	b.ReportMetric(float64(blocks), "blocks")
	b.ReportMetric(ms(all)/float64(blocks), "mean-ms")
	b.ReportMetric(ms(idle), "idle-ms")
	b.ReportMetric(ms(committing), "commit-ms")
}

// closed reports whether the second epoch of every topic is closed and the third one open.
func (w *world) closed(b *testing.B) bool {
	b.Helper()
	ctx := w.Ctx()
	for topic := range uint64(w.scale.topics) {
		clock, err := w.App.Scoring.Clocks.Get(ctx, topic+1)
		require.NoError(b, err)
		if clock.Epoch < 3 {
			return false
		}
		closing, err := w.App.Scoring.Works.Has(ctx, collections.Join(topic+1, uint64(2)))
		require.NoError(b, err)
		require.False(b, closing)
	}
	return true
}

// SPDX-License-Identifier: Apache-2.0

// Package shards draws what an epoch's models are measured on. All evaluators
// draw the same from the epoch's seed, and nobody can know it before.
//
// A file of n bytes has max(1, n-size+1) windows of size bytes (a shorter file
// is one window, as it is). Windows are numbered through the files in the order
// of their paths. Each shard is the window whose number is the next number below
// the count of windows in the stream "weal/shards/v1" of the seed; shards may
// overlap. A probe is the context in front of a drawn byte: with the bytes
// numbered in the same way, the next number below their count in the stream
// "weal/probes/v1".
package shards

import (
	"errors"
	"sort"

	"github.com/weal-network/weal/evaluator/corpus"
)

// ErrEmpty says that there is no text to draw from.
var ErrEmpty = errors.New("the corpus holds no bytes: nothing can be drawn from it")

// Shard is a piece of text to predict.
type Shard struct {
	// Before holds the bytes in front of Data in the same file, at most the
	// spec's context; fewer at the start of a file.
	Before []byte `json:"before"`
	// Data holds the bytes to predict.
	Data []byte `json:"data"`
}

// Draw draws count shards of size bytes with up to context bytes before each.
func Draw(text corpus.Text, seed [32]byte, count, size, context int) ([]Shard, error) {
	s := &stream{label: "weal/shards/v1", seed: seed}
	windows := newIndex(text, func(n int) int {
		if n == 0 {
			return 0
		}
		return max(1, n-size+1)
	})
	if windows.total == 0 {
		return nil, ErrEmpty
	}
	out := make([]Shard, 0, count)
	for range count {
		file, at := windows.find(s.below(windows.total))
		b := text.Contents[file]
		out = append(out, Shard{Before: b[max(0, at-context):at], Data: b[at:min(len(b), at+size)]})
	}
	return out, nil
}

// Probes draws count contexts, each of exactly context bytes, filled up with
// zeros in front where the file starts.
func Probes(text corpus.Text, seed [32]byte, count, context int) ([][]byte, error) {
	s := &stream{label: "weal/probes/v1", seed: seed}
	bytes := newIndex(text, func(n int) int { return n })
	if bytes.total == 0 {
		return nil, ErrEmpty
	}
	out := make([][]byte, 0, count)
	for range count {
		file, at := bytes.find(s.below(bytes.total))
		probe := make([]byte, context)
		before := text.Contents[file][max(0, at-context):at]
		copy(probe[context-len(before):], before)
		out = append(out, probe)
	}
	return out, nil
}

// index numbers the positions of all files through.
type index struct {
	ends  []uint64
	total uint64
}

func newIndex(text corpus.Text, positions func(bytes int) int) index {
	x := index{}
	for _, b := range text.Contents {
		x.total += uint64(positions(len(b))) //nolint:gosec // never negative
		x.ends = append(x.ends, x.total)
	}
	return x
}

// find returns the file and the position in it that number n < total stands for.
func (x index) find(n uint64) (file, at int) {
	file = sort.Search(len(x.ends), func(i int) bool { return x.ends[i] > n })
	start := uint64(0)
	if file > 0 {
		start = x.ends[file-1]
	}
	return file, int(n - start) //nolint:gosec // below a file's length
}

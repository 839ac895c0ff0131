// SPDX-License-Identifier: Apache-2.0

package onnxrun

import (
	"errors"
	"fmt"
	"math"

	"github.com/weal-network/weal/evaluator/onnxfile"
	"github.com/weal-network/weal/evaluator/shards"
)

// ErrNotFinite says that a model returned NaN or infinity.
var ErrNotFinite = errors.New("the model returned a logit that is NaN or infinite")

// MicroBits is how many units of a measured value make one bit.
const MicroBits = 1_000_000

// BitsPerByte returns the mean of -log2 of the probability that the model gives
// to each byte of the shards, in units of 10^-6 bits, rounded to nearest.
// Positions before the start of a file read as 0.
func (p *Program) BitsPerByte(pieces []shards.Shard) (int64, error) {
	sum, n := 0.0, 0
	b := p.newBatch(func(logits []float32, next byte) error {
		total, err := logSumExp(logits)
		if err != nil {
			return err
		}
		sum += total - float64(logits[next])
		n++
		return nil
	})
	for _, piece := range pieces {
		text := append(append([]byte{}, piece.Before...), piece.Data...)
		for i := range piece.Data {
			at := len(piece.Before) + i
			if err := b.add(text[max(0, at-p.context):at], text[at]); err != nil {
				return 0, err
			}
		}
	}
	if err := b.flush(); err != nil {
		return 0, err
	}
	if n == 0 {
		return 0, fmt.Errorf("%w: there is nothing to measure on", ErrRun)
	}
	return int64(math.Round(sum / math.Ln2 / float64(n) * MicroBits)), nil
}

// LogProbs returns the natural logarithms of the probabilities of all bytes
// after each context, one after the other: what duplicates are compared by. A
// context is cut to its last bytes, or filled up with zeros in front.
func (p *Program) LogProbs(contexts [][]byte) ([]float32, error) {
	out := make([]float32, 0, len(contexts)*onnxfile.Vocabulary)
	b := p.newBatch(func(logits []float32, _ byte) error {
		total, err := logSumExp(logits)
		for _, v := range logits {
			out = append(out, float32(float64(v)-total))
		}
		return err
	})
	for _, c := range contexts {
		if err := b.add(c[max(0, len(c)-p.context):], 0); err != nil {
			return nil, err
		}
	}
	return out, b.flush()
}

// logSumExp returns log(sum(exp(logits))), computed in double precision.
func logSumExp(logits []float32) (float64, error) {
	top := math.Inf(-1)
	for _, v := range logits {
		if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
			return 0, ErrNotFinite
		}
		top = max(top, float64(v))
	}
	sum := 0.0
	for _, v := range logits {
		sum += math.Exp(float64(v) - top)
	}
	return top + math.Log(sum), nil
}

// batcher collects positions until a batch is full.
type batcher struct {
	program  *Program
	contexts []int64
	next     []byte
	use      func(logits []float32, next byte) error
}

func (p *Program) newBatch(use func([]float32, byte) error) *batcher {
	return &batcher{program: p, use: use, contexts: make([]int64, 0, batch*p.context)}
}

func (b *batcher) add(before []byte, next byte) error {
	for range b.program.context - len(before) {
		b.contexts = append(b.contexts, 0)
	}
	for _, c := range before {
		b.contexts = append(b.contexts, int64(c))
	}
	b.next = append(b.next, next)
	if len(b.next) < batch {
		return nil
	}
	return b.flush()
}

// flush runs what was collected; an unfinished batch is filled up with zeros.
func (b *batcher) flush() error {
	if len(b.next) == 0 {
		return nil
	}
	for len(b.contexts) < batch*b.program.context {
		b.contexts = append(b.contexts, 0)
	}
	logits, err := b.program.logits(b.contexts)
	if err != nil {
		return err
	}
	for i, next := range b.next {
		if err := b.use(logits[i*onnxfile.Vocabulary:(i+1)*onnxfile.Vocabulary], next); err != nil {
			return err
		}
	}
	b.contexts, b.next = b.contexts[:0], b.next[:0]
	return nil
}

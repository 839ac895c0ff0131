// SPDX-License-Identifier: Apache-2.0

package samples

import (
	"math"
	"math/rand/v2"

	"github.com/weal-network/weal/evaluator/onnxwrite"
)

// Shape and schedule of the neural sample. It reads window bytes; each position
// has its own embedding of width hidden, their mean goes through tanh into a
// linear layer. With the embeddings summed, the first layer costs only
// additions, so one core trains it in seconds.
const (
	window   = 6
	hidden   = 48
	steps    = 150_000
	rateFrom = 0.15
	rateTo   = 0.01
)

// network holds the weights of the neural sample.
type network struct {
	embed [][]float32 // [window*symbols][hidden]
	first []float32   // [hidden] bias
	out   [][]float32 // [symbols][hidden]
	last  []float32   // [symbols] bias
}

func newNetwork(seed uint64, p0 []float64) *network {
	r := rand.New(rand.NewPCG(seed, 1)) //nolint:gosec // a sample must be the same on every run
	n := &network{
		embed: matrix(window*symbols, hidden, 0.3, r),
		first: make([]float32, hidden),
		out:   matrix(symbols, hidden, 0.1, r),
		last:  logs(p0),
	}
	return n
}

func matrix(rows, columns int, scale float64, r *rand.Rand) [][]float32 {
	flat := make([]float32, rows*columns)
	for i := range flat {
		flat[i] = float32(r.NormFloat64() * scale)
	}
	m := make([][]float32, rows)
	for i := range m {
		m[i] = flat[i*columns : (i+1)*columns : (i+1)*columns]
	}
	return m
}

// train runs stochastic gradient descent over positions drawn from the texts.
func train(texts [][]byte, p0 []float64, seed uint64) *network {
	var all []byte
	for _, text := range texts {
		all = append(append(all, make([]byte, window)...), text...)
	}
	r := rand.New(rand.NewPCG(seed, 2)) //nolint:gosec // a sample must be the same on every run
	n := newNetwork(seed, p0)
	s := scratch{h: make([]float32, hidden), dh: make([]float32, hidden), p: make([]float32, symbols)}
	for step := range steps {
		at := window + r.IntN(len(all)-window)
		rate := rateFrom * math.Pow(rateTo/rateFrom, float64(step)/steps)
		n.step(all[at-window:at], all[at], float32(rate), s)
	}
	return n
}

// scratch is the working memory of one step.
type scratch struct{ h, dh, p []float32 }

// step moves the weights against the gradient of one position's loss.
func (n *network) step(context []byte, next byte, rate float32, s scratch) {
	n.forward(context, s)
	clear(s.dh)
	for b, row := range n.out {
		d := s.p[b]
		if b == int(next) {
			d--
		}
		if d > -1e-5 && d < 1e-5 {
			continue // too small to move a weight: most bytes, most of the time
		}
		n.last[b] -= rate * d
		step := rate * d
		for i, w := range row {
			s.dh[i] += d * w
			row[i] = w - step*s.h[i]
		}
	}
	for i, h := range s.h {
		s.dh[i] *= rate * (1 - h*h)
		n.first[i] -= s.dh[i]
	}
	for position, b := range context {
		row := n.embed[position*symbols+int(b)]
		for i := range row {
			row[i] -= s.dh[i]
		}
	}
}

// forward fills h with the hidden layer and p with the probabilities.
func (n *network) forward(context []byte, s scratch) {
	copy(s.h, n.first)
	for position, b := range context {
		for i, w := range n.embed[position*symbols+int(b)] {
			s.h[i] += w
		}
	}
	for i, v := range s.h {
		s.h[i] = float32(math.Tanh(float64(v)))
	}
	top := float32(math.Inf(-1))
	for b, row := range n.out {
		sum := n.last[b]
		for i, w := range row {
			sum += w * s.h[i]
		}
		s.p[b] = sum
		top = max(top, sum)
	}
	total := float32(0)
	for b, v := range s.p {
		s.p[b] = float32(math.Exp(float64(v - top)))
		total += s.p[b]
	}
	for b := range s.p {
		s.p[b] /= total
	}
}

// onnx writes the network. The runtime has a mean and no sum over an axis, so
// the embeddings are stored times window.
func (n *network) onnx() []byte {
	g := table("neural", window)
	embed := make([]float32, 0, window*symbols*hidden)
	for _, row := range n.embed {
		for _, w := range row {
			embed = append(embed, w*window)
		}
	}
	offsets := make([]int64, window)
	for i := range offsets {
		offsets[i] = int64(i) * symbols
	}
	turned := make([]float32, hidden*symbols)
	for b, row := range n.out {
		for i, w := range row {
			turned[i*symbols+b] = w
		}
	}
	g.Float32("embeddings", embed, window*symbols, hidden)
	g.Int64("offsets", offsets, 1, window)
	g.Float32("hidden_bias", n.first, 1, hidden)
	g.Float32("output", turned, hidden, symbols)
	g.Float32("output_bias", n.last, 1, symbols)
	g.Node("Add", []string{"context", "offsets"}, []string{"rows"})
	g.Node("Gather", []string{"embeddings", "rows"}, []string{"vectors"})
	g.Node("ReduceMean", []string{"vectors"}, []string{"sum"}, onnxwrite.Ints("axes", 1), onnxwrite.Int("keepdims", 0))
	g.Node("Add", []string{"sum", "hidden_bias"}, []string{"biased"})
	g.Node("Tanh", []string{"biased"}, []string{"hidden"})
	g.Node("MatMul", []string{"hidden", "output"}, []string{"product"})
	g.Node("Add", []string{"product", "output_bias"}, []string{"logits"})
	return g.Bytes()
}

// SPDX-License-Identifier: Apache-2.0

package samples

import (
	"math/rand/v2"

	"github.com/weal-network/weal/evaluator/onnxfile"
	"github.com/weal-network/weal/evaluator/onnxwrite"
)

// table starts a graph that reads length bytes and returns logits.
func table(name string, length int64) *onnxwrite.Graph {
	g := onnxwrite.New(name)
	g.Input("context", onnxfile.Int64, onnxwrite.Open, length)
	g.Output("logits", onnxfile.Float32, onnxwrite.Open, symbols)
	return g
}

// column adds nodes that pick one byte of the context, by position.
func column(g *onnxwrite.Graph, name string, position int64) {
	g.Int64(name+"_at", []int64{position})
	g.Node("Gather", []string{"context", name + "_at"}, []string{name}, onnxwrite.Int("axis", 1))
}

// order0 writes a model that ignores its context.
func order0(c counts) []byte {
	g := table("order-0", 1)
	g.Float32("table", logs(c.model0()), 1, symbols)
	g.Int64("zero", []int64{0})
	column(g, "last", 0)
	g.Node("Mul", []string{"last", "zero"}, []string{"row"})
	g.Node("Gather", []string{"table", "row"}, []string{"logits"})
	return g.Bytes()
}

// order1 writes a model that looks the last byte up in a table.
func order1(name string, logits []float32) []byte {
	g := table(name, 1)
	g.Float32("table", logits, symbols, symbols)
	column(g, "last", 0)
	g.Node("Gather", []string{"table", "last"}, []string{"logits"})
	return g.Bytes()
}

// order2 writes a model that looks the classes of the last two bytes up.
func order2(c counts) []byte {
	g := table("order-2", 2)
	g.Float32("table", logs(c.model2()), classes*classes, symbols)
	g.Int64("classes", c.alphabet.int64s(1), symbols)
	g.Int64("stride", []int64{classes})
	column(g, "before", 0)
	column(g, "last", 1)
	g.Node("Gather", []string{"classes", "before"}, []string{"before_class"})
	g.Node("Gather", []string{"classes", "last"}, []string{"last_class"})
	g.Node("Mul", []string{"before_class", "stride"}, []string{"offset"})
	g.Node("Add", []string{"offset", "last_class"}, []string{"row"})
	g.Node("Gather", []string{"table", "row"}, []string{"logits"})
	return g.Bytes()
}

// nearCopy writes the order-2 model in other words: the table is laid out the
// other way round, each row is shifted by a constant that softmax takes out
// again, and all names differ. No byte string of the original is left.
func nearCopy(c counts) []byte {
	logits := logs(c.model2())
	turned := make([]float32, len(logits))
	for before := range classes {
		for last := range classes {
			from, to := before*classes+last, last*classes+before
			for b := range symbols {
				turned[to*symbols+b] = logits[from*symbols+b] + 1 + float32(last)/64
			}
		}
	}
	g := table("my-own-model", 2)
	g.Int64("w1", c.alphabet.int64s(classes), symbols)
	g.Int64("w2", c.alphabet.int64s(1), symbols)
	g.Float32("w3", turned, classes*classes, symbols)
	column(g, "x", 1)
	column(g, "y", 0)
	g.Node("Gather", []string{"w1", "x"}, []string{"h1"})
	g.Node("Gather", []string{"w2", "y"}, []string{"h2"})
	g.Node("Add", []string{"h2", "h1"}, []string{"h3"})
	g.Node("Gather", []string{"w3", "h3"}, []string{"h4"})
	g.Node("Identity", []string{"h4"}, []string{"logits"})
	return g.Bytes()
}

// random writes a table of normal random numbers: worse than no model at all.
func random(seed uint64) []byte {
	r := rand.New(rand.NewPCG(seed, seed)) //nolint:gosec // a sample must be the same on every run
	logits := make([]float32, symbols*symbols)
	for i := range logits {
		logits[i] = float32(r.NormFloat64())
	}
	return order1("random", logits)
}

// int64s returns the alphabet as a weight, each class times a factor.
func (a alphabet) int64s(factor int64) []int64 {
	out := make([]int64, len(a))
	for i, class := range a {
		out[i] = int64(class) * factor
	}
	return out
}

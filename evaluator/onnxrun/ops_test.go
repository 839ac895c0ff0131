// SPDX-License-Identifier: Apache-2.0

package onnxrun

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/evaluator/onnxfile"
	w "github.com/weal-network/weal/evaluator/onnxwrite"
)

// The row that every operator is tried on, as int64 "context" and float32 "x".
var row0 = []int64{1, 2, 3, 4}

// opCase computes "y" of shape [batch, 4], of float32, from "x" and "context".
type opCase struct {
	build func(g *w.Graph)
	want  []float64
}

func node(op, out string, in ...string) func(g *w.Graph) {
	return func(g *w.Graph) { g.Node(op, in, []string{out}) }
}

// unary tries an operator of one float operand.
func unary(op string, f func(float64) float64) opCase {
	c := opCase{build: node(op, "y", "x")}
	for _, v := range row0 {
		c.want = append(c.want, f(float64(v)))
	}
	return c
}

// binary tries an operator on x and x turned round by a constant: 2, 2, 2, 2.
func binary(op string, f func(a, b float64) float64) opCase {
	c := opCase{build: node(op, "y", "x", "two")}
	for _, v := range row0 {
		c.want = append(c.want, f(float64(v), 2))
	}
	return c
}

// compare casts an operator's truth values to numbers.
func compare(op string, f func(a, b float64) bool) opCase {
	c := opCase{build: func(g *w.Graph) {
		g.Node(op, []string{"x", "two"}, []string{"truth"})
		cast(g, "truth", "y", onnxfile.Float32)
	}}
	for _, v := range row0 {
		c.want = append(c.want, truth(f(float64(v), 2)))
	}
	return c
}

// logic tries an operator on x > 2 and x < 4.
func logic(op string, f func(a, b bool) bool) opCase {
	c := opCase{build: func(g *w.Graph) {
		g.Float32("four", []float32{4}, 1, 1)
		g.Node("Greater", []string{"x", "two"}, []string{"a"})
		g.Node("Less", []string{"x", "four"}, []string{"b"})
		g.Node(op, []string{"a", "b"}, []string{"truth"})
		cast(g, "truth", "y", onnxfile.Float32)
	}}
	for _, v := range row0 {
		c.want = append(c.want, truth(f(v > 2, v < 4)))
	}
	return c
}

func cast(g *w.Graph, from, to string, elemType int64) {
	g.Node("Cast", []string{from}, []string{to}, w.Int("to", elemType))
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func sigmoid(v float64) float64 { return 1 / (1 + math.Exp(-v)) }

// lstmStates steps the recurrence of the LSTM case by hand.
func lstmStates() []float64 {
	var out []float64
	hidden, cell := 0.0, 0.0
	for _, x := range row0 {
		input, output, forget := sigmoid(0.1), sigmoid(0.3*hidden), sigmoid(-0.2)
		cell = forget*cell + input*math.Tanh(0.5*float64(x))
		hidden = output * math.Tanh(cell)
		out = append(out, hidden)
	}
	return out
}

func norm(v float64) float64 { return (v - 2.5) / math.Sqrt(1.25+1e-5) }

var opCases = map[string]opCase{
	"Abs": unary("Abs", math.Abs), "Neg": unary("Neg", func(v float64) float64 { return -v }),
	"Sign": unary("Sign", func(float64) float64 { return 1 }), "Ceil": unary("Ceil", math.Ceil), "Floor": unary("Floor", math.Floor),
	"Sqrt": unary("Sqrt", math.Sqrt), "Exp": unary("Exp", math.Exp), "Log": unary("Log", math.Log), "Erf": unary("Erf", math.Erf),
	"Sin": unary("Sin", math.Sin), "Cos": unary("Cos", math.Cos), "Tanh": unary("Tanh", math.Tanh),
	"Relu": unary("Relu", func(v float64) float64 { return v }), "Identity": unary("Identity", func(v float64) float64 { return v }),

	"Add": binary("Add", func(a, b float64) float64 { return a + b }), "Sub": binary("Sub", func(a, b float64) float64 { return a - b }),
	"Mul": binary("Mul", func(a, b float64) float64 { return a * b }), "Div": binary("Div", func(a, b float64) float64 { return a / b }),
	"Pow": binary("Pow", math.Pow), "Min": binary("Min", math.Min), "Max": binary("Max", math.Max),

	"Equal": compare("Equal", func(a, b float64) bool { return a == b }), "Less": compare("Less", func(a, b float64) bool { return a < b }),
	"LessOrEqual":    compare("LessOrEqual", func(a, b float64) bool { return a <= b }),
	"Greater":        compare("Greater", func(a, b float64) bool { return a > b }),
	"GreaterOrEqual": compare("GreaterOrEqual", func(a, b float64) bool { return a >= b }),
	"And":            logic("And", func(a, b bool) bool { return a && b }),
	"Or":             logic("Or", func(a, b bool) bool { return a || b }),
	"Xor":            logic("Xor", func(a, b bool) bool { return a != b }),
	"Not": {func(g *w.Graph) {
		g.Node("Greater", []string{"x", "two"}, []string{"a"})
		g.Node("Not", []string{"a"}, []string{"truth"})
		cast(g, "truth", "y", onnxfile.Float32)
	}, []float64{1, 1, 0, 0}},
	"Where": {func(g *w.Graph) {
		g.Node("Greater", []string{"x", "two"}, []string{"a"})
		g.Node("Where", []string{"a", "x", "two"}, []string{"y"})
	}, []float64{2, 2, 3, 4}},
	"Clip": {func(g *w.Graph) {
		g.Float32("low", []float32{1.5})
		g.Float32("high", []float32{3.5})
		g.Node("Clip", []string{"x", "low", "high"}, []string{"y"})
	}, []float64{1.5, 2, 3, 3.5}},
	"Cast":    {func(g *w.Graph) { cast(g, "context", "y", onnxfile.Float32) }, []float64{1, 2, 3, 4}},
	"Softmax": {node("Softmax", "y", "x"), []float64{0.0320586, 0.0871443, 0.2368828, 0.6439143}},
	"MatMul": {func(g *w.Graph) {
		g.Float32("m", []float32{1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 1, 1, 1, 1}, 4, 4)
		g.Node("MatMul", []string{"x", "m"}, []string{"y"})
	}, []float64{5, 6, 7, 4}},
	"Gemm": {func(g *w.Graph) {
		g.Float32("m", []float32{1, 0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1}, 4, 4)
		g.Float32("b", []float32{10, 20, 30, 40}, 4)
		g.Node("Gemm", []string{"x", "m", "b"}, []string{"y"}, w.Int("transB", 1))
	}, []float64{15, 26, 37, 44}},
	"LayerNormalization": {func(g *w.Graph) {
		g.Float32("scale", []float32{1, 1, 1, 1}, 4)
		g.Float32("bias", []float32{0, 0, 0, 1}, 4)
		g.Node("LayerNormalization", []string{"x", "scale", "bias"}, []string{"y"}, w.Int("axis", -1))
	}, []float64{norm(1), norm(2), norm(3), norm(4) + 1}},
	"Conv": {func(g *w.Graph) {
		g.Float32("kernel", []float32{1, 2, 1}, 1, 1, 3)
		g.Node("Reshape", []string{"x", "three_"}, []string{"signal"})
		g.Node("Conv", []string{"signal", "kernel"}, []string{"filtered"}, w.Ints("pads", 1, 1), w.Ints("kernel_shape", 3), w.Ints("strides", 1), w.Ints("dilations", 1))
		g.Node("Reshape", []string{"filtered", "flat_"}, []string{"y"})
	}, []float64{4, 8, 12, 11}},
	"LSTM": {func(g *w.Graph) {
		// One hidden unit; the gates are input, output, forget, cell.
		g.Int64("steps", []int64{4, -1, 1}, 3)
		g.Float32("W", []float32{0, 0, 0, 0.5}, 1, 4, 1)
		g.Float32("R", []float32{0, 0.3, 0, 0}, 1, 4, 1)
		g.Float32("B", []float32{0.1, 0, 0, 0, 0, 0, -0.2, 0}, 1, 8)
		g.Node("Transpose", []string{"x"}, []string{"by_step"}, w.Ints("perm", 1, 0))
		g.Node("Reshape", []string{"by_step", "steps"}, []string{"sequence"})
		g.Node("LSTM", []string{"sequence", "W", "R", "B"}, []string{"all"}, w.Int("hidden_size", 1))
		g.Int64("flat", []int64{4, -1}, 2)
		g.Node("Reshape", []string{"all", "flat"}, []string{"states"})
		g.Node("Transpose", []string{"states"}, []string{"y"}, w.Ints("perm", 1, 0))
	}, lstmStates()},
	"Constant": {func(g *w.Graph) {
		g.Node("Constant", nil, []string{"c"}, w.Int64Tensor("value", []int64{7}, 1, 1))
		cast(g, "c", "f", onnxfile.Float32)
		g.Node("Add", []string{"x", "f"}, []string{"y"})
	}, []float64{8, 9, 10, 11}},
	"ConstantOfShape": {func(g *w.Graph) {
		g.Int64("shape", []int64{1, 4}, 2)
		g.Node("ConstantOfShape", []string{"shape"}, []string{"c"}, w.Int64Tensor("value", []int64{3}, 1))
		cast(g, "c", "f", onnxfile.Float32)
		g.Node("Add", []string{"x", "f"}, []string{"y"})
	}, []float64{4, 5, 6, 7}},
	"Shape": {func(g *w.Graph) {
		g.Node("Shape", []string{"x"}, []string{"s"})
		cast(g, "s", "f", onnxfile.Float32)
		g.Int64("last", []int64{1}, 1)
		g.Node("Gather", []string{"f", "last"}, []string{"width"})
		g.Node("Mul", []string{"x", "width"}, []string{"y"})
	}, []float64{4, 8, 12, 16}},
	"Reshape": {func(g *w.Graph) {
		g.Int64("pairs", []int64{-1, 2, 2}, 3)
		g.Int64("flat", []int64{-1, 4}, 2)
		g.Node("Reshape", []string{"x", "pairs"}, []string{"r"})
		g.Node("Reshape", []string{"r", "flat"}, []string{"y"})
	}, []float64{1, 2, 3, 4}},
	"Flatten": {func(g *w.Graph) {
		g.Int64("pairs", []int64{-1, 2, 2}, 3)
		g.Node("Reshape", []string{"x", "pairs"}, []string{"r"})
		g.Node("Flatten", []string{"r"}, []string{"y"}, w.Int("axis", 1))
	}, []float64{1, 2, 3, 4}},
	"Transpose": {func(g *w.Graph) {
		g.Int64("pairs", []int64{-1, 2, 2}, 3)
		g.Int64("flat", []int64{-1, 4}, 2)
		g.Node("Reshape", []string{"x", "pairs"}, []string{"r"})
		g.Node("Transpose", []string{"r"}, []string{"t"}, w.Ints("perm", 0, 2, 1))
		g.Node("Reshape", []string{"t", "flat"}, []string{"y"})
	}, []float64{1, 3, 2, 4}},
	"Unsqueeze": {func(g *w.Graph) {
		g.Int64("axes", []int64{1}, 1)
		g.Node("Unsqueeze", []string{"x", "axes"}, []string{"u"})
		g.Node("Squeeze", []string{"u", "axes"}, []string{"y"})
	}, []float64{1, 2, 3, 4}},
	"Squeeze": {func(g *w.Graph) {
		g.Int64("axes", []int64{2}, 1)
		g.Node("Unsqueeze", []string{"x", "axes"}, []string{"u"})
		g.Node("Squeeze", []string{"u", "axes"}, []string{"y"})
	}, []float64{1, 2, 3, 4}},
	"Expand": {func(g *w.Graph) {
		g.Int64("shape", []int64{1, 4}, 2)
		g.Node("Expand", []string{"two", "shape"}, []string{"e"})
		g.Node("Mul", []string{"x", "e"}, []string{"y"})
	}, []float64{2, 4, 6, 8}},
	"Tile": {func(g *w.Graph) {
		g.Int64("repeats", []int64{1, 4}, 2)
		g.Node("Tile", []string{"two", "repeats"}, []string{"e"})
		g.Node("Mul", []string{"x", "e"}, []string{"y"})
	}, []float64{2, 4, 6, 8}},
	"Concat": {func(g *w.Graph) {
		slice(g, "x", "a", 2, 4, 1)
		slice(g, "x", "b", 0, 2, 1)
		g.Node("Concat", []string{"a", "b"}, []string{"y"}, w.Int("axis", 1))
	}, []float64{3, 4, 1, 2}},
	"Slice": {func(g *w.Graph) {
		slice(g, "x", "a", 1, 3, 1)
		g.Node("Concat", []string{"a", "a"}, []string{"y"}, w.Int("axis", 1))
	}, []float64{2, 3, 2, 3}},
	"Split": {func(g *w.Graph) {
		g.Int64("sizes", []int64{1, 3}, 2)
		g.Node("Split", []string{"x", "sizes"}, []string{"a", "b"}, w.Int("axis", 1))
		g.Node("Concat", []string{"b", "a"}, []string{"y"}, w.Int("axis", 1))
	}, []float64{2, 3, 4, 1}},
	"Gather": {func(g *w.Graph) {
		g.Float32("table", []float32{0, 10, 20, 30, 40}, 5, 1)
		g.Node("Gather", []string{"table", "context"}, []string{"rows"})
		g.Node("Flatten", []string{"rows"}, []string{"y"}, w.Int("axis", 1))
	}, []float64{10, 20, 30, 40}},
	"GatherElements": {func(g *w.Graph) {
		g.Int64("three", []int64{3}, 1, 1)
		g.Node("Sub", []string{"context", "context"}, []string{"zeros"})
		g.Node("Add", []string{"zeros", "three"}, []string{"index"})
		g.Node("GatherElements", []string{"x", "index"}, []string{"y"}, w.Int("axis", 1))
	}, []float64{4, 4, 4, 4}},
	"Range": {func(g *w.Graph) {
		g.Int64("from", []int64{0})
		g.Int64("to", []int64{4})
		g.Int64("by", []int64{1})
		g.Node("Range", []string{"from", "to", "by"}, []string{"r"})
		cast(g, "r", "f", onnxfile.Float32)
		g.Node("Add", []string{"x", "f"}, []string{"y"})
	}, []float64{1, 3, 5, 7}},
	"CumSum": {func(g *w.Graph) {
		g.Int64("axis", []int64{1})
		g.Node("CumSum", []string{"x", "axis"}, []string{"y"})
	}, []float64{1, 3, 6, 10}},
	"Trilu": {func(g *w.Graph) {
		g.Float32("ones", []float32{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, 4, 4)
		g.Node("Trilu", []string{"ones"}, []string{"upper"}, w.Int("upper", 1))
		g.Node("MatMul", []string{"x", "upper"}, []string{"y"})
	}, []float64{1, 3, 6, 10}},
	"ReduceMean": {func(g *w.Graph) {
		g.Node("ReduceMean", []string{"x"}, []string{"mean"}, w.Ints("axes", 1), w.Int("keepdims", 1))
		g.Node("Sub", []string{"x", "mean"}, []string{"y"})
	}, []float64{-1.5, -0.5, 0.5, 1.5}},
}

// slice cuts columns out of a matrix; tag keeps the names apart.
func slice(g *w.Graph, in, out string, from, to, axis int64) {
	g.Int64(out+"_from", []int64{from}, 1)
	g.Int64(out+"_to", []int64{to}, 1)
	g.Int64(out+"_axis", []int64{axis}, 1)
	g.Node("Slice", []string{in, out + "_from", out + "_to", out + "_axis"}, []string{out})
}

func TestEveryAllowedOperatorComputesWhatONNXSays(t *testing.T) {
	for _, op := range onnxfile.Ops() {
		t.Run(op, func(t *testing.T) {
			c, ok := opCases[op]
			require.True(t, ok, "operator %s is allowed and not tried", op)
			got, err := runCase(c)
			require.NoError(t, err)
			require.InDeltaSlice(t, c.want, got, 1e-5)
		})
	}
	require.Len(t, opCases, len(onnxfile.Ops()), "an operator is tried that is not allowed")
}

func runCase(c opCase) ([]float64, error) {
	g := w.New("op")
	g.Input("context", onnxfile.Int64, w.Open, 4)
	g.Float32("two", []float32{2}, 1, 1)
	g.Int64("wide", []int64{1, 64}, 2)
	g.Int64("three_", []int64{batch, 1, 4}, 3)
	g.Int64("flat_", []int64{batch, 4}, 2)
	cast(g, "context", "x", onnxfile.Float32)
	c.build(g)
	g.Node("Tile", []string{"y", "wide"}, []string{"logits"})
	g.Output("logits", onnxfile.Float32, w.Open, 256)
	p, err := Load(g.Bytes(), onnxfile.DefaultLimits(), onnxfile.MaxContext)
	if err != nil {
		return nil, err
	}
	contexts := make([]int64, 0, batch*4)
	for range batch {
		contexts = append(contexts, row0...)
	}
	logits, err := p.logits(contexts)
	if err != nil {
		return nil, err
	}
	out := make([]float64, 4)
	for i := range out {
		out[i] = float64(logits[i])
	}
	return out, nil
}

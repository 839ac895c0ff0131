// SPDX-License-Identifier: Apache-2.0

package onnxfile_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/encoding/protowire"

	"github.com/weal-network/weal/evaluator/onnxfile"
	"github.com/weal-network/weal/evaluator/onnxwrite"
)

// small returns a bigram model with an extra step that a test may change.
func small(edit func(g *onnxwrite.Graph)) []byte {
	g := onnxwrite.New("small")
	g.Input("context", onnxfile.Int64, onnxwrite.Open, 1)
	g.Float32("table", make([]float32, 256*256), 256, 256)
	g.Int64("at", []int64{0})
	g.Node("Gather", []string{"context", "at"}, []string{"last"}, onnxwrite.Int("axis", 1))
	g.Node("Gather", []string{"table", "last"}, []string{"logits"})
	if edit != nil {
		edit(g)
	}
	g.Output("logits", onnxfile.Float32, onnxwrite.Open, 256)
	return g.Bytes()
}

func TestASoundModelPassesAndIsDescribed(t *testing.T) {
	m, err := onnxfile.Scan(small(nil), onnxfile.DefaultLimits())
	require.NoError(t, err)
	require.Equal(t, int64(17), m.Opset)
	require.Equal(t, 2, m.Nodes)
	require.Equal(t, 2, m.Tensors)
	require.Equal(t, int64(256*256*4+8), m.TensorBytes)
	require.Equal(t, map[string]int{"Gather": 2}, m.Ops)
	length, err := m.ContextLength(onnxfile.MaxContext)
	require.NoError(t, err)
	require.Equal(t, 1, length)
}

func TestOtherFormatsAreRefusedByName(t *testing.T) {
	for found, b := range map[string]string{
		"Python pickle":    "\x80\x04\x95\x10\x00\x00\x00",
		"zip archive":      "PK\x03\x04rest",
		"safetensors":      "\x10\x00\x00\x00\x00\x00\x00\x00{\"a\":1}",
		"HDF5":             "\x89HDF\r\n",
		"HTML page":        "<!doctype html>",
		"script":           "#!/bin/sh\n",
		"file is empty":    "",
		"gzip":             "\x1f\x8b\x08",
		"Git LFS pointer":  "version https://git-lfs.github.com/spec/v1\n",
		"JSON document":    "{\"graph\":1}",
		"GGUF":             "GGUF\x03",
		"ELF program":      "\x7fELF",
		"Windows program":  "MZ\x90",
		"it holds no grap": "\x08\x08",
	} {
		_, err := onnxfile.Scan([]byte(b), onnxfile.DefaultLimits())
		require.ErrorIs(t, err, onnxfile.ErrFormat, found)
		require.ErrorContains(t, err, found)
	}
}

func TestEachLimitIsEnforced(t *testing.T) {
	file := small(nil)
	for name, narrow := range map[string]func(*onnxfile.Limits){
		"file size":      func(l *onnxfile.Limits) { l.FileBytes = int64(len(file)) - 1 },
		"nodes":          func(l *onnxfile.Limits) { l.Nodes = 1 },
		"tensors":        func(l *onnxfile.Limits) { l.Tensors = 1 },
		"rank":           func(l *onnxfile.Limits) { l.Rank = 1 },
		"dimension":      func(l *onnxfile.Limits) { l.Elements = 255 },
		"elements":       func(l *onnxfile.Limits) { l.Elements = 256*256 - 1 },
		"tensor bytes":   func(l *onnxfile.Limits) { l.TensorBytes = 256 * 256 * 4 },
		"node arguments": func(l *onnxfile.Limits) { l.NodeArgs = 1 },
		"values":         func(l *onnxfile.Limits) { l.Values = 1 },
		"names":          func(l *onnxfile.Limits) { l.NameBytes = 3 },
	} {
		limits := onnxfile.DefaultLimits()
		narrow(&limits)
		_, err := onnxfile.Scan(file, limits)
		require.ErrorIs(t, err, onnxfile.ErrLimit, name)
	}
}

func TestUnsupportedAndContradictoryGraphsAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		edit func(g *onnxwrite.Graph)
		want error
	}{
		"an operator that is not run": {func(g *onnxwrite.Graph) {
			g.Node("RandomNormal", nil, []string{"r"})
		}, onnxfile.ErrUnsupported},
		"control flow": {func(g *onnxwrite.Graph) {
			g.Node("If", []string{"last"}, []string{"r"})
		}, onnxfile.ErrUnsupported},
		"a factor in Gemm": {func(g *onnxwrite.Graph) {
			g.Node("Gemm", []string{"table", "table"}, []string{"r"}, onnxwrite.Float("beta", 0.5))
		}, onnxfile.ErrUnsupported},
		"a name that nothing gives": {func(g *onnxwrite.Graph) {
			g.Node("Relu", []string{"missing"}, []string{"r"})
		}, onnxfile.ErrMalformed},
		"a circle": {func(g *onnxwrite.Graph) {
			g.Node("Relu", []string{"b"}, []string{"a"})
			g.Node("Relu", []string{"a"}, []string{"b"})
		}, onnxfile.ErrMalformed},
		"an output named twice": {func(g *onnxwrite.Graph) {
			g.Node("Relu", []string{"table"}, []string{"last"})
		}, onnxfile.ErrMalformed},
		"a node without output": {func(g *onnxwrite.Graph) {
			g.Node("Relu", []string{"table"}, nil)
		}, onnxfile.ErrMalformed},
		"a tensor with too little data": {func(g *onnxwrite.Graph) {
			g.Float32("w", []float32{1}, 2)
		}, onnxfile.ErrMalformed},
		"a tensor that claims terabytes": {func(g *onnxwrite.Graph) {
			g.Float32("w", nil, 1<<20, 1<<20, 1<<20)
		}, onnxfile.ErrLimit},
		"a list attribute without end": {func(g *onnxwrite.Graph) {
			g.Node("Transpose", []string{"table"}, []string{"r"}, onnxwrite.Ints("perm", make([]int64, 2000)...))
		}, onnxfile.ErrLimit},
		"an output that nothing computes": {func(g *onnxwrite.Graph) {
			g.Output("other", onnxfile.Float32, 1)
		}, onnxfile.ErrMalformed},
	} {
		_, err := onnxfile.Scan(small(c.edit), onnxfile.DefaultLimits())
		require.ErrorIs(t, err, c.want, name)
	}
}

// wrap builds a model around raw fields of the graph.
func wrap(graph, model []byte) []byte {
	set := protowire.AppendVarint(protowire.AppendTag(nil, 2, protowire.VarintType), 17)
	out := protowire.AppendBytes(protowire.AppendTag(nil, 8, protowire.BytesType), set)
	out = protowire.AppendBytes(protowire.AppendTag(out, 7, protowire.BytesType), graph)
	return append(out, model...)
}

func message(num protowire.Number, b []byte) []byte {
	return protowire.AppendBytes(protowire.AppendTag(nil, num, protowire.BytesType), b)
}

func number(num protowire.Number, v uint64) []byte {
	return protowire.AppendVarint(protowire.AppendTag(nil, num, protowire.VarintType), v)
}

func TestFeaturesThatHideDataOrCodeAreRefused(t *testing.T) {
	float := number(2, onnxfile.Float32)
	node := func(parts ...[]byte) []byte { return message(1, concat(parts...)) }
	for name, c := range map[string]struct {
		graph, model []byte
		want         error
	}{
		"external data":          {message(5, concat(float, number(14, 1))), nil, onnxfile.ErrUnsupported},
		"external data entries":  {message(5, concat(float, message(13, nil))), nil, onnxfile.ErrUnsupported},
		"segments":               {message(5, concat(float, message(3, nil))), nil, onnxfile.ErrUnsupported},
		"strings":                {message(5, concat(number(2, 8), message(6, []byte("x")))), nil, onnxfile.ErrUnsupported},
		"sparse weights":         {message(15, nil), nil, onnxfile.ErrUnsupported},
		"functions":              {nil, message(25, nil), onnxfile.ErrUnsupported},
		"training steps":         {nil, message(20, nil), onnxfile.ErrUnsupported},
		"a second graph":         {nil, message(7, nil), onnxfile.ErrMalformed},
		"an unknown field":       {nil, message(60, nil), onnxfile.ErrUnsupported},
		"a custom domain":        {node(message(4, []byte("Add")), message(7, []byte("com.example"))), nil, onnxfile.ErrUnsupported},
		"a graph in a node":      {node(message(4, []byte("Add")), message(2, []byte("o")), message(5, message(6, nil))), nil, onnxfile.ErrUnsupported},
		"float16":                {message(5, number(2, 10)), nil, onnxfile.ErrUnsupported},
		"an old operator set":    {nil, message(8, number(2, 9)), onnxfile.ErrUnsupported},
		"a negative dimension":   {message(5, concat(float, number(1, 1<<63))), nil, onnxfile.ErrLimit},
		"a length past the end":  {nil, []byte{0x32, 0xff, 0xff, 0xff, 0x7f}, onnxfile.ErrMalformed},
		"a group":                {nil, []byte{0x33}, onnxfile.ErrMalformed},
		"no output":              {nil, nil, onnxfile.ErrMalformed},
		"a weight without name":  {message(5, concat(float, message(9, make([]byte, 4)))), nil, onnxfile.ErrMalformed},
		"data given twice":       {message(5, concat(float, message(8, []byte("w")), message(9, make([]byte, 4)), message(4, make([]byte, 4)))), nil, onnxfile.ErrMalformed},
		"a value without a type": {message(11, message(1, []byte("x"))), nil, onnxfile.ErrMalformed},
	} {
		_, err := onnxfile.Scan(wrap(c.graph, c.model), onnxfile.DefaultLimits())
		require.ErrorIs(t, err, c.want, name)
	}
}

func concat(parts ...[]byte) []byte {
	var out []byte
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

func TestModelsOfAnotherKindAreRefused(t *testing.T) {
	build := func(in string, inType int64, inDims []int64, out string, outDims []int64) onnxfile.Model {
		g := onnxwrite.New("g")
		g.Input(in, inType, inDims...)
		g.Node("Identity", []string{in}, []string{out})
		g.Output(out, onnxfile.Float32, outDims...)
		m, err := onnxfile.Scan(g.Bytes(), onnxfile.DefaultLimits())
		require.NoError(t, err)
		return m
	}
	open := int64(onnxwrite.Open)
	for name, m := range map[string]onnxfile.Model{
		"another input name":    build("tokens", onnxfile.Int64, []int64{open, 4}, "logits", []int64{open, 256}),
		"another type":          build("context", onnxfile.Float32, []int64{open, 4}, "logits", []int64{open, 256}),
		"a fixed batch":         build("context", onnxfile.Int64, []int64{1, 4}, "logits", []int64{open, 256}),
		"an open length":        build("context", onnxfile.Int64, []int64{open, open}, "logits", []int64{open, 256}),
		"too long a context":    build("context", onnxfile.Int64, []int64{open, 65}, "logits", []int64{open, 256}),
		"too small vocabulary":  build("context", onnxfile.Int64, []int64{open, 4}, "logits", []int64{open, 128}),
		"another output name":   build("context", onnxfile.Int64, []int64{open, 4}, "scores", []int64{open, 256}),
		"an output of one axis": build("context", onnxfile.Int64, []int64{open, 4}, "logits", []int64{256}),
	} {
		_, err := m.ContextLength(onnxfile.MaxContext)
		require.ErrorIs(t, err, onnxfile.ErrSignature, name)
	}
	_, err := build("context", onnxfile.Int64, []int64{open, 9}, "logits", []int64{open, 256}).ContextLength(8)
	require.ErrorIs(t, err, onnxfile.ErrSignature, "the topic may allow less")
}

func TestReadRefusesALargeFileWithoutReadingIt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "m.onnx")
	require.NoError(t, os.WriteFile(path, nil, 0o600))
	require.NoError(t, os.Truncate(path, 1<<40))
	_, _, err := onnxfile.Read(path, onnxfile.DefaultLimits())
	require.ErrorIs(t, err, onnxfile.ErrLimit)

	require.NoError(t, os.WriteFile(path, small(nil), 0o600))
	b, m, err := onnxfile.Read(path, onnxfile.DefaultLimits())
	require.NoError(t, err)
	require.Equal(t, small(nil), b)
	require.Equal(t, 2, m.Nodes)
}

func TestScanningAllocatesFarLessThanTheFile(t *testing.T) {
	file := small(func(g *onnxwrite.Graph) { g.Float32("big", make([]float32, 2<<20), 2<<20) })
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := onnxfile.Scan(file, onnxfile.DefaultLimits())
	runtime.ReadMemStats(&after)
	require.NoError(t, err)
	require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(100_000))
}

func TestEveryTruncationIsRefused(t *testing.T) {
	g := onnxwrite.New("tiny")
	g.Input("context", onnxfile.Int64, onnxwrite.Open, 1)
	g.Node("Constant", nil, []string{"c"}, onnxwrite.Int64Tensor("value", []int64{1}, 1))
	g.Node("Add", []string{"context", "c"}, []string{"logits"})
	g.Output("logits", onnxfile.Float32, onnxwrite.Open, 256)
	file := g.Bytes()
	for n := range len(file) {
		_, err := onnxfile.Scan(file[:n], onnxfile.DefaultLimits())
		require.Error(t, err, "cut to %d of %d bytes", n, len(file))
	}
}

func FuzzScan(f *testing.F) {
	f.Add(small(nil)[:2000])
	g := onnxwrite.New("seed")
	g.Input("context", onnxfile.Int64, onnxwrite.Open, 2)
	g.Node("Constant", nil, []string{"c"}, onnxwrite.Int64Tensor("value", []int64{1, 2}, 2))
	g.Node("Cast", []string{"c"}, []string{"logits"}, onnxwrite.Int("to", 1), onnxwrite.Text("t", "x"))
	g.Output("logits", onnxfile.Float32, onnxwrite.Open, 256)
	f.Add(g.Bytes())
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte(strings.Repeat("\x3a\x02\x0a\x00", 9)))
	limits := onnxfile.DefaultLimits()
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := onnxfile.Scan(b, limits)
		if err == nil && (m.Nodes > limits.Nodes || m.TensorBytes > limits.TensorBytes || len(m.Outputs) == 0) {
			t.Fatalf("passed outside of the limits: %+v", m)
		}
	})
}

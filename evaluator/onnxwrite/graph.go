// SPDX-License-Identifier: Apache-2.0

// Package onnxwrite writes small ONNX models: enough of the format for the
// sample models and the tests. The same calls always give the same bytes.
package onnxwrite

import (
	"encoding/binary"
	"math"

	"google.golang.org/protobuf/encoding/protowire"

	"github.com/weal-network/weal/evaluator/onnxfile"
)

// Versions of the format that Bytes writes.
const (
	irVersion = 8
	opset     = 17
)

// Open marks a dimension that the model leaves open.
const Open = -1

// Graph collects the parts of a model in the order in which they are added.
type Graph struct {
	name    string
	nodes   []byte
	weights []byte
	inputs  []byte
	outputs []byte
}

// New starts an empty graph.
func New(name string) *Graph { return &Graph{name: name} }

// Input declares an input with an element type of package onnxfile; Open marks
// an open dimension.
func (g *Graph) Input(name string, elemType int64, dims ...int64) {
	g.inputs = appendMessage(g.inputs, 11, value(name, elemType, dims))
}

// Output declares an output.
func (g *Graph) Output(name string, elemType int64, dims ...int64) {
	g.outputs = appendMessage(g.outputs, 12, value(name, elemType, dims))
}

// Float32 adds a weight; data must fill dims.
func (g *Graph) Float32(name string, data []float32, dims ...int64) {
	raw := make([]byte, 0, 4*len(data))
	for _, v := range data {
		raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(v))
	}
	g.weights = appendMessage(g.weights, 5, tensor(name, onnxfile.Float32, raw, dims))
}

// Int64 adds a weight of integers; data must fill dims.
func (g *Graph) Int64(name string, data []int64, dims ...int64) {
	g.weights = appendMessage(g.weights, 5, tensor(name, onnxfile.Int64, int64s(data), dims))
}

// Node adds an operator; it may read what was added before.
func (g *Graph) Node(op string, inputs, outputs []string, attributes ...Attribute) {
	var n []byte
	for _, in := range inputs {
		n = appendText(n, 1, in)
	}
	for _, out := range outputs {
		n = appendText(n, 2, out)
	}
	n = appendText(n, 4, op)
	for _, a := range attributes {
		n = appendMessage(n, 5, a)
	}
	g.nodes = appendMessage(g.nodes, 1, n)
}

// Bytes returns the model file.
func (g *Graph) Bytes() []byte {
	body := append([]byte{}, g.nodes...)
	body = appendText(body, 2, g.name)
	body = append(body, g.weights...)
	body = append(body, g.inputs...)
	body = append(body, g.outputs...)
	var m []byte
	m = appendInt(m, 1, irVersion)
	m = appendText(m, 2, "weald")
	m = appendMessage(m, 7, body)
	return appendMessage(m, 8, appendInt(nil, 2, opset))
}

func value(name string, elemType int64, dims []int64) []byte {
	var shape []byte
	for i, d := range dims {
		if d == Open {
			shape = appendMessage(shape, 1, appendText(nil, 2, "d"+string(rune('0'+i))))
		} else {
			shape = appendMessage(shape, 1, appendInt(nil, 1, d))
		}
	}
	t := appendMessage(appendInt(nil, 1, elemType), 2, shape)
	return appendMessage(appendText(nil, 1, name), 2, appendMessage(nil, 1, t))
}

func tensor(name string, elemType int64, raw []byte, dims []int64) []byte {
	var t []byte
	for _, d := range dims {
		t = appendInt(t, 1, d)
	}
	t = appendInt(t, 2, elemType)
	t = appendText(t, 8, name)
	return appendMessage(t, 9, raw)
}

func int64s(data []int64) []byte {
	raw := make([]byte, 0, 8*len(data))
	for _, v := range data {
		raw = binary.LittleEndian.AppendUint64(raw, uint64(v)) //nolint:gosec // two's complement is the format
	}
	return raw
}

func appendMessage(b []byte, num protowire.Number, m []byte) []byte {
	return protowire.AppendBytes(protowire.AppendTag(b, num, protowire.BytesType), m)
}

func appendText(b []byte, num protowire.Number, s string) []byte {
	return protowire.AppendString(protowire.AppendTag(b, num, protowire.BytesType), s)
}

func appendInt(b []byte, num protowire.Number, v int64) []byte {
	b = protowire.AppendTag(b, num, protowire.VarintType)
	return protowire.AppendVarint(b, uint64(v)) //nolint:gosec // two's complement is the format
}

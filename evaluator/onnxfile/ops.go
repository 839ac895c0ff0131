// SPDX-License-Identifier: Apache-2.0

package onnxfile

import (
	"maps"
	"slices"
)

// Opset versions of the default domain that are accepted. Below 13 Softmax,
// Squeeze and Unsqueeze mean something else, and the runtime does not tell.
const (
	MinOpset = 13
	MaxOpset = 25
)

// ops are the operators that the runtime computes rightly; the tests of package
// onnxrun run each of them. Control flow, random numbers, strings and custom
// domains are left out on purpose.
var ops = map[string]bool{
	// Arithmetic and comparison, elementwise with broadcasting.
	"Add": true, "Sub": true, "Mul": true, "Div": true, "Pow": true, "Min": true, "Max": true,
	"Equal": true, "Less": true, "LessOrEqual": true, "Greater": true, "GreaterOrEqual": true,
	"And": true, "Or": true, "Xor": true, "Not": true, "Where": true, "Clip": true,
	// Functions of one operand.
	"Abs": true, "Neg": true, "Sign": true, "Ceil": true, "Floor": true, "Sqrt": true,
	"Exp": true, "Log": true, "Erf": true, "Sin": true, "Cos": true, "Tanh": true,
	"Relu": true, "Softmax": true, "Identity": true, "Cast": true,
	// Linear algebra and layers.
	"MatMul": true, "Gemm": true, "Conv": true, "LSTM": true, "LayerNormalization": true,
	// Shapes and indices.
	"Constant": true, "ConstantOfShape": true, "Shape": true, "Reshape": true, "Flatten": true,
	"Transpose": true, "Squeeze": true, "Unsqueeze": true, "Expand": true, "Tile": true,
	"Concat": true, "Slice": true, "Split": true, "Gather": true, "GatherElements": true,
	"Range": true, "CumSum": true, "Trilu": true, "ReduceMean": true,
}

// Ops returns the names of the accepted operators in alphabetical order.
func Ops() []string { return slices.Sorted(maps.Keys(ops)) }

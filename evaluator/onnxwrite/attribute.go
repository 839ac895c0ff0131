// SPDX-License-Identifier: Apache-2.0

package onnxwrite

import (
	"math"

	"google.golang.org/protobuf/encoding/protowire"

	"github.com/weal-network/weal/evaluator/onnxfile"
)

// Attribute is an encoded attribute of a node.
type Attribute []byte

// Types of attributes (AttributeProto.AttributeType).
const (
	typeFloat  = 1
	typeInt    = 2
	typeString = 3
	typeTensor = 4
	typeInts   = 7
)

// Int makes an integer attribute.
func Int(name string, v int64) Attribute {
	return typed(appendInt(appendText(nil, 1, name), 3, v), typeInt)
}

// Ints makes an attribute that is a list of integers.
func Ints(name string, vs ...int64) Attribute {
	a := appendText(nil, 1, name)
	for _, v := range vs {
		a = appendInt(a, 8, v)
	}
	return typed(a, typeInts)
}

// Float makes a float attribute.
func Float(name string, v float32) Attribute {
	a := protowire.AppendTag(appendText(nil, 1, name), 2, protowire.Fixed32Type)
	return typed(protowire.AppendFixed32(a, math.Float32bits(v)), typeFloat)
}

// Text makes a string attribute.
func Text(name, v string) Attribute {
	return typed(appendText(appendText(nil, 1, name), 4, v), typeString)
}

// Int64Tensor makes an attribute that holds a tensor of integers.
func Int64Tensor(name string, data []int64, dims ...int64) Attribute {
	t := tensor("", onnxfile.Int64, int64s(data), dims)
	return typed(appendMessage(appendText(nil, 1, name), 5, t), typeTensor)
}

func typed(a []byte, t int64) Attribute { return appendInt(a, 20, t) }

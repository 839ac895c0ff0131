// SPDX-License-Identifier: Apache-2.0

package onnxfile

// Limits bound what a model file may claim. Everything is checked on the raw
// bytes, before a single tensor or node is allocated.
type Limits struct {
	// FileBytes is the largest file accepted, in bytes.
	FileBytes int64
	// Nodes is the largest number of nodes in the graph.
	Nodes int
	// Tensors is the largest number of initializers and constants together.
	Tensors int
	// Rank is the largest number of dimensions of a tensor or value.
	Rank int
	// Elements is the largest number of elements of one tensor.
	Elements int64
	// TensorBytes is the largest size of all tensors together once decoded, in
	// bytes. It exceeds FileBytes because integers may be packed in one byte.
	TensorBytes int64
	// NodeArgs is the largest number of inputs, outputs or attributes of a node.
	NodeArgs int
	// ListElements is the largest number of elements of a list attribute.
	ListElements int
	// Values is the largest number of declared values (inputs, outputs and
	// intermediate shapes), and of metadata entries.
	Values int
	// NameBytes is the longest name accepted, in bytes.
	NameBytes int
}

// DefaultLimits returns the bounds that every validator of the network uses;
// a topic's own file size limit replaces FileBytes.
func DefaultLimits() Limits {
	return Limits{
		FileBytes:    16 << 20,
		Nodes:        4096,
		Tensors:      4096,
		Rank:         8,
		Elements:     1 << 25,
		TensorBytes:  64 << 20,
		NodeArgs:     64,
		ListElements: 1024,
		Values:       8192,
		NameBytes:    512,
	}
}

// WithFileBytes returns the limits with another bound on the file's size.
func (l Limits) WithFileBytes(n int64) Limits {
	l.FileBytes = n
	return l
}

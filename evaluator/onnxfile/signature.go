// SPDX-License-Identifier: Apache-2.0

package onnxfile

import "fmt"

// Vocabulary is the number of symbols a byte-level language model predicts.
const Vocabulary = 256

// MaxContext is the longest context a byte-level language model may ask for.
const MaxContext = 64

// ContextLength checks that the model is a byte-level language model and
// returns how many previous bytes it reads. Such a model has one input
// "context", int64 [batch, K] with 1 <= K <= maxContext (at most MaxContext),
// and one output "logits", float32 [batch, 256], whose batch is left open.
func (m Model) ContextLength(maxContext int) (int, error) {
	if len(m.Inputs) != 1 || len(m.Outputs) != 1 {
		return 0, signaturef("it has %d inputs and %d outputs, expected one of each", len(m.Inputs), len(m.Outputs))
	}
	in, out := m.Inputs[0], m.Outputs[0]
	if in.Name != "context" || in.ElemType != Int64 || len(in.Dims) != 2 || in.Dims[0] != -1 {
		return 0, signaturef("input %q has type %d and shape %v, expected \"context\", int64 [batch, K]", in.Name, in.ElemType, in.Dims)
	}
	limit := min(maxContext, MaxContext)
	if in.Dims[1] < 1 || in.Dims[1] > int64(limit) {
		return 0, signaturef("input \"context\" has length %d, expected a fixed one of 1 to %d", in.Dims[1], limit)
	}
	if out.Name != "logits" || out.ElemType != Float32 || len(out.Dims) != 2 || out.Dims[1] != Vocabulary {
		return 0, signaturef("output %q has type %d and shape %v, expected \"logits\", float32 [batch, %d]", out.Name, out.ElemType, out.Dims, Vocabulary)
	}
	return int(in.Dims[1]), nil
}

func signaturef(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrSignature, fmt.Sprintf(format, args...))
}

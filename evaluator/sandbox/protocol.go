// SPDX-License-Identifier: Apache-2.0

// Package sandbox runs a model in a child process with limits on memory, CPU
// time and wall time, so that no model can take an evaluator down. The child
// is the same binary: it reads one request as a line of JSON from its standard
// input, answers with one line on its standard output, and ends when its input
// closes, so that it never outlives its parent.
package sandbox

import (
	"errors"
	"time"

	"github.com/weal-network/weal/evaluator/onnxfile"
	"github.com/weal-network/weal/evaluator/shards"
)

// ErrModel says that the model is at fault: every evaluator will find the same,
// and the contribution scores 0. All other errors are of this machine.
var ErrModel = errors.New("the model failed")

// Limits bound a run.
type Limits struct {
	// File bounds what the model's file may claim.
	File onnxfile.Limits `json:"file"`
	// MaxContext is the longest context that the topic allows, in bytes.
	MaxContext int `json:"max_context"`
	// MemoryBytes bounds the child's memory.
	MemoryBytes uint64 `json:"memory_bytes"`
	// CPUSeconds bounds the processor time of the child.
	CPUSeconds uint64 `json:"cpu_seconds"`
	// Wall bounds the time from start to answer.
	Wall time.Duration `json:"wall"`
}

// DefaultLimits returns limits that a model of 16 MB meets with ease on a small
// machine.
func DefaultLimits() Limits {
	return Limits{
		File:        onnxfile.DefaultLimits(),
		MaxContext:  onnxfile.MaxContext,
		MemoryBytes: 2 << 30,
		CPUSeconds:  60,
		Wall:        2 * time.Minute,
	}
}

// Measurement is what came of running a model.
type Measurement struct {
	// MicroBitsPerByte is the measured value in 10^-6 bits; lower is better.
	MicroBitsPerByte int64
	// LogProbs holds, probe by probe, the natural logarithms of the
	// probabilities of all 256 bytes.
	LogProbs []float32
}

// request is what the parent asks for.
type request struct {
	Model  string         `json:"model"`
	Limits Limits         `json:"limits"`
	Shards []shards.Shard `json:"shards"`
	Probes [][]byte       `json:"probes"`
}

// answer is what the child says: Error is empty, or the model's fault.
type answer struct {
	Error            string `json:"error,omitempty"`
	MicroBitsPerByte int64  `json:"micro_bits_per_byte"`
	// LogProbs are float32, little-endian.
	LogProbs []byte `json:"log_probs"`
}

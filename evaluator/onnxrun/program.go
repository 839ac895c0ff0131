// SPDX-License-Identifier: Apache-2.0

// Package onnxrun runs byte-level language models in pure Go and measures them
// in bits per byte. It trusts its input only as far as package onnxfile has
// checked it: a model may still ask for much memory or time, so that validators
// run it in a child process (package sandbox).
package onnxrun

import (
	"errors"
	"fmt"

	"github.com/gomlx/exceptions"
	"github.com/gomlx/gomlx/backends"
	"github.com/gomlx/gomlx/backends/simplego"
	"github.com/gomlx/gomlx/pkg/core/graph"
	"github.com/gomlx/gomlx/pkg/core/tensors"
	"github.com/gomlx/gomlx/pkg/ml/context"
	"github.com/gomlx/onnx-gomlx/onnx"

	"github.com/weal-network/weal/evaluator/onnxfile"
)

// ErrRun says that the model passed the checks and yet could not be run.
var ErrRun = errors.New("the model cannot be run")

// batch is the number of positions that are run at once. It is fixed: the graph
// is built once, and results do not depend on how the work was cut.
const batch = 256

// Program is a loaded language model.
type Program struct {
	exec    *context.Exec
	backend backends.Backend
	context int
}

// Load scans the bytes of a model and prepares it to run. Errors match those of
// onnxfile, or ErrRun.
func Load(b []byte, limits onnxfile.Limits, maxContext int) (*Program, error) {
	info, err := onnxfile.Scan(b, limits)
	if err != nil {
		return nil, err
	}
	length, err := info.ContextLength(maxContext)
	if err != nil {
		return nil, err
	}
	p := &Program{context: length}
	if err := guard(func() error { return p.build(b) }); err != nil {
		return nil, err
	}
	return p, nil
}

func (p *Program) build(b []byte) error {
	model, err := onnx.Parse(b)
	if err != nil {
		return err
	}
	// Sequential: the process is limited in CPU time, and sums keep their order.
	if p.backend, err = simplego.New("ops_sequential"); err != nil {
		return err
	}
	variables := context.New()
	if err := model.VariablesToContext(variables); err != nil {
		return err
	}
	p.exec, err = context.NewExec(p.backend, variables, func(ctx *context.Context, in *graph.Node) *graph.Node {
		return model.CallGraph(ctx, in.Graph(), map[string]*graph.Node{"context": in})[0]
	})
	return err
}

// Context returns how many previous bytes the model reads.
func (p *Program) Context() int { return p.context }

// logits runs one full batch of contexts, batch times Context numbers, and
// returns batch times onnxfile.Vocabulary logits.
func (p *Program) logits(contexts []int64) ([]float32, error) {
	var out []float32
	err := guard(func() error {
		in := tensors.FromFlatDataAndDimensions(contexts, batch, p.context)
		results, err := p.exec.Exec(in)
		if err != nil {
			return err
		}
		got := results[0].Shape()
		if got.Rank() != 2 || got.Dim(0) != batch || got.Dim(1) != onnxfile.Vocabulary {
			return fmt.Errorf("it returned logits of shape %s for a batch of %d", got, batch)
		}
		out, err = tensors.CopyFlatData[float32](results[0])
		return err
	})
	return out, err
}

// guard turns the panics by which the runtime reports errors into ErrRun.
func guard(f func() error) error {
	var err error
	thrown := exceptions.Try(func() { err = f() })
	if thrown != nil {
		err = fmt.Errorf("%v", thrown)
	}
	if err != nil {
		return fmt.Errorf("%w: %w", ErrRun, err)
	}
	return nil
}

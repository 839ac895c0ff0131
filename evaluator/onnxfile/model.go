// SPDX-License-Identifier: Apache-2.0

// Package onnxfile checks a model file before anything is loaded from it.
//
// It walks the protobuf wire format of ONNX over the raw bytes, without
// building objects: whatever a length or shape claims, nothing is allocated for
// it. What passes is within the Limits, has only operators that the runtime
// computes, holds all of its weights itself, and is in topological order, so
// that no graph can make the loader recurse without end.
package onnxfile

import (
	"fmt"
	"io"
	"os"
)

// Model describes a model file that passed the scan.
type Model struct {
	IRVersion   int64
	Opset       int64
	Inputs      []Value
	Outputs     []Value
	Nodes       int
	Tensors     int
	TensorBytes int64
	// Ops counts the nodes by operator.
	Ops map[string]int
}

// Value is a declared input or output of the graph.
type Value struct {
	Name     string
	ElemType int64
	// Dims holds the dimensions; -1 where the model leaves one open.
	Dims []int64
}

// Read reads at most limits.FileBytes from path and scans them. It returns the
// bytes, so that what was checked is what is loaded.
func Read(path string, limits Limits) ([]byte, Model, error) {
	file, err := os.Open(path) //nolint:gosec // the path is the caller's own artifact
	if err != nil {
		return nil, Model{}, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, Model{}, err
	}
	if info.Size() > limits.FileBytes {
		return nil, Model{}, limitf("the file has %d bytes, at most %d are allowed", info.Size(), limits.FileBytes)
	}
	b, err := io.ReadAll(io.LimitReader(file, limits.FileBytes+1))
	if err != nil {
		return nil, Model{}, fmt.Errorf("read the model: %w", err)
	}
	m, err := Scan(b, limits)
	return b, m, err
}

// Scan checks the bytes of a model file against the limits. Errors match
// ErrFormat, ErrLimit, ErrUnsupported or ErrMalformed.
func Scan(b []byte, limits Limits) (Model, error) {
	if int64(len(b)) > limits.FileBytes {
		return Model{}, limitf("the file has %d bytes, at most %d are allowed", len(b), limits.FileBytes)
	}
	if err := sniff(b); err != nil {
		return Model{}, err
	}
	s := &scanner{limits: limits, model: Model{Ops: map[string]int{}}, names: map[string]bool{}}
	if err := s.file(b); err != nil {
		return Model{}, err
	}
	return s.model, nil
}

// scanner carries the counters of one scan.
type scanner struct {
	limits Limits
	model  Model
	// names are the values known so far: initializers, inputs, node outputs.
	names  map[string]bool
	values int
	metas  int
	graph  []byte
}

var modelSchema = schema{
	1: false, 2: false, 3: false, 4: false, 5: false, 6: false, 7: false,
	8: true, 14: true, 20: true, 25: true, 26: true,
}

func (s *scanner) file(b []byte) error {
	if err := walk("the model", b, modelSchema, s.modelField); err != nil {
		return err
	}
	if s.graph == nil {
		return fmt.Errorf("%w: it holds no graph", ErrFormat)
	}
	if s.model.Opset == 0 {
		return malformedf("no operator set is imported")
	}
	return s.scanGraph(s.graph)
}

func (s *scanner) modelField(f field) (err error) {
	switch f.num {
	case 1:
		s.model.IRVersion, err = f.varint("the IR version")
	case 7:
		s.graph, err = f.message("the graph")
	case 8:
		err = s.opset(f)
	case 14:
		err = s.metadata()
	case 20:
		return unsupportedf("the model carries training steps: export it for inference")
	case 25:
		return unsupportedf("the model defines functions of its own: inline them when exporting")
	case 26:
		return unsupportedf("the model asks for devices: export it without a device configuration")
	}
	return err
}

func (s *scanner) metadata() error {
	if s.metas++; s.metas > s.limits.Values {
		return limitf("more than %d metadata entries", s.limits.Values)
	}
	return nil
}

func (s *scanner) opset(f field) error {
	b, err := f.message("an operator set")
	if err != nil {
		return err
	}
	if err := s.metadata(); err != nil {
		return err
	}
	var domain string
	var version int64
	err = walk("an operator set", b, schema{1: false, 2: false}, func(f field) (err error) {
		if f.num == 1 {
			domain, err = f.text("the domain of an operator set", s.limits.NameBytes)
			return err
		}
		version, err = f.varint("the version of an operator set")
		return err
	})
	if err != nil || !defaultDomain(domain) {
		return err // an import that no node may use is harmless
	}
	if version < MinOpset || version > MaxOpset {
		return unsupportedf("operator set %d: export with one from %d to %d", version, MinOpset, MaxOpset)
	}
	s.model.Opset = version
	return nil
}

func defaultDomain(d string) bool { return d == "" || d == "ai.onnx" }

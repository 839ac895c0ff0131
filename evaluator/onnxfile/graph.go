// SPDX-License-Identifier: Apache-2.0

package onnxfile

var graphSchema = schema{
	1: true, 2: false, 5: true, 10: false, 11: true, 12: true, 13: true,
	14: true, 15: true, 16: true,
}

// scanGraph walks the graph twice: names of inputs and initializers may stand
// behind the nodes that use them.
func (s *scanner) scanGraph(b []byte) error {
	if err := walk("the graph", b, graphSchema, s.graphField); err != nil {
		return err
	}
	err := walk("the graph", b, graphSchema, func(f field) error {
		if f.num != 1 {
			return nil
		}
		m, err := f.message("a node")
		if err != nil {
			return err
		}
		return s.node(m)
	})
	if err != nil {
		return err
	}
	if len(s.model.Outputs) == 0 {
		return malformedf("the graph has no output")
	}
	for _, out := range s.model.Outputs {
		if !s.names[out.Name] {
			return malformedf("output %q is computed by no node", out.Name)
		}
	}
	return nil
}

func (s *scanner) graphField(f field) error {
	if f.num == 2 {
		_, err := f.text("the name of the graph", s.limits.NameBytes)
		return err
	}
	if f.num == 10 {
		return nil
	}
	b, err := f.message("a part of the graph")
	if err != nil {
		return err
	}
	switch f.num {
	case 1:
		if s.model.Nodes++; s.model.Nodes > s.limits.Nodes {
			return limitf("more than %d nodes", s.limits.Nodes)
		}
		return nil
	case 5:
		name, err := s.tensor(b)
		if err != nil {
			return err
		}
		return s.define(name)
	case 11:
		v, err := s.value(b)
		if err != nil {
			return err
		}
		s.model.Inputs = append(s.model.Inputs, v)
		return s.define(v.Name)
	case 12:
		v, err := s.value(b)
		s.model.Outputs = append(s.model.Outputs, v)
		return err
	case 13:
		_, err := s.value(b)
		return err
	case 15:
		return unsupportedf("the graph has sparse weights: store them dense")
	default:
		return s.metadata()
	}
}

// define records a value's name, which must be new.
func (s *scanner) define(name string) error {
	if name == "" {
		return malformedf("an input, weight or node output has no name")
	}
	if s.names[name] {
		return malformedf("value %q is defined twice", name)
	}
	s.names[name] = true
	return nil
}

func (s *scanner) value(b []byte) (Value, error) {
	v := Value{}
	if s.values++; s.values > s.limits.Values {
		return v, limitf("more than %d declared values", s.limits.Values)
	}
	err := walk("a value", b, schema{1: false, 2: false, 3: false, 4: true}, func(f field) (err error) {
		switch f.num {
		case 1:
			v.Name, err = f.text("the name of a value", s.limits.NameBytes)
		case 2:
			var t []byte
			if t, err = f.message("the type of a value"); err == nil {
				err = s.valueType(t, &v)
			}
		case 4:
			err = s.metadata()
		}
		return err
	})
	if err == nil && v.ElemType == 0 {
		err = malformedf("value %q has no tensor type", v.Name)
	}
	return v, err
}

func (s *scanner) valueType(b []byte, v *Value) error {
	known := schema{1: false, 4: false, 5: false, 6: false, 7: false, 8: false, 9: false}
	return walk("a type", b, known, func(f field) error {
		if f.num == 6 {
			return nil
		}
		if f.num != 1 {
			return unsupportedf("value %q is no tensor: sequences, maps and optionals are not run", v.Name)
		}
		t, err := f.message("a tensor type")
		if err != nil {
			return err
		}
		return s.tensorType(t, v)
	})
}

func (s *scanner) tensorType(b []byte, v *Value) error {
	shaped := false
	err := walk("a tensor type", b, schema{1: false, 2: false}, func(f field) (err error) {
		if f.num == 1 {
			v.ElemType, err = f.varint("an element type")
			return err
		}
		shaped = true
		shape, err := f.message("a shape")
		if err != nil {
			return err
		}
		return walk("a shape", shape, schema{1: true}, func(f field) error { return s.dimension(f, v) })
	})
	if err == nil && !shaped {
		err = malformedf("value %q has no shape", v.Name)
	}
	return err
}

func (s *scanner) dimension(f field, v *Value) error {
	if len(v.Dims) == s.limits.Rank {
		return limitf("value %q has more than %d dimensions", v.Name, s.limits.Rank)
	}
	b, err := f.message("a dimension")
	if err != nil {
		return err
	}
	dim := int64(-1)
	err = walk("a dimension", b, schema{1: false, 2: false, 3: false}, func(f field) (err error) {
		if f.num == 1 {
			if dim, err = f.varint("a dimension"); err == nil && (dim < 0 || dim > s.limits.Elements) {
				err = limitf("value %q has a dimension of %d", v.Name, dim)
			}
			return err
		}
		_, err = f.text("the name of a dimension", s.limits.NameBytes)
		return err
	})
	v.Dims = append(v.Dims, dim)
	return err
}

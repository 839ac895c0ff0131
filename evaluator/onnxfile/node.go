// SPDX-License-Identifier: Apache-2.0

package onnxfile

import "math"

var nodeSchema = schema{
	1: true, 2: true, 3: false, 4: false, 5: true, 6: false, 7: false, 8: false,
	9: true, 10: true,
}

// nodeScan gathers what one NodeProto claims.
type nodeScan struct {
	op, domain, name string
	inputs, outputs  []string
	attributes       [][]byte
}

func (s *scanner) node(b []byte) error {
	n := nodeScan{}
	err := walk("a node", b, nodeSchema, func(f field) error { return s.nodeField(&n, f) })
	if err != nil {
		return err
	}
	if !defaultDomain(n.domain) {
		return unsupportedf("node %q has operator %s of domain %q: only the standard domain is run", n.name, n.op, n.domain)
	}
	if !ops[n.op] {
		return unsupportedf("node %q has operator %q, which the runtime does not compute", n.name, n.op)
	}
	s.model.Ops[n.op]++
	for _, in := range n.inputs {
		if in != "" && !s.names[in] {
			return malformedf("node %q reads %q, which no earlier node, weight or input gives", n.name, in)
		}
	}
	if len(n.outputs) == 0 || n.outputs[0] == "" {
		return malformedf("node %q (%s) has no output", n.name, n.op)
	}
	for _, out := range n.outputs {
		if out == "" {
			continue
		}
		if err := s.define(out); err != nil {
			return err
		}
	}
	for _, a := range n.attributes {
		if err := s.attribute(n.op, a); err != nil {
			return err
		}
	}
	return nil
}

func (s *scanner) nodeField(n *nodeScan, f field) (err error) {
	var text string
	switch f.num {
	case 1:
		text, err = f.text("the input of a node", s.limits.NameBytes)
		n.inputs = append(n.inputs, text)
	case 2:
		text, err = f.text("the output of a node", s.limits.NameBytes)
		n.outputs = append(n.outputs, text)
	case 3:
		n.name, err = f.text("the name of a node", s.limits.NameBytes)
	case 4:
		n.op, err = f.text("the operator of a node", s.limits.NameBytes)
	case 5:
		var a []byte
		a, err = f.message("an attribute")
		n.attributes = append(n.attributes, a)
	case 7:
		n.domain, err = f.text("the domain of a node", s.limits.NameBytes)
	case 8:
		return unsupportedf("node %q calls an overloaded function: inline it when exporting", n.name)
	case 9:
		err = s.metadata()
	case 10:
		return unsupportedf("node %q asks for devices: export without a device configuration", n.name)
	}
	if err == nil && max(len(n.inputs), len(n.outputs), len(n.attributes)) > s.limits.NodeArgs {
		return limitf("node %q has more than %d inputs, outputs or attributes", n.name, s.limits.NodeArgs)
	}
	return err
}

var attributeSchema = schema{
	1: false, 2: false, 3: false, 4: false, 5: false, 6: false, 7: true, 8: true,
	9: true, 10: true, 11: true, 13: false, 14: false, 15: true, 20: false,
	21: false, 22: false, 23: true,
}

func (s *scanner) attribute(op string, b []byte) error {
	var name string
	var number float32
	listed := int64(0)
	err := walk("an attribute", b, attributeSchema, func(f field) (err error) {
		n := int64(0)
		switch f.num {
		case 1:
			name, err = f.text("the name of an attribute", s.limits.NameBytes)
		case 2:
			number = math.Float32frombits(uint32(f.value)) //nolint:gosec // a fixed32 field
		case 4:
			_, err = f.text("an attribute", s.limits.NameBytes)
		case 5:
			var t []byte
			if t, err = f.message("a constant"); err == nil {
				_, err = s.tensor(t)
			}
		case 6, 11:
			err = unsupportedf("operator %s holds a graph inside: control flow is not run", op)
		case 7:
			n, err = f.count("the numbers of an attribute", 4)
		case 8:
			n, err = f.count("the integers of an attribute", 0)
		case 9:
			n = 1
			_, err = f.text("the text of an attribute", s.limits.NameBytes)
		case 10, 14, 15, 22, 23:
			err = unsupportedf("operator %s has an attribute of a kind that is not run", op)
		case 21:
			err = unsupportedf("operator %s refers to an attribute of a function", op)
		}
		if listed += n; err == nil && listed > int64(s.limits.ListElements) {
			return limitf("an attribute of operator %s has more than %d elements", op, s.limits.ListElements)
		}
		return err
	})
	if err != nil {
		return err
	}
	return checkFactor(op, name, number)
}

// checkFactor refuses factors of Gemm: the runtime scales the third operand by
// alpha instead of beta, so the result would not be what the model says.
func checkFactor(op, name string, number float32) error {
	if op == "Gemm" && (name == "alpha" || name == "beta") && number != 1 {
		return unsupportedf("operator Gemm has %s %v: fold the factor into the weights", name, number)
	}
	return nil
}

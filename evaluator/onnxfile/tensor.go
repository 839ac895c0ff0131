// SPDX-License-Identifier: Apache-2.0

package onnxfile

// Element types of ONNX tensors (TensorProto.DataType) that are accepted.
const (
	Float32 = 1
	Uint8   = 2
	Int8    = 3
	Uint16  = 4
	Int16   = 5
	Int32   = 6
	Int64   = 7
	Bool    = 9
	Float64 = 11
	Uint32  = 12
	Uint64  = 13
)

// widths holds the size of an element by type, in bytes.
var widths = map[int64]int64{
	Float32: 4, Uint8: 1, Int8: 1, Uint16: 2, Int16: 2, Int32: 4,
	Int64: 8, Bool: 1, Float64: 8, Uint32: 4, Uint64: 8,
}

var tensorSchema = schema{
	1: true, 2: false, 3: false, 4: true, 5: true, 6: true, 7: true, 8: false,
	9: false, 10: true, 11: true, 12: false, 13: true, 14: false, 16: true,
}

// tensorScan gathers what one TensorProto claims.
type tensorScan struct {
	name     string
	dims     []int64
	elemType int64
	raw      int64 // bytes of raw data, -1 when there is none
	listed   int64 // numbers given in typed lists
}

// tensor checks a TensorProto and counts it against the limits.
func (s *scanner) tensor(b []byte) (string, error) {
	s.model.Tensors++
	if s.model.Tensors > s.limits.Tensors {
		return "", limitf("more than %d tensors", s.limits.Tensors)
	}
	t := tensorScan{raw: -1}
	err := walk("a tensor", b, tensorSchema, func(f field) error { return s.tensorField(&t, f) })
	if err != nil {
		return "", err
	}
	return t.name, s.tensorSize(t)
}

func (s *scanner) tensorField(t *tensorScan, f field) (err error) {
	switch f.num {
	case 1:
		var dims []int64
		dims, err = f.varints("the dimensions of a tensor", s.limits.Rank)
		t.dims = append(t.dims, dims...)
		if len(t.dims) > s.limits.Rank {
			return limitf("a tensor has more than %d dimensions", s.limits.Rank)
		}
	case 2:
		t.elemType, err = f.varint("the type of a tensor")
	case 3:
		return unsupportedf("a tensor is split into segments: store it whole")
	case 4:
		err = t.list(f, 4)
	case 5, 7, 11:
		err = t.list(f, 0)
	case 10:
		err = t.list(f, 8)
	case 6:
		return unsupportedf("a tensor holds strings: only numbers and booleans are run")
	case 8:
		t.name, err = f.text("the name of a tensor", s.limits.NameBytes)
	case 9:
		t.raw = int64(len(f.bytes))
	case 13:
		return unsupportedf("tensor %q points to external data: store all weights inside the file", t.name)
	case 14:
		if f.value != 0 {
			return unsupportedf("tensor %q points to external data: store all weights inside the file", t.name)
		}
	case 16:
		err = s.metadata()
	}
	return err
}

func (t *tensorScan) list(f field, width int) error {
	n, err := f.count("the data of a tensor", width)
	t.listed += n
	return err
}

// tensorSize checks that the declared shape is what the data fills.
func (s *scanner) tensorSize(t tensorScan) error {
	width, ok := widths[t.elemType]
	if !ok {
		return unsupportedf("tensor %q has element type %d: use float32, float64, bool or an integer type", t.name, t.elemType)
	}
	elements := int64(1)
	for _, d := range t.dims {
		if d < 0 || d > s.limits.Elements {
			return limitf("tensor %q has a dimension of %d, at most %d are allowed", t.name, d, s.limits.Elements)
		}
		elements *= d
		if elements > s.limits.Elements {
			return limitf("tensor %q has more than %d elements", t.name, s.limits.Elements)
		}
	}
	s.model.TensorBytes += elements * width
	if s.model.TensorBytes > s.limits.TensorBytes {
		return limitf("the tensors hold more than %d bytes together", s.limits.TensorBytes)
	}
	if t.raw >= 0 && t.listed > 0 {
		return malformedf("tensor %q gives its data twice", t.name)
	}
	if t.raw >= 0 && t.raw != elements*width {
		return malformedf("tensor %q has %d bytes of data, its shape asks for %d", t.name, t.raw, elements*width)
	}
	if t.raw < 0 && t.listed != elements {
		return malformedf("tensor %q has %d numbers, its shape asks for %d", t.name, t.listed, elements)
	}
	return nil
}

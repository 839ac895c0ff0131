// SPDX-License-Identifier: Apache-2.0

package onnxfile

import (
	"google.golang.org/protobuf/encoding/protowire"
)

// field is one protobuf field as it stands in the file. Bytes is a window into
// the file, never a copy, so a length field allocates nothing.
type field struct {
	num   protowire.Number
	typ   protowire.Type
	bytes []byte // for BytesType
	value uint64 // for VarintType, Fixed32Type and Fixed64Type
}

// schema lists the known fields of a message: true for one that may be repeated.
type schema map[protowire.Number]bool

// walk calls visit for each field of the message. A field that the schema does
// not know is refused rather than skipped: what was not checked is not loaded.
func walk(message string, b []byte, known schema, visit func(field) error) error {
	var seen uint64
	for len(b) > 0 {
		f, n, err := next(message, b)
		if err != nil {
			return err
		}
		b = b[n:]
		repeated, ok := known[f.num]
		if !ok {
			return unsupportedf("field %d of %s is unknown: export the model with ONNX IR version 10 or lower", f.num, message)
		}
		if !repeated {
			if seen&(1<<f.num) != 0 {
				return malformedf("field %d of %s is given twice", f.num, message)
			}
			seen |= 1 << f.num
		}
		if err := visit(f); err != nil {
			return err
		}
	}
	return nil
}

func next(message string, b []byte) (field, int, error) {
	num, typ, n := protowire.ConsumeTag(b)
	if n < 0 || num > 63 {
		return field{}, 0, malformedf("%s has a broken field tag", message)
	}
	f := field{num: num, typ: typ}
	m := 0
	switch typ {
	case protowire.VarintType:
		f.value, m = protowire.ConsumeVarint(b[n:])
	case protowire.Fixed32Type:
		var v uint32
		v, m = protowire.ConsumeFixed32(b[n:])
		f.value = uint64(v)
	case protowire.Fixed64Type:
		f.value, m = protowire.ConsumeFixed64(b[n:])
	case protowire.BytesType:
		f.bytes, m = protowire.ConsumeBytes(b[n:])
	default:
		return field{}, 0, malformedf("field %d of %s has wire type %d", num, message, typ)
	}
	if m < 0 {
		return field{}, 0, malformedf("field %d of %s is cut short", num, message)
	}
	return f, n + m, nil
}

// message returns the bytes of a length-delimited field.
func (f field) message(name string) ([]byte, error) {
	if f.typ != protowire.BytesType {
		return nil, malformedf("%s is not length-delimited", name)
	}
	return f.bytes, nil
}

// text returns a string field of bounded length.
func (f field) text(name string, limit int) (string, error) {
	if f.typ != protowire.BytesType {
		return "", malformedf("%s is not a string", name)
	}
	if len(f.bytes) > limit {
		return "", limitf("%s has %d bytes, at most %d are allowed", name, len(f.bytes), limit)
	}
	return string(f.bytes), nil
}

// varint returns an integer field.
func (f field) varint(name string) (int64, error) {
	if f.typ != protowire.VarintType {
		return 0, malformedf("%s is not an integer", name)
	}
	return int64(f.value), nil //nolint:gosec // protobuf encodes int64 as its two's complement
}

// count returns how many numbers a repeated numeric field holds, packed or not.
// width is the size of a fixed-width number in bytes, 0 for varints.
func (f field) count(name string, width int) (int64, error) {
	if f.typ != protowire.BytesType {
		return 1, nil
	}
	if width > 0 {
		if len(f.bytes)%width != 0 {
			return 0, malformedf("%s has %d bytes, not a multiple of %d", name, len(f.bytes), width)
		}
		return int64(len(f.bytes) / width), nil
	}
	n := int64(0)
	for _, c := range f.bytes {
		if c < 0x80 {
			n++
		}
	}
	return n, nil
}

// varints decodes a repeated integer field, packed or not, of at most limit numbers.
func (f field) varints(name string, limit int) ([]int64, error) {
	if f.typ == protowire.VarintType {
		return []int64{int64(f.value)}, nil //nolint:gosec // two's complement, as above
	}
	if f.typ != protowire.BytesType {
		return nil, malformedf("%s is not a list of integers", name)
	}
	var out []int64
	for b := f.bytes; len(b) > 0; {
		v, n := protowire.ConsumeVarint(b)
		if n < 0 {
			return nil, malformedf("%s is cut short", name)
		}
		if len(out) == limit {
			return nil, limitf("%s has more than %d numbers", name, limit)
		}
		out = append(out, int64(v)) //nolint:gosec // two's complement, as above
		b = b[n:]
	}
	return out, nil
}

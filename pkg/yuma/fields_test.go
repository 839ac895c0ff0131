// SPDX-License-Identifier: Apache-2.0

package yuma_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/stretchr/testify/require"
)

// tester is the part of *testing.T that cases need, so that a test can watch one fail.
type tester interface {
	require.TestingT
	Helper()
}

// fields is an object of a case that remembers which of its fields were understood: a case
// with others fails, instead of passing by the half that was.
type fields struct {
	t      tester
	where  string
	values map[string]any
	used   map[string]bool
}

func decode(t tester, data []byte) any {
	t.Helper()
	var v any
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	require.NoError(t, d.Decode(&v))
	return v
}

func object(t tester, where string, v any) *fields {
	t.Helper()
	values, is := v.(map[string]any)
	require.True(t, is, "%s is %v, expected an object", where, v)
	return &fields{t: t, where: where, values: values, used: map[string]bool{}}
}

// take is the first of the names that is there and not null, or nil. All of them count as
// understood.
func (f *fields) take(names ...string) any {
	var found any
	for _, name := range names {
		if v, is := f.values[name]; is {
			f.used[name] = true
			if found == nil {
				found = v
			}
		}
	}
	return found
}

func (f *fields) has(name string) bool { return f.values[name] != nil }

// sub is an object among the fields, empty if there is none.
func (f *fields) sub(name string) *fields {
	v := f.take(name)
	if v == nil {
		v = map[string]any{}
	}
	return object(f.t, f.where+"."+name, v)
}

// names are in order.
func (f *fields) names() []string { return slices.Sorted(maps.Keys(f.values)) }

// close fails on fields that nothing read, unless they are words for the reader: those called
// so, and sentences.
func (f *fields) close() {
	f.t.Helper()
	for _, name := range f.names() {
		words, isText := f.values[name].(string)
		prose := isText && strings.Contains(words, " ") && !strings.HasPrefix(name, "expect")
		if !f.used[name] && !prose && !readersFields[name] && f.values[name] != nil {
			require.Fail(f.t, "a field is not understood", "%s.%s is %v", f.where, name, f.values[name])
		}
	}
}

// readersFields say nothing that a test could check: words, where a case comes from, and
// limits of the published chain that stop nobody here.
var readersFields = map[string]bool{
	"id": true, "test": true, "note": true, "notes": true, "comment": true, "description": true, "source": true, "trace": true,
	"formula": true, "minority": true, "netuid": true, "name": true, "title": true, "why": true, "sparse": true, "label": true,
	"min_allowed_weights": true, "max_weight_limit": true, "max_allowed_uids": true, "weights_set_rate_limit": true,
}

// scope finds a setting in the innermost object that has it.
type scope []*fields

func (s scope) take(names ...string) any {
	var found any
	for _, f := range s {
		if v := f.take(names...); found == nil {
			found = v
		}
	}
	return found
}

// number reads a setting: a number, or the first one in words that explain it.
func (s scope) number(otherwise float64, names ...string) float64 {
	switch v := s.take(names...).(type) {
	case nil:
		return otherwise
	case bool:
		if v {
			return 1
		}
		return 0
	default:
		return number(s[0].t, v)
	}
}

func (s scope) flag(names ...string) bool { return s.number(0, names...) != 0 }

var digits = regexp.MustCompile(`-?\d+(\.\d+)?(e-?\d+)?`)

func number(t tester, v any) float64 {
	t.Helper()
	text := ""
	switch v := v.(type) {
	case json.Number:
		text = v.String()
	case string:
		text = digits.FindString(v)
	}
	n, err := strconv.ParseFloat(text, 64)
	require.NoError(t, err, "no number in %v", v)
	return n
}

func whole(t tester, v any) int {
	t.Helper()
	n := number(t, v)
	require.Equal(t, float64(int(n)), n, "expected a whole number")
	return int(n)
}

func wholes(t tester, v any) []int {
	t.Helper()
	var out []int
	for _, x := range list(t, v) {
		out = append(out, whole(t, x))
	}
	return out
}

func list(t tester, v any) []any {
	t.Helper()
	if v == nil {
		return nil
	}
	out, is := v.([]any)
	require.True(t, is, "%v, expected a list", v)
	return out
}

func isList(v any) bool { _, is := v.([]any); return is }

// someOf reads which of n a text or a value means: 3, "3", "0..3", "2,3", [2, 3], "uid 3".
func someOf(t tester, v any) []int {
	t.Helper()
	if isList(v) {
		return wholes(t, v)
	}
	text, is := v.(string)
	if !is {
		return []int{whole(t, v)}
	}
	var out []int
	for _, part := range strings.Split(text, ",") {
		ends := regexp.MustCompile(`\d+`).FindAllString(part, -1)
		require.NotEmpty(t, ends, "no number in %q", text)
		from, to := whole(t, ends[0]), whole(t, ends[len(ends)-1])
		for i := from; i <= to; i++ {
			out = append(out, i)
		}
	}
	return out
}

// tolerance reads how far numbers may be off: a number, or the fraction that words name; 0 is
// not at all.
func tolerance(t tester, v any) float64 {
	t.Helper()
	words, is := v.(string)
	switch {
	case v == nil:
		return 0
	case !is:
		return number(t, v)
	}
	if fraction := regexp.MustCompile(`\b(\d*\.\d+|\d+(\.\d+)?e-\d+)\b`).FindString(words); fraction != "" {
		return number(t, fraction)
	}
	require.Contains(t, words, "exact")
	return 0
}

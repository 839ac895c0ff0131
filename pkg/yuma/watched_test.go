// SPDX-License-Identifier: Apache-2.0

package yuma_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// watched is a tester that another test watches: it stops at its first failure.
type watched struct{ failure string }

func (w *watched) Helper() {}

func (w *watched) Errorf(format string, args ...any) { w.failure = fmt.Sprintf(format, args...) }

func (w *watched) FailNow() { panic(w) }

// watch plays a case and returns why it failed, or nothing.
func (p published) watch(c *fields) string {
	w := &watched{}
	func() {
		defer func() {
			if stopped := recover(); stopped != nil && stopped != w {
				panic(stopped)
			}
		}()
		p.run(w, c)
	}()
	return w.failure
}

func TestACaseWithAFieldThatNobodyReadsFails(t *testing.T) {
	p := load(t, "testdata/yuma.json")
	for _, c := range p.cases {
		if c.has("n") {
			continue // as the others, and slow
		}
		require.Empty(t, p.watch(c))
		c.values["half_life"] = json.Number("7")
		require.Contains(t, p.watch(c), "half_life", c.where)
	}
}

// Every number that a case expects is compared: with any one of them changed the case fails.
func TestEveryNumberOfACaseCounts(t *testing.T) {
	counted := 0
	for _, path := range []string{"testdata/yuma.json", "testdata/more.json"} {
		p := load(t, path)
		for _, c := range p.cases {
			if c.has("n") {
				continue
			}
			for k, leaf := range expectedLeaves(c.values, false) {
				if testing.Short() && k%20 > 0 {
					continue // they are many, and most alike
				}
				restore := leaf.change()
				require.NotEmpty(t, p.watch(c), "%s expects %v of no matter what", asText(c.take("id")), leaf.path)
				restore()
				counted++
			}
		}
	}
	require.Greater(t, counted, 30)
}

// leaf is a number within a case.
type leaf struct {
	path string
	at   func() any
	set  func(any)
}

// change moves the number beyond all tolerances and returns how to undo it.
func (l leaf) change() func() {
	old := l.at()
	text := asText(old)
	changed := json.Number(text[:len(text)-1] + string('0'+('9'-text[len(text)-1]+1)%10))
	if strings.Contains(text, ".") {
		changed = json.Number("0.987654321")
	} else if text == "0" || text == "1" {
		changed = json.Number(map[string]string{"0": "1", "1": "0"}[text])
	}
	if changed == old {
		changed = json.Number(text + "1")
	}
	l.set(changed)
	return func() { l.set(old) }
}

// expectedLeaves are the numbers below fields that say what is expected.
func expectedLeaves(v any, expected bool) []leaf {
	var out []leaf
	add := func(path string, x any, set func(any), expected bool) {
		if _, is := x.(json.Number); is && expected {
			out = append(out, leaf{path, func() any { return x }, set})
			return
		}
		for _, l := range expectedLeaves(x, expected) {
			l.path = path + "." + l.path
			out = append(out, l)
		}
	}
	switch v := v.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			says := isExpected(name) || strings.HasPrefix(name, "derived") || strings.HasPrefix(name, "bond_") ||
				name == "block_emission_rao"
			if name != "bond_columns" && name != "epoch" {
				add(name, v[name], func(x any) { v[name] = x }, expected || says)
			}
		}
	case []any:
		if isAddress(v) {
			add("2", v[len(v)-1], func(x any) { v[len(v)-1] = x }, expected)
			return out
		}
		for i := range v {
			add(asText(i), v[i], func(x any) { v[i] = x }, expected)
		}
	}
	return out
}

// isAddress says whether a list is of where a bond is and what it is, rather than of numbers
// alike: its last number is the only long one.
func isAddress(v []any) bool {
	if len(v) != 2 && len(v) != 3 {
		return false
	}
	for i, x := range v {
		n, is := x.(json.Number)
		if !is || strings.Contains(n.String(), ".") || (len(n) > 2) != (i == len(v)-1) {
			return false
		}
	}
	return true
}

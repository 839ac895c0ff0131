// SPDX-License-Identifier: Apache-2.0

package table

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"
)

// Table says what is shown of a query's answer.
type Table struct {
	// Command is the query's below `weald query`, such as "topic list".
	Command string
	// Method is the query's full name, such as "weal.topic.v1.Query/Topics".
	Method string
	// List is the path of the repeated field with the rows; empty for a single record.
	List string
	// Columns are the rows' fields from left to right, or a record's lines.
	Columns []Column
	// Next is where the answer says how to go on, and the flag for it; empty for the usual one.
	Next Next
}

// Next leads to the next page.
type Next struct{ Path, Flag string }

var pageKey = Next{Path: "pagination.next_key", Flag: "--page-key"}

// Column is one field of what is shown.
type Column struct {
	// Head names it.
	Head string
	// Path leads to it, in the row or in the answer, with dots.
	Path string
	// As is how the value is written.
	As Format
}

// Render writes an answer, given as the JSON that programs get.
func (t Table) Render(answer []byte, clock Clock) (string, error) {
	decoder := json.NewDecoder(bytes.NewReader(answer))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return "", fmt.Errorf("the answer of %s is no JSON: %w", t.Method, err)
	}
	if t.List == "" {
		return t.record(value, clock), nil
	}
	return t.list(value, clock), nil
}

// list writes a row a line, and how to get the next page.
func (t Table) list(answer any, clock Clock) string {
	rows, _ := at(answer, t.List).([]any)
	if len(rows) == 0 {
		return "none\n"
	}
	lines := make([][]string, 0, len(rows)+1)
	heads := make([]string, len(t.Columns))
	for i, column := range t.Columns {
		heads[i] = strings.ToUpper(column.Head)
	}
	lines = append(lines, heads)
	for _, row := range rows {
		cells := make([]string, len(t.Columns))
		for i, column := range t.Columns {
			cells[i] = orDash(column.As(at(row, column.Path), clock))
		}
		lines = append(lines, cells)
	}
	out := align(lines)
	next := t.Next
	if next == (Next{}) {
		next = pageKey
	}
	if key := Number(at(answer, next.Path), Clock{}); key != "" {
		out += fmt.Sprintf("\nThere are more: add %s %s\n", next.Flag, key)
	}
	return out
}

// record writes a field a line; what is empty is left out.
func (t Table) record(answer any, clock Clock) string {
	var lines [][]string
	for _, column := range t.Columns {
		if text := column.As(at(answer, column.Path), clock); text != "" {
			lines = append(lines, []string{column.Head, text})
		}
	}
	if len(lines) == 0 {
		return "none\n"
	}
	return align(lines)
}

// align pads cells so that columns stand below one another.
func align(lines [][]string) string {
	var out strings.Builder
	w := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
	for _, cells := range lines {
		fmt.Fprintln(w, strings.Join(cells, "\t")) //nolint:errcheck // a strings.Builder takes everything
	}
	w.Flush() //nolint:errcheck,gosec // as above
	// What pads the last column would only wrap on a narrow terminal.
	var trimmed strings.Builder
	for line := range strings.Lines(out.String()) {
		trimmed.WriteString(strings.TrimRight(line, " \n") + "\n")
	}
	return trimmed.String()
}

func orDash(text string) string {
	if text == "" {
		return "-"
	}
	return text
}

// at follows a path of field names through decoded JSON; nil when there is nothing.
func at(value any, path string) any {
	if path == "" {
		return value
	}
	for _, name := range strings.Split(path, ".") {
		fields, ok := value.(map[string]any)
		if !ok {
			return nil
		}
		value = fields[name]
	}
	return value
}

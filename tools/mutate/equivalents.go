// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bufio"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
)

// equivalents are changes that make no difference, as "file: key", and whether they were met.
type equivalents map[string]bool

// readEquivalents reads a file of lines as the tool prints them, without the line number. A
// reason stands above them, as a comment; lines without one are refused.
func readEquivalents(path string) (equivalents, error) {
	known := equivalents{}
	if path == "" {
		return known, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines, reason := bufio.NewScanner(f), false
	for lines.Scan() {
		switch line := strings.TrimSpace(lines.Text()); {
		case line == "":
			reason = false
		case strings.HasPrefix(line, "#"):
			reason = true
		case !reason:
			return nil, fmt.Errorf("%s: no reason above %q, expected a comment", path, line)
		default:
			known[line] = false
		}
	}
	return known, lines.Err()
}

func (e equivalents) has(m mutant) bool {
	line := m.shown + ": " + m.key()
	if _, listed := e[line]; !listed {
		return false
	}
	e[line] = true
	return true
}

// unused are lines that no change fits, in order.
func (e equivalents) unused() []string {
	return slices.Sorted(func(yield func(string) bool) {
		for line := range maps.Keys(e) {
			if !e[line] && !yield(line) {
				return
			}
		}
	})
}

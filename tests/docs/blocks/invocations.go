// SPDX-License-Identifier: Apache-2.0

package blocks

import (
	"path"
	"strings"
)

// Invocations are the arguments of every call of weald in a line of shell. It
// reads words and quotes well enough for documents; it is no shell.
func Invocations(line string) [][]string {
	var (
		calls   [][]string
		current []string
		inside  bool
		start   = true // the next word is a command's name
	)
	end := func() {
		if inside {
			calls = append(calls, current)
		}
		inside, current, start = false, nil, true
	}
	for _, token := range tokens(line) {
		switch {
		case token.operator:
			end()
		case inside:
			current = append(current, token.text)
		case start && strings.Contains(token.text, "=") && !strings.HasPrefix(token.text, "-"):
			// An assignment before the command; its name is still to come.
		case start && path.Base(token.text) == "weald":
			inside, start = true, false
		default:
			start = false
		}
	}
	end()
	return calls
}

type token struct {
	text     string
	operator bool
}

// tokens splits a line into words and operators; a comment ends it. $( and ) of
// a command substitution are operators: a command begins after the one and ends
// before the other.
func tokens(line string) []token {
	var (
		all  []token
		word strings.Builder
		have bool
	)
	flush := func() {
		if have {
			all = append(all, token{text: word.String()})
		}
		word.Reset()
		have = false
	}
	for i := 0; i < len(line); i++ {
		c := line[i]
		switch {
		case c == '\'' || c == '"':
			closing := strings.IndexByte(line[i+1:], c)
			if closing < 0 {
				closing = len(line) - i - 1
			}
			inner := line[i+1 : min(i+1+closing, len(line))]
			i += closing + 1
			if c == '"' && strings.Contains(inner, "$(") {
				flush()
				all = append(all, token{operator: true})
				all = append(all, tokens(strings.NewReplacer("$(", ";", ")", ";").Replace(inner))...)
				all = append(all, token{operator: true})
				continue
			}
			word.WriteString(inner)
			have = true
		case c == '#' && !have:
			flush()
			return all
		case strings.IndexByte("|&;()<>", c) >= 0 || c == '$' && i+1 < len(line) && line[i+1] == '(':
			flush()
			all = append(all, token{operator: true})
		case c == ' ' || c == '\t':
			flush()
		default:
			word.WriteByte(c)
			have = true
		}
	}
	flush()
	return all
}

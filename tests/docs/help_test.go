// SPDX-License-Identifier: Apache-2.0

package docs_test

import (
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/tests/docs/blocks"
)

// help is what the binary says about one of its commands.
type help struct {
	path  []string // the command's own words, without "weald"
	group bool     // it only holds other commands
	flags map[string]bool
}

var (
	usageLine = regexp.MustCompile(`(?m)^Usage:\n  weald(.*)$`)
	flagLine  = regexp.MustCompile(`(?m)^ +(?:-(\w), |    )--([A-Za-z0-9][-A-Za-z0-9_.]*)`)
)

// helpOf asks the binary about the command that begins with these words. Words
// that name no command are arguments, or wrong; cobra then answers for the last
// command that it knows.
func helpOf(t *testing.T, binary string, words []string) help {
	t.Helper()
	cmd := exec.Command(binary, append(append([]string{}, words...), "--help")...)
	cmd.Env = append(cmd.Environ(), "HOME="+t.TempDir())
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, string(out))
	text := string(out)

	var h help
	if match := usageLine.FindStringSubmatch(text); match != nil {
		for _, word := range strings.Fields(match[1]) {
			// Arguments are in brackets, or in capitals.
			if strings.ContainsAny(word, "[<{(") || strings.ToUpper(word) == word {
				h.group = h.group || word == "[command]"
				break
			}
			h.path = append(h.path, word)
		}
	}
	h.flags = map[string]bool{"--help": true, "-h": true}
	for _, match := range flagLine.FindAllStringSubmatch(text, -1) {
		h.flags["--"+match[2]] = true
		if match[1] != "" {
			h.flags["-"+match[1]] = true
		}
	}
	return h
}

// aliases are short names that users type for a command and that its usage line
// does not show.
var aliases = map[string]string{"q": "query"}

func TestCommandsOfTheDocumentsExistWithTheirFlags(t *testing.T) {
	known := map[string]help{}
	for _, block := range all(t) {
		for _, command := range block.Commands() {
			for _, call := range blocks.Invocations(command) {
				words, flags := split(call)
				key := strings.Join(words, " ")
				if _, ok := known[key]; !ok {
					known[key] = helpOf(t, weald(t), words)
				}
				check(t, block.Name()+": weald "+strings.Join(call, " "), words, flags, known[key])
			}
		}
	}
}

// split takes the words that may name the command, which stand before the first
// flag or variable, and the flags, from a call.
func split(call []string) (words, flags []string) {
	named := true
	for _, arg := range call {
		switch {
		case len(arg) > 1 && arg[0] == '-' && arg != "--":
			name, _, _ := strings.Cut(arg, "=")
			flags = append(flags, name)
			named = false
		case strings.ContainsAny(arg, "$<{/.:") || arg == "":
			named = false
		case named:
			words = append(words, arg)
		}
	}
	return words, flags
}

func check(t *testing.T, call string, words, flags []string, h help) {
	t.Helper()
	if h.group && len(words) > len(h.path) {
		t.Errorf("%s: there is no command %q", call, words[len(h.path)])
		return
	}
	for i, word := range h.path {
		if i < len(words) && words[i] != word && aliases[words[i]] != word {
			t.Errorf("%s: the binary understands %v", call, h.path)
			return
		}
	}
	for _, flag := range flags {
		if !h.flags[flag] && !isNumber(flag) {
			t.Errorf("%s: %v has no flag %s", call, h.path, flag)
		}
	}
}

// isNumber tells a negative number, which is an argument, from a flag.
func isNumber(arg string) bool { return regexp.MustCompile(`^-[0-9]`).MatchString(arg) }

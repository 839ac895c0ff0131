// SPDX-License-Identifier: Apache-2.0

package design_test

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// maxLines bounds a hand-written Go file: a longer one holds two ideas.
const maxLines = 500

func TestEveryGoAndProtoFileNamesItsLicence(t *testing.T) {
	const line = "SPDX-License-Identifier: Apache-2.0"
	for _, name := range filesWith(t, ".go", ".proto", ".sh") {
		text := read(t, name)
		if strings.HasSuffix(name, ".go") && isGenerated(text) {
			continue
		}
		head, _, _ := strings.Cut(text, "\n\n")
		if !strings.Contains(head, line) {
			t.Errorf("%s does not begin with %q", name, line)
		}
	}
}

func TestHandWrittenGoFilesStayShort(t *testing.T) {
	for _, name := range filesWith(t, ".go") {
		text := read(t, name)
		if lines := strings.Count(text, "\n"); lines > maxLines && !isGenerated(text) && !strings.HasSuffix(name, "_test.go") {
			t.Errorf("%s has %d lines, at most %d: split it by noun", name, lines, maxLines)
		}
	}
}

// word is something that no file may say. The patterns are put together from
// halves, so that this file does not say them either.
type word struct {
	pattern *regexp.Regexp
	why     string
}

var words = []word{
	{regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME|XX` + `X|HA` + `CK|TB` + `D)\b`), "finish it, or leave it out"},
	{regexp.MustCompile(`(?i)\bplace` + `holder`), "finish it, or leave it out"},
	{regexp.MustCompile(`(?i)lorem ` + `ipsum`), "write the text"},
	{regexp.MustCompile(`(?i)\bissue #?` + `[0-9]+\b`), "say what it is about; numbers of a tracker mean nothing to a reader"},
	{regexp.MustCompile(`(^|[\s"'(=:` + "`" + `])/(wo` + `rk|ro` + `ot|ho` + `me|Us` + `ers)(/|\b)`), "a path of one machine"},
	{regexp.MustCompile(`proxy\.gol` + `ang\.org|sum\.gol` + `ang\.org|registry\.np` + `mjs|\bpypi\.o` + `rg|\bghcr\.i` + `o|docker\.i` + `o/|buf\.bu` + `ild/`), "a registry's host; say `the module proxy`"},
}

// textFiles are the kinds of file that people write, by suffix or whole name.
var textFiles = []string{
	".go", ".proto", ".md", ".sh", ".yml", ".yaml", ".mk", ".mod", ".txt", ".json", ".toml", ".service",
	"Makefile", ".gitignore", "run",
}

func TestNoFileNamesAMachineARegistryOrUnfinishedWork(t *testing.T) {
	for _, name := range filesWith(t, textFiles...) {
		text := read(t, name)
		if strings.HasSuffix(name, ".go") && isGenerated(text) {
			continue
		}
		number := 0
		for line := range strings.Lines(text) {
			number++
			for _, w := range words {
				if found := w.pattern.FindString(line); found != "" {
					t.Errorf("%s:%d says %q: %s", name, number, strings.TrimSpace(found), w.why)
				}
			}
		}
	}
}

// inTests is what a test must not do.
var inTests = []word{
	{regexp.MustCompile(`\b[tbf]\.Sk` + `ip(Now|f)?\(`), "a test that does not run shows nothing: give it what it needs"},
	{regexp.MustCompile(`\btime\.Sl` + `eep\(`), "wait for what must happen, with a deadline, not for time"},
	{regexp.MustCompile(`\b(require|assert)\.Error\(t, err, (\w+\.)?Err`), "this checks only that there is an error: use ErrorIs"},
}

func TestTestsNeitherSkipNorSleepNorAcceptAnyError(t *testing.T) {
	for _, name := range filesWith(t, "_test.go") {
		if strings.HasPrefix(name, "tests/design/") || strings.Contains(name, "/testdata/") {
			continue
		}
		text := read(t, name)
		number := 0
		for line := range strings.Lines(text) {
			number++
			for _, w := range inTests {
				if found := w.pattern.FindString(line); found != "" {
					t.Errorf("%s:%d says %s: %s", name, number, found, w.why)
				}
			}
		}
	}
}

func TestTheTopLevelHoldsWhatTheArchitectureNames(t *testing.T) {
	top := []string{"app", "x", "proto", "cmd", "testutil", "docs", "pkg", "evaluator", "tests", "tools"}
	for _, name := range files(t) {
		dir, _, nested := strings.Cut(name, "/")
		if nested && !strings.HasPrefix(dir, ".") && !slices.Contains(top, dir) {
			t.Errorf("%s: the top level holds %v and no folder %s", name, top, dir)
		}
	}
	have := files(t)
	for _, name := range []string{
		"README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md",
		"Makefile", "config.yml", "go.mod", "go.sum", ".golangci.yml", ".ci/run", "docs/static/openapi.json",
	} {
		if !slices.Contains(have, name) {
			t.Errorf("%s is not there", path.Clean(name))
		}
	}
}

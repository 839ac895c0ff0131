// SPDX-License-Identifier: Apache-2.0

package design_test

import (
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

var (
	link    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading = regexp.MustCompile(`(?m)^#+ +(.+?)\s*$`)
	fence   = regexp.MustCompile("(?ms)^ *```.*?^ *```")
	code    = regexp.MustCompile("`[^`\n]*`")
)

func TestLinksInDocumentsResolve(t *testing.T) {
	for _, name := range filesWith(t, ".md") {
		text := code.ReplaceAllString(fence.ReplaceAllString(read(t, name), ""), "")
		for _, match := range link.FindAllStringSubmatch(text, -1) {
			checkLink(t, name, match[1])
		}
	}
}

func checkLink(t *testing.T, from, target string) {
	t.Helper()
	u, err := url.Parse(target)
	if err != nil {
		t.Errorf("%s links to %q: %v", from, target, err)
		return
	}
	if u.Scheme != "" {
		return
	}
	to := from
	if u.Path != "" {
		to = path.Join(path.Dir(from), u.Path)
	}
	info, err := os.Stat(filepath.Join(root(t), to))
	if err != nil {
		t.Errorf("%s links to %s, which is not there", from, target)
		return
	}
	if u.Fragment != "" && !info.IsDir() && !anchors(read(t, to))[u.Fragment] {
		t.Errorf("%s links to %s, but %s has no such heading", from, target, to)
	}
}

// anchors are the names that a forge gives to a page's headings.
func anchors(text string) map[string]bool {
	names := map[string]bool{}
	for _, match := range heading.FindAllStringSubmatch(fence.ReplaceAllString(text, ""), -1) {
		names[anchor(match[1])] = true
	}
	return names
}

func anchor(title string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(title) {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), r == '-', r == '_':
			b.WriteRune(r)
		case r == ' ':
			b.WriteByte('-')
		}
	}
	return b.String()
}

const decisions = "docs/architecture/"

var decisionParts = []string{"## Status", "## Context", "## Decision", "## Consequences", "## Rejected"}

func TestEveryDecisionIsInTheIndexAndHasItsParts(t *testing.T) {
	index := read(t, decisions+"README.md")
	for _, name := range filesWith(t, ".md") {
		file, ok := strings.CutPrefix(name, decisions+"adr-")
		if !ok {
			continue
		}
		text := read(t, name)
		for _, part := range decisionParts {
			if !strings.Contains(text, "\n"+part+"\n") {
				t.Errorf("%s has no part %q", name, part)
			}
		}
		if !strings.HasPrefix(file, "template") && !strings.Contains(index, "(adr-"+file+")") {
			t.Errorf("%s is not in the index %sREADME.md", name, decisions)
		}
	}
}

func TestAModulesPageIsLinkedFromTheReadme(t *testing.T) {
	text := read(t, "README.md")
	for _, name := range ownModules(t) {
		if !strings.Contains(text, "(x/"+name) {
			t.Errorf("README.md does not link to x/%s", name)
		}
	}
}

// SPDX-License-Identifier: Apache-2.0

package design_test

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// module is the Go module's path.
const module = "github.com/weal-network/weal"

// modules are the chain's own modules, each after those that it may know.
var modules = []string{"admission", "topic", "contribution", "scoring", "emission", "merit"}

var generatedLine = regexp.MustCompile(`(?m)^// Code generated .* DO NOT EDIT\.$`)

// root is the repository's top directory: the nearest one with a go.mod.
func root(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			t.Fatal("no go.mod above the test: run it inside the repository")
		}
		dir = parent
	}
}

// files lists the repository's own files, relative to its root and sorted:
// those that git tracks or, in a tree without git, all but what it ignores.
func files(t *testing.T) []string {
	t.Helper()
	dir := root(t)
	cmd := exec.Command("git", "ls-files", "-z")
	cmd.Dir = dir
	if out, err := cmd.Output(); err == nil && len(out) > 0 {
		var present []string
		for name := range strings.SplitSeq(strings.TrimRight(string(out), "\x00"), "\x00") {
			if info, err := os.Stat(filepath.Join(dir, name)); err == nil && !info.IsDir() {
				present = append(present, name)
			}
		}
		slices.Sort(present)
		return present
	}
	return walk(t, dir)
}

func walk(t *testing.T, dir string) []string {
	t.Helper()
	ignored := []string{".git", "bin", "build", "third_party", ".localnet"}
	var all []string
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		if entry.IsDir() && slices.Contains(ignored, name) {
			return filepath.SkipDir
		}
		if entry.Type().IsRegular() {
			all = append(all, filepath.ToSlash(name))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// filesWith lists the files whose name ends in one of the suffixes.
func filesWith(t *testing.T, suffixes ...string) []string {
	t.Helper()
	return slices.DeleteFunc(files(t), func(name string) bool {
		return !slices.ContainsFunc(suffixes, func(s string) bool { return strings.HasSuffix(name, s) })
	})
}

// read returns the text of a file of the repository.
func read(t *testing.T, name string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(root(t), name))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func isGenerated(text string) bool {
	head, _, _ := strings.Cut(text, "\npackage ")
	return generatedLine.MatchString(head)
}

// ownModules are the modules of the list that the tree holds.
func ownModules(t *testing.T) []string {
	t.Helper()
	return slices.DeleteFunc(slices.Clone(modules), func(name string) bool {
		_, err := os.Stat(filepath.Join(root(t), "x", name))
		return err != nil
	})
}

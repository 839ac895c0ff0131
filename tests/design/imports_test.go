// SPDX-License-Identifier: Apache-2.0

package design_test

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// goPackage is what the tests use of `go list -json`.
type goPackage struct {
	ImportPath string
	Dir        string
	Standard   bool
	GoFiles    []string
	Imports    []string
}

func goList(t *testing.T, args ...string) []goPackage {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list", "-e", "-json=ImportPath,Dir,Standard,GoFiles,Imports"}, args...)...)
	cmd.Dir = root(t)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())

	var packages []goPackage
	for dec := json.NewDecoder(out); ; {
		var p goPackage
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else {
			require.NoError(t, err)
		}
		packages = append(packages, p)
	}
	require.NoError(t, cmd.Wait())
	return packages
}

// place is where in the house a package lives: its top folder and, in x, its
// module and the part of the module.
type place struct{ top, module, part string }

func placeOf(importPath string) (place, bool) {
	rest, ok := strings.CutPrefix(importPath, module+"/")
	if !ok {
		return place{}, false
	}
	parts := strings.Split(rest, "/")
	at := place{top: parts[0]}
	if at.top == "x" && len(parts) > 1 {
		at.module = parts[1]
		if len(parts) > 2 {
			at.part = parts[2]
		}
	}
	return at, true
}

// below says which top folders the production code of a top folder may import.
var below = map[string][]string{
	"cmd":       {"cmd", "app", "evaluator", "x", "pkg", "docs"},
	"app":       {"app", "x", "pkg", "docs"},
	"evaluator": {"evaluator", "app", "x", "pkg"},
	"x":         {"x", "pkg"},
	"pkg":       {"pkg"},
	"docs":      {},
}

func TestImportsPointDownOnly(t *testing.T) {
	for _, p := range goList(t, "./...") {
		from, _ := placeOf(p.ImportPath)
		allowed, ruled := below[from.top]
		if !ruled {
			continue
		}
		for _, imported := range p.Imports {
			if to, own := placeOf(imported); own && !slices.Contains(allowed, to.top) {
				t.Errorf("%s imports %s: %s may import only %v", p.ImportPath, imported, from.top, allowed)
			}
		}
	}
}

func TestAModuleKnowsAnotherOnlyByItsTypesAndInOneDirection(t *testing.T) {
	for _, p := range goList(t, "./x/...") {
		from, _ := placeOf(p.ImportPath)
		for _, imported := range p.Imports {
			to, own := placeOf(imported)
			if !own || to.top != "x" || to.module == from.module {
				continue
			}
			if to.part != "types" {
				t.Errorf("%s imports %s: declare what it needs in x/%s/types/expected_keepers.go", p.ImportPath, imported, from.module)
			}
			if slices.Index(modules, to.module) > slices.Index(modules, from.module) {
				t.Errorf("%s imports %s: %s comes after %s in %v, so it must call through a hook", p.ImportPath, imported, to.module, from.module, modules)
			}
		}
	}
}

func TestTheEvaluatorKnowsModulesOnlyByTheirTypes(t *testing.T) {
	for _, p := range goList(t, "./...") {
		from, own := placeOf(p.ImportPath)
		if !own || from.top != "evaluator" {
			continue
		}
		for _, imported := range p.Imports {
			if to, own := placeOf(imported); own && to.top == "x" && to.part != "types" {
				t.Errorf("%s imports %s: it runs beside the node and speaks to it by messages and queries", p.ImportPath, imported)
			}
		}
	}
}

func TestEveryModuleIsInTheOrderThatTheImportRuleUses(t *testing.T) {
	entries, err := os.ReadDir(filepath.Join(root(t), "x"))
	require.NoError(t, err)
	for _, entry := range entries {
		require.Contains(t, modules, entry.Name(), "add x/%s to modules in helpers_test.go, after the modules that it knows", entry.Name())
	}
}

func TestPkgNeedsNothingButTheStandardLibraryAndMath(t *testing.T) {
	allowed := map[string]bool{}
	for _, p := range goList(t, "-deps", "cosmossdk.io/math") {
		allowed[p.ImportPath] = true
	}
	for _, p := range goList(t, "-deps", "./pkg/...") {
		at, own := placeOf(p.ImportPath)
		if p.Standard || allowed[p.ImportPath] || (own && at.top == "pkg") {
			continue
		}
		t.Errorf("pkg/ depends on %s: arithmetic needs the standard library and cosmossdk.io/math alone", p.ImportPath)
	}
}

// forbidden are imports that no production code of ours may have, by prefix.
var forbidden = []struct{ path, why string }{
	{"cosmossdk.io/depinject", "wiring is by hand, in app/"},
	{"github.com/cosmos/cosmos-sdk/enterprise", "its licence forbids use"},
	{"github.com/cosmos/cosmos-sdk/contrib", "deprecated by its authors"},
	{"github.com/cosmos/cosmos-sdk/x/mint", "x/emission issues the tokens"},
	{"github.com/cosmos/cosmos-sdk/x/epochs", "it promises isolation from panics and has none"},
}

func TestNobodyImportsWhatIsForbidden(t *testing.T) {
	for _, p := range goList(t, "./...") {
		for _, imported := range p.Imports {
			for _, f := range forbidden {
				if imported == f.path || strings.HasPrefix(imported, f.path+"/") {
					t.Errorf("%s imports %s: %s", p.ImportPath, imported, f.why)
				}
			}
		}
	}
}

func TestTheSDKsRuntimeIsUsedInOneFileOfTheApp(t *testing.T) {
	const runtime = `"github.com/cosmos/cosmos-sdk/runtime`
	var users []string
	for _, name := range filesWith(t, ".go") {
		if strings.HasSuffix(name, "_test.go") || !strings.HasPrefix(name, "app/") && !strings.HasPrefix(name, "x/") {
			continue
		}
		if strings.Contains(read(t, name), runtime) {
			users = append(users, name)
		}
	}
	require.LessOrEqual(t, len(users), 1, "the SDK plans to delete runtime, so one file knows it: %v", users)
	for _, name := range users {
		require.True(t, strings.HasPrefix(name, "app/"), "%s imports the SDK's runtime: take the store service as an argument", name)
	}
}

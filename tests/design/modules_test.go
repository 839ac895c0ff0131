// SPDX-License-Identifier: Apache-2.0

package design_test

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var moduleFiles = []string{
	"README.md", "module.go", "autocli.go",
	"keeper/keeper.go", "keeper/msg_server.go", "keeper/query_server.go", "keeper/genesis.go",
	"types/codec.go", "types/errors.go", "types/keys.go", "types/genesis.go", "types/expected_keepers.go",
}

func TestEveryModuleHasTheSameParts(t *testing.T) {
	for _, name := range ownModules(t) {
		for _, part := range moduleFiles {
			if _, err := os.Stat(filepath.Join(root(t), "x", name, part)); err != nil {
				t.Errorf("x/%s/%s is not there", name, part)
			}
		}
	}
}

// testName finds the tests that a page names, as in `TestAnEpochIsPaid`.
var (
	testName = regexp.MustCompile("`((?:Test|Example)[A-Z][A-Za-z0-9_]*)`")
	testFunc = regexp.MustCompile(`(?m)^func (?:\([^)]*\) )?((?:Test|Example)[A-Z][A-Za-z0-9_]*)\(`)
)

func TestTheWorkedExampleOfAModulesPageIsATest(t *testing.T) {
	for _, name := range ownModules(t) {
		page := path.Join("x", name, "README.md")
		if _, err := os.Stat(filepath.Join(root(t), page)); err != nil {
			t.Errorf("%s is not there", page)
			continue
		}
		have := map[string]bool{}
		for _, file := range filesWith(t, "_test.go") {
			for _, match := range testFunc.FindAllStringSubmatch(read(t, file), -1) {
				have[match[1]] = true
			}
		}
		named := testName.FindAllStringSubmatch(read(t, page), -1)
		if len(named) == 0 {
			t.Errorf("%s names no test: give a worked example and, in backquotes, the test that holds its numbers", page)
		}
		for _, match := range named {
			if !have[match[1]] {
				t.Errorf("%s names %s, which is no test", page, match[1])
			}
		}
	}
}

var registration = regexp.MustCompile(`\.Register(?:WithGRPCCode)?\(\s*\w+,\s*(\d+),`)

func TestErrorCodesAreUniqueAndNotTheReservedOnes(t *testing.T) {
	for _, name := range ownModules(t) {
		file := path.Join("x", name, "types", "errors.go")
		if _, err := os.Stat(filepath.Join(root(t), file)); err != nil {
			t.Errorf("%s is not there", file)
			continue
		}
		seen := map[int]bool{}
		found := registration.FindAllStringSubmatch(read(t, file), -1)
		if len(found) == 0 {
			t.Errorf("%s registers no error", file)
		}
		for _, match := range found {
			code, err := strconv.Atoi(match[1])
			require.NoError(t, err)
			if code < 2 {
				t.Errorf("%s registers code %d: 0 means success and 1 is the SDK's internal error", file, code)
			}
			if seen[code] {
				t.Errorf("%s registers code %d twice", file, code)
			}
			seen[code] = true
		}
	}
}

var rpc = regexp.MustCompile(`(?m)^\s*rpc\s+\w+\((\w+)\)`)

func TestEveryMessageAndQueryIsSentInATest(t *testing.T) {
	var tests strings.Builder
	for _, name := range filesWith(t, "_test.go") {
		tests.WriteString(read(t, name))
	}
	for _, name := range ownModules(t) {
		for _, file := range []string{"tx.proto", "query.proto"} {
			proto := path.Join("proto/weal", name, "v1", file)
			if _, err := os.Stat(filepath.Join(root(t), proto)); err != nil {
				t.Errorf("%s is not there", proto)
				continue
			}
			for _, match := range rpc.FindAllStringSubmatch(read(t, proto), -1) {
				sent := regexp.MustCompile(`\b` + match[1] + `\{`)
				if !sentIn(t, name, sent, tests.String()) {
					t.Errorf("%s: no test sends %s", proto, match[1])
				}
			}
		}
	}
}

// sentIn looks in the module's own tests first: several modules have messages
// of one name, such as MsgUpdateParams, which a test elsewhere qualifies.
func sentIn(t *testing.T, name string, sent *regexp.Regexp, everywhere string) bool {
	t.Helper()
	for _, file := range filesWith(t, "_test.go") {
		if strings.HasPrefix(file, "x/"+name+"/") && sent.MatchString(read(t, file)) {
			return true
		}
	}
	qualified := regexp.MustCompile(`\b` + name + `(types)?\.` + strings.TrimPrefix(sent.String(), `\b`))
	return qualified.MatchString(everywhere)
}

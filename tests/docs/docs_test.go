// SPDX-License-Identifier: Apache-2.0

package docs_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/tests/docs/blocks"
)

func root(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("../..")
	require.NoError(t, err)
	return dir
}

func all(t *testing.T) []blocks.Block {
	t.Helper()
	found, err := blocks.All(root(t))
	require.NoError(t, err)
	return found
}

func ofKind(t *testing.T, kind blocks.Kind) []blocks.Block {
	t.Helper()
	return slices.DeleteFunc(all(t), func(b blocks.Block) bool { return b.Kind != kind })
}

var makeBuild = sync.OnceValues(func() ([]byte, error) {
	cmd := exec.Command("make", "build")
	cmd.Dir = "../.."
	return cmd.CombinedOutput()
})

// weald is the binary that the documents speak of, as `make build` leaves it.
func weald(t *testing.T) string {
	t.Helper()
	out, err := makeBuild()
	require.NoError(t, err, string(out))
	return filepath.Join(root(t), "build", "weald")
}

// environment gives a document a home of its own, which its blocks share, and
// finds the binary on the path. Go's caches stay where they are.
func environment(t *testing.T, home string) []string {
	t.Helper()
	env := []string{
		"HOME=" + home,
		"PATH=" + filepath.Dir(weald(t)) + string(os.PathListSeparator) + os.Getenv("PATH"),
	}
	for _, name := range []string{"GOPATH", "GOMODCACHE", "GOCACHE", "GOPROXY"} {
		out, err := exec.Command("go", "env", name).Output()
		require.NoError(t, err)
		env = append(env, name+"="+strings.TrimSpace(string(out)))
	}
	return env
}

func TestBlocksMarkedRunRunAsTheyStand(t *testing.T) {
	homes := map[string]string{}
	for _, block := range ofKind(t, blocks.Run) {
		t.Run(block.Name(), func(t *testing.T) {
			home, ok := homes[block.File]
			if !ok {
				var err error
				home, err = os.MkdirTemp("", "weal-docs-")
				require.NoError(t, err)
				homes[block.File] = home
			}
			require.NoError(t, blocks.Exec(t.Context(), root(t), block, environment(t, home)...))
		})
	}
	for _, home := range homes {
		require.NoError(t, os.RemoveAll(home))
	}
}

// Blocks marked make name what takes long and CI runs anyway, so that here they
// are only looked up. Fetching the repository is the one step that needs a network.
func TestBlocksMarkedMakeNameTargetsOfTheMakefile(t *testing.T) {
	makefile, err := os.ReadFile(filepath.Join(root(t), "Makefile"))
	require.NoError(t, err)
	for _, block := range ofKind(t, blocks.Make) {
		for _, command := range block.Commands() {
			words := strings.Fields(strings.SplitN(command, " #", 2)[0])
			switch {
			case words[0] == "make":
				for _, word := range words[1:] {
					target := regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(word) + `:.*## `)
					if !strings.Contains(word, "=") && !target.Match(makefile) {
						t.Errorf("%s: %q: the Makefile has no target %s", block.Name(), command, word)
					}
				}
			case words[0] == "cd", len(words) > 1 && words[0] == "git" && words[1] == "clone":
			default:
				t.Errorf("%s: %q: a block marked make holds targets of make alone; mark it run, net or check", block.Name(), command)
			}
		}
	}
}

func TestBlocksMarkedNetAreRunByTheEndToEndTest(t *testing.T) {
	if len(ofKind(t, blocks.Net)) == 0 {
		return
	}
	sources, err := filepath.Glob(filepath.Join(root(t), "tests", "e2e", "*_test.go"))
	require.NoError(t, err)
	runs := slices.ContainsFunc(sources, func(source string) bool {
		text, err := os.ReadFile(source)
		return err == nil && strings.Contains(string(text), "blocks.Net")
	})
	require.True(t, runs, "the documents hold blocks marked net, and no test of tests/e2e runs blocks.Net")
}

func TestTheReadmeShowsHowToBuildTestAndRun(t *testing.T) {
	var commands []string
	for _, block := range all(t) {
		if block.File == "README.md" {
			commands = append(commands, block.Commands()...)
		}
	}
	for _, want := range []string{"make run", "make test"} {
		require.True(t, slices.ContainsFunc(commands, func(c string) bool { return c == want || strings.HasPrefix(c, want+" ") }),
			"README.md has no block with %q", want)
	}
}

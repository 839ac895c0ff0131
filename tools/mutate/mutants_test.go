// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// mill is a package of which the tests look at one function, and not at another.
func mill(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":       "module mill\n\ngo 1.24\n",
		"mill.go":      "package mill\n\nconst unit = 8\n\n// Half is half of x, in units.\nfunc Half(x uint) uint {\n\tif x < unit {\n\t\treturn 0\n\t}\n\treturn x / 2\n}\n\nfunc Twice(x int) int { return x + x }\n",
		"mill_test.go": "package mill\n\nimport \"testing\"\n\nfunc TestHalf(t *testing.T) {\n\tfor x, want := range map[uint]uint{7: 0, 8: 4, 9: 4} {\n\t\tif Half(x) != want {\n\t\t\tt.Fatal(x)\n\t\t}\n\t}\n}\n",
	} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	t.Chdir(dir)
	return dir
}

func TestChangesAreListedWithWhatStandsThere(t *testing.T) {
	mill(t)
	var out bytes.Buffer
	require.NoError(t, run([]string{"-list", "."}, &out))
	require.Equal(t, `mill.go:3: `+"`const unit = 8`"+` 8 to 9
mill.go:3: `+"`const unit = 8`"+` 8 to 7
mill.go:7: `+"`if x < unit {`"+` negated
mill.go:7: `+"`if x < unit {`"+` < to <=
mill.go:8: `+"`return 0`"+` 0 to 1
mill.go:10: `+"`return x / 2`"+` / to *
mill.go:10: `+"`return x / 2`"+` rounded up
mill.go:10: `+"`return x / 2`"+` 2 to 3
mill.go:10: `+"`return x / 2`"+` 2 to 1
mill.go:13: `+"`func Twice(x int) int { return x + x }`"+` + to -
`, out.String())
}

func TestWhatNoTestLooksAtSurvives(t *testing.T) {
	mill(t)
	var out bytes.Buffer
	require.ErrorContains(t, run([]string{"-min", "95", "-jobs", "1", "."}, &out), "too few changes noticed")
	require.Equal(t, "SURVIVED mill.go:13: `func Twice(x int) int { return x + x }` + to -\nmill: 9 of 10 changes noticed (90.0%), 0 of them by hanging\n", out.String())
}

func TestAnEquivalentChangeIsNotTriedAndNeedsAReason(t *testing.T) {
	dir := mill(t)
	list := filepath.Join(dir, "equivalents.txt")
	line := "mill.go: `func Twice(x int) int { return x + x }` + to -\n"
	require.NoError(t, os.WriteFile(list, []byte(line), 0o600))
	require.ErrorContains(t, run([]string{"-equivalents", list, "."}, &bytes.Buffer{}), "no reason above")

	require.NoError(t, os.WriteFile(list, []byte("# Nobody calls it.\n"+line+"gone.go: `x` left out\n"), 0o600))
	var out bytes.Buffer
	require.NoError(t, run([]string{"-min", "100", "-jobs", "1", "-equivalents", list, "."}, &out))
	require.Equal(t, "mill: 9 of 9 changes noticed (100.0%), 0 of them by hanging\nno such change any more: gone.go: `x` left out\n", out.String())
}

func TestAPackageMustBeNamed(t *testing.T) {
	require.ErrorContains(t, run([]string{"-min", "95"}, &bytes.Buffer{}), "no package given")
}

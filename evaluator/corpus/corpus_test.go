// SPDX-License-Identifier: Apache-2.0

package corpus

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func writeFiles(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o750))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	}
	return dir
}

func TestDigestIsTheHashOfTheSortedLines(t *testing.T) {
	dir := writeFiles(t, map[string]string{"b.go": "two", "a/a.go": "one"})
	files, err := Describe(dir, []string{"b.go", "a/a.go"})
	require.NoError(t, err)
	one, two := sha256.Sum256([]byte("one")), sha256.Sum256([]byte("two"))
	lines := hex.EncodeToString(one[:]) + "  3  a/a.go\n" + hex.EncodeToString(two[:]) + "  3  b.go\n"
	require.Equal(t, sha256.Sum256([]byte(lines)), Digest(files))

	slices.Reverse(files)
	require.Equal(t, sha256.Sum256([]byte(lines)), Digest(files), "the order of the list does not matter")
}

func TestAMatchingCopyLoadsInTheOrderOfPaths(t *testing.T) {
	dir := writeFiles(t, map[string]string{"b.go": "two", "a.go": "one"})
	files, err := Describe(dir, []string{"b.go", "a.go"})
	require.NoError(t, err)
	text, err := Load(dir, files)
	require.NoError(t, err)
	require.Equal(t, [][]byte{[]byte("one"), []byte("two")}, text.Contents)
}

func TestADifferentCopyIsRefusedWithTheFilesThatDiffer(t *testing.T) {
	dir := writeFiles(t, map[string]string{"same": "same", "edited": "text", "longer": "x", "gone": "y"})
	files, err := Describe(dir, []string{"same", "edited", "longer", "gone"})
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "edited"), []byte("TEXT"), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "longer"), []byte("xx"), 0o600))
	require.NoError(t, os.Remove(filepath.Join(dir, "gone")))

	_, err = Load(dir, files)
	require.ErrorIs(t, err, ErrMismatch)
	require.ErrorContains(t, err, "edited (bytes differ)")
	require.ErrorContains(t, err, "longer (size differs, expected 1 bytes)")
	require.ErrorContains(t, err, "gone (missing)")
	require.NotContains(t, err.Error(), "same (")
}

func TestTheErrorNamesABoundedNumberOfFiles(t *testing.T) {
	all := map[string]string{}
	var names []string
	for i := range 25 {
		name := "f" + string(rune('a'+i))
		all[name], names = "x", append(names, name)
	}
	files, err := Describe(writeFiles(t, all), names)
	require.NoError(t, err)
	_, err = Load(t.TempDir(), files)
	require.ErrorIs(t, err, ErrMismatch)
	require.ErrorContains(t, err, "and 15 more")
}

func TestListsThatAreNoCorpusAreRefused(t *testing.T) {
	digest := strings.Repeat("ab", 32)
	for name, files := range map[string][]File{
		"an empty list":          {},
		"a path that goes up":    {{Path: "../x", SHA256: digest}},
		"an absolute path":       {{Path: "/etc/passwd", SHA256: digest}},
		"an unclean path":        {{Path: "a//b", SHA256: digest}},
		"a path with a newline":  {{Path: "a\nb", SHA256: digest}},
		"an empty path":          {{SHA256: digest}},
		"a path given twice":     {{Path: "a", SHA256: digest}, {Path: "a", SHA256: digest}},
		"a negative size":        {{Path: "a", SHA256: digest, Bytes: -1}},
		"a short digest":         {{Path: "a", SHA256: "ab"}},
		"a digest in upper case": {{Path: "a", SHA256: strings.ToUpper(digest)}},
	} {
		require.ErrorIs(t, Validate(files), ErrInvalid, name)
		_, err := Load(t.TempDir(), files)
		require.ErrorIs(t, err, ErrInvalid, name)
	}
}

func TestTheGoSourceSplitsIntoDisjointPartsOfPlainSource(t *testing.T) {
	dir, err := GoRoot(context.Background())
	require.NoError(t, err)
	parts, err := SplitGoSource(dir)
	require.NoError(t, err)
	again, err := SplitGoSource(dir)
	require.NoError(t, err)
	require.Equal(t, parts, again)

	seen := map[string]bool{}
	for _, list := range [][]string{parts.HeldOut, parts.Sample, parts.Training} {
		require.NotEmpty(t, list)
		for _, p := range list {
			require.False(t, seen[p], p)
			seen[p] = true
			require.True(t, strings.HasSuffix(p, ".go") && !strings.HasSuffix(p, "_test.go") && !strings.HasPrefix(p, "cmd/"), p)
		}
	}
	files, err := Describe(dir, parts.HeldOut)
	require.NoError(t, err)
	size := int64(0)
	for _, f := range files {
		size += f.Bytes
	}
	require.LessOrEqual(t, size, int64(heldOutBytes))
	require.Greater(t, size, int64(heldOutBytes/2))
}

func TestADirectoryWithTooLittleSourceIsRefused(t *testing.T) {
	_, err := SplitGoSource(writeFiles(t, map[string]string{"a.go": "package a\n"}))
	require.ErrorIs(t, err, ErrInvalid)
}

// SPDX-License-Identifier: Apache-2.0

// Package corpus names a body of files by their digests, and checks that a
// directory holds exactly those bytes.
//
// The digest of a corpus is the SHA-256 of one line for each file, sorted by
// path bytewise: the file's SHA-256 in lower-case hexadecimal, two spaces, its
// size in bytes in decimal, two spaces, its slash-separated path, a newline.
package corpus

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// ErrMismatch says that a directory does not hold the files of the corpus.
var ErrMismatch = errors.New("corpus copy does not match")

// ErrInvalid says that a list of files is not a corpus.
var ErrInvalid = errors.New("invalid corpus")

// File is one file of a corpus.
type File struct {
	// Path is relative to the corpus's directory, with forward slashes.
	Path string `json:"path"`
	// SHA256 is the digest of the bytes, 64 lower-case hexadecimal digits.
	SHA256 string `json:"sha256"`
	// Bytes is the size of the file in bytes.
	Bytes int64 `json:"bytes"`
}

// Digest returns the digest of a list of files, in whatever order they come.
func Digest(files []File) [32]byte {
	h := sha256.New()
	for _, f := range Sorted(files) {
		fmt.Fprintf(h, "%s  %d  %s\n", f.SHA256, f.Bytes, f.Path)
	}
	return [32]byte(h.Sum(nil))
}

// Sorted returns a copy of the list in the order of paths.
func Sorted(files []File) []File {
	out := slices.Clone(files)
	slices.SortFunc(out, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return out
}

// Validate checks that the paths are clean, local and unique, and that sizes
// and digests are well formed. Errors match ErrInvalid.
func Validate(files []File) error {
	if len(files) == 0 {
		return fmt.Errorf("%w: it lists no file", ErrInvalid)
	}
	seen := make(map[string]bool, len(files))
	for _, f := range files {
		if f.Path == "" || path.Clean(f.Path) != f.Path || !filepath.IsLocal(filepath.FromSlash(f.Path)) || strings.ContainsAny(f.Path, "\n\\") {
			return fmt.Errorf("%w: path %q is not a clean relative path", ErrInvalid, f.Path)
		}
		if seen[f.Path] {
			return fmt.Errorf("%w: path %q is listed twice", ErrInvalid, f.Path)
		}
		seen[f.Path] = true
		if f.Bytes < 0 {
			return fmt.Errorf("%w: %s has %d bytes", ErrInvalid, f.Path, f.Bytes)
		}
		if b, err := hex.DecodeString(f.SHA256); err != nil || len(b) != sha256.Size || strings.ToLower(f.SHA256) != f.SHA256 {
			return fmt.Errorf("%w: %s has digest %q, expected 64 lower-case hexadecimal digits", ErrInvalid, f.Path, f.SHA256)
		}
	}
	return nil
}

// Describe lists files of a directory with their sizes and digests.
func Describe(dir string, paths []string) ([]File, error) {
	files := make([]File, 0, len(paths))
	for _, p := range paths {
		b, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(p)))
		if err != nil {
			return nil, fmt.Errorf("describe the corpus: %w", err)
		}
		sum := sha256.Sum256(b)
		files = append(files, File{Path: p, SHA256: hex.EncodeToString(sum[:]), Bytes: int64(len(b))})
	}
	return Sorted(files), nil
}

// Text is a loaded corpus: contents in the order of Sorted.
type Text struct {
	Files    []File
	Contents [][]byte
}

// maxNamed bounds how many differing files an error names.
const maxNamed = 10

// Load reads the files from dir and checks each against the list. The error
// matches ErrMismatch and names the files that are missing or differ.
func Load(dir string, files []File) (Text, error) {
	if err := Validate(files); err != nil {
		return Text{}, err
	}
	text := Text{Files: Sorted(files)}
	var wrong []string
	for _, f := range text.Files {
		b, problem := readFile(filepath.Join(dir, filepath.FromSlash(f.Path)), f)
		if problem != "" {
			wrong = append(wrong, f.Path+" ("+problem+")")
		}
		text.Contents = append(text.Contents, b)
	}
	if len(wrong) == 0 {
		return text, nil
	}
	more := ""
	if n := len(wrong) - maxNamed; n > 0 {
		wrong, more = wrong[:maxNamed], fmt.Sprintf(" and %d more", n)
	}
	return Text{}, fmt.Errorf("%w: in %s, of %d files these differ: %s%s: copy the corpus that the topic's spec names",
		ErrMismatch, dir, len(files), strings.Join(wrong, ", "), more)
}

func readFile(name string, want File) ([]byte, string) {
	file, err := os.Open(name) //nolint:gosec // the path was checked to be local
	if errors.Is(err, os.ErrNotExist) {
		return nil, "missing"
	}
	if err != nil {
		return nil, err.Error()
	}
	defer file.Close()
	b, err := io.ReadAll(io.LimitReader(file, want.Bytes+1))
	if err != nil {
		return nil, err.Error()
	}
	if int64(len(b)) != want.Bytes {
		return nil, fmt.Sprintf("size differs, expected %d bytes", want.Bytes)
	}
	if sum := sha256.Sum256(b); hex.EncodeToString(sum[:]) != want.SHA256 {
		return nil, "bytes differ"
	}
	return b, ""
}

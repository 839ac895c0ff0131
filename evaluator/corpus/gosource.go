// SPDX-License-Identifier: Apache-2.0

package corpus

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// Sizes of the parts of the Go source corpus, in bytes. Held-out text loads and
// verifies in well under a second; training text is what order-2 counts need.
const (
	heldOutBytes  = 4 << 20
	sampleBytes   = 256 << 10
	trainingBytes = 12 << 20
	// maxSourceFile leaves out generated tables, which are not what people write.
	maxSourceFile = 256 << 10
)

// Parts is the Go standard library split by file. No file is in two parts.
type Parts struct {
	// Dir is the directory that the paths are relative to.
	Dir string
	// HeldOut is what validators measure on.
	HeldOut []string
	// Sample is public: contributors measure on it before they submit.
	Sample []string
	// Training is what the sample models learn from.
	Training []string
}

// GoRoot returns the source directory of the Go installation of this machine.
func GoRoot(ctx context.Context) (string, error) {
	out, err := exec.CommandContext(ctx, "go", "env", "GOROOT").Output()
	if err != nil {
		return "", fmt.Errorf("find the Go installation with `go env GOROOT`: %w", err)
	}
	return filepath.Join(string(bytes.TrimSpace(out)), "src"), nil
}

// SplitGoSource splits the .go files of the standard library under dir: no
// tests, no commands, no vendored, internal test data or generated tables.
// Files are ordered by SHA-256("weal/corpus/v1" | path) and dealt to held-out,
// sample and training in turn, each until it is full; so the split depends on
// the names alone.
func SplitGoSource(dir string) (Parts, error) {
	files, err := sourceFiles(dir)
	if err != nil {
		return Parts{}, fmt.Errorf("list the Go source in %s: %w", dir, err)
	}
	parts := Parts{Dir: dir}
	targets := []struct {
		list *[]string
		room int64
	}{{&parts.HeldOut, heldOutBytes}, {&parts.Sample, sampleBytes}, {&parts.Training, trainingBytes}}
	for _, f := range files {
		for len(targets) > 0 && f.bytes > targets[0].room {
			targets = targets[1:]
		}
		if len(targets) == 0 {
			break
		}
		*targets[0].list = append(*targets[0].list, f.path)
		targets[0].room -= f.bytes
	}
	if len(parts.Training) == 0 {
		return Parts{}, fmt.Errorf("%w: %s holds too little Go source to split", ErrInvalid, dir)
	}
	for _, list := range [][]string{parts.HeldOut, parts.Sample, parts.Training} {
		slices.Sort(list)
	}
	return parts, nil
}

type sourceFile struct {
	path  string
	bytes int64
	key   [32]byte
}

func sourceFiles(dir string) ([]sourceFile, error) {
	var files []sourceFile
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if d.IsDir() {
			if rel == "cmd" || d.Name() == "testdata" || d.Name() == "vendor" {
				return filepath.SkipDir
			}
			return nil
		}
		if !d.Type().IsRegular() || !strings.HasSuffix(rel, ".go") || strings.HasSuffix(rel, "_test.go") {
			return nil
		}
		info, err := d.Info()
		if err != nil || info.Size() > maxSourceFile || info.Size() == 0 {
			return err
		}
		files = append(files, sourceFile{rel, info.Size(), sha256.Sum256([]byte("weal/corpus/v1" + rel))})
		return nil
	})
	slices.SortFunc(files, func(a, b sourceFile) int { return bytes.Compare(a.key[:], b.key[:]) })
	return files, err
}

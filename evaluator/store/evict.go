// SPDX-License-Identifier: Apache-2.0

package store

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// makeRoom sees that size more bytes fit.
func (d *Dir) makeRoom(size int64) error {
	if d.MaxBytes == 0 {
		return nil
	}
	if size > d.MaxBytes {
		return fmt.Errorf("%w: %d bytes do not fit into %d", ErrFull, size, d.MaxBytes)
	}
	files, total, err := d.list()
	if err != nil {
		return err
	}
	if total+size <= d.MaxBytes {
		return nil
	}
	if !d.Evict {
		return fmt.Errorf("%w: %d of %d bytes are used", ErrFull, total, d.MaxBytes)
	}
	for _, f := range files {
		if err := os.Remove(filepath.Join(d.Path, f.name)); err != nil && !os.IsNotExist(err) {
			return fmt.Errorf("make room in the store: %w", err)
		}
		if total -= f.size; total+size <= d.MaxBytes {
			break
		}
	}
	return nil
}

type kept struct {
	name string
	size int64
	used time.Time
}

// list returns the files, the one that was not used for longest first.
func (d *Dir) list() ([]kept, int64, error) {
	entries, err := os.ReadDir(d.Path)
	if err != nil {
		return nil, 0, fmt.Errorf("list the store: %w", err)
	}
	var files []kept
	total := int64(0)
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !info.Mode().IsRegular() || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		files = append(files, kept{e.Name(), info.Size(), info.ModTime()})
		total += info.Size()
	}
	slices.SortFunc(files, func(a, b kept) int {
		if c := a.used.Compare(b.used); c != 0 {
			return c
		}
		return strings.Compare(a.name, b.name)
	})
	return files, total, nil
}

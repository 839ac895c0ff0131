// SPDX-License-Identifier: Apache-2.0

// Package journal keeps small records on disk so that they are either there
// whole or not at all, whenever the process or the machine stops.
package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// ErrNone says that there is no record.
var ErrNone = errors.New("no record")

// Save writes a record as JSON: into a temporary file beside it, flushed to the
// disk, renamed over the old one, and the directory flushed as well. When Save
// returns nil the record survives a power cut.
func Save(path string, record any) error {
	b, err := json.MarshalIndent(record, "", "  ")
	if err != nil {
		return fmt.Errorf("encode %s: %w", path, err)
	}
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("save %s: %w", path, err)
	}
	if err := replace(dir, path, append(b, '\n')); err != nil {
		return fmt.Errorf("save %s: %w", path, err)
	}
	return nil
}

func replace(dir, path string, b []byte) error {
	temp, err := os.CreateTemp(dir, ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name()) //nolint:errcheck // gone once it was renamed
	_, err = temp.Write(b)
	if err := errors.Join(err, temp.Sync(), temp.Close()); err != nil {
		return err
	}
	if err := os.Rename(temp.Name(), path); err != nil {
		return err
	}
	return syncDir(dir)
}

func syncDir(dir string) error {
	d, err := os.Open(dir) //nolint:gosec // our own directory
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// Load reads a record, or returns ErrNone. Unknown keys are an error: a newer
// version may mean something by them that this one would lose.
func Load(path string, record any) error {
	b, err := os.ReadFile(path) //nolint:gosec // our own file
	if errors.Is(err, os.ErrNotExist) {
		return ErrNone
	}
	if err != nil {
		return fmt.Errorf("load %s: %w", path, err)
	}
	decoder := json.NewDecoder(bytes.NewReader(b))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(record); err != nil {
		return fmt.Errorf("load %s: %w: move the file away if it is not from this version", path, err)
	}
	return nil
}

// Append adds a record as one line of JSON and flushes it to the disk.
func Append(path string, record any) error {
	b, err := json.Marshal(record)
	if err != nil {
		return fmt.Errorf("encode for %s: %w", path, err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("append to %s: %w", path, err)
	}
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_RDWR, 0o600) //nolint:gosec // our own file
	if err != nil {
		return fmt.Errorf("append to %s: %w", path, err)
	}
	// A line that a crash cut short must not swallow the next one.
	b = append(append(startOfLine(file), b...), '\n')
	_, err = file.Write(b)
	return errors.Join(err, file.Sync(), file.Close())
}

func startOfLine(file *os.File) []byte {
	end, err := file.Seek(0, io.SeekEnd)
	if err != nil || end == 0 {
		return nil
	}
	last := []byte{0}
	if _, err := file.ReadAt(last, end-1); err == nil && last[0] == '\n' {
		return nil
	}
	return []byte{'\n'}
}

// Lines calls use with each whole line of JSON. Lines that a crash cut short
// are passed over: what they held is done again.
func Lines(path string, use func(line []byte) error) error {
	b, err := os.ReadFile(path) //nolint:gosec // our own file
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	for _, line := range bytes.Split(b, []byte{'\n'}) {
		if !json.Valid(line) {
			continue
		}
		if err := use(line); err != nil {
			return fmt.Errorf("read %s: %w", path, err)
		}
	}
	return nil
}

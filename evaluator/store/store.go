// SPDX-License-Identifier: Apache-2.0

// Package store keeps and fetches files that are named by their SHA-256. What
// is read is hashed while it streams, so that no server, mirror or disk can put
// other bytes in place of those that were asked for.
package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// Errors of the package; match them with errors.Is.
var (
	// ErrNotFound says that nobody served the file.
	ErrNotFound = errors.New("artifact not found")
	// ErrDigest says that other bytes came than those asked for.
	ErrDigest = errors.New("artifact has other bytes")
	// ErrTooLarge says that a file exceeds its size.
	ErrTooLarge = errors.New("artifact is too large")
	// ErrFull says that the directory has no room left.
	ErrFull = errors.New("store is full")
	// ErrScheme says that a URI is of a kind that is not spoken here.
	ErrScheme = errors.New("unsupported address")
)

// Digest is the SHA-256 of a file.
type Digest [32]byte

// String returns the digest in lower-case hexadecimal.
func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// ParseDigest reads 64 hexadecimal digits.
func ParseDigest(s string) (Digest, error) {
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != sha256.Size {
		return Digest{}, fmt.Errorf("digest is %q, expected 64 hexadecimal digits", s)
	}
	return Digest(b), nil
}

// Dir is a directory of files named by their digest. It is safe for use by
// several goroutines; several processes may share it as well.
type Dir struct {
	// Path is the directory.
	Path string
	// MaxBytes bounds the size of all files together; 0 means no bound.
	MaxBytes int64
	// Evict makes room by removing the files that were not used for longest;
	// otherwise a full directory refuses more.
	Evict bool

	mu sync.Mutex
}

// Open makes the directory.
func Open(path string, maxBytes int64, evict bool) (*Dir, error) {
	if err := os.MkdirAll(path, 0o755); err != nil { //nolint:gosec // artifacts are public
		return nil, fmt.Errorf("open the store: %w", err)
	}
	return &Dir{Path: path, MaxBytes: maxBytes, Evict: evict}, nil
}

// File returns the path of a file that the directory holds, or ErrNotFound. It
// counts as a use.
func (d *Dir) File(digest Digest) (string, error) {
	path := filepath.Join(d.Path, digest.String())
	now := time.Now()
	if err := os.Chtimes(path, now, now); err != nil {
		if errors.Is(err, os.ErrNotExist) {
			return "", fmt.Errorf("%w: %s", ErrNotFound, digest)
		}
		return "", err
	}
	return path, nil
}

// Put reads a file of at most maxBytes, checks its digest while it streams and
// keeps it. A file that is kept already is not read. On error nothing is left.
func (d *Dir) Put(ctx context.Context, digest Digest, maxBytes int64, r io.Reader) (string, error) {
	if path, err := d.File(digest); err == nil {
		return path, nil
	}
	temp, err := os.CreateTemp(d.Path, ".incoming-*")
	if err != nil {
		return "", fmt.Errorf("write to the store: %w", err)
	}
	defer os.Remove(temp.Name()) //nolint:errcheck // gone once it was renamed
	size, err := copyChecked(ctx, temp, r, digest, maxBytes)
	if err != nil {
		temp.Close() //nolint:errcheck // the first error counts
		return "", err
	}
	if err := errors.Join(temp.Chmod(0o644), temp.Sync(), temp.Close()); err != nil {
		return "", fmt.Errorf("write to the store: %w", err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.makeRoom(size); err != nil {
		return "", err
	}
	path := filepath.Join(d.Path, digest.String())
	return path, os.Rename(temp.Name(), path)
}

// copyChecked copies at most maxBytes and compares the digest of what came.
func copyChecked(ctx context.Context, w io.Writer, r io.Reader, want Digest, maxBytes int64) (int64, error) {
	h := sha256.New()
	limited := io.LimitReader(contextReader{ctx, r}, maxBytes+1)
	n, err := io.Copy(io.MultiWriter(w, h), limited)
	if err != nil {
		return n, err
	}
	if n > maxBytes {
		return n, fmt.Errorf("%w: more than %d bytes", ErrTooLarge, maxBytes)
	}
	if got := Digest(h.Sum(nil)); got != want {
		return n, fmt.Errorf("%w: expected %s, got %s", ErrDigest, want, got)
	}
	return n, nil
}

// contextReader stops reading when its context ends.
type contextReader struct {
	ctx context.Context //nolint:containedctx // lives as long as one copy
	r   io.Reader
}

func (c contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

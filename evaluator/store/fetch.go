// SPDX-License-Identifier: Apache-2.0

package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// Fetcher gets files from the addresses that contributors named, into a cache.
// Addresses come from strangers, so what they may make this machine reach is
// narrow unless the operator widens it.
type Fetcher struct {
	// Cache receives what is fetched.
	Cache *Dir
	// Own are directories that are looked into first.
	Own []*Dir
	// FileRoots are the directories that file:// addresses may point into;
	// none by default.
	FileRoots []string
	// PrivateNetworks lets http addresses lead to this machine and to private
	// networks; for local networks and tests.
	PrivateNetworks bool
	// Timeout bounds one attempt at one address.
	Timeout time.Duration
}

// Fetch returns the path of the file. It looks at what is kept, then tries the
// addresses in turn; when none serves the file the error tells what each did.
func (f *Fetcher) Fetch(ctx context.Context, digest Digest, maxBytes int64, uris []string) (string, error) {
	for _, dir := range append([]*Dir{f.Cache}, f.Own...) {
		if path, err := dir.File(digest); err == nil {
			return path, nil
		}
	}
	failures := []error{fmt.Errorf("%w: %s", ErrNotFound, digest)}
	for _, uri := range uris {
		path, err := f.attempt(ctx, digest, maxBytes, uri)
		if err == nil {
			return path, nil
		}
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
		failures = append(failures, fmt.Errorf("%s: %w", uri, err))
	}
	return "", errors.Join(failures...)
}

func (f *Fetcher) attempt(ctx context.Context, digest Digest, maxBytes int64, uri string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, f.Timeout)
	defer cancel()
	body, err := f.open(ctx, uri)
	if err != nil {
		return "", err
	}
	defer body.Close()
	return f.Cache.Put(ctx, digest, maxBytes, body)
}

func (f *Fetcher) open(ctx context.Context, uri string) (io.ReadCloser, error) {
	u, err := url.Parse(uri)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrScheme, err)
	}
	switch u.Scheme {
	case "file":
		return f.openFile(u)
	case "http", "https":
		return f.openHTTP(ctx, uri)
	}
	return nil, schemeError(u.Scheme)
}

func schemeError(scheme string) error {
	return fmt.Errorf("%w: scheme %q, expected file://, http:// or https://", ErrScheme, scheme)
}

func (f *Fetcher) openFile(u *url.URL) (io.ReadCloser, error) {
	path, err := filepath.EvalSymlinks(filepath.FromSlash(u.Path))
	if err != nil {
		return nil, err
	}
	if !f.allowed(path) {
		return nil, fmt.Errorf("%w: this evaluator reads file:// addresses only below %q: serve the file over http", ErrScheme, f.FileRoots)
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%w: not a regular file", ErrScheme)
	}
	return os.Open(path) //nolint:gosec // below an allowed root, and its digest is checked
}

func (f *Fetcher) allowed(path string) bool {
	for _, root := range f.FileRoots {
		if real, err := filepath.EvalSymlinks(root); err == nil {
			root = real
		}
		if rel, err := filepath.Rel(root, path); err == nil && filepath.IsLocal(rel) {
			return true
		}
	}
	return false
}

func (f *Fetcher) openHTTP(ctx context.Context, uri string) (io.ReadCloser, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, uri, http.NoBody)
	if err != nil {
		return nil, err
	}
	resp, err := f.client().Do(req)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		resp.Body.Close()
		return nil, fmt.Errorf("%w: the server answered %s", ErrNotFound, resp.Status)
	}
	return resp.Body, nil
}

const maxRedirects = 3

func (f *Fetcher) client() *http.Client {
	dialer := &net.Dialer{Timeout: 10 * time.Second}
	if !f.PrivateNetworks {
		// Checked on the address that is dialled, so that no name and no
		// redirect leads around it.
		dialer.Control = func(_, address string, _ syscall.RawConn) error { return publicOnly(address) }
	}
	return &http.Client{
		Transport: &http.Transport{DialContext: dialer.DialContext, ResponseHeaderTimeout: 30 * time.Second, DisableKeepAlives: true},
		CheckRedirect: func(req *http.Request, via []*http.Request) error {
			if len(via) > maxRedirects {
				return fmt.Errorf("more than %d redirects", maxRedirects)
			}
			return nil
		},
	}
}

func publicOnly(address string) error {
	ip, err := netip.ParseAddrPort(address)
	if err != nil {
		return err
	}
	a := ip.Addr().Unmap()
	if a.IsLoopback() || a.IsPrivate() || a.IsLinkLocalUnicast() || a.IsMulticast() || a.IsUnspecified() || carrierNAT.Contains(a) {
		return fmt.Errorf("%w: %s is not a public address: allow private networks in the configuration if it is yours", ErrScheme, a)
	}
	return nil
}

// carrierNAT is the shared address space of RFC 6598.
var carrierNAT = netip.MustParsePrefix("100.64.0.0/10")

// Upload copies the file at path to the store that base names and returns the
// address under which it is served: base, a slash, and the digest. A store is a
// directory (file://) or a server that takes PUT (http:// or https://); a server
// without a path is an evaluator, whose store is under /artifacts.
func Upload(ctx context.Context, base, path string, digest Digest) (string, error) {
	u, err := url.Parse(base)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrScheme, err)
	}
	file, err := os.Open(path) //nolint:gosec // the caller's own file
	if err != nil {
		return "", err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return "", err
	}
	base = strings.TrimRight(base, "/")
	if u.Scheme != "file" && strings.Trim(u.Path, "/") == "" {
		base += "/artifacts"
	}
	address := base + "/" + digest.String()
	switch u.Scheme {
	case "file":
		dir, err := Open(filepath.FromSlash(u.Path), 0, false)
		if err != nil {
			return "", err
		}
		_, err = dir.Put(ctx, digest, info.Size(), file)
		return address, err
	case "http", "https":
		return address, put(ctx, address, file, info.Size())
	}
	return "", schemeError(u.Scheme)
}

func put(ctx context.Context, address string, body io.Reader, size int64) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPut, address, body)
	if err != nil {
		return err
	}
	req.ContentLength = size
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("copy to the store: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode/100 == 2 {
		return nil
	}
	text, _ := io.ReadAll(io.LimitReader(resp.Body, 512)) //nolint:errcheck // the status says enough
	return fmt.Errorf("copy to the store %s: it answered %s: %s", address, resp.Status, strings.TrimSpace(string(text)))
}

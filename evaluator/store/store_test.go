// SPDX-License-Identifier: Apache-2.0

package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func digestOf(s string) Digest { return sha256.Sum256([]byte(s)) }

func open(t *testing.T, max int64, evict bool) *Dir {
	t.Helper()
	d, err := Open(filepath.Join(t.TempDir(), "store"), max, evict)
	require.NoError(t, err)
	return d
}

func putString(t *testing.T, d *Dir, s string) error {
	t.Helper()
	_, err := d.Put(context.Background(), digestOf(s), 1<<20, strings.NewReader(s))
	return err
}

func names(t *testing.T, d *Dir) []string {
	t.Helper()
	entries, err := os.ReadDir(d.Path)
	require.NoError(t, err)
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

func TestWhatIsPutIsFoundByItsDigest(t *testing.T) {
	d := open(t, 0, false)
	require.NoError(t, putString(t, d, "model"))
	path, err := d.File(digestOf("model"))
	require.NoError(t, err)
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "model", string(b))
	_, err = d.File(digestOf("other"))
	require.ErrorIs(t, err, ErrNotFound)
}

func TestRefusedBytesLeaveNothingBehind(t *testing.T) {
	d := open(t, 0, false)
	stopped, cancel := context.WithCancel(context.Background())
	cancel()
	for name, c := range map[string]struct {
		ctx  context.Context //nolint:containedctx // a test case
		max  int64
		r    io.Reader
		want error
	}{
		"other bytes":       {context.Background(), 100, strings.NewReader("evil"), ErrDigest},
		"one byte too many": {context.Background(), 4, strings.NewReader("model"), ErrTooLarge},
		"a broken stream":   {context.Background(), 100, io.MultiReader(strings.NewReader("mo"), broken{}), io.ErrClosedPipe},
		"a stopped caller":  {stopped, 100, strings.NewReader("model"), context.Canceled},
	} {
		_, err := d.Put(c.ctx, digestOf("model"), c.max, c.r)
		require.ErrorIs(t, err, c.want, name)
		require.Empty(t, names(t, d), name)
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestTheErrorNamesBothDigests(t *testing.T) {
	_, err := open(t, 0, false).Put(context.Background(), digestOf("model"), 100, strings.NewReader("evil"))
	require.ErrorContains(t, err, "expected "+digestOf("model").String()+", got "+digestOf("evil").String())
}

func TestACacheDropsWhatWasNotUsedForLongest(t *testing.T) {
	d := open(t, 10, true)
	require.NoError(t, putString(t, d, "aaaa"))
	require.NoError(t, putString(t, d, "bbbb"))
	old, older := time.Now().Add(-time.Hour), time.Now().Add(-2*time.Hour)
	require.NoError(t, os.Chtimes(filepath.Join(d.Path, digestOf("aaaa").String()), older, older))
	require.NoError(t, os.Chtimes(filepath.Join(d.Path, digestOf("bbbb").String()), old, old))
	_, err := d.File(digestOf("aaaa"))
	require.NoError(t, err, "a use makes it young again")

	require.NoError(t, putString(t, d, "cccc"))
	require.ElementsMatch(t, []string{digestOf("aaaa").String(), digestOf("cccc").String()}, names(t, d))
	require.ErrorIs(t, putString(t, d, "longer than ten"), ErrFull)
	require.Len(t, names(t, d), 2)
}

func TestAFullStoreRefusesMoreAndKeepsWhatItHas(t *testing.T) {
	d := open(t, 10, false)
	require.NoError(t, putString(t, d, "aaaaaaaa"))
	require.ErrorIs(t, putString(t, d, "bbbb"), ErrFull)
	require.Equal(t, []string{digestOf("aaaaaaaa").String()}, names(t, d))
	require.NoError(t, putString(t, d, "aaaaaaaa"), "the same bytes need no room")
}

func serve(t *testing.T, h http.Handler) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

func fetcher(t *testing.T) *Fetcher {
	t.Helper()
	return &Fetcher{Cache: open(t, 0, true), PrivateNetworks: true, Timeout: 5 * time.Second}
}

func TestTheNextAddressIsTriedWhenOneFails(t *testing.T) {
	evil := serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "evil") }))
	gone := serve(t, http.NotFoundHandler())
	own := open(t, 0, false)
	require.NoError(t, putString(t, own, "model"))
	good := serve(t, &Server{Dirs: []*Dir{own}, MaxBytes: 100})
	f := fetcher(t)
	d := digestOf("model")

	_, err := f.Fetch(context.Background(), d, 100, []string{evil + "/x", gone + "/x", "oci://registry/x", "s3://bucket/x", "://"})
	require.ErrorIs(t, err, ErrNotFound)
	require.ErrorIs(t, err, ErrDigest)
	require.ErrorIs(t, err, ErrScheme)
	require.ErrorContains(t, err, "got "+digestOf("evil").String())
	require.ErrorContains(t, err, "404")
	require.ErrorContains(t, err, `scheme "oci", expected file://, http:// or https://`)
	require.Empty(t, names(t, f.Cache))

	path, err := f.Fetch(context.Background(), d, 100, []string{evil + "/x", good + "/" + d.String()})
	require.NoError(t, err)
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "model", string(b))

	again, err := f.Fetch(context.Background(), d, 100, nil)
	require.NoError(t, err, "what is cached needs no address")
	require.Equal(t, path, again)
}

func TestAServerThatSendsWithoutEndIsCutOff(t *testing.T) {
	endless := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			if _, err := w.Write(make([]byte, 4096)); err != nil {
				return
			}
		}
	}))
	_, err := fetcher(t).Fetch(context.Background(), digestOf("model"), 100, []string{endless})
	require.ErrorIs(t, err, ErrTooLarge)
}

func TestAServerThatHangsIsGivenUp(t *testing.T) {
	hang := serve(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	f := fetcher(t)
	f.Timeout = 100 * time.Millisecond
	_, err := f.Fetch(context.Background(), digestOf("model"), 100, []string{hang})
	require.ErrorIs(t, err, context.DeadlineExceeded)
}

func TestStrangersCannotMakeTheMachineReachPrivateNetworks(t *testing.T) {
	f := fetcher(t)
	f.PrivateNetworks = false
	local := serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "model") }))
	_, err := f.Fetch(context.Background(), digestOf("model"), 100, []string{local})
	require.ErrorIs(t, err, ErrScheme)
	for _, address := range []string{"127.0.0.1:80", "10.1.2.3:80", "192.168.0.1:80", "169.254.169.254:80", "[::1]:80", "[::ffff:127.0.0.1]:80", "0.0.0.0:80", "100.64.0.1:80"} {
		require.ErrorIs(t, publicOnly(address), ErrScheme, address)
	}
	require.NoError(t, publicOnly("93.184.216.34:443"))
}

func TestFileAddressesAreReadOnlyBelowAllowedRoots(t *testing.T) {
	root, outside := t.TempDir(), t.TempDir()
	for _, dir := range []string{root, outside} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, "m"), []byte("model"), 0o600))
	}
	require.NoError(t, os.Symlink(filepath.Join(outside, "m"), filepath.Join(root, "link")))
	f := fetcher(t)
	f.FileRoots = []string{root}
	for _, uri := range []string{"file://" + outside + "/m", "file://" + root + "/link", "file://" + root + "/../" + filepath.Base(outside) + "/m", "file://" + root} {
		_, err := f.Fetch(context.Background(), digestOf("model"), 100, []string{uri})
		require.ErrorIs(t, err, ErrScheme, uri)
	}
	_, err := f.Fetch(context.Background(), digestOf("model"), 100, []string{"file://" + root + "/m"})
	require.NoError(t, err)
}

func TestUploadsGoToDirectoriesAndServers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "m.onnx")
	require.NoError(t, os.WriteFile(path, []byte("model"), 0o600))
	own := open(t, 0, false)
	handler := &Server{Dirs: []*Dir{own}, MaxBytes: 100}
	mux := http.NewServeMux()
	mux.Handle("/artifacts/", http.StripPrefix("/artifacts", handler))
	mux.Handle("/other/", http.StripPrefix("/other", handler))
	server := serve(t, mux)
	d := digestOf("model")

	uri, err := Upload(context.Background(), server+"/other/", path, d)
	require.NoError(t, err)
	require.Equal(t, server+"/other/"+d.String(), uri)
	uri, err = Upload(context.Background(), server, path, d)
	require.NoError(t, err)
	require.Equal(t, server+"/artifacts/"+d.String(), uri)
	_, err = own.File(d)
	require.NoError(t, err)

	dir := filepath.Join(t.TempDir(), "new")
	uri, err = Upload(context.Background(), "file://"+dir, path, d)
	require.NoError(t, err)
	require.Equal(t, "file://"+dir+"/"+d.String(), uri)
	require.FileExists(t, filepath.Join(dir, d.String()))

	_, err = Upload(context.Background(), "s3://bucket", path, d)
	require.ErrorIs(t, err, ErrScheme)
	_, err = Upload(context.Background(), server, path, digestOf("other"))
	require.ErrorContains(t, err, "422")
}

func TestTheServerRefusesWhatItShould(t *testing.T) {
	own := open(t, 10, false)
	server := &Server{Dirs: []*Dir{own}, MaxBytes: 8}
	do := func(h http.Handler, method, path, body string) int {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(method, path, bytes.NewReader([]byte(body))))
		return w.Code
	}
	model, large := "/"+digestOf("model").String(), "/"+digestOf("too large").String()
	require.Equal(t, http.StatusCreated, do(server, http.MethodPut, model, "model"))
	require.Equal(t, http.StatusOK, do(server, http.MethodGet, model, ""))
	require.Equal(t, http.StatusOK, do(server, http.MethodHead, model, ""))
	require.Equal(t, http.StatusUnprocessableEntity, do(server, http.MethodPut, "/"+digestOf("a").String(), "b"))
	require.Equal(t, http.StatusRequestEntityTooLarge, do(server, http.MethodPut, large, "too large"))
	require.Equal(t, http.StatusInsufficientStorage, do(server, http.MethodPut, "/"+digestOf("seventy").String(), "seventy"))
	require.Equal(t, http.StatusBadRequest, do(server, http.MethodGet, "/../secret", ""))
	require.Equal(t, http.StatusMethodNotAllowed, do(server, http.MethodDelete, model, ""))
	require.Equal(t, http.StatusNotFound, do(server, http.MethodGet, large, ""))
	server.ReadOnly = true
	require.Equal(t, http.StatusForbidden, do(server, http.MethodPut, model, "model"))
}

// SPDX-License-Identifier: Apache-2.0

package store

import (
	"errors"
	"net/http"
	"os"
	"strconv"
	"time"
)

// Server serves directories over HTTP: GET and HEAD of /DIGEST from all of
// them, PUT into the first. Mount it with http.StripPrefix.
type Server struct {
	// Dirs are looked into in turn.
	Dirs []*Dir
	// MaxBytes bounds one uploaded file.
	MaxBytes int64
	// ReadOnly refuses uploads.
	ReadOnly bool
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Path
	if len(name) > 0 && name[0] == '/' {
		name = name[1:]
	}
	digest, err := ParseDigest(name)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		s.get(w, r, digest)
	case http.MethodPut:
		s.put(w, r, digest)
	default:
		w.Header().Set("Allow", "GET, HEAD, PUT")
		http.Error(w, "use GET, HEAD or PUT", http.StatusMethodNotAllowed)
	}
}

func (s *Server) get(w http.ResponseWriter, r *http.Request, digest Digest) {
	for _, dir := range s.Dirs {
		if path, err := dir.File(digest); err == nil {
			send(w, r, digest, path)
			return
		}
	}
	http.Error(w, "no such artifact here: "+digest.String(), http.StatusNotFound)
}

// send serves a file; its time of change is that of its last use and says
// nothing about its bytes, which never change.
func send(w http.ResponseWriter, r *http.Request, digest Digest, path string) {
	file, err := os.Open(path) //nolint:gosec // named by a digest
	if err != nil {
		http.Error(w, "no such artifact here: "+digest.String(), http.StatusNotFound)
		return
	}
	defer file.Close()
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("ETag", strconv.Quote(digest.String()))
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	http.ServeContent(w, r, "", time.Time{}, file)
}

func (s *Server) put(w http.ResponseWriter, r *http.Request, digest Digest) {
	if s.ReadOnly || len(s.Dirs) == 0 {
		http.Error(w, "this store takes no uploads", http.StatusForbidden)
		return
	}
	if r.ContentLength > s.MaxBytes {
		http.Error(w, "artifact is too large: at most "+strconv.FormatInt(s.MaxBytes, 10)+" bytes are taken", http.StatusRequestEntityTooLarge)
		return
	}
	_, err := s.Dirs[0].Put(r.Context(), digest, s.MaxBytes, r.Body)
	switch {
	case err == nil:
		w.WriteHeader(http.StatusCreated)
	case errors.Is(err, ErrDigest):
		http.Error(w, err.Error(), http.StatusUnprocessableEntity)
	case errors.Is(err, ErrTooLarge):
		http.Error(w, err.Error(), http.StatusRequestEntityTooLarge)
	case errors.Is(err, ErrFull):
		http.Error(w, err.Error(), http.StatusInsufficientStorage)
	default:
		http.Error(w, "the store cannot write", http.StatusInternalServerError)
	}
}

// SPDX-License-Identifier: Apache-2.0

package types

import (
	"strings"

	errorsmod "cosmossdk.io/errors"
)

// MaxURIBytes is the longest URI that the chain keeps.
const MaxURIBytes = 256

// uriSchemes are those that evaluators fetch. "file" helps only where the nodes
// share a file system: local networks.
var uriSchemes = []string{"http", "https", "file", "oci", "s3"}

// ValidateURI checks that a URI has the form scheme://rest, of a scheme that
// evaluators fetch, in at most MaxURIBytes printable ASCII characters and without
// a user's name or password. It is written out rather than left to net/url: all
// nodes must agree, whatever version of Go they were built with.
func ValidateURI(uri string) error {
	if len(uri) > MaxURIBytes {
		return errorsmod.Wrapf(ErrInvalidURI, "URI is %d bytes, expected at most %d: serve it under a shorter one", len(uri), MaxURIBytes)
	}
	for i := range len(uri) {
		if uri[i] <= ' ' || uri[i] > '~' {
			return errorsmod.Wrapf(ErrInvalidURI, "URI %q has a byte that is not printable ASCII at %d: percent-encode it", uri, i)
		}
	}
	scheme, rest, ok := strings.Cut(uri, "://")
	if !ok || !isURIScheme(scheme) {
		return errorsmod.Wrapf(ErrInvalidURI, "URI %q: write one of %s, then ://", uri, strings.Join(uriSchemes, ", "))
	}
	if scheme == "file" {
		return validateFilePath(uri, rest)
	}
	return validateHost(uri, rest)
}

func validateFilePath(uri, path string) error {
	if len(path) < 2 || path[0] != '/' {
		return errorsmod.Wrapf(ErrInvalidURI, "URI %q: a file needs an absolute path, as in file:///models/a.onnx", uri)
	}
	return nil
}

func validateHost(uri, rest string) error {
	host := rest
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		host = rest[:end]
	}
	if host == "" {
		return errorsmod.Wrapf(ErrInvalidURI, "URI %q names no host: write one after ://", uri)
	}
	if strings.Contains(host, "@") {
		return errorsmod.Wrapf(ErrInvalidURI, "URI %q names a user: everybody can read it, so serve the file without a password", uri)
	}
	return nil
}

func isURIScheme(scheme string) bool {
	for _, s := range uriSchemes {
		if s == scheme {
			return true
		}
	}
	return false
}

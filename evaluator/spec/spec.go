// SPDX-License-Identifier: Apache-2.0

// Package spec is the document that says how a topic's models are measured. The
// topic holds its digest, so that it cannot change unseen.
package spec

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/weal-network/weal/evaluator/corpus"
	"github.com/weal-network/weal/evaluator/onnxfile"
)

// Version is the version of the document that this code reads.
const Version = 1

// KindBitsPerByte measures byte-level language models in ONNX.
const KindBitsPerByte = "onnx-bits-per-byte"

// Bounds of a document. They keep a topic within what evaluators can do.
const (
	MaxDocumentBytes = 8 << 20
	maxShards        = 1024
	maxShardBytes    = 1 << 20
	maxTotalBytes    = 4 << 20
	maxProbes        = 256
	maxTolerance     = 1_000_000
	maxCorpusBytes   = 1 << 30
	maxURIs          = 8
)

// ErrInvalid says that a document cannot be used.
var ErrInvalid = errors.New("invalid spec document")

// Document is the spec of a topic.
type Document struct {
	// Version of the format; see Version.
	Version int `json:"version"`
	// Kind of evaluation; see KindBitsPerByte.
	Kind string `json:"kind"`
	// MaxContext is the longest context that a model may read, in bytes.
	MaxContext int `json:"max_context"`
	// Shards says how much held-out text an epoch measures on.
	Shards Shards `json:"shards"`
	// Probes says how copies are found.
	Probes Probes `json:"probes"`
	// Corpus is the held-out text, which each evaluator has a copy of.
	Corpus Corpus `json:"corpus"`
	// Sample is public text of the same kind, for contributors to measure on.
	Sample Corpus `json:"sample"`
}

// Shards says how much is drawn in an epoch.
type Shards struct {
	Count int `json:"count"`
	Bytes int `json:"bytes"`
}

// Probes says how many contexts are drawn to compare models by, and how far two
// log-probabilities may lie apart to count as equal, in 10^-6 natural units.
type Probes struct {
	Count          int   `json:"count"`
	ToleranceMicro int64 `json:"tolerance_micro"`
}

// Tolerance returns the tolerance in natural units.
func (p Probes) Tolerance() float64 { return float64(p.ToleranceMicro) / 1e6 }

// Corpus names files, and where they are served: below each URI, a file has
// its SHA-256 in hexadecimal as its name.
type Corpus struct {
	SHA256 string        `json:"sha256"`
	URIs   []string      `json:"uris,omitempty"`
	Files  []corpus.File `json:"files"`
}

// NewCorpus describes files of a directory.
func NewCorpus(dir string, paths, uris []string) (Corpus, error) {
	files, err := corpus.Describe(dir, paths)
	if err != nil {
		return Corpus{}, err
	}
	digest := corpus.Digest(files)
	return Corpus{SHA256: hex.EncodeToString(digest[:]), URIs: uris, Files: files}, nil
}

// New returns a document with the defaults of the local network.
func New(heldOut, sample Corpus) Document {
	return Document{
		Version:    Version,
		Kind:       KindBitsPerByte,
		MaxContext: onnxfile.MaxContext,
		Shards:     Shards{Count: 8, Bytes: 512},
		Probes:     Probes{Count: 16, ToleranceMicro: 1000},
		Corpus:     heldOut,
		Sample:     sample,
	}
}

// Encode writes the document; its SHA-256 goes into the topic.
func (d Document) Encode() ([]byte, error) {
	if err := d.Validate(); err != nil {
		return nil, err
	}
	b, err := json.MarshalIndent(d, "", " ")
	return append(b, '\n'), err
}

// Decode reads a document strictly and checks its digest first. Errors match
// ErrInvalid.
func Decode(b []byte, want [32]byte) (Document, error) {
	if got := sha256.Sum256(b); got != want {
		return Document{}, invalidf("its digest is %x, the topic names %x", got, want)
	}
	return Parse(b)
}

// Parse reads a document strictly: an unknown key, a wrong type or text behind
// the end is an error that matches ErrInvalid.
func Parse(b []byte) (Document, error) {
	if len(b) > MaxDocumentBytes {
		return Document{}, invalidf("it has %d bytes, at most %d are read", len(b), MaxDocumentBytes)
	}
	d := Document{}
	decoder := json.NewDecoder(bytes.NewReader(b))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&d); err != nil {
		return Document{}, invalidf("%v", err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return Document{}, invalidf("there is text behind its end")
	}
	return d, d.Validate()
}

// Validate checks every field. Errors match ErrInvalid.
func (d Document) Validate() error {
	if d.Version != Version {
		return invalidf("version is %d, this evaluator reads %d: update it", d.Version, Version)
	}
	if d.Kind != KindBitsPerByte {
		return invalidf("kind is %q, this evaluator knows %q", d.Kind, KindBitsPerByte)
	}
	for _, c := range []struct {
		name           string
		value, at, top int64
	}{
		{"max_context", int64(d.MaxContext), 1, onnxfile.MaxContext},
		{"shards.count", int64(d.Shards.Count), 1, maxShards},
		{"shards.bytes", int64(d.Shards.Bytes), 1, maxShardBytes},
		{"shards.count times shards.bytes", int64(d.Shards.Count) * int64(d.Shards.Bytes), 1, maxTotalBytes},
		{"probes.count", int64(d.Probes.Count), 1, maxProbes},
		{"probes.tolerance_micro", d.Probes.ToleranceMicro, 0, maxTolerance},
	} {
		if c.value < c.at || c.value > c.top {
			return invalidf("%s is %d, expected %d to %d", c.name, c.value, c.at, c.top)
		}
	}
	if err := d.Corpus.validate("corpus"); err != nil {
		return err
	}
	return d.Sample.validate("sample")
}

func (c Corpus) validate(name string) error {
	if err := corpus.Validate(c.Files); err != nil {
		return invalidf("%s: %v", name, err)
	}
	if digest := corpus.Digest(c.Files); hex.EncodeToString(digest[:]) != c.SHA256 {
		return invalidf("%s.sha256 is %q, its files give %x", name, c.SHA256, digest)
	}
	total := int64(0)
	for _, f := range c.Files {
		total += f.Bytes
		if total > maxCorpusBytes {
			return invalidf("%s holds more than %d bytes", name, maxCorpusBytes)
		}
	}
	if total == 0 {
		return invalidf("%s holds no bytes", name)
	}
	if len(c.URIs) > maxURIs {
		return invalidf("%s.uris has %d entries, at most %d are allowed", name, len(c.URIs), maxURIs)
	}
	return nil
}

func invalidf(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrInvalid, fmt.Sprintf(format, args...))
}

// SPDX-License-Identifier: Apache-2.0

package spec

import (
	"crypto/sha256"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/evaluator/corpus"
)

func document(t testing.TB) Document {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"a.go": "package a\n", "b.go": "package b\n"} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	heldOut, err := NewCorpus(dir, []string{"a.go"}, nil)
	require.NoError(t, err)
	sample, err := NewCorpus(dir, []string{"b.go"}, []string{"http://127.0.0.1:1/artifacts"})
	require.NoError(t, err)
	return New(heldOut, sample)
}

func TestADocumentComesBackAsItWasWritten(t *testing.T) {
	d := document(t)
	b, err := d.Encode()
	require.NoError(t, err)
	got, err := Decode(b, sha256.Sum256(b))
	require.NoError(t, err)
	require.Equal(t, d, got)
	require.InDelta(t, 0.001, got.Probes.Tolerance(), 1e-12)
}

func TestADocumentOfAnotherDigestIsRefusedWithBothDigests(t *testing.T) {
	b, err := document(t).Encode()
	require.NoError(t, err)
	want := sha256.Sum256([]byte("another"))
	_, err = Decode(b, want)
	require.ErrorIs(t, err, ErrInvalid)
	require.ErrorContains(t, err, "the topic names ae448ac8")
}

func TestDecodingIsStrict(t *testing.T) {
	b, err := document(t).Encode()
	require.NoError(t, err)
	text := string(b)
	for name, broken := range map[string]string{
		"an unknown key":         strings.Replace(text, `"kind"`, `"kindd"`, 1),
		"an unknown inner key":   strings.Replace(text, `"count"`, `"counts"`, 1),
		"a wrong type":           strings.Replace(text, `"max_context": 64`, `"max_context": "64"`, 1),
		"text behind the end":    text + "{}",
		"no JSON":                "shards: 8",
		"nothing":                "",
		"another version":        strings.Replace(text, `"version": 1`, `"version": 2`, 1),
		"another kind":           strings.Replace(text, KindBitsPerByte, "exec", 1),
		"a corpus digest edited": strings.Replace(text, `"sha256": "`, `"sha256": "00`, 1),
		"too large":              strings.Repeat(" ", MaxDocumentBytes+1),
	} {
		_, err := Parse([]byte(broken))
		require.ErrorIs(t, err, ErrInvalid, name)
	}
}

func TestEveryBoundIsEnforced(t *testing.T) {
	for name, edit := range map[string]func(*Document){
		"no context":             func(d *Document) { d.MaxContext = 0 },
		"a context above 64":     func(d *Document) { d.MaxContext = 65 },
		"no shards":              func(d *Document) { d.Shards.Count = 0 },
		"too many shards":        func(d *Document) { d.Shards.Count = maxShards + 1 },
		"empty shards":           func(d *Document) { d.Shards.Bytes = 0 },
		"too much text":          func(d *Document) { d.Shards = Shards{Count: 1000, Bytes: 5000} },
		"no probes":              func(d *Document) { d.Probes.Count = 0 },
		"too many probes":        func(d *Document) { d.Probes.Count = maxProbes + 1 },
		"a negative tolerance":   func(d *Document) { d.Probes.ToleranceMicro = -1 },
		"no corpus":              func(d *Document) { d.Corpus = Corpus{} },
		"no sample":              func(d *Document) { d.Sample = Corpus{} },
		"a corpus without bytes": func(d *Document) { d.Corpus = empty() },
		"too many addresses":     func(d *Document) { d.Sample.URIs = make([]string, maxURIs+1) },
	} {
		d := document(t)
		edit(&d)
		require.ErrorIs(t, d.Validate(), ErrInvalid, name)
		_, err := d.Encode()
		require.ErrorIs(t, err, ErrInvalid, name)
	}
}

func empty() Corpus {
	digest := strings.Repeat("e3", 32)
	return Corpus{SHA256: digest, Files: []corpus.File{{Path: "x", SHA256: digest}}}
}

func FuzzParse(f *testing.F) {
	b, err := document(f).Encode()
	require.NoError(f, err)
	f.Add(b)
	f.Add([]byte("{}"))
	f.Fuzz(func(t *testing.T, b []byte) {
		d, err := Parse(b)
		if err != nil {
			return
		}
		again, err := d.Encode()
		require.NoError(t, err)
		_, err = Parse(again)
		require.NoError(t, err)
	})
}

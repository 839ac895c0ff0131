// SPDX-License-Identifier: Apache-2.0

package shards

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weal-network/weal/evaluator/corpus"
)

func textOf(contents ...string) corpus.Text {
	t := corpus.Text{}
	for _, c := range contents {
		t.Contents = append(t.Contents, []byte(c))
	}
	return t
}

// The worked example of the package's description, computed by hand: five
// windows in all, two in the first file and three in the second.
func TestAShardIsTheWindowWhoseNumberTheStreamGives(t *testing.T) {
	seed := [32]byte{7}
	text := textOf("abcd", "vwxyz")
	windows := []Shard{
		{Before: []byte{}, Data: []byte("abc")},
		{Before: []byte("a"), Data: []byte("bcd")},
		{Before: []byte{}, Data: []byte("vwx")},
		{Before: []byte("v"), Data: []byte("wxy")},
		{Before: []byte("vw"), Data: []byte("xyz")},
	}
	got, err := Draw(text, seed, 6, 3, 2)
	require.NoError(t, err)
	for i, shard := range got {
		block := binary.BigEndian.AppendUint64(append([]byte("weal/shards/v1"), seed[:]...), uint64(i/4))
		sum := sha256.Sum256(block)
		number := binary.BigEndian.Uint64(sum[8*(i%4):])
		require.Equal(t, windows[number%5], shard)
	}
}

func TestDrawsDependOnTheSeedAndOnNothingElse(t *testing.T) {
	text := textOf(string(bytes.Repeat([]byte("0123456789"), 1000)))
	a, err := Draw(text, [32]byte{1}, 8, 64, 16)
	require.NoError(t, err)
	again, err := Draw(text, [32]byte{1}, 8, 64, 16)
	require.NoError(t, err)
	other, err := Draw(text, [32]byte{2}, 8, 64, 16)
	require.NoError(t, err)
	require.Equal(t, a, again)
	require.NotEqual(t, a, other)
}

func TestAFileShorterThanAShardIsDrawnWhole(t *testing.T) {
	got, err := Draw(textOf("", "ab"), [32]byte{}, 4, 100, 8)
	require.NoError(t, err)
	for _, s := range got {
		require.Equal(t, Shard{Before: []byte{}, Data: []byte("ab")}, s)
	}
}

func TestProbesAreFilledWithZerosBeforeTheStartOfAFile(t *testing.T) {
	probes, err := Probes(textOf("ab"), [32]byte{3}, 32, 4)
	require.NoError(t, err)
	for _, p := range probes {
		require.Contains(t, [][]byte{{0, 0, 0, 0}, {0, 0, 0, 'a'}}, p)
	}
}

func TestAnEmptyCorpusIsRefused(t *testing.T) {
	_, err := Draw(textOf(""), [32]byte{}, 1, 1, 1)
	require.ErrorIs(t, err, ErrEmpty)
	_, err = Probes(textOf(), [32]byte{}, 1, 1)
	require.ErrorIs(t, err, ErrEmpty)
}

func TestEveryDrawLiesInsideOneFile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		contents := rapid.SliceOfN(rapid.SliceOfN(rapid.Byte(), 1, 40), 1, 5).Draw(t, "contents")
		size := rapid.IntRange(1, 50).Draw(t, "size")
		context := rapid.IntRange(1, 64).Draw(t, "context")
		seed := [32]byte(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "seed"))
		got, err := Draw(corpus.Text{Contents: contents}, seed, 10, size, context)
		if err != nil || len(got) != 10 {
			t.Fatalf("%d shards, %v", len(got), err)
		}
		for _, s := range got {
			whole := append(append([]byte{}, s.Before...), s.Data...)
			inside := false
			for _, c := range contents {
				inside = inside || bytes.Contains(c, whole)
			}
			if !inside || len(s.Data) == 0 || len(s.Data) > size || len(s.Before) > context {
				t.Fatalf("shard %+v is not a piece of one file", s)
			}
		}
	})
}

func TestNumbersAreSpreadEvenly(t *testing.T) {
	s := &stream{label: "test"}
	var seen [7]int
	for range 7000 {
		seen[s.below(7)]++
	}
	for n, count := range seen {
		require.InDelta(t, 1000, count, 150, "number %d", n)
	}
}

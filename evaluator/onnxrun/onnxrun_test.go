// SPDX-License-Identifier: Apache-2.0

package onnxrun

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/evaluator/onnxfile"
	w "github.com/weal-network/weal/evaluator/onnxwrite"
	"github.com/weal-network/weal/evaluator/shards"
)

// lastByte returns a model of K bytes that gives certainty*2^x odds to repeat
// the byte that stands at a position of its context.
func lastByte(t *testing.T, length, position int64, logit float32) *Program {
	t.Helper()
	table := make([]float32, 256*256)
	for i := range 256 {
		table[i*256+i] = logit
	}
	g := w.New("repeat")
	g.Input("context", onnxfile.Int64, w.Open, length)
	g.Float32("table", table, 256, 256)
	g.Int64("at", []int64{position})
	g.Node("Gather", []string{"context", "at"}, []string{"byte"}, w.Int("axis", 1))
	g.Node("Gather", []string{"table", "byte"}, []string{"logits"})
	g.Output("logits", onnxfile.Float32, w.Open, 256)
	p, err := Load(g.Bytes(), onnxfile.DefaultLimits(), onnxfile.MaxContext)
	require.NoError(t, err)
	require.Equal(t, int(length), p.Context())
	return p
}

func bitsOf(p float64) float64 { return -math.Log2(p) * MicroBits }

func TestBitsPerByteIsTheMeanSurpriseOfTheText(t *testing.T) {
	p := lastByte(t, 1, 0, float32(math.Log(255))) // even odds to repeat or not
	hit, miss := bitsOf(0.5), bitsOf(0.5/255)
	for text, want := range map[string]float64{
		"aaaa": (miss + 3*hit) / 4, // the first byte follows a zero
		"abab": miss,
		"\x00": hit, // before the start of a file all is zero
	} {
		got, err := p.BitsPerByte([]shards.Shard{{Data: []byte(text)}})
		require.NoError(t, err)
		require.InDelta(t, want, got, 1, "%q", text)
	}
	got, err := p.BitsPerByte([]shards.Shard{{Before: []byte("xa"), Data: []byte("aa")}})
	require.NoError(t, err)
	require.InDelta(t, hit, got, 1, "bytes before a shard are context and are not measured")
}

func TestTheContextEndsWithTheLastByte(t *testing.T) {
	p := lastByte(t, 3, 0, float32(math.Log(255))) // looks three bytes back
	got, err := p.BitsPerByte([]shards.Shard{{Before: []byte("zabc"), Data: []byte("abc")}})
	require.NoError(t, err)
	require.InDelta(t, bitsOf(0.5), got, 1)
}

func TestResultsDoNotDependOnHowTheWorkIsCut(t *testing.T) {
	p := lastByte(t, 1, 0, 3)
	text := make([]byte, 3*batch+17)
	for i := range text {
		text[i] = byte(i * i)
	}
	whole, err := p.BitsPerByte([]shards.Shard{{Data: text}})
	require.NoError(t, err)
	var pieces []shards.Shard
	for i := range text {
		pieces = append(pieces, shards.Shard{Before: text[max(0, i-1):i], Data: text[i : i+1]})
	}
	cut, err := p.BitsPerByte(pieces)
	require.NoError(t, err)
	require.Equal(t, whole, cut)
}

func TestLogProbsAreNormalised(t *testing.T) {
	p := lastByte(t, 2, 1, 5)
	got, err := p.LogProbs([][]byte{[]byte("a long context"), {}, []byte("b")})
	require.NoError(t, err)
	require.Len(t, got, 3*256)
	for probe := range 3 {
		sum := 0.0
		for _, v := range got[probe*256 : (probe+1)*256] {
			sum += math.Exp(float64(v))
		}
		require.InDelta(t, 1, sum, 1e-5)
	}
	top := math.Exp(5) / (math.Exp(5) + 255)
	require.InDelta(t, math.Log(top), got['t'], 1e-5, "the last byte of the context counts")
	require.InDelta(t, math.Log(top), got[256], 1e-5, "an empty context is zeros")
}

func TestLogitsThatAreNoNumbersAreAnError(t *testing.T) {
	for name, bad := range map[string]float32{"NaN": float32(math.NaN()), "infinity": float32(math.Inf(1)), "minus infinity": float32(math.Inf(-1))} {
		p := lastByte(t, 1, 0, bad)
		_, err := p.BitsPerByte([]shards.Shard{{Data: []byte("a")}})
		require.ErrorIs(t, err, ErrNotFinite, name)
		_, err = p.LogProbs([][]byte{{0}})
		require.ErrorIs(t, err, ErrNotFinite, name)
	}
}

func TestExtremeLogitsStayFinite(t *testing.T) {
	p := lastByte(t, 1, 0, -3e38)
	got, err := p.BitsPerByte([]shards.Shard{{Data: []byte{1}}})
	require.NoError(t, err)
	require.InDelta(t, bitsOf(1.0/255), got, 1)
}

func TestAModelThatContradictsItselfCannotBeRun(t *testing.T) {
	g := w.New("bad")
	g.Input("context", onnxfile.Int64, w.Open, 4)
	g.Float32("m", make([]float32, 6), 2, 3)
	g.Node("MatMul", []string{"context", "m"}, []string{"logits"})
	g.Output("logits", onnxfile.Float32, w.Open, 256)
	p, err := Load(g.Bytes(), onnxfile.DefaultLimits(), onnxfile.MaxContext)
	if err == nil {
		_, err = p.BitsPerByte([]shards.Shard{{Data: []byte("a")}})
	}
	require.ErrorIs(t, err, ErrRun)
}

func TestNothingToMeasureOnIsAnError(t *testing.T) {
	_, err := lastByte(t, 1, 0, 1).BitsPerByte(nil)
	require.ErrorIs(t, err, ErrRun)
}

func TestWhatTheScanRefusesIsNotLoaded(t *testing.T) {
	_, err := Load([]byte("\x80\x04pickle"), onnxfile.DefaultLimits(), onnxfile.MaxContext)
	require.ErrorIs(t, err, onnxfile.ErrFormat)
}

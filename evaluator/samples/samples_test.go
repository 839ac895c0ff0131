// SPDX-License-Identifier: Apache-2.0

package samples

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/evaluator/corpus"
	"github.com/weal-network/weal/evaluator/onnxfile"
	"github.com/weal-network/weal/evaluator/onnxrun"
	"github.com/weal-network/weal/evaluator/shards"
)

// trained holds the samples trained once from the machine's Go source.
type trained struct {
	models  map[string]Model
	order   []string
	heldOut corpus.Text
	err     error
}

var goSource = sync.OnceValue(func() trained {
	out := trained{models: map[string]Model{}}
	var dir string
	if dir, out.err = corpus.GoRoot(context.Background()); out.err != nil {
		return out
	}
	parts, err := corpus.SplitGoSource(dir)
	if err != nil {
		out.err = err
		return out
	}
	training, err := load(dir, parts.Training)
	if err != nil {
		out.err = err
		return out
	}
	if out.heldOut, out.err = load(dir, parts.HeldOut); out.err != nil {
		return out
	}
	models, err := Train(training.Contents, 1, func(name string) { out.order = append(out.order, name) })
	for _, m := range models {
		out.models[m.Name] = m
	}
	out.err = err
	return out
})

func load(dir string, paths []string) (corpus.Text, error) {
	files, err := corpus.Describe(dir, paths)
	if err != nil {
		return corpus.Text{}, err
	}
	return corpus.Load(dir, files)
}

func measure(t *testing.T, m Model, pieces []shards.Shard) float64 {
	t.Helper()
	p, err := onnxrun.Load(m.ONNX, onnxfile.DefaultLimits(), onnxfile.MaxContext)
	require.NoError(t, err)
	bits, err := p.BitsPerByte(pieces)
	require.NoError(t, err)
	return float64(bits) / onnxrun.MicroBits
}

func TestSamplesRankOnHeldOutTextAsTheirOrderPromises(t *testing.T) {
	got := goSource()
	require.NoError(t, got.err)
	pieces, err := shards.Draw(got.heldOut, [32]byte{1}, 16, 1024, onnxfile.MaxContext)
	require.NoError(t, err)

	bits := map[string]float64{}
	for name, m := range got.models {
		bits[name] = measure(t, m, pieces)
	}
	require.Less(t, bits[Order2]+0.5, bits[Order1], "order-2 beats order-1 by a clear margin")
	require.Less(t, bits[Order1]+0.5, bits[Order0], "order-1 beats order-0 by a clear margin")
	require.Less(t, bits[Neural]+0.2, bits[Order1], "the neural one beats order-1")
	require.Greater(t, bits[Random], 8.0, "the random one is worse than no model")
	require.InDelta(t, bits[Order2], bits[NearCopy], 1e-5, "the near-copy measures as its original")
}

func TestTheCopyIsTheSameFileAndTheNearCopyIsNot(t *testing.T) {
	got := goSource()
	require.NoError(t, got.err)
	require.Equal(t, got.models[Order2].SHA256(), got.models[Copy].SHA256())
	require.NotEqual(t, got.models[Order2].SHA256(), got.models[NearCopy].SHA256())
}

func TestNoSampleIsLargerThan16Megabytes(t *testing.T) {
	got := goSource()
	require.NoError(t, got.err)
	require.Equal(t, []string{Order0, Order1, Order2, Neural, Copy, NearCopy, Random}, got.order)
	for name, m := range got.models {
		require.Less(t, len(m.ONNX), 16<<20, name)
		require.NotEmpty(t, m.About)
	}
}

func TestTrainingTwiceGivesTheSameBytesAndAnotherSeedOthers(t *testing.T) {
	text := bytes.Repeat([]byte("func main() { println(1 + 2) }\n"), 400)
	c := count([][]byte{text})
	require.Equal(t, order2(c), order2(count([][]byte{text})))
	require.Equal(t, random(1), random(1))
	require.NotEqual(t, random(1), random(2))

	p0 := c.model0()
	short := func(seed uint64) []byte {
		n := newNetwork(seed, p0)
		s := scratch{h: make([]float32, hidden), dh: make([]float32, hidden), p: make([]float32, symbols)}
		for at := window; at < 200; at++ {
			n.step(text[at-window:at], text[at], rateFrom, s)
		}
		return n.onnx()
	}
	require.Equal(t, short(1), short(1))
	require.NotEqual(t, short(1), short(2))
}

func TestEveryDistributionSumsToOne(t *testing.T) {
	c := count([][]byte{[]byte("abracadabra")})
	for name, p := range map[string][]float64{"0": c.model0(), "1": c.model1(), "2": c.model2()} {
		for row := 0; row < len(p); row += symbols {
			sum := 0.0
			for _, v := range p[row : row+symbols] {
				require.Positive(t, v)
				sum += v
			}
			require.InDelta(t, 1, sum, 1e-9, "order %s, row %d", name, row/symbols)
		}
	}
}

func TestTrainingNeedsText(t *testing.T) {
	_, err := Train([][]byte{[]byte("too short")}, 1, nil)
	require.ErrorIs(t, err, ErrNoText)
}

func TestExportWritesOneFileForEachModel(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "models")
	require.NoError(t, Export(dir, []Model{{Name: "a", ONNX: []byte{1}}, {Name: "b", ONNX: []byte{2}}}))
	b, err := os.ReadFile(filepath.Join(dir, "b.onnx"))
	require.NoError(t, err)
	require.Equal(t, []byte{2}, b)
}

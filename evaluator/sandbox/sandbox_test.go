// SPDX-License-Identifier: Apache-2.0

package sandbox

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/evaluator/onnxfile"
	"github.com/weal-network/weal/evaluator/onnxwrite"
	"github.com/weal-network/weal/evaluator/shards"
)

// The test binary is its own child.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "run-model" {
		if err := Serve(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	if len(os.Args) > 1 && os.Args[1] == "end-myself" {
		self, err := os.FindProcess(os.Getpid())
		if err == nil {
			err = self.Kill()
		}
		fmt.Fprintln(os.Stderr, err)
		select {}
	}
	os.Exit(m.Run())
}

func runner() Runner {
	return Runner{Command: []string{os.Args[0], "run-model"}, Limits: DefaultLimits()}
}

// model writes a bigram model; edit may change the logits on their way.
func model(t *testing.T, table float32, edit func(g *onnxwrite.Graph)) string {
	t.Helper()
	g := onnxwrite.New("test")
	g.Input("context", onnxfile.Int64, onnxwrite.Open, 1)
	g.Float32("table", []float32{table}, 1, 1)
	g.Int64("wide", []int64{1, 256}, 2)
	g.Node("Cast", []string{"context"}, []string{"float"}, onnxwrite.Int("to", onnxfile.Float32))
	g.Node("Mul", []string{"float", "table"}, []string{"scaled"})
	if edit == nil {
		g.Node("Tile", []string{"scaled", "wide"}, []string{"logits"})
	} else {
		edit(g)
	}
	g.Output("logits", onnxfile.Float32, onnxwrite.Open, 256)
	path := filepath.Join(t.TempDir(), "m.onnx")
	require.NoError(t, os.WriteFile(path, g.Bytes(), 0o600))
	return path
}

var (
	pieces = []shards.Shard{{Before: []byte("ab"), Data: []byte("cd")}}
	probes = [][]byte{[]byte("abc"), {0}}
)

func TestAUniformModelMeasuresEightBits(t *testing.T) {
	got, err := runner().Measure(context.Background(), model(t, 0, nil), pieces, probes)
	require.NoError(t, err)
	require.Equal(t, int64(8_000_000), got.MicroBitsPerByte)
	require.Len(t, got.LogProbs, 2*256)
	require.InDelta(t, -5.545177, got.LogProbs[300], 1e-5)
}

func TestFaultsOfTheModelAreToldFromThoseOfTheMachine(t *testing.T) {
	notANumber := func(g *onnxwrite.Graph) {
		g.Node("Log", []string{"scaled"}, []string{"log"}) // log of a negative number
		g.Node("Tile", []string{"log", "wide"}, []string{"logits"})
	}
	wrongShape := func(g *onnxwrite.Graph) {
		g.Node("Identity", []string{"scaled"}, []string{"logits"})
	}
	pickle := filepath.Join(t.TempDir(), "m.onnx")
	require.NoError(t, os.WriteFile(pickle, []byte("\x80\x04pickled"), 0o600))
	for text, path := range map[string]string{
		"NaN or infinite": model(t, -1, notANumber),
		"logits of shape": model(t, 1, wrongShape),
		"Python pickle":   pickle,
	} {
		_, err := runner().Measure(context.Background(), path, pieces, probes)
		require.ErrorIs(t, err, ErrModel, text)
		require.ErrorContains(t, err, text)
	}

	_, err := runner().Measure(context.Background(), filepath.Join(t.TempDir(), "missing"), pieces, probes)
	require.Error(t, err)
	require.NotErrorIs(t, err, ErrModel)

	broken := runner()
	broken.Command = []string{filepath.Join(t.TempDir(), "no-such-program")}
	_, err = broken.Measure(context.Background(), model(t, 0, nil), pieces, probes)
	require.Error(t, err)
	require.NotErrorIs(t, err, ErrModel)
}

func TestAModelThatAsksForTooMuchMemoryIsEnded(t *testing.T) {
	path := model(t, 1, func(g *onnxwrite.Graph) {
		g.Int64("huge", []int64{1, 1 << 24}, 2)
		g.Node("Tile", []string{"scaled", "huge"}, []string{"big"}) // 16 GiB for a batch
		g.Node("ReduceMean", []string{"big"}, []string{"mean"}, onnxwrite.Ints("axes", 1))
		g.Node("Tile", []string{"mean", "wide"}, []string{"logits"})
	})
	r := runner()
	r.Limits.MemoryBytes = 512 << 20
	_, err := r.Measure(context.Background(), path, pieces, probes)
	require.ErrorIs(t, err, ErrModel)
	require.ErrorContains(t, err, "memory")
}

// slow multiplies large matrices one after the other.
func slow(g *onnxwrite.Graph) {
	g.Int64("size", []int64{1, 2048}, 2)
	g.Int64("square", []int64{8, 1}, 2)
	g.Node("Tile", []string{"scaled", "size"}, []string{"row"})
	g.Node("Tile", []string{"row", "square"}, []string{"m0"})
	for i := range 200 {
		g.Node("MatMul", []string{fmt.Sprintf("m%d", i), "m0"}, []string{fmt.Sprintf("m%d", i+1)})
	}
	g.Node("ReduceMean", []string{"m200"}, []string{"mean"})
	g.Node("Add", []string{"mean", "scaled"}, []string{"sum"})
	g.Node("Tile", []string{"sum", "wide"}, []string{"logits"})
}

func TestAModelThatTakesTooMuchProcessorTimeIsEnded(t *testing.T) {
	r := runner()
	r.Limits.CPUSeconds = 1
	_, err := r.Measure(context.Background(), model(t, 1, slow), pieces, probes)
	require.ErrorIs(t, err, ErrModel)
	require.ErrorContains(t, err, "processor time")
}

func TestAModelThatTakesTooLongIsEnded(t *testing.T) {
	r := runner()
	r.Limits.Wall = 300 * time.Millisecond
	start := time.Now()
	_, err := r.Measure(context.Background(), model(t, 1, slow), pieces, probes)
	require.ErrorIs(t, err, ErrModel)
	require.ErrorContains(t, err, "longer than")
	require.Less(t, time.Since(start), 10*time.Second)
}

func TestAChildThatTheSystemEndsIsTheModelsFault(t *testing.T) {
	r := runner()
	r.Command = []string{os.Args[0], "end-myself"}
	_, err := r.Measure(context.Background(), model(t, 0, nil), pieces, probes)
	require.ErrorIs(t, err, ErrModel)
	require.ErrorContains(t, err, "the system ended it")
}

func TestStoppingTheEvaluatorIsNotTheModelsFault(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 200*time.Millisecond)
	defer cancel()
	_, err := runner().Measure(ctx, model(t, 1, slow), pieces, probes)
	require.ErrorIs(t, err, context.DeadlineExceeded)
	require.NotErrorIs(t, err, ErrModel)
}

func TestTheChildRefusesABrokenRequest(t *testing.T) {
	require.ErrorContains(t, Serve(strings.NewReader("no newline"), &bytes.Buffer{}), "request")
}

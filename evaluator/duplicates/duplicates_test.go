// SPDX-License-Identifier: Apache-2.0

package duplicates

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFind(t *testing.T) {
	nan := float32(math.NaN())
	for name, c := range map[string]struct {
		outputs []Outputs
		want    map[uint64]uint64
	}{
		"nothing is a copy of nothing":                {nil, map[uint64]uint64{}},
		"different models are no copies":              {[]Outputs{{1, []float32{-1, -2}}, {2, []float32{-1, -3}}}, map[uint64]uint64{}},
		"the later one is the copy":                   {[]Outputs{{3, []float32{-1, -2}}, {9, []float32{-1, -2}}}, map[uint64]uint64{9: 3}},
		"a difference within the tolerance is none":   {[]Outputs{{1, []float32{-1}}, {2, []float32{-1.0009}}}, map[uint64]uint64{2: 1}},
		"one probability apart is enough":             {[]Outputs{{1, []float32{-1, -5}}, {2, []float32{-1, -5.002}}}, map[uint64]uint64{}},
		"a copy of a copy is the copy of the first":   {[]Outputs{{1, []float32{-1}}, {2, []float32{-1.0008}}, {3, []float32{-1.0016}}}, map[uint64]uint64{2: 1, 3: 1}},
		"models that failed are not each other's":     {[]Outputs{{1, nil}, {2, nil}}, map[uint64]uint64{}},
		"outputs of other lengths are not compared":   {[]Outputs{{1, []float32{-1}}, {2, []float32{-1, -1}}}, map[uint64]uint64{}},
		"a number that is none is equal to nothing":   {[]Outputs{{1, []float32{nan}}, {2, []float32{nan}}}, map[uint64]uint64{}},
		"infinities on both sides are not the same":   {[]Outputs{{1, []float32{float32(math.Inf(-1))}}, {2, []float32{float32(math.Inf(-1))}}}, map[uint64]uint64{}},
		"a later model that is new stands for itself": {[]Outputs{{1, []float32{-1}}, {2, []float32{-1}}, {3, []float32{-7}}}, map[uint64]uint64{2: 1}},
	} {
		require.Equal(t, c.want, Find(c.outputs, 0.001), name)
	}
}

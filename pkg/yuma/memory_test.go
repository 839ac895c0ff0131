// SPDX-License-Identifier: Apache-2.0

package yuma_test

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/yuma"
)

// everyRule is the ways in which bonds follow.
func everyRule() map[string]yuma.Params {
	relative, liquid, median := standard, standard, standard
	median.ScoreRule = yuma.Median
	relative.Rule = yuma.YUMA2
	liquid.LiquidAlpha = yuma.LiquidAlpha{
		Enabled: true, Lo: fixed.FromBasisPoints(1_000), Hi: fixed.FromBasisPoints(3_000), Steepness: 1_000,
	}
	dropping := liquid
	dropping.DropMissingBonds = true
	return map[string]yuma.Params{"YUMA3": standard, "YUMA2": relative, "liquid": liquid, "liquid, dropping": dropping, "median": median}
}

func TestAnEngineThatHasGrownAllocatesNothing(t *testing.T) {
	for name, p := range everyRule() {
		dense := randomInput(16, 100, 0.7)
		dense.Bonds.Values = randomInput(16, 100, 0.5).Scores.Values
		dense.Active = make([]bool, 16)
		for i := range dense.Active {
			dense.Active[i] = i != 3
		}
		for layout, in := range map[string]yuma.Input{"dense": dense, "compressed": compressed(dense, nil)} {
			t.Run(fmt.Sprintf("%s, %s", name, layout), func(t *testing.T) {
				var e yuma.Engine
				at := func(in yuma.Input) func() {
					return func() {
						_, err := e.Run(p, in)
						require.NoError(t, err)
					}
				}
				at(in)()
				require.Zero(t, testing.AllocsPerRun(5, at(in)))
				small := randomInput(3, 7, 1)
				require.Zero(t, testing.AllocsPerRun(5, at(small)), "a smaller epoch")
				require.Zero(t, testing.AllocsPerRun(5, at(in)), "and the large one again")
			})
			t.Run(fmt.Sprintf("%s, %s, in tiles", name, layout), func(t *testing.T) {
				tiles, agreements := tilesOf(dense, layout == "compressed"), make([]yuma.Agreement, 3)
				for k := range agreements {
					agreements[k] = yuma.Agreement{
						Consensus: make([]fixed.Q32, tiles[k].Columns), Rank: make([]fixed.Q32, tiles[k].Columns),
						Quality: make([]uint16, tiles[k].Columns),
					}
				}
				var e yuma.Engine
				epoch := func() {
					require.NoError(t, e.Begin(p, dense.Power, dense.Active, yuma.Progress{}))
					for _, tile := range tiles {
						require.NoError(t, e.SumRows(tile))
					}
					for k, tile := range tiles {
						a, err := e.Agree(tile)
						require.NoError(t, err)
						copy(agreements[k].Consensus, a.Consensus)
						copy(agreements[k].Rank, a.Rank)
						copy(agreements[k].Quality, a.Quality)
					}
					for k, tile := range tiles {
						_, err := e.Bond(tile, agreements[k])
						require.NoError(t, err)
					}
					e.Finish()
				}
				epoch()
				require.Zero(t, testing.AllocsPerRun(5, epoch))
			})
		}
	}
}

// tilesOf cuts an epoch of 100 columns in three.
func tilesOf(in yuma.Input, sparse bool) []yuma.Tile {
	var out []yuma.Tile
	for _, s := range []span{{0, 40}, {40, 41}, {41, 100}} {
		part := yuma.Input{Validators: in.Validators, Contributions: s.to - s.from}
		part.Scores.Values = cut(in.Scores.Values, in.Validators, in.Contributions, s)
		part.Bonds.Values = cut(in.Bonds.Values, in.Validators, in.Contributions, s)
		if sparse {
			part = compressed(part, nil)
		}
		out = append(out, yuma.Tile{Columns: part.Contributions, Scores: part.Scores, Bonds: part.Bonds})
	}
	return out
}

func TestAnEngineHoldsAtMostFourteenBytesACell(t *testing.T) {
	const contributions, validators = 4096, 256
	in := randomInput(validators, contributions, 1)
	for name, p := range everyRule() {
		var e yuma.Engine
		_, err := e.Run(p, in)
		require.NoError(t, err)
		held := bytesHeld(reflect.ValueOf(&e).Elem(), map[uintptr]bool{})
		require.LessOrEqual(t, held, 14*contributions*validators, name)
		require.Greater(t, held, 2*contributions*validators, "%s: the bonds at least", name)
	}
}

// bytesHeld is the size of all slices of a value, each memory once.
func bytesHeld(v reflect.Value, seen map[uintptr]bool) int {
	held := 0
	switch v.Kind() {
	case reflect.Slice:
		if v.Cap() == 0 || seen[v.Pointer()] {
			return 0
		}
		seen[v.Pointer()] = true
		held = v.Cap() * int(v.Type().Elem().Size())
		if holdsMore(v.Type().Elem()) {
			for i := range v.Len() {
				held += bytesHeld(v.Index(i), seen)
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			held += bytesHeld(v.Field(i), seen)
		}
	case reflect.Array:
		if holdsMore(v.Type().Elem()) {
			for i := range v.Len() {
				held += bytesHeld(v.Index(i), seen)
			}
		}
	case reflect.Pointer:
		if !v.IsNil() && !seen[v.Pointer()] {
			seen[v.Pointer()] = true
			held = int(v.Type().Elem().Size()) + bytesHeld(v.Elem(), seen)
		}
	default:
	}
	return held
}

func holdsMore(t reflect.Type) bool {
	return t.Kind() == reflect.Slice || t.Kind() == reflect.Struct || t.Kind() == reflect.Array || t.Kind() == reflect.Pointer
}

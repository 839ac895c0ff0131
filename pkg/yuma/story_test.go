// SPDX-License-Identifier: Apache-2.0

package yuma_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/yuma"
)

var update = flag.Bool("update", false, "write what the stories came to into testdata")

// A story is a file of testdata: what happens, below ---- what came of it, up to an empty
// line. Run with -update to record, and read the difference.
func TestStories(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			story, err := os.ReadFile(file)
			require.NoError(t, err)
			told := tell(t, string(story))
			if *update {
				require.NoError(t, os.WriteFile(file, []byte(told), 0o600))
				return
			}
			require.Equal(t, string(story), told)
		})
	}
}

// tell obeys a story's commands and writes it again with what came of them.
func tell(t *testing.T, story string) string {
	s := &storyteller{t: t, params: standard}
	var told []string
	for _, scene := range strings.Split(strings.TrimSpace(story), "\n\n") {
		commands, _, _ := strings.Cut(scene, "\n----")
		for _, line := range strings.Split(commands, "\n") {
			s.do(line)
		}
		if s.said.Len() > 0 {
			commands += "\n----\n" + strings.TrimSuffix(s.said.String(), "\n")
			s.said.Reset()
		}
		told = append(told, commands)
	}
	return strings.Join(told, "\n\n") + "\n"
}

// storyteller holds an epoch of a few people by name.
type storyteller struct {
	t      *testing.T
	params yuma.Params
	names  []string
	power  []uint64
	active []bool
	rows   [][]uint16
	bonds  [][]uint16
	epochs int
	engine yuma.Engine
	said   strings.Builder
}

func (s *storyteller) do(line string) {
	words := strings.Fields(line)
	if len(words) == 0 || words[0] == "#" {
		return
	}
	switch words[0] {
	case "params":
		s.paramsCmd(words[1:])
	case "validator": // validator NAME POWER
		s.names, s.power, s.active = append(s.names, words[1]), append(s.power, uint64(s.number(words[2]))), append(s.active, true)
		s.rows, s.bonds = append(s.rows, nil), append(s.bonds, nil)
	case "scores": // scores NAME[,NAME] SCORE..., - being none; they stay until others come
		for _, name := range strings.Split(words[1], ",") {
			s.rows[s.who(name)] = s.row(words[2:])
		}
	case "asleep", "awake": // asleep NAME: takes no part, and scores nothing
		i := s.who(words[1])
		s.active[i], s.rows[i] = words[0] == "awake", nil
	case "epochs": // epochs N: so many, of which the last is told
		for range s.number(words[1]) - 1 {
			s.epoch()
		}
		s.tellEpoch(s.epoch())
	default:
		require.Fail(s.t, "unknown command", line)
	}
}

func (s *storyteller) number(text string) int {
	n, err := strconv.Atoi(text)
	require.NoError(s.t, err)
	return n
}

func (s *storyteller) who(name string) int {
	i := slices.Index(s.names, name)
	require.GreaterOrEqual(s.t, i, 0, "nobody is called %s", name)
	return i
}

func (s *storyteller) row(words []string) []uint16 {
	var out []uint16
	for _, word := range words {
		if word == "-" {
			word = "0"
		}
		out = append(out, uint16(s.number(word)))
	}
	return out
}

// paramsCmd reads rule=2 kappa=5000 penalty=10000 average=9000 liquid=1000..3000@1000, in
// basis points, the steepness in hundredths.
func (s *storyteller) paramsCmd(words []string) {
	for _, word := range words {
		name, value, _ := strings.Cut(word, "=")
		switch name {
		case "rule":
			s.params.Rule = yuma.Rule(s.number(value))
		case "kappa":
			s.params.Kappa = fixed.FromBasisPoints(uint32(s.number(value)))
		case "penalty":
			s.params.BondPenalty = fixed.FromBasisPoints(uint32(s.number(value)))
		case "average":
			s.params.BondsMovingAverage = fixed.FromBasisPoints(uint32(s.number(value)))
		case "liquid":
			var lo, hi, steepness uint32
			_, err := fmt.Sscanf(value, "%d..%d@%d", &lo, &hi, &steepness)
			require.NoError(s.t, err)
			s.params.LiquidAlpha = yuma.LiquidAlpha{
				Enabled: true, Lo: fixed.FromBasisPoints(lo), Hi: fixed.FromBasisPoints(hi), Steepness: steepness,
			}
		default:
			require.Fail(s.t, "unknown param", word)
		}
	}
}

// epoch computes one, with columns for all contributions that anybody ever scored.
func (s *storyteller) epoch() yuma.Output {
	in := yuma.Input{Validators: len(s.names), Power: s.power, Active: s.active}
	for i := range s.names {
		in.Contributions = max(in.Contributions, len(s.rows[i]), len(s.bonds[i]))
	}
	for i := range s.names {
		in.Scores.Values = append(in.Scores.Values, widened(s.rows[i], in.Contributions)...)
		in.Bonds.Values = append(in.Bonds.Values, widened(s.bonds[i], in.Contributions)...)
	}
	out, err := s.engine.Run(s.params, in)
	require.NoError(s.t, err)
	for i := range s.names {
		s.bonds[i] = slices.Clone(out.Bonds.Values[i*in.Contributions : (i+1)*in.Contributions])
	}
	s.epochs++
	return out
}

func widened(row []uint16, n int) []uint16 {
	return append(slices.Clone(row), make([]uint16, n-len(row))...)
}

func (s *storyteller) tellEpoch(out yuma.Output) {
	say := func(format string, args ...any) { fmt.Fprintf(&s.said, format+"\n", args...) }
	say("epoch %d", s.epochs)
	say("quality   %v", out.Quality)
	say("consensus %v", out.Consensus)
	say("incentive %v", out.Incentive)
	for i, name := range s.names {
		say("%-5s trust %s, dividend %s, bonds %v", name, out.Trust[i], out.Dividends[i], s.bonds[i])
	}
}

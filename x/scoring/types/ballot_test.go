// SPDX-License-Identifier: Apache-2.0

package types_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/row"
	topictypes "github.com/weal-network/weal/x/topic/types"

	"github.com/weal-network/weal/x/scoring/types"
)

func newEpoch() types.Epoch {
	return types.Epoch{
		TopicId: 1, Number: 1, PowerCapBp: 1_000, MinRevealBp: 6_667,
		Scoring: topictypes.Scoring{Rule: topictypes.RULE_YUMA3, KappaBp: 5_000, BondPenaltyBp: 10_000, BondsMovingAverageBp: 9_000},
	}
}

func pack(t require.TestingT, entries ...row.Entry) []byte {
	packed, err := row.Encode(entries)
	require.NoError(t, err)
	return packed
}

func TestAnEpochIsVoidForAReason(t *testing.T) {
	revealed := pack(t, row.Entry{ID: 1, Score: 5})
	tests := map[string]struct {
		ballot types.Ballot
		reason string
	}{
		"without contributions": {
			types.Ballot{Voters: []types.Voter{{Tokens: 1, Row: revealed}}}, "no contribution was there to be measured",
		},
		"without validators": {
			types.Ballot{IDs: []uint64{1}}, "no validator had scoring power",
		},
		"when all validators lost their power": {
			types.Ballot{IDs: []uint64{1}, Voters: []types.Voter{{Row: revealed}}}, "no validator had scoring power",
		},
		"when a unit less than the least part revealed": {
			types.Ballot{IDs: []uint64{1}, Voters: []types.Voter{{Tokens: 6_666, Row: revealed}, {Tokens: 3_334}}},
			"validators with 6666 of 10000 uweal revealed, less than 6667 basis points",
		},
		"but not when the least part revealed": {
			types.Ballot{IDs: []uint64{1}, Voters: []types.Voter{{Tokens: 6_667, Row: revealed}, {Tokens: 3_333}}}, "",
		},
		"nor when what was revealed is all 0": {
			types.Ballot{IDs: []uint64{1}, Voters: []types.Voter{{Tokens: 1, Row: pack(t, row.Entry{ID: 1})}}}, "",
		},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			tc.ballot.Epoch = newEpoch()
			outcome, err := tc.ballot.Count()
			require.NoError(t, err)
			require.Equal(t, tc.reason, outcome.VoidReason)
		})
	}
}

func TestABallotThatContradictsItselfIsAnError(t *testing.T) {
	good := types.Voter{Tokens: 1, Row: pack(t, row.Entry{ID: 1, Score: 5})}
	tests := map[string]types.Ballot{
		"a row of another set":     {Epoch: newEpoch(), IDs: []uint64{2}, Voters: []types.Voter{good}},
		"bonds that are no row":    {Epoch: newEpoch(), IDs: []uint64{1}, Voters: []types.Voter{{Tokens: 1, Row: good.Row, Bonds: []byte{1}}}},
		"a rule without engine":    {Epoch: types.Epoch{PowerCapBp: 1_000, MinRevealBp: 5_000}, IDs: []uint64{1}, Voters: []types.Voter{good}},
		"a set that does not rise": {Epoch: newEpoch(), IDs: []uint64{2, 1}, Voters: []types.Voter{good}},
	}
	for name, ballot := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := ballot.Count()
			require.ErrorIs(t, err, types.ErrInconsistent)
		})
	}
}

func TestTokensBeyondAllReasonDoNotOverflow(t *testing.T) {
	ballot := types.Ballot{Epoch: newEpoch(), IDs: []uint64{1}}
	for i := range 256 {
		ballot.Voters = append(ballot.Voters, types.Voter{Operator: fmt.Sprint(i), Tokens: ^uint64(0), Row: pack(t, row.Entry{ID: 1, Score: 5})})
	}
	outcome, err := ballot.Count()
	require.NoError(t, err)
	require.Empty(t, outcome.VoidReason)
	require.Equal(t, outcome.Result.TotalPower, outcome.Result.RevealedPower)
	require.Greater(t, outcome.Result.TotalPower, uint64(1)<<62)
}

// drawBallot draws any ballot that the store can come to hold.
func drawBallot(t *rapid.T) types.Ballot {
	ballot := types.Ballot{Epoch: newEpoch()}
	ballot.Epoch.Scoring.Rule = rapid.SampledFrom([]topictypes.Rule{topictypes.RULE_YUMA2, topictypes.RULE_YUMA3}).Draw(t, "rule")
	for id := range uint64(rapid.IntRange(1, 8).Draw(t, "contributions")) {
		ballot.IDs = append(ballot.IDs, 3*id+1)
	}
	draw := func(label string) []byte {
		var entries []row.Entry
		for _, id := range ballot.IDs {
			if score := rapid.Uint16().Draw(t, label); score%3 > 0 {
				entries = append(entries, row.Entry{ID: id, Score: score})
			}
		}
		return pack(t, entries...)
	}
	for i := range rapid.IntRange(1, 6).Draw(t, "validators") {
		v := types.Voter{Operator: fmt.Sprint(i), Tokens: rapid.Uint64Range(0, 1000).Draw(t, "tokens"), Bonds: draw("bonds")}
		if packed := draw("scores"); len(packed) > 0 && rapid.Bool().Draw(t, "reveals") {
			v.Row, v.Committed = packed, true
		}
		if rapid.Bool().Draw(t, "owns") {
			v.Own = []uint64{rapid.SampledFrom(ballot.IDs).Draw(t, "own")}
		}
		ballot.Voters = append(ballot.Voters, v)
	}
	return ballot
}

func TestAnyBallotComesToSharesOfOneAndToBondsThatCanBeReadAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ballot := drawBallot(t)
		outcome, err := ballot.Count()
		require.NoError(t, err)
		again, err := ballot.Count()
		require.NoError(t, err)
		require.Equal(t, outcome, again)
		if outcome.VoidReason != "" {
			return
		}
		require.LessOrEqual(t, sum(outcome.Result.Incentive), uint64(fixed.One))
		var dividends []uint64
		for i, v := range outcome.Result.Validators {
			dividends = append(dividends, v.Dividend)
			if v.Power == 0 || !v.Revealed {
				require.Zero(t, v.Dividend, "validator %d", i)
			}
		}
		require.LessOrEqual(t, sum(dividends), uint64(fixed.One))
		for i, bonds := range outcome.Bonds {
			ballot.Voters[i].Bonds = bonds
		}
		_, err = ballot.Count()
		require.NoError(t, err)
	})
}

func sum(values []uint64) (s uint64) {
	for _, v := range values {
		s += v
	}
	return s
}

func TestWhatOneSaysOfOnesOwnChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ballot := drawBallot(t)
		own := rapid.SampledFrom(ballot.IDs).Draw(t, "own id")
		ballot.Voters[0].Own = []uint64{own}
		with := func(score uint16) types.Outcome {
			ballot.Voters[0].Row = pack(t, row.Entry{ID: own, Score: score})
			outcome, err := ballot.Count()
			require.NoError(t, err)
			return outcome
		}
		require.Equal(t, with(0), with(65_535))
	})
}

func FuzzParseRow(f *testing.F) {
	set := []uint64{1, 2, 300, 70_000}
	f.Add([]byte{})
	f.Add(pack(f, row.Entry{ID: 1, Score: 5}, row.Entry{ID: 300, Score: 65_535}))
	f.Add([]byte{0x80, 0x00, 0, 0})
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01, 0, 0})
	f.Fuzz(func(t *testing.T, data []byte) {
		entries, err := types.ParseRow(data, set)
		if err != nil {
			return
		}
		require.NotEmpty(t, entries)
		require.Equal(t, data, pack(t, entries...), "a row has one encoding")
		_, err = row.Dense(entries, set)
		require.NoError(t, err)
	})
}

func BenchmarkCount256x64(b *testing.B) {
	ballot := types.Ballot{Epoch: newEpoch()}
	for id := range uint64(256) {
		ballot.IDs = append(ballot.IDs, id+1)
	}
	for i := range 64 {
		entries := make([]row.Entry, len(ballot.IDs))
		for j, id := range ballot.IDs {
			entries[j] = row.Entry{ID: id, Score: uint16(j*251 + i*17)}
		}
		ballot.Voters = append(ballot.Voters, types.Voter{Operator: fmt.Sprint(i), Tokens: uint64(1000 + i), Row: pack(b, entries...), Bonds: pack(b, entries...)})
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ballot.Count(); err != nil {
			b.Fatal(err)
		}
	}
}

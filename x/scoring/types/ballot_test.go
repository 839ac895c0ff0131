// SPDX-License-Identifier: Apache-2.0

package types_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/row"
	"github.com/weal-network/weal/pkg/yuma"
	topictypes "github.com/weal-network/weal/x/topic/types"

	"github.com/weal-network/weal/x/scoring/types"
)

func newEpoch() types.Epoch {
	return types.Epoch{
		TopicId: 1, Number: 1, PowerCapBp: 1_000, MinRevealBp: 6_667,
		Scoring: topictypes.Scoring{Rule: topictypes.RULE_YUMA3, KappaBp: 5_000, BondPenaltyBp: 10_000, BondsMovingAverageBp: 9_000, ScoreRule: topictypes.SCORE_RULE_CLIPPED_SUM},
	}
}

func pack(t require.TestingT, entries ...row.Entry) []byte {
	packed, err := row.Encode(entries)
	require.NoError(t, err)
	return packed
}

// draft is what a ballot is made of in tests.
type draft struct {
	epoch  types.Epoch
	ids    []uint64
	voters []types.Voter
	// rows and bonds are packed, by voter.
	rows, bonds [][]byte
}

// ballot lays a draft out.
func (d draft) ballot() (types.Ballot, error) {
	b := types.Ballot{Epoch: d.epoch, IDs: d.ids, Scores: &types.Sheet{}, Bonds: &types.Sheet{}}
	voters := slices.Clone(d.voters)
	for i := range voters {
		voters[i].Revealed = len(d.rows[i]) > 0
	}
	b.Tally = types.NewTally(d.epoch, voters)
	b.Scores.Reset(len(voters), d.ids)
	b.Bonds.Reset(len(voters), d.ids)
	for i, v := range b.Tally.Voters {
		own, err := v.OwnIDs()
		if err != nil {
			return b, err
		}
		if v.Active() {
			if err := b.Scores.PutScores(i, d.rows[i], own); err != nil {
				return b, err
			}
		}
		if i < len(d.bonds) {
			if _, err := b.Bonds.Put(i, d.bonds[i]); err != nil {
				return b, err
			}
		}
	}
	return b, nil
}

func (d draft) count(t require.TestingT) types.Count {
	b, err := d.ballot()
	require.NoError(t, err)
	count, err := b.Count()
	require.NoError(t, err)
	return count
}

func TestAnEpochIsVoidForAReason(t *testing.T) {
	revealed := pack(t, row.Entry{ID: 1, Score: 5})
	tests := map[string]struct {
		draft  draft
		reason string
	}{
		"without contributions": {
			draft{voters: []types.Voter{{Tokens: 1}}, rows: [][]byte{nil}}, "no contribution was there to be measured",
		},
		"without validators": {
			draft{ids: []uint64{1}}, "no validator had scoring power",
		},
		"when all validators lost their power": {
			draft{ids: []uint64{1}, voters: []types.Voter{{}}, rows: [][]byte{revealed}}, "no validator had scoring power",
		},
		"when a unit less than the least part revealed": {
			draft{ids: []uint64{1}, voters: []types.Voter{{Tokens: 6_666}, {Tokens: 3_334}}, rows: [][]byte{revealed, nil}},
			"validators with 6666 of 10000 uweal revealed, less than 6667 basis points",
		},
		"but not when the least part revealed": {
			draft{ids: []uint64{1}, voters: []types.Voter{{Tokens: 6_667}, {Tokens: 3_333}}, rows: [][]byte{revealed, nil}}, "",
		},
		"nor when what was revealed is all 0": {
			draft{ids: []uint64{1}, voters: []types.Voter{{Tokens: 1}}, rows: [][]byte{pack(t, row.Entry{ID: 1})}}, "",
		},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			tc.draft.epoch = newEpoch()
			require.Equal(t, tc.reason, tc.draft.count(t).VoidReason)
		})
	}
}

func TestABallotThatContradictsItselfIsAnError(t *testing.T) {
	good := pack(t, row.Entry{ID: 1, Score: 5})
	voter := []types.Voter{{Tokens: 1}}
	tests := map[string]draft{
		"a row of another set":              {epoch: newEpoch(), ids: []uint64{2}, voters: voter, rows: [][]byte{good}},
		"a row that is none":                {epoch: newEpoch(), ids: []uint64{1}, voters: voter, rows: [][]byte{{1}}},
		"own contributions that are no ids": {epoch: newEpoch(), ids: []uint64{1}, voters: []types.Voter{{Tokens: 1, Own: []byte{0x80}}}, rows: [][]byte{good}},
		"a rule without engine":             {epoch: types.Epoch{PowerCapBp: 1_000, MinRevealBp: 5_000}, ids: []uint64{1}, voters: voter, rows: [][]byte{good}},
	}
	for name, d := range tests {
		t.Run(name, func(t *testing.T) {
			ballot, err := d.ballot()
			if err == nil {
				_, err = ballot.Count()
			}
			require.ErrorIs(t, err, types.ErrInconsistent)
		})
	}
}

func TestTokensBeyondAllReasonDoNotOverflow(t *testing.T) {
	d := draft{epoch: newEpoch(), ids: []uint64{1}}
	for i := range 256 {
		d.voters = append(d.voters, types.Voter{Operator: fmt.Sprint(i), Tokens: ^uint64(0)})
		d.rows = append(d.rows, pack(t, row.Entry{ID: 1, Score: 5}))
	}
	count := d.count(t)
	require.Empty(t, count.VoidReason)
	require.Equal(t, count.Result.TotalPower, count.Result.RevealedPower)
	require.Greater(t, count.Result.TotalPower, uint64(1)<<62)
}

// drawDraft draws any ballot that the store can come to hold.
func drawDraft(t *rapid.T) draft {
	d := draft{epoch: newEpoch()}
	d.epoch.Scoring.Rule = rapid.SampledFrom([]topictypes.Rule{topictypes.RULE_YUMA2, topictypes.RULE_YUMA3}).Draw(t, "rule")
	for id := range uint64(rapid.IntRange(1, 8).Draw(t, "contributions")) {
		d.ids = append(d.ids, 3*id+1)
	}
	draw := func(label string) []byte {
		var entries []row.Entry
		for _, id := range d.ids {
			if score := rapid.Uint16().Draw(t, label); score%3 > 0 {
				entries = append(entries, row.Entry{ID: id, Score: score})
			}
		}
		return pack(t, entries...)
	}
	for i := range rapid.IntRange(1, 6).Draw(t, "validators") {
		v := types.Voter{Operator: fmt.Sprint(i), Tokens: rapid.Uint64Range(0, 1000).Draw(t, "tokens")}
		var packed []byte
		if drawn := draw("scores"); len(drawn) > 0 && rapid.Bool().Draw(t, "reveals") {
			packed = drawn
		}
		if rapid.Bool().Draw(t, "owns") {
			v.Own = packIDs(t, rapid.SampledFrom(d.ids).Draw(t, "own"))
		}
		d.voters, d.rows, d.bonds = append(d.voters, v), append(d.rows, packed), append(d.bonds, draw("bonds"))
	}
	return d
}

func packIDs(t require.TestingT, ids ...uint64) []byte {
	packed, err := row.EncodeIDs(ids)
	require.NoError(t, err)
	return packed
}

func TestAnyBallotComesToSharesOfOneAndToBondsThatCanBeReadAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawDraft(t)
		count := d.count(t)
		require.Equal(t, count, d.count(t))
		if count.VoidReason != "" {
			return
		}
		require.LessOrEqual(t, sum(count.Result.Incentive), uint64(fixed.One))
		var dividends []uint64
		for i, v := range count.Result.Validators {
			dividends = append(dividends, v.Dividend)
			if v.Power == 0 || !v.Revealed {
				require.Zero(t, v.Dividend, "validator %d", i)
			}
		}
		require.LessOrEqual(t, sum(dividends), uint64(fixed.One))
		for i := range d.voters {
			packed, err := types.PackRow(count.Bonds, len(d.ids), i, 0, d.ids)
			require.NoError(t, err)
			d.bonds[i] = packed
		}
		d.count(t)
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
		d := drawDraft(t)
		own := rapid.SampledFrom(d.ids).Draw(t, "own id")
		d.voters[0].Own = packIDs(t, own)
		with := func(score uint16) types.Count {
			d.rows[0] = pack(t, row.Entry{ID: own, Score: score})
			return d.count(t)
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
	d := draft{epoch: newEpoch()}
	for id := range uint64(256) {
		d.ids = append(d.ids, id+1)
	}
	for i := range 64 {
		entries := make([]row.Entry, len(d.ids))
		for j, id := range d.ids {
			entries[j] = row.Entry{ID: id, Score: uint16(j*251 + i*17)}
		}
		d.voters = append(d.voters, types.Voter{Operator: fmt.Sprint(i), Tokens: uint64(1000 + i)})
		d.rows, d.bonds = append(d.rows, pack(b, entries...)), append(d.bonds, pack(b, entries...))
	}
	ballot, err := d.ballot()
	require.NoError(b, err)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ballot.Count(); err != nil {
			b.Fatal(err)
		}
	}
}

func TestATopicsRulesAreTheEngines(t *testing.T) {
	scoring := topictypes.Scoring{
		Rule: topictypes.RULE_YUMA2, KappaBp: 6_000, BondPenaltyBp: 2_500, BondsMovingAverageBp: 9_000,
		ScoreRule: topictypes.SCORE_RULE_MEDIAN,
	}
	params, err := types.EngineParams(scoring)
	require.NoError(t, err)
	require.Equal(t, yuma.Params{
		Rule: yuma.YUMA2, ScoreRule: yuma.Median, Kappa: fixed.FromBasisPoints(6_000),
		BondPenalty: fixed.FromBasisPoints(2_500), BondsMovingAverage: fixed.FromBasisPoints(9_000),
	}, params)

	scoring.Rule, scoring.ScoreRule = topictypes.RULE_YUMA3, topictypes.SCORE_RULE_CLIPPED_SUM
	params, err = types.EngineParams(scoring)
	require.NoError(t, err)
	require.Equal(t, yuma.YUMA3, params.Rule)
	require.Equal(t, yuma.ClippedSum, params.ScoreRule)

	for _, unknown := range []func(s *topictypes.Scoring){
		func(s *topictypes.Scoring) { s.Rule = 9 },
		func(s *topictypes.Scoring) { s.ScoreRule = topictypes.SCORE_RULE_UNSPECIFIED },
	} {
		s := scoring
		unknown(&s)
		_, err := types.EngineParams(s)
		require.ErrorIs(t, err, types.ErrInconsistent)
		require.ErrorContains(t, err, "has no engine")
	}
}

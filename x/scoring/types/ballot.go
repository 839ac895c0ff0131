// SPDX-License-Identifier: Apache-2.0

package types

import (
	errorsmod "cosmossdk.io/errors"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/innovation"
	"github.com/weal-network/weal/pkg/yuma"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// Ballot is all that an epoch's outcome depends on. It knows no store and no tiles: whoever holds the same records
// comes to the same outcome at once.
type Ballot struct {
	// Epoch is the epoch with its parameters.
	Epoch Epoch
	// IDs are the pinned contributions, rising.
	IDs []uint64
	// Tally is who counts, and for how much.
	Tally Tally
	// Scores and Bonds are over IDs, by the tally's voters: what the active ones revealed, without their own
	// contributions, and what the epoch started from.
	Scores, Bonds *Sheet
	// Assigned says who was to score which of IDs, as Marks have it; nil for everybody all. Scores have nothing else.
	Assigned []uint64
	// Known is what everybody knew of IDs; looked at where innovation is paid.
	Known Known
}

// Count is what a ballot comes to.
type Count struct {
	// VoidReason is why there is no result; empty when there is one.
	VoidReason string
	// Result is the consensus, without the height of the close and what was paid.
	Result EpochResult
	// RowSums are what the voters' weights are shares of.
	RowSums []uint64
	// Bonds are the voters' new bonds, over the ballot's IDs.
	Bonds yuma.Matrix
	// Outcome is the validators' part of the result.
	Outcome Outcome
	// Known is what everybody knows of IDs now.
	Known Known
}

// Count runs the consensus over the whole ballot. It fails on records that contradict each other (ErrInconsistent)
// and never on anything that a validator revealed.
func (b Ballot) Count() (Count, error) {
	if reason := b.Tally.Void(len(b.IDs), b.Epoch.MinRevealBp); reason != "" {
		return Count{VoidReason: reason}, nil
	}
	params, err := EngineParams(b.Epoch.Scoring)
	if err != nil {
		return Count{}, err
	}
	weighed, peaks := b.weighed()
	compressed := weighed.Sparse()
	input := yuma.Input{
		Validators: len(b.Tally.Voters), Contributions: len(b.IDs),
		Scores: weighed.Matrix(compressed), Bonds: b.Bonds.Matrix(compressed), Assigned: b.Assigned,
	}
	input.Power, input.Active = b.Tally.Powers()
	var engine yuma.Engine
	output, err := engine.Run(params, input)
	if err != nil {
		return Count{}, errorsmod.Wrap(ErrInconsistent, err.Error())
	}
	if peaks != nil {
		raw := yuma.Tile{Columns: len(b.IDs), Scores: b.Scores.Matrix(b.Scores.Sparse()), Assigned: b.Assigned}
		if output.Quality, err = engine.Quality(raw); err != nil {
			return Count{}, errorsmod.Wrap(ErrInconsistent, err.Error())
		}
	}
	count, err := b.count(output, engine.Progress().RowSums, input)
	count.Outcome.Peaks = peaks
	return count, err
}

// weighed are the scores that weights are made of, and the largest of each row; nil where scores are not sharpened.
func (b Ballot) weighed() (*Sheet, []uint32) {
	if !b.Epoch.Sharpens() {
		return b.Scores, nil
	}
	peaks := b.Scores.RaisePeaks(nil)
	sharp := &Sheet{}
	sharp.Sharpen(b.Scores, peaks, b.Epoch.Scoring.Sharpness)
	return sharp, peaks
}

// count is what the engine found, as it is stored.
func (b Ballot) count(output yuma.Output, rowSums []uint64, input yuma.Input) (Count, error) {
	result := b.Tally.Result(b.IDs)
	result.Consensus, result.Incentive = Shares(output.Consensus), Shares(output.Incentive)
	result.Quality = Qualities(output.Quality)
	count := Count{Outcome: NewOutcome(b.Tally, output.Trust, output.Dividends, rowSums), RowSums: rowSums, Bonds: output.Bonds, Known: b.Known}
	if b.Epoch.PaysInnovation() {
		if err := b.innovate(&count, output.Consensus, input); err != nil {
			return Count{}, err
		}
	}
	err := result.PutOutcome(count.Outcome)
	count.Result = result
	return count, err
}

// innovate pays for innovation, and publishes the consensus.
func (b Ballot) innovate(count *Count, consensus []fixed.Q32, input yuma.Input) error {
	own, err := b.Tally.Own()
	if err != nil {
		return err
	}
	assigned := b.Assigned
	if assigned == nil {
		assigned = Assigned(own, b.IDs)
	}
	var engine innovation.Engine
	p := InnovationParams(b.Epoch.Scoring)
	_, err = engine.Run(p, innovation.Input{Power: input.Power, Active: input.Active, Tile: innovation.Tile{
		Columns: len(b.IDs), Scores: input.Scores, Assigned: assigned, Public: b.Known.Public,
	}})
	if err != nil {
		return Inconsistent(err)
	}
	sum := Sum(consensus)
	if err := count.Outcome.PayInnovation(&engine, p, b.Tally, sum); err != nil {
		return err
	}
	count.Known.Publish(consensus, sum)
	return nil
}

// Sum adds fractions up.
func Sum(fractions []fixed.Q32) (sum fixed.Q32) {
	for _, f := range fractions {
		sum += f
	}
	return sum
}

// Inconsistent is an error of an engine as one of the records, which it complains of.
func Inconsistent(err error) error {
	if err == nil {
		return nil
	}
	return errorsmod.Wrap(ErrInconsistent, err.Error())
}

// NewOutcome is what a count gave the voters. Old bonds pay under some rules, but nobody who did not reveal.
func NewOutcome(t Tally, trust, dividends []fixed.Q32, rowSums []uint64) Outcome {
	o := Outcome{
		TopicId: t.TopicId, Epoch: t.Epoch,
		Trust: make([]uint64, len(t.Voters)), Dividends: make([]uint64, len(t.Voters)), RowSums: append([]uint64(nil), rowSums...),
	}
	for i, v := range t.Voters {
		if v.Active() {
			o.Trust[i], o.Dividends[i] = uint64(max(trust[i], 0)), uint64(max(dividends[i], 0))
		}
	}
	o.BondDividends = append([]uint64(nil), o.Dividends...)
	return o
}

// Qualities copies medians of scores as results keep them.
func Qualities(medians []uint16) []uint32 {
	out := make([]uint32, len(medians))
	for j, q := range medians {
		out[j] = uint32(q)
	}
	return out
}

// EngineParams translates a topic's parameters; the topic module holds their bounds.
func EngineParams(s topictypes.Scoring) (yuma.Params, error) {
	params := yuma.Params{
		Kappa:              fixed.FromBasisPoints(s.KappaBp),
		BondPenalty:        fixed.FromBasisPoints(s.BondPenaltyBp),
		BondsMovingAverage: fixed.FromBasisPoints(s.BondsMovingAverageBp),
	}
	switch s.Rule {
	case topictypes.RULE_YUMA2:
		params.Rule = yuma.YUMA2
	case topictypes.RULE_YUMA3:
		params.Rule = yuma.YUMA3
	default:
		return yuma.Params{}, errorsmod.Wrapf(ErrInconsistent, "rule %s has no engine", s.Rule)
	}
	switch s.ScoreRule {
	case topictypes.SCORE_RULE_CLIPPED_SUM:
		params.ScoreRule = yuma.ClippedSum
	case topictypes.SCORE_RULE_MEDIAN:
		params.ScoreRule = yuma.Median
	default:
		return yuma.Params{}, errorsmod.Wrapf(ErrInconsistent, "score rule %s has no engine", s.ScoreRule)
	}
	return params, nil
}

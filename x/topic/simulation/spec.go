// SPDX-License-Identifier: Apache-2.0

package simulation

import (
	"bytes"
	"fmt"

	"github.com/weal-network/weal/x/topic/types"
)

// dice is what both the genesis and the operations throw.
type dice interface{ Intn(n int) int }

func slugOf(n uint64) string { return fmt.Sprintf("topic-%d", n) }

// anySpec is a topic within the bounds, often at one of them.
func anySpec(r dice, steward string, sandbox bool) types.TopicSpec {
	epoch := uint64(types.MinEpochBlocks + r.Intn(8))
	spec := types.TopicSpec{
		Slug:    slugOf(uint64(r.Intn(40))),
		Title:   fmt.Sprintf("Models of kind %d", r.Intn(1_000)),
		Steward: steward,
		Access:  types.ACCESS_OPEN,
		Metric:  types.Metric{Name: "bits_per_byte", Direction: types.DIRECTION_LOWER_IS_BETTER, Worst: 8_000_000, Exponent: 6},
		Evaluation: types.Evaluation{
			Kind: "onnx-bits-per-byte", SpecUri: "https://example.org/spec.json",
			SpecSha256: bytes.Repeat([]byte{1}, 32), CorpusSha256: bytes.Repeat([]byte{2}, 32),
		},
		ArtifactRules: types.ArtifactRules{MediaTypes: types.SafeMediaTypes(), MaxBytes: 1 << 20},
		Schedule: types.Schedule{
			EpochBlocks: epoch, RevealBlocks: uint64(1 + r.Intn(int(epoch)-1)), MaxActive: uint32(1 + r.Intn(8)), ImmunityEpochs: uint32(r.Intn(3)),
		},
		Scoring: types.Scoring{
			Rule: types.RULE_YUMA3, KappaBp: uint32(types.MinKappaBp + r.Intn(types.MaxKappaBp-types.MinKappaBp+1)),
			BondPenaltyBp: types.BasisPoints, BondsMovingAverageBp: uint32(r.Intn(types.BasisPoints + 1)),
			Sharpness:    uint32(r.Intn(types.MaxSharpness + 1)),
			RewardRule:   types.REWARD_RULE_PROPORTIONAL,
			ScoreRule:    []types.ScoreRule{types.SCORE_RULE_CLIPPED_SUM, types.SCORE_RULE_MEDIAN}[r.Intn(2)],
			DividendRule: []types.DividendRule{types.DIVIDEND_RULE_BONDS, types.DIVIDEND_RULE_INNOVATION}[r.Intn(2)],
		},
		Sandbox: sandbox,
	}
	if r.Intn(2) == 0 {
		spec.Scoring.RewardRule, spec.Scoring.Baseline = types.REWARD_RULE_FRONTIER, uint32(r.Intn(types.MaxBaseline+1))
	}
	if spec.Scoring.TakesCoverage() && r.Intn(2) == 0 {
		spec.Scoring.Coverage = uint32(types.MinCoverage + r.Intn(4))
	}
	if r.Intn(4) == 0 {
		spec.Access = types.ACCESS_ADMITTED
	}
	if !sandbox {
		spec.StewardBp = uint32(r.Intn(types.MaxStewardBp + 1))
		spec.Pricing = types.Pricing{
			BasePrice: uint64(1 + r.Intn(1_000)), MaxPrice: 1_000_000, MultiplierBp: uint32(types.MinMultiplierBp + r.Intn(20_000)),
			HalfLifeSeconds: uint64(1 + r.Intn(1_000)), Bond: uint64(r.Intn(1_000)),
		}
	}
	return spec
}

// SPDX-License-Identifier: Apache-2.0

package types_test

import (
	"bytes"
	"math"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	addresscodec "github.com/cosmos/cosmos-sdk/codec/address"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/topic/types"
)

func TestMain(m *testing.M) {
	sdk.GetConfig().SetBech32PrefixForAccount("weal", "wealpub")
	os.Exit(m.Run())
}

var (
	accounts = addresscodec.NewBech32Codec("weal")
	steward  = account("weal")
)

// account returns the same account, as a chain of the prefix writes it.
func account(prefix string) string {
	text, err := addresscodec.NewBech32Codec(prefix).BytesToString(bytes.Repeat([]byte{7}, 20))
	if err != nil {
		panic(err)
	}
	return text
}

// validSpec is a topic that lacks nothing.
func validSpec() types.TopicSpec {
	return types.TopicSpec{
		Slug:           "go-source-lm",
		Title:          "Byte-level language models of Go source",
		DescriptionUri: "https://example.org/go-source-lm",
		Steward:        steward,
		Access:         types.ACCESS_OPEN,
		Metric: types.Metric{
			Name: "bits_per_byte", Unit: "bit/B", Direction: types.DIRECTION_LOWER_IS_BETTER, Worst: 8_000_000, Best: 0, Exponent: 6,
		},
		Evaluation: types.Evaluation{
			Kind: "onnx-bits-per-byte", SpecUri: "https://example.org/spec.json",
			SpecSha256: bytes.Repeat([]byte{1}, 32), CorpusSha256: bytes.Repeat([]byte{2}, 32),
		},
		ArtifactRules: types.ArtifactRules{MediaTypes: []string{"application/onnx"}, MaxBytes: 16 << 20},
		Schedule:      types.Schedule{EpochBlocks: 24, RevealBlocks: 6, MaxActive: 64, ImmunityEpochs: 3},
		Scoring: types.Scoring{
			Rule: types.RULE_YUMA3, KappaBp: 5_000, BondPenaltyBp: 10_000, BondsMovingAverageBp: 9_000,
			RewardRule: types.REWARD_RULE_PROPORTIONAL, ScoreRule: types.SCORE_RULE_CLIPPED_SUM, DividendRule: types.DIVIDEND_RULE_BONDS,
		},
		Pricing: types.DefaultPricing(),
	}
}

// refusals say, for a topic that lacks nothing, what to break and which error it gives.
var refusals = map[string]struct {
	spoil func(*types.TopicSpec)
	want  error
}{
	"a slug is at least 3 bytes":                    {func(s *types.TopicSpec) { s.Slug = "go" }, types.ErrInvalidSlug},
	"a slug is at most 32 bytes":                    {func(s *types.TopicSpec) { s.Slug = strings.Repeat("a", 33) }, types.ErrInvalidSlug},
	"a slug begins with a letter":                   {func(s *types.TopicSpec) { s.Slug = "1go" }, types.ErrInvalidSlug},
	"a slug does not begin with a hyphen":           {func(s *types.TopicSpec) { s.Slug = "-go" }, types.ErrInvalidSlug},
	"a slug has no capitals":                        {func(s *types.TopicSpec) { s.Slug = "goSource" }, types.ErrInvalidSlug},
	"a slug has no underscore":                      {func(s *types.TopicSpec) { s.Slug = "go_source" }, types.ErrInvalidSlug},
	"a title is needed":                             {func(s *types.TopicSpec) { s.Title = "" }, types.ErrInvalidDescription},
	"a title is at most 128 bytes":                  {func(s *types.TopicSpec) { s.Title = strings.Repeat("t", 129) }, types.ErrInvalidDescription},
	"a title is one line":                           {func(s *types.TopicSpec) { s.Title = "one\ntwo" }, types.ErrInvalidDescription},
	"a title has no escape sequences":               {func(s *types.TopicSpec) { s.Title = "\x1b[2Jgone" }, types.ErrInvalidDescription},
	"a title does not turn its writing around":      {func(s *types.TopicSpec) { s.Title = "a\u202eb" }, types.ErrInvalidDescription},
	"a title is UTF-8":                              {func(s *types.TopicSpec) { s.Title = "\xff" }, types.ErrInvalidDescription},
	"a description is at most 256 bytes":            {func(s *types.TopicSpec) { s.DescriptionUri = "https://" + strings.Repeat("a", 249) }, types.ErrInvalidDescription},
	"a description is a URI":                        {func(s *types.TopicSpec) { s.DescriptionUri = "see the wiki" }, types.ErrInvalidDescription},
	"a description has a scheme":                    {func(s *types.TopicSpec) { s.DescriptionUri = "example.org/wiki" }, types.ErrInvalidDescription},
	"a description has more than a scheme":          {func(s *types.TopicSpec) { s.DescriptionUri = "https:" }, types.ErrInvalidDescription},
	"a description's scheme is not empty":           {func(s *types.TopicSpec) { s.DescriptionUri = "://example.org" }, types.ErrInvalidDescription},
	"a steward is needed":                           {func(s *types.TopicSpec) { s.Steward = "" }, types.ErrInvalidSteward},
	"a steward is an account of this chain":         {func(s *types.TopicSpec) { s.Steward = account("cosmos") }, types.ErrInvalidSteward},
	"a steward is written in small letters":         {func(s *types.TopicSpec) { s.Steward = strings.ToUpper(steward) }, types.ErrInvalidSteward},
	"a steward's checksum holds":                    {func(s *types.TopicSpec) { s.Steward = steward[:len(steward)-1] + "q" }, types.ErrInvalidSteward},
	"a steward has at most a twentieth of a budget": {func(s *types.TopicSpec) { s.StewardBp = 501 }, types.ErrInvalidSteward},
	"a sandbox pays no steward":                     {func(s *types.TopicSpec) { s.Sandbox, s.Pricing, s.StewardBp = true, types.Pricing{}, 1 }, types.ErrInvalidSteward},
	"an access is needed":                           {func(s *types.TopicSpec) { s.Access = types.ACCESS_UNSPECIFIED }, types.ErrInvalidAccess},
	"an access is a known one":                      {func(s *types.TopicSpec) { s.Access = 3 }, types.ErrInvalidAccess},
	"a metric has a name":                           {func(s *types.TopicSpec) { s.Metric.Name = "" }, types.ErrInvalidMetric},
	"a metric's name is at most 64 bytes":           {func(s *types.TopicSpec) { s.Metric.Name = strings.Repeat("a", 65) }, types.ErrInvalidMetric},
	"a metric's name has no hyphen":                 {func(s *types.TopicSpec) { s.Metric.Name = "bits-per-byte" }, types.ErrInvalidMetric},
	"a unit is at most 32 bytes":                    {func(s *types.TopicSpec) { s.Metric.Unit = strings.Repeat("b", 33) }, types.ErrInvalidMetric},
	"a unit has no control characters":              {func(s *types.TopicSpec) { s.Metric.Unit = "\a" }, types.ErrInvalidMetric},
	"a direction is needed":                         {func(s *types.TopicSpec) { s.Metric.Direction = types.DIRECTION_UNSPECIFIED }, types.ErrInvalidMetric},
	"a direction is a known one":                    {func(s *types.TopicSpec) { s.Metric.Direction = 3 }, types.ErrInvalidMetric},
	"lower is better needs best below worst":        {func(s *types.TopicSpec) { s.Metric.Best = 9_000_000 }, types.ErrInvalidMetric},
	"higher is better needs best above worst":       {func(s *types.TopicSpec) { s.Metric.Direction = types.DIRECTION_HIGHER_IS_BETTER }, types.ErrInvalidMetric},
	"lower is better needs two ends":                {func(s *types.TopicSpec) { s.Metric.Best = s.Metric.Worst }, types.ErrInvalidMetric},
	"higher is better needs two ends":               {equalEndsHigher, types.ErrInvalidMetric},
	"an exponent is at most 12":                     {func(s *types.TopicSpec) { s.Metric.Exponent = 13 }, types.ErrInvalidMetric},
	"a kind is needed":                              {func(s *types.TopicSpec) { s.Evaluation.Kind = "" }, types.ErrInvalidEvaluation},
	"a kind is at most 64 bytes":                    {func(s *types.TopicSpec) { s.Evaluation.Kind = strings.Repeat("k", 65) }, types.ErrInvalidEvaluation},
	"a kind has no spaces":                          {func(s *types.TopicSpec) { s.Evaluation.Kind = "onnx bits" }, types.ErrInvalidEvaluation},
	"a spec has a place":                            {func(s *types.TopicSpec) { s.Evaluation.SpecUri = "" }, types.ErrInvalidEvaluation},
	"a spec's place is a URI":                       {func(s *types.TopicSpec) { s.Evaluation.SpecUri = "spec.json" }, types.ErrInvalidEvaluation},
	"a spec's place is at most 256 bytes":           {func(s *types.TopicSpec) { s.Evaluation.SpecUri = "https://" + strings.Repeat("a", 249) }, types.ErrInvalidEvaluation},
	"a spec's digest is not shorter than 32":        {func(s *types.TopicSpec) { s.Evaluation.SpecSha256 = make([]byte, 31) }, types.ErrInvalidEvaluation},
	"a spec's digest is not longer than 32":         {func(s *types.TopicSpec) { s.Evaluation.SpecSha256 = make([]byte, 33) }, types.ErrInvalidEvaluation},
	"a corpus's digest is needed":                   {func(s *types.TopicSpec) { s.Evaluation.CorpusSha256 = nil }, types.ErrInvalidEvaluation},
	"a corpus's digest is not longer than 32":       {func(s *types.TopicSpec) { s.Evaluation.CorpusSha256 = make([]byte, 33) }, types.ErrInvalidEvaluation},
	"a media type is needed":                        {func(s *types.TopicSpec) { s.ArtifactRules.MediaTypes = nil }, types.ErrInvalidArtifactRules},
	"media types are at most 8":                     {func(s *types.TopicSpec) { s.ArtifactRules.MediaTypes = make([]string, 9) }, types.ErrInvalidArtifactRules},
	"a media type stands there once":                {mediaTypes("application/onnx", "application/onnx"), types.ErrInvalidArtifactRules},
	"pickle runs code when it is loaded":            {mediaTypes("application/x-pickle"), types.ErrInvalidArtifactRules},
	"a torch file is a pickle":                      {mediaTypes("application/x-pytorch"), types.ErrInvalidArtifactRules},
	"bytes of no known format are not safe":         {mediaTypes("application/onnx", "application/octet-stream"), types.ErrInvalidArtifactRules},
	"a media type is written as it is known":        {mediaTypes("Application/ONNX"), types.ErrInvalidArtifactRules},
	"an artifact may have a byte":                   {func(s *types.TopicSpec) { s.ArtifactRules.MaxBytes = 0 }, types.ErrInvalidArtifactRules},
	"an artifact is within the module's bound":      {func(s *types.TopicSpec) { s.ArtifactRules.MaxBytes = 16<<20 + 1 }, types.ErrInvalidArtifactRules},
	"an epoch is not shorter than the shortest":     {func(s *types.TopicSpec) { s.Schedule.EpochBlocks = 9 }, types.ErrInvalidSchedule},
	"an epoch is not longer than the longest":       {func(s *types.TopicSpec) { s.Schedule.EpochBlocks = 100_001 }, types.ErrInvalidSchedule},
	"a block is left to reveal in":                  {func(s *types.TopicSpec) { s.Schedule.RevealBlocks = 0 }, types.ErrInvalidSchedule},
	"a block is left to commit in":                  {func(s *types.TopicSpec) { s.Schedule.RevealBlocks = 24 }, types.ErrInvalidSchedule},
	"an active set has a place":                     {func(s *types.TopicSpec) { s.Schedule.MaxActive = 0 }, types.ErrInvalidSchedule},
	"an active set is within the module's bound":    {func(s *types.TopicSpec) { s.Schedule.MaxActive = 257 }, types.ErrInvalidSchedule},
	"immunity ends":                                 {func(s *types.TopicSpec) { s.Schedule.ImmunityEpochs = 10_001 }, types.ErrInvalidSchedule},
	"a rule is needed":                              {func(s *types.TopicSpec) { s.Scoring.Rule = types.RULE_UNSPECIFIED }, types.ErrInvalidScoring},
	"there is no first rule":                        {func(s *types.TopicSpec) { s.Scoring.Rule = 1 }, types.ErrInvalidScoring},
	"kappa is at least a half":                      {func(s *types.TopicSpec) { s.Scoring.KappaBp = 4_999 }, types.ErrInvalidScoring},
	"kappa is at most nine tenths":                  {func(s *types.TopicSpec) { s.Scoring.KappaBp = 9_001 }, types.ErrInvalidScoring},
	"a penalty is at most the whole":                {func(s *types.TopicSpec) { s.Scoring.BondPenaltyBp = 10_001 }, types.ErrInvalidScoring},
	"a moving average keeps at most the whole":      {func(s *types.TopicSpec) { s.Scoring.BondsMovingAverageBp = 10_001 }, types.ErrInvalidScoring},
	"a dividend rule is needed":                     {func(s *types.TopicSpec) { s.Scoring.DividendRule = types.DIVIDEND_RULE_UNSPECIFIED }, types.ErrInvalidScoring},
	"a dividend rule is a known one":                {func(s *types.TopicSpec) { s.Scoring.DividendRule = 3 }, types.ErrInvalidScoring},
	"a score rule is needed":                        {func(s *types.TopicSpec) { s.Scoring.ScoreRule = types.SCORE_RULE_UNSPECIFIED }, types.ErrInvalidScoring},
	"a score rule is a known one":                   {func(s *types.TopicSpec) { s.Scoring.ScoreRule = 3 }, types.ErrInvalidScoring},
	"a reward rule is needed":                       {func(s *types.TopicSpec) { s.Scoring.RewardRule = types.REWARD_RULE_UNSPECIFIED }, types.ErrInvalidScoring},
	"a reward rule is a known one":                  {func(s *types.TopicSpec) { s.Scoring.RewardRule = 3 }, types.ErrInvalidScoring},
	"a baseline is the frontier's":                  {func(s *types.TopicSpec) { s.Scoring.Baseline = 1 }, types.ErrInvalidScoring},
	"a baseline leaves something to be better by":   {func(s *types.TopicSpec) { frontier(65_535)(s) }, types.ErrInvalidScoring},
	"sharpness is at most the eighth power":         {func(s *types.TopicSpec) { s.Scoring.Sharpness = 9 }, types.ErrInvalidScoring},
	"three validators stand for nobody":             {covered(3), types.ErrInvalidScoring},
	"coverage is at most as many as there can be":   {covered(257), types.ErrInvalidScoring},
	"bonds by column are not shared out": {func(s *types.TopicSpec) {
		covered(8)(s)
		s.Scoring.Rule = types.RULE_YUMA2
	}, types.ErrInvalidScoring},
	"a sum of what was given is not shared out": {func(s *types.TopicSpec) {
		covered(8)(s)
		s.Scoring.ScoreRule = types.SCORE_RULE_CLIPPED_SUM
	}, types.ErrInvalidScoring},
	"a paid topic has a price":                         {func(s *types.TopicSpec) { s.Pricing = types.Pricing{} }, types.ErrInvalidPricing},
	"a sandbox has no price":                           {func(s *types.TopicSpec) { s.Sandbox = true }, types.ErrInvalidPricing},
	"a sandbox has no bond":                            {sandboxWithBond, types.ErrInvalidPricing},
	"a commit costs something":                         {func(s *types.TopicSpec) { s.Pricing.BasePrice = 0 }, types.ErrInvalidPricing},
	"the least price is not above the most":            {func(s *types.TopicSpec) { s.Pricing.BasePrice = s.Pricing.MaxPrice + 1 }, types.ErrInvalidPricing},
	"the most price is bounded":                        {func(s *types.TopicSpec) { s.Pricing.MaxPrice = types.MaxPrice + 1 }, types.ErrInvalidPricing},
	"a commit does not make the next one cheaper":      {func(s *types.TopicSpec) { s.Pricing.MultiplierBp = 9_999 }, types.ErrInvalidPricing},
	"a commit makes the next ten times dearer at most": {func(s *types.TopicSpec) { s.Pricing.MultiplierBp = 100_001 }, types.ErrInvalidPricing},
	"a price takes time to fall":                       {func(s *types.TopicSpec) { s.Pricing.HalfLifeSeconds = 0 }, types.ErrInvalidPricing},
	"a price falls within years":                       {func(s *types.TopicSpec) { s.Pricing.HalfLifeSeconds = types.MaxHalfLifeSeconds + 1 }, types.ErrInvalidPricing},
	"a bond is bounded":                                {func(s *types.TopicSpec) { s.Pricing.Bond = types.MaxPrice + 1 }, types.ErrInvalidPricing},
}

func sandboxWithBond(s *types.TopicSpec) {
	s.Sandbox, s.Pricing = true, types.Pricing{Bond: 1}
}

func equalEndsHigher(s *types.TopicSpec) {
	s.Metric.Direction, s.Metric.Best = types.DIRECTION_HIGHER_IS_BETTER, s.Metric.Worst
}

func mediaTypes(list ...string) func(*types.TopicSpec) {
	return func(s *types.TopicSpec) { s.ArtifactRules.MediaTypes = list }
}

func TestATopicThatIsNotWhatItsProtoSaysIsRefused(t *testing.T) {
	for name, c := range refusals {
		t.Run(name, func(t *testing.T) {
			spec := validSpec()
			c.spoil(&spec)
			require.ErrorIs(t, spec.Validate(types.DefaultParams(), accounts), c.want)
		})
	}
}

func TestATopicAtEachBoundIsTaken(t *testing.T) {
	cases := map[string]func(*types.TopicSpec){
		"as it is":                    func(*types.TopicSpec) {},
		"the shortest slug":           func(s *types.TopicSpec) { s.Slug = "a-1" },
		"the longest slug":            func(s *types.TopicSpec) { s.Slug = strings.Repeat("z", 32) },
		"the longest title":           func(s *types.TopicSpec) { s.Title = strings.Repeat("t", 128) },
		"a title beyond ASCII":        func(s *types.TopicSpec) { s.Title = "Modèles de langue · 言語" },
		"no description":              func(s *types.TopicSpec) { s.DescriptionUri = "" },
		"the longest description":     func(s *types.TopicSpec) { s.DescriptionUri = "https://" + strings.Repeat("a", 248) },
		"no unit":                     func(s *types.TopicSpec) { s.Metric.Unit = "" },
		"the most decimals":           func(s *types.TopicSpec) { s.Metric.Exponent = 12 },
		"a spec in a file":            func(s *types.TopicSpec) { s.Evaluation.SpecUri = "file:///srv/spec.json" },
		"admitted contributors only":  func(s *types.TopicSpec) { s.Access = types.ACCESS_ADMITTED },
		"every safe format":           mediaTypes(types.SafeMediaTypes()...),
		"the shortest epoch":          func(s *types.TopicSpec) { s.Schedule.EpochBlocks = 10 },
		"the longest epoch":           func(s *types.TopicSpec) { s.Schedule.EpochBlocks = 100_000 },
		"one block to commit in":      func(s *types.TopicSpec) { s.Schedule.RevealBlocks = 23 },
		"no immunity":                 func(s *types.TopicSpec) { s.Schedule.ImmunityEpochs = 0 },
		"the other rule of consensus": func(s *types.TopicSpec) { s.Scoring.Rule = types.RULE_YUMA2 },
		"the largest kappa":           func(s *types.TopicSpec) { s.Scoring.KappaBp = 9_000 },
		"the frontier from nothing":   frontier(0),
		"the frontier near its end":   frontier(types.MaxBaseline),
		"no penalty and no memory":    func(s *types.TopicSpec) { s.Scoring.BondPenaltyBp, s.Scoring.BondsMovingAverageBp = 0, 0 },
		"the widest ends of a metric": func(s *types.TopicSpec) { s.Metric.Worst, s.Metric.Best = math.MaxInt64, math.MinInt64 },
		"a sandbox without pricing":   func(s *types.TopicSpec) { s.Sandbox, s.Pricing = true, types.Pricing{} },
		"the least pricing": func(s *types.TopicSpec) {
			s.Pricing = types.Pricing{BasePrice: 1, MaxPrice: 1, MultiplierBp: 10_000, HalfLifeSeconds: 1}
		},
		"the most pricing": func(s *types.TopicSpec) {
			s.Pricing = types.Pricing{
				BasePrice: types.MaxPrice, MaxPrice: types.MaxPrice, MultiplierBp: types.MaxMultiplierBp,
				HalfLifeSeconds: types.MaxHalfLifeSeconds, Bond: types.MaxPrice,
			}
		},
		"a metric where more is better": func(s *types.TopicSpec) {
			s.Metric.Direction, s.Metric.Worst, s.Metric.Best = types.DIRECTION_HIGHER_IS_BETTER, 0, 100
		},
	}
	for name, change := range cases {
		t.Run(name, func(t *testing.T) {
			spec := validSpec()
			change(&spec)
			require.NoError(t, spec.Validate(types.DefaultParams(), accounts))
		})
	}
}

func TestASlugIsWhatItsPatternSays(t *testing.T) {
	pattern := regexp.MustCompile(`^[a-z][a-z0-9-]{2,31}$`)
	rapid.Check(t, func(t *rapid.T) {
		slug := rapid.OneOf(rapid.StringMatching(`[a-z][a-z0-9-]{1,32}`), rapid.StringOfN(rapid.RuneFrom([]rune("az09-_AZ. é")), 0, 34, -1)).Draw(t, "slug")
		err := types.ValidateSlug(slug)
		if pattern.MatchString(slug) {
			require.NoError(t, err)
		} else {
			require.ErrorIs(t, err, types.ErrInvalidSlug)
		}
	})
}

func TestATopicGivesBackItsSpecAndKeepsItsIdAndStatus(t *testing.T) {
	topic := types.NewTopic(3, steward, 5, validSpec())
	require.Equal(t, types.STATUS_ACTIVE, topic.Status)
	require.Equal(t, validSpec(), topic.Spec())

	topic = topic.Paused(types.Pause{Height: 4})
	topic.GuardableFromMs = 8
	other := validSpec()
	other.Title = "another"
	changed := topic.WithSpec(other)
	require.Equal(t, uint64(3), changed.Id)
	require.Equal(t, uint64(5), changed.Deposit)
	require.Equal(t, steward, changed.Creator)
	require.Equal(t, types.STATUS_PAUSED, changed.Status)
	require.Equal(t, topic.Pause, changed.Pause)
	require.Equal(t, int64(8), changed.GuardableFromMs)
	require.Equal(t, other, changed.Spec())
}

func TestABetterValueNeverScoresLess(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		metric := validSpec().Metric
		metric.Worst, metric.Best = rapid.Int64().Draw(t, "worst"), rapid.Int64().Draw(t, "best")
		if metric.Validate() != nil {
			metric.Direction = types.DIRECTION_HIGHER_IS_BETTER
		}
		if metric.Worst == metric.Best {
			require.ErrorIs(t, metric.Validate(), types.ErrInvalidMetric)
			return
		}
		require.NoError(t, metric.Validate())
		low, high := rapid.Int64().Draw(t, "low"), rapid.Int64().Draw(t, "high")
		if low > high {
			low, high = high, low
		}
		a, err := metric.Score(low)
		require.NoError(t, err)
		b, err := metric.Score(high)
		require.NoError(t, err)
		if metric.Direction == types.DIRECTION_HIGHER_IS_BETTER {
			require.LessOrEqual(t, a, b)
		} else {
			require.GreaterOrEqual(t, a, b)
		}
	})
}

func FuzzCreateTopicIsJudgedWithoutPanic(f *testing.F) {
	message := types.MsgCreateTopic{Creator: steward, Spec: validSpec()}
	bz, err := message.Marshal()
	require.NoError(f, err)
	f.Add(bz)
	f.Add([]byte{})
	slug := regexp.MustCompile(`^[a-z][a-z0-9-]{2,31}$`)
	f.Fuzz(func(t *testing.T, bz []byte) {
		var m types.MsgCreateTopic
		if m.Unmarshal(bz) != nil || m.Spec.Validate(types.DefaultParams(), accounts) != nil {
			return
		}
		s := m.Spec
		require.Regexp(t, slug, s.Slug)
		require.NotEqual(t, s.Metric.Worst, s.Metric.Best)
		require.Less(t, s.Schedule.RevealBlocks, s.Schedule.EpochBlocks)
		require.Subset(t, types.SafeMediaTypes(), s.ArtifactRules.MediaTypes)
		require.Equal(t, s, types.NewTopic(1, steward, 0, s).Spec())
	})
}

// covered shares contributions out.
func covered(each uint32) func(*types.TopicSpec) {
	return func(s *types.TopicSpec) {
		s.Scoring.Rule, s.Scoring.ScoreRule, s.Scoring.Coverage = types.RULE_YUMA3, types.SCORE_RULE_MEDIAN, each
	}
}

// frontier pays for what is better than a baseline.
func frontier(baseline uint32) func(*types.TopicSpec) {
	return func(s *types.TopicSpec) {
		s.Scoring.RewardRule, s.Scoring.Baseline = types.REWARD_RULE_FRONTIER, baseline
	}
}

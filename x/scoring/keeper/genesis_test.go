// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/collections"

	"github.com/weal-network/weal/pkg/row"
	topictypes "github.com/weal-network/weal/x/topic/types"

	"github.com/weal-network/weal/x/scoring/types"
)

// lived returns a world in which everything that can be stored is stored: scored, void and open epochs,
// commits, rows, bonds, misses, scorers, a paused topic, one that waits and one that is being pruned.
func lived(t testing.TB) *world {
	t.Helper()
	w := running(t)
	w.params(func(p *types.Params) { p.MaxPruningsPerBlock = 1 })
	require.NoError(t, w.setScorer("ann", "hot"))
	require.NoError(t, w.setScorer("bob", "bob-hot"))
	for id := uint64(2); id <= 4; id++ {
		w.topic(id, 4, 1)
		w.contributions.sets[id] = []uint64{1, 2}
	}
	w.scoreEpoch(scoreRow(10, 20, 30))
	w.to(13)
	w.contributions.sets[1] = []uint64{2, 3, 9}
	w.topics.find(2).Status = topictypes.STATUS_PAUSED
	require.NoError(t, w.k.TopicHooks().AfterTopicPaused(w.ctx, 2))
	w.commit("ann", 1, 2, scoreRow(0, 7)[3:])
	w.to(21)
	w.commit("dan", 3, 4, scoreRow(7, 7))
	w.to(22)
	w.reveal("dan", 3, 4, scoreRow(7, 7))
	w.params(func(p *types.Params) { p.KeepEpochs = 2 })
	w.to(23)
	w.commit("ann", 1, 3, scoreRow(0, 7)[3:])
	w.topic(30, 40, 20) // begins later
	w.leaveHalfClosed(40)
	return w
}

// leaveHalfClosed adds a topic of three tiles, whose first epoch ends in block 27 and is closed by half.
func (w *world) leaveHalfClosed(topicID uint64) {
	w.t.Helper()
	for id := uint64(1); id <= 600; id++ {
		w.contributions.sets[topicID] = append(w.contributions.sets[topicID], 3*id)
	}
	w.topic(topicID, 4, 1)
	w.topics.find(topicID).Scoring.RewardRule = topictypes.REWARD_RULE_FRONTIER
	w.to(24)
	w.entered(topicID, 1, 27)
	w.params(func(p *types.Params) {
		p.MaxCellsPerBlock = 2*types.TallyCost(4) + 2*types.TileCost(4, types.TileSize, 0)
	})
	w.to(28)
}

// entered lets all four validators score every contribution of a topic's epoch, in the block that is given.
func (w *world) entered(topicID, number uint64, reveal int64) {
	w.t.Helper()
	var entries []row.Entry
	for i, id := range w.contributions.sets[topicID] {
		entries = append(entries, row.Entry{ID: id, Score: uint16(100*i + 1)})
	}
	packed, err := row.Encode(entries)
	require.NoError(w.t, err)
	for _, name := range cast[:4] {
		w.commit(name, topicID, number, packed)
	}
	w.to(reveal)
	for _, name := range cast[:4] {
		w.reveal(name, topicID, number, packed)
	}
}

// exported is the JSON that the chain exports.
func (w *world) exported() string {
	w.t.Helper()
	gs, err := w.k.ExportGenesis(w.ctx)
	require.NoError(w.t, err)
	require.NoError(w.t, gs.Validate(accountNames, operatorNames))
	return string(w.cdc.MustMarshalJSON(gs))
}

// reborn starts another chain from what this one exports, in the same surroundings.
func (w *world) reborn() *world {
	w.t.Helper()
	other := *w
	other.open()
	var gs types.GenesisState
	w.cdc.MustUnmarshalJSON([]byte(w.exported()), &gs)
	other.ctx = other.ctx.WithBlockTime(w.ctx.BlockTime())
	other.block(w.ctx.BlockHeight())
	require.NoError(w.t, other.k.InitGenesis(other.ctx, gs))
	return &other
}

func TestGenesisHoldsEverything(t *testing.T) {
	w := lived(t)
	gs, err := w.k.ExportGenesis(w.ctx)
	require.NoError(t, err)
	for name, count := range map[string]int{
		"clocks": len(gs.Clocks), "epochs": len(gs.Epochs), "pinned sets": len(gs.PinnedSets), "scorers": len(gs.Scorers),
		"commits": len(gs.Commits), "rows": len(gs.Rows), "bonds": len(gs.Bonds), "outcomes": len(gs.Outcomes),
		"records": len(gs.Records), "pruning topics": len(gs.PruningTopics),
		"reveals": len(gs.Reveals), "generations": len(gs.Generations), "snapshots": len(gs.Snapshots), "tallies": len(gs.Tallies),
		"works": len(gs.Works), "result tiles": len(gs.ResultTiles), "roots": len(gs.Roots),
	} {
		require.NotZero(t, count, name)
	}
}

func TestExportImportExportIsByteEqualAndSoIsTheStore(t *testing.T) {
	w := lived(t)
	other := w.reborn()
	require.Equal(t, w.exported(), other.exported())
	require.Equal(t, string(w.dump()), string(other.dump()))
}

func TestTwoChainsGoOnEqually(t *testing.T) {
	w := lived(t)
	other := w.reborn()
	for height := w.ctx.BlockHeight() + 1; height < 90; height++ {
		for _, chain := range []*world{w, other} {
			chain.to(height)
		}
		require.Equal(t, string(w.dump()), string(other.dump()), "at height %d", height)
	}
}

// Whatever block of a close is exported, the chain that is made of it goes on as if nothing had happened.
func TestACloseGoesOnFromAnyOfItsBlocks(t *testing.T) {
	w := lived(t)
	passes := map[types.Pass]bool{}
	for closing := true; closing; {
		work, err := w.k.Works.Get(w.ctx, collections.Join(uint64(40), uint64(1)))
		if closing = err == nil; closing {
			passes[work.Pass] = true
			w.params(func(p *types.Params) { p.MaxCellsPerBlock = 1 })
		}
		other := w.reborn()
		require.Equal(t, string(w.dump()), string(other.dump()))
		w.to(w.ctx.BlockHeight() + 1)
		other.to(w.ctx.BlockHeight())
		require.Equal(t, string(w.dump()), string(other.dump()), "at height %d", w.ctx.BlockHeight())
	}
	require.Len(t, passes, 7, "%v", passes)
	epoch, err := w.k.Epochs.Get(w.ctx, collections.Join(uint64(40), uint64(1)))
	require.NoError(t, err)
	require.Equal(t, types.EPOCH_STATUS_SCORED, epoch.Status, epoch.VoidReason)
}

func TestTopicsOfGenesisGetTheirClocks(t *testing.T) {
	w := newWorld(t)
	paused := newTopic(3, 20, 5)
	paused.Status = topictypes.STATUS_PAUSED
	w.topics.topics = []topictypes.Topic{newTopic(1, 20, 5), newTopic(2, 20, 5), paused}
	w.open()
	w.block(0)
	require.NoError(t, w.k.InitGenesis(w.ctx, *types.DefaultGenesis()))
	gs, err := w.k.ExportGenesis(w.ctx)
	require.NoError(t, err)
	require.Equal(t, []types.Clock{{TopicId: 1, NextStart: 2}, {TopicId: 2, NextStart: 3}, {TopicId: 3, NextStart: 4}}, gs.Clocks)

	w.block(1)
	w.to(10)
	for id, opened := range map[uint64]uint64{1: 1, 2: 1, 3: 0} {
		clock, err := w.k.Clocks.Get(w.ctx, id)
		require.NoError(t, err)
		require.Equal(t, opened, clock.Epoch, "topic %d", id)
	}
}

func TestGenesisIsRefused(t *testing.T) {
	tests := map[string]struct {
		spoil    func(gs *types.GenesisState)
		expected error
		says     string
	}{
		"with a parameter out of bounds":        {func(gs *types.GenesisState) { gs.Params.KeepEpochs = 0 }, types.ErrInvalidParams, "keep_epochs"},
		"with a clock of no topic":              {func(gs *types.GenesisState) { gs.Clocks[0].TopicId = 0 }, types.ErrInvalidGenesis, "clocks[0]"},
		"with a clock that stands":              {func(gs *types.GenesisState) { gs.Clocks[0].NextStart = 0 }, types.ErrInvalidGenesis, "clocks[0]"},
		"with two clocks of one topic":          {func(gs *types.GenesisState) { gs.Clocks[1] = gs.Clocks[0] }, types.ErrInvalidGenesis, "clocks[1]: it does not come after"},
		"with epochs out of order":              {func(gs *types.GenesisState) { gs.Epochs[0], gs.Epochs[1] = gs.Epochs[1], gs.Epochs[0] }, types.ErrInvalidGenesis, "epochs[1]"},
		"with an epoch 0":                       {func(gs *types.GenesisState) { gs.Epochs[0].Number = 0 }, types.ErrInvalidGenesis, "both begin at 1"},
		"with windows in disorder":              {func(gs *types.GenesisState) { gs.Epochs[0].RevealHeight = gs.Epochs[0].StartHeight }, types.ErrInvalidGenesis, "start < reveal <= end"},
		"with a short seed":                     {func(gs *types.GenesisState) { gs.Epochs[0].Seed = []byte{1} }, types.ErrInvalidGenesis, "seed is 1 bytes"},
		"with an unknown status":                {func(gs *types.GenesisState) { gs.Epochs[0].Status = 9 }, types.ErrInvalidGenesis, "status is 9"},
		"with a reason and no void":             {func(gs *types.GenesisState) { gs.Epochs[0].VoidReason = "x" }, types.ErrInvalidGenesis, "void_reason"},
		"with a void and no reason":             {func(gs *types.GenesisState) { gs.Epochs[0].Status = types.EPOCH_STATUS_VOID }, types.ErrInvalidGenesis, "void_reason"},
		"with an unknown rule":                  {func(gs *types.GenesisState) { gs.Epochs[0].Scoring.Rule = 0 }, types.ErrInvalidGenesis, "expected YUMA2 or YUMA3"},
		"with an unknown score rule":            {func(gs *types.GenesisState) { gs.Epochs[0].Scoring.ScoreRule = 0 }, types.ErrInvalidGenesis, "expected CLIPPED_SUM or MEDIAN"},
		"with kappa above one":                  {func(gs *types.GenesisState) { gs.Epochs[0].Scoring.KappaBp = 10_001 }, types.ErrInvalidGenesis, "above 10000"},
		"with a power cap above one":            {func(gs *types.GenesisState) { gs.Epochs[0].PowerCapBp = 10_001 }, types.ErrInvalidGenesis, "power_cap_bp"},
		"with too many validators":              {func(gs *types.GenesisState) { gs.Epochs[0].Validators = make([]types.PinnedValidator, 257) }, types.ErrInvalidGenesis, "at most 256"},
		"with a validator twice":                {func(gs *types.GenesisState) { gs.Epochs[0].Validators[1] = gs.Epochs[0].Validators[0] }, types.ErrInvalidGenesis, "validators[1]"},
		"with a validator of no address":        {func(gs *types.GenesisState) { gs.Epochs[0].Validators[0].Operator = "x" }, types.ErrInvalidGenesis, "validators[0]"},
		"with an epoch without clock":           {func(gs *types.GenesisState) { gs.Clocks = gs.Clocks[1:] }, types.ErrInvalidGenesis, "has no clock"},
		"with an epoch ahead of its clock":      {func(gs *types.GenesisState) { gs.Clocks[0].Epoch = 1 }, types.ErrInvalidGenesis, "the clock says that 1 were opened"},
		"with an epoch behind its clock open":   {func(gs *types.GenesisState) { gs.Epochs[0].Status = types.EPOCH_STATUS_OPEN }, types.ErrInvalidGenesis, "is open"},
		"with an epoch into the next one":       {func(gs *types.GenesisState) { gs.Clocks[0].NextStart = 5 }, types.ErrInvalidGenesis, "ends at height"},
		"with a gap between epochs":             {func(gs *types.GenesisState) { gs.Epochs[0].TopicId, gs.Epochs[0].Number = 2, 1; gs.Clocks[1].Epoch = 9 }, types.ErrInvalidGenesis, ""},
		"with a clock without its last epoch":   {func(gs *types.GenesisState) { gs.Clocks[0].Epoch = 7 }, types.ErrInvalidGenesis, ""},
		"without a pinned set":                  {func(gs *types.GenesisState) { gs.PinnedSets = gs.PinnedSets[1:] }, types.ErrInvalidGenesis, "give each epoch its set"},
		"with a set of another epoch":           {func(gs *types.GenesisState) { gs.PinnedSets[0].Epoch++ }, types.ErrInvalidGenesis, "pinned_sets[0]"},
		"with a set that does not rise":         {func(gs *types.GenesisState) { gs.PinnedSets[0].ContributionIds = []uint64{2, 2} }, types.ErrInvalidGenesis, "ids rise strictly"},
		"with a set of too many":                {func(gs *types.GenesisState) { gs.PinnedSets[0].ContributionIds = make([]uint64, types.MaxEntries+1) }, types.ErrInvalidGenesis, "at most 65536"},
		"with a scorer twice":                   {func(gs *types.GenesisState) { gs.Scorers[1].Scorer = gs.Scorers[0].Scorer }, types.ErrInvalidGenesis, "share a scorer key"},
		"with a scorer of no address":           {func(gs *types.GenesisState) { gs.Scorers[0].Scorer = "x" }, types.ErrInvalidGenesis, "scorers[0]"},
		"with scorers out of order":             {func(gs *types.GenesisState) { gs.Scorers[0], gs.Scorers[1] = gs.Scorers[1], gs.Scorers[0] }, types.ErrInvalidGenesis, "scorers[1]"},
		"with a commit in no epoch":             {func(gs *types.GenesisState) { gs.Commits[0].Epoch = 99 }, types.ErrInvalidGenesis, "epoch 99 of topic 1 is missing"},
		"with a commit of a stranger":           {func(gs *types.GenesisState) { gs.Commits[0].Operator = operatorName("eve") }, types.ErrInvalidGenesis, "not among the epoch's validators"},
		"with a short hash":                     {func(gs *types.GenesisState) { gs.Commits[0].Hash = []byte{1} }, types.ErrInvalidGenesis, "hash is 1 bytes"},
		"with a commit twice":                   {func(gs *types.GenesisState) { gs.Commits[1] = gs.Commits[0] }, types.ErrInvalidGenesis, "commits[1]"},
		"with a row in no epoch":                {func(gs *types.GenesisState) { gs.Rows[0].TopicId = 99 }, types.ErrInvalidGenesis, "rows[0]"},
		"with a row that is none":               {func(gs *types.GenesisState) { gs.Rows[0].Row = []byte{1} }, types.ErrInvalidGenesis, "rows[0]"},
		"with a row that was not revealed":      {func(gs *types.GenesisState) { gs.Reveals = gs.Reveals[1:] }, types.ErrInvalidGenesis, "revealed nothing"},
		"with a reveal that was not committed":  {func(gs *types.GenesisState) { gs.Commits = gs.Commits[1:] }, types.ErrInvalidGenesis, "committed nothing"},
		"with a row of no address":              {func(gs *types.GenesisState) { gs.Rows[0].Operator = "x" }, types.ErrInvalidGenesis, "rows[0]"},
		"with a row twice":                      {func(gs *types.GenesisState) { gs.Rows[1] = gs.Rows[0] }, types.ErrInvalidGenesis, "rows[1]"},
		"with bonds in no topic":                {func(gs *types.GenesisState) { gs.Bonds[0].TopicId = 99 }, types.ErrInvalidGenesis, "bonds[0]"},
		"with bonds that are no row":            {func(gs *types.GenesisState) { gs.Bonds[0].Bonds = []byte{1} }, types.ErrInvalidGenesis, "bonds[0]"},
		"with a bond of 0":                      {func(gs *types.GenesisState) { gs.Bonds[0].Bonds = scoreRow(0) }, types.ErrInvalidGenesis, "bonds of 0"},
		"with no bonds at all":                  {func(gs *types.GenesisState) { gs.Bonds[0].Bonds = nil }, types.ErrInvalidGenesis, "bonds of 0"},
		"with bonds twice":                      {func(gs *types.GenesisState) { gs.Bonds[1] = gs.Bonds[0] }, types.ErrInvalidGenesis, "bonds[1]"},
		"with bonds beyond their tiles":         {func(gs *types.GenesisState) { gs.Bonds[0].Tile = 1 }, types.ErrInvalidGenesis, "has 1 tiles"},
		"with bonds of an open epoch":           {func(gs *types.GenesisState) { gs.Bonds[0].Epoch = 3 }, types.ErrInvalidGenesis, "has 0 tiles"},
		"with a row beyond the tiles":           {func(gs *types.GenesisState) { gs.Rows[0].Tile = 1 << 31 }, types.ErrInvalidGenesis, "rows[0]"},
		"with a reveal in no epoch":             {func(gs *types.GenesisState) { gs.Reveals[0].Epoch = 99 }, types.ErrInvalidGenesis, "reveals[0]"},
		"with a reveal of no address":           {func(gs *types.GenesisState) { gs.Reveals[0].Operator = "x" }, types.ErrInvalidGenesis, "reveals[0]"},
		"with a reveal twice":                   {func(gs *types.GenesisState) { gs.Reveals[1] = gs.Reveals[0] }, types.ErrInvalidGenesis, "reveals[1]"},
		"with a short salt":                     {func(gs *types.GenesisState) { gs.Reveals[0].Salt = []byte{1} }, types.ErrInvalidGenesis, "salt is 1 bytes"},
		"with own contributions that are none":  {func(gs *types.GenesisState) { gs.Reveals[0].Own = []byte{0x80} }, types.ErrInvalidGenesis, "own"},
		"with own contributions not measured":   {func(gs *types.GenesisState) { gs.Reveals[0].Own = []byte{99} }, types.ErrInvalidGenesis, "own: contribution 99"},
		"with a generation of no topic":         {func(gs *types.GenesisState) { gs.Generations[0].TopicId = 99 }, types.ErrInvalidGenesis, "generations[0]"},
		"with a generation not scored yet":      {func(gs *types.GenesisState) { gs.Generations[0].Epoch = 2 }, types.ErrInvalidGenesis, "the last scored one is 1"},
		"with a generation in disorder":         {func(gs *types.GenesisState) { gs.Generations[0].FirstIds = []uint64{3, 2} }, types.ErrInvalidGenesis, "ids rise strictly"},
		"with a generation of too many tiles":   {func(gs *types.GenesisState) { gs.Generations[0].FirstIds = make([]uint64, 257) }, types.ErrInvalidGenesis, "at most 256"},
		"without the bonds that come next":      {func(gs *types.GenesisState) { gs.Clocks[1].BondsEpoch = 1 }, types.ErrInvalidGenesis, "clocks[1]: bonds_epoch is 1"},
		"with an epoch from later bonds":        {func(gs *types.GenesisState) { gs.Epochs[0].BondsEpoch = 1 }, types.ErrInvalidGenesis, "bonds of epoch 1"},
		"with a note of no height":              {func(gs *types.GenesisState) { gs.Snapshots[0].Height = 0 }, types.ErrInvalidGenesis, "snapshots[0]"},
		"with a note in disorder":               {func(gs *types.GenesisState) { gs.Snapshots[0].Validators[0] = gs.Snapshots[0].Validators[1] }, types.ErrInvalidGenesis, "snapshots[0]"},
		"without a tally":                       {func(gs *types.GenesisState) { gs.Tallies = nil }, types.ErrInvalidGenesis, "tallies: epoch 1 of topic 1 has none"},
		"with a tally in no epoch":              {func(gs *types.GenesisState) { gs.Tallies[0].Epoch = 9 }, types.ErrInvalidGenesis, "tallies[0]"},
		"with a tally of other validators":      {func(gs *types.GenesisState) { gs.Tallies[0].Voters = nil }, types.ErrInvalidGenesis, "not the epoch's validators"},
		"with a power from nowhere":             {func(gs *types.GenesisState) { gs.Tallies[0].Voters[0].Power++ }, types.ErrInvalidGenesis, "its tokens make"},
		"with a total from nowhere":             {func(gs *types.GenesisState) { gs.Tallies[0].TotalPower++ }, types.ErrInvalidGenesis, "tokens make"},
		"with a tally twice":                    {func(gs *types.GenesisState) { gs.Tallies[1] = gs.Tallies[0] }, types.ErrInvalidGenesis, "tallies[1]"},
		"without the work of a close":           {func(gs *types.GenesisState) { gs.Works = nil }, types.ErrInvalidGenesis, "works: epoch 1 of topic 40 has none"},
		"with the work of no close":             {func(gs *types.GenesisState) { gs.Works[0].TopicId = 1 }, types.ErrInvalidGenesis, "works[0]"},
		"with a pass that does not fit":         {func(gs *types.GenesisState) { gs.Works[0].Pass = types.PASS_UNSPECIFIED }, types.ErrInvalidGenesis, "pass is PASS_UNSPECIFIED"},
		"with a tile that is not there":         {func(gs *types.GenesisState) { gs.Works[0].Tile = 3 }, types.ErrInvalidGenesis, "tile is 3, the epoch has 3"},
		"with sums cut short":                   {func(gs *types.GenesisState) { gs.Works[0].Trust = nil }, types.ErrInvalidGenesis, "sums are of 4, 0 and 4"},
		"without an outcome":                    {func(gs *types.GenesisState) { gs.Outcomes = nil }, types.ErrInvalidGenesis, "outcomes: epoch 1 of topic 1 has none"},
		"with an outcome of another epoch":      {func(gs *types.GenesisState) { gs.Outcomes[0].Epoch++ }, types.ErrInvalidGenesis, "outcomes[0]"},
		"with an outcome cut short":             {func(gs *types.GenesisState) { gs.Outcomes[0].Trust = nil }, types.ErrInvalidGenesis, "outcomes[0]"},
		"without result tiles":                  {func(gs *types.GenesisState) { gs.ResultTiles = nil }, types.ErrInvalidGenesis, "0 of 1 result tiles"},
		"with a result tile cut short":          {func(gs *types.GenesisState) { gs.ResultTiles[0].Values = []byte{1} }, types.ErrInvalidGenesis, "values of 1 bytes"},
		"with a result tile too many":           {func(gs *types.GenesisState) { gs.ResultTiles[0].Tile = 1 }, types.ErrInvalidGenesis, "result_tiles[0]"},
		"with a result tile of no epoch":        {func(gs *types.GenesisState) { gs.ResultTiles[0].Epoch = 99 }, types.ErrInvalidGenesis, "result_tiles[0]"},
		"with a short root":                     {func(gs *types.GenesisState) { gs.Roots[0].Root = []byte{1} }, types.ErrInvalidGenesis, "roots[0]"},
		"with a root of no epoch":               {func(gs *types.GenesisState) { gs.Roots[0].Epoch = 99 }, types.ErrInvalidGenesis, "roots[0]"},
		"with a record in no topic":             {func(gs *types.GenesisState) { gs.Records[0].TopicId = 99 }, types.ErrInvalidGenesis, "records[0]"},
		"with a record twice":                   {func(gs *types.GenesisState) { gs.Records[1] = gs.Records[0] }, types.ErrInvalidGenesis, "records[1]"},
		"with a pruned topic that has no clock": {func(gs *types.GenesisState) { gs.PruningTopics = []uint64{99} }, types.ErrInvalidGenesis, "pruning_topics[0]"},
		"with a pruned topic twice":             {func(gs *types.GenesisState) { gs.PruningTopics = []uint64{1, 1} }, types.ErrInvalidGenesis, "pruning_topics[1]"},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			w := lived(t)
			gs, err := w.k.ExportGenesis(w.ctx)
			require.NoError(t, err)
			tc.spoil(gs)

			w.open()
			w.refuses(tc.expected, tc.says, func() error { return w.k.InitGenesis(w.ctx, *gs) })
		})
	}
}

func TestDefaultGenesisIsValid(t *testing.T) {
	require.NoError(t, types.DefaultGenesis().Validate(accountNames, operatorNames))
}

// SPDX-License-Identifier: Apache-2.0

package types_test

import (
	"crypto/sha256"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cosmos/cosmos-sdk/codec"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/contribution/types"
)

func hash(s string) []byte {
	sum := sha256.Sum256([]byte(s))
	return sum[:]
}

func addr(name string) string { return sdk.AccAddress(hash(name)[:20]).String() }

func committed(id uint64) types.Contribution {
	return types.Contribution{
		Id: id, TopicId: 1, Contributor: addr("alice"), Payout: addr("alice"), Hash: hash("h"),
		CommittedHeight: 10, RevealDeadline: 20, Status: types.STATUS_COMMITTED,
	}
}

func shown(id uint64, model string, status types.Status) types.Contribution {
	c := committed(id)
	c.Artifact = types.Artifact{Sha256: hash(model), Size_: 1, MediaType: "application/onnx", Uris: []string{"https://example.org/m"}}
	c.RevealedHeight, c.Status = 11, status
	return c
}

// sound is a genesis state with something of everything.
func sound() *types.GenesisState {
	child := shown(6, "child", types.STATUS_REVEALED)
	child.Parents = []types.Parent{{Id: 1, ShareBp: 100}}
	return &types.GenesisState{
		Params: types.DefaultParams(),
		Contributions: []types.Contribution{
			shown(1, "a", types.STATUS_ACTIVE),
			shown(2, "a", types.STATUS_DUPLICATE),
			shown(3, "b", types.STATUS_PRUNED),
			shown(4, "c", types.STATUS_WITHDRAWN),
			committed(5),
			child,
		},
		ActiveSets:         []types.ActiveSet{{TopicId: 1, Entries: []types.ActiveEntry{{Id: 1, ActivatedEpoch: 1}}, Left: []uint64{4}, LeftBefore: []uint64{3}}},
		NextContributionId: 7,
		TopicStates:        []types.TopicState{{TopicId: 1, Epoch: 1, EpochHeight: 40, Places: 1}},
	}
}

func TestASoundGenesisIsTaken(t *testing.T) {
	require.NoError(t, types.DefaultGenesisState().Validate())
	require.NoError(t, sound().Validate())
}

func TestAGenesisThatContradictsItselfIsRefused(t *testing.T) {
	for name, tc := range map[string]struct {
		change func(g *types.GenesisState)
		want   error
	}{
		"no parameters":                {func(g *types.GenesisState) { g.Params = types.Params{} }, types.ErrInvalidParams},
		"next id 0":                    {func(g *types.GenesisState) { *g = types.GenesisState{Params: types.DefaultParams()} }, types.ErrInvalidGenesis},
		"next id used already":         {func(g *types.GenesisState) { g.NextContributionId = 6 }, types.ErrInvalidGenesis},
		"an id twice":                  {func(g *types.GenesisState) { g.Contributions[1].Id = 1 }, types.ErrInvalidGenesis},
		"id 0":                         {func(g *types.GenesisState) { g.Contributions[0].Id = 0 }, types.ErrInvalidGenesis},
		"no topic":                     {func(g *types.GenesisState) { g.Contributions[0].TopicId = 0 }, types.ErrInvalidGenesis},
		"no contributor":               {func(g *types.GenesisState) { g.Contributions[0].Contributor = "" }, types.ErrInvalidAddress},
		"no payout":                    {func(g *types.GenesisState) { g.Contributions[0].Payout = "" }, types.ErrInvalidAddress},
		"no hash":                      {func(g *types.GenesisState) { g.Contributions[0].Hash = nil }, types.ErrInvalidHash},
		"no status":                    {func(g *types.GenesisState) { g.Contributions[0].Status = 0 }, types.ErrInvalidGenesis},
		"an unknown status":            {func(g *types.GenesisState) { g.Contributions[0].Status = 77 }, types.ErrInvalidGenesis},
		"a negative height":            {func(g *types.GenesisState) { g.Contributions[4].CommittedHeight = -1 }, types.ErrInvalidGenesis},
		"a deadline before":            {func(g *types.GenesisState) { g.Contributions[4].RevealDeadline = 10 }, types.ErrInvalidGenesis},
		"a reveal too early":           {func(g *types.GenesisState) { g.Contributions[0].RevealedHeight = 10 }, types.ErrInvalidGenesis},
		"a reveal too late":            {func(g *types.GenesisState) { g.Contributions[0].RevealedHeight = 21 }, types.ErrInvalidGenesis},
		"a commit with an artifact":    {func(g *types.GenesisState) { g.Contributions[4].Artifact = g.Contributions[0].Artifact }, types.ErrInvalidGenesis},
		"a commit with another payout": {func(g *types.GenesisState) { g.Contributions[4].Payout = addr("bob") }, types.ErrInvalidGenesis},
		"a reveal without artifact":    {func(g *types.GenesisState) { g.Contributions[0].Artifact = types.Artifact{} }, types.ErrInvalidArtifact},
		"a wrong uri":                  {func(g *types.GenesisState) { g.Contributions[0].Artifact.Uris[0] = "x" }, types.ErrInvalidURI},
		"a wrong license":              {func(g *types.GenesisState) { g.Contributions[0].License = "\n" }, types.ErrInvalidLicense},
		"a wrong metadata uri":         {func(g *types.GenesisState) { g.Contributions[0].MetadataUri = "x" }, types.ErrInvalidURI},
		"a parent that comes later":    {func(g *types.GenesisState) { g.Contributions[0].Parents = []types.Parent{{Id: 2, ShareBp: 1}} }, types.ErrInvalidParents},
		"a parent that is not there": {func(g *types.GenesisState) {
			g.Contributions = append(g.Contributions[:2], g.Contributions[3:]...)
			g.ActiveSets[0].LeftBefore = nil
			g.Contributions[4].Parents[0].Id = 3
		}, types.ErrInvalidGenesis},
		"a parent that is hidden": {func(g *types.GenesisState) { g.Contributions[5].Parents[0].Id = 5 }, types.ErrInvalidGenesis},
		"a parent of another topic": {func(g *types.GenesisState) {
			g.Contributions[2].TopicId = 2
			g.ActiveSets[0].LeftBefore = nil
			g.Contributions[5].Parents[0].Id = 3
		}, types.ErrInvalidGenesis},
		"a digest with two owners":    {func(g *types.GenesisState) { g.Contributions[5].Artifact.Sha256 = hash("a") }, types.ErrInvalidGenesis},
		"a duplicate of nothing":      {func(g *types.GenesisState) { g.Contributions[2].Status = types.STATUS_DUPLICATE }, types.ErrInvalidGenesis},
		"an active one without place": {func(g *types.GenesisState) { g.ActiveSets = nil }, types.ErrInvalidGenesis},
		"a place of nobody":           {func(g *types.GenesisState) { g.ActiveSets[0].Entries[0].Id = 99 }, types.ErrInvalidGenesis},
		"a place of a withdrawn one":  {func(g *types.GenesisState) { g.ActiveSets[0].Entries[0].Id = 4 }, types.ErrInvalidGenesis},
		"a place in another topic":    {func(g *types.GenesisState) { g.ActiveSets[0].TopicId = 2 }, types.ErrInvalidGenesis},
		"a place twice": {func(g *types.GenesisState) {
			g.ActiveSets[0].Entries = append(g.ActiveSets[0].Entries, g.ActiveSets[0].Entries[0])
		}, types.ErrInvalidGenesis},
		"a set twice":                 {func(g *types.GenesisState) { g.ActiveSets = append(g.ActiveSets, g.ActiveSets[0]) }, types.ErrInvalidGenesis},
		"an empty set":                {func(g *types.GenesisState) { g.ActiveSets = append(g.ActiveSets, types.ActiveSet{TopicId: 2}) }, types.ErrInvalidGenesis},
		"one that left and is active": {func(g *types.GenesisState) { g.ActiveSets[0].Left[0] = 1 }, types.ErrInvalidGenesis},
		"one that left twice":         {func(g *types.GenesisState) { g.ActiveSets[0].Left[0] = 3 }, types.ErrInvalidGenesis},
		"those that left in disorder": {func(g *types.GenesisState) { g.ActiveSets[0].Left = []uint64{4, 3} }, types.ErrInvalidGenesis},
	} {
		t.Run(name, func(t *testing.T) {
			g := sound()
			tc.change(g)
			require.ErrorIs(t, g.Validate(), tc.want)
		})
	}
}

func FuzzGenesis(f *testing.F) {
	cdc := codec.NewProtoCodec(codectypes.NewInterfaceRegistry())
	f.Add(cdc.MustMarshalJSON(types.DefaultGenesisState()))
	f.Add(cdc.MustMarshalJSON(sound()))
	f.Fuzz(func(t *testing.T, bz []byte) {
		var g types.GenesisState
		if cdc.UnmarshalJSON(bz, &g) != nil || g.Validate() != nil {
			return
		}
		again := cdc.MustMarshalJSON(&g)
		var second types.GenesisState
		require.NoError(t, cdc.UnmarshalJSON(again, &second))
		require.NoError(t, second.Validate(), string(again))
	})
}

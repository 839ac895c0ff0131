// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"maps"
	"testing"

	"github.com/stretchr/testify/require"

	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"

	"github.com/weal-network/weal/x/topic/types"
)

func TestWhatIsExportedIsWhatWasImported(t *testing.T) {
	f := refusalWorld(t)
	require.NoError(t, f.guard(active))
	g, err := f.keeper.ExportGenesis(f.ctx)
	require.NoError(t, err)
	require.NoError(t, g.Validate())
	require.Len(t, g.PendingUpdates, 1)
	require.Len(t, g.StewardshipOffers, 1)

	again := newEmpty(t)
	maps.Copy(again.bank, f.bank)
	require.NoError(t, again.keeper.InitGenesis(again.ctx, g))
	require.Equal(t, f.dump(), again.dump(), "indexes are rebuilt")
	require.Equal(t, f.state(), again.state())
	require.Empty(t, again.hooks.calls, "modules read the topics of a genesis themselves")

	// Both go on in the same way: the next id and the slugs are those that they were.
	require.Equal(t, f.create("third"), again.create("third"))
	_, err = again.msg.CreateTopic(again.ctx, &types.MsgCreateTopic{Creator: authority, Spec: spec("paused")})
	require.ErrorIs(t, err, types.ErrSlugTaken)
}

func TestAWrongGenesisIsNotWritten(t *testing.T) {
	topic := types.NewTopic(1, "", 0, spec("first"))
	owed := types.NewTopic(1, steward, 5, spec("first"))
	cases := map[string]types.GenesisState{
		"a topic stands there twice":        {Params: types.DefaultParams(), Topics: []types.Topic{topic, topic}, NextTopicId: 2},
		"a deposit is owed that nobody has": {Params: types.DefaultParams(), Topics: []types.Topic{owed}, NextTopicId: 2},
	}
	for name, g := range cases {
		t.Run(name, func(t *testing.T) {
			f := newEmpty(t)
			require.ErrorIs(t, f.keeper.InitGenesis(f.ctx, &g), types.ErrInvalidGenesis)
			require.Empty(t, f.dump())
		})
	}
}

func FuzzGenesisThatIsValidIsExportedAsItWas(f *testing.F) {
	seed := refusalWorld(f)
	f.Add([]byte(seed.state()))
	f.Add([]byte(newFixture(f).state()))
	f.Add([]byte(`{"params":{},"topics":[{}],"next_topic_id":"1"}`))
	f.Fuzz(func(t *testing.T, bz []byte) {
		var g types.GenesisState
		if seed.cdc.UnmarshalJSON(bz, &g) != nil || g.Validate() != nil {
			return
		}
		fresh := newEmpty(t)
		fresh.bank[string(authtypes.NewModuleAddress(types.ModuleName))] = g.Deposits()
		require.NoError(t, fresh.keeper.InitGenesis(fresh.ctx, &g))
		canonical, err := fresh.cdc.MarshalJSON(&g)
		require.NoError(t, err)
		require.Equal(t, string(canonical), fresh.state())
	})
}

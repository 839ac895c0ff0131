// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/x/topic/types"
)

func TestWhatIsExportedIsWhatWasImported(t *testing.T) {
	f := newFixture(t)
	f.create("first")
	f.create("second")
	_, err := f.msg.PauseTopic(f.ctx, &types.MsgPauseTopic{Authority: authority, TopicId: 1})
	require.NoError(t, err)
	g, err := f.keeper.ExportGenesis(f.ctx)
	require.NoError(t, err)
	require.NoError(t, g.Validate())

	again := newEmpty(t)
	require.NoError(t, again.keeper.InitGenesis(again.ctx, g))
	require.Equal(t, f.state(), again.state())
	require.Empty(t, again.hooks.calls, "modules read the topics of a genesis themselves")

	// Both go on in the same way: the next id and the slugs are those that they were.
	require.Equal(t, uint64(3), again.create("third"))
	_, err = again.msg.CreateTopic(again.ctx, &types.MsgCreateTopic{Authority: authority, Spec: spec("second")})
	require.ErrorIs(t, err, types.ErrSlugTaken)
}

func TestAWrongGenesisIsNotWritten(t *testing.T) {
	f := newEmpty(t)
	topic := types.NewTopic(1, spec("first"))
	g := &types.GenesisState{Params: types.DefaultParams(), Topics: []types.Topic{topic, topic}, NextTopicId: 2}
	require.ErrorIs(t, f.keeper.InitGenesis(f.ctx, g), types.ErrInvalidGenesis)
	_, err := f.keeper.GetTopic(f.ctx, 1)
	require.ErrorIs(t, err, types.ErrTopicNotFound)
}

func FuzzGenesisThatIsValidIsExportedAsItWas(f *testing.F) {
	seed := newFixture(f)
	seed.create("first")
	seed.create("second")
	f.Add([]byte(seed.state()))
	f.Add([]byte(newFixture(f).state()))
	f.Add([]byte(`{"params":{},"topics":[{}],"next_topic_id":"1"}`))
	f.Fuzz(func(t *testing.T, bz []byte) {
		var g types.GenesisState
		if seed.cdc.UnmarshalJSON(bz, &g) != nil || g.Validate() != nil {
			return
		}
		fresh := newEmpty(t)
		require.NoError(t, fresh.keeper.InitGenesis(fresh.ctx, &g))
		canonical, err := fresh.cdc.MarshalJSON(&g)
		require.NoError(t, err)
		require.Equal(t, string(canonical), fresh.state())
	})
}

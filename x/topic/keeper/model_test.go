// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/topic/types"
)

// A model of one line a topic: what it is called and where it stands.
func TestAnyOrderOfMessagesKeepsTopicsAsAModelSays(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		f := newFixture(t)
		var slugs []string
		paused, ended, guarded := map[uint64]bool{}, map[uint64]bool{}, map[uint64]bool{}
		id := func() uint64 { return rapid.Uint64Range(0, uint64(len(slugs))+1).Draw(rt, "id") }
		exists := func(id uint64) bool { return id >= 1 && id <= uint64(len(slugs)) }
		rt.Repeat(map[string]func(*rapid.T){
			"create": func(t *rapid.T) {
				slug := fmt.Sprintf("topic-%d", rapid.IntRange(0, 9).Draw(t, "slug"))
				err := f.attempt(func(ctx sdk.Context) error {
					_, err := f.msg.CreateTopic(ctx, &types.MsgCreateTopic{Creator: authority, Spec: spec(slug)})
					return err
				})
				for _, s := range slugs {
					if s == slug {
						require.ErrorIs(t, err, types.ErrSlugTaken)
						return
					}
				}
				require.NoError(t, err)
				slugs = append(slugs, slug)
			},
			"pause": func(t *rapid.T) {
				id := id()
				_, err := f.msg.PauseTopic(f.ctx, &types.MsgPauseTopic{Authority: authority, TopicId: id})
				switch {
				case !exists(id):
					require.ErrorIs(t, err, types.ErrTopicNotFound)
				case ended[id]:
					require.ErrorIs(t, err, types.ErrRetired)
				case paused[id] && !guarded[id]:
					require.ErrorIs(t, err, types.ErrAlreadyPaused)
				default:
					require.NoError(t, err)
					paused[id], guarded[id] = true, false
				}
			},
			"guard": func(t *rapid.T) {
				id := id()
				err := f.guard(id)
				switch {
				case !exists(id):
					require.ErrorIs(t, err, types.ErrTopicNotFound)
				case ended[id]:
					require.ErrorIs(t, err, types.ErrRetired)
				case paused[id]:
					require.ErrorIs(t, err, types.ErrAlreadyPaused)
				case err != nil:
					require.ErrorIs(t, err, types.ErrGuardCooldown)
					require.Positive(t, f.topic(id).GuardableFromMs)
				default:
					paused[id], guarded[id] = true, true
				}
			},
			"wait": func(*rapid.T) {
				f.later(time.Hour)
				for id := range guarded {
					if guarded[id] {
						paused[id], guarded[id] = false, false
					}
				}
			},
			"resume": func(t *rapid.T) {
				id := id()
				_, err := f.msg.ResumeTopic(f.ctx, &types.MsgResumeTopic{Authority: authority, TopicId: id})
				switch {
				case !exists(id):
					require.ErrorIs(t, err, types.ErrTopicNotFound)
				case ended[id]:
					require.ErrorIs(t, err, types.ErrRetired)
				case !paused[id] && f.topic(id).GuardableFromMs > 0:
					require.NoError(t, err, "it may have ended by itself")
				case !paused[id]:
					require.ErrorIs(t, err, types.ErrNotPaused)
				default:
					require.NoError(t, err)
					paused[id], guarded[id] = false, false
				}
			},
			"retire": func(t *rapid.T) {
				id := id()
				_, err := f.msg.RetireTopic(f.ctx, &types.MsgRetireTopic{Sender: authority, TopicId: id})
				switch {
				case !exists(id):
					require.ErrorIs(t, err, types.ErrTopicNotFound)
				case ended[id]:
					require.ErrorIs(t, err, types.ErrRetired)
				default:
					require.NoError(t, err)
					paused[id], guarded[id], ended[id] = false, false, true
				}
			},
			"": func(t *rapid.T) {
				var seen []string
				require.NoError(t, f.keeper.WalkTopics(f.ctx, func(topic types.Topic) (bool, error) {
					seen = append(seen, topic.Slug)
					require.Equal(t, uint64(len(seen)), topic.Id)
					require.Equal(t, paused[topic.Id], topic.Status == types.STATUS_PAUSED)
					require.Equal(t, ended[topic.Id], topic.Status == types.STATUS_RETIRED)
					require.Equal(t, guarded[topic.Id], topic.IsGuarded())
					return false, nil
				}))
				require.Equal(t, slugs, seen)
				g, err := f.keeper.ExportGenesis(f.ctx)
				require.NoError(t, err)
				require.NoError(t, g.Validate())
			},
		})
	})
}

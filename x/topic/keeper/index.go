// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	"cosmossdk.io/collections/codec"
	"cosmossdk.io/core/address"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/topic/types"
)

type (
	statusKey  = collections.Pair[int32, uint64]
	stewardKey = collections.Triple[sdk.AccAddress, int32, uint64]
	liveKey    = collections.Pair[bool, uint64]
	sandboxKey = collections.Pair[sdk.AccAddress, uint64]
	guardedKey = collections.Pair[int64, uint64]
)

// topicIndexes find topics by what is asked for. Each key ends in the id, so that a
// prefix is in the order in which they were opened.
type topicIndexes struct {
	// Slug: slug -> id, only those that hold it: a slug is found, and held unique, with
	// one read.
	Slug *slugIndex
	// Status: (status, id), all.
	Status *index[statusKey]
	// Steward: (steward, status, id), all: it answers by steward, and by steward and status.
	Steward *index[stewardKey]
	// Live: (sandbox, id), only those that are not retired, to count what max_topics and
	// max_sandboxes bound.
	Live *index[liveKey]
	// Sandboxes: (steward, id), only sandboxes that are not retired, to count what
	// max_sandboxes_per_steward bounds.
	Sandboxes *index[sandboxKey]
	// Guarded: (until_ms, id), only those that guardians paused and nobody decided about, so
	// that the end of a block reads those whose time is over and nothing else.
	Guarded *index[guardedKey]
}

// IndexesList implements collections.Indexes.
func (i topicIndexes) IndexesList() []collections.Index[uint64, types.Topic] {
	return []collections.Index[uint64, types.Topic]{i.Slug, i.Status, i.Steward, i.Live, i.Sandboxes, i.Guarded}
}

func newTopicIndexes(sb *collections.SchemaBuilder, ac address.Codec) topicIndexes {
	return topicIndexes{
		Slug: &slugIndex{ids: collections.NewMap(sb, collections.NewPrefix(3), "slugs", collections.StringKey, collections.Uint64Value)},
		Status: newIndex(sb, 10, "topics_by_status", collections.PairKeyCodec(collections.Int32Key, collections.Uint64Key),
			func(t types.Topic) (statusKey, bool, error) {
				return collections.Join(int32(t.Status), t.Id), true, nil
			}),
		Steward: newIndex(sb, 11, "topics_by_steward",
			collections.TripleKeyCodec(sdk.AccAddressKey, collections.Int32Key, collections.Uint64Key),
			func(t types.Topic) (stewardKey, bool, error) {
				steward, err := ac.StringToBytes(t.Steward)
				return collections.Join3(sdk.AccAddress(steward), int32(t.Status), t.Id), true, err
			}),
		Live: newIndex(sb, 12, "live_topics", collections.PairKeyCodec(collections.BoolKey, collections.Uint64Key),
			func(t types.Topic) (liveKey, bool, error) { return collections.Join(t.Sandbox, t.Id), t.IsLive(), nil }),
		Sandboxes: newIndex(sb, 13, "sandboxes_by_steward", collections.PairKeyCodec(sdk.AccAddressKey, collections.Uint64Key),
			func(t types.Topic) (sandboxKey, bool, error) {
				steward, err := ac.StringToBytes(t.Steward)
				return collections.Join(sdk.AccAddress(steward), t.Id), t.Sandbox && t.IsLive(), err
			}),
		Guarded: newIndex(sb, 14, "guarded_topics", collections.PairKeyCodec(collections.Int64Key, collections.Uint64Key),
			func(t types.Topic) (guardedKey, bool, error) {
				if !t.IsGuarded() {
					return guardedKey{}, false, nil
				}
				return collections.Join(t.Pause.UntilMs, t.Id), true, nil
			}),
	}
}

// index is a set of keys made from topics, at most one a topic. Unlike indexes.Multi it
// may leave a topic out.
type index[K any] struct {
	keys collections.KeySet[K]
	of   func(types.Topic) (key K, indexed bool, err error)
}

func newIndex[K any](
	sb *collections.SchemaBuilder, prefix int, name string, kc codec.KeyCodec[K], of func(types.Topic) (K, bool, error),
) *index[K] {
	return &index[K]{
		keys: collections.NewKeySet(sb, collections.NewPrefix(prefix), name, kc, collections.WithKeySetSecondaryIndex()),
		of:   of,
	}
}

// Reference implements collections.Index.
func (i *index[K]) Reference(ctx context.Context, id uint64, topic types.Topic, old func() (types.Topic, error)) error {
	if err := i.Unreference(ctx, id, old); err != nil && !errors.Is(err, collections.ErrNotFound) {
		return err
	}
	key, indexed, err := i.of(topic)
	if err != nil || !indexed {
		return err
	}
	return i.keys.Set(ctx, key)
}

// Unreference implements collections.Index.
func (i *index[K]) Unreference(ctx context.Context, _ uint64, old func() (types.Topic, error)) error {
	before, err := old()
	if err != nil {
		return err
	}
	key, indexed, err := i.of(before)
	if err != nil || !indexed {
		return err
	}
	return i.keys.Remove(ctx, key)
}

// reaches reports whether bound or more keys begin with the prefix. It walks at most bound
// keys; what is counted so is bounded by a parameter.
func reaches[A any](ctx context.Context, i *index[collections.Pair[A, uint64]], prefix A, bound uint32) (bool, error) {
	if bound == 0 {
		return true, nil
	}
	count := uint32(0)
	err := i.keys.Walk(ctx, collections.NewPrefixedPairRange[A, uint64](prefix), func(collections.Pair[A, uint64]) (bool, error) {
		count++
		return count >= bound, nil
	})
	return count >= bound, err
}

// slugIndex finds the topic that holds a slug.
type slugIndex struct {
	ids collections.Map[string, uint64]
}

// Reference implements collections.Index.
func (i *slugIndex) Reference(ctx context.Context, id uint64, topic types.Topic, old func() (types.Topic, error)) error {
	if err := i.Unreference(ctx, id, old); err != nil && !errors.Is(err, collections.ErrNotFound) {
		return err
	}
	if !topic.HoldsSlug() {
		return nil
	}
	return i.ids.Set(ctx, topic.Slug, id)
}

// Unreference implements collections.Index.
func (i *slugIndex) Unreference(ctx context.Context, _ uint64, old func() (types.Topic, error)) error {
	before, err := old()
	if err != nil || !before.HoldsSlug() {
		return err
	}
	return i.ids.Remove(ctx, before.Slug)
}

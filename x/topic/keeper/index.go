// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"cosmossdk.io/collections"
	"cosmossdk.io/collections/indexes"

	"github.com/weal-network/weal/x/topic/types"
)

// topicIndexes find topics by what people and lists know of them.
type topicIndexes struct {
	// Slug: slug -> id; no two topics share one.
	Slug *indexes.Unique[string, uint64, types.Topic]
	// Status: (status, id), so that a list of one status is a prefix scan in order of id.
	Status *indexes.Multi[int32, uint64, types.Topic]
}

func newTopicIndexes(sb *collections.SchemaBuilder) topicIndexes {
	return topicIndexes{
		Slug: indexes.NewUnique(sb, collections.NewPrefix(3), "topics_by_slug", collections.StringKey, collections.Uint64Key,
			func(_ uint64, t types.Topic) (string, error) { return t.Slug, nil }),
		Status: indexes.NewMulti(sb, collections.NewPrefix(4), "topics_by_status", collections.Int32Key, collections.Uint64Key,
			func(_ uint64, t types.Topic) (int32, error) { return int32(t.Status), nil }),
	}
}

// IndexesList implements collections.Indexes.
func (i topicIndexes) IndexesList() []collections.Index[uint64, types.Topic] {
	return []collections.Index[uint64, types.Topic]{i.Slug, i.Status}
}

// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	topictypes "github.com/weal-network/weal/x/topic/types"
)

// TopicHooks end what competes in a topic that is retired.
type TopicHooks struct{ k *Keeper }

var _ topictypes.TopicHooks = TopicHooks{}

// TopicHooks are called by x/topic.
func (k *Keeper) TopicHooks() TopicHooks { return TopicHooks{k} }

// AfterTopicCreated does nothing: what is kept of a topic begins with its first commit.
func (TopicHooks) AfterTopicCreated(context.Context, uint64) error { return nil }

// AfterTopicPaused does nothing: each message looks at the topic.
func (TopicHooks) AfterTopicPaused(context.Context, uint64) error { return nil }

// AfterTopicResumed does nothing either.
func (TopicHooks) AfterTopicResumed(context.Context, uint64) error { return nil }

// BeforeStewardRetires has no objection: whoever competes gets the bond back.
func (TopicHooks) BeforeStewardRetires(context.Context, uint64) error { return nil }

// AfterTopicRetired notes the topic; the blocks that follow end its contributions,
// a bounded number each.
func (h TopicHooks) AfterTopicRetired(ctx context.Context, topicID uint64) error {
	return h.k.retiring.Set(ctx, topicID)
}

func isRetired(topic topictypes.Topic) bool { return topic.Status == topictypes.STATUS_RETIRED }

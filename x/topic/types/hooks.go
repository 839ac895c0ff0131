// SPDX-License-Identifier: Apache-2.0

package types

import "context"

// TopicHooks are what other modules do when a topic's life changes. An error refuses the message that changed it.
type TopicHooks interface {
	// AfterTopicCreated is called when a topic was opened.
	AfterTopicCreated(ctx context.Context, topicID uint64) error
	// AfterTopicPaused is called when a topic was paused.
	AfterTopicPaused(ctx context.Context, topicID uint64) error
	// AfterTopicResumed is called when a pause was ended.
	AfterTopicResumed(ctx context.Context, topicID uint64) error
}

// MultiTopicHooks calls several hooks in order, until one refuses. Without any it does nothing.
type MultiTopicHooks []TopicHooks

var _ TopicHooks = MultiTopicHooks{}

// AfterTopicCreated implements TopicHooks.
func (h MultiTopicHooks) AfterTopicCreated(ctx context.Context, topicID uint64) error {
	for _, hook := range h {
		if err := hook.AfterTopicCreated(ctx, topicID); err != nil {
			return err
		}
	}
	return nil
}

// AfterTopicPaused implements TopicHooks.
func (h MultiTopicHooks) AfterTopicPaused(ctx context.Context, topicID uint64) error {
	for _, hook := range h {
		if err := hook.AfterTopicPaused(ctx, topicID); err != nil {
			return err
		}
	}
	return nil
}

// AfterTopicResumed implements TopicHooks.
func (h MultiTopicHooks) AfterTopicResumed(ctx context.Context, topicID uint64) error {
	for _, hook := range h {
		if err := hook.AfterTopicResumed(ctx, topicID); err != nil {
			return err
		}
	}
	return nil
}

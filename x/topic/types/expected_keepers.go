// SPDX-License-Identifier: Apache-2.0

package types

import "context"

// TopicHooks are called by x/topic within the message that changes a topic: an error
// refuses the message. They are not called for topics of the genesis; modules that keep
// something for each topic read the topics when they are initialised.
type TopicHooks interface {
	// AfterTopicCreated is called when a topic was opened.
	AfterTopicCreated(ctx context.Context, topicID uint64) error
	// AfterTopicPaused is called when a topic was paused.
	AfterTopicPaused(ctx context.Context, topicID uint64) error
	// AfterTopicResumed is called when a pause was ended.
	AfterTopicResumed(ctx context.Context, topicID uint64) error
}

// MultiTopicHooks calls several hooks, in order; the first error ends it. Empty, it does nothing.
type MultiTopicHooks []TopicHooks

// NewMultiTopicHooks bundles hooks.
func NewMultiTopicHooks(hooks ...TopicHooks) MultiTopicHooks { return hooks }

// AfterTopicCreated implements TopicHooks.
func (m MultiTopicHooks) AfterTopicCreated(ctx context.Context, topicID uint64) error {
	for _, hooks := range m {
		if err := hooks.AfterTopicCreated(ctx, topicID); err != nil {
			return err
		}
	}
	return nil
}

// AfterTopicPaused implements TopicHooks.
func (m MultiTopicHooks) AfterTopicPaused(ctx context.Context, topicID uint64) error {
	for _, hooks := range m {
		if err := hooks.AfterTopicPaused(ctx, topicID); err != nil {
			return err
		}
	}
	return nil
}

// AfterTopicResumed implements TopicHooks.
func (m MultiTopicHooks) AfterTopicResumed(ctx context.Context, topicID uint64) error {
	for _, hooks := range m {
		if err := hooks.AfterTopicResumed(ctx, topicID); err != nil {
			return err
		}
	}
	return nil
}

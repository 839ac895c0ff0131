// SPDX-License-Identifier: Apache-2.0

package types_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/x/topic/types"
)

var errRefused = errors.New("refused")

// counter counts what it was told, and refuses from the second time on.
type counter struct{ calls int }

func (c *counter) note() error {
	c.calls++
	if c.calls > 1 {
		return errRefused
	}
	return nil
}

func (c *counter) AfterTopicCreated(context.Context, uint64) error    { return c.note() }
func (c *counter) AfterTopicPaused(context.Context, uint64) error     { return c.note() }
func (c *counter) AfterTopicResumed(context.Context, uint64) error    { return c.note() }
func (c *counter) BeforeStewardRetires(context.Context, uint64) error { return c.note() }
func (c *counter) AfterTopicRetired(context.Context, uint64) error    { return c.note() }

func TestHooksAreCalledInOrderUntilOneRefuses(t *testing.T) {
	events := map[string]func(types.TopicHooks) error{
		"created": func(h types.TopicHooks) error { return h.AfterTopicCreated(context.Background(), 1) },
		"paused":  func(h types.TopicHooks) error { return h.AfterTopicPaused(context.Background(), 1) },
		"asked":   func(h types.TopicHooks) error { return h.BeforeStewardRetires(context.Background(), 1) },
		"retired": func(h types.TopicHooks) error { return h.AfterTopicRetired(context.Background(), 1) },
		"resumed": func(h types.TopicHooks) error { return h.AfterTopicResumed(context.Background(), 1) },
	}
	for name, tell := range events {
		t.Run(name, func(t *testing.T) {
			first, second, third := &counter{}, &counter{calls: 1}, &counter{}
			require.ErrorIs(t, tell(types.NewMultiTopicHooks(first, second, third)), errRefused)
			require.Equal(t, []int{1, 2, 0}, []int{first.calls, second.calls, third.calls})
			require.NoError(t, tell(types.NewMultiTopicHooks(third)))
			require.NoError(t, tell(types.NewMultiTopicHooks()), "nobody to tell is no error")
		})
	}
}

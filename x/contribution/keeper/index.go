// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"bytes"
	"context"
	"errors"

	"cosmossdk.io/collections"
	"cosmossdk.io/collections/codec"
	"cosmossdk.io/core/address"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/contribution/types"
)

type (
	topicKey       = collections.Pair[uint64, uint64]
	statusKey      = collections.Triple[uint64, int32, uint64]
	contributorKey = collections.Pair[sdk.AccAddress, uint64]
	deadlineKey    = collections.Pair[int64, uint64]
)

// contributionIndexes find contributions by what is asked for. Each key ends in
// the id, so that a prefix is in the order of commits.
type contributionIndexes struct {
	// Topic: (topic, id), all.
	Topic *index[topicKey]
	// Status: (topic, status, id), all.
	Status *index[statusKey]
	// Contributor: (contributor, id), all.
	Contributor *index[contributorKey]
	// Pending: (topic, id), only those that wait for an epoch's start, so that it
	// walks over these and over nothing that is stored besides.
	Pending *index[topicKey]
	// Expiry: (reveal deadline, id), only COMMITTED ones: deadline first, so that
	// the end of a block takes those that are due from the front.
	Expiry *index[deadlineKey]
	// Refund: (id), only those that are over and whose bond is still held.
	Refund *index[uint64]
	// Guarded: (end in ms, id), only those that a guardian quarantined and the people have not decided about: the end first,
	// so that the end of a block takes those that are due from the front.
	Guarded *index[deadlineKey]
	// Held: (topic, id), the same: topic first, because there is a bound for each.
	Held *index[topicKey]
}

// IndexesList implements collections.Indexes.
func (i contributionIndexes) IndexesList() []collections.Index[uint64, types.Contribution] {
	return []collections.Index[uint64, types.Contribution]{i.Topic, i.Status, i.Contributor, i.Pending, i.Expiry, i.Refund, i.Guarded, i.Held}
}

func newContributionIndexes(sb *collections.SchemaBuilder, ac address.Codec) contributionIndexes {
	topicCodec := collections.PairKeyCodec(collections.Uint64Key, collections.Uint64Key)
	return contributionIndexes{
		Topic: newIndex(sb, 10, "contributions_by_topic", topicCodec,
			func(c types.Contribution) (topicKey, bool, error) {
				return collections.Join(c.TopicId, c.Id), true, nil
			}),
		Status: newIndex(sb, 11, "contributions_by_status",
			collections.TripleKeyCodec(collections.Uint64Key, collections.Int32Key, collections.Uint64Key),
			func(c types.Contribution) (statusKey, bool, error) {
				return collections.Join3(c.TopicId, int32(c.Status), c.Id), true, nil
			}),
		Contributor: newIndex(sb, 12, "contributions_by_contributor",
			collections.PairKeyCodec(sdk.AccAddressKey, collections.Uint64Key),
			func(c types.Contribution) (contributorKey, bool, error) {
				addr, err := ac.StringToBytes(c.Contributor)
				return collections.Join(sdk.AccAddress(addr), c.Id), true, err
			}),
		Pending: newIndex(sb, 13, "pending_contributions", topicCodec,
			func(c types.Contribution) (topicKey, bool, error) {
				return collections.Join(c.TopicId, c.Id), c.IsPending(), nil
			}),
		Expiry: newIndex(sb, 14, "expiring_contributions",
			collections.PairKeyCodec(collections.Int64Key, collections.Uint64Key),
			func(c types.Contribution) (deadlineKey, bool, error) {
				return collections.Join(c.RevealDeadline, c.Id), c.Status == types.STATUS_COMMITTED, nil
			}),
		Refund: newIndex(sb, 15, "contributions_to_refund", collections.Uint64Key,
			func(c types.Contribution) (uint64, bool, error) { return c.Id, c.IsRefundable(), nil }),
		Guarded: newIndex(sb, 16, "guarded_contributions",
			collections.PairKeyCodec(collections.Int64Key, collections.Uint64Key),
			func(c types.Contribution) (deadlineKey, bool, error) {
				if !c.IsGuarded() {
					return deadlineKey{}, false, nil
				}
				return collections.Join(c.Quarantine.UntilMs, c.Id), true, nil
			}),
		Held: newIndex(sb, 17, "held_contributions", topicCodec,
			func(c types.Contribution) (topicKey, bool, error) {
				return collections.Join(c.TopicId, c.Id), c.IsGuarded(), nil
			}),
	}
}

// index is a set of keys made from records, at most one a record. Unlike
// indexes.Multi it may leave a record out, and writes nothing when a record's key
// stays what it was.
type index[K any] struct {
	keys collections.KeySet[K]
	of   func(types.Contribution) (key K, indexed bool, err error)
}

var _ collections.Index[uint64, types.Contribution] = (*index[topicKey])(nil)

func newIndex[K any](
	sb *collections.SchemaBuilder, prefix int, name string, kc codec.KeyCodec[K], of func(types.Contribution) (K, bool, error),
) *index[K] {
	return &index[K]{
		keys: collections.NewKeySet(sb, collections.NewPrefix(prefix), name, kc, collections.WithKeySetSecondaryIndex()),
		of:   of,
	}
}

// Reference implements collections.Index.
func (i *index[K]) Reference(ctx context.Context, _ uint64, c types.Contribution, old func() (types.Contribution, error)) error {
	key, indexed, err := i.of(c)
	if err != nil {
		return err
	}
	before, err := old()
	if err != nil && !errors.Is(err, collections.ErrNotFound) {
		return err
	}
	if err == nil {
		same, err := i.unset(ctx, before, key, indexed)
		if err != nil || same {
			return err
		}
	}
	if !indexed {
		return nil
	}
	return i.keys.Set(ctx, key)
}

// Unreference implements collections.Index.
func (i *index[K]) Unreference(ctx context.Context, _ uint64, old func() (types.Contribution, error)) error {
	before, err := old()
	if err != nil {
		return err
	}
	var none K
	_, err = i.unset(ctx, before, none, false)
	return err
}

// unset removes the key of a record's former value, unless it is the new one.
func (i *index[K]) unset(ctx context.Context, before types.Contribution, key K, indexed bool) (same bool, err error) {
	oldKey, wasIndexed, err := i.of(before)
	if err != nil || !wasIndexed {
		return false, err
	}
	if indexed {
		same, err = i.equal(oldKey, key)
		if err != nil || same {
			return same, err
		}
	}
	return false, i.keys.Remove(ctx, oldKey)
}

func (i *index[K]) equal(a, b K) (bool, error) {
	left, err := collections.EncodeKeyWithPrefix(nil, i.keys.KeyCodec(), a)
	if err != nil {
		return false, err
	}
	right, err := collections.EncodeKeyWithPrefix(nil, i.keys.KeyCodec(), b)
	return bytes.Equal(left, right), err
}

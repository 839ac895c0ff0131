// SPDX-License-Identifier: Apache-2.0

package types

import (
	"context"
	"errors"
	"time"

	"cosmossdk.io/collections"
	"github.com/cosmos/gogoproto/proto"

	sdk "github.com/cosmos/cosmos-sdk/types"
)

// DelayedParams are parameters of a module that decides about epochs, of which one says how long a change of them waits.
type DelayedParams[P, C any] interface {
	comparable
	// Validate refuses what is out of bounds.
	Validate() error
	// After lets others wait that are to follow, from the block time at which they were decided about.
	After(params P, decided time.Time) C
}

// ParamChange is what a module stores of parameters that wait.
type ParamChange[P, C any] interface {
	*C
	GetParams() P
	// Hold reports whether they hold in a block of that time.
	Hold(blockTime time.Time) bool
}

// ParamChangeEvents are what a module says of them.
type ParamChangeEvents[P, C any] struct {
	Scheduled func(authority string, change C) proto.Message
	Replaced  func(change C) proto.Message
	Dropped   func(change C, reason string) proto.Message
	Updated   func(params P) proto.Message
}

// ParamChanges are the parameters that hold, and those that wait, at most one set. x/emission, which pays epochs, keeps its own so too.
type ParamChanges[P DelayedParams[P, C], C any, PC ParamChange[P, C]] struct {
	Now    collections.Item[P]
	Coming collections.Item[C]
	Events ParamChangeEvents[P, C]
}

// Schedule lets parameters hold once the delay that stands is over. Others that wait are replaced; by those that
// hold already, they are withdrawn.
func (s ParamChanges[P, C, PC]) Schedule(ctx context.Context, authority string, params P) error {
	now, err := s.Now.Get(ctx)
	if err != nil {
		return err
	}
	if err := s.withdraw(ctx); err != nil || params == now {
		return err
	}
	change := now.After(params, sdk.UnwrapSDKContext(ctx).BlockTime())
	if err := s.Coming.Set(ctx, change); err != nil {
		return err
	}
	return s.emit(ctx, s.Events.Scheduled(authority, change))
}

// withdraw says which parameters will never hold, if any wait.
func (s ParamChanges[P, C, PC]) withdraw(ctx context.Context) error {
	change, err := s.Waiting(ctx)
	if err != nil || change == nil {
		return err
	}
	if err := s.Coming.Remove(ctx); err != nil {
		return err
	}
	return s.emit(ctx, s.Events.Replaced(*change))
}

// Waiting are the parameters that wait; nil for none.
func (s ParamChanges[P, C, PC]) Waiting(ctx context.Context) (PC, error) {
	change, err := s.Coming.Get(ctx)
	if errors.Is(err, collections.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &change, nil
}

// Begin lets the parameters hold that waited for the block's time. Their bounds may have become narrower
// with the software since they were decided about: those beyond them are dropped, and the block goes on.
func (s ParamChanges[P, C, PC]) Begin(ctx context.Context) error {
	change, err := s.Waiting(ctx)
	if err != nil || change == nil || !change.Hold(sdk.UnwrapSDKContext(ctx).BlockTime()) {
		return err
	}
	if err := s.Coming.Remove(ctx); err != nil {
		return err
	}
	params := change.GetParams()
	if refusal := params.Validate(); refusal != nil {
		return s.emit(ctx, s.Events.Dropped(*change, refusal.Error()))
	}
	if err := s.Now.Set(ctx, params); err != nil {
		return err
	}
	return s.emit(ctx, s.Events.Updated(params))
}

func (ParamChanges[P, C, PC]) emit(ctx context.Context, event proto.Message) error {
	return sdk.UnwrapSDKContext(ctx).EventManager().EmitTypedEvent(event)
}

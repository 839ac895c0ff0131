// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	admissiontypes "github.com/weal-network/weal/x/admission/types"
	"github.com/weal-network/weal/x/topic/types"
)

// permitCreation checks that creator may open a topic of a spec, and returns the deposit
// that it has to leave: none for the authority.
func (k *Keeper) permitCreation(ctx context.Context, params types.Params, creator string, spec types.TopicSpec) (uint64, error) {
	if k.isAuthority(ctx, creator) {
		return 0, nil
	}
	addr, err := k.addressCodec.StringToBytes(creator)
	if err != nil {
		return 0, errorsmod.Wrapf(sdkerrors.ErrInvalidAddress, "creator %q: %s", creator, err)
	}
	if spec.Steward != creator {
		return 0, errorsmod.Wrapf(types.ErrInvalidSteward, "steward is %s, and %s opens the topic: name yourself, and hand over later with `weald tx topic offer-stewardship`",
			spec.Steward, creator)
	}
	if spec.Sandbox {
		return params.SandboxDeposit, nil
	}
	if params.OpenCreation {
		return params.TopicDeposit, nil
	}
	admitted, err := k.admission.IsAdmitted(ctx, admissiontypes.ROLE_STEWARD, 0, addr)
	if err != nil {
		return 0, err
	}
	if !admitted {
		return 0, errorsmod.Wrapf(types.ErrCreationClosed,
			"%s is not admitted as a steward: propose the topic with `weald tx topic propose create`, ask to be admitted, or open a sandbox", creator)
	}
	return params.TopicDeposit, nil
}

// createTopic opens a topic of a spec that holds under params, takes the deposit, and
// tells the hooks.
func (k *Keeper) createTopic(ctx context.Context, params types.Params, creator string, deposit uint64, spec types.TopicSpec) (types.Topic, error) {
	if err := k.checkRoom(ctx, params, spec); err != nil {
		return types.Topic{}, err
	}
	if err := k.checkSlugFree(ctx, spec.Slug); err != nil {
		return types.Topic{}, err
	}
	id, err := k.nextID.Next(ctx)
	if err != nil {
		return types.Topic{}, err
	}
	topic := types.NewTopic(id, creator, deposit, spec)
	if err := k.topics.Set(ctx, id, topic); err != nil {
		return types.Topic{}, err
	}
	if err := k.takeDeposit(ctx, topic); err != nil {
		return types.Topic{}, err
	}
	return topic, k.hooks.AfterTopicCreated(ctx, id)
}

func (k *Keeper) checkSlugFree(ctx context.Context, slug string) error {
	id, err := k.topics.Indexes.Slug.ids.Get(ctx, slug)
	switch {
	case errors.Is(err, collections.ErrNotFound):
		return nil
	case err != nil:
		return err
	}
	return errorsmod.Wrapf(types.ErrSlugTaken, "topic %d has the slug %q: choose another", id, slug)
}

// checkRoom counts the topics of the kind that live. The parameter bounds the walk, so no
// counter has to be kept right.
func (k *Keeper) checkRoom(ctx context.Context, params types.Params, spec types.TopicSpec) error {
	if spec.Sandbox {
		return k.checkSandboxRoom(ctx, params, spec.Steward)
	}
	full, err := reaches(ctx, k.topics.Indexes.Live, false, params.MaxTopics)
	if err != nil {
		return err
	}
	if full {
		return errorsmod.Wrapf(types.ErrTooManyTopics, "max_topics is %d and as many topics live: raise max_topics first, or retire one", params.MaxTopics)
	}
	return nil
}

// checkSandboxRoom checks that one more sandbox may live, and the steward have one more.
func (k *Keeper) checkSandboxRoom(ctx context.Context, params types.Params, steward string) error {
	full, err := reaches(ctx, k.topics.Indexes.Live, true, params.MaxSandboxes)
	if err != nil {
		return err
	}
	if full {
		return errorsmod.Wrapf(types.ErrTooManySandboxes, "max_sandboxes is %d and as many live: wait until one is retired", params.MaxSandboxes)
	}
	return k.checkStewardRoom(ctx, params, steward)
}

// checkStewardRoom checks that an account may have one more sandbox.
func (k *Keeper) checkStewardRoom(ctx context.Context, params types.Params, steward string) error {
	addr, err := k.addressCodec.StringToBytes(steward)
	if err != nil {
		return err
	}
	full, err := reaches(ctx, k.topics.Indexes.Sandboxes, addr, params.MaxSandboxesPerSteward)
	if err != nil {
		return err
	}
	if full {
		return errorsmod.Wrapf(types.ErrTooManySandboxes, "%s has %d sandboxes or more, the most that a steward may: retire one first with `weald tx topic retire`",
			steward, params.MaxSandboxesPerSteward)
	}
	return nil
}

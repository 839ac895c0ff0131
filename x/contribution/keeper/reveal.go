// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/x/contribution/types"
)

// Reveal takes a validated reveal: it checks author, time, commitment, the
// topic's rules, lineage and version, takes the bond, and settles who owns the
// digest. Whoever is refused for bytes of an earlier commit keeps the bond.
func (k Keeper) Reveal(ctx context.Context, m *types.MsgRevealContribution) (types.Contribution, error) {
	c, err := k.checkReveal(ctx, m)
	if err != nil {
		return c, err
	}
	if err := k.checkParents(ctx, c.TopicId, m.Parents); err != nil {
		return c, err
	}
	if err := k.checkVersion(ctx, c, m.VersionOf); err != nil {
		return c, err
	}
	owner, err := k.checkDigest(ctx, c.TopicId, c.Id, m.Artifact.Sha256)
	if err != nil {
		return c, err
	}
	if err := k.payBond(ctx, c); err != nil {
		return c, err
	}
	if err := k.takeDigest(ctx, c.TopicId, c.Id, owner, m.Artifact.Sha256); err != nil {
		return c, err
	}
	if err := k.linkVersion(ctx, m.VersionOf, c.Id); err != nil {
		return c, err
	}
	if err := k.linkParents(ctx, m.Parents, c.Id); err != nil {
		return c, err
	}
	c = c.Revealed(m, sdk.UnwrapSDKContext(ctx).BlockHeight())
	return c, k.set(ctx, c)
}

// checkReveal returns the commit that the message opens.
func (k Keeper) checkReveal(ctx context.Context, m *types.MsgRevealContribution) (types.Contribution, error) {
	c, err := k.ownContribution(ctx, m.ContributionId, m.Contributor)
	if err != nil {
		return c, err
	}
	sdkCtx := sdk.UnwrapSDKContext(ctx)
	if err := c.CheckRevealable(sdkCtx.BlockHeight()); err != nil {
		return c, err
	}
	contributor, err := k.addressCodec.StringToBytes(c.Contributor)
	if err != nil {
		return c, err
	}
	if err := c.CheckOpening(sdkCtx.ChainID(), contributor, m.Salt, m.Artifact.Sha256); err != nil {
		return c, err
	}
	topic, err := k.topic.GetTopic(ctx, c.TopicId)
	if err != nil {
		return c, err
	}
	if isRetired(topic) {
		return c, errorsmod.Wrapf(types.ErrTopicNotActive, "topic %d was retired after the commit: nothing is measured there any more", c.TopicId)
	}
	if m.Payout != "" {
		if err := k.checkPayable(m.Payout); err != nil {
			return c, err
		}
	}
	return c, m.Artifact.ValidateFor(topic.ArtifactRules)
}

// checkParents checks that each parent was revealed in the same topic and owns
// what it showed.
func (k Keeper) checkParents(ctx context.Context, topicID uint64, parents []types.Parent) error {
	for _, p := range parents {
		parent, err := k.GetContribution(ctx, p.Id)
		if err != nil {
			if errors.Is(err, types.ErrContributionNotFound) {
				return errorsmod.Wrapf(types.ErrInvalidParents, "parent %d: %s", p.Id, err)
			}
			return err
		}
		switch {
		case parent.TopicId != topicID:
			return errorsmod.Wrapf(types.ErrInvalidParents, "parent %d competes in topic %d, expected one of topic %d", p.Id, parent.TopicId, topicID)
		case parent.Status == types.STATUS_COMMITTED:
			return errorsmod.Wrapf(types.ErrInvalidParents, "parent %d is not revealed yet: wait for it, or leave it out", p.Id)
		case parent.Status == types.STATUS_DUPLICATE:
			return errorsmod.Wrapf(types.ErrInvalidParents, "parent %d is a duplicate: name the contribution that owns its digest", p.Id)
		case parent.Status == types.STATUS_REMOVED:
			return errorsmod.Wrapf(types.ErrInvalidParents, "parent %d was removed by the people: leave it out", p.Id)
		}
	}
	return nil
}

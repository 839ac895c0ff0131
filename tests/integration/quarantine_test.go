// SPDX-License-Identifier: Apache-2.0

package integration_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/app"
	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	emissionkeeper "github.com/weal-network/weal/x/emission/keeper"
	emissiontypes "github.com/weal-network/weal/x/emission/types"
)

// TestTheImmatureRewardsOfARemovedContributionAreBurnt carries out on the real chain what the people decide: a quarantine, and
// a release or a removal.
func TestTheImmatureRewardsOfARemovedContributionAreBurnt(t *testing.T) {
	o := newOwed(t)
	ctx, _ := o.Ctx().CacheContext()
	before := o.reward(ctx)
	require.Positive(t, before.Immature)
	audit := func() {
		response, err := emissionkeeper.NewQueryServer(o.App.Emission).Audit(ctx, &emissiontypes.QueryAuditRequest{})
		require.NoError(t, err)
		require.True(t, response.Ok, "%v", response.Checks)
	}
	quarantine := &contributiontypes.MsgQuarantine{Authority: app.Authority(), ContributionId: o.id, ReasonUri: "https://example.org/why"}
	require.NoError(t, o.carryOut(ctx, quarantine))
	require.True(t, o.reward(ctx).Frozen)
	audit()
	require.NoError(t, o.carryOut(ctx, &contributiontypes.MsgRelease{Authority: app.Authority(), ContributionId: o.id}))
	require.Equal(t, before, o.reward(ctx))
	audit()

	require.NoError(t, o.carryOut(ctx, quarantine))
	supply := o.App.Bank.GetSupply(ctx, app.BaseDenom).Amount.Uint64()
	contribution, err := o.App.Contribution.GetContribution(ctx, o.id)
	require.NoError(t, err)
	require.NoError(t, o.carryOut(ctx, &contributiontypes.MsgRemove{Authority: app.Authority(), ContributionId: o.id, ReasonUri: quarantine.ReasonUri}))
	require.Equal(t, supply-before.Immature-contribution.Bond, o.App.Bank.GetSupply(ctx, app.BaseDenom).Amount.Uint64())
	require.Equal(t, emissiontypes.RewardAccount{ContributionId: o.id, Mature: before.Mature, TakenBack: before.Immature}, o.reward(ctx))
	audit()
	require.NoError(t, o.carryOut(ctx, &emissiontypes.MsgClaim{Contributor: o.owner.String()}))
}

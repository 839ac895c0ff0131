// SPDX-License-Identifier: Apache-2.0

package app

import (
	"cosmossdk.io/core/address"

	"github.com/cosmos/cosmos-sdk/codec"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"

	admissionkeeper "github.com/weal-network/weal/x/admission/keeper"
	admissiontypes "github.com/weal-network/weal/x/admission/types"
	contributionkeeper "github.com/weal-network/weal/x/contribution/keeper"
	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	emissionkeeper "github.com/weal-network/weal/x/emission/keeper"
	emissiontypes "github.com/weal-network/weal/x/emission/types"
	meritkeeper "github.com/weal-network/weal/x/merit/keeper"
	merittypes "github.com/weal-network/weal/x/merit/types"
	scoringkeeper "github.com/weal-network/weal/x/scoring/keeper"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	topickeeper "github.com/weal-network/weal/x/topic/keeper"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// WealKeepers are the keepers of Weal's own modules. Each may call those above it and
// none below; what has to travel upwards travels by hooks.
type WealKeepers struct {
	Admission    *admissionkeeper.Keeper
	Topic        *topickeeper.Keeper
	Contribution *contributionkeeper.Keeper
	Scoring      *scoringkeeper.Keeper
	Emission     *emissionkeeper.Keeper
	Merit        *meritkeeper.Keeper
}

// newWealKeepers wires Weal's own modules on top of the SDK's in k.
func newWealKeepers(cdc codec.Codec, keys storeKeys, k Keepers, authority string, accounts, operators address.Codec) WealKeepers {
	var w WealKeepers
	w.Admission = admissionkeeper.NewKeeper(cdc, storeService(keys.kv[admissiontypes.StoreKey]), authority,
		accounts, operators, k.Bank, k.Staking, k.Slashing)
	w.Topic = topickeeper.NewKeeper(cdc, storeService(keys.kv[topictypes.StoreKey]), authority,
		accounts, k.Account, k.Bank, w.Admission)
	w.Contribution = contributionkeeper.NewKeeper(cdc, storeService(keys.kv[contributiontypes.StoreKey]), authority,
		accounts, w.Topic, w.Admission, k.Bank)
	w.Scoring = scoringkeeper.NewKeeper(cdc, storeService(keys.kv[scoringtypes.StoreKey]), authority,
		accounts, operators, k.Account, k.Staking, w.Admission, w.Topic, w.Contribution)
	w.Emission = emissionkeeper.NewKeeper(cdc, storeService(keys.kv[emissiontypes.StoreKey]), authority,
		accounts, operators, k.Account, k.Bank, k.Distribution, k.Staking, w.Topic, w.Contribution, w.Scoring, authtypes.FeeCollectorName)
	w.Merit = meritkeeper.NewKeeper(cdc, storeService(keys.kv[merittypes.StoreKey]), authority,
		accounts, k.Staking, w.Contribution, w.Emission)

	w.Emission.SetMerit(w.Merit)

	// A topic's life ends its contributions, and starts and stops its clock and its
	// accrual; what the people look into does not mature, what is withdrawn or removed leaves the frontier; a scored epoch
	// is paid, and then gives merit.
	w.Topic.SetHooks(topictypes.NewMultiTopicHooks(w.Contribution.TopicHooks(), w.Scoring.TopicHooks(), w.Emission.TopicHooks()))
	w.Contribution.SetHooks(contributiontypes.NewMultiContributionHooks(
		w.Scoring.ContributionHooks(), w.Emission.ContributionHooks(), w.Merit.ContributionHooks()))
	w.Scoring.SetHooks(scoringtypes.NewMultiScoringHooks(w.Emission.ScoringHooks(), w.Merit.ScoringHooks()))
	return w
}

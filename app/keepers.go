// SPDX-License-Identifier: Apache-2.0

package app

import (
	"cosmossdk.io/log/v2"

	"github.com/spf13/cast"

	"github.com/cosmos/cosmos-sdk/baseapp"
	"github.com/cosmos/cosmos-sdk/client/flags"
	addresscodec "github.com/cosmos/cosmos-sdk/codec/address"
	"github.com/cosmos/cosmos-sdk/server"
	servertypes "github.com/cosmos/cosmos-sdk/server/types"
	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	authkeeper "github.com/cosmos/cosmos-sdk/x/auth/keeper"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	authzkeeper "github.com/cosmos/cosmos-sdk/x/authz/keeper"
	bankkeeper "github.com/cosmos/cosmos-sdk/x/bank/keeper"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	consensuskeeper "github.com/cosmos/cosmos-sdk/x/consensus/keeper"
	consensustypes "github.com/cosmos/cosmos-sdk/x/consensus/types"
	distrkeeper "github.com/cosmos/cosmos-sdk/x/distribution/keeper"
	distrtypes "github.com/cosmos/cosmos-sdk/x/distribution/types"
	evidencekeeper "github.com/cosmos/cosmos-sdk/x/evidence/keeper"
	evidencetypes "github.com/cosmos/cosmos-sdk/x/evidence/types"
	"github.com/cosmos/cosmos-sdk/x/feegrant"
	feegrantkeeper "github.com/cosmos/cosmos-sdk/x/feegrant/keeper"
	govkeeper "github.com/cosmos/cosmos-sdk/x/gov/keeper"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"
	govv1beta1 "github.com/cosmos/cosmos-sdk/x/gov/types/v1beta1"
	slashingkeeper "github.com/cosmos/cosmos-sdk/x/slashing/keeper"
	slashingtypes "github.com/cosmos/cosmos-sdk/x/slashing/types"
	stakingkeeper "github.com/cosmos/cosmos-sdk/x/staking/keeper"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
	upgradekeeper "github.com/cosmos/cosmos-sdk/x/upgrade/keeper"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"
	ratelimittypes "github.com/cosmos/ibc-go/v11/modules/apps/rate-limiting/types"
	transfertypes "github.com/cosmos/ibc-go/v11/modules/apps/transfer/types"
	ibcexported "github.com/cosmos/ibc-go/v11/modules/core/exported"

	"github.com/weal-network/weal/app/limits"
	admissiontypes "github.com/weal-network/weal/x/admission/types"
	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	emissiontypes "github.com/weal-network/weal/x/emission/types"
	merittypes "github.com/weal-network/weal/x/merit/types"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// Keepers are the owners of the chain's state, one a module. They are exported for
// tests and for the upgrade handlers; modules never see this struct, only the small
// interfaces in their own types/expected_keepers.go.
type Keepers struct {
	WealKeepers
	IBCKeepers

	Account      authkeeper.AccountKeeper
	Bank         bankkeeper.Keeper
	Staking      *stakingkeeper.Keeper
	Slashing     slashingkeeper.Keeper
	Distribution distrkeeper.Keeper
	Gov          *govkeeper.Keeper
	Evidence     *evidencekeeper.Keeper
	Authz        authzkeeper.Keeper
	FeeGrant     feegrantkeeper.Keeper
	Upgrade      *upgradekeeper.Keeper
	Consensus    consensuskeeper.Keeper

	// Limits is what no vote can pass.
	Limits limits.Limits
}

// storeNames lists the persistent stores. A store added after the first genesis needs a
// store upgrade in app/upgrades.
var storeNames = []string{
	authtypes.StoreKey,
	banktypes.StoreKey,
	stakingtypes.StoreKey,
	slashingtypes.StoreKey,
	distrtypes.StoreKey,
	govtypes.StoreKey,
	evidencetypes.StoreKey,
	authzkeeper.StoreKey,
	feegrant.StoreKey,
	upgradetypes.StoreKey,
	consensustypes.StoreKey,
	admissiontypes.StoreKey,
	topictypes.StoreKey,
	contributiontypes.StoreKey,
	scoringtypes.StoreKey,
	emissiontypes.StoreKey,
	merittypes.StoreKey,
	ibcexported.StoreKey,
	transfertypes.StoreKey,
	ratelimittypes.StoreKey,
}

// storeKeys are the capabilities to the stores of the application.
type storeKeys struct {
	kv map[string]*storetypes.KVStoreKey
	// object keeps, for the length of one block, the fees that transactions paid. As no
	// two transactions write the same key, they can be executed in parallel.
	object map[string]*storetypes.ObjectStoreKey
}

// newStoreKeys creates one key a store.
func newStoreKeys() storeKeys {
	return storeKeys{
		kv:     storetypes.NewKVStoreKeys(storeNames...),
		object: storetypes.NewObjectStoreKeys(banktypes.ObjectStoreKey),
	}
}

// all lists the keys of every kind, which the parallel executor needs to know.
func (k storeKeys) all() []storetypes.StoreKey {
	keys := make([]storetypes.StoreKey, 0, len(k.kv)+len(k.object))
	for _, name := range storeNames {
		keys = append(keys, k.kv[name])
	}
	return append(keys, k.object[banktypes.ObjectStoreKey])
}

// newKeepers wires the keepers, those without dependencies first.
func newKeepers(enc encoding, keys storeKeys, bApp *baseapp.BaseApp, appOpts servertypes.AppOptions, logger log.Logger) Keepers {
	var (
		k         Keepers
		authority = Authority()
		accounts  = addresscodec.NewBech32Codec(Bech32Prefix)
		operators = addresscodec.NewBech32Codec(ValidatorPrefix)
		consensus = addresscodec.NewBech32Codec(ConsensusPrefix)
		cdc       = enc.codec
	)
	k.Consensus = consensuskeeper.NewKeeper(cdc, storeService(keys.kv[consensustypes.StoreKey]), authority, eventService())
	bApp.SetParamStore(k.Consensus.ParamsStore)

	k.Account = authkeeper.NewAccountKeeper(cdc, storeService(keys.kv[authtypes.StoreKey]), authtypes.ProtoBaseAccount,
		accountPermissions(), accounts, Bech32Prefix, authority, authkeeper.WithUnorderedTransactions(true))
	k.Bank = bankkeeper.NewBaseKeeper(cdc, storeService(keys.kv[banktypes.StoreKey]), k.Account, blockedAddresses(), authority, logger).
		WithObjStoreKey(keys.object[banktypes.ObjectStoreKey])
	k.Staking = stakingkeeper.NewKeeper(cdc, storeService(keys.kv[stakingtypes.StoreKey]), k.Account, k.Bank, authority, operators, consensus)
	k.Distribution = distrkeeper.NewKeeper(cdc, storeService(keys.kv[distrtypes.StoreKey]), k.Account, k.Bank, k.Staking,
		authtypes.FeeCollectorName, authority)
	k.Slashing = slashingkeeper.NewKeeper(cdc, enc.amino, storeService(keys.kv[slashingtypes.StoreKey]), k.Staking, authority)
	k.FeeGrant = feegrantkeeper.NewKeeper(cdc, storeService(keys.kv[feegrant.StoreKey]), k.Account)
	k.Authz = authzkeeper.NewKeeper(storeService(keys.kv[authzkeeper.StoreKey]), cdc, bApp.MsgServiceRouter(), k.Account)
	k.Evidence = evidencekeeper.NewKeeper(cdc, storeService(keys.kv[evidencetypes.StoreKey]), k.Staking, k.Slashing, accounts, cometInfoService())
	k.Upgrade = upgradekeeper.NewKeeper(skippedUpgrades(appOpts), storeService(keys.kv[upgradetypes.StoreKey]), cdc,
		cast.ToString(appOpts.Get(flags.FlagHome)), bApp, authority)
	k.IBCKeepers = newIBCKeepers(cdc, keys, k, bApp.MsgServiceRouter(), authority, accounts)
	k.WealKeepers = newWealKeepers(cdc, keys, k, authority, accounts, operators)
	k.Gov = newGovKeeper(enc, keys, bApp, k, authority)
	k.Merit.SetGov(k.Gov)

	// Hooks close the circles that constructors cannot: staking calls back those that
	// were built upon it. Admission comes first, so that whoever may not validate leaves
	// no record with the others.
	k.Staking.SetHooks(stakingtypes.NewMultiStakingHooks(
		k.Admission.Hooks(),
		k.Distribution.Hooks(),
		k.Slashing.Hooks(),
		k.Emission.StakingHooks(),
	))
	k.Limits = newLimits(k)
	k.Gov.SetHooks(proposalGuard{proposals: k.Gov.Proposals, limits: k.Limits})
	return k
}

// newGovKeeper builds governance with the tally of stake and merit. The legacy router knows
// text proposals only, and exists because gov calls it without asking whether it is set.
func newGovKeeper(enc encoding, keys storeKeys, bApp *baseapp.BaseApp, k Keepers, authority string) *govkeeper.Keeper {
	keeper := govkeeper.NewKeeper(enc.codec, storeService(keys.kv[govtypes.StoreKey]), k.Account, k.Bank, k.Distribution,
		bApp.MsgServiceRouter(), govtypes.DefaultConfig(), authority, k.Merit.VoteResults)
	keeper.SetLegacyRouter(govv1beta1.NewRouter().AddRoute(govtypes.RouterKey, govv1beta1.ProposalHandler))
	return keeper
}

// skippedUpgrades reads the heights at which the operator wants no upgrade to run.
func skippedUpgrades(appOpts servertypes.AppOptions) map[int64]bool {
	skipped := map[int64]bool{}
	for _, height := range cast.ToIntSlice(appOpts.Get(server.FlagUnsafeSkipUpgrades)) {
		skipped[int64(height)] = true
	}
	return skipped
}

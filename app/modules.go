// SPDX-License-Identifier: Apache-2.0

package app

import (
	"cosmossdk.io/core/appmodule"

	"github.com/cosmos/cosmos-sdk/types/module"
	"github.com/cosmos/cosmos-sdk/x/auth"
	authsims "github.com/cosmos/cosmos-sdk/x/auth/simulation"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	"github.com/cosmos/cosmos-sdk/x/auth/vesting"
	vestingtypes "github.com/cosmos/cosmos-sdk/x/auth/vesting/types"
	"github.com/cosmos/cosmos-sdk/x/authz"
	authzmodule "github.com/cosmos/cosmos-sdk/x/authz/module"
	"github.com/cosmos/cosmos-sdk/x/bank"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	"github.com/cosmos/cosmos-sdk/x/consensus"
	consensustypes "github.com/cosmos/cosmos-sdk/x/consensus/types"
	"github.com/cosmos/cosmos-sdk/x/distribution"
	distrtypes "github.com/cosmos/cosmos-sdk/x/distribution/types"
	"github.com/cosmos/cosmos-sdk/x/evidence"
	evidencetypes "github.com/cosmos/cosmos-sdk/x/evidence/types"
	"github.com/cosmos/cosmos-sdk/x/feegrant"
	feegrantmodule "github.com/cosmos/cosmos-sdk/x/feegrant/module"
	"github.com/cosmos/cosmos-sdk/x/genutil"
	genutiltypes "github.com/cosmos/cosmos-sdk/x/genutil/types"
	"github.com/cosmos/cosmos-sdk/x/gov"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"
	"github.com/cosmos/cosmos-sdk/x/slashing"
	slashingtypes "github.com/cosmos/cosmos-sdk/x/slashing/types"
	"github.com/cosmos/cosmos-sdk/x/staking"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
	"github.com/cosmos/cosmos-sdk/x/upgrade"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"
	ratelimittypes "github.com/cosmos/ibc-go/v11/modules/apps/rate-limiting/types"
	transfertypes "github.com/cosmos/ibc-go/v11/modules/apps/transfer/types"
	ibcexported "github.com/cosmos/ibc-go/v11/modules/core/exported"
	ibctm "github.com/cosmos/ibc-go/v11/modules/light-clients/07-tendermint"

	"github.com/weal-network/weal/x/admission"
	admissiontypes "github.com/weal-network/weal/x/admission/types"
	"github.com/weal-network/weal/x/contribution"
	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	"github.com/weal-network/weal/x/emission"
	emissiontypes "github.com/weal-network/weal/x/emission/types"
	"github.com/weal-network/weal/x/merit"
	merittypes "github.com/weal-network/weal/x/merit/types"
	"github.com/weal-network/weal/x/scoring"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	"github.com/weal-network/weal/x/topic"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// namedModule is a module as this file lists it.
type namedModule interface {
	appmodule.AppModule
	module.HasName
}

// newModules builds the modules of the application, one line each; IBC's are in ibc.go.
func newModules(enc encoding, k Keepers, genesisTxs *App) []namedModule {
	return append(newIBCModules(enc.codec, k.IBCKeepers),
		auth.NewAppModule(enc.codec, k.Account, authsims.RandomGenesisAccounts),
		vesting.NewAppModule(k.Account, k.Bank),
		bank.NewAppModule(enc.codec, k.Bank, k.Account),
		staking.NewAppModule(enc.codec, k.Staking, k.Account, k.Bank),
		slashing.NewAppModule(enc.codec, k.Slashing, k.Account, k.Bank, k.Staking, enc.registry),
		distribution.NewAppModule(enc.codec, k.Distribution, k.Account, k.Bank, k.Staking),
		gov.NewAppModule(enc.codec, k.Gov, k.Account, k.Bank),
		evidence.NewAppModule(*k.Evidence),
		authzmodule.NewAppModule(enc.codec, k.Authz, k.Account, k.Bank, enc.registry),
		feegrantmodule.NewAppModule(enc.codec, k.Account, k.Bank, k.FeeGrant, enc.registry),
		upgrade.NewAppModule(k.Upgrade, k.Account.AddressCodec()),
		consensus.NewAppModule(enc.codec, k.Consensus),
		admission.NewAppModule(k.Admission),
		topic.NewAppModule(k.Topic),
		contribution.NewAppModule(k.Contribution),
		scoring.NewAppModule(k.Scoring),
		emission.NewAppModule(k.Emission),
		merit.NewAppModule(k.Merit),
		genutil.NewAppModule(k.Account, k.Staking, genesisTxs, enc.txConfig),
	)
}

// newManager gives the modules a manager that runs them in the orders below; it panics if
// one is missing there.
func newManager(modules []namedModule) *module.Manager {
	byName := make(map[string]appmodule.AppModule, len(modules))
	for _, m := range modules {
		byName[m.Name()] = m
	}
	mm := module.NewManagerFromMap(byName)
	mm.SetOrderPreBlockers(names(preBlockOrder)...)
	mm.SetOrderBeginBlockers(names(beginBlockOrder)...)
	mm.SetOrderEndBlockers(names(endBlockOrder)...)
	mm.SetOrderInitGenesis(names(genesisOrder)...)
	mm.SetOrderExportGenesis(names(genesisOrder)...)
	return mm
}

// step is one module's turn in an order, with the reason for its place.
type step struct {
	module string
	why    string
}

// preBlockOrder runs before the block's parameters are read.
var preBlockOrder = []step{
	{upgradetypes.ModuleName, "a new version migrates the stores before anything else reads them"},
	{authtypes.ModuleName, "drops the expired nonces of unordered transactions, which a migration may have touched"},
}

// beginBlockOrder runs before the block's transactions.
var beginBlockOrder = []step{
	{emissiontypes.ModuleName, "issues first, so that distribution shares out this block's security part with the last one's fees"},
	{distrtypes.ModuleName, "shares out the last block's fees by the votes on it, before slashing can change the stakes"},
	{slashingtypes.ModuleName, "punishes downtime by the same votes"},
	{evidencetypes.ModuleName, "punishes equivocation and needs slashing's signing infos"},
	{stakingtypes.ModuleName, "records the validator set as the block found it, after punishment"},
	{authz.ModuleName, "drops expired grants, so that no transaction of this block uses one"},
	{ibcexported.ModuleName, "leaves for other chains' clients, before the last block of a version, who signs the first of the next: after staking has settled who that is"},
	{ratelimittypes.ModuleName, "begins the hour of each quota before the block's transfers count"},
}

// endBlockOrder runs after the block's transactions.
var endBlockOrder = []step{
	{banktypes.ModuleName, "credits the fees of the block, so that everything after it sees true balances"},
	{govtypes.ModuleName, "carries out what was decided, before the validator set is settled"},
	{admissiontypes.ModuleName, "ends admissions whose time is over, before the validator set is settled"},
	{stakingtypes.ModuleName, "settles the validator set by all that the block did"},
	{topictypes.ModuleName, "resumes topics that guardians paused and whose time is over, so that their epochs open in this block"},
	{contributiontypes.ModuleName, "drops commits whose time to reveal is over, so that they hold up no epoch"},
	{scoringtypes.ModuleName, "closes and opens epochs by the validator set and the contributions as the block leaves them"},
	{merittypes.ModuleName, "records what the epochs that were closed have paid"},
	{feegrant.ModuleName, "drops expired allowances; nothing depends on it"},
}

// genesisOrder is the order in which genesis is read, and written on export.
var genesisOrder = []step{
	{authtypes.ModuleName, "accounts exist before anything owns or pays"},
	{vestingtypes.ModuleName, "has no state; its accounts are in auth"},
	{banktypes.ModuleName, "balances exist before pools are checked against them"},
	{admissiontypes.ModuleName, "its hook asks the list about each validator that staking or a genesis transaction creates"},
	{distrtypes.ModuleName, "its hooks keep records of each validator that staking creates"},
	{stakingtypes.ModuleName, "validators exist before signing infos and proposals"},
	{slashingtypes.ModuleName, "its hooks need the validators' keys"},
	{govtypes.ModuleName, "deposits are checked against bank"},
	{evidencetypes.ModuleName, "old evidence, for which nobody waits"},
	{authz.ModuleName, "grants, for which nobody waits"},
	{feegrant.ModuleName, "allowances, for which nobody waits"},
	{upgradetypes.ModuleName, "has no genesis of its own"},
	{consensustypes.ModuleName, "has no genesis of its own: the block parameters stand in the genesis document"},
	{ibcexported.ModuleName, "clients, connections and channels exist before what uses them"},
	{ibctm.ModuleName, "has no genesis of its own: its clients are in that of ibc"},
	{transfertypes.ModuleName, "escrows and vouchers are balances, and belong to channels"},
	{ratelimittypes.ModuleName, "quotas are of channels"},
	{topictypes.ModuleName, "topics exist before anything hangs on one"},
	{contributiontypes.ModuleName, "contributions belong to topics"},
	{scoringtypes.ModuleName, "clocks, rows and bonds belong to topics and contributions"},
	{emissiontypes.ModuleName, "begins to issue from bank's supply, and owes rewards for contributions"},
	{merittypes.ModuleName, "what was earned by contributing, and is counted with stake"},
	{genutiltypes.ModuleName, "delivers the genesis transactions, so everything that they touch is ready"},
}

// moment names an order, for the rules below.
type moment string

const (
	atBeginBlock moment = "begin block"
	atEndBlock   moment = "end block"
	atGenesis    moment = "genesis"
	atPreBlock   moment = "pre-block"
)

// orders gives each moment its order.
var orders = map[moment][]step{
	atPreBlock:   preBlockOrder,
	atBeginBlock: beginBlockOrder,
	atEndBlock:   endBlockOrder,
	atGenesis:    genesisOrder,
}

// orderRules are the constraints that any change of the orders has to keep. A test
// holds the orders against them.
var orderRules = []struct {
	at     moment
	first  string
	second string
	why    string
}{
	{atPreBlock, upgradetypes.ModuleName, authtypes.ModuleName, "auth's store may be migrated"},
	{atBeginBlock, emissiontypes.ModuleName, distrtypes.ModuleName, "what is issued in a block is shared out in it"},
	{atBeginBlock, distrtypes.ModuleName, slashingtypes.ModuleName, "who is slashed in this block has still earned the last one's fees"},
	{atBeginBlock, slashingtypes.ModuleName, evidencetypes.ModuleName, "equivocation tombstones a signing info"},
	{atBeginBlock, stakingtypes.ModuleName, ibcexported.ModuleName, "other chains are told the validator set as punishment left it"},
	{atEndBlock, banktypes.ModuleName, govtypes.ModuleName, "a proposal's messages see the block's fees"},
	{atEndBlock, govtypes.ModuleName, stakingtypes.ModuleName, "what a proposal changes in the validator set holds from this block"},
	{atEndBlock, govtypes.ModuleName, admissiontypes.ModuleName, "a set that a proposal closes is closed in this block"},
	{atEndBlock, admissiontypes.ModuleName, stakingtypes.ModuleName, "whose admission is over in this block is out of the set in it"},
	{atEndBlock, govtypes.ModuleName, scoringtypes.ModuleName, "an epoch opens with the topics as a proposal leaves them"},
	{atEndBlock, govtypes.ModuleName, topictypes.ModuleName, "what a proposal confirms in this block does not end by itself in it"},
	{atEndBlock, topictypes.ModuleName, scoringtypes.ModuleName, "an epoch of a resumed topic opens without waiting"},
	{atEndBlock, stakingtypes.ModuleName, scoringtypes.ModuleName, "an epoch pins the validator set of its block"},
	{atEndBlock, contributiontypes.ModuleName, scoringtypes.ModuleName, "a dropped commit must not keep others out of the epoch that opens now"},
	{atEndBlock, scoringtypes.ModuleName, merittypes.ModuleName, "what a block pays is recorded from its end on"},
	{atGenesis, emissiontypes.ModuleName, merittypes.ModuleName, "merit that waits is of payments"},
	{atGenesis, admissiontypes.ModuleName, stakingtypes.ModuleName, "the gate is shut for whom the list does not name"},
	{atGenesis, banktypes.ModuleName, admissiontypes.ModuleName, "deposits are checked against bank"},
	{atGenesis, admissiontypes.ModuleName, genutiltypes.ModuleName, "the gate is shut for whom the list does not name"},
	{atGenesis, topictypes.ModuleName, contributiontypes.ModuleName, "contributions belong to topics"},
	{atGenesis, banktypes.ModuleName, topictypes.ModuleName, "deposits are checked against balances"},
	{atGenesis, contributiontypes.ModuleName, scoringtypes.ModuleName, "scores are of contributions"},
	{atGenesis, stakingtypes.ModuleName, scoringtypes.ModuleName, "scores are by validators"},
	{atGenesis, scoringtypes.ModuleName, emissiontypes.ModuleName, "payments are for scored epochs"},
	{atGenesis, banktypes.ModuleName, emissiontypes.ModuleName, "the supply at genesis counts against the cap"},
	{atGenesis, distrtypes.ModuleName, emissiontypes.ModuleName, "the community pool takes its share"},
	{atGenesis, stakingtypes.ModuleName, emissiontypes.ModuleName, "votes for topics count with what is delegated"},
	{atGenesis, authtypes.ModuleName, banktypes.ModuleName, "balances belong to accounts"},
	{atGenesis, banktypes.ModuleName, stakingtypes.ModuleName, "pools are checked against balances"},
	{atGenesis, distrtypes.ModuleName, stakingtypes.ModuleName, "distribution's hooks run when staking creates validators"},
	{atGenesis, stakingtypes.ModuleName, slashingtypes.ModuleName, "signing infos belong to validators"},
	{atGenesis, stakingtypes.ModuleName, genutiltypes.ModuleName, "genesis transactions create validators"},
	{atGenesis, slashingtypes.ModuleName, genutiltypes.ModuleName, "its hook runs in genesis transactions"},
	{atGenesis, authtypes.ModuleName, genutiltypes.ModuleName, "genesis transactions are signed by accounts"},
	{atGenesis, ibcexported.ModuleName, transfertypes.ModuleName, "transfers belong to channels"},
	{atGenesis, ibcexported.ModuleName, ratelimittypes.ModuleName, "quotas are of channels"},
	{atGenesis, banktypes.ModuleName, transfertypes.ModuleName, "escrows are balances"},
	{atGenesis, transfertypes.ModuleName, genutiltypes.ModuleName, "a genesis transaction finds every module ready"},
}

// names drops the reasons.
func names(order []step) []string {
	list := make([]string, len(order))
	for i, s := range order {
		list[i] = s.module
	}
	return list
}

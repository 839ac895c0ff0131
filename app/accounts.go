// SPDX-License-Identifier: Apache-2.0

package app

import (
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	distrtypes "github.com/cosmos/cosmos-sdk/x/distribution/types"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
	transfertypes "github.com/cosmos/ibc-go/v11/modules/apps/transfer/types"

	admissiontypes "github.com/weal-network/weal/x/admission/types"
	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	emissiontypes "github.com/weal-network/weal/x/emission/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// moduleAccount says what the account of a module may do with the supply.
type moduleAccount struct {
	name        string
	permissions []string
	// receives is true for the few that users may send coins to.
	receives bool
	why      string
}

// minter is the only module account that may create the chain's coin.
const minter = emissiontypes.ModuleName

// moduleAccounts lists every account that no key controls. Exactly one of them may mint the
// chain's coin; transfers mint vouchers, and transferBank keeps them to those.
var moduleAccounts = []moduleAccount{
	{name: authtypes.FeeCollectorName, why: "holds the fees of one block until x/distribution shares them out"},
	{name: distrtypes.ModuleName, why: "holds rewards not yet withdrawn and the community pool"},
	{name: stakingtypes.BondedPoolName, permissions: []string{authtypes.Burner, authtypes.Staking}, why: "holds bonded stake; burns what is slashed"},
	{name: stakingtypes.NotBondedPoolName, permissions: []string{authtypes.Burner, authtypes.Staking}, why: "holds unbonding stake; burns what is slashed"},
	{name: stakingtypes.KeyRotationFeePoolName, permissions: []string{authtypes.Burner}, why: "burns the fee of a consensus key rotation"},
	{name: govtypes.ModuleName, permissions: []string{authtypes.Burner}, receives: true, why: "holds deposits and burns those of vetoed proposals; is the authority, so it may be given funds to spend by proposal"},
	{name: admissiontypes.ModuleName, why: "holds the deposits of open applications, which all go back"},
	{name: topictypes.ModuleName, why: "holds what was left for topics that live, until they are retired"},
	{name: contributiontypes.ModuleName, permissions: []string{authtypes.Burner}, why: "holds the bonds of contributions; burns the prices of commits and the bonds of those that are removed"},
	{name: minter, permissions: []string{authtypes.Minter, authtypes.Burner}, why: "mints what is issued, and holds what topics accrued and contributors have not claimed; burns what is taken back"},
	{name: transfertypes.ModuleName, permissions: []string{authtypes.Minter, authtypes.Burner}, why: "mints vouchers for coins of other chains when they come, and burns them when they go back"},
}

// accountPermissions gives x/auth the permissions by account name.
func accountPermissions() map[string][]string {
	permissions := make(map[string][]string, len(moduleAccounts))
	for _, account := range moduleAccounts {
		permissions[account.name] = account.permissions
	}
	return permissions
}

// blockedAddresses gives x/bank the module accounts that refuse coins sent by users:
// their balances are counted by their modules, and a gift would break the count.
func blockedAddresses() map[string]bool {
	blocked := make(map[string]bool, len(moduleAccounts))
	for _, account := range moduleAccounts {
		if !account.receives {
			blocked[authtypes.NewModuleAddress(account.name).String()] = true
		}
	}
	return blocked
}

// Authority is the address of the gov module account: the only signer whose messages
// may change parameters, admit validators or create topics.
func Authority() string {
	return authtypes.NewModuleAddress(govtypes.ModuleName).String()
}

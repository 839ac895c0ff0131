// SPDX-License-Identifier: Apache-2.0

package chain

import (
	"fmt"

	"github.com/cosmos/cosmos-sdk/crypto/keys/ed25519"
	"github.com/cosmos/cosmos-sdk/crypto/keys/secp256k1"
	cryptotypes "github.com/cosmos/cosmos-sdk/crypto/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
)

// Account is a key with its address.
type Account struct {
	Name    string
	Key     cryptotypes.PrivKey
	Address sdk.AccAddress
}

// NewAccount derives an account from its name: the same name gives the same address.
// The chain does not know it until it is funded or registered by Chain.Know.
func NewAccount(name string) Account {
	key := secp256k1.GenPrivKeyFromSecret([]byte("weal test account " + name))
	return Account{Name: name, Key: key, Address: sdk.AccAddress(key.PubKey().Address())}
}

// String returns the bech32 address, as messages carry it.
func (a Account) String() string { return a.Address.String() }

// Validator is an account that runs a node.
type Validator struct {
	Account
	// Consensus signs blocks.
	Consensus cryptotypes.PrivKey
	// Operator is the account's address as staking writes it.
	Operator sdk.ValAddress
}

// newValidator derives the i-th validator.
func newValidator(i int) Validator {
	account := NewAccount(fmt.Sprintf("validator-%d", i))
	return Validator{
		Account:   account,
		Consensus: ed25519.GenPrivKeyFromSecret(fmt.Appendf(nil, "weal test validator %d", i)),
		Operator:  sdk.ValAddress(account.Address),
	}
}

// ConsAddress is the address under which the validator signs blocks.
func (v Validator) ConsAddress() sdk.ConsAddress {
	return sdk.ConsAddress(v.Consensus.PubKey().Address())
}

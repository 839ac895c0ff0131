// SPDX-License-Identifier: Apache-2.0

package app

import (
	"os"
	"path/filepath"
	"sync"

	sdk "github.com/cosmos/cosmos-sdk/types"
)

const (
	// Name is the application's name as CometBFT and the version command show it.
	Name = "weal"

	// BinaryName is the name of the executable, of its home directory (with a
	// leading dot) and, in upper case, of the prefix of its environment variables.
	BinaryName = "weald"

	// Bech32Prefix is the human-readable part of every account address. Operator and
	// consensus addresses add the SDK's usual suffixes: wealvaloper, wealvalcons.
	Bech32Prefix = "weal"

	// BaseDenom is the unit in which the chain counts: 1 WEAL = 10^6 uweal.
	BaseDenom = "uweal"

	// DisplayDenom is the unit that people read.
	DisplayDenom = "WEAL"

	// DenomExponent is the power of ten between BaseDenom and DisplayDenom.
	DenomExponent = 6

	// UnitsPerWeal is the number of uweal in one WEAL.
	UnitsPerWeal = 1_000_000

	// ChainID is the id of the main network.
	ChainID = "weal-1"

	// LocalChainID is the id that `weald localnet` and the tests use.
	LocalChainID = "weal-local-1"
)

var sealOnce sync.Once

// Seal sets the address prefixes and the bond denom for the whole process and seals
// them. The SDK keeps both in globals, so commands, tests and tools all call this one
// function; calling it again does nothing.
func Seal() {
	sealOnce.Do(func() {
		cfg := sdk.GetConfig()
		cfg.SetBech32PrefixForAccount(Bech32Prefix, Bech32Prefix+sdk.PrefixPublic)
		cfg.SetBech32PrefixForValidator(ValidatorPrefix, ValidatorPrefix+sdk.PrefixPublic)
		cfg.SetBech32PrefixForConsensusNode(ConsensusPrefix, ConsensusPrefix+sdk.PrefixPublic)
		cfg.Seal()
		// The default genesis of staking and gov is written in this denom.
		sdk.DefaultBondDenom = BaseDenom
	})
}

const (
	// ValidatorPrefix is the human-readable part of a validator's operator address.
	ValidatorPrefix = Bech32Prefix + sdk.PrefixValidator + sdk.PrefixOperator

	// ConsensusPrefix is the human-readable part of a validator's consensus address.
	ConsensusPrefix = Bech32Prefix + sdk.PrefixValidator + sdk.PrefixConsensus
)

// DefaultNodeHome is the directory that weald uses when --home is not given:
// ~/.weald, or ./.weald where the user has no home directory.
func DefaultNodeHome() string {
	home, err := os.UserHomeDir()
	if err != nil {
		home = "."
	}
	return filepath.Join(home, "."+BinaryName)
}

// SPDX-License-Identifier: Apache-2.0

// Package types holds the messages, records and rules of x/scoring.
package types

import (
	"crypto/sha256"
	"encoding/binary"

	"cosmossdk.io/collections"
)

const (
	// ModuleName is the module's name.
	ModuleName = "scoring"
	// StoreKey is the name of the module's store.
	StoreKey = ModuleName
)

// Prefixes of the store. A number is never used again: 7, 8 and 9 were rows, bonds and results that were not in tiles.
var (
	ParamsPrefix        = collections.NewPrefix(0)
	ClocksPrefix        = collections.NewPrefix(1)
	EpochsPrefix        = collections.NewPrefix(2)
	PinnedPrefix        = collections.NewPrefix(3)
	ScorersPrefix       = collections.NewPrefix(4)
	OperatorsPrefix     = collections.NewPrefix(5)
	CommitsPrefix       = collections.NewPrefix(6)
	RecordsPrefix       = collections.NewPrefix(10)
	OpeningsPrefix      = collections.NewPrefix(11)
	ClosingsPrefix      = collections.NewPrefix(12)
	PruningsPrefix      = collections.NewPrefix(13)
	RevealsPrefix       = collections.NewPrefix(14)
	RowsPrefix          = collections.NewPrefix(15)
	BondsPrefix         = collections.NewPrefix(16)
	GenerationsPrefix   = collections.NewPrefix(17)
	SnapshotsPrefix     = collections.NewPrefix(18)
	TalliesPrefix       = collections.NewPrefix(19)
	WorksPrefix         = collections.NewPrefix(20)
	ResultsPrefix       = collections.NewPrefix(21)
	OutcomesPrefix      = collections.NewPrefix(22)
	RootsPrefix         = collections.NewPrefix(23)
	PublicsPrefix       = collections.NewPrefix(24)
	FrontiersPrefix     = collections.NewPrefix(25)
	WindowsPrefix       = collections.NewPrefix(26)
	EndingsPrefix       = collections.NewPrefix(27)
	PendingParamsPrefix = collections.NewPrefix(28)
)

const (
	// HashBytes is the length of a commitment and of a seed: SHA-256.
	HashBytes = sha256.Size
	// SaltBytes is the length of the salt in a commitment.
	SaltBytes = 32
	// MaxStagger bounds the blocks over which the first epochs of topics are spread.
	MaxStagger = 16
	// MaxEntries bounds the entries of a row: the largest active set that a topic may have.
	MaxEntries = 65536
	// maxEntryBytes is the longest entry of a row: a varint of 64 bits and the score.
	maxEntryBytes = binary.MaxVarintLen64 + 2
	// MaxRowBytes bounds a row before anything is known about its epoch.
	MaxRowBytes = MaxEntries * maxEntryBytes
)

// RowBytes is the longest row over a set of n contributions, in bytes.
func RowBytes(n int) int { return n * maxEntryBytes }

// Seed is what draws an epoch's evaluation shards, equal for all validators:
// SHA-256(hash of the block before the first one | topic | epoch), the numbers as 8 bytes big-endian.
func Seed(previousBlockHash []byte, topicID, epoch uint64) []byte {
	data := make([]byte, 0, len(previousBlockHash)+16)
	data = append(data, previousBlockHash...)
	data = binary.BigEndian.AppendUint64(data, topicID)
	data = binary.BigEndian.AppendUint64(data, epoch)
	seed := sha256.Sum256(data)
	return seed[:]
}

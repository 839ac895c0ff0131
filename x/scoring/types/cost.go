// SPDX-License-Identifier: Apache-2.0

package types

// What the work of a block costs, in cells: in validators times contributions gone over once. The weights are how
// much longer it takes than to go over a cell, by BenchmarkSteps and `make bench-blocks`; they need not be exact, for they only say what is
// done in which block.
const (
	voterCost     = 16
	settleCost    = 256
	sealCost      = 8
	openIDCost    = 8
	openVoterCost = 32
)

// TallyCost is the cost of finding out who counts.
func TallyCost(validators int) uint64 { return max(uint64(validators)*voterCost, 1) }

// TileCost is the cost of going over a tile, and over tiles of old bonds.
func TileCost(validators, contributions, oldTiles int) uint64 {
	return max(uint64(validators)*uint64(contributions+oldTiles*TileSize), 1)
}

// SettleCost is the cost of telling the other modules what an epoch came to.
func SettleCost(contributions int) uint64 { return max(uint64(contributions)*settleCost, 1) }

// SealCost is the cost of hashing a tile of results.
func SealCost(contributions int) uint64 { return max(uint64(contributions)*sealCost, 1) }

// OpenCost is the cost of pinning what an epoch is about.
func OpenCost(validators, contributions int) uint64 {
	return max(uint64(validators)*openVoterCost+uint64(contributions)*openIDCost, 1)
}

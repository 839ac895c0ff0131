// SPDX-License-Identifier: Apache-2.0

package types

// What the work of a block costs, in cells: in validators times contributions gone over once. The weights are how
// much longer it takes than to go over a cell, by BenchmarkSteps and `make bench-blocks`; they need not be exact, for they only say what is
// done in which block.
const (
	voterCost     = 16
	shareCost     = 4
	rewardCost    = 192
	sealCost      = 16
	settleCost    = 16
	settleVoter   = 512
	openIDCost    = 16
	openVoterCost = 32
	innovateCost  = 6
	observeCost   = 4
	openingCost   = 4
	windowCost    = 1024
	assignCost    = 4
	sharpenCost   = 4
)

// DeletionCost is the cost of deleting a value.
const DeletionCost = 64

// TallyCost is the cost of finding out who counts.
func TallyCost(validators int) uint64 { return max(uint64(validators)*voterCost, 1) }

// TileCost is the cost of going over a tile, and over tiles of old bonds.
func TileCost(validators, contributions, oldTiles int) uint64 {
	return max(uint64(validators)*uint64(contributions+oldTiles*TileSize), 1)
}

// InnovationCost is the cost of comparing a tile with what was public.
func InnovationCost(validators, contributions int) uint64 {
	return max(uint64(validators)*uint64(contributions)*innovateCost, 1)
}

// Cost is that of finding out who is to score n contributions.
func (a Assignment) Cost(n int) uint64 { return uint64(a.deal.Each) * uint64(n) * assignCost }

// CommonCost is the cost of finding what all validators of an epoch of n contributions score.
func CommonCost(n int) uint64 { return uint64(n) * openIDCost }

// SharpenCost is the cost of sharpening a tile.
func SharpenCost(validators, contributions int) uint64 {
	return uint64(validators) * uint64(contributions) * sharpenCost
}

// ObserveCost is the cost of listening to the noise in a tile.
func ObserveCost(validators, contributions int) uint64 {
	return max(uint64(validators)*uint64(contributions)*observeCost, 1)
}

// FrontierCost is the cost of taking up a topic's frontier in a block.
func FrontierCost(contributions int) uint64 { return max(uint64(contributions)*openingCost, 1) }

// WindowCost is the cost of a window that is decided, beside what is read for it.
func WindowCost() uint64 { return windowCost }

// ShareCost is the cost of looking at all contributions once, to share what they earn.
func ShareCost(contributions int) uint64 { return max(uint64(contributions)*shareCost, 1) }

// RewardCost is the cost of a piece of what an epoch gives, of at most TileSize accounts.
func RewardCost() uint64 { return TileSize * rewardCost }

// SettleCost is the cost of telling the other modules what an epoch came to.
func SettleCost(validators, contributions int) uint64 {
	return max(uint64(contributions)*settleCost+uint64(validators)*settleVoter, 1)
}

// SealCost is the cost of hashing a tile of results.
func SealCost(contributions int) uint64 { return max(uint64(contributions)*sealCost, 1) }

// OpenCost is the cost of pinning what an epoch is about.
func OpenCost(validators, contributions int) uint64 {
	return max(uint64(validators)*openVoterCost+uint64(contributions)*openIDCost, 1)
}

// SPDX-License-Identifier: Apache-2.0

package types

import (
	"fmt"

	"cosmossdk.io/math"
)

// Books add up everything that the module keeps, to see whether its identities hold. The
// audit and the validation of a genesis use the same ones.
type Books struct {
	issuance  Issuance
	allocated uint64
	accruing  uint64
	accrued   math.Int
	pendingBp math.Int
	immature  math.Int
	mature    math.Int
	rewards   rewardBooks
	stewards  math.Int
	sponsored math.Int
}

// NewBooks begins with nothing but the issuance.
func NewBooks(issuance Issuance) *Books {
	zero := math.ZeroInt()
	return &Books{issuance: issuance, accrued: zero, pendingBp: zero, immature: zero, mature: zero, stewards: zero, sponsored: zero, rewards: newRewardBooks()}
}

// AddTopicAccount adds what a topic holds and is owed.
func (b *Books) AddTopicAccount(account TopicAccount) {
	b.allocated += uint64(account.ShareBp)
	b.accruing += account.AccruingBp()
	b.accrued = b.accrued.Add(toInt(account.Accrued))
	b.pendingBp = b.pendingBp.Add(account.PendingBp(b.issuance.TopicIndex))
}

// AddStewardAccount adds what a steward can claim.
func (b *Books) AddStewardAccount(account StewardAccount) {
	b.stewards = b.stewards.Add(toInt(account.Mature))
}

// AddSponsored adds what is held for sponsors, in uweal.
func (b *Books) AddSponsored(amount math.Int) { b.sponsored = b.sponsored.Add(amount) }

// Checks are the identities within the module.
func (b *Books) Checks() []Check {
	return []Check{b.checkTopicCarry(), b.checkPayments(), b.checkRewards(), b.checkImmature(), b.checkShares()}
}

// CheckTotals compares the kept sums of shares with a recount.
func (b *Books) CheckTotals(kept ShareTotals) Check {
	return check("kept sums of shares = recount", kept.Allocated == b.allocated && kept.Accruing == b.accruing,
		"kept %d allocated and %d accruing, recounted %d and %d basis points", kept.Allocated, kept.Accruing, b.allocated, b.accruing)
}

// CheckSupply compares the bank's supply with what was issued. What was burnt in this block
// is counted in, although the next block will observe it.
func (b *Books) CheckSupply(supply uint64) []Check {
	i := b.issuance
	burnt := toInt(i.Burnt).Add(toInt(i.UnobservedBurn(supply)))
	expected := toInt(i.GenesisSupply).Add(toInt(i.Minted)).Sub(burnt)
	return []Check{
		check("supply = genesis + minted - burnt", expected.Equal(toInt(supply)),
			"supply %d, genesis %d, minted %d, burnt %s uweal", supply, i.GenesisSupply, i.Minted, burnt),
		check("supply <= cap", supply <= CapUweal, "supply %d, cap %d uweal", supply, CapUweal),
	}
}

// CheckBalance compares what the module's account holds with what it owes.
func (b *Books) CheckBalance(balance uint64) Check {
	pending := b.Pending()
	owed := b.accrued.Add(pending).Add(b.immature).Add(b.mature).Add(b.stewards).Add(b.sponsored)
	return check("module balance = accrued + pending + immature + mature + stewards + sponsored", owed.Equal(toInt(balance)),
		"balance %d, accrued %s, pending %s, immature %s, mature %s, stewards %s, sponsored %s uweal", balance, b.accrued, pending, b.immature, b.mature, b.stewards, b.sponsored)
}

// Pending is what was minted for topics and is not yet in their accounts: all that they are
// owed, without the fraction that was not minted.
func (b *Books) Pending() math.Int {
	return b.pendingBp.Sub(toInt(b.issuance.TopicCarryBp)).QuoRaw(BasisPoints)
}

func (b *Books) checkTopicCarry() Check {
	minted := b.pendingBp.Sub(toInt(b.issuance.TopicCarryBp))
	ok := b.issuance.TopicCarryBp < BasisPoints && !minted.IsNegative() && minted.ModRaw(BasisPoints).IsZero()
	return check("owed to topics = minted for topics + carry", ok,
		"owed %s, carry %d basis points of a unit", b.pendingBp, b.issuance.TopicCarryBp)
}

func (b *Books) checkShares() Check {
	return check("shares of topics <= 10000", b.allocated <= BasisPoints, "%d basis points", b.allocated)
}

func check(name string, ok bool, format string, args ...any) Check {
	return Check{Name: name, Ok: ok, Detail: fmt.Sprintf(format, args...)}
}

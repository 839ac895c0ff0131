// SPDX-License-Identifier: Apache-2.0

package types

import sdk "github.com/cosmos/cosmos-sdk/types"

// Payments collects what a claim pays, one payment a recipient in the order of their first.
type Payments struct {
	list []Payment
	at   map[string]int
}

// Add adds an amount in uweal for a recipient.
func (p *Payments) Add(recipient string, amount uint64) {
	if at, known := p.at[recipient]; known {
		p.list[at].Amount += amount
		return
	}
	if p.at == nil {
		p.at = map[string]int{}
	}
	p.at[recipient] = len(p.list)
	p.list = append(p.list, Payment{Recipient: recipient, Amount: amount})
}

// AddSponsored adds an amount of a sponsor's denom for a recipient.
func (p *Payments) AddSponsored(recipient string, coin sdk.Coin) {
	p.Add(recipient, 0)
	at := p.at[recipient]
	p.list[at].Sponsored = p.list[at].Sponsored.Add(coin)
}

// Coins are all that a recipient is paid.
func (p Payment) Coins() sdk.Coins { return Coins(p.Amount).Add(p.Sponsored...) }

// List is what was added.
func (p *Payments) List() []Payment { return p.list }

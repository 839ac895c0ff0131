// SPDX-License-Identifier: Apache-2.0

// Package chain runs the whole application in process, without CometBFT: a test makes
// blocks, delivers transactions signed by accounts it names, moves the clock, and
// exports. Everything is a function of the options, so that two chains built alike have
// equal hashes.
//
//	c := chain.New(t, chain.WithValidators(4), chain.WithAccounts(2))
//	c.MustDeliver(banktypes.NewMsgSend(c.Accounts[0].Address, c.Accounts[1].Address, coins))
//	c.NextBlocks(10)
package chain

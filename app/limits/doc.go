// SPDX-License-Identifier: Apache-2.0

// Package limits is what the people cannot change by a vote: sdk.go and ibc.go list the
// range of every number of the SDK's and IBC's modules and what stays as it is, with the reason; the ranges
// of Weal's own parameters stand with their modules (Params.Ranges).
//
// Guard holds every message against them, where the message is carried out, so no way
// leads around it: not a transaction, not a proposal, not an authorization inside either.
// A proposal is held against them when it is submitted as well, before anybody pays
// attention to it.
//
// Only what a message changes is checked: what a genesis set, as networks for tests do,
// may stay.
package limits

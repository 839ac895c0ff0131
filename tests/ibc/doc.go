// SPDX-License-Identifier: Apache-2.0

// Package ibc runs two chains in one process that know each other by light clients: every
// header is signed by the test validators, and every packet comes with a proof out of the
// other chain's state. The tests are the relayer.
//
// The way of building headers, proofs and handshakes follows the testing package of ibc-go
// (github.com/cosmos/ibc-go, Apache-2.0, by Cosmos Labs and the Interchain Foundation).
package ibc

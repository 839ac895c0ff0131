// SPDX-License-Identifier: Apache-2.0

// Package sim drives the application with random messages of every module, legal and
// illegal ones, from a seed: the same seed gives the same chain. After each block all that
// must hold at any time is checked.
//
// To add a module to the mix, give its AppModule the methods of
// module.AppModuleSimulation beside WeightedOperationsX, as x/admission does: a module
// that lacks one of them is left out silently, so TestEveryModuleOfOursIsSimulated names
// those that have to be there. To add a rule, write a function of type invariant into a
// file of this package and list it in invariants_test.go.
//
//	go test ./tests/sim                                          as CI runs it
//	go test ./tests/sim -args -seeds 50 -blocks 500 -accounts 1000  more of it
//	go test ./tests/sim -run TestFull -args -first 17 -seeds 1   one seed again
package sim

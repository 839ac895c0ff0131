// SPDX-License-Identifier: Apache-2.0

// Package sim plays populations of validators and contributors against the very packages
// that close an epoch on the chain, to see what each way of playing earns.
//
// A World has items with a true quality that nobody sees, and what each validator would
// measure of them. Groups of validators fill their rows from what their Strategy may know:
// their own measurements, and what the chain has published up to the epoch before. Rules
// close the epoch. A Scenario names all of it and can be written as YAML; Run plays it for
// one seed, Play for many.
//
// # The same bytes everywhere
//
// Everything that decides a number is an integer: generators are PCG with a stream for each
// purpose, normal deviates are sums of twelve 16-bit uniforms (standard deviation exactly
// 65536, tails cut at 6), strategies compute in integers, and the rules are the chain's own
// fixed point. Floats appear only when finished sums are compared (stats.go), with additions,
// divisions and square roots alone, which IEEE 754 rounds the same everywhere; a product that
// is added to something is converted first, so that no compiler may fuse the two. Seeds are
// spread over workers, and gathered by seed: the number of workers does not show.
package sim

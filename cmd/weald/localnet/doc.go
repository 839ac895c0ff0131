// SPDX-License-Identifier: Apache-2.0

// Package localnet runs a whole network on one machine: validators' nodes and evaluators as processes, contributors that
// train and submit real models, and a table that shows what the network makes of them.
package localnet

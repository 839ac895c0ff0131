// SPDX-License-Identifier: Apache-2.0

package localnet

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
)

// submitModels submits each sample model that is not on chain yet, one after the other, as its contributor would. A model
// that the network refuses is noted and the next one goes on.
func (n *Network) submitModels(ctx context.Context) error {
	if err := n.awaitStore(ctx); err != nil {
		return err
	}
	for _, m := range n.state.Models {
		if m.ID != 0 || m.Refused != "" {
			continue
		}
		id, err := n.submit(ctx, m)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		n.mu.Lock()
		if err != nil {
			m.Refused = err.Error()
		} else {
			m.ID = id
		}
		saveErr := n.state.save(n.home)
		n.mu.Unlock()
		if saveErr != nil {
			return saveErr
		}
		if err != nil {
			n.say("%s of %s was refused: %s", m.Name, m.Contributor, m.Refused)
		} else {
			n.say("%s of %s is contribution %d", m.Name, m.Contributor, id)
		}
	}
	return nil
}

func (n *Network) submit(ctx context.Context, m *model) (uint64, error) {
	args := []string{
		"submit", m.File, "--topic", topicSlug, "--from", m.Contributor, "--home", n.home,
		"--grpc", local(n.state.Nodes[0].Ports.GRPC), "--store", n.storeURL(), "--corpus", n.state.SourceDir, "--output", "json",
	}
	for _, p := range m.Parents {
		args = append(args, "--parent", fmt.Sprintf("%d:%d", n.idOf(p.Name), p.ShareBP))
	}
	out, err := n.cli.run(ctx, "", args...)
	if err != nil {
		return 0, err
	}
	var receipt struct {
		ContributionID uint64 `json:"contribution_id"`
	}
	lines := bytes.Split(bytes.TrimSpace(out), []byte("\n"))
	if err := json.Unmarshal(lines[len(lines)-1], &receipt); err != nil || receipt.ContributionID == 0 {
		return 0, fmt.Errorf("weald submit answered %q", out)
	}
	return receipt.ContributionID, nil
}

func (n *Network) idOf(name string) uint64 {
	for _, m := range n.state.Models {
		if m.Name == name {
			return m.ID
		}
	}
	return 0
}

// claim pulls what the sample contributors can claim.
func (n *Network) claim(ctx context.Context, rows []ModelRow) {
	claimed := make(map[string]bool)
	for _, row := range rows {
		if row.mature == 0 || row.account == "" || claimed[row.account] {
			continue
		}
		claimed[row.account] = true
		if err := n.cli.tx(ctx, row.account, "emission", "claim"); err != nil && ctx.Err() == nil {
			n.say("the claim of %s failed: %s", row.account, err)
		}
	}
}

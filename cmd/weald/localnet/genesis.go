// SPDX-License-Identifier: Apache-2.0

package localnet

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sync/errgroup"
)

// makeGenesis writes one genesis for all nodes: the binary's default, the accounts, the validators' first transactions,
// the topic's digests, and config.yml's own part on top.
func (n *Network) makeGenesis(ctx context.Context, addresses map[string]string) error {
	first := n.genesisPath(n.state.Nodes[0])
	doc, err := readJSON(first)
	if err != nil {
		return err
	}
	doc["genesis_time"] = time.Now().UTC().Add(settle).Format(time.RFC3339Nano)
	appState, err := child(doc, "app_state")
	if err != nil {
		return err
	}
	if err := n.addAccounts(appState, addresses); err != nil {
		return err
	}
	if err := n.admitValidators(appState, addresses); err != nil {
		return err
	}
	doc = overlay(doc, n.cfg.Genesis)
	if err := n.describeTopics(appState, addresses); err != nil {
		return err
	}
	if err := n.writeGenesis(doc); err != nil {
		return err
	}
	if err := n.collectGentxs(ctx); err != nil {
		return err
	}
	if _, err := n.cli.run(ctx, "", "genesis", "validate", first); err != nil {
		return fmt.Errorf("the genesis part of config.yml does not fit this chain: %w", err)
	}
	bz, err := os.ReadFile(first)
	if err != nil {
		return err
	}
	for _, nd := range n.state.Nodes[1:] {
		if err := os.WriteFile(n.genesisPath(nd), bz, 0o600); err != nil {
			return err
		}
	}
	return nil
}

func (n *Network) addAccounts(appState map[string]any, addresses map[string]string) error {
	auth, err := child(appState, "auth")
	if err != nil {
		return err
	}
	bank, err := child(appState, "bank")
	if err != nil {
		return err
	}
	var accounts, balances []any
	for _, a := range n.cfg.Accounts {
		coins, err := parseCoins(a.Coins)
		if err != nil {
			return err
		}
		accounts = append(accounts, map[string]any{"@type": "/cosmos.auth.v1beta1.BaseAccount", "address": addresses[a.Name]})
		list := make([]any, len(coins))
		for i, c := range coins {
			list[i] = map[string]any{"denom": c.Denom, "amount": c.Amount.String()}
		}
		balances = append(balances, map[string]any{"address": addresses[a.Name], "coins": list})
	}
	auth["accounts"], bank["balances"] = accounts, balances
	return nil
}

func (n *Network) admitValidators(appState map[string]any, addresses map[string]string) error {
	admission, err := child(appState, "admission")
	if err != nil {
		return err
	}
	var admissions []any
	for _, v := range n.cfg.Validators {
		admissions = append(admissions, map[string]any{"role": "ROLE_VALIDATOR", "address": addresses[v.Name]})
	}
	admission["admissions"] = admissions
	return nil
}

// describeTopics fills in what a person cannot write into config.yml: the digests of this machine's corpus, where its spec
// is served, and the steward's address, each where it was left empty.
func (n *Network) describeTopics(appState map[string]any, addresses map[string]string) error {
	topic, err := child(appState, "topic")
	if err != nil {
		return err
	}
	topics, _ := topic["topics"].([]any)
	for i := range topics {
		t, ok := topics[i].(map[string]any)
		if !ok {
			return fmt.Errorf("genesis.app_state.topic.topics[%d] is not a map", i)
		}
		if t["steward"] == nil {
			t["steward"] = addresses[n.cfg.Accounts[0].Name]
		}
		evaluation, _ := t["evaluation"].(map[string]any)
		t["evaluation"] = overlay(n.evaluation(), evaluation)
	}
	return nil
}

func (n *Network) writeGenesis(doc map[string]any) error {
	bz, err := json.MarshalIndent(doc, "", "  ")
	if err != nil {
		return err
	}
	for _, nd := range n.state.Nodes {
		if err := os.WriteFile(n.genesisPath(nd), bz, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// collectGentxs has every validator sign its first transaction and puts them all into the first node's genesis.
func (n *Network) collectGentxs(ctx context.Context) error {
	dir := filepath.Join(n.home, "gentxs")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(2)
	for i, nd := range n.state.Nodes {
		g.Go(func() error {
			_, err := n.cli.run(gctx, "", "genesis", "gentx", nd.Name, n.cfg.Validators[i].Bonded,
				"--home", n.nodeHome(nd), "--keyring-dir", n.home, "--keyring-backend", "test", "--moniker", nd.Name,
				"--output-document", filepath.Join(dir, nd.Name+".json"))
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	_, err := n.cli.run(ctx, "", "genesis", "collect-gentxs", "--home", n.nodeHome(n.state.Nodes[0]), "--gentx-dir", dir)
	return err
}

func readJSON(path string) (map[string]any, error) {
	bz, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	doc := make(map[string]any)
	if err := json.Unmarshal(bz, &doc); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return doc, nil
}

func child(doc map[string]any, key string) (map[string]any, error) {
	m, ok := doc[key].(map[string]any)
	if !ok {
		return nil, fmt.Errorf("the default genesis has no %q", key)
	}
	return m, nil
}

// SPDX-License-Identifier: Apache-2.0

package localnet

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/weal-network/weal/app"
)

// create makes every file of a new network: homes, keys, the genesis and the sample models.
func (n *Network) create(ctx context.Context) error {
	if err := os.MkdirAll(n.home, 0o700); err != nil {
		return err
	}
	n.state = &state{ConfigSHA256: n.configSHA256}
	for _, v := range n.cfg.Validators {
		n.state.Nodes = append(n.state.Nodes, &node{Name: v.Name})
	}
	// First of all, so that a folder that is left half made is known as a network's.
	if err := n.state.save(n.home); err != nil {
		return err
	}
	n.say("making keys and homes for %d validators and %d contributors", len(n.cfg.Validators), len(n.cfg.Contributors()))
	if err := n.choosePorts(); err != nil {
		return err
	}
	if err := n.initHomes(ctx); err != nil {
		return err
	}
	if err := n.writeClientConfig(); err != nil {
		return err
	}
	addresses, err := n.makeKeys(ctx)
	if err != nil {
		return err
	}
	if err := n.makeModels(ctx); err != nil {
		return err
	}
	if err := n.makeGenesis(ctx, addresses); err != nil {
		return err
	}
	n.state.Ready = true
	return n.state.save(n.home)
}

// initHomes makes a home a node, with the binary's own defaults.
func (n *Network) initHomes(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(2)
	for _, nd := range n.state.Nodes {
		g.Go(func() error {
			if _, err := n.cli.run(ctx, "", "init", nd.Name, "--chain-id", app.LocalChainID, "--home", n.nodeHome(nd)); err != nil {
				return err
			}
			id, err := n.cli.run(ctx, "", "comet", "show-node-id", "--home", n.nodeHome(nd))
			nd.NodeID = strings.TrimSpace(string(id))
			return err
		})
	}
	return g.Wait()
}

// writeClientConfig lets every command that is given the network's home find its keys and a node.
func (n *Network) writeClientConfig() error {
	dir := filepath.Join(n.home, "config")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	path := filepath.Join(dir, "client.toml")
	if err := writeWhole(path, nil); err != nil {
		return err
	}
	return overlayTOML(path, n.clientConfig())
}

func (n *Network) clientConfig() map[string]any {
	return map[string]any{
		"chain-id":        app.LocalChainID,
		"keyring-backend": "test",
		"output":          "text",
		"node":            "tcp://" + local(n.state.Nodes[0].Ports.RPC),
		"broadcast-mode":  "sync",
	}
}

// makeKeys makes a key for each account and each evaluator and returns the accounts' addresses by name.
func (n *Network) makeKeys(ctx context.Context) (map[string]string, error) {
	addresses := make(map[string]string, len(n.cfg.Accounts))
	for _, a := range n.cfg.Accounts {
		address := a.Address
		if address == "" {
			var err error
			if address, err = n.makeKey(ctx, a.Name, a.Mnemonic, n.home); err != nil {
				return nil, err
			}
		}
		addresses[a.Name] = address
	}
	for _, nd := range n.state.Nodes {
		account, err := sdk.AccAddressFromBech32(addresses[nd.Name])
		if err != nil {
			return nil, err
		}
		nd.Operator = sdk.ValAddress(account).String()
		if nd.Scorer, err = n.makeKey(ctx, scorerKey, "", n.evaluatorHome(nd)); err != nil {
			return nil, err
		}
	}
	return addresses, nil
}

// scorerKey is the name of an evaluator's hot key in its own keyring.
const scorerKey = "scorer"

func (n *Network) makeKey(ctx context.Context, name, mnemonic, home string) (string, error) {
	args := []string{"keys", "add", name, "--home", home, "--keyring-backend", "test", "--output", "json"}
	stdin := ""
	if mnemonic != "" {
		args, stdin = append(args, "--recover"), mnemonic+"\n"
	}
	out, err := n.cli.run(ctx, stdin, args...)
	if err != nil {
		return "", err
	}
	var key struct {
		Address string `json:"address"`
	}
	if err := json.Unmarshal(out, &key); err != nil {
		return "", fmt.Errorf("weald keys add answered %q: %w", out, err)
	}
	return key.Address, nil
}

// choosePorts gives every service a free port. Ports that a running network has published on chain stay.
func (n *Network) choosePorts() error {
	const perNode = 5
	free, err := freePorts(perNode*len(n.state.Nodes) + 1)
	if err != nil {
		return err
	}
	for i, nd := range n.state.Nodes {
		p := free[perNode*i:]
		nd.Ports = ports{P2P: p[0], RPC: p[1], GRPC: p[2], REST: p[3], Evaluator: p[4]}
	}
	if n.cfg.Faucet != nil {
		if n.state.FaucetPort = n.cfg.Faucet.Port; n.state.FaucetPort == 0 {
			n.state.FaucetPort = free[len(free)-1]
		}
	}
	return nil
}

// renewPorts replaces the ports of a network that is started again where somebody else took them in between.
func (n *Network) renewPorts() error {
	taken := false
	for _, nd := range n.state.Nodes {
		for _, port := range []int{nd.Ports.P2P, nd.Ports.RPC, nd.Ports.GRPC, nd.Ports.REST} {
			taken = taken || !portFree(port)
		}
		// Contributions and the topic name the artifact store's address on chain, so it can't move.
		if !portFree(nd.Ports.Evaluator) {
			return fmt.Errorf("port %d, at which the evaluator of %s serves artifacts, is taken: end the program that listens there, or start over with --reset", nd.Ports.Evaluator, nd.Name)
		}
	}
	if !taken {
		return nil
	}
	kept := make([]int, len(n.state.Nodes))
	for i, nd := range n.state.Nodes {
		kept[i] = nd.Ports.Evaluator
	}
	if err := n.choosePorts(); err != nil {
		return err
	}
	for i, nd := range n.state.Nodes {
		nd.Ports.Evaluator = kept[i]
	}
	return n.writeClientConfig()
}

// writeNodeConfigs lays the ports, the peers and config.yml's overrides over the files of each node.
func (n *Network) writeNodeConfigs() error {
	for i, nd := range n.state.Nodes {
		var peers []string
		for _, other := range n.state.Nodes {
			if other != nd {
				peers = append(peers, other.NodeID+"@"+local(other.Ports.P2P))
			}
		}
		v := n.cfg.Validators[i]
		dir := filepath.Join(n.nodeHome(nd), "config")
		comet := map[string]any{
			"rpc": map[string]any{"laddr": "tcp://" + local(nd.Ports.RPC), "pprof_laddr": ""},
			"p2p": map[string]any{
				"laddr": "tcp://" + local(nd.Ports.P2P), "persistent_peers": strings.Join(peers, ","),
				"addr_book_strict": false, "allow_duplicate_ip": true,
			},
		}
		if err := overlayTOML(filepath.Join(dir, "config.toml"), v.Config, comet); err != nil {
			return err
		}
		application := map[string]any{
			"grpc": map[string]any{"enable": true, "address": local(nd.Ports.GRPC)},
			"api":  map[string]any{"enable": true, "address": "tcp://" + local(nd.Ports.REST)},
		}
		if err := overlayTOML(filepath.Join(dir, "app.toml"), v.App, application); err != nil {
			return err
		}
		client := map[string]any{"chain-id": app.LocalChainID, "node": "tcp://" + local(nd.Ports.RPC)}
		if err := overlayTOML(filepath.Join(dir, "client.toml"), v.Client, client); err != nil {
			return err
		}
	}
	return nil
}

// settle is how long after now the genesis time lies: every node is up by then.
const settle = 2 * time.Second

// SPDX-License-Identifier: Apache-2.0

package localnet

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

const stateFile = "localnet.json"

// state is what a network keeps between two runs, in localnet.json of its home.
type state struct {
	// ConfigSHA256 is the digest of the config.yml that the network was made from.
	ConfigSHA256 string `json:"config_sha256"`
	// Ready is whether every file of the network was written.
	Ready bool `json:"ready"`
	// Nodes are in the order of config.yml's validators.
	Nodes []*node `json:"nodes"`
	// SpecPath is the topic's spec document.
	SpecPath string `json:"spec_path"`
	// SourceDir is the source tree that the corpus is drawn from.
	SourceDir string `json:"source_dir"`
	// FaucetPort is where the faucet listens; 0 for none.
	FaucetPort int `json:"faucet_port,omitempty"`
	// ScorersSet is whether every operator has named its evaluator's key.
	ScorersSet bool `json:"scorers_set"`
	// Models are the sample models and what became of each.
	Models []*model `json:"models"`
}

// node is one validator: a full node and an evaluator.
type node struct {
	Name     string `json:"name"`
	Operator string `json:"operator"`
	Scorer   string `json:"scorer"`
	NodeID   string `json:"node_id"`
	Ports    ports  `json:"ports"`
	// PIDs let a person, or a test, find the processes.
	PIDs pids `json:"pids"`
}

type ports struct {
	P2P       int `json:"p2p"`
	RPC       int `json:"rpc"`
	GRPC      int `json:"grpc"`
	REST      int `json:"rest"`
	Evaluator int `json:"evaluator"`
}

type pids struct {
	Node      int `json:"node"`
	Evaluator int `json:"evaluator"`
}

// model is a sample model on its way through the network.
type model struct {
	Name        string `json:"name"`
	File        string `json:"file"`
	SHA256      string `json:"sha256"`
	Contributor string `json:"contributor"`
	// ID is the contribution's; 0 until it is submitted, and when it was refused.
	ID      uint64   `json:"id,omitempty"`
	Parents []parent `json:"parents,omitempty"`
	// Refused is why the network did not take it.
	Refused string `json:"refused,omitempty"`
}

type parent struct {
	Name    string `json:"name"`
	ShareBP uint32 `json:"share_bp"`
}

// loadState reads the state of the network in home; nil when there is none.
func loadState(home string) (*state, error) {
	path := filepath.Join(home, stateFile)
	bz, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var st state
	if err := json.Unmarshal(bz, &st); err != nil {
		return nil, fmt.Errorf("%s is damaged (%w): start over with --reset", path, err)
	}
	return &st, nil
}

// save writes the state whole or not at all.
func (st *state) save(home string) error {
	bz, err := json.MarshalIndent(st, "", "  ")
	if err != nil {
		return err
	}
	return writeWhole(filepath.Join(home, stateFile), append(bz, '\n'))
}

// writeWhole writes a file so that a reader meets the old bytes or the new ones and nothing between.
func writeWhole(path string, bz []byte) error {
	temp, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name())
	if _, err := temp.Write(bz); err != nil {
		temp.Close()
		return err
	}
	if err := temp.Close(); err != nil {
		return err
	}
	return os.Rename(temp.Name(), path)
}

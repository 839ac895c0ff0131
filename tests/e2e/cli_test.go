// SPDX-License-Identifier: Apache-2.0

package e2e_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// cli is what a person types: commands of a binary on a home.
type cli struct {
	t      *testing.T
	binary string
	home   string
	// node and chain are the flags that name them, where the home's own settings do not.
	node, chain []string
	// await tries until there is no error, and fails after a while.
	await func(what string, try func() error)
}

// try runs a command.
func (c *cli) try(args ...string) ([]byte, error) {
	args = append(args, "--home", c.home)
	if args[0] == "keys" || args[0] == "tx" || args[0] == "submit" || args[0] == "genesis" && args[1] != "collect-gentxs" {
		args = append(args, "--keyring-backend", "test")
	}
	var out, said bytes.Buffer
	cmd := exec.Command(c.binary, args...)
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("weald %v: %w: %s", args, err, said.String())
	}
	return out.Bytes(), nil
}

// must runs a command that succeeds.
func (c *cli) must(args ...string) []byte {
	c.t.Helper()
	out, err := c.try(args...)
	require.NoError(c.t, err)
	return out
}

// ask reads what a query answers.
func (c *cli) ask(into any, args ...string) error {
	out, err := c.try(slices.Concat([]string{"query"}, args, c.node, []string{"--output", "json"})...)
	if err != nil {
		return err
	}
	return json.Unmarshal(out, into)
}

// tx sends a transaction and waits until it is in a block and was carried out.
func (c *cli) tx(from string, args ...string) {
	c.t.Helper()
	args = slices.Concat([]string{"tx"}, args, c.node, c.chain, []string{"--from", from, "--gas", "2000000", "--gas-prices", "0.01uweal", "--yes", "--output", "json"})
	var sent struct {
		TxHash string `json:"txhash"`
		Code   int    `json:"code"`
		RawLog string `json:"raw_log"`
	}
	require.NoError(c.t, json.Unmarshal(c.must(args...), &sent))
	require.Zero(c.t, sent.Code, sent.RawLog)
	c.await("transaction "+sent.TxHash, func() error { return c.ask(&sent, "tx", sent.TxHash) })
	require.Zero(c.t, sent.Code, sent.RawLog)
}

// passed is no error once a proposal was accepted and carried out.
func (c *cli) passed(proposal string) error {
	var res struct {
		Proposal struct {
			Status       string `json:"status"`
			FailedReason string `json:"failed_reason"`
		} `json:"proposal"`
	}
	if err := c.ask(&res, "gov", "proposal", proposal); err != nil {
		return err
	}
	if res.Proposal.Status != "PROPOSAL_STATUS_PASSED" {
		return errors.New(res.Proposal.Status + res.Proposal.FailedReason)
	}
	return nil
}

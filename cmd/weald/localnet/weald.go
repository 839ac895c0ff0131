// SPDX-License-Identifier: Apache-2.0

package localnet

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"
)

// cli runs the very binary's own commands, as a person would.
type cli struct {
	binary string
	home   string
}

// run returns what the command printed on standard output. Its error ends with what the command said.
func (c cli) run(ctx context.Context, stdin string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, c.binary, args...) //nolint:gosec // this very binary, without a shell
	// A group of its own: Ctrl-C must not cut a transaction short.
	cmd.SysProcAttr = childAttributes()
	cmd.Stdin = strings.NewReader(stdin)
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, fmt.Errorf("weald %s: %w: %s", args[0], err, complaint(said.String()))
	}
	return out.Bytes(), nil
}

// complaint is the part of what a command wrote on standard error that says what was wrong.
func complaint(said string) string {
	lines := strings.Split(strings.TrimSpace(said), "\n")
	return strings.TrimPrefix(lines[len(lines)-1], "Error: ")
}

// txTimeout is how long a transaction may take into a block.
const txTimeout = time.Minute

// tx signs and sends a transaction as the account and waits until it is in a block.
func (c cli) tx(ctx context.Context, from string, args ...string) error {
	args = append([]string{"tx"}, args...)
	out, err := c.run(ctx, "", append(args, "--from", from, "--home", c.home, "--gas", "auto", "--gas-adjustment", "1.5",
		"--gas-prices", "0.01uweal", "--output", "json", "--yes")...)
	if err != nil {
		return err
	}
	var sent struct {
		TxHash string `json:"txhash"`
		Code   uint32 `json:"code"`
		RawLog string `json:"raw_log"`
	}
	if err := json.Unmarshal(out, &sent); err != nil {
		return fmt.Errorf("weald %s answered %q: %w", args[1], out, err)
	}
	if sent.Code != 0 {
		return errors.New(sent.RawLog)
	}
	// Asked again and again, as waiting for its event misses one that comes before the subscription.
	err = await(ctx, txTimeout, func(ctx context.Context) (err error) {
		out, err = c.run(ctx, "", "query", "tx", sent.TxHash, "--home", c.home, "--output", "json")
		return err
	})
	if err != nil {
		return fmt.Errorf("transaction %s is in no block: %w", sent.TxHash, err)
	}
	if err := json.Unmarshal(out, &sent); err != nil {
		return fmt.Errorf("weald query tx answered %q: %w", out, err)
	}
	if sent.Code != 0 {
		return errors.New(sent.RawLog)
	}
	return nil
}

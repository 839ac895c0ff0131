// SPDX-License-Identifier: Apache-2.0

package blocks

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// Limit is how long one block may take.
const Limit = 3 * time.Minute

// Exec runs a block with bash in the repository at root, as a reader would,
// with env added to the environment; later entries win. The error holds what
// the commands printed.
func Exec(ctx context.Context, root string, b Block, env ...string) error {
	ctx, cancel := context.WithTimeout(ctx, Limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, "bash", "-euo", "pipefail", "-c", b.Text)
	cmd.Dir = root
	cmd.Env = append(os.Environ(), env...)
	// A child that outlives bash must not keep the test waiting for its output.
	cmd.WaitDelay = 10 * time.Second
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %w\n%s\nprinted:\n%s", b.Name(), err, indent(b.Text), indent(string(out)))
	}
	return nil
}

func indent(text string) string {
	return "    " + strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", "\n    ")
}

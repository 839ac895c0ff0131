// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/weal-network/weal/cmd/weald/sim"
	"github.com/weal-network/weal/cmd/weald/sim/gates"
)

// errGates says that the default rules fall short of a gate.
var errGates = errors.New("the default rules fall short")

// newSimGatesCmd plays the table of gates.
func newSimGatesCmd() *cobra.Command {
	size := gates.Full(runtime.NumCPU())
	var only, csvFile, markdown string
	cmd := &cobra.Command{
		Use:   "gates",
		Short: "Play the table of what attacks may earn, under yuma3 and the default rules side by side",
		Long: "Plays every gate in all its variants and shows the variant that comes nearest to its limit. The bound of 95 of 100 bootstraps over seeds\n" +
			"has to be within. Ends with an error when the default rules fall short of any gate.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			pattern, err := regexp.Compile(only)
			if err != nil {
				return fmt.Errorf("--only: %w", err)
			}
			table := slices.DeleteFunc(gates.Table(), func(g gates.Gate) bool {
				return !pattern.MatchString(g.Name + " " + string(g.Shards))
			})
			if len(table) == 0 {
				return fmt.Errorf("--only %q matches no gate; without it all are played", only)
			}
			lines, err := gates.PlayAll(cmd.Context(), table, size, progress(cmd.ErrOrStderr(), "gates"))
			if err != nil {
				return err
			}
			if err := gates.WriteTable(cmd.OutOrStdout(), lines, size); err != nil {
				return err
			}
			if err := writeFile(csvFile, func(w io.Writer) error { return gates.WriteCSV(w, lines) }); err != nil {
				return err
			}
			if err := writeFile(markdown, func(w io.Writer) error { return gates.WriteMarkdown(w, lines) }); err != nil {
				return err
			}
			if failed := gates.Failed(lines, sim.RulesDefault); len(failed) > 0 {
				return fmt.Errorf("%w of %d gates: %s", errGates, len(failed), strings.Join(failed, ", "))
			}
			return nil
		},
	}
	cmd.Flags().IntVar(&size.Seeds, "seeds", size.Seeds, "seeds a variant")
	cmd.Flags().IntVar(&size.Epochs, "epochs", size.Epochs, "epochs a seed")
	cmd.Flags().IntVar(&size.Warmup, "warmup", size.Warmup, "epochs at the beginning that are not counted")
	cmd.Flags().IntVar(&size.Workers, "workers", size.Workers, "seeds played at a time; does not change the results")
	cmd.Flags().StringVar(&only, "only", "", "play only gates whose name and shards match this regular expression")
	cmd.Flags().StringVar(&csvFile, "csv", "", "write the table to this file, with the variant of each figure")
	cmd.Flags().StringVar(&markdown, "markdown", "", "write the table to this file, for a document")
	return cmd
}

// writeFile writes a file whole or not at all; with no path it does nothing.
func writeFile(path string, write func(io.Writer) error) error {
	if path == "" {
		return nil
	}
	var b strings.Builder
	if err := write(&b); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(b.String()), 0o600)
}

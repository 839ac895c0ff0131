// SPDX-License-Identifier: Apache-2.0

package table

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/client/flags"
)

// Wrap makes the queries below cmd that have a table print it, unless their output is to
// be JSON. It returns the commands of tables that it did not find.
func Wrap(query *cobra.Command) (missing []string) {
	for _, table := range All() {
		cmd, rest, err := query.Find(strings.Fields(table.Command))
		if err != nil || len(rest) > 0 || cmd.RunE == nil {
			missing = append(missing, table.Command)
			continue
		}
		wrap(cmd, table)
	}
	return missing
}

// wrap lets a command answer in JSON, and prints the answer as a table.
func wrap(cmd *cobra.Command, table Table) {
	run := cmd.RunE
	if flag := cmd.Flags().Lookup(flags.FlagOutput); flag != nil {
		flag.Usage = "text for a table, or json for all that the chain answers"
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		clientCtx := client.GetClientContextFromCmd(cmd)
		if output(cmd, clientCtx) != flags.OutputFormatText {
			return run(cmd, args)
		}
		if err := cmd.Flags().Set(flags.FlagOutput, flags.OutputFormatJSON); err != nil {
			return err
		}
		out := cmd.OutOrStdout()
		var answer bytes.Buffer
		cmd.SetOut(&answer)
		err := run(cmd, args)
		cmd.SetOut(out)
		if err != nil {
			return err
		}
		queryCtx, err := client.GetClientQueryContext(cmd)
		if err != nil {
			return err
		}
		text, err := table.Render(answer.Bytes(), ReadClock(cmd.Context(), queryCtx))
		if err != nil {
			return err
		}
		_, err = fmt.Fprint(out, text)
		return err
	}
}

// output is the form that the flag or the configuration asks for.
func output(cmd *cobra.Command, clientCtx client.Context) string {
	if flag := cmd.Flags().Lookup(flags.FlagOutput); flag != nil && (flag.Changed || clientCtx.OutputFormat == "") {
		return flag.Value.String()
	}
	return clientCtx.OutputFormat
}

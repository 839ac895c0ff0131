// SPDX-License-Identifier: Apache-2.0

package main

import (
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/weal-network/weal/cmd/weald/localnet"
)

// newLocalnetCmd runs a whole network on this machine.
func newLocalnetCmd() *cobra.Command {
	var opts localnet.Options
	cmd := &cobra.Command{
		Use:   "localnet",
		Short: "Run a network of validators, evaluators and contributors on this machine",
		Long: `Run a network on this machine: the validators of config.yml, each with its node and its evaluator, and contributors
that train and submit real models. A table shows what the network makes of them. Ctrl-C stops every process; the same
command resumes the network, and --reset starts over.`,
		Example: `weald localnet --home .localnet
weald localnet --home .localnet --reset --epochs 3 --report report.json
weald localnet --home .localnet --dishonest copy`,
		Args:        cobra.NoArgs,
		Annotations: map[string]string{standsAloneAnnotation: ""},
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
			defer stop()
			opts.Out = cmd.OutOrStdout()
			opts.Terminal = term.IsTerminal(int(os.Stdout.Fd()))
			return localnet.Run(ctx, opts)
		},
	}
	cmd.Flags().StringVar(&opts.Home, "home", ".localnet", "folder of the network's files")
	cmd.Flags().StringVar(&opts.ConfigPath, "config", "config.yml", "the network's description")
	cmd.Flags().BoolVar(&opts.Reset, "reset", false, "delete what an earlier run left in the home, and start over")
	cmd.Flags().StringVar(&opts.Dishonest, "dishonest", "", "what the last validator's evaluator does instead of measuring: copy repeats the last public scores")
	cmd.Flags().Uint64Var(&opts.Epochs, "epochs", 0, "stop by itself after so many scored epochs; 0 goes on until interrupted")
	cmd.Flags().StringVar(&opts.ReportPath, "report", "", "write the last table to this file as JSON, with --epochs")
	return cmd
}

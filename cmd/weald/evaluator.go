// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client/flags"

	"github.com/weal-network/weal/app"
	"github.com/weal-network/weal/evaluator"
	"github.com/weal-network/weal/evaluator/config"
	"github.com/weal-network/weal/evaluator/sandbox"
)

// defaultEvaluatorHome is beside the node's home, whose keys the evaluator must not need.
func defaultEvaluatorHome() string { return filepath.Join(app.DefaultNodeHome(), "evaluator") }

// newEvaluatorCmd runs the validator's evaluator.
func newEvaluatorCmd(wiring *app.App) *cobra.Command {
	cmd := &cobra.Command{
		Use:         "evaluator",
		Short:       "Measure models and publish scores for a validator",
		Long:        "The evaluator runs beside a validator's node. It measures the models of every epoch, commits their scores and reveals them.",
		Annotations: map[string]string{standsAloneAnnotation: ""},
	}
	cmd.AddCommand(evaluatorInitCmd(), evaluatorStartCmd(wiring), runModelCmd())
	return cmd
}

func evaluatorInitCmd() *cobra.Command {
	cfg := config.Default()
	var force bool
	cmd := &cobra.Command{
		Use:     "init",
		Short:   "Write an evaluator's configuration file",
		Example: "weald evaluator init --operator wealvaloper1... --corpus /usr/local/go/src",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			home, err := cmd.Flags().GetString(flags.FlagHome)
			if err != nil {
				return err
			}
			path := filepath.Join(home, config.FileName)
			if _, err := os.Stat(path); err == nil && !force {
				return fmt.Errorf("%s exists already: edit it, or write it anew with --force", path)
			}
			if err := cfg.Validate(); err != nil {
				return err
			}
			if err := cfg.Write(path); err != nil {
				return err
			}
			cmd.Println("wrote", path)
			return nil
		},
	}
	cfg.Bind(cmd.Flags())
	cmd.Flags().BoolVar(&force, "force", false, "write over an existing file")
	cmd.Flags().String(flags.FlagHome, defaultEvaluatorHome(), "evaluator's home directory")
	return cmd
}

func evaluatorStartCmd(wiring *app.App) *cobra.Command {
	defaults := config.Default()
	cmd := &cobra.Command{
		Use:   "start",
		Short: "Follow the chain's epochs, measure their models, commit and reveal scores",
		Long: "Reads config.toml in its home; every setting can be overridden by a flag. It can be stopped, and killed, at any time:\n" +
			"it goes on where it was, with the same scores.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			home, err := cmd.Flags().GetString(flags.FlagHome)
			if err != nil {
				return err
			}
			cfg, err := config.Load(filepath.Join(home, config.FileName))
			if err != nil {
				return err
			}
			if err := cfg.Override(cmd.Flags()); err != nil {
				return err
			}
			command, err := runModelCommand()
			if err != nil {
				return err
			}
			ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			return evaluator.Start(ctx, cfg, evaluator.Environment{
				Home: home, Codec: wiring.AppCodec(), TxConfig: wiring.TxConfig(),
				Input: cmd.InOrStdin(), Log: cmd.ErrOrStderr(), RunModel: command,
			})
		},
	}
	defaults.Bind(cmd.Flags())
	cmd.Flags().String(flags.FlagHome, defaultEvaluatorHome(), "evaluator's home directory")
	return cmd
}

// Names of the hidden command that runs one model.
const (
	evaluatorName = "evaluator"
	runModelName  = "run-model"
)

func runModelCmd() *cobra.Command {
	return &cobra.Command{
		Use:    runModelName,
		Short:  "Run one model in a process of its own (started by the evaluator)",
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE:   func(*cobra.Command, []string) error { return runModel() },
	}
}

// isRunModel tells whether the process was started to run a model. It is asked
// before the command line is built, which takes longer than most models do.
func isRunModel(args []string) bool {
	return slices.Equal(args[min(1, len(args)):], []string{evaluatorName, runModelName}) //nolint:gosec // the length is checked first
}

// runModel answers one request. What libraries print goes to standard error, so
// that nothing but the answer is on standard output.
func runModel() error {
	answers := os.Stdout
	os.Stdout = os.Stderr
	return sandbox.Serve(os.Stdin, answers)
}

// runModelCommand is the command line that ends in runModel.
func runModelCommand() ([]string, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("find this program: %w", err)
	}
	return []string{self, evaluatorName, runModelName}, nil
}

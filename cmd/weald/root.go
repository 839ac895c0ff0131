// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	dbm "github.com/cosmos/cosmos-db"
	"github.com/spf13/cobra"

	"cosmossdk.io/log/v2"

	"github.com/cosmos/cosmos-sdk/client"
	clientconfig "github.com/cosmos/cosmos-sdk/client/config"
	"github.com/cosmos/cosmos-sdk/server"
	servertypes "github.com/cosmos/cosmos-sdk/server/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"

	"github.com/weal-network/weal/app"
	"github.com/weal-network/weal/cmd/weald/table"
)

// noOptions are the options of an application that is only asked how it is wired.
type noOptions struct{}

var _ servertypes.AppOptions = noOptions{}

// Get returns nil: nothing is set.
func (noOptions) Get(string) any { return nil }

// newRootCmd builds the command line: the SDK's commands under their usual names, one
// command a message and query of every module, and Weal's own.
func newRootCmd() (*cobra.Command, error) {
	wiring, err := app.New(log.NewNopLogger(), dbm.NewMemDB(), noOptions{}, false)
	if err != nil {
		return nil, fmt.Errorf("wire the application: %w", err)
	}
	initial := client.Context{}.
		WithCodec(wiring.AppCodec()).
		WithInterfaceRegistry(wiring.InterfaceRegistry()).
		WithLegacyAmino(wiring.LegacyAmino()).
		WithTxConfig(wiring.TxConfig()).
		WithInput(os.Stdin).
		WithAccountRetriever(authtypes.AccountRetriever{}).
		WithHomeDir(app.DefaultNodeHome()).
		WithViper(envPrefix)

	root := &cobra.Command{
		Use:   app.BinaryName,
		Short: "Weal: if you can contribute, you can own it",
		Long: "weald runs a node of the Weal network and talks to one.\n\n" +
			"Contributors submit models, validators score them, and the chain issues WEAL to the better ones.",
		SilenceErrors: true,
		SilenceUsage:  true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			cmd.SetOut(cmd.OutOrStdout())
			cmd.SetErr(cmd.ErrOrStderr())
			return prepare(initial, cmd)
		},
	}
	addCommands(root, wiring)

	autoCLI := wiring.AutoCLI(initial)
	if err := autoCLI.EnhanceRootCommand(root); err != nil {
		return nil, fmt.Errorf("build the commands of the modules: %w", err)
	}
	if missing := table.Wrap(subcommand(root, "query")); len(missing) > 0 {
		return nil, fmt.Errorf("these queries have a table and no command: %s", strings.Join(missing, ", "))
	}
	addScoringQueries(root)
	return root, nil
}

// prepare reads the flags, the environment and the configuration files before any
// command runs, and writes files with safe defaults where there are none.
func prepare(clientCtx client.Context, cmd *cobra.Command) error {
	if standsAlone(cmd) {
		return nil
	}
	clientCtx, err := client.ReadPersistentCommandFlags(clientCtx.WithCmdContext(cmd.Context()), cmd.Flags())
	if err != nil {
		return err
	}
	clientCtx, err = clientconfig.ReadFromClientConfig(clientCtx)
	if err != nil {
		return fmt.Errorf("client.toml in %s: %w", clientCtx.HomeDir, err)
	}
	if err := client.SetCmdClientContextHandler(clientCtx, cmd); err != nil {
		return err
	}
	if err := writeMissingConfig(clientCtx.HomeDir); err != nil {
		return err
	}
	serverCtx, err := server.InterceptConfigsAndCreateContext(cmd, "", nil, defaultCometConfig())
	if err != nil {
		return fmt.Errorf("configuration in %s: %w", clientCtx.HomeDir, err)
	}
	logger, err := server.CreateSDKLogger(serverCtx, logOutput(cmd))
	if err != nil {
		return err
	}
	serverCtx.Logger = logger.With(log.ModuleKey, "server")
	return server.SetCmdServerContext(cmd, serverCtx)
}

// logOutput is where a command's log goes: the output of a running node is its log, that
// of every other command is its result, such as an exported genesis, and stays clean.
func logOutput(cmd *cobra.Command) io.Writer {
	if cmd.Name() == "start" {
		return cmd.OutOrStdout()
	}
	return cmd.ErrOrStderr()
}

// standsAloneAnnotation marks commands that use no node's home directory and so must not
// create one.
const standsAloneAnnotation = "weald/stands-alone"

// standsAlone reports whether cmd or one of its parents carries the mark.
func standsAlone(cmd *cobra.Command) bool {
	for c := cmd; c != nil; c = c.Parent() {
		if _, ok := c.Annotations[standsAloneAnnotation]; ok {
			return true
		}
	}
	return false
}

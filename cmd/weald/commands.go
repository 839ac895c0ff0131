// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"fmt"

	"github.com/cometbft/cometbft/consensus"
	dbm "github.com/cosmos/cosmos-db"
	"github.com/spf13/cobra"
	"github.com/spf13/viper"

	"cosmossdk.io/log/v2"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/client/debug"
	"github.com/cosmos/cosmos-sdk/client/keys"
	"github.com/cosmos/cosmos-sdk/client/pruning"
	"github.com/cosmos/cosmos-sdk/client/rpc"
	"github.com/cosmos/cosmos-sdk/client/snapshot"
	"github.com/cosmos/cosmos-sdk/server"
	servertypes "github.com/cosmos/cosmos-sdk/server/types"
	authcli "github.com/cosmos/cosmos-sdk/x/auth/client/cli"
	genutilcli "github.com/cosmos/cosmos-sdk/x/genutil/client/cli"

	"github.com/weal-network/weal/app"
)

// addCommands hangs the commands that are not generated from the modules' services
// below root.
func addCommands(root *cobra.Command, wiring *app.App) {
	home := app.DefaultNodeHome()
	root.AddCommand(
		initCmd(wiring, home),
		genesisCmd(wiring, home),
		queryCmd(),
		txCmd(),
		keys.Commands(),
		configCmd(),
		debug.Cmd(),
		server.StatusCommand(),
		snapshot.Cmd(newApp),
		pruning.Cmd(newApp, home),
	)
	server.AddCommands(root, home, newApp, exportApp, func(*cobra.Command) {})
	checkBeforeStart(root)
	replaceSubcommand(root, "comet", cometVersionCmd())
	root.AddCommand(wealCommands(wiring)...)
}

// wealCommands lists the commands that only Weal has, each in a file of its own.
func wealCommands(wiring *app.App) []*cobra.Command {
	return []*cobra.Command{
		newEvaluatorCmd(wiring), newSubmitCmd(wiring), newModelsCmd(), newTopicCmd(wiring), newLocalnetCmd(),
		newVerifyEpochCmd(wiring), newVerifyProofCmd(), newSimCmd(), newProposalCmd(wiring),
	}
}

// genesisCmd holds what prepares a genesis file.
func genesisCmd(wiring *app.App, home string) *cobra.Command {
	cmd := genutilcli.Commands(wiring.TxConfig(), wiring.BasicManager, home)
	cmd.AddCommand(admitInGenesisCmd(wiring))
	return cmd
}

// checkBeforeStart makes `start` refuse configuration files with unknown settings, and
// say what to do when the check for a second signer stops it.
func checkBeforeStart(root *cobra.Command) {
	start := subcommand(root, "start")
	run := start.RunE
	start.RunE = func(cmd *cobra.Command, args []string) error {
		if err := checkConfigFiles(cmd); err != nil {
			return err
		}
		err := run(cmd, args)
		if errors.Is(err, consensus.ErrSignatureFoundInPastBlocks) {
			return fmt.Errorf("%w: this validator signed one of the last blocks, so it was stopped a moment ago or another machine runs with its key. "+
				"Make sure that none does, then start again once the network has made %d more blocks; a validator that is alone on its network never sees them and needs "+
				"`weald config set config consensus.double_sign_check_height 0`", err, doubleSignCheckHeight)
		}
		return err
	}
}

// replaceSubcommand puts cmd in the place of the command of the same name below parent.
func replaceSubcommand(root *cobra.Command, parent string, cmd *cobra.Command) {
	p := subcommand(root, parent)
	p.RemoveCommand(subcommand(p, cmd.Name()))
	p.AddCommand(cmd)
}

// subcommand finds a command by name; it panics if there is none, as the caller named
// one that the SDK is known to have.
func subcommand(parent *cobra.Command, name string) *cobra.Command {
	for _, cmd := range parent.Commands() {
		if cmd.Name() == name {
			return cmd
		}
	}
	panic("no command " + name + " below " + parent.Name())
}

// queryCmd holds the queries that are not a module's; AutoCLI adds those.
func queryCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use:                        "query",
		Aliases:                    []string{"q"},
		Short:                      "Ask the chain",
		SuggestionsMinimumDistance: 2,
		RunE:                       client.ValidateCmd,
	}
	cmd.AddCommand(
		rpc.WaitTxCmd(),
		rpc.ValidatorCommand(),
		server.QueryBlockCmd(),
		server.QueryBlocksCmd(),
		server.QueryBlockResultsCmd(),
		authcli.QueryTxCmd(),
		authcli.QueryTxsByEventsCmd(),
	)
	return cmd
}

// txCmd holds what can be done with any transaction; AutoCLI adds the messages.
func txCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use:                        "tx",
		Short:                      "Send, sign and inspect transactions",
		SuggestionsMinimumDistance: 2,
		RunE:                       client.ValidateCmd,
	}
	cmd.AddCommand(
		authcli.GetSignCommand(),
		authcli.GetSignBatchCommand(),
		authcli.GetMultiSignCommand(),
		authcli.GetMultiSignBatchCmd(),
		authcli.GetValidateSignaturesCommand(),
		authcli.GetBroadcastCommand(),
		authcli.GetEncodeCommand(),
		authcli.GetDecodeCommand(),
		authcli.GetSimulateCmd(),
	)
	return cmd
}

// newApp builds the application for the commands that run it on a home directory. The
// server's interface has no place for an error, so a directory that can't be used ends
// the process with a panic that names the reason.
func newApp(logger log.Logger, db dbm.DB, appOpts servertypes.AppOptions) servertypes.Application {
	a, err := app.New(logger, db, appOpts, true, server.DefaultBaseappOptions(appOpts)...)
	if err != nil {
		panic(err)
	}
	return a
}

// exportApp loads the state at height, the latest if it is -1, and exports it.
func exportApp(
	logger log.Logger, db dbm.DB, height int64, forZeroHeight bool, jailAllowed []string,
	appOpts servertypes.AppOptions, modules []string,
) (servertypes.ExportedApp, error) {
	if _, ok := appOpts.(*viper.Viper); !ok {
		return servertypes.ExportedApp{}, errors.New("export needs the settings of a home directory")
	}
	a, err := app.New(logger, db, appOpts, height == -1, server.DefaultBaseappOptions(appOpts)...)
	if err != nil {
		return servertypes.ExportedApp{}, err
	}
	if height != -1 {
		if err := a.LoadVersion(height); err != nil {
			return servertypes.ExportedApp{}, err
		}
	}
	return a.ExportAppStateAndValidators(forZeroHeight, jailAllowed, modules)
}

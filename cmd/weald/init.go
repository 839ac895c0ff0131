// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/client/flags"
	"github.com/cosmos/cosmos-sdk/server"
	genutilcli "github.com/cosmos/cosmos-sdk/x/genutil/client/cli"
	genutiltypes "github.com/cosmos/cosmos-sdk/x/genutil/types"

	"github.com/weal-network/weal/app"
)

// initCmd is the SDK's init with Weal's block limits in the genesis file, Weal's local
// chain id by default, and no choice of another coin: the application has one.
func initCmd(wiring *app.App, home string) *cobra.Command {
	cmd := genutilcli.InitCmd(wiring.BasicManager, home)
	chainID, denom := cmd.Flags().Lookup(flags.FlagChainID), cmd.Flags().Lookup(genutilcli.FlagDefaultBondDenom)
	chainID.Usage = fmt.Sprintf("id of the chain in the genesis file (default %s)", app.LocalChainID)
	denom.Hidden = true

	write := cmd.RunE
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if denom.Changed && denom.Value.String() != app.BaseDenom {
			return fmt.Errorf("--%s is %q, but the coin of this chain is %s: leave the flag out", denom.Name, denom.Value, app.BaseDenom)
		}
		if chainID.Value.String() == "" && client.GetClientContextFromCmd(cmd).ChainID == "" {
			if err := chainID.Value.Set(app.LocalChainID); err != nil {
				return err
			}
		}
		if err := write(cmd, args); err != nil {
			return err
		}
		return limitBlocks(server.GetServerContextFromCmd(cmd).Config.GenesisFile())
	}
	return cmd
}

// limitBlocks sets the block limits in a genesis file and leaves the rest as it is.
func limitBlocks(path string) error {
	genesis, err := genutiltypes.AppGenesisFromFile(path)
	if err != nil {
		return err
	}
	genesis.Consensus.Params.Block = app.DefaultConsensusParams().Block
	return genesis.SaveAs(path)
}

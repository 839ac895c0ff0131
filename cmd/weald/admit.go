// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/client/flags"
	"github.com/cosmos/cosmos-sdk/server"
	sdk "github.com/cosmos/cosmos-sdk/types"
	genutiltypes "github.com/cosmos/cosmos-sdk/x/genutil/types"

	"github.com/weal-network/weal/app"
	admissiontypes "github.com/weal-network/weal/x/admission/types"
)

// admitInGenesisCmd puts validators on the list of a genesis file: the chain refuses
// genesis transactions of operators that are not on it.
func admitInGenesisCmd(wiring *app.App) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "admit-validator [address-or-key]...",
		Short:   "Admit validators in genesis.json, by the accounts of their operators",
		Example: "weald genesis admit-validator alice",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			addresses := make([]string, len(args))
			for i, arg := range args {
				address, err := accountAddress(client.GetClientContextFromCmd(cmd), arg)
				if err != nil {
					return err
				}
				addresses[i] = address
			}
			return admitInGenesis(wiring, server.GetServerContextFromCmd(cmd).Config.GenesisFile(), addresses)
		},
	}
	flags.AddKeyringFlags(cmd.Flags())
	return cmd
}

// accountAddress reads an account's address, or looks up a key by its name.
func accountAddress(clientCtx client.Context, arg string) (string, error) {
	if _, err := sdk.AccAddressFromBech32(arg); err == nil {
		return arg, nil
	}
	record, err := clientCtx.Keyring.Key(arg)
	if err != nil {
		return "", fmt.Errorf("%q is neither an address beginning with %s1 nor a key in the keyring: %w", arg, app.Bech32Prefix, err)
	}
	address, err := record.GetAddress()
	return address.String(), err
}

// admitInGenesis adds the addresses to the validators of the genesis file at path. It
// writes nothing if the list would not be valid, for instance with an address twice.
func admitInGenesis(wiring *app.App, path string, addresses []string) error {
	document, err := genutiltypes.AppGenesisFromFile(path)
	if err != nil {
		return err
	}
	var state app.GenesisState
	if err := json.Unmarshal(document.AppState, &state); err != nil {
		return fmt.Errorf("app_state of %s: %w", path, err)
	}
	var admission admissiontypes.GenesisState
	if err := wiring.AppCodec().UnmarshalJSON(state[admissiontypes.ModuleName], &admission); err != nil {
		return fmt.Errorf("%s in %s: %w", admissiontypes.ModuleName, path, err)
	}
	for _, address := range addresses {
		admission.Admissions = append(admission.Admissions, admissiontypes.Admission{
			Role:    admissiontypes.ROLE_VALIDATOR,
			Address: address,
		})
	}
	if err := admission.Validate(); err != nil {
		return err
	}
	if state[admissiontypes.ModuleName], err = wiring.AppCodec().MarshalJSON(&admission); err != nil {
		return err
	}
	if document.AppState, err = json.MarshalIndent(state, "", "  "); err != nil {
		return err
	}
	return document.SaveAs(path)
}

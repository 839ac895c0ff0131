// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/client/flags"

	"github.com/weal-network/weal/app"
	"github.com/weal-network/weal/cmd/weald/proposal"
)

// newProposalCmd helps voters to write proposals and to understand them.
func newProposalCmd(wiring *app.App) *cobra.Command {
	cmd := &cobra.Command{Use: "proposal", Short: "Draft a proposal, and see what one would change"}
	cmd.AddCommand(draftCmd(wiring), previewCmd(wiring))
	return cmd
}

// draftCmd writes a proposal to be edited.
func draftCmd(wiring *app.App) *cobra.Command {
	var o proposal.Options
	var expedited bool
	var kinds strings.Builder
	for _, k := range proposal.Kinds() {
		fmt.Fprintf(&kinds, "\n  %-13s %s", k.Name, k.Does)
		if len(k.Flags) > 0 {
			fmt.Fprintf(&kinds, " (--%s)", strings.Join(k.Flags, ", --"))
		}
	}
	cmd := &cobra.Command{
		Use:   "draft KIND",
		Short: "Print a proposal as JSON, to edit and to submit",
		Long: "Prints a proposal with its messages, a full deposit and room for your reasons, and tells on the standard error what it costs and how long\n" +
			"it takes. Write it into a file, edit the file, look at it with `weald proposal preview`, and send it with `weald tx gov submit-proposal`.\n\n" +
			"Kinds:" + kinds.String(),
		Example: "weald proposal draft quarantine --contribution 7 --reason-uri https://example.org/report > proposal.json",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			kind, err := proposal.Find(args[0])
			if err != nil {
				return err
			}
			if err := kind.Check(cmd.Flags()); err != nil {
				return err
			}
			return printDraft(cmd, wiring, kind, o, expedited)
		},
	}
	o.AddFlags(cmd.Flags())
	cmd.Flags().BoolVar(&expedited, "expedited", false, "vote in a shorter time, for a larger deposit and by a larger majority")
	cmd.Flags().String(flags.FlagNode, "tcp://localhost:26657", "RPC address of a node")
	return cmd
}

func printDraft(cmd *cobra.Command, wiring *app.App, kind proposal.Kind, o proposal.Options, expedited bool) error {
	node, err := client.GetClientQueryContext(cmd)
	if err != nil {
		return err
	}
	messages, err := kind.Messages(cmd.Context(), node, o)
	if err != nil {
		return err
	}
	gov, err := proposal.GovParams(cmd.Context(), node)
	if err != nil {
		return err
	}
	draft, err := proposal.New(wiring.AppCodec(), kind.Title(o), messages, gov, expedited)
	if err != nil {
		return err
	}
	if err := draft.Write(cmd.OutOrStdout()); err != nil {
		return err
	}
	return proposal.Explain(cmd.ErrOrStderr(), gov, expedited)
}

// previewCmd shows what a proposal would change.
func previewCmd(wiring *app.App) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "preview FILE-OR-ID",
		Short: "Show what a proposal would change, before anybody votes on it",
		Long: "Takes a file that `weald proposal draft` wrote, or the id of a proposal on the chain. Lets a node carry the proposal's messages out on a copy of its state, which it throws away, and shows the parameters, topics and\n" +
			"contributions that would be different, and the events. If it changes how epochs are scored or paid, the last epoch of each topic is\n" +
			"computed again under the new parameters: who would have gained, and who lost. Fails if the chain would refuse the proposal, and says why.",
		Example: "weald proposal preview proposal.json",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			node, err := client.GetClientQueryContext(cmd)
			if err != nil {
				return err
			}
			messages, err := proposal.Read(cmd.Context(), node, wiring.AppCodec(), args[0])
			if err != nil {
				return err
			}
			if len(messages) == 0 {
				_, err := fmt.Fprintln(cmd.OutOrStdout(), "it carries out nothing: it is a text to agree on")
				return err
			}
			answer, err := proposal.Ask(cmd.Context(), node, messages)
			if err != nil {
				return err
			}
			if err := proposal.Show(cmd.OutOrStdout(), answer); err != nil {
				return err
			}
			comet, err := node.GetNode()
			if err != nil {
				return err
			}
			status, err := comet.Status(cmd.Context())
			if err != nil {
				return err
			}
			whatIf := proposal.WhatIf{Node: node, ChainID: status.NodeInfo.Network, Operators: wiring.InterfaceRegistry().SigningContext().ValidatorAddressCodec()}
			return whatIf.Show(cmd.Context(), cmd.OutOrStdout(), messages)
		},
	}
	cmd.Flags().String(flags.FlagNode, "tcp://localhost:26657", "RPC address of a node")
	return cmd
}

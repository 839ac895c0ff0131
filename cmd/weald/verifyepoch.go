// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/client/flags"

	"github.com/weal-network/weal/app"
	"github.com/weal-network/weal/evaluator/chain"
	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	"github.com/weal-network/weal/x/scoring/verify"
)

// newVerifyEpochCmd computes an epoch again.
func newVerifyEpochCmd(wiring *app.App) *cobra.Command {
	var topic string
	var epoch uint64
	cmd := &cobra.Command{
		Use:   "verify-epoch",
		Short: "Compute a closed epoch again and compare every number that the chain stores of it",
		Long: "Gets what went into an epoch from any node: parameters, contributions, the validators' tokens, commitments, salts and rows, and the bonds\n" +
			"that it started from. Then it does what the chain did: checks that each row is what its validator had committed to, caps the power,\n" +
			"finds out whether the epoch is void, runs the consensus, decides about the frontier, and compares every number, the new bonds and\n" +
			"the Merkle root with what is stored. The first that differs is named, and the command fails. Start your own node, or ask two of others, to know the inputs.",
		Example: "weald verify-epoch --topic 1 --epoch 42 --node tcp://localhost:26657",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			clientCtx, err := client.GetClientQueryContext(cmd)
			if err != nil {
				return err
			}
			node := chain.New(clientCtx)
			chainID, err := node.ChainID(cmd.Context())
			if err != nil {
				return err
			}
			of, err := node.Topic(cmd.Context(), topic)
			if err != nil {
				return fmt.Errorf("topic %q: %w", topic, err)
			}
			checker := verify.Checker{
				Queries: scoringtypes.NewQueryClient(clientCtx), ChainID: chainID,
				Operators:   wiring.InterfaceRegistry().SigningContext().ValidatorAddressCodec(),
				Contributor: contributorOf(contributiontypes.NewQueryClient(clientCtx)),
			}
			report, err := checker.Epoch(cmd.Context(), of.Id, epoch)
			if err != nil {
				return err
			}
			return printVerified(cmd, clientCtx.OutputFormat, report)
		},
	}
	cmd.Flags().StringVar(&topic, "topic", "", "slug or id of the topic")
	cmd.Flags().Uint64Var(&epoch, "epoch", 0, "number of the epoch")
	flags.AddQueryFlagsToCmd(cmd)
	for _, name := range []string{"topic", "epoch"} {
		if err := cmd.MarkFlagRequired(name); err != nil {
			panic(err)
		}
	}
	return cmd
}

// contributorOf asks a node who committed contributions.
func contributorOf(queries contributiontypes.QueryClient) func(context.Context, uint64) (string, error) {
	return func(ctx context.Context, id uint64) (string, error) {
		res, err := queries.Contribution(ctx, &contributiontypes.QueryContributionRequest{ContributionId: id})
		if err != nil {
			return "", err
		}
		return res.Contribution.Contributor, nil
	}
}

// verified is what is said of an epoch that is as it should be.
type verified struct {
	Topic         uint64 `json:"topic"`
	Epoch         uint64 `json:"epoch"`
	Status        string `json:"status"`
	VoidReason    string `json:"void_reason,omitempty"`
	Contributions int    `json:"contributions"`
	Validators    int    `json:"validators"`
	Revealed      int    `json:"revealed"`
	Numbers       int    `json:"numbers"`
	Unchecked     string `json:"unchecked,omitempty"`
}

func printVerified(cmd *cobra.Command, output string, r verify.Report) error {
	v := verified{
		Topic: r.Epoch.TopicId, Epoch: r.Epoch.Number, Status: strings.ToLower(strings.TrimPrefix(r.Epoch.Status.String(), "EPOCH_STATUS_")),
		VoidReason: r.Epoch.VoidReason, Contributions: r.Contributions, Validators: r.Voters, Revealed: r.Revealed, Numbers: r.Numbers, Unchecked: r.Unchecked,
	}
	if output == flags.OutputFormatJSON {
		return json.NewEncoder(cmd.OutOrStdout()).Encode(v)
	}
	status := v.Status
	if v.VoidReason != "" {
		status += ": " + v.VoidReason
	}
	if v.Unchecked != "" {
		cmd.PrintErrln("not compared:", v.Unchecked)
	}
	_, err := fmt.Fprintf(cmd.OutOrStdout(), "epoch %d of topic %d is as it should be\n%s\n%d contributions, %d validators, %d of them revealed\n%d stored numbers and hashes compared\n",
		v.Epoch, v.Topic, status, v.Contributions, v.Validators, v.Revealed, v.Numbers)
	return err
}

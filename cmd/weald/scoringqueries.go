// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/client/flags"

	abci "github.com/cometbft/cometbft/abci/types"
	rpcclient "github.com/cometbft/cometbft/rpc/client"

	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	"github.com/weal-network/weal/x/scoring/verify"
)

// addScoringQueries hangs the queries of x/scoring that say more than their answer below those that AutoCLI made.
func addScoringQueries(root *cobra.Command) {
	subcommand(subcommand(root, "query"), "scoring").AddCommand(scoringProofCmd(), scoringExplainCmd())
}

// scoringProofCmd writes a proof that can be checked offline.
func scoringProofCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "proof TOPIC EPOCH CONTRIBUTION",
		Short: "Write the proof of a contribution's result, for `weald verify-proof`; of the last scored epoch for 0",
		Long: "Writes one JSON document: the result, its path to the Merkle root of the epoch, and the proof that the chain's state holds that root.\n" +
			"It is of the block before the last one unless --height says another, so that the header that holds its app hash is there already.",
		Example: "weald query scoring proof 1 42 7 > proof.json",
		Args:    cobra.ExactArgs(3),
		RunE: func(cmd *cobra.Command, args []string) error {
			clientCtx, err := client.GetClientQueryContext(cmd)
			if err != nil {
				return err
			}
			req, err := proofRequest(args)
			if err != nil {
				return err
			}
			document, err := fetchProof(cmd.Context(), clientCtx, req)
			if err != nil {
				return err
			}
			data, err := document.Bytes()
			if err != nil {
				return err
			}
			_, err = cmd.OutOrStdout().Write(data)
			return err
		},
	}
	flags.AddQueryFlagsToCmd(cmd)
	return cmd
}

func proofRequest(args []string) (*scoringtypes.QueryProofRequest, error) {
	numbers, err := parseNumbers(args)
	if err != nil {
		return nil, err
	}
	return &scoringtypes.QueryProofRequest{TopicId: numbers[0], Epoch: numbers[1], ContributionId: numbers[2]}, nil
}

func parseNumbers(args []string) ([]uint64, error) {
	numbers := make([]uint64, len(args))
	for i, arg := range args {
		n, err := strconv.ParseUint(arg, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("%q: expected a number", arg)
		}
		numbers[i] = n
	}
	return numbers, nil
}

// fetchProof asks a node for a result, its path and the proof of the root, all at one height.
func fetchProof(ctx context.Context, clientCtx client.Context, req *scoringtypes.QueryProofRequest) (verify.Document, error) {
	node, err := clientCtx.GetNode()
	if err != nil {
		return verify.Document{}, err
	}
	status, err := node.Status(ctx)
	if err != nil {
		return verify.Document{}, err
	}
	height := clientCtx.Height
	if height == 0 {
		height = status.SyncInfo.LatestBlockHeight - 1
	}
	clientCtx = clientCtx.WithHeight(height)
	res, err := scoringtypes.NewQueryClient(clientCtx).Proof(ctx, req)
	if err != nil {
		return verify.Document{}, err
	}
	path := "/store/" + scoringtypes.StoreKey + "/key"
	stored, err := node.ABCIQueryWithOptions(ctx, path, res.Key, rpcclient.ABCIQueryOptions{Height: height, Prove: true})
	if err != nil {
		return verify.Document{}, err
	}
	if stored.Response.Code != abci.CodeTypeOK {
		return verify.Document{}, fmt.Errorf("the node cannot prove its state at height %d: %s", height, stored.Response.Log)
	}
	return verify.NewDocument(status.NodeInfo.Network, height, res, stored.Response.ProofOps)
}

// scoringExplainCmd says why.
func scoringExplainCmd() *cobra.Command {
	var contribution uint64
	var operator string
	cmd := &cobra.Command{
		Use:     "explain TOPIC [EPOCH]",
		Short:   "Say why a contribution or a validator got what it got in an epoch; in the last scored one unless told",
		Example: "weald query scoring explain 1 42 --contribution 7\nweald query scoring explain 1 42 --validator wealvaloper1...",
		Args:    cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			clientCtx, err := client.GetClientQueryContext(cmd)
			if err != nil {
				return err
			}
			if (contribution == 0) == (operator == "") {
				return errors.New("give --contribution or --validator, and not both")
			}
			numbers, err := parseNumbers(args)
			if err != nil {
				return err
			}
			req := &scoringtypes.QueryExplainRequest{TopicId: numbers[0], ContributionId: contribution, Operator: operator}
			if len(numbers) > 1 {
				req.Epoch = numbers[1]
			}
			res, err := scoringtypes.NewQueryClient(clientCtx).Explain(cmd.Context(), req)
			if err != nil {
				return err
			}
			if clientCtx.OutputFormat == flags.OutputFormatJSON {
				return clientCtx.WithOutput(cmd.OutOrStdout()).PrintProto(res)
			}
			_, err = fmt.Fprintln(cmd.OutOrStdout(), strings.Join(res.Lines, "\n"))
			return err
		},
	}
	cmd.Flags().Uint64Var(&contribution, "contribution", 0, "id of the contribution")
	cmd.Flags().StringVar(&operator, "validator", "", "operator address of the validator")
	flags.AddQueryFlagsToCmd(cmd)
	return cmd
}

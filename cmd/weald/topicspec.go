// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/client/flags"
	"github.com/cosmos/cosmos-sdk/codec"

	"github.com/weal-network/weal/app"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// newTopicCmd helps stewards to write topics.
func newTopicCmd(wiring *app.App) *cobra.Command {
	cmd := &cobra.Command{Use: "topic", Short: "Write a topic, to open or to change it"}
	cmd.AddCommand(topicSpecCmd(wiring))
	return cmd
}

// specChanges are what `weald topic spec` makes different.
type specChanges struct {
	slug, title, steward string
	sandbox, paid        bool
}

func topicSpecCmd(wiring *app.App) *cobra.Command {
	var changes specChanges
	cmd := &cobra.Command{
		Use:   "spec TOPIC-ID",
		Short: "Print a topic as JSON, to change it or to open one like it",
		Long: "Prints a topic as `weald tx topic create` and `weald tx topic update` take it, with the change that waits for its next epoch. Write it into a\n" +
			"file, edit the file, and send it.",
		Example: "weald topic spec 1 --slug practice --sandbox --steward $(weald keys show alice --address) > practice.json",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			spec, err := askSpec(cmd, args[0])
			if err != nil {
				return err
			}
			if spec, err = changes.apply(spec); err != nil {
				return err
			}
			return printSpec(cmd, wiring.AppCodec(), spec)
		},
	}
	f := cmd.Flags()
	f.StringVar(&changes.slug, "slug", "", "another name for people, to open a topic like it")
	f.StringVar(&changes.title, "title", "", "another title")
	f.StringVar(&changes.steward, "steward", "", "address of who answers for it")
	f.BoolVar(&changes.sandbox, "sandbox", false, "make it a sandbox, without price and bond")
	f.BoolVar(&changes.paid, "paid", false, "make it a paid topic, at the default price and bond where it had none")
	f.String(flags.FlagNode, "tcp://localhost:26657", "RPC address of a node")
	return cmd
}

// askSpec is what a topic will be at its next epoch.
func askSpec(cmd *cobra.Command, id string) (topictypes.TopicSpec, error) {
	clientCtx, err := client.GetClientQueryContext(cmd)
	if err != nil {
		return topictypes.TopicSpec{}, err
	}
	req := topictypes.QueryTopicRequest{}
	if _, err := fmt.Sscan(id, &req.TopicId); err != nil {
		return topictypes.TopicSpec{}, fmt.Errorf("topic id %q is no number: `weald query topic list` shows them", id)
	}
	resp, err := topictypes.NewQueryClient(clientCtx).Topic(cmd.Context(), &req)
	if err != nil {
		return topictypes.TopicSpec{}, err
	}
	if resp.Pending != nil {
		return resp.Pending.Spec, nil
	}
	return resp.Topic.Spec(), nil
}

// apply makes a spec what the flags say.
func (c specChanges) apply(spec topictypes.TopicSpec) (topictypes.TopicSpec, error) {
	if c.sandbox && c.paid {
		return spec, errors.New("--sandbox and --paid contradict each other: give one of them")
	}
	if c.slug != "" {
		if err := topictypes.ValidateSlug(c.slug); err != nil {
			return spec, fmt.Errorf("--slug: %w", err)
		}
		spec.Slug = c.slug
	}
	if c.title != "" {
		spec.Title = c.title
	}
	if c.steward != "" {
		spec.Steward = c.steward
	}
	switch {
	case c.sandbox:
		spec.Sandbox, spec.Pricing, spec.StewardBp = true, topictypes.Pricing{}, 0
	case c.paid && spec.Sandbox:
		spec.Sandbox, spec.Pricing = false, topictypes.DefaultPricing()
	}
	return spec, nil
}

// printSpec writes a spec as the transaction's command reads it. Fields that are empty are
// written too, so that one sees what there is to fill in.
func printSpec(cmd *cobra.Command, cdc codec.Codec, spec topictypes.TopicSpec) error {
	bz, err := cdc.MarshalJSON(&spec)
	if err != nil {
		return err
	}
	var text bytes.Buffer
	if err := json.Indent(&text, bz, "", "  "); err != nil {
		return err
	}
	_, err = fmt.Fprintln(cmd.OutOrStdout(), text.String())
	return err
}

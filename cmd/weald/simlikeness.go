// SPDX-License-Identifier: Apache-2.0

package main

import (
	"github.com/spf13/cobra"

	"github.com/weal-network/weal/cmd/weald/sim"
)

// newSimLikenessCmd compares the rows of validators.
func newSimLikenessCmd() *cobra.Command {
	var f simRun
	var window int
	var beside string
	cmd := &cobra.Command{
		Use:   "likeness [SCENARIO.yaml]",
		Short: "Compare the rows of validators: how alike a pool's are, and which threshold would tell",
		Long: "Plays a scenario and compares the rows of all pairs of validators by the cosine between how far they were from the medians of the epoch, or from\n" +
			"what was public before, averaged over some epochs. Pairs of the first group and of different groups are apart, others together.",
		Example: "weald sim likeness --strategy pooled --honest 14 --validators 6 --power-bp 3000 --shards own --turnover-bp 1000 --window 10",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := f.read(cmd.Flags(), args)
			if err != nil {
				return err
			}
			likeness, err := sim.Alike(cmd.Context(), s, sim.Beside(beside), window, f.workers)
			if err != nil {
				return err
			}
			return likeness.WriteTable(cmd.OutOrStdout())
		},
	}
	f.registerScenario(cmd.Flags())
	cmd.Flags().IntVar(&window, "window", 10, "epochs that a cosine is averaged over")
	cmd.Flags().StringVar(&beside, "beside", string(sim.BesideMedians), "what rows are taken from: medians (of the epoch), public (before it)")
	return cmd
}

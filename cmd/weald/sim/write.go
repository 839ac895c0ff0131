// SPDX-License-Identifier: Apache-2.0

package sim

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"text/tabwriter"
)

// WriteTable writes what each group came to, for people.
func (s *Summary) WriteTable(w io.Writer) error {
	c := s.Scenario
	fmt.Fprintf(w, "%s\nrules %s, %s shards, %d items, %d epochs of which %d are not counted, %d seeds from %d",
		c.Name, c.Rules, c.Shards, c.Items, c.Epochs, c.Warmup, c.Seeds, c.Seed)
	if c.Coverage > 0 {
		fmt.Fprintf(w, ", coverage %d", c.Coverage)
	}
	if c.Sharpness > 1 {
		fmt.Fprintf(w, ", sharpness %d", c.Sharpness)
	}
	if s.Void > 0 {
		fmt.Fprintf(w, ", %s%% of the epochs void", decimal(100*s.Void, 1))
	}
	fmt.Fprint(w, "\n\n")
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "group\tstrategy\tvalidators\tpower\tpart of dividends\tper power, beside %s\tpay of its items, beside honest play\trevenue, beside honest play\n", c.Groups[0].Name)
	for _, l := range s.Lines {
		pay := "-"
		if l.Pay != nil {
			pay = l.Pay.String()
		}
		fmt.Fprintf(t, "%s\t%s\t%d\t%s%%\t%s\t%s\t%s\t%s\n", l.Group.Name, l.Group.Strategy, l.Group.Validators,
			decimal(float64(l.Group.PowerBp)/100, 0), decimal(l.Share.Mean, 4), l.Dividend, pay, l.Revenue)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	if err := s.writeContributors(w); err != nil {
		return err
	}
	_, err := fmt.Fprintln(w, "\nmeans over the seeds, with the bounds of 95 of 100 bootstraps on either side")
	return err
}

// writeContributors writes what each contributor came to.
func (s *Summary) writeContributors(w io.Writer) error {
	if len(s.Scenario.Contributors) == 0 {
		return nil
	}
	fmt.Fprintln(w)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "contributor\tstrategy\tpart of contributors' pay\tbeside submitting steps at once")
	for i, c := range s.Scenario.Contributors {
		share := over(s.Results, func(k int) float64 { return ContributorShare(s.Results[k], i) })
		beside := over(s.Results, func(k int) float64 { return ContributorBeside(s.Results[k], s.Honest[k], i) })
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", c.Name, c.Strategy, share, beside)
	}
	if s.Scenario.Rules == RulesDefault {
		credit := over(s.Results, func(k int) float64 { return Credit(s.Results[k]) })
		fmt.Fprintf(t, "credited of true progress\t\t%s\t\n", credit)
	}
	return t.Flush()
}

// String is the mean and its bounds.
func (f Figure) String() string {
	return fmt.Sprintf("%s (%s to %s)", decimal(f.Mean, 3), decimal(f.Low, 3), decimal(f.High, 3))
}

func decimal(x float64, digits int) string { return strconv.FormatFloat(x, 'f', digits, 64) }

// WriteCSV writes one line a seed and group.
func (s *Summary) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	lines := [][]string{{
		"seed", "group", "strategy", "validators", "power_bp", "epochs", "void", "dividends",
		"per_power_beside_first", "pay", "pay_beside_honest", "revenue_beside_honest",
	}}
	for k, r := range s.Results {
		for i, g := range s.Scenario.Groups {
			lines = append(lines, []string{
				strconv.FormatUint(r.Seed, 10), g.Name, g.Strategy, strconv.Itoa(g.Validators), strconv.FormatInt(g.PowerBp, 10),
				strconv.Itoa(r.Epochs), strconv.Itoa(r.Void), r.Groups[i].Dividends.String(), decimal(PerPower(r, i, 0), 6),
				r.Groups[i].Pay.String(), decimal(PayBeside(r, s.Honest[k], i), 6), decimal(RevenueBeside(r, s.Honest[k], i), 6),
			})
		}
	}
	return out.WriteAll(lines)
}

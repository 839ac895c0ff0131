// SPDX-License-Identifier: Apache-2.0

package gates

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"text/tabwriter"

	"github.com/weal-network/weal/cmd/weald/sim"
)

// Line is a gate with what it came to under each rule set.
type Line struct {
	Gate     Gate
	Outcomes []Outcome
}

// PlayAll plays gates under all rule sets. progress, when not nil, is called after each gate.
func PlayAll(ctx context.Context, table []Gate, size Size, progress func(done, all int)) ([]Line, error) {
	var lines []Line
	for i, g := range table {
		line := Line{Gate: g}
		for _, rules := range sim.RuleSets() {
			outcome, err := g.Play(ctx, rules, size)
			if err != nil {
				return nil, err
			}
			line.Outcomes = append(line.Outcomes, outcome)
		}
		lines = append(lines, line)
		if progress != nil {
			progress(i+1, len(table))
		}
	}
	return lines, nil
}

// Failed lists the gates that a rule set falls short of.
func Failed(lines []Line, rules string) []string {
	var names []string
	for _, l := range lines {
		for _, o := range l.Outcomes {
			if o.Rules == rules && !o.Passed && !o.Absent {
				names = append(names, fmt.Sprintf("%s (%s shards)", l.Gate.Name, l.Gate.Shards))
			}
		}
	}
	return names
}

// verdict is the outcome in a word.
func (g *Gate) verdict(o Outcome) string {
	switch {
	case o.Absent, g.Least == nil && g.Most == nil:
		return ""
	case o.Passed:
		return "pass"
	default:
		return "FAIL"
	}
}

// text is the figure with its bounds.
func (o Outcome) text() string {
	if o.Absent {
		return "-"
	}
	return o.Figure.String()
}

// WriteTable writes all gates, for people.
func WriteTable(w io.Writer, lines []Line, size Size) error {
	fmt.Fprintf(w, "%d seeds, %d epochs of which %d are not counted; mean, and bounds of 95 of 100 bootstraps, of the variant nearest to its limit\n\n",
		size.Seeds, size.Epochs, size.Warmup)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprint(t, "gate\tshards\tfigure\tlimit")
	for _, rules := range sim.RuleSets() {
		fmt.Fprintf(t, "\t%s\t", rules)
	}
	fmt.Fprintln(t)
	for i := range lines {
		l := &lines[i]
		fmt.Fprintf(t, "%s\t%s\t%s\t%s", l.Gate.Name, l.Gate.Shards, l.Gate.Figure, l.Gate.Limit())
		for _, o := range l.Outcomes {
			fmt.Fprintf(t, "\t%s\t%s", o.text(), l.Gate.verdict(o))
		}
		fmt.Fprintln(t)
	}
	return t.Flush()
}

// WriteMarkdown writes all gates as a table of a document.
func WriteMarkdown(w io.Writer, lines []Line) error {
	head, rule := "| gate | shards | figure | limit |", "|---|---|---|---|"
	for _, rules := range sim.RuleSets() {
		head, rule = head+" "+rules+" |", rule+"---|"
	}
	fmt.Fprintln(w, head)
	fmt.Fprintln(w, rule)
	for i := range lines {
		l := &lines[i]
		fmt.Fprintf(w, "| %s | %s | %s | %s |", l.Gate.Name, l.Gate.Shards, l.Gate.Figure, l.Gate.Limit())
		for _, o := range l.Outcomes {
			text := o.text()
			if verdict := l.Gate.verdict(o); verdict != "" {
				text += " " + verdict
			}
			fmt.Fprintf(w, " %s |", text)
		}
		if _, err := fmt.Fprintln(w); err != nil {
			return err
		}
	}
	return nil
}

// WriteCSV writes one line a gate and rule set.
func WriteCSV(w io.Writer, lines []Line) error {
	rows := [][]string{{"gate", "shards", "figure", "limit", "rules", "mean", "low", "high", "verdict", "variant"}}
	for i := range lines {
		l := &lines[i]
		for _, o := range l.Outcomes {
			rows = append(rows, []string{
				l.Gate.Name, string(l.Gate.Shards), l.Gate.Figure, l.Gate.Limit(), o.Rules,
				number(o.Figure.Mean), number(o.Figure.Low), number(o.Figure.High), l.Gate.verdict(o), o.Variant,
			})
		}
	}
	return csv.NewWriter(w).WriteAll(rows)
}

func number(x float64) string { return strconv.FormatFloat(x, 'f', 6, 64) }

// SPDX-License-Identifier: Apache-2.0

package localnet

import (
	"fmt"
	"io"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/lipgloss/table"

	"github.com/weal-network/weal/app"
)

// view shows reports: a table that is redrawn in place on a terminal, plain lines elsewhere.
type view struct {
	net  *Network
	last string
}

func newView(n *Network) *view { return &view{net: n} }

// Control sequences of ECMA-48: cursor home, erase to the line's end, erase to the screen's end.
const (
	home       = "\x1b[H"
	eraseLine  = "\x1b[K"
	eraseBelow = "\x1b[J"
)

func (v *view) show(r Report) {
	if !v.net.opts.Terminal {
		v.plain(r)
		return
	}
	v.net.mu.Lock()
	notes := strings.Join(v.net.notes, "\n")
	v.net.mu.Unlock()
	screen := strings.Join([]string{headline(r), modelTable(r), validatorTable(r), notes, v.net.addresses(), "Ctrl-C stops everything; the state is kept."}, "\n")
	screen = strings.ReplaceAll(screen, "\n", eraseLine+"\n")
	fmt.Fprint(v.net.opts.Out, home+screen+eraseLine+"\n"+eraseBelow)
}

// addresses is what somebody needs who submits a model of their own.
func (n *Network) addresses() string {
	return fmt.Sprintf("submit yours: WEAL_STORE=%s WEAL_GRPC=%s", n.storeURL(), local(n.state.Nodes[0].Ports.GRPC))
}

func (v *view) trouble(err error) {
	if v.last == err.Error() {
		return
	}
	v.last = err.Error()
	v.net.say("the first node does not answer: %s", complaint(err.Error()))
}

// plain prints a few lines when the epoch or its phase has changed.
func (v *view) plain(r Report) {
	key := fmt.Sprint(r.Epoch, r.Phase, r.ScoredEpochs)
	if key == v.last {
		return
	}
	v.last = key
	printPlain(v.net.opts.Out, r)
}

func printPlain(out io.Writer, r Report) {
	fmt.Fprintln(out, headline(r))
	for _, m := range r.Models {
		fmt.Fprintf(out, "  %-10s #%-3s %s bits/byte  consensus %.4f  incentive %.4f  earned %s  claimed %s  %s\n",
			m.Name, idText(m), bitsText(m), m.Consensus, m.Incentive, Weal(m.RewardUweal), Weal(m.ClaimedUweal), remark(m))
	}
	for _, val := range r.Validators {
		fmt.Fprintf(out, "  %-10s trust %.4f  innovation %.4f  dividends %s  misses %d  %s\n", val.Name, val.Trust, val.Innovation, Weal(val.DividendsUweal), val.Misses, doing(val))
	}
}

func headline(r Report) string {
	audit := "audit ok"
	if !r.AuditOK {
		audit = "AUDIT FAILED: see `weald query emission audit`"
	}
	return fmt.Sprintf("%s  height %d  epoch %d %s, %d blocks left  %d scored  supply %s  issued %s  %s",
		r.Topic, r.Height, r.Epoch, r.Phase, r.BlocksLeft, r.ScoredEpochs, Weal(r.Supply), Weal(r.Issued), audit)
}

func modelTable(r Report) string {
	t := table.New().Border(lipgloss.RoundedBorder()).
		Headers("model", "#", "bits/byte", "quality", "consensus", "incentive", "earned", "claimed", "")
	for _, m := range r.Models {
		t.Row(m.Name, idText(m), bitsText(m), fmt.Sprint(m.Quality), fmt.Sprintf("%.4f", m.Consensus),
			fmt.Sprintf("%.4f", m.Incentive), Weal(m.RewardUweal), Weal(m.ClaimedUweal), remark(m))
	}
	return t.String()
}

func validatorTable(r Report) string {
	t := table.New().Border(lipgloss.RoundedBorder()).
		Headers("validator", "power", "trust", "innovation", "dividends", "misses", "last reveal", "now")
	for _, v := range r.Validators {
		t.Row(v.Name, Weal(v.Power), fmt.Sprintf("%.4f", v.Trust), fmt.Sprintf("%.4f", v.Innovation), Weal(v.DividendsUweal), fmt.Sprint(v.Misses),
			fmt.Sprint(v.LastRevealHeight), doing(v))
	}
	return t.String()
}

func idText(m ModelRow) string {
	if m.ID == 0 {
		return "-"
	}
	return fmt.Sprint(m.ID)
}

func bitsText(m ModelRow) string {
	if m.BitsPerByte == nil {
		return "-"
	}
	return fmt.Sprintf("%.4f", *m.BitsPerByte)
}

func remark(m ModelRow) string {
	switch {
	case m.Refused != "":
		return "refused: " + shorten(strings.TrimPrefix(m.Refused, "weald submit: exit status 1: "), 44)
	case m.CopyOf != 0:
		return fmt.Sprintf("same outputs as #%d", m.CopyOf)
	case len(m.Parents) > 0:
		return fmt.Sprintf("built on %v", m.Parents)
	default:
		return ""
	}
}

func doing(v ValidatorRow) string {
	switch {
	case v.Revealed:
		return "revealed"
	case v.Committed:
		return "committed"
	default:
		return "measuring"
	}
}

func shorten(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}

// Weal writes an amount of the base denom in WEAL, with all its digits.
func Weal(uweal uint64) string {
	return fmt.Sprintf("%d.%0*d WEAL", uweal/app.UnitsPerWeal, app.DenomExponent, uweal%app.UnitsPerWeal)
}

// SPDX-License-Identifier: Apache-2.0

package sim

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// A plot's size, and the frame of its axes, in pixels.
const (
	plotWidth, plotHeight    = 860, 420
	frameLeft, frameTop      = 60, 50
	frameWidth, frameHeight  = 620, 310
	smoothing                = 10
	plotTop                  = 1.5
	gridLines                = 6
	legendLeft, legendHeight = frameLeft + frameWidth + 15, 20
)

var inks = []string{"#1b6ca8", "#c0392b", "#27824a", "#8e44ad", "#d68910", "#117a65", "#7f8c8d", "#2c3e50"}

// WriteSVG draws what the power of each group earns, epoch by epoch, beside the share of the
// scoring budget that it would have if everybody were paid alike: the mean over seeds of the
// last ten epochs.
func (s *Summary) WriteSVG(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="12">`+"\n", plotWidth, plotHeight)
	fmt.Fprintf(&b, `<rect width="%d" height="%d" fill="white"/>`+"\n", plotWidth, plotHeight)
	text(&b, frameLeft, 20, "start", s.Scenario.Name+" ("+s.Scenario.Rules+" rules, "+string(s.Scenario.Shards)+" shards)")
	text(&b, frameLeft, 38, "start", "dividend per power, 1 = the whole scoring budget by power; mean of ten epochs and all seeds")
	for k := range gridLines + 1 {
		y := frameTop + frameHeight*k/gridLines
		fmt.Fprintf(&b, `<path d="M%d %dh%d" stroke="#ddd"/>`+"\n", frameLeft, y, frameWidth)
		text(&b, frameLeft-8, y+4, "end", decimal(plotTop-plotTop*float64(k)/gridLines, 2))
		x := frameLeft + frameWidth*k/gridLines
		text(&b, x, frameTop+frameHeight+18, "middle", fmt.Sprint(s.Scenario.Epochs*k/gridLines))
	}
	text(&b, frameLeft+frameWidth/2, plotHeight-8, "middle", "epoch")
	warm := frameLeft + frameWidth*s.Scenario.Warmup/s.Scenario.Epochs
	fmt.Fprintf(&b, `<path d="M%d %dv%d" stroke="#999" stroke-dasharray="4 4"/>`+"\n", warm, frameTop, frameHeight)
	for i, g := range s.Scenario.Groups {
		ink := inks[i%len(inks)]
		fmt.Fprintf(&b, `<polyline fill="none" stroke="%s" stroke-width="1.5" points="%s"/>`+"\n", ink, s.points(i))
		y := frameTop + 10 + legendHeight*i
		fmt.Fprintf(&b, `<path d="M%d %dh14" stroke="%s" stroke-width="3"/>`+"\n", legendLeft, y, ink)
		text(&b, legendLeft+20, y+4, "start", g.Name)
	}
	b.WriteString("</svg>\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func text(b *strings.Builder, x, y int, anchor, s string) {
	fmt.Fprintf(b, `<text x="%d" y="%d" text-anchor="%s">`, x, y, anchor)
	// A strings.Builder returns no error.
	_ = xml.EscapeText(b, []byte(s))
	b.WriteString("</text>\n")
}

// points is the line of a group.
func (s *Summary) points(group int) string {
	sums := make([]float64, s.Scenario.Epochs)
	for _, r := range s.Results {
		for t, d := range r.Groups[group].Series {
			sums[t] += ratio(d, 1<<32)
		}
	}
	fair := ratio(s.Scenario.Groups[group].PowerBp, basisPoints) * float64(len(s.Results))
	var b strings.Builder
	window := 0.0
	for t, sum := range sums {
		window += sum
		if t >= smoothing {
			window -= sums[t-smoothing]
		}
		height := min(window/float64(min(t+1, smoothing))/fair, plotTop)
		x := float64(frameWidth*t) / float64(max(1, s.Scenario.Epochs-1))
		y := float64(height*frameHeight) / plotTop
		fmt.Fprintf(&b, "%s,%s ", decimal(frameLeft+x, 1), decimal(frameTop+frameHeight-y, 1))
	}
	return strings.TrimSpace(b.String())
}

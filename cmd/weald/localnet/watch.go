// SPDX-License-Identifier: Apache-2.0

package localnet

import (
	"cmp"
	"context"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	emissiontypes "github.com/weal-network/weal/x/emission/types"
	scoringtypes "github.com/weal-network/weal/x/scoring/types"
	topictypes "github.com/weal-network/weal/x/topic/types"
)

// q32 is the unit of the chain's fractions.
const q32 = 1 << 32

// watcher follows the topic and keeps what has to be added up over epochs.
type watcher struct {
	net       *Network
	chain     *chain
	topic     topictypes.Topic
	paid      uint64
	dividends map[string]uint64
	parents   map[uint64][]uint64
	scored    uint64
	lastScore uint64
	begun     bool
}

// watch shows the network until ctx ends or the epochs asked for are over, claims for the sample contributors after each
// epoch, and writes the report.
func (n *Network) watch(ctx context.Context, c *chain) error {
	resp, err := c.topic.TopicBySlug(ctx, &topictypes.QueryTopicBySlugRequest{Slug: topicSlug})
	if err != nil {
		return fmt.Errorf("the chain has no topic %q: put it into genesis.app_state.topic of %s: %w", topicSlug, n.opts.ConfigPath, err)
	}
	w := &watcher{net: n, chain: c, topic: resp.Topic, dividends: map[string]uint64{}, parents: map[uint64][]uint64{}}
	v := newView(n)
	ticker := time.NewTicker(pollInterval)
	defer ticker.Stop()
	for {
		before := w.scored
		report, err := w.read(ctx)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			// A node that is starting again answers in a moment.
			v.trouble(err)
		default:
			v.show(report)
			if w.scored != before {
				n.claim(ctx, report.Models)
			}
			if n.opts.Epochs > 0 && w.scored >= n.opts.Epochs && n.allSubmitted() {
				return w.finish(ctx, v)
			}
		}
		n.rememberPIDs()
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ticker.C:
		}
	}
}

// finish reads once more, after the last claims, and writes the report.
func (w *watcher) finish(ctx context.Context, v *view) error {
	report, err := w.read(ctx)
	if err != nil {
		return err
	}
	v.show(report)
	if w.net.opts.ReportPath == "" {
		return nil
	}
	return writeReport(w.net.opts.ReportPath, report)
}

func (n *Network) allSubmitted() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return !slices.ContainsFunc(n.state.Models, func(m *model) bool { return m.ID == 0 && m.Refused == "" })
}

// rememberPIDs writes the processes' ids down when they have changed.
func (n *Network) rememberPIDs() {
	n.mu.Lock()
	defer n.mu.Unlock()
	changed := false
	for i, nd := range n.state.Nodes {
		now := pids{Node: n.processes[2*i].currentPID(), Evaluator: n.processes[2*i+1].currentPID()}
		changed = changed || now != nd.PIDs
		nd.PIDs = now
	}
	if changed {
		// The state is written again at the next change; nothing but these ids would be lost.
		_ = n.state.save(n.home)
	}
}

func (w *watcher) read(ctx context.Context) (Report, error) {
	meta, err := w.chain.scoring.Metagraph(ctx, &scoringtypes.QueryMetagraphRequest{TopicId: w.topic.Id})
	if err != nil {
		return Report{}, err
	}
	issuance, err := w.chain.emission.Issuance(ctx, &emissiontypes.QueryIssuanceRequest{})
	if err != nil {
		return Report{}, err
	}
	audit, err := w.chain.emission.Audit(ctx, &emissiontypes.QueryAuditRequest{})
	if err != nil {
		return Report{}, err
	}
	w.count(meta.ResultEpoch)
	if err := w.addDividends(ctx, meta.ResultEpoch); err != nil {
		return Report{}, err
	}
	report := Report{
		Height: meta.Height, Topic: w.topic.Slug, ScoredEpochs: w.scored,
		Supply: issuance.Supply, Issued: issuance.Issuance.Minted, AuditOK: audit.Ok,
	}
	report.Epoch, report.Phase, report.BlocksLeft = phase(meta)
	if report.Models, err = w.models(ctx, meta); err != nil {
		return Report{}, err
	}
	report.Validators = w.validators(meta)
	return report, nil
}

// count counts the scored epochs that were seen since this run began.
func (w *watcher) count(resultEpoch uint64) {
	if w.begun && resultEpoch > w.lastScore {
		w.scored++
	}
	w.begun, w.lastScore = true, resultEpoch
}

// phase says where the topic's clock stands.
func phase(meta *scoringtypes.QueryMetagraphResponse) (epoch uint64, name string, left int64) {
	e := meta.Epoch
	switch {
	case e == nil || meta.Height > e.EndHeight:
		return meta.Clock.Epoch, "waiting", meta.Clock.NextStart - meta.Height
	case meta.Height+1 < e.RevealHeight:
		return e.Number, "commit", e.RevealHeight - meta.Height - 1
	default:
		return e.Number, "reveal", e.EndHeight - meta.Height
	}
}

// addDividends adds what the epochs since the last call paid to validators.
func (w *watcher) addDividends(ctx context.Context, resultEpoch uint64) error {
	for w.paid < resultEpoch {
		resp, err := w.chain.emission.EpochPayment(ctx, &emissiontypes.QueryEpochPaymentRequest{TopicId: w.topic.Id, Epoch: w.paid + 1})
		switch {
		case err == nil:
			for _, d := range resp.Payment.Dividends {
				w.dividends[d.Operator] += d.Amount
			}
		case !isNotFound(err):
			return err
		}
		// A void epoch paid nothing.
		w.paid++
	}
	return nil
}

func (w *watcher) models(ctx context.Context, meta *scoringtypes.QueryMetagraphResponse) ([]ModelRow, error) {
	w.net.mu.Lock()
	known := slices.Clone(w.net.state.Models)
	w.net.mu.Unlock()
	measured := w.net.measurements(ctx, w.topic.Id)
	byID := make(map[uint64]scoringtypes.MetagraphContribution, len(meta.Contributions))
	for _, c := range meta.Contributions {
		byID[c.Id] = c
	}
	var rows []ModelRow
	for _, m := range known {
		row := ModelRow{Name: m.Name, ID: m.ID, SHA256: m.SHA256, Refused: m.Refused, Parents: []uint64{}, account: m.Contributor}
		if m.ID != 0 {
			if err := w.fill(ctx, &row, byID[m.ID], measured); err != nil {
				return nil, err
			}
			delete(byID, m.ID)
		}
		rows = append(rows, row)
	}
	// What people submitted by themselves is shown by its digest.
	for _, c := range meta.Contributions {
		if _, theirs := byID[c.Id]; !theirs {
			continue
		}
		digest := hex.EncodeToString(c.Sha256)
		row := ModelRow{Name: digest[:min(8, len(digest))], ID: c.Id, SHA256: digest}
		if err := w.fill(ctx, &row, c, measured); err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	slices.SortStableFunc(rows, func(a, b ModelRow) int { return cmp.Compare(a.ID-1, b.ID-1) })
	return rows, nil
}

func (w *watcher) fill(ctx context.Context, row *ModelRow, c scoringtypes.MetagraphContribution, measured map[uint64]measurement) error {
	resp, err := w.chain.emission.Reward(ctx, &emissiontypes.QueryRewardRequest{ContributionId: row.ID})
	if err != nil {
		return err
	}
	a := resp.Account
	row.RewardUweal, row.ClaimedUweal, row.mature = a.Immature+a.Mature+a.Claimed, a.Claimed, a.Mature
	row.Quality, row.Consensus, row.Incentive = c.Quality, float64(c.Consensus)/q32, float64(c.Incentive)/q32
	if m, ok := measured[row.ID]; ok {
		row.BitsPerByte, row.CopyOf = m.bitsPerByte, m.copyOf
	}
	row.Parents, err = w.parentsOf(ctx, row.ID)
	return err
}

// parentsOf asks once a contribution: lineage never changes.
func (w *watcher) parentsOf(ctx context.Context, id uint64) ([]uint64, error) {
	if ids, ok := w.parents[id]; ok {
		return ids, nil
	}
	resp, err := contributiontypes.NewQueryClient(w.chain.conn).Contribution(ctx, &contributiontypes.QueryContributionRequest{ContributionId: id})
	if err != nil {
		return nil, err
	}
	ids := make([]uint64, 0, len(resp.Contribution.Parents))
	for _, p := range resp.Contribution.Parents {
		ids = append(ids, p.Id)
	}
	w.parents[id] = ids
	return ids, nil
}

func (w *watcher) validators(meta *scoringtypes.QueryMetagraphResponse) []ValidatorRow {
	rows := make([]ValidatorRow, 0, len(w.net.state.Nodes))
	for _, nd := range w.net.state.Nodes {
		row := ValidatorRow{Name: nd.Name, Operator: nd.Operator, DividendsUweal: w.dividends[nd.Operator]}
		i := slices.IndexFunc(meta.Validators, func(v scoringtypes.MetagraphValidator) bool { return v.Operator == nd.Operator })
		if i >= 0 {
			v := meta.Validators[i]
			row.Power, row.Trust, row.Misses = v.Power, float64(v.Trust)/q32, v.Record.Misses
			row.Innovation = float64(v.Record.Innovation) / q32
			row.Committed, row.Revealed, row.LastRevealHeight = v.Committed, v.Revealed, v.Record.LastRevealHeight
		}
		rows = append(rows, row)
	}
	return rows
}

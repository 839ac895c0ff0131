// SPDX-License-Identifier: Apache-2.0

package yuma_test

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/stretchr/testify/require"
)

// moments joins what all the lists of a case say of the same epoch.
func (s *scenario) moments() []moment {
	var out []moment
	for _, name := range []string{
		"steps", "epochs", "schedule", "weights_schedule", "weights_by_epoch", "weights", "set_weights", "events", "registrations",
		"resets", "bonds_resets", "reset_bonds", "bonds_reset", "expect", "expected", "expectations", "checkpoints", "targets",
		"targets_bonds", "targets_dividends", "expect_bonds", "expect_dividends",
	} {
		v := s.c.take(name)
		if flag, is := v.(bool); v == nil || is && flag { // bonds may be reset: no news
			continue
		}
		for _, m := range s.entries(name, v) {
			out = join(out, m)
		}
	}
	if n := s.c.take("n_epochs", "num_epochs", "epochs_total", "last_epoch"); n != nil {
		out = join(out, s.last("epochs", n))
	}
	slices.SortStableFunc(out, func(a, b moment) int {
		if a.byEpoch && b.byEpoch {
			return a.epoch - b.epoch
		}
		return 0
	})
	return out
}

// join adds a moment, or its fields to the one of the same epoch.
func join(to []moment, m moment) []moment {
	for _, have := range to {
		if have.byEpoch && m.byEpoch && have.epoch == m.epoch {
			for name, v := range m.f.values {
				if have.f.values[name] == nil {
					have.f.values[name] = v
				}
			}
			maps.Copy(have.f.used, m.f.used)
			return to
		}
	}
	return append(to, m)
}

// last is the last epoch that is played, of which nothing else is said.
func (s *scenario) last(name string, v any) moment {
	of := someOf(s.t, v)
	return moment{f: object(s.t, name, map[string]any{}), epoch: of[len(of)-1], byEpoch: true}
}

// entries are the objects of a list, those that a map names by epoch, or one object.
func (s *scenario) entries(name string, v any) []moment {
	var out []moment
	switch v := v.(type) {
	case []any:
		for _, raw := range v {
			out = append(out, s.entry(name, raw)...)
		}
	case map[string]any:
		if v["epoch"] != nil {
			return s.entry(name, v)
		}
		for at, raw := range v {
			f, is := raw.(map[string]any)
			if !is {
				f = map[string]any{bare(name): raw}
			}
			f = maps.Clone(f)
			f["epoch"] = at
			out = append(out, s.entry(name, f)...)
		}
	default:
		words, is := v.(string)
		if at := regexp.MustCompile(`(?i)epoch\D{0,3}(\d+)`).FindStringSubmatch(words); is && at != nil && strings.Contains(name, "reset") {
			return s.entry(name, map[string]any{"epoch": at[1], "reset_bonds": words})
		}
		out = append(out, s.last(name, v))
	}
	return out
}

// entry is one object, for each epoch that it is about: what happens once happens at the first
// of them, what is expected at the last.
func (s *scenario) entry(name string, raw any) []moment {
	f := object(s.t, name, raw)
	f.values = maps.Clone(f.values)
	f.renameEvents()
	if strings.Contains(name, "reset") {
		if uid := f.take("uid", "uids", "server", "column"); uid != nil {
			f.values["reset_bonds"] = uid
		}
	}
	epochs := f.take("epoch", "epochs", "epoch_range", "range", "from")
	to := f.take("to", "until")
	if block := f.take("block", "at"); block != nil {
		f.where = name + " at block " + asText(block)
		return []moment{{f: f, block: whole(s.t, block)}}
	}
	require.NotNil(s.t, epochs, "%s says no epoch and no block: %v", name, raw)
	of := someOf(s.t, epochs)
	first, last := of[0], of[len(of)-1]
	if to != nil {
		last = whole(s.t, to)
	}
	var out []moment
	for epoch := first; epoch <= last; epoch++ {
		one := f.copy()
		one.where = name + " " + asText(epoch)
		for field := range f.values {
			if epoch > first && isEvent(field) || epoch < last && isExpected(field) {
				delete(one.values, field)
			}
		}
		out = append(out, moment{f: one, epoch: epoch, byEpoch: true})
	}
	return out
}

// renameEvents calls a field that says in words or by its type what happens by what happens.
func (f *fields) renameEvents() {
	for _, name := range []string{"event", "events", "action", "actions"} {
		said := f.values[name]
		if said == nil {
			continue
		}
		all, isAll := said.([]any)
		if !isAll {
			all = []any{said}
		}
		delete(f.values, name)
		for _, one := range all {
			words, what := asText(one), one
			if o, is := one.(map[string]any); is {
				o = maps.Clone(o)
				for _, kind := range []string{"type", "kind", "event", "action"} {
					delete(o, kind)
				}
				what = o
			}
			if strings.Contains(strings.ToLower(words), "reset") {
				f.values["reset_bonds"] = what
			} else {
				registered, _ := f.values["registered"].([]any)
				f.values["registered"] = append(registered, what)
			}
		}
	}
}

// isEvent says whether a field is of something that happens once: a uid that goes to another,
// bonds that are reset.
func isEvent(name string) bool {
	return regexp.MustCompile(`regist|(^|_)dereg|replace|reset`).MatchString(name)
}

func isExpected(name string) bool {
	return strings.HasPrefix(name, "expect") || name == "bonds" || name == "dividends"
}

func (f *fields) copy() *fields {
	out := *f
	out.values, out.used = maps.Clone(f.values), maps.Clone(f.used)
	return &out
}

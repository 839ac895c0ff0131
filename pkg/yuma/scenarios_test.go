// SPDX-License-Identifier: Apache-2.0

package yuma_test

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/pkg/fixed"
	"github.com/weal-network/weal/pkg/yuma"
)

// scenario plays the epochs of a case through the published form.
type scenario struct {
	t       tester
	network *network
	c       *fields
	scope   scope
	// columns are the neurons that rows of weights are about, when not about all.
	columns  []int
	expected expectation
}

const defaultEmission = 1_000_000_000

func newScenario(t tester, c *fields, defaults *fields) *scenario {
	s := &scenario{t: t, c: c, scope: scope{c, c.sub("params"), defaults}}
	if v := s.scope.take("weight_uids", "servers", "server_uids"); v != nil {
		s.columns = wholes(t, v)
	}
	s.expected = expectation{t: t, columns: s.columns, within: tolerance(t, c.take("tolerance", "tol"))}
	if v := s.scope.take("bond_columns"); v != nil {
		s.expected.columns = wholes(t, v)
	}
	s.requireNullMeansUnchanged()
	return s
}

// start makes the network of the given stakes.
func (s *scenario) start(stakes []uint64) {
	s.network = newNetwork(s.t, s.settings(s.scope, len(stakes)), stakes)
	if at := s.scope.take("registered_at", "block_at_registration"); at != nil {
		s.register(at, 0, s.c)
	}
}

// requireNullMeansUnchanged reads the words that say what a missing row of weights means.
func (s *scenario) requireNullMeansUnchanged() {
	if words := s.c.take("weights_when_null"); words != nil {
		require.Contains(s.t, words, "unchanged")
	}
}

// settings reads all that a case, its params or the defaults set.
func (s *scenario) settings(from scope, size int) settings {
	p := yuma.Params{
		Rule: yuma.YUMA2, Kappa: s.sixteen(from, 32767, "kappa_u16", "kappa"),
		BondPenalty:        s.sixteen(from, 65535, "bonds_penalty_u16", "bonds_penalty", "bond_penalty_u16"),
		BondsMovingAverage: fixed.FromRatio(uint64(from.number(900_000, "bonds_moving_average")), 1_000_000),
	}
	if from.flag("yuma3", "yuma3_enabled") {
		p.Rule = yuma.YUMA3
	}
	switch mode := from.take("mode", "rule"); mode {
	case nil:
	case "yuma3":
		p.Rule = yuma.YUMA3
	case "yuma2":
		p.Rule = yuma.YUMA2
	default:
		require.Fail(s.t, "no such mode", "%v, expected yuma2 or yuma3", mode)
	}
	p.LiquidAlpha = yuma.LiquidAlpha{
		Enabled: from.flag("liquid_alpha", "liquid_alpha_enabled"),
		Lo:      s.alpha(from, 0.7, "alpha_low"), Hi: s.alpha(from, 0.9, "alpha_high"),
		Steepness: uint32(from.number(1000, "alpha_sigmoid_steepness", "steepness")),
	}
	p.DropMissingBonds = from.flag("drop_missing_bonds", "omit_zeros")
	require.Zero(s.t, from.number(0, "tao_weight"), "a weight of another token is not part of the engine")
	return settings{
		params: p, tempo: int(from.number(1, "tempo")),
		cutoff:        int(from.number(5_000, "activity_cutoff", "activity_cutoff_blocks")),
		maxValidators: int(from.number(float64(size), "max_validators", "max_allowed_validators")),
		minStake:      uint64(from.number(0, "min_stake", "stake_threshold")),
		owner:         int(from.number(-1, "owner_uid")),
		emission:      uint64(from.number(defaultEmission, "emission_per_epoch", "emission_per_step")),
	}
}

// sixteen reads a fraction: sixteen bits, or a decimal up to 1.
func (s *scenario) sixteen(from scope, otherwise float64, names ...string) fixed.Q32 {
	v := from.take(names...)
	if v == nil {
		return fixed.FromU16(uint16(otherwise))
	}
	if strings.Contains(digits.FindString(asText(v)), ".") {
		return decimal(number(s.t, v))
	}
	return fixed.FromU16(uint16(whole(s.t, v)))
}

func (s *scenario) alpha(from scope, otherwise float64, name string) fixed.Q32 {
	if bits := from.take(name + "_u16"); bits != nil {
		return fixed.FromU16(uint16(whole(s.t, bits)))
	}
	v := from.number(otherwise, name)
	if v > 1 {
		return fixed.FromU16(uint16(v))
	}
	return decimal(v)
}

// moment is what a case says of one epoch.
type moment struct {
	f            *fields
	epoch, block int
	// numbered by epoch, with those left out being played unchanged; else each entry is one.
	byEpoch bool
}

// play plays all entries in the order of their epochs or blocks.
func (s *scenario) play() {
	s.start(s.stakes(s.c.take("stakes", "stake")))
	next := 0
	for _, m := range s.moments() {
		if m.byEpoch {
			for ; next < m.epoch; next++ {
				s.epoch(next + 1)
			}
			next, m.block = m.epoch+1, m.epoch+1
		}
		s.moment(m.f, m.block)
		m.f.close()
	}
}

// playOne plays a case that is one epoch itself.
func (s *scenario) playOne() {
	s.start(s.stakes(s.c.take("stakes")))
	block := 1
	if v := s.c.take("block"); v != nil {
		block = whole(s.t, v)
	}
	s.moment(s.c, block)
}

func (s *scenario) epoch(block int) { s.expected.got = s.network.epoch(s.t, block) }

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

// moment plays one epoch: registrations, weights, resets, the epoch, and what must have come
// of it. Where there are registrations alone, no epoch runs.
func (s *scenario) moment(f *fields, block int) {
	s.network.settings = s.settings(append(scope{f, f.sub("params")}, s.scope...), len(s.network.stakes))
	if stakes := f.take("stakes", "stake"); stakes != nil {
		s.network.stakes = s.stakes(stakes)
	}
	happens, registered := false, false
	for _, name := range f.names() {
		switch {
		case isEvent(name) && !strings.Contains(name, "reset"):
			f.used[name], registered = true, true
			s.register(f.values[name], block, f)
		case !f.used[name] && !readersFields[name] && name != "new_stake":
			happens = true
		}
	}
	if weights := f.take("set_weights", "weights"); weights != nil {
		s.setWeights(block, weights)
	}
	for _, name := range f.names() {
		if strings.Contains(name, "reset") {
			f.used[name] = true
			for _, uid := range s.reset(f.values[name]) {
				s.network.resetBonds(uid)
			}
		}
	}
	if run := f.take("run_epoch", "run"); registered && !happens || run == false {
		return
	}
	s.epoch(block)
	x := s.expected
	x.n = s.network
	if within := f.take("tolerance", "tol"); within != nil {
		x.within = tolerance(s.t, within)
	}
	for _, name := range f.names() {
		if _, is := f.values[name].(map[string]any); is && bare(name) == name && (isExpected(name) || strings.HasPrefix(name, "derived")) {
			x.inside(f, name)
		}
	}
	x.require(f)
}

// reset is who a reset of bonds is about: named by uid, in words, or just the first server.
func (s *scenario) reset(v any) []int {
	switch v := v.(type) {
	case bool:
		if !v {
			return nil
		}
		require.NotEmpty(s.t, s.columns, "whose bonds are reset is not said")
		return s.columns[:1]
	case string:
		if uid := regexp.MustCompile(`(?i)(uid|server|miner|column)\D{0,3}(\d+)`).FindStringSubmatch(v); uid != nil {
			return []int{whole(s.t, uid[2])}
		}
	case map[string]any:
		for _, name := range []string{"uid", "uids", "server", "column"} {
			if v[name] != nil {
				return someOf(s.t, v[name])
			}
		}
	}
	return someOf(s.t, v)
}

// inside compares an object of expectations among the fields.
func (x expectation) inside(f *fields, name string) {
	sub := f.sub(name)
	x.require(sub)
	sub.close()
}

// register reads a uid, several of them, objects with uid, block and stake, words that name
// these, or the blocks of all.
func (s *scenario) register(v any, block int, f *fields) {
	switch v := v.(type) {
	case []any:
		if len(v) == len(s.network.stakes) && registersAll(v) {
			for uid, at := range v {
				s.network.registeredAt[uid] = whole(s.t, at)
			}
			return
		}
		for _, one := range v {
			s.register(one, block, f)
		}
	case map[string]any:
		s.registerOne(object(s.t, "registration", v), block, f)
	case string:
		one := map[string]any{}
		for _, match := range regexp.MustCompile(`(?i)(uids?|block|stake)\D{0,12}?(\d+)`).FindAllStringSubmatch(v, -1) {
			one[strings.TrimSuffix(strings.ToLower(match[1]), "s")] = match[2]
		}
		s.registerOne(object(s.t, v, one), block, f)
	default:
		s.network.register(block, whole(s.t, v), s.newStake(f))
	}
}

// registersAll says whether a list is of blocks rather than of uids or objects: uids rise
// without repeating and start anywhere, and the list of all of them would be no news.
func registersAll(v []any) bool {
	for _, x := range v {
		if _, is := x.(map[string]any); is {
			return false
		}
	}
	return true
}

func (s *scenario) registerOne(one *fields, block int, f *fields) {
	uids := one.take("uid", "uids")
	if uids == nil { // {"3": 1} is uid 3 at block 1
		for uid, at := range one.values {
			one.used[uid] = true
			s.network.register(whole(s.t, at), whole(s.t, uid), s.newStake(f))
		}
		return
	}
	if at := one.take("block", "at_block", "at", "registered_at"); at != nil {
		block = whole(s.t, at)
	}
	stake := s.newStake(f)
	if v := one.take("stake", "new_stake"); v != nil {
		stake = uint64(number(s.t, v))
	}
	for _, uid := range someOf(s.t, uids) {
		s.network.register(block, uid, stake)
	}
	one.take("new_key", "hotkey", "key")
	one.close()
}

// newStake is that of a newly registered key: nothing, unless the case says.
func (s *scenario) newStake(f *fields) uint64 {
	if v, is := f.values["new_stake"]; is {
		f.used["new_stake"] = true
		return uint64(number(s.t, v))
	}
	return 0
}

// stakes are a list, or words like "328 each validator, 0 each server" of a case with
// max_validators and n.
func (s *scenario) stakes(v any) []uint64 {
	words, is := v.(string)
	if !is {
		var out []uint64
		for _, x := range list(s.t, v) {
			out = append(out, uint64(number(s.t, x)))
		}
		return out
	}
	require.Contains(s.t, words, "each validator")
	out := make([]uint64, int(s.scope.number(0, "n")))
	for i := range int(s.scope.number(0, "max_validators")) {
		out[i] = uint64(number(s.t, words))
	}
	return out
}

// setWeights reads objects with uid, uids and values, or rows by uid of which null ones stay
// as they are.
func (s *scenario) setWeights(block int, v any) {
	if rows, is := v.(map[string]any); is {
		for uids, row := range rows {
			for _, uid := range someOf(s.t, uids) {
				s.setRow(block, uid, row)
			}
		}
		return
	}
	for uid, row := range list(s.t, v) {
		if _, is := row.(map[string]any); !is {
			s.setRow(block, uid, row)
			continue
		}
		one := object(s.t, "weights", row)
		at := block
		if v := one.take("at_block", "block"); v != nil {
			at = whole(s.t, v)
		}
		values := one.take("values", "weights", "row")
		for _, uid := range someOf(s.t, one.take("uid", "validator", "validators")) {
			if uids := one.take("uids", "dests"); uids != nil {
				s.network.setWeights(at, uid, wholes(s.t, uids), shorts(s.t, values))
			} else {
				s.setRow(at, uid, values)
			}
		}
		one.close()
	}
}

// setRow reads a row that is dense, over all neurons or the columns of the case, or pairs of
// column and value.
func (s *scenario) setRow(block, uid int, v any) {
	if v == nil {
		return
	}
	row := list(s.t, v)
	if len(row) > 0 && isList(row[0]) {
		var columns []int
		var values []uint16
		for _, pair := range row {
			entry := wholes(s.t, pair)
			columns, values = append(columns, entry[0]), append(values, uint16(entry[1]))
		}
		s.network.setWeights(block, uid, columns, values)
		return
	}
	columns := s.columns
	if len(row) == len(s.network.stakes) {
		columns = indices(len(row))
	}
	require.Len(s.t, row, len(columns), "a row of weights")
	s.network.setWeights(block, uid, columns, shorts(s.t, v))
}

func shorts(t tester, v any) []uint16 {
	var out []uint16
	for _, x := range wholes(t, v) {
		out = append(out, uint16(x))
	}
	return out
}

// uniform plays the graph in which each validator weighs all servers alike.
func (s *scenario) uniform() {
	words, _ := s.c.take("weights").(string)
	_, sets, found := strings.Cut(words, "sets ")
	require.True(s.t, found, "weights are %q, expected them to say what each validator sets", words)
	stakes := s.stakes(s.c.take("stakes"))
	s.start(stakes)
	validators := s.network.maxValidators
	servers := indices(len(stakes))[validators:]
	values := slices.Repeat([]uint16{uint16(number(s.t, sets))}, len(servers))
	expect := s.c.sub("expect")
	for epoch := 1; epoch <= int(s.scope.number(1, "epochs")); epoch++ {
		for i := range validators {
			s.network.setWeights(epoch, i, servers, values)
		}
		s.epoch(epoch)
		x := s.expected
		x.n = s.network
		for name, of := range map[string][]int{"validator": indices(validators), "server": servers} {
			group := expect.sub(name)
			each := group.copy()
			for field, v := range group.values {
				byUID := map[string]any{}
				for _, i := range of {
					byUID[asText(i)] = v
				}
				each.values[field] = byUID
			}
			x.require(each)
			each.close()
		}
	}
	expect.close()
}

// selfWeights plays the graph in which each neuron weighs itself alone, which the diagonal's
// mask leaves with nothing.
func (s *scenario) selfWeights() {
	stakes := s.stakes(s.c.take("stakes"))
	s.start(stakes)
	for epoch := 1; epoch <= int(s.scope.number(1, "epochs")); epoch++ {
		for i := range stakes {
			s.network.setWeights(epoch, i, []int{i}, []uint16{65535})
		}
		s.epoch(epoch)
		s.expected.n = s.network
		s.expected.inside(s.c, "expect")
	}
}

// dropped plays ten epochs of equal weights and one without the first server, with the stakes
// and the parameters of the first series that has liquid alpha.
func (s *scenario) dropped(series *scenario) {
	for name, drops := range map[string]bool{"explicit_zero": false, "omitted": true} {
		want := s.c.sub(name)
		series.start(series.stakes(series.c.values["stakes"]))
		n := series.network
		n.params.DropMissingBonds = drops
		for block := 1; block <= 11; block++ {
			values := []uint16{65535, 65535}
			if block == 11 {
				require.Equal(s.t, whole(s.t, want.take("bond_before_u16")), int(n.bonds[series.columns[0]]), name)
				values[0] = 0
			}
			for i := range n.maxValidators {
				n.setWeights(block, i, series.columns, values)
			}
			n.epoch(s.t, block)
		}
		require.Equal(s.t, whole(s.t, want.take("bond_after_u16")), int(n.bonds[series.columns[0]]), name)
		want.close()
	}
}

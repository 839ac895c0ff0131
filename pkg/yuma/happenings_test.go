// SPDX-License-Identifier: Apache-2.0

package yuma_test

import (
	"regexp"
	"strings"

	"github.com/stretchr/testify/require"
)

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

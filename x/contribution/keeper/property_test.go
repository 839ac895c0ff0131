// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weal-network/weal/x/contribution/types"
)

// machine drives the module at random beside a model that only remembers who
// committed to what, and checks after every step what must always hold.
type machine struct {
	*fixture
	tb     *testing.T
	epoch  uint64
	model  map[uint64]commitOf // every commit ever taken
	lastID uint64
}

type commitOf struct{ who, model string }

var (
	people = []string{"alice", "bob", "carol"}
	models = []string{"a", "b", "c", "d"}
)

func TestWhateverHappensDigestsIdsAndPlacesAgree(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := &machine{fixture: newFixture(t), tb: t, model: map[uint64]commitOf{}}
		m.t = rt
		params := types.DefaultParams()
		params.RevealPeriod, params.MaxPending, params.MaxExpiriesPerBlock = 4, 6, 1
		m.setParams(params)
		rt.Repeat(map[string]func(*rapid.T){
			"commit":     m.commitAny,
			"reveal":     m.revealAny,
			"withdraw":   m.withdrawAny,
			"block":      func(*rapid.T) { m.nextBlock() },
			"epoch":      m.anEpoch,
			"max active": func(t *rapid.T) { m.topics[openID].Schedule.MaxActive = rapid.Uint32Range(1, 4).Draw(t, "places") },
			"":           m.check,
			"export":     func(*rapid.T) { m.exportImport() },
		})
	})
}

func (m *machine) commitAny(t *rapid.T) {
	who, model := rapid.SampledFrom(people).Draw(t, "who"), rapid.SampledFrom(models).Draw(t, "model")
	resp, err := m.msg.CommitContribution(m.ctx, commitMsg(who, model, openID))
	if err != nil {
		require.True(t, errors.Is(err, types.ErrTooManyPending) || errors.Is(err, types.ErrTopicFull), err)
		return
	}
	require.Greater(t, resp.ContributionId, m.lastID, "an id is never used twice")
	m.lastID = resp.ContributionId
	m.model[m.lastID] = commitOf{who, model}
}

func (m *machine) anyID(t *rapid.T) (uint64, bool) {
	if len(m.model) == 0 {
		return 0, false
	}
	return rapid.SampledFrom(slices.Sorted(maps.Keys(m.model))).Draw(t, "id"), true
}

func (m *machine) revealAny(t *rapid.T) {
	id, ok := m.anyID(t)
	if !ok {
		return
	}
	before, getErr := m.keeper.GetContribution(m.ctx, id)
	by := m.model[id]
	owner := m.owner(by.model)
	_, err := m.msg.RevealContribution(m.ctx, revealMsg(by.who, by.model, id))
	switch {
	case getErr != nil:
		require.ErrorIs(t, err, types.ErrContributionNotFound)
	case before.Status != types.STATUS_COMMITTED:
		require.ErrorIs(t, err, types.ErrNotCommitted)
	case m.ctx.BlockHeight() == before.CommittedHeight:
		require.ErrorIs(t, err, types.ErrRevealTooEarly)
	case m.ctx.BlockHeight() > before.RevealDeadline:
		require.ErrorIs(t, err, types.ErrRevealTooLate)
	case owner != 0 && owner < id:
		require.ErrorIs(t, err, types.ErrDigestOwned)
	default:
		require.NoError(t, err)
		require.Equal(t, id, m.owner(by.model))
	}
}

func (m *machine) withdrawAny(t *rapid.T) {
	id, ok := m.anyID(t)
	if !ok {
		return
	}
	_, err := m.msg.WithdrawContribution(m.ctx, &types.MsgWithdrawContribution{Contributor: account(m.model[id].who).String(), ContributionId: id})
	if err != nil {
		require.True(t, errors.Is(err, types.ErrContributionNotFound) || errors.Is(err, types.ErrNotWithdrawable), err)
	}
}

// anEpoch ends a block as scoring would: an epoch begins, and is scored or void.
func (m *machine) anEpoch(t *rapid.T) {
	m.epoch++
	pinned := m.begin(m.epoch)
	require.LessOrEqual(t, len(pinned), int(m.topics[openID].Schedule.MaxActive))
	for _, id := range pinned {
		m.checkSettled(t, id)
	}
	if rapid.Bool().Draw(t, "scored") {
		incentive := make([]uint64, len(pinned))
		for i := range incentive {
			incentive[i] = rapid.Uint64Range(0, 9).Draw(t, "incentive")
		}
		m.end(m.epoch, pinned, incentive)
	}
	m.nextBlock()
}

// checkSettled checks the rule of entry: what is measured owns its digest, and no
// earlier commit can be revealed any more.
func (m *machine) checkSettled(t *rapid.T, id uint64) {
	require.Equal(t, id, m.owner(m.model[id].model), "what is measured owns its digest")
	for earlier := range id {
		c, err := m.keeper.GetContribution(m.ctx, earlier)
		require.False(t, err == nil && c.Status == types.STATUS_COMMITTED && c.RevealDeadline > m.ctx.BlockHeight(), "%d is measured before %d is settled", id, earlier)
	}
}

// check is what holds after every step.
func (m *machine) check(t *rapid.T) {
	owners := map[string]uint64{}
	active := []uint64{}
	listed := map[types.Status][]uint64{}
	for _, id := range slices.Sorted(maps.Keys(m.model)) {
		c, err := m.keeper.GetContribution(m.ctx, id)
		if err != nil {
			continue
		}
		listed[c.Status] = append(listed[c.Status], id)
		if c.Status == types.STATUS_COMMITTED {
			continue
		}
		model := m.model[id].model
		if owners[model] == 0 {
			owners[model] = id
		}
		require.True(t, owners[model] == id || c.IsOver(), "%d competes with bytes of %d", id, owners[model])
		if c.Status == types.STATUS_ACTIVE {
			active = append(active, id)
		}
	}
	for _, model := range models {
		require.Equal(t, owners[model], m.owner(model), "the earliest commit that was revealed owns %s", model)
	}
	require.Equal(t, active, m.set().IDs(), "places are the active contributions")
	for number := range types.Status_name {
		st := types.Status(number)
		if st == types.STATUS_UNSPECIFIED {
			continue
		}
		resp, err := m.query.Contributions(m.ctx, &types.QueryContributionsRequest{TopicId: openID, Status: st})
		require.NoError(t, err)
		require.Equal(t, append([]uint64{}, listed[st]...), ids(resp.Contributions))
	}
	m.checkOwned(t)
}

// checkOwned checks that scoring knows whose the measured ones are, and that what
// it has to walk over stays bounded by the set.
func (m *machine) checkOwned(t *rapid.T) {
	set := m.set()
	known := slices.Concat(set.IDs(), set.Left, set.LeftBefore)
	var owned []uint64
	for _, who := range people {
		for _, id := range m.ownedBy(who) {
			require.Equal(t, who, m.model[id].who)
			owned = append(owned, id)
		}
	}
	require.ElementsMatch(t, known, owned)
}

// TestTheOrderOfRevealsDoesNotMatter reveals the same commits in every order that
// is drawn: who owns a digest, and who competes, must come out the same.
func TestTheOrderOfRevealsDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		chosen := rapid.SliceOfN(rapid.SampledFrom(models), 1, 8).Draw(rt, "models")
		order := rapid.Permutation(indexes(len(chosen))).Draw(rt, "order")
		f := newFixture(t)
		f.topics[openID].Schedule.MaxActive = 8
		for i, model := range chosen {
			require.Equal(rt, uint64(i+1), f.commit(fmt.Sprint(i), model))
		}
		f.nextBlock()
		for _, i := range order {
			_, err := f.msg.RevealContribution(f.ctx, revealMsg(fmt.Sprint(i), chosen[i], uint64(i+1)))
			require.True(rt, err == nil || errors.Is(err, types.ErrDigestOwned), err)
		}
		f.atHeight(100) // what was refused expires
		var want []uint64
		for i, model := range chosen {
			if slices.Index(chosen, model) == i {
				want = append(want, uint64(i+1))
			}
		}
		require.Equal(rt, want, f.begin(1))
	})
}

func indexes(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

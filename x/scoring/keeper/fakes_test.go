// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"context"
	"errors"
	"slices"

	sdkmath "cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	contributiontypes "github.com/weal-network/weal/x/contribution/types"
	topictypes "github.com/weal-network/weal/x/topic/types"

	"github.com/weal-network/weal/x/scoring/types"
)

var errFake = errors.New("made to fail")

// fakeAccounts remembers which accounts were created.
type fakeAccounts struct{ created []string }

func (f *fakeAccounts) HasAccount(_ context.Context, addr sdk.AccAddress) bool {
	return slices.Contains(f.created, string(addr))
}

func (f *fakeAccounts) NewAccountWithAddress(_ context.Context, addr sdk.AccAddress) sdk.AccountI {
	return authtypes.NewBaseAccountWithAddress(addr)
}

func (f *fakeAccounts) SetAccount(_ context.Context, acc sdk.AccountI) {
	f.created = append(f.created, string(acc.GetAddress()))
}

// fakeStaking keeps validators in the order in which they were bonded.
type fakeStaking struct {
	codec      operatorCodec
	validators []stakingtypes.Validator
}

type operatorCodec interface {
	BytesToString([]byte) (string, error)
}

func (f *fakeStaking) find(operator sdk.ValAddress) *stakingtypes.Validator {
	name, err := f.codec.BytesToString(operator)
	if err != nil {
		panic(err)
	}
	for i := range f.validators {
		if f.validators[i].OperatorAddress == name {
			return &f.validators[i]
		}
	}
	return nil
}

func (f *fakeStaking) bond(operator sdk.ValAddress, tokens uint64) {
	if v := f.find(operator); v != nil {
		v.Tokens = sdkmath.NewIntFromUint64(tokens)
		return
	}
	name, err := f.codec.BytesToString(operator)
	if err != nil {
		panic(err)
	}
	f.validators = append(f.validators, stakingtypes.Validator{
		OperatorAddress: name, Status: stakingtypes.Bonded, Tokens: sdkmath.NewIntFromUint64(tokens),
	})
}

func (f *fakeStaking) GetValidator(_ context.Context, operator sdk.ValAddress) (stakingtypes.Validator, error) {
	if v := f.find(operator); v != nil {
		return *v, nil
	}
	return stakingtypes.Validator{}, stakingtypes.ErrNoValidatorFound
}

func (f *fakeStaking) GetBondedValidatorsByPower(context.Context) ([]stakingtypes.Validator, error) {
	return slices.DeleteFunc(slices.Clone(f.validators), func(v stakingtypes.Validator) bool { return !v.IsBonded() }), nil
}

// fakeAdmission admits all but those that were revoked.
type fakeAdmission struct{ revoked []string }

func (f *fakeAdmission) ValidatorMayScore(_ context.Context, operator sdk.ValAddress) (bool, error) {
	return !slices.Contains(f.revoked, string(operator)), nil
}

// fakeTopics keeps topics by rising id.
type fakeTopics struct{ topics []topictypes.Topic }

func (f *fakeTopics) find(id uint64) *topictypes.Topic {
	for i := range f.topics {
		if f.topics[i].Id == id {
			return &f.topics[i]
		}
	}
	return nil
}

func (f *fakeTopics) GetTopic(_ context.Context, id uint64) (topictypes.Topic, error) {
	if t := f.find(id); t != nil {
		return *t, nil
	}
	return topictypes.Topic{}, topictypes.ErrTopicNotFound
}

func (f *fakeTopics) BeginEpoch(ctx context.Context, id uint64) (topictypes.Topic, error) {
	return f.GetTopic(ctx, id)
}

func (f *fakeTopics) WalkTopics(_ context.Context, fn func(topictypes.Topic) (bool, error)) error {
	for _, t := range f.topics {
		if stop, err := fn(t); stop || err != nil {
			return err
		}
	}
	return nil
}

// owned says which account owns which contribution of a topic.
type owned struct {
	topic, id uint64
	account   string
}

// fakeContributions measures, in each topic, what the test says. It fails or panics on demand.
type fakeContributions struct {
	sets   map[uint64][]uint64
	owners []owned
	// by are the contributors of those that are not "contributor"'s; kept is what the last epoch was told to keep.
	by        map[uint64]string
	kept      uint64
	ended     []types.EpochResult
	failBegin bool
	failEnd   bool
	panics    bool
}

func (f *fakeContributions) BeginEpoch(_ context.Context, topic topictypes.Topic, _, kept uint64) ([]uint64, error) {
	f.kept = kept
	if f.panics {
		panic("made to panic")
	}
	if f.failBegin {
		return nil, errFake
	}
	return f.sets[topic.Id], nil
}

func (f *fakeContributions) Places(_ context.Context, topicID uint64) (uint32, error) {
	return uint32(len(f.sets[topicID])), nil
}

func (f *fakeContributions) EndEpoch(_ context.Context, topicID, epoch uint64, ids, incentive []uint64) error {
	if f.failEnd {
		return errFake
	}
	f.ended = append(f.ended, types.EpochResult{TopicId: topicID, Epoch: epoch, ContributionIds: ids, Incentive: incentive})
	return nil
}

func (f *fakeContributions) GetContribution(_ context.Context, id uint64) (contributiontypes.Contribution, error) {
	by := f.by[id]
	if by == "" {
		by = "contributor"
	}
	return contributiontypes.Contribution{Id: id, TopicId: 1, Contributor: by, Artifact: contributiontypes.Artifact{Sha256: []byte{byte(id)}}}, nil
}

func (f *fakeContributions) ActiveOwnedBy(_ context.Context, topicID uint64, account sdk.AccAddress) ([]uint64, error) {
	var ids []uint64
	for _, o := range f.owners {
		if o.topic == topicID && o.account == string(account) {
			ids = append(ids, o.id)
		}
	}
	return ids, nil
}

// fakeHooks remembers results, and gives each contribution 7 uweal for each unit of its id, in pieces of which the
// first leave something to do. It fails or panics for one topic on demand, after it has written.
type fakeHooks struct {
	results []types.EpochResult
	// opened are topic and epoch of those that began.
	opened    [][2]uint64
	before    func(ctx context.Context)
	failTopic uint64
	panics    bool
	// pieces is how many pieces an epoch takes beyond the first; done counts those of the epoch at hand.
	pieces, done int
}

func (f *fakeHooks) AfterEpochOpened(_ context.Context, topicID, epoch uint64) error {
	f.opened = append(f.opened, [2]uint64{topicID, epoch})
	return nil
}

func (f *fakeHooks) BeginRewards(context.Context, types.ScoredEpoch) error {
	f.done = 0
	return nil
}

func (f *fakeHooks) GoOnRewards(_ context.Context, _ types.ScoredEpoch, pieces int) (int, bool, error) {
	now := min(pieces, 1+f.pieces-f.done)
	f.done += now
	return now, f.done > f.pieces, nil
}

func (f *fakeHooks) Rewards(_ context.Context, _, _ uint64, ids []uint64) ([]uint64, error) {
	rewards := make([]uint64, len(ids))
	for j, id := range ids {
		rewards[j] = 7 * id
	}
	return rewards, nil
}

func (f *fakeHooks) AfterEpochScored(ctx context.Context, epoch types.ScoredEpoch) error {
	if f.before != nil {
		f.before(ctx)
	}
	if f.failTopic == epoch.TopicID && f.panics {
		panic("made to panic")
	}
	if f.failTopic == epoch.TopicID {
		return errFake
	}
	result := types.EpochResult{
		TopicId: epoch.TopicID, Epoch: epoch.Number, ContributionIds: epoch.IDs, Validators: epoch.Validators, RewardRule: epoch.RewardRule, Shares: epoch.Shares,
	}
	for tile := range types.Tiles(len(epoch.IDs)) {
		if epoch.Tile == nil {
			break
		}
		r, err := epoch.Tile(ctx, tile)
		if err != nil {
			return err
		}
		result.Quality = append(result.Quality, r.Quality...)
		result.Consensus = append(result.Consensus, r.Consensus...)
		result.Incentive = append(result.Incentive, r.Incentive...)
		result.Reward = append(result.Reward, r.Reward...)
	}
	f.results = append(f.results, result)
	return nil
}

// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/weal-network/weal/x/admission/types"
)

func TestABatchIsAdmittedAndEachEntryIsTold(t *testing.T) {
	f := newFixture(t)
	f.later(time.Second)
	keys := []types.AdmissionKey{validatorKey("alice"), contributorKey("alice", 3), stewardKey("bob")}
	f.admit(keys...)
	var want []any
	for _, key := range keys {
		require.True(t, f.holds(key))
		want = append(want, &types.EventAdmitted{Key: key, ReasonUri: "https://example.org/minutes", By: authority})
	}
	require.Equal(t, want, f.events())
	require.False(t, f.holds(validatorKey("bob")), "a role is not another role")
	require.False(t, f.holds(contributorKey("alice", 4)), "a topic is not another topic")

	res, err := f.query.Admission(f.ctx, &types.QueryAdmissionRequest{Role: types.ROLE_STEWARD, Address: account("bob").String()})
	require.NoError(t, err)
	require.Equal(t, f.ctx.BlockTime(), *res.Admission.GrantedAt)
}

func TestABatchIsRevokedAndEachEntryIsTold(t *testing.T) {
	f := newFixture(t)
	keys := []types.AdmissionKey{validatorKey("alice"), contributorKey("alice", 3), stewardKey("bob")}
	f.admit(keys...)
	f.later(time.Second)
	f.revoke(keys[1], keys[2])
	require.True(t, f.holds(keys[0]))
	require.False(t, f.holds(keys[1]))
	require.False(t, f.holds(keys[2]))
	require.Equal(t, []any{
		&types.EventRevoked{Key: keys[1], ReasonUri: "https://example.org/minutes", By: authority},
		&types.EventRevoked{Key: keys[2], ReasonUri: "https://example.org/minutes", By: authority},
	}, f.events())
}

func TestTheWholeBatchIsRefusedForOneEntry(t *testing.T) {
	f := newFixture(t)
	f.admit(stewardKey("known"))
	shouted := stewardKey("alice")
	shouted.Address = strings.ToUpper(shouted.Address)
	spoilt := map[string]struct {
		key  types.AdmissionKey
		want error
	}{
		"no role":                       {types.AdmissionKey{Address: account("alice").String()}, types.ErrInvalidRole},
		"a role that does not exist":    {types.AdmissionKey{Role: 9, Address: account("alice").String()}, types.ErrInvalidRole},
		"a contributor to no topic":     {contributorKey("alice", 0), types.ErrInvalidTopic},
		"a validator of a topic":        {types.AdmissionKey{Role: types.ROLE_VALIDATOR, TopicId: 1, Address: account("alice").String()}, types.ErrInvalidTopic},
		"no address":                    {types.AdmissionKey{Role: types.ROLE_STEWARD}, types.ErrInvalidAddress},
		"an operator's address":         {types.AdmissionKey{Role: types.ROLE_VALIDATOR, Address: operator("alice").String()}, types.ErrInvalidAddress},
		"another spelling":              {shouted, types.ErrInvalidAddress},
		"the same key twice in a batch": {stewardKey("first"), types.ErrDuplicate},
	}
	for name, tc := range spoilt {
		t.Run(name, func(t *testing.T) {
			f.t = t
			f.refusedAdmit(admitMsg(stewardKey("first"), tc.key), tc.want, "entr")
			f.refusedRevoke(revokeMsg(stewardKey("first"), tc.key), tc.want, "entr")
		})
	}
	f.t = t
	f.refusedAdmit(admitMsg(stewardKey("first"), stewardKey("known")), types.ErrAlreadyAdmitted, account("known").String())
	f.refusedRevoke(revokeMsg(stewardKey("known"), contributorKey("first", 2)), types.ErrNotAdmitted, account("first").String(), "topic 2")
}

func TestAReasonIsAShortURIOrNone(t *testing.T) {
	f := newFixture(t)
	f.admit(stewardKey("known"))
	for _, reason := range []string{
		"because", "https:", ":x", "https://example.org/a b", "https://example.org/\u00e9", "https://" + strings.Repeat("x", 249),
	} {
		grant := admitMsg(stewardKey("alice"))
		grant.Grants[0].ReasonUri = reason
		f.refusedAdmit(grant, types.ErrInvalidReason)
		take := revokeMsg(stewardKey("known"))
		take.ReasonUri = reason
		f.refusedRevoke(take, types.ErrInvalidReason)
	}
	for i, reason := range []string{"", "ipfs://bafy", "https://" + strings.Repeat("x", 248)} {
		grant := admitMsg(stewardKey(fmt.Sprint("account", i)))
		grant.Grants[0].ReasonUri = reason
		_, err := f.msg.Admit(f.ctx, grant)
		require.NoError(t, err)
	}
}

func TestABatchHasOneToAHundredEntries(t *testing.T) {
	f := newFixture(t)
	keys := make([]types.AdmissionKey, types.MaxBatch+1)
	for i := range keys {
		keys[i] = stewardKey(fmt.Sprint("account", i))
	}
	f.refusedAdmit(admitMsg(), types.ErrBatchSize)
	f.refusedAdmit(admitMsg(keys...), types.ErrBatchSize, "101")
	f.admit(keys[:types.MaxBatch]...)
	f.admit(keys[types.MaxBatch])
	f.refusedRevoke(revokeMsg(), types.ErrBatchSize)
	f.refusedRevoke(revokeMsg(keys...), types.ErrBatchSize, "101")
	f.revoke(keys[:types.MaxBatch]...)
	require.True(t, f.holds(keys[types.MaxBatch]))
}

func TestOnlyTheAuthorityDecides(t *testing.T) {
	f := newFixture(t)
	f.admit(stewardKey("known"))
	for _, signer := range []string{"", account("alice").String(), "not an address"} {
		grant, take := admitMsg(stewardKey("alice")), revokeMsg(stewardKey("known"))
		grant.Authority, take.Authority = signer, signer
		f.refusedAdmit(grant, sdkerrors.ErrUnauthorized)
		f.refusedRevoke(take, sdkerrors.ErrUnauthorized)
		f.refusedParams(&types.MsgUpdateParams{Authority: signer, Params: types.DefaultParams()}, sdkerrors.ErrUnauthorized)
	}
}

func TestAnAccountMayBeAdmittedAgain(t *testing.T) {
	f := newFixture(t)
	for range 3 {
		f.admit(contributorKey("alice", 1))
		f.revoke(contributorKey("alice", 1))
	}
	require.False(t, f.holds(contributorKey("alice", 1)))
	events := f.events()
	require.Len(t, events, 6)
	require.IsType(t, &types.EventRevoked{}, events[5])
}

func TestAFailingStoreOfValidatorsIsPassedOn(t *testing.T) {
	f := newFixture(t).bonded("alice", "bob")
	f.staking.fail = errDisk
	f.refusedRevoke(revokeMsg(validatorKey("alice")), errDisk)
	cached, _ := f.ctx.CacheContext()
	_, err := f.msg.Admit(cached, admitMsg(validatorKey("carol")))
	require.ErrorIs(t, err, errDisk)
	require.ErrorIs(t, f.keeper.Hooks().AfterValidatorCreated(f.ctx, operator("alice")), errDisk)
}

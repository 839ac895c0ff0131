// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"context"
	"testing"
	"time"

	"github.com/cosmos/gogoproto/proto"
	"github.com/stretchr/testify/require"

	"github.com/weal-network/weal/x/admission/types"
)

// fuzzMsg decodes bytes as a message and has it handled in a world with some of
// everything. Whatever it is, it panics nobody, it is refused without a trace or leaves a
// state that can be exported and begun from, and its second encoding is its first.
func fuzzMsg[M any, P interface {
	*M
	proto.Message
}, R any](f *testing.F, method func(types.MsgServer) func(context.Context, P) (R, error), seeds ...P,
) {
	f.Helper()
	for _, seed := range seeds {
		bz, err := proto.Marshal(seed)
		require.NoError(f, err)
		f.Add(bz)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		msg := P(new(M))
		if proto.Unmarshal(data, msg) != nil {
			return
		}
		bz, err := proto.Marshal(msg)
		require.NoError(t, err)
		again := P(new(M))
		require.NoError(t, proto.Unmarshal(bz, again))
		require.True(t, proto.Equal(msg, again))

		world := newFixture(t).bonded("alice", "bob").fund("carol", "rita")
		require.NoError(t, world.nameRegistrar("rita", types.ROLE_VALIDATOR, types.ROLE_STEWARD))
		world.apply(validatorKey("carol"))
		world.admitUntil(genesisAt.Add(time.Hour), stewardKey("dave"))
		before := world.dump()
		branch, write := world.ctx.CacheContext()
		if _, err := method(world.msg)(branch, msg); err != nil {
			require.Equal(t, before, world.dump())
			return
		}
		write()
		exported := world.export()
		require.NoError(t, exported.Validate())
		require.EqualValues(t, exported.Deposits().Uint64(), world.held())
		world.later(2 * time.Hour)
		world.endBlock()
	})
}

func FuzzAdmit(f *testing.F) {
	fuzzMsg(f, func(s types.MsgServer) func(context.Context, *types.MsgAdmit) (*types.MsgAdmitResponse, error) {
		return s.Admit
	},
		admitMsg(validatorKey("carol"), stewardKey("erin")), untilMsg(genesisAt.Add(time.Minute), stewardKey("dave")), signedBy(admitMsg(stewardKey("erin")), "rita"))
}

func FuzzRevoke(f *testing.F) {
	fuzzMsg(f, func(s types.MsgServer) func(context.Context, *types.MsgRevoke) (*types.MsgRevokeResponse, error) {
		return s.Revoke
	},
		revokeMsg(validatorKey("alice")), revokeMsg(validatorKey("alice"), validatorKey("bob")), signedBy(revokeMsg(stewardKey("dave")), "rita"))
}

func FuzzApply(f *testing.F) {
	fuzzMsg(f, func(s types.MsgServer) func(context.Context, *types.MsgApply) (*types.MsgApplyResponse, error) {
		return s.Apply
	},
		applyMsg(validatorKey("carol")), applyMsg(contributorKey("carol", 3)), applyMsg(stewardKey("rita")))
}

func FuzzWithdrawApplication(f *testing.F) {
	fuzzMsg(f, func(s types.MsgServer) func(context.Context, *types.MsgWithdrawApplication) (*types.MsgWithdrawApplicationResponse, error) {
		return s.WithdrawApplication
	}, &types.MsgWithdrawApplication{Applicant: account("carol").String(), ApplicationId: 1}, &types.MsgWithdrawApplication{Applicant: account("rita").String(), ApplicationId: 1})
}

func FuzzReject(f *testing.F) {
	fuzzMsg(f, func(s types.MsgServer) func(context.Context, *types.MsgReject) (*types.MsgRejectResponse, error) {
		return s.Reject
	},
		&types.MsgReject{Authority: authority, ApplicationIds: []uint64{1}}, &types.MsgReject{Authority: account("rita").String(), ApplicationIds: []uint64{1, 2}})
}

func FuzzResign(f *testing.F) {
	fuzzMsg(f, func(s types.MsgServer) func(context.Context, *types.MsgResign) (*types.MsgResignResponse, error) {
		return s.Resign
	},
		&types.MsgResign{Address: account("alice").String(), Role: types.ROLE_VALIDATOR}, &types.MsgResign{Address: account("dave").String(), Role: types.ROLE_STEWARD})
}

func FuzzSetRegistrar(f *testing.F) {
	fuzzMsg(f, func(s types.MsgServer) func(context.Context, *types.MsgSetRegistrar) (*types.MsgSetRegistrarResponse, error) {
		return s.SetRegistrar
	},
		&types.MsgSetRegistrar{Authority: authority, Registrar: account("rita").String()},
		&types.MsgSetRegistrar{Authority: authority, Registrar: account("erin").String(), Roles: []types.Role{types.ROLE_STEWARD}})
}

func FuzzUpdateParams(f *testing.F) {
	fuzzMsg(f, func(s types.MsgServer) func(context.Context, *types.MsgUpdateParams) (*types.MsgUpdateParamsResponse, error) {
		return s.UpdateParams
	},
		&types.MsgUpdateParams{Authority: authority, Params: types.DefaultParams()}, &types.MsgUpdateParams{Authority: authority})
}

// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/weal-network/weal/x/contribution/types"
)

func TestTheAuthorityReplacesTheParameters(t *testing.T) {
	f := newFixture(t)
	want := types.Params{
		RevealPeriod: 5, MaxPending: 6, IncentiveSmoothingBp: 7, MaxExpiriesPerBlock: 8,
		GuardianPeriodSeconds: 60, GuardianShareBp: 9, GuardianCooldownSeconds: 86_400,
	}
	f.setParams(want)
	resp, err := f.query.Params(f.ctx, &types.QueryParamsRequest{})
	require.NoError(t, err)
	require.Equal(t, want, resp.Params)
	require.Equal(t, &types.EventParamsUpdated{Authority: authority}, f.lastEvent())
}

func TestNobodyElseReplacesTheParametersNorWithWrongOnes(t *testing.T) {
	f := newFixture(t)
	for name, tc := range map[string]struct {
		msg  types.MsgUpdateParams
		want error
	}{
		"another signer": {types.MsgUpdateParams{Authority: account("alice").String(), Params: types.DefaultParams()}, sdkerrors.ErrUnauthorized},
		"no signer":      {types.MsgUpdateParams{Params: types.DefaultParams()}, sdkerrors.ErrUnauthorized},
		"no parameters":  {types.MsgUpdateParams{Authority: authority}, types.ErrInvalidParams},
	} {
		t.Run(name, func(t *testing.T) {
			f.refused(func(ctx context.Context) error { _, err := f.msg.UpdateParams(ctx, &tc.msg); return err }, tc.want)
		})
	}
}

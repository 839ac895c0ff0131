// SPDX-License-Identifier: Apache-2.0

package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/weal-network/weal/x/scoring/types"
)

func TestOnlyTheAuthorityReplacesParameters(t *testing.T) {
	w := newWorld(t)
	params := types.DefaultParams()
	params.KeepEpochs = 7
	w.refuses(sdkerrors.ErrUnauthorized, authority, func() error {
		_, err := w.msgs.UpdateParams(w.ctx, &types.MsgUpdateParams{Authority: accountName("eve"), Params: params})
		return err
	})
	w.refuses(types.ErrInvalidParams, "max_validators is 0: choose 1 to 256", func() error {
		invalid := params
		invalid.MaxValidators = 0
		_, err := w.msgs.UpdateParams(w.ctx, &types.MsgUpdateParams{Authority: authority, Params: invalid})
		return err
	})
	_, err := w.msgs.UpdateParams(w.ctx, &types.MsgUpdateParams{Authority: authority, Params: params})
	require.NoError(t, err)
	res, err := w.queries.Params(w.ctx, &types.QueryParamsRequest{})
	require.NoError(t, err)
	require.Equal(t, params, res.Params)
}

// SPDX-License-Identifier: Apache-2.0

package simulation

import (
	"context"
	"errors"
	"fmt"

	"github.com/cosmos/cosmos-sdk/testutil/simsx"
	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"

	"github.com/weal-network/weal/x/admission/types"
)

// Operations are what accounts send.
func Operations(weights simsx.WeightSource, reg simsx.Registry) {
	reg.Add(weights.Get("admission_admit_unasked", 5), illegal(admitUnasked, sdkerrors.ErrUnauthorized))
}

// Proposals are what voters decide about.
func Proposals(weights simsx.WeightSource, reg simsx.Registry) {
	reg.Add(weights.Get("admission_admit", 50), simsx.SimMsgFactoryFn[*types.MsgAdmit](admit))
	reg.Add(weights.Get("admission_revoke", 20), simsx.SimMsgFactoryFn[*types.MsgRevoke](revoke))
}

// illegal makes an operation of a message that has to fail with want.
func illegal[M sdk.Msg](f simsx.SimMsgFactoryFn[M], want error) simsx.SimMsgFactoryX {
	return simsx.NewSimMsgFactoryWithDeliveryResultHandler(
		func(ctx context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, M, simsx.SimDeliveryResultHandler) {
			signers, msg := f(ctx, data, reporter)
			return signers, msg, func(err error) error {
				if errors.Is(err, want) {
					return nil
				}
				return fmt.Errorf("expected %w, got: %v", want, err) //nolint:errorlint // what was met is only told
			}
		})
}

func admitUnasked(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgAdmit) {
	from := data.AnyAccount(reporter, simsx.WithSpendableBalance())
	return []simsx.SimAccount{from}, &types.MsgAdmit{
		Authority: from.AddressBech32,
		Grants:    []types.Grant{{Key: anyKey(data, reporter)}},
	}
}

func admit(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgAdmit) {
	return nil, &types.MsgAdmit{
		Authority: data.ModuleAccountAddress(reporter, govtypes.ModuleName),
		Grants:    []types.Grant{{Key: anyKey(data, reporter), ReasonUri: "https://example.org/minutes"}},
	}
}

func revoke(_ context.Context, data *simsx.ChainDataSource, reporter simsx.SimulationReporter) ([]simsx.SimAccount, *types.MsgRevoke) {
	return nil, &types.MsgRevoke{
		Authority: data.ModuleAccountAddress(reporter, govtypes.ModuleName),
		Keys:      []types.AdmissionKey{anyKey(data, reporter)},
	}
}

// anyKey names a role of somebody.
func anyKey(data *simsx.ChainDataSource, reporter simsx.SimulationReporter) types.AdmissionKey {
	r := data.Rand()
	key := types.AdmissionKey{
		Role:    types.Role(r.IntInRange(int(types.ROLE_VALIDATOR), int(types.ROLE_STEWARD)+1)),
		Address: data.AnyAccount(reporter).AddressBech32,
	}
	if key.Role == types.ROLE_CONTRIBUTOR {
		key.TopicId = r.Uint64InRange(1, 4)
	}
	return key
}

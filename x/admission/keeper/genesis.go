// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"

	"github.com/weal-network/weal/x/admission/types"
)

// InitGenesis writes a genesis state, whatever the order of its admissions. It jails
// nobody. It has to run before staking's and the genesis transactions: those create
// validators, which ask who is admitted.
func (k *Keeper) InitGenesis(ctx context.Context, g *types.GenesisState) error {
	if err := g.Validate(); err != nil {
		return err
	}
	if err := k.params.Set(ctx, g.Params); err != nil {
		return err
	}
	for _, admission := range g.Admissions {
		if _, err := k.store(ctx, admission); err != nil {
			return err
		}
	}
	return nil
}

// ExportGenesis returns everything that the module keeps, admissions in order of role,
// topic and the bytes of the account.
func (k *Keeper) ExportGenesis(ctx context.Context) (*types.GenesisState, error) {
	params, err := k.params.Get(ctx)
	if err != nil {
		return nil, err
	}
	g := &types.GenesisState{Params: params}
	err = k.admissions.Walk(ctx, nil, func(_ admissionKey, admission types.Admission) (bool, error) {
		g.Admissions = append(g.Admissions, admission)
		return false, nil
	})
	return g, err
}

// SPDX-License-Identifier: Apache-2.0

package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"

	"github.com/weal-network/weal/x/admission/types"
)

// InitGenesis writes a genesis state, whatever the order of its records. It jails nobody.
// It has to run before staking's and the genesis transactions: those create validators,
// which ask who is admitted; and after bank's, which holds the deposits.
func (k *Keeper) InitGenesis(ctx context.Context, g *types.GenesisState) error {
	if err := g.Validate(); err != nil {
		return err
	}
	if err := k.checkDeposits(ctx, g); err != nil {
		return err
	}
	if err := k.params.Set(ctx, g.Params); err != nil {
		return err
	}
	for _, init := range []func(context.Context, *types.GenesisState) error{
		k.initAdmissions, k.initApplications, k.initRegistrars, k.initHistory, k.initRest,
	} {
		if err := init(ctx, g); err != nil {
			return err
		}
	}
	return nil
}

// checkDeposits holds the applications against the bank.
func (k *Keeper) checkDeposits(ctx context.Context, g *types.GenesisState) error {
	if len(g.Applications) == 0 {
		return nil
	}
	held := k.bank.GetBalance(ctx, authtypes.NewModuleAddress(types.ModuleName), types.Denom)
	if sum := g.Deposits(); !held.Amount.Equal(sum) {
		return errorsmod.Wrapf(types.ErrInvalidGenesis, "the applications hold %s%s, and the module's account has %s", sum, types.Denom, held)
	}
	return nil
}

func (k *Keeper) initAdmissions(ctx context.Context, g *types.GenesisState) error {
	for _, admission := range g.Admissions {
		key, err := k.accounts().key(admission.Key())
		if err != nil {
			return err
		}
		if err := k.admissions.Set(ctx, key, admission); err != nil {
			return err
		}
	}
	return nil
}

func (k *Keeper) initApplications(ctx context.Context, g *types.GenesisState) error {
	for _, application := range g.Applications {
		if err := k.applications.Set(ctx, application.Id, application); err != nil {
			return err
		}
	}
	if err := k.openApplications.Set(ctx, uint64(len(g.Applications))); err != nil {
		return err
	}
	return k.applicationID.Set(ctx, max(g.NextApplicationId, 1))
}

func (k *Keeper) initRegistrars(ctx context.Context, g *types.GenesisState) error {
	for _, registrar := range g.Registrars {
		addr, err := k.addressCodec.StringToBytes(registrar.Address)
		if err != nil {
			return err
		}
		if err := k.registrars.Set(ctx, addr, types.NewRegistrar(registrar.Address, registrar.Roles)); err != nil {
			return err
		}
	}
	return nil
}

func (k *Keeper) initHistory(ctx context.Context, g *types.GenesisState) error {
	for _, change := range g.History {
		if err := k.history.Set(ctx, change.Id, change); err != nil {
			return err
		}
	}
	return k.changeID.Set(ctx, max(g.NextChangeId, 1))
}

func (k *Keeper) initRest(ctx context.Context, g *types.GenesisState) error {
	for _, address := range g.Outsiders {
		addr, err := k.addressCodec.StringToBytes(address)
		if err != nil {
			return err
		}
		if err := k.outsiders.Set(ctx, addr); err != nil {
			return err
		}
	}
	if g.RevokedPower == nil {
		return nil
	}
	return k.revokedPower.Set(ctx, *g.RevokedPower)
}

// ExportGenesis returns everything that the module keeps, in the order of the keys.
func (k *Keeper) ExportGenesis(ctx context.Context) (*types.GenesisState, error) {
	var (
		g   types.GenesisState
		err error
	)
	if g.Params, err = k.params.Get(ctx); err != nil {
		return nil, err
	}
	if g.NextApplicationId, err = k.applicationID.Peek(ctx); err != nil {
		return nil, err
	}
	if g.NextChangeId, err = k.changeID.Peek(ctx); err != nil {
		return nil, err
	}
	if err := k.exportRecords(ctx, &g); err != nil {
		return nil, err
	}
	if err := k.outsiders.Walk(ctx, nil, func(operator []byte) (bool, error) {
		address, err := k.addressCodec.BytesToString(operator)
		g.Outsiders = append(g.Outsiders, address)
		return false, err
	}); err != nil {
		return nil, err
	}
	count, err := k.revokedPower.Get(ctx)
	if errors.Is(err, collections.ErrNotFound) {
		return &g, nil
	}
	g.RevokedPower = &count
	return &g, err
}

func (k *Keeper) exportRecords(ctx context.Context, g *types.GenesisState) (err error) {
	if g.Admissions, err = values(ctx, k.admissions); err != nil {
		return err
	}
	if g.Applications, err = values(ctx, k.applications); err != nil {
		return err
	}
	if g.Registrars, err = values(ctx, k.registrars); err != nil {
		return err
	}
	g.History, err = values(ctx, k.history)
	return err
}

// values lists the values of a map.
func values[K, V any](ctx context.Context, m interface {
	Walk(context.Context, collections.Ranger[K], func(K, V) (bool, error)) error
},
) (list []V, err error) {
	err = m.Walk(ctx, nil, func(_ K, value V) (bool, error) {
		list = append(list, value)
		return false, nil
	})
	return list, err
}

// SPDX-License-Identifier: Apache-2.0

package keeper

import "context"

// EndBlock ends what is over and closes the set around those who are admitted. It runs
// before staking settles the set. Each part has a bound, and carries over to the next
// block what is beyond it; nothing that a user did makes it fail.
func (k *Keeper) EndBlock(ctx context.Context) error {
	for _, part := range []func(context.Context) error{k.expireAdmissions, k.expireApplications, k.jailOutsiders} {
		if err := part(ctx); err != nil {
			return err
		}
	}
	return nil
}

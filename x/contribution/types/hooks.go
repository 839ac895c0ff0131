// SPDX-License-Identifier: Apache-2.0

package types

import "context"

// ContributionHooks are called by x/contribution within the message of the people that judges a contribution, or of the
// contributor that withdraws it: an error refuses the message. They are not called for contributions of the genesis.
type ContributionHooks interface {
	// AfterContributionQuarantined is called when the people began to look into a contribution.
	AfterContributionQuarantined(ctx context.Context, id uint64) error
	// AfterContributionReleased is called when a quarantine ended without fault.
	AfterContributionReleased(ctx context.Context, id uint64) error
	// AfterContributionWithdrawn is called when its contributor took a contribution out of the competition that had been revealed.
	AfterContributionWithdrawn(ctx context.Context, id uint64) error
	// AfterContributionRemoved is called when a quarantine ended with the contribution removed.
	AfterContributionRemoved(ctx context.Context, id uint64) error
}

// MultiContributionHooks calls several hooks, in order; the first error ends it. Empty, it does nothing.
type MultiContributionHooks []ContributionHooks

// NewMultiContributionHooks bundles hooks.
func NewMultiContributionHooks(hooks ...ContributionHooks) MultiContributionHooks { return hooks }

// AfterContributionQuarantined implements ContributionHooks.
func (m MultiContributionHooks) AfterContributionQuarantined(ctx context.Context, id uint64) error {
	for _, hooks := range m {
		if err := hooks.AfterContributionQuarantined(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// AfterContributionReleased implements ContributionHooks.
func (m MultiContributionHooks) AfterContributionReleased(ctx context.Context, id uint64) error {
	for _, hooks := range m {
		if err := hooks.AfterContributionReleased(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// AfterContributionWithdrawn implements ContributionHooks.
func (m MultiContributionHooks) AfterContributionWithdrawn(ctx context.Context, id uint64) error {
	for _, hooks := range m {
		if err := hooks.AfterContributionWithdrawn(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// AfterContributionRemoved implements ContributionHooks.
func (m MultiContributionHooks) AfterContributionRemoved(ctx context.Context, id uint64) error {
	for _, hooks := range m {
		if err := hooks.AfterContributionRemoved(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

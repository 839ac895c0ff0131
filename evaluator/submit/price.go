// SPDX-License-Identifier: Apache-2.0

package submit

import (
	"context"
	"fmt"

	topictypes "github.com/weal-network/weal/x/topic/types"
)

// affordable asks the chain whether it would take a commit, and says what that
// costs before anything is paid.
func (s *Submitter) affordable(ctx context.Context, topic topictypes.Topic, req Request, r *record) error {
	answer, err := s.Chain.CanSubmit(ctx, topic.Id, r.Contributor)
	if err != nil {
		return err
	}
	if !answer.CanSubmit {
		if answer.Height > 0 {
			return refusedf("%s (from block %d on)", answer.Reason, answer.Height)
		}
		return refusedf("%s", answer.Reason)
	}
	price, err := s.Chain.Price(ctx, topic.Id, req.MaxPrice)
	if err != nil {
		return err
	}
	switch {
	case !price.Affordable:
		return refusedf("a commit to topic %s costs %s and never as little as %s: raise --max-price", topic.Slug, weal(price.Price), weal(req.MaxPrice))
	case price.WaitSeconds > 0:
		return refusedf("a commit to topic %s costs %s, above --max-price %s: if nobody else commits, it is at most that in %d seconds",
			topic.Slug, weal(price.Price), weal(req.MaxPrice), price.WaitSeconds)
	}
	if r.MaxPrice = req.MaxPrice; r.MaxPrice == 0 {
		r.MaxPrice = 2 * price.Price
	}
	if price.Price+price.Bond > 0 {
		s.Progress("the commit costs %s, at most %s, and is burnt; the bond of %s is given back when the contribution leaves",
			weal(price.Price), weal(r.MaxPrice), weal(price.Bond))
	}
	return nil
}

// weal is an amount of uweal for people.
func weal(uweal uint64) string {
	const unit = 1_000_000
	return fmt.Sprintf("%d.%06d WEAL", uweal/unit, uweal%unit)
}

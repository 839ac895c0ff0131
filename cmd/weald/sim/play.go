// SPDX-License-Identifier: Apache-2.0

package sim

import (
	"context"
	"sync"
)

// Play runs all seeds of a scenario with so many workers. progress, when not nil, is called
// after each seed with how many are through, never by two at a time. Results are in the order
// of seeds whatever the number of workers.
func Play(ctx context.Context, s *Scenario, workers int, progress func(done int)) ([]Result, error) {
	if err := s.Validate(); err != nil {
		return nil, err
	}
	results := make([]Result, s.Seeds)
	var mu sync.Mutex
	done := 0
	err := spread(ctx, s.Seeds, workers, func(k int) error {
		r, err := Run(s, s.Seed+uint64(k))
		if err != nil {
			return err
		}
		mu.Lock()
		defer mu.Unlock()
		results[k] = r
		done++
		if progress != nil {
			progress(done)
		}
		return nil
	})
	return results, err
}

// spread calls work with 0 to n-1, by so many workers, until one fails or ctx ends. The error
// is that of the lowest number that failed.
func spread(ctx context.Context, n, workers int, work func(k int) error) error {
	errs := make([]error, n)
	next := make(chan int)
	var wait sync.WaitGroup
	for range max(1, min(workers, n)) {
		wait.Go(func() {
			for k := range next {
				errs[k] = work(k)
			}
		})
	}
	for k := range n {
		if ctx.Err() != nil {
			break
		}
		next <- k
	}
	close(next)
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}

// SPDX-License-Identifier: Apache-2.0

package notimenow

import "time"

func late(deadline time.Time) bool {
	return time.Now().After(deadline) // want "wall clock in state code"
}

func handedOn() func() time.Time {
	return time.Now // want "wall clock in state code"
}

func wait() {
	<-time.After(time.Second) // want "wall clock in state code"
}

func ofBlock(block, deadline time.Time) bool { return block.After(deadline) }

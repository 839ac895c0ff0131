// SPDX-License-Identifier: Apache-2.0

// Package cpu tells how much of the processors' time a benchmark used, which other work on the machine does not change.
package cpu

import (
	"syscall"
	"time"
)

// Used is what the process has used so far, in its own code and in the kernel. It panics where the system does not tell.
func Used() time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		panic(err)
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// SPDX-License-Identifier: Apache-2.0

package sandbox

import "golang.org/x/sys/unix"

// limitProcess asks the kernel to end the process when it exceeds the limits.
// RLIMIT_DATA counts writable private memory, which is what Go's heap is;
// address space would also count what the runtime only reserves. With the soft
// limit at the hard one, used up processor time ends the process at once.
func limitProcess(l Limits) error {
	if l.MemoryBytes > 0 {
		if err := unix.Setrlimit(unix.RLIMIT_DATA, &unix.Rlimit{Cur: l.MemoryBytes, Max: l.MemoryBytes}); err != nil {
			return err
		}
	}
	if l.CPUSeconds > 0 {
		if err := unix.Setrlimit(unix.RLIMIT_CPU, &unix.Rlimit{Cur: l.CPUSeconds, Max: l.CPUSeconds}); err != nil {
			return err
		}
	}
	// A run writes no file.
	return unix.Setrlimit(unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: 0, Max: 0})
}

// SPDX-License-Identifier: Apache-2.0

package localnet

import "syscall"

// childAttributes puts a child into a group of its own and has the kernel stop it when this process dies.
func childAttributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGTERM}
}

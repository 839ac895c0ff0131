// SPDX-License-Identifier: Apache-2.0

package localnet

import (
	"fmt"
	"net"
)

// freePorts returns n TCP ports of the loopback address that nobody listens on.
func freePorts(n int) ([]int, error) {
	ports := make([]int, 0, n)
	listeners := make([]net.Listener, 0, n)
	// All are held until the last is found, so that none is given twice.
	defer func() {
		for _, l := range listeners {
			l.Close()
		}
	}()
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, fmt.Errorf("no free port on the loopback address: %w", err)
		}
		listeners = append(listeners, l)
		ports = append(ports, l.Addr().(*net.TCPAddr).Port)
	}
	return ports, nil
}

// portFree says whether nobody listens on the port.
func portFree(port int) bool {
	l, err := net.Listen("tcp", local(port))
	if err != nil {
		return false
	}
	return l.Close() == nil
}

func local(port int) string { return fmt.Sprintf("127.0.0.1:%d", port) }

// SPDX-License-Identifier: Apache-2.0

package nogoroutine

func work(a, b chan int) int {
	go func() { a <- 1 }() // want "goroutine in state code"
	select {               // want "select in state code"
	case x := <-a:
		return x
	case x := <-b:
		return x
	}
}

func inSequence(f func() int) int { return f() }

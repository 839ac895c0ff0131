// SPDX-License-Identifier: Apache-2.0

package simulation

import (
	"math/rand"
	"time"
)

func when() time.Time { return time.Now().Add(time.Duration(rand.Int63())) }

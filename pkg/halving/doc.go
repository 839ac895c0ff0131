// SPDX-License-Identifier: Apache-2.0

// Package halving keeps what loses half of its worth every half-life, without ever touching it: instead of what something is
// worth now, it keeps what it will be worth when the running half-life ends. That number stays as it is however much time goes
// by, so sums of such numbers stay sums, and once a half-life has ended, all of them are shifted by one bit as they are read.
//
// (Forward decay: Cormode, Shkapenyuk, Srivastava, Xu, "Forward Decay: A Practical Time Decay Model for Streaming Systems",
// 2009, with weights that shrink towards a moving landmark instead of growing from a fixed one.)
package halving

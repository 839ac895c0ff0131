// SPDX-License-Identifier: Apache-2.0

#include "go_asm.h"
#include "textflag.h"

// Each of these has a twin in kernels.go, which says what it does.

// func hasAVX2() bool
TEXT ·hasAVX2(SB), NOSPLIT, $0-1
	MOVB $0, ret+0(FP)
	XORL AX, AX
	CPUID
	CMPL AX, $7
	JB   no
	MOVL $1, AX
	XORL CX, CX
	CPUID
	MOVL CX, DX
	ANDL $(1<<27 | 1<<28), DX // OSXSAVE and AVX
	CMPL DX, $(1<<27 | 1<<28)
	JNE  no
	XORL CX, CX
	XGETBV
	ANDL $6, AX // the system keeps the upper halves of registers
	CMPL AX, $6
	JNE  no
	MOVL $7, AX
	XORL CX, CX
	CPUID
	TESTL $(1<<5), BX
	JZ   no
	MOVB $1, ret+0(FP)
no:
	RET

// func bounds32AVX2(values *uint32, n int) (lo, hi uint32)
TEXT ·bounds32AVX2(SB), NOSPLIT, $0-24
	MOVQ    values+0(FP), SI
	MOVQ    n+8(FP), CX
	VMOVDQU (SI), Y0
	VMOVDQA Y0, Y1
loop:
	VMOVDQU (SI), Y2
	VPMINUD Y2, Y0, Y0
	VPMAXUD Y2, Y1, Y1
	ADDQ    $32, SI
	SUBQ    $8, CX
	JNZ     loop
	VEXTRACTI128 $1, Y0, X2
	VEXTRACTI128 $1, Y1, X3
	VPMINUD X2, X0, X0
	VPMAXUD X3, X1, X1
	VPSHUFD $0x4E, X0, X2
	VPSHUFD $0x4E, X1, X3
	VPMINUD X2, X0, X0
	VPMAXUD X3, X1, X1
	VPSHUFD $0xB1, X0, X2
	VPSHUFD $0xB1, X1, X3
	VPMINUD X2, X0, X0
	VPMAXUD X3, X1, X1
	VMOVD   X0, AX
	VMOVD   X1, BX
	MOVL    AX, lo+16(FP)
	MOVL    BX, hi+20(FP)
	VZEROUPPER
	RET

// func bounds16AVX2(values *uint16, n int) (lo, hi uint16)
TEXT ·bounds16AVX2(SB), NOSPLIT, $0-20
	MOVQ    values+0(FP), SI
	MOVQ    n+8(FP), CX
	VMOVDQU (SI), Y0
	VMOVDQA Y0, Y1
loop:
	VMOVDQU (SI), Y2
	VPMINUW Y2, Y0, Y0
	VPMAXUW Y2, Y1, Y1
	ADDQ    $32, SI
	SUBQ    $16, CX
	JNZ     loop
	VEXTRACTI128 $1, Y0, X2
	VEXTRACTI128 $1, Y1, X3
	VPMINUW X2, X0, X0
	VPMAXUW X3, X1, X1
	VPHMINPOSUW X0, X0
	// The largest is the least of what is missing to all ones.
	VPCMPEQD X4, X4, X4
	VPXOR   X4, X1, X1
	VPHMINPOSUW X1, X1
	VPXOR   X4, X1, X1
	VMOVD   X0, AX
	VMOVD   X1, BX
	MOVW    AX, lo+16(FP)
	MOVW    BX, hi+18(FP)
	VZEROUPPER
	RET

// func within32AVX2(mask *byte, values *uint32, n int, lo, span uint32)
TEXT ·within32AVX2(SB), NOSPLIT, $0-32
	MOVQ mask+0(FP), DI
	MOVQ values+8(FP), SI
	MOVQ n+16(FP), CX
	MOVL lo+24(FP), AX
	MOVL span+28(FP), BX
	VMOVD AX, X0
	VMOVD BX, X1
	VPBROADCASTD X0, Y0
	VPBROADCASTD X1, Y1
loop:
	VMOVDQU  (SI), Y2
	VPSUBD   Y0, Y2, Y2
	VPMINUD  Y1, Y2, Y3
	VPCMPEQD Y2, Y3, Y3
	VMOVMSKPS Y3, AX
	MOVB     AX, (DI)
	ADDQ     $32, SI
	INCQ     DI
	SUBQ     $8, CX
	JNZ      loop
	VZEROUPPER
	RET

// func within16AVX2(mask *byte, values *uint16, n int, lo, span uint16)
TEXT ·within16AVX2(SB), NOSPLIT, $0-28
	MOVQ mask+0(FP), DI
	MOVQ values+8(FP), SI
	MOVQ n+16(FP), CX
	MOVWLZX lo+24(FP), AX
	MOVWLZX span+26(FP), BX
	VMOVD AX, X0
	VMOVD BX, X1
	VPBROADCASTW X0, X0
	VPBROADCASTW X1, X1
loop:
	VMOVDQU  (SI), X2
	VPSUBW   X0, X2, X2
	VPMINUW  X1, X2, X3
	VPCMPEQW X2, X3, X3
	VPACKSSWB X3, X3, X3
	VPMOVMSKB X3, AX
	MOVB     AX, (DI)
	ADDQ     $16, SI
	INCQ     DI
	SUBQ     $8, CX
	JNZ      loop
	VZEROUPPER
	RET

// func turnAVX2(dst *uint16, dstOffsets *[8]int, src *uint16, srcOffsets *[8]int, squares, dstStep, srcStep int)
//
// Offsets and steps are in bytes.
TEXT ·turnAVX2(SB), NOSPLIT, $0-56
	MOVQ dst+0(FP), DI
	MOVQ dstOffsets+8(FP), R8
	MOVQ src+16(FP), SI
	MOVQ srcOffsets+24(FP), R9
	MOVQ squares+32(FP), CX
loop:
	MOVQ 0(R9), AX
	VMOVDQU (SI)(AX*1), X0
	MOVQ 8(R9), BX
	VMOVDQU (SI)(BX*1), X1
	MOVQ 16(R9), AX
	VMOVDQU (SI)(AX*1), X2
	MOVQ 24(R9), BX
	VMOVDQU (SI)(BX*1), X3
	MOVQ 32(R9), AX
	VMOVDQU (SI)(AX*1), X4
	MOVQ 40(R9), BX
	VMOVDQU (SI)(BX*1), X5
	MOVQ 48(R9), AX
	VMOVDQU (SI)(AX*1), X6
	MOVQ 56(R9), BX
	VMOVDQU (SI)(BX*1), X7
	// Pairs of rows, then fours, then all eight.
	VPUNPCKLWD X1, X0, X8
	VPUNPCKHWD X1, X0, X9
	VPUNPCKLWD X3, X2, X10
	VPUNPCKHWD X3, X2, X11
	VPUNPCKLWD X5, X4, X12
	VPUNPCKHWD X5, X4, X13
	VPUNPCKLWD X7, X6, X14
	VPUNPCKHWD X7, X6, X15
	VPUNPCKLDQ X10, X8, X0 // columns 0 1, rows 0 to 3
	VPUNPCKHDQ X10, X8, X1 // columns 2 3
	VPUNPCKLDQ X11, X9, X2 // columns 4 5
	VPUNPCKHDQ X11, X9, X3 // columns 6 7
	VPUNPCKLDQ X14, X12, X4
	VPUNPCKHDQ X14, X12, X5
	VPUNPCKLDQ X15, X13, X6
	VPUNPCKHDQ X15, X13, X7
	VPUNPCKLQDQ X4, X0, X8
	VPUNPCKHQDQ X4, X0, X9
	VPUNPCKLQDQ X5, X1, X10
	VPUNPCKHQDQ X5, X1, X11
	VPUNPCKLQDQ X6, X2, X12
	VPUNPCKHQDQ X6, X2, X13
	VPUNPCKLQDQ X7, X3, X14
	VPUNPCKHQDQ X7, X3, X15
	MOVQ 0(R8), AX
	VMOVDQU X8, (DI)(AX*1)
	MOVQ 8(R8), BX
	VMOVDQU X9, (DI)(BX*1)
	MOVQ 16(R8), AX
	VMOVDQU X10, (DI)(AX*1)
	MOVQ 24(R8), BX
	VMOVDQU X11, (DI)(BX*1)
	MOVQ 32(R8), AX
	VMOVDQU X12, (DI)(AX*1)
	MOVQ 40(R8), BX
	VMOVDQU X13, (DI)(BX*1)
	MOVQ 48(R8), AX
	VMOVDQU X14, (DI)(AX*1)
	MOVQ 56(R8), BX
	VMOVDQU X15, (DI)(BX*1)
	ADDQ dstStep+40(FP), DI
	ADDQ srcStep+48(FP), SI
	DECQ CX
	JNZ  loop
	VZEROUPPER
	RET

// func weighAVX2(weights *uint32, scores *uint16, reciprocals, shifts *uint64, n int)
TEXT ·weighAVX2(SB), NOSPLIT, $0-40
	MOVQ weights+0(FP), DI
	MOVQ scores+8(FP), SI
	MOVQ reciprocals+16(FP), R8
	MOVQ shifts+24(FP), R9
	MOVQ n+32(FP), CX
loop:
	VPMOVZXWQ (SI), Y0
	VPMOVZXWQ 8(SI), Y1
	VPADDQ   Y0, Y0, Y0
	VPADDQ   Y1, Y1, Y1
	VMOVDQU  (R8), Y2
	VMOVDQU  32(R8), Y3
	VPMULUDQ Y2, Y0, Y4
	VPMULUDQ Y3, Y1, Y5
	VPSRLQ   $32, Y2, Y2
	VPSRLQ   $32, Y3, Y3
	VPMULUDQ Y2, Y0, Y0
	VPMULUDQ Y3, Y1, Y1
	VPSRLQ   $32, Y4, Y4
	VPSRLQ   $32, Y5, Y5
	VPADDQ   Y4, Y0, Y0
	VPADDQ   Y5, Y1, Y1
	VPSRLVQ  (R9), Y0, Y0
	VPSRLVQ  32(R9), Y1, Y1
	// 1 is written as 2^32 - 1.
	VPSRLQ   $32, Y0, Y4
	VPSRLQ   $32, Y1, Y5
	VPSUBQ   Y4, Y0, Y0
	VPSUBQ   Y5, Y1, Y1
	VSHUFPS  $0x88, Y1, Y0, Y0
	VPERMQ   $0xD8, Y0, Y0
	VMOVDQU  Y0, (DI)
	ADDQ     $16, SI
	ADDQ     $64, R8
	ADDQ     $64, R9
	ADDQ     $32, DI
	SUBQ     $8, CX
	JNZ      loop
	VZEROUPPER
	RET

// The kernels of bonds take four cells at a time, in 64 bits each, of which the numbers take 32: a
// cell of which one takes 33, because it is 1, is marked and its result is of no use.

// BONDS loads bonds into Y1, but for the last bit of 1.
#define BONDS \
	VPMOVZXWQ (R8)(CX*2), Y1 \
	VPSLLQ    $16, Y1, Y2    \
	VPADDQ    Y2, Y1, Y1

// SEEN loads bonds into Y1 and the weights that they see into Y0. It marks in Y14.
#define SEEN \
	VPMOVZXDQ (SI)(CX*4), Y0               \
	VPMOVZXWQ (R8)(CX*2), Y1               \
	VPCMPEQQ  fours_full(R9), Y0, Y14      \
	VPCMPEQQ  fours_word(R9), Y1, Y2       \
	VPOR      Y2, Y14, Y14                 \
	VPSLLQ    $16, Y1, Y2                  \
	VPADDQ    Y2, Y1, Y1                   \
	VPMINUD   fours_consensus(R9), Y0, Y2  \
	VPSUBQ    Y2, Y0, Y2                   \
	VPMULUDQ  fours_penalty(R9), Y2, Y2    \
	VPADDQ    fours_ceiling(R9), Y2, Y2    \
	VPSRLVQ   fours_penaltyShift(R9), Y2, Y2 \
	VPSUBQ    Y2, Y0, Y0

// KEEP adds the bonds of Y2 to the sum and writes them, as they are and to be stored, and the marks
// of AX.
#define KEEP \
	VPADDQ       Y2, Y15, Y15    \
	VMOVDQU      Y2, (DI)(CX*8)  \
	VPSLLQ       $16, Y2, Y3     \
	VPSUBQ       Y2, Y3, Y3      \
	VPSHUFD      $0xED, Y3, Y3   \
	VEXTRACTI128 $1, Y3, X2      \
	VPUNPCKLQDQ  X2, X3, X3      \
	VPACKUSDW    X3, X3, X3      \
	VMOVQ        X3, (R10)(CX*2) \
	MOVB         AX, (R11)       \
	INCQ         R11             \
	ADDQ         $4, CX

// TOTAL adds the sums up, into AX.
#define TOTAL \
	VEXTRACTI128 $1, Y15, X0    \
	VPADDQ       X0, X15, X15   \
	VPSHUFD      $0x4E, X15, X0 \
	VPADDQ       X0, X15, X15   \
	VMOVQ        X15, AX        \
	VZEROUPPER

// func absoluteAVX2(moving *uint64, stored *uint16, marks *byte, weights *uint32, bonds *uint16, n int, f *fours) (sum uint64)
TEXT ·absoluteAVX2(SB), NOSPLIT, $0-64
	MOVQ  moving+0(FP), DI
	MOVQ  stored+8(FP), R10
	MOVQ  marks+16(FP), R11
	MOVQ  weights+24(FP), SI
	MOVQ  bonds+32(FP), R8
	MOVQ  n+40(FP), CX
	MOVQ  f+48(FP), R9
	VPXOR Y15, Y15, Y15
	// CX counts from -n to 0.
	LEAQ  (DI)(CX*8), DI
	LEAQ  (R10)(CX*2), R10
	LEAQ  (SI)(CX*4), SI
	LEAQ  (R8)(CX*2), R8
	NEGQ  CX
loop:
	SEEN
	VPMULUDQ fours_stay(R9), Y1, Y1
	VPMULUDQ fours_alpha(R9), Y0, Y0
	VPSRLVQ  fours_stayShift(R9), Y1, Y1
	VPSRLVQ  fours_alphaShift(R9), Y0, Y0
	VPADDQ   Y1, Y0, Y2
	VMOVMSKPD Y14, AX
	KEEP
	JNZ      loop
	TOTAL
	MOVQ AX, sum+56(FP)
	RET

// func liquidAVX2(moving *uint64, stored *uint16, marks *byte, weights *uint32, bonds *uint16, n int, f *fours) (sum uint64)
TEXT ·liquidAVX2(SB), NOSPLIT, $0-64
	MOVQ  moving+0(FP), DI
	MOVQ  stored+8(FP), R10
	MOVQ  marks+16(FP), R11
	MOVQ  weights+24(FP), SI
	MOVQ  bonds+32(FP), R8
	MOVQ  n+40(FP), CX
	MOVQ  f+48(FP), R9
	MOVQ  fours_seen(R9), R12
	VPXOR Y15, Y15, Y15
	LEAQ  (DI)(CX*8), DI
	LEAQ  (R10)(CX*2), R10
	LEAQ  (SI)(CX*4), SI
	LEAQ  (R8)(CX*2), R8
	LEAQ  (R12)(CX*8), R12
	NEGQ  CX
	MOVQ  CX, R13
	MOVQ  R11, DX
	VPXOR Y4, Y4, Y4
	// First the weights that are seen, and x for each of them: what is done with it takes long, and
	// to do all for one cell after the other would leave the processor waiting.
argument:
	SEEN
	VMOVDQU  Y0, (R12)(CX*8)
	// The distance: what the weight is below the bond, or else above consensus.
	VPMINUD  Y1, Y0, Y2
	VPSUBQ   Y2, Y1, Y2
	VPMINUD  fours_consensus(R9), Y0, Y3
	VPSUBQ   Y3, Y0, Y3
	VPCMPEQQ Y4, Y2, Y5
	VPAND    Y5, Y3, Y3
	VPOR     Y3, Y2, Y2
	// x of the curve, for distances up to 1/2, less what lies before the knots.
	VMOVDQU  fours_half(R9), Y3
	VPMINUD  Y3, Y2, Y2
	VPSUBQ   Y2, Y3, Y3
	VPMULUDQ fours_steepness(R9), Y3, Y2
	VPMULUDQ fours_steepnessPart(R9), Y3, Y3
	VPSRLQ   $32, Y3, Y3
	VPADDQ   Y3, Y2, Y2
	VPSUBQ   fours_before(R9), Y2, Y2
	VMOVDQU  Y2, (DI)(CX*8)
	VMOVMSKPD Y14, AX
	MOVB     AX, (DX)
	INCQ     DX
	ADDQ     $4, CX
	JNZ      argument

	MOVQ     R13, CX
	MOVQ     fours_knots(R9), R13
	VMOVDQU  fours_fraction(R9), Y13
	VMOVDQU  fours_middle(R9), Y14
loop:
	// The knots, the first one for cells that have none.
	VMOVDQU  (DI)(CX*8), Y2
	VPSRLQ   $const_placeBits, Y2, Y3
	VPCMPGTQ fours_last(R9), Y3, Y5
	VPANDN   Y3, Y5, Y3
	VPSLLQ   $5, Y3, Y3
	VMOVQ    X3, AX
	VPEXTRQ  $1, X3, BX
	VEXTRACTI128 $1, Y3, X3
	VMOVDQU  (R13)(AX*1), X6
	VMOVDQU  16(R13)(AX*1), X7
	VMOVQ    X3, AX
	VMOVDQU  (R13)(BX*1), X8
	VMOVDQU  16(R13)(BX*1), X9
	VPEXTRQ  $1, X3, BX
	VINSERTI128 $1, (R13)(AX*1), Y6, Y6
	VINSERTI128 $1, 16(R13)(AX*1), Y7, Y7
	VINSERTI128 $1, (R13)(BX*1), Y8, Y8
	VINSERTI128 $1, 16(R13)(BX*1), Y9, Y9
	VPUNPCKHQDQ Y8, Y6, Y10 // c1
	VPUNPCKLQDQ Y8, Y6, Y6  // c0
	VPUNPCKLQDQ Y9, Y7, Y11 // c2
	VPUNPCKHQDQ Y9, Y7, Y12 // c3, and slack above it
	// The polynomial; the upper halves of products are their floors.
	VPAND    Y13, Y2, Y2
	VPSUBQ   Y14, Y2, Y2
	VPMULDQ  Y2, Y12, Y3
	VPSRLQ   $32, Y3, Y3
	VPADDD   Y11, Y3, Y3
	VPMULDQ  Y2, Y3, Y3
	VPSRLQ   $32, Y3, Y3
	VPADDD   Y10, Y3, Y3
	VPMULDQ  Y2, Y3, Y3
	VPADDQ   fours_lifted(R9), Y3, Y3
	VPSRLQ   $const_liftBits, Y3, Y3
	VPADDQ   Y6, Y3, Y3
	VPSRLQ   $32, Y12, Y12
	VPADDQ   Y3, Y12, Y12
	VPSRLQ   $28, Y3, Y3
	VPSRLQ   $28, Y12, Y12
	VPCMPEQQ Y3, Y12, Y12
	VPANDN   Y12, Y5, Y5 // certain
	VPMULUDQ fours_span(R9), Y3, Y3
	VPSRLQ   $32, Y3, Y3
	VPADDQ   fours_lo(R9), Y3, Y3 // alpha
	BONDS
	VMOVDQU  fours_one(R9), Y2
	VPSUBQ   Y3, Y2, Y2
	VPMULUDQ Y1, Y2, Y2
	VPMULUDQ (R12)(CX*8), Y3, Y3
	VPSRLQ   $32, Y2, Y2
	VPSRLQ   $32, Y3, Y3
	VPADDQ   Y3, Y2, Y2
	VMOVMSKPD Y5, AX
	XORL     $15, AX
	ORB      (R11), AX
	KEEP
	JNZ      loop
	TOTAL
	MOVQ AX, sum+56(FP)
	RET

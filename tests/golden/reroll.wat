;; Loops that are unrolled, and loops that only look so: herkos rolls the former up (reroll.c). Addresses from parameters are near
;; the memory's end, so that calls trap in the middle of a turn.
(module
  (memory (export "memory") 1)
  (global $scale (export "scale") (mut i32) (i32.const 3))

  (func $near (param $x i32) (result i32)
    (i32.add (i32.and (local.get $x) (i32.const 0xfc)) (i32.const 65300)))

  ;; three turns in one, as LLVM leaves them: each place is a sum, temporary locals are used again
  (func (export "sums") (param $a i32) (param $b i32) (local $i i32) (local $p i32) (local $q i32) (local $r i32)
    (local.set $a (call $near (local.get $a)))
    (local.set $b (i32.and (local.get $b) (i32.const 0xff8)))
    (loop $l
      (local.set $p (i32.add (local.get $a) (local.get $i)))
      (local.set $q (i32.add (local.get $b) (local.get $i)))
      (i32.store (local.get $p) (i32.add (i32.load (local.get $p)) (i32.mul (global.get $scale) (i32.load (local.get $q)))))
      (local.set $r (i32.add (local.get $p) (i32.const 4)))
      (i32.store (local.get $r)
        (i32.add (i32.load (local.get $r)) (i32.mul (global.get $scale) (i32.load (i32.add (local.get $q) (i32.const 4))))))
      (local.set $p (i32.add (local.get $p) (i32.const 8)))
      (i32.store (local.get $p)
        (i32.add (i32.load (local.get $p)) (i32.mul (global.get $scale) (i32.load (i32.add (local.get $q) (i32.const 8))))))
      (br_if $l (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 12))) (i32.const 120)))))

  ;; places in static offsets; the counter counts down, a second one goes along
  (func (export "offsets") (param $a i32) (param $x i64) (result i32) (local $i i32)
    (local.set $a (call $near (local.get $a)))
    (local.set $i (i32.const 20))
    (loop $l
      (i64.store offset=16 (local.get $a) (i64.xor (local.get $x) (i64.load (local.get $a))))
      (i64.store offset=24 (local.get $a) (i64.xor (local.get $x) (i64.load offset=8 (local.get $a))))
      (local.set $a (i32.add (local.get $a) (i32.const 16)))
      (br_if $l (local.tee $i (i32.add (local.get $i) (i32.const -4)))))
    (local.get $a))

  ;; a local goes from turn to turn
  (func (export "carried") (param $a i32) (param $x i32) (result i32) (local $i i32)
    (local.set $a (call $near (local.get $a)))
    (local.set $i (i32.const 6))
    (loop $l
      (i32.store8 (local.get $a) (local.tee $x (i32.add (i32.mul (local.get $x) (i32.const 31)) (i32.load8_u (local.get $a)))))
      (i32.store8 offset=1 (local.get $a)
        (local.tee $x (i32.add (i32.mul (local.get $x) (i32.const 31)) (i32.load8_u offset=1 (local.get $a)))))
      (local.set $a (i32.add (local.get $a) (i32.const 2)))
      (br_if $l (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 2))) (i32.const 36))))
    (local.get $x))

  ;; the temporary local is dead on one way and set on the others
  (func (export "dead") (param $a i32) (param $n i32) (result i32) (local $i i32) (local $t i32)
    (local.set $a (call $near (local.get $a)))
    (local.set $n (i32.and (local.get $n) (i32.const 7)))
    (loop $outer
      (local.set $i (i32.const 0))
      (loop $l
        (local.set $t (i32.add (local.get $a) (local.get $i)))
        (i32.store (local.get $t) (local.get $n))
        (i32.store (i32.add (local.get $t) (i32.const 4)) (local.get $n))
        (br_if $l (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 8))) (i32.const 16))))
      (block $b
        (block $c
          (br_table $c $b (local.get $n)))
        (return (local.get $a)))
      (block $d
        (br_if $d (i32.eq (local.get $n) (i32.const 5)))
        (i32.store8 (i32.const 9) (local.get $n))
        (br_if $d (i32.eq (local.get $n) (i32.const 4)))
        (i32.store8 (i32.const 10) (local.get $n)))
      (if (i32.eq (local.get $n) (i32.const 3))
        (then (local.set $t (local.get $n)))
        (else (local.set $t (local.get $a))))
      (local.set $a (i32.add (local.get $a) (local.get $t)))
      (br_if $outer (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $a))

  (func (export "choices") (param $a i32) (param $n i32) (local $i i32)
    (local.set $a (call $near (local.get $a)))
    (loop $l
      (i32.store (i32.add (local.get $a) (local.get $i))
        (select (local.get $n) (local.get $a) (i32.load (i32.add (local.get $a) (local.get $i)))))
      (i32.store (i32.add (i32.add (local.get $a) (local.get $i)) (i32.const 4))
        (select (local.get $n) (local.get $a) (i32.load (i32.add (i32.add (local.get $a) (local.get $i)) (i32.const 4)))))
      (br_if $l (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 8))) (i32.const 64)))))

  ;; ---- from here on nothing is to be rolled up ----

  ;; lanes are told apart by where they stand in the module, although they are the same
  (func (export "vectors") (param $a i32) (param $n i32) (local $i i32)
    (local.set $a (call $near (local.get $a)))
    (loop $l
      (v128.store (i32.add (local.get $a) (local.get $i))
        (i8x16.shuffle 0 17 2 19 4 21 6 23 8 25 10 27 12 29 14 31
          (v128.load (i32.add (local.get $a) (local.get $i))) (i32x4.splat (local.get $n))))
      (v128.store (i32.add (i32.add (local.get $a) (local.get $i)) (i32.const 16))
        (i8x16.shuffle 0 17 2 19 4 21 6 23 8 25 10 27 12 29 14 31
          (v128.load (i32.add (i32.add (local.get $a) (local.get $i)) (i32.const 16))) (i32x4.splat (local.get $n))))
      (br_if $l (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 32))) (i32.const 256)))))
  ;; the temporary local is read behind the loop, on one of the ways
  (func (export "read_behind") (param $a i32) (param $n i32) (result i32) (local $i i32) (local $t i32)
    (local.set $a (call $near (local.get $a)))
    (loop $l
      (local.set $t (i32.add (local.get $a) (local.get $i)))
      (i32.store (local.get $t) (local.get $n))
      (i32.store (i32.add (local.get $t) (i32.const 4)) (local.get $n))
      (br_if $l (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 8))) (i32.const 16))))
    (if (i32.eqz (i32.and (local.get $n) (i32.const 1)))
      (then (local.set $t (local.get $n))))
    (local.get $t))
  ;; and here in the next turn of the loop around it
  (func (export "read_again") (param $a i32) (param $n i32) (local $i i32) (local $t i32)
    (local.set $a (i32.and (local.get $a) (i32.const 0xff8)))
    (local.set $n (i32.and (local.get $n) (i32.const 3)))
    (loop $outer
      (i32.store offset=4096 (local.get $a) (local.get $t))
      (local.set $i (i32.const 0))
      (loop $l
        (local.set $t (i32.add (local.get $a) (local.get $i)))
        (i32.store (local.get $t) (local.get $n))
        (i32.store (i32.add (local.get $t) (i32.const 4)) (local.get $n))
        (br_if $l (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 8))) (i32.const 16))))
      (br_if $outer (i32.ge_s (local.tee $n (i32.sub (local.get $n) (i32.const 1))) (i32.const 0)))))
  ;; and here in the next turn of its own
  (func (export "read_before") (param $a i32) (param $t i32) (local $i i32)
    (local.set $a (call $near (local.get $a)))
    (loop $l
      (i32.store (i32.add (local.get $a) (local.get $i)) (local.get $t))
      (i32.store (i32.add (i32.add (local.get $a) (local.get $i)) (i32.const 4)) (local.get $t))
      (local.set $t (i32.add (local.get $a) (local.get $i)))
      (br_if $l (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 8))) (i32.const 16)))))
  ;; half of the distance is in the address, half in the static offset
  (func (export "halves") (param $a i32) (param $x i32) (local $i i32)
    (local.set $a (call $near (local.get $a)))
    (loop $l
      (i32.store (i32.add (local.get $a) (local.get $i)) (local.get $x))
      (i32.store offset=2 (i32.add (i32.add (local.get $a) (local.get $i)) (i32.const 2)) (local.get $x))
      (br_if $l (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 8))) (i32.const 16)))))
  ;; the second turn's places are no step from the first one's
  (func (export "distances") (param $a i32) (local $i i32)
    (local.set $a (call $near (local.get $a)))
    (loop $l
      (i32.store (i32.add (local.get $a) (local.get $i)) (i32.const 1))
      (i32.store (i32.add (i32.add (local.get $a) (local.get $i)) (i32.const 8)) (i32.const 1))
      (br_if $l (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 8))) (i32.const 64)))))
  ;; other values
  (func (export "values") (param $a i32) (local $i i32)
    (local.set $a (call $near (local.get $a)))
    (loop $l
      (i32.store (i32.add (local.get $a) (local.get $i)) (i32.const 1))
      (i32.store (i32.add (i32.add (local.get $a) (local.get $i)) (i32.const 4)) (i32.const 2))
      (br_if $l (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 8))) (i32.const 64)))))
  (func (export "wide_values") (param $a i32) (local $i i32)
    (local.set $a (call $near (local.get $a)))
    (loop $l
      (i64.store (i32.add (local.get $a) (local.get $i)) (i64.const 1))
      (i64.store (i32.add (i32.add (local.get $a) (local.get $i)) (i32.const 8)) (i64.const 2))
      (br_if $l (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 16))) (i32.const 64)))))
  ;; another width
  (func (export "widths") (param $a i32) (param $x i32) (local $i i32)
    (local.set $a (call $near (local.get $a)))
    (loop $l
      (i32.store (i32.add (local.get $a) (local.get $i)) (local.get $x))
      (i32.store16 (i32.add (i32.add (local.get $a) (local.get $i)) (i32.const 4)) (local.get $x))
      (br_if $l (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 8))) (i32.const 64)))))
  ;; the loads of both turns come first
  (func (export "order") (param $a i32) (local $i i32) (local $x i32) (local $y i32)
    (local.set $a (call $near (local.get $a)))
    (loop $l
      (local.set $x (i32.load (i32.add (local.get $a) (local.get $i))))
      (local.set $y (i32.load (i32.add (i32.add (local.get $a) (local.get $i)) (i32.const 4))))
      (i32.store offset=4 (i32.add (local.get $a) (local.get $i)) (local.get $x))
      (i32.store offset=4 (i32.add (i32.add (local.get $a) (local.get $i)) (i32.const 4)) (local.get $y))
      (br_if $l (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 8))) (i32.const 64)))))
  ;; the end is met between two turns: the counter goes past it
  (func (export "uneven") (param $x i32) (local $i i32)
    (loop $l
      (i32.store (local.get $i) (local.get $x))
      (i32.store (i32.add (local.get $i) (i32.const 4)) (local.get $x))
      (br_if $l (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 8))) (i32.const 68)))))
  ;; two locals take turns at being the counter
  (func (export "exchanged") (param $a i32) (param $x i32) (local $i i32) (local $j i32) (local $t i32)
    (local.set $a (call $near (local.get $a)))
    (local.set $i (i32.const 0))
    (local.set $j (i32.const 16))
    (loop $l
      (local.set $t (local.get $i))
      (local.set $i (local.get $j))
      (local.set $j (i32.add (local.get $t) (i32.const 8)))
      (i32.store (local.get $a) (i32.add (i32.load (local.get $a)) (local.get $x)))
      (local.set $t (local.get $i))
      (local.set $i (local.get $j))
      (local.set $j (i32.add (local.get $t) (i32.const 8)))
      (i32.store (local.get $a) (i32.add (i32.load (local.get $a)) (local.get $x)))
      (br_if $l (i32.ne (local.get $i) (i32.const 16)))))
  ;; three times the counter's step is four, as the sum wraps around: on its way it may meet other ends
  (func (export "around") (param $a i32) (param $x i32) (local $i i32)
    (local.set $a (call $near (local.get $a)))
    (loop $l
      (local.set $i (i32.add (local.get $i) (i32.const 0xaaaaaaac)))
      (i32.store (local.get $a) (i32.add (i32.load (local.get $a)) (local.get $x)))
      (local.set $i (i32.add (local.get $i) (i32.const 0xaaaaaaac)))
      (i32.store (local.get $a) (i32.add (i32.load (local.get $a)) (local.get $x)))
      (local.set $i (i32.add (local.get $i) (i32.const 0xaaaaaaac)))
      (i32.store (local.get $a) (i32.add (i32.load (local.get $a)) (local.get $x)))
      (br_if $l (i32.ne (local.get $i) (i32.const 400)))))
  ;; a way out between the turns
  (func (export "two_exits") (param $x i32) (local $i i32)
    (block $out
      (loop $l
        (i32.store (local.get $i) (local.get $x))
        (br_if $out (i32.load offset=512 (local.get $i)))
        (i32.store (i32.add (local.get $i) (i32.const 4)) (local.get $x))
        (br_if $out (i32.load offset=516 (local.get $i)))
        (br_if $l (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 8))) (i32.const 64))))))
  ;; calls
  (func (export "calls") (param $x i32) (local $i i32)
    (loop $l
      (i32.store (local.get $i) (call $near (local.get $x)))
      (i32.store (i32.add (local.get $i) (i32.const 4)) (call $near (local.get $x)))
      (br_if $l (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 8))) (i32.const 64))))))

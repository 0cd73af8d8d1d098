;; Unrolled loops of which nobody knows whether they end after a whole number of turns: herkos rolls them up and keeps them
;; as they were, and asks which of the two is to run (reroll.c). One that never meets its end runs into the memory's.
(module
  (memory (export "memory") 1)

  (func $start (param $x i32) (result i32)
    (i32.add (i32.and (local.get $x) (i32.const 0x13)) (i32.const 65200)))

  (func (export "to_constant") (param $i i32) (param $x i32) (result i32)
    (local.set $i (call $start (local.get $i)))
    (loop $l
      (i32.store (local.get $i) (local.get $x))
      (i32.store (i32.add (local.get $i) (i32.const 4)) (local.get $x))
      (br_if $l (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 8))) (i32.const 65536))))
    (local.get $i))

  ;; the end is a local, on either side; a second counter goes along
  (func (export "to_local") (param $i i32) (param $n i32) (result i32) (local $p i32)
    (local.set $i (i32.and (local.get $i) (i32.const 7)))
    (local.set $n (i32.and (local.get $n) (i32.const 63)))
    (local.set $p (i32.const 65000))
    (loop $l
      (i64.store (local.get $p) (i64.extend_i32_u (local.get $n)))
      (i64.store offset=8 (local.get $p) (i64.extend_i32_u (local.get $n)))
      (i64.store offset=16 (local.get $p) (i64.extend_i32_u (local.get $n)))
      (i64.store offset=24 (local.get $p) (i64.extend_i32_u (local.get $n)))
      (local.set $p (i32.add (local.get $p) (i32.const 32)))
      (br_if $l (i32.ne (local.get $n) (local.tee $i (i32.add (local.get $i) (i32.const 4))))))
    (i32.add (local.get $p) (local.get $i)))

  ;; down to zero, past it if the start is odd
  (func (export "down") (param $i i32) (result i32) (local $p i32)
    (local.set $i (i32.and (local.get $i) (i32.const 31)))
    (local.set $p (i32.const 65400))
    (loop $l
      (i32.store8 (local.get $p) (i32.load8_u (i32.add (local.get $p) (i32.const -300))))
      (i32.store8 offset=1 (local.get $p) (i32.load8_u offset=1 (i32.add (local.get $p) (i32.const -300))))
      (local.set $p (i32.add (local.get $p) (i32.const 2)))
      (br_if $l (local.tee $i (i32.add (local.get $i) (i32.const -2)))))
    (local.get $p))

  ;; the start is the end: 2^31 turns, had the memory room for them
  (func (export "around") (param $i i32) (local $n i32)
    (local.set $i (i32.or (call $start (local.get $i)) (i32.const 1)))
    (local.set $n (local.get $i))
    (loop $l
      (i32.store8 (local.get $i) (i32.const 1))
      (i32.store8 offset=1 (local.get $i) (i32.const 1))
      (br_if $l (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 2))) (local.get $n)))))

  ;; what only the second turn reads or writes is no unread variable of the first, nor one that never changes
  (func (export "unread") (param $i i32) (param $x i32) (local $t i32) (local $u i32)
    (local.set $i (call $start (local.get $i)))
    (loop $l
      (local.set $t (i32.add (local.get $i) (i32.const 16)))
      (i32.add (local.get $t) (i32.const 4))
      (local.set $t (i32.mul (local.get $x) (i32.const 3)))
      (i32.store (i32.add (local.get $i) (i32.const 16)) (local.get $t))
      (local.set $u (local.get $t))
      (i32.store (local.get $u))
      (br_if $l (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 8))) (i32.const 65520)))))

  ;; one level deeper there is no room on the line
  (func (export "deep") (param $i i32) (param $x i64)
    (local.set $i (call $start (local.get $i)))
    (loop $a (loop $b (loop $c (loop $d (loop $e (loop $f (loop $l
      (i64.store offset=100 (local.get $i) (i64.xor (i64.mul (local.get $x) (i64.const 1234567890123456)) (local.get $x)))
      (i64.store offset=108 (local.get $i) (i64.xor (i64.mul (local.get $x) (i64.const 1234567890123456)) (local.get $x)))
      (br_if $l (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 16))) (i32.const 65536))))
      (br_if $f (i32.lt_u (local.get $i) (i32.const 1))))
      (br_if $e (i32.lt_u (local.get $i) (i32.const 2))))
      (br_if $d (i32.lt_u (local.get $i) (i32.const 3))))
      (br_if $c (i32.lt_u (local.get $i) (i32.const 4))))
      (br_if $b (i32.lt_u (local.get $i) (i32.const 5))))
      (br_if $a (i32.lt_u (local.get $i) (i32.const 6)))))

  ;; here there is
  (func (export "just_fits") (param $i i32) (param $x i64)
    (local.set $i (call $start (local.get $i)))
    (loop $a (loop $b (loop $c (loop $d (loop $e (loop $f (loop $l
      (i64.store offset=100 (local.get $i) (i64.xor (local.get $x) (i64.const 1)))
      (i64.store offset=108 (local.get $i) (i64.xor (local.get $x) (i64.const 1)))
      (br_if $l (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 16))) (i32.const 65536))))
      (br_if $f (i32.lt_u (local.get $i) (i32.const 1))))
      (br_if $e (i32.lt_u (local.get $i) (i32.const 2))))
      (br_if $d (i32.lt_u (local.get $i) (i32.const 3))))
      (br_if $c (i32.lt_u (local.get $i) (i32.const 4))))
      (br_if $b (i32.lt_u (local.get $i) (i32.const 5))))
      (br_if $a (i32.lt_u (local.get $i) (i32.const 6)))))

  ;; ---- from here on nothing is to be rolled up ----

  ;; the step is no power of two: on its way around it may meet the end between two turns
  (func (export "thirds") (param $i i32) (param $x i32)
    (local.set $i (call $start (local.get $i)))
    (loop $l
      (i32.store (local.get $i) (local.get $x))
      (i32.store (i32.add (local.get $i) (i32.const 4)) (local.get $x))
      (i32.store (i32.add (local.get $i) (i32.const 8)) (local.get $x))
      (br_if $l (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 12))) (i32.const 65532)))))
  ;; the end goes on, too
  (func (export "moving_end") (param $i i32) (param $x i32) (local $n i32)
    (local.set $i (call $start (local.get $i)))
    (local.set $n (i32.const 65380))
    (loop $l
      (i32.store (local.get $i) (local.get $x))
      (i32.store (i32.add (local.get $i) (i32.const 4)) (local.get $x))
      (local.set $n (i32.add (local.get $n) (i32.const 4)))
      (br_if $l (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 8))) (local.get $n)))))
  ;; what goes from turn to turn keeps LLVM from doing many of them at once, so that a second loop is worth nothing
  (func (export "carried") (param $i i32) (param $x i32)
    (local.set $i (call $start (local.get $i)))
    (loop $l
      (i32.store (local.get $i) (local.tee $x (i32.mul (local.get $x) (i32.load (local.get $i)))))
      (i32.store (i32.add (local.get $i) (i32.const 4))
        (local.tee $x (i32.mul (local.get $x) (i32.load (i32.add (local.get $i) (i32.const 4))))))
      (br_if $l (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 8))) (i32.const 65536)))))
  ;; and so do places that come out of memory
  (func (export "gathered") (param $i i32) (local $t i32)
    (local.set $i (call $start (local.get $i)))
    (loop $l
      (local.set $t (i32.add (local.get $i) (i32.and (i32.load (local.get $i)) (i32.const 15))))
      (i32.store8 (local.get $t) (i32.const 1))
      (local.set $t (i32.add (i32.add (local.get $i) (i32.const 4)) (i32.and (i32.load (i32.add (local.get $i) (i32.const 4))) (i32.const 15))))
      (i32.store8 (local.get $t) (i32.const 1))
      (br_if $l (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 8))) (i32.const 65536)))))
  ;; and one place for all turns
  (func (export "one_place") (param $i i32) (param $x i32)
    (local.set $i (i32.and (local.get $i) (i32.const 6)))
    (local.set $x (call $start (local.get $x)))
    (loop $l
      (i32.store (local.get $x) (i32.add (i32.load (local.get $x)) (i32.const 1)))
      (i32.store (local.get $x) (i32.add (i32.load (local.get $x)) (i32.const 1)))
      (br_if $l (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 2))) (i32.const 64))))))

;; Loops and branches: while, do-while, nested with a branch to the outer, early return, infinite.
(module
  (import "env" "poll" (func $poll (result i32)))
  (func (export "gcd") (param $a i32) (param $b i32) (result i32) (local $t i32)
    (block $done
      (loop $l
        (br_if $done (i32.eqz (local.get $b)))
        (local.set $t (i32.rem_u (local.get $a) (local.get $b)))
        (local.set $a (local.get $b))
        (local.set $b (local.get $t))
        (br $l)))
    (local.get $a))
  (func (export "collatz") (param $n i64) (result i32) (local $steps i32)
    (loop $l
      (if (i64.le_u (local.get $n) (i64.const 1)) (then (return (local.get $steps))))
      (local.set $n
        (if (result i64) (i32.wrap_i64 (i64.and (local.get $n) (i64.const 1)))
          (then (i64.add (i64.mul (local.get $n) (i64.const 3)) (i64.const 1)))
          (else (i64.shr_u (local.get $n) (i64.const 1)))))
      (local.set $steps (i32.add (local.get $steps) (i32.const 1)))
      (br $l))
    (unreachable))
  (func (export "find") (param $n i32) (result i32) (local $i i32) (local $j i32)
    (block $found
      (loop $outer
        (local.set $j (i32.const 0))
        (loop $inner
          (br_if $found (i32.eq (i32.mul (local.get $i) (local.get $j)) (local.get $n)))
          (local.set $j (i32.add (local.get $j) (i32.const 1)))
          (br_if $inner (i32.lt_u (local.get $j) (i32.const 10))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br_if $outer (i32.lt_u (local.get $i) (i32.const 10))))
      (return (i32.const -1)))
    (i32.add (i32.mul (local.get $i) (i32.const 10)) (local.get $j)))
  (func (export "wait") (loop $l (br_if $l (i32.eqz (call $poll)))))
  (func (export "forever") (loop $l (br $l))))

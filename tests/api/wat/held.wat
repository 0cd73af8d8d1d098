;; Functions that differ in how long they hold their locals.
(module
  (global $g (mut i64) (i64.const 0))
  (func (export "apart") (local $a i64) (local $b i64)
    (local.set $a (global.get $g)) (global.set $g (local.get $a))
    (local.set $b (global.get $g)) (global.set $g (local.get $b)))
  (func (export "together") (local $a i64) (local $b i64)
    (local.set $a (global.get $g)) (local.set $b (global.get $g))
    (global.set $g (local.get $a)) (global.set $g (local.get $b)))
  ;; $a is used at the loop's start only, but on the next turn again.
  (func (export "over_a_turn") (local $a i64) (local $b i64)
    (local.set $a (global.get $g))
    (loop $l
      (global.set $g (local.get $a))
      (local.set $b (global.get $g)) (global.set $g (local.get $b))
      (br_if $l (i64.ne (global.get $g) (i64.const 0)))))
  ;; Both are new in each turn.
  (func (export "in_a_turn") (local $a i64) (local $b i64)
    (loop $l
      (local.set $a (global.get $g)) (global.set $g (local.get $a))
      (local.set $b (global.get $g)) (global.set $g (local.get $b))
      (br_if $l (i64.ne (global.get $g) (i64.const 0)))))
  ;; $b is zero at first, from the start on.
  (func (export "from_the_start") (local $a i64) (local $b i64)
    (local.set $a (global.get $g)) (global.set $g (local.get $a))
    (global.set $g (local.get $b)))
  (func (export "half") (local $a i32) (local $b i32)
    (local.set $a (i32.wrap_i64 (global.get $g))) (local.set $b (i32.wrap_i64 (global.get $g)))
    (global.set $g (i64.extend_i32_u (local.get $a))) (global.set $g (i64.extend_i32_u (local.get $b)))))

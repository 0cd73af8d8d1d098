;; Enters numbers that the host hands out: each is first noted in memory, then counted, then told back. Wherever a
;; run ends, its state is one of those between two steps.
(module
  (import "env" "next" (func $next (param i32) (result i32)))
  (import "env" "told" (func $told (param i32)))
  (memory (export "memory") 1 2)
  (table 4 funcref)
  (global $count (export "count") (mut i32) (i32.const 0))
  (global $sum (export "sum") (mut i32) (i32.const 0))
  (func $enter (param $i i32) (local $x i32)
    (local.set $x (call $next (local.get $i)))
    (i32.store (i32.shl (local.get $i) (i32.const 2)) (local.get $x))
    (global.set $count (i32.add (local.get $i) (i32.const 1)))
    (global.set $sum (i32.add (global.get $sum) (local.get $x)))
    (call $told (global.get $sum)))
  ;; Enters $n numbers, the later ones from deeper calls.
  (func $run (export "run") (param $n i32) (param $i i32) (result i32)
    (if (i32.lt_u (local.get $i) (local.get $n))
      (then
        (call $enter (local.get $i))
        (return (call $run (local.get $n) (i32.add (local.get $i) (i32.const 1))))))
    (global.get $sum))
  ;; Grows by a page, and fills the new page.
  (func (export "widen") (result i32) (local $old i32)
    (local.set $old (memory.grow (i32.const 1)))
    (if (i32.ge_s (local.get $old) (i32.const 0))
      (then (memory.fill (i32.shl (local.get $old) (i32.const 16)) (i32.const 7) (i32.const 65536))))
    (local.get $old)))

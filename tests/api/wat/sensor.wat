;; All of its results come from its host: numbers of every type, globals, and the memory.
(module
  (import "env" "sample" (func $sample (param i32 f64) (result i32)))
  (import "env" "fill" (func $fill (param i32 i32)))
  (import "env" "pair" (func $pair (result i64 f32)))
  (import "env" "thing" (func $thing (param externref) (result externref)))
  (import "env" "turn" (func $turn (param v128) (result v128)))
  (import "env" "scale" (global $scale i32))
  (import "env" "count" (global $count (mut i32)))
  (import "S" "S" (func $s))
  (memory (export "memory") 2)
  (global $sum (mut i64) (i64.const 0))
  (global $last (mut f32) (f32.const 0))
  (global $kept (mut externref) (ref.null extern))
  (func (export "step") (param i32) (result i64)
    (local $wide i64) (local $narrow f32)
    (call $s)
    (call $fill (i32.const 100) (local.get 0))
    (global.set $count (i32.add (global.get $count) (i32.const 1)))
    (global.set $kept (call $thing (global.get $kept)))
    (call $pair)
    (local.set $narrow)
    (local.set $wide)
    (global.set $last (f32.add (global.get $last) (local.get $narrow)))
    (global.set $sum
      (i64.add
        (i64.add (global.get $sum) (local.get $wide))
        (i64.extend_i32_s
          (i32.mul (global.get $scale) (call $sample (local.get 0) (f64.const 0.5))))))
    (global.set $sum
      (i64.xor
        (global.get $sum)
        (i64x2.extract_lane 1 (call $turn (i64x2.splat (global.get $sum))))))
    (i64.add
      (global.get $sum)
      (i64.add (i64.load (i32.const 100)) (i64.extend_i32_s (global.get $count)))))
)

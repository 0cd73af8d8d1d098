;; A LibraryModule: the caller lends its memory; reads take it shared, writes mutably.
(module
  (import "env" "memory" (memory 1))
  (import "env" "trace" (func $trace (param i32)))
  (global $calls (mut i32) (i32.const 0))
  (data (i32.const 16) "lib")
  (func (export "sum") (param $p i32) (param $n i32) (result i32) (local $s i32)
    (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
    (block $done
      (loop $more
        (br_if $done (i32.eqz (local.get $n)))
        (local.set $s (i32.add (local.get $s) (i32.load8_u (local.get $p))))
        (local.set $p (i32.add (local.get $p) (i32.const 1)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (br $more)))
    (local.get $s))
  (func (export "clear") (param i32 i32)
    (call $trace (local.get 0))
    (memory.fill (local.get 0) (i32.const 0) (local.get 1))))

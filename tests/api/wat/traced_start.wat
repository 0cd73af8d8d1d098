;; Its instantiation traps if the host says so.
(module
  (import "env" "limit" (global $limit i32))
  (memory 1)
  (func $check (drop (i32.load (global.get $limit))))
  (func $begin (call $check))
  (start $begin))

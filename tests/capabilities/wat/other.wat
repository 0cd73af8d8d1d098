;; Imports the same name from the same module name as `app`, and owns a memory too.
(module
  (import "env" "log" (func $log (param $at i32) (param $length i32)))
  (memory 1)
  (func (export "run") (call $log (i32.const 0) (i32.const 5)))
  (func (export "poke") (param $at i32) (param $value i32)
    (i32.store8 (local.get $at) (local.get $value))))

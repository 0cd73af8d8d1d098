(module
  (import "env" "read_celsius" (func $read (param i32) (result f32)))
  (memory 1)
  (func (export "sum") (result f32)
    (f32.add (call $read (i32.const 0)) (call $read (i32.const 1)))))

(module (memory (export "memory") 1) (func $s (i32.store (i32.const 65533) (i32.const 1))) (start $s) (func (export "f")))

(module (memory (export "memory") 1) (table 2 funcref) (elem (i32.const 1) 0 0) (func (export "f")))

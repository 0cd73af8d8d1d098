(module (func (result i32) (memory.grow (i32.const 0))))

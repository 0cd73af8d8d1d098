(module (func i32.const 1 block i32.const 2 i32.const 3 end drop))

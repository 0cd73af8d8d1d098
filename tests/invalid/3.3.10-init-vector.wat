(module (global v128 (v128.not (v128.const i32x4 1 2 3 4))))

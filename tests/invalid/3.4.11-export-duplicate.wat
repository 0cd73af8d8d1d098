(module (func $g (export "x")) (memory (export "x") 1))

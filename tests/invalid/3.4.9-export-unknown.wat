(module (export "x" (func 0)))

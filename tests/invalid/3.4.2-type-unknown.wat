(module (func $g (type 3)))

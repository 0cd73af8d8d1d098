fn main() {
    herkos_build::compile();
}

//! Has a C library filter a picture: writes it as PNG files, before and after, into a folder.

mod scene;

use std::error::Error;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use herkos_runtime::{BoxedMemory, WasmTrap};

herkos_runtime::include_modules!(); // `mod filter`, from c/filter.c

type Filter = filter::Module<BoxedMemory>;

const WIDTH: u32 = 192;
const HEIGHT: u32 = 128;

fn write(path: &Path, pixels: &[u8]) -> Result<(), Box<dyn Error>> {
    let mut encoder = png::Encoder::new(File::create(path)?, WIDTH, HEIGHT);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_compression(png::Compression::High);
    encoder.write_header()?.write_image_data(pixels)?;
    Ok(())
}

/// What a filter makes of the pixels.
fn filtered(
    pixels: &[u8],
    apply: impl FnOnce(&mut Filter) -> Result<(), WasmTrap>,
) -> Result<Vec<u8>, WasmTrap> {
    let mut filter = Filter::boxed()?;
    let start = filter.picture(WIDTH as i32, HEIGHT as i32)? as usize;
    let place = start..start + pixels.len();
    filter.memory_mut()[place.clone()].copy_from_slice(pixels);
    apply(&mut filter)?;
    Ok(filter.memory()[place].to_vec())
}

/// Each picture and its name.
fn pictures() -> Result<[(&'static str, Vec<u8>); 4], WasmTrap> {
    let before = scene::draw(WIDTH, HEIGHT);
    Ok([
        ("blur", filtered(&before, |filter| filter.blur(3))?),
        ("edges", filtered(&before, Filter::edges)?),
        ("dither", filtered(&before, |filter| filter.dither(2))?),
        ("before", before),
    ])
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args_os().nth(1).unwrap_or("pictures".into()));
    fs::create_dir_all(&folder)?;
    for (name, pixels) in pictures()? {
        write(&folder.join(name).with_extension("png"), &pixels)?;
        println!("{name}.png: {WIDTH} x {HEIGHT} pixels");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::io::BufReader;

    /// Pixels, not files: how well they are compressed may change.
    #[test]
    fn the_pictures_of_the_readme_are_what_is_drawn() {
        for (name, pixels) in super::pictures().unwrap() {
            let file = File::open(format!("pictures/{name}.png")).unwrap();
            let mut reader = png::Decoder::new(BufReader::new(file)).read_info().unwrap();
            let mut shown = vec![0; reader.output_buffer_size().unwrap()];
            reader.next_frame(&mut shown).unwrap();
            assert!(shown == pixels, "{name}.png");
        }
    }

    #[test]
    fn a_picture_that_is_too_large_has_no_place() {
        let mut filter = super::Filter::boxed().unwrap();
        assert_eq!(filter.picture(257, 256), Ok(0));
        assert_eq!(filter.picture(-1, -1), Ok(0));
        assert_ne!(filter.picture(256, 256), Ok(0));
    }
}

//! The rooms of one home as PNG files of 1280 × 960, in the order of a walk: `film FOLDER`.

use scenes::{Building, Decoration, Facing, HomeLook, Layout, Pixels, View, raster, svg};
use std::fs::File;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args_os().nth(1).ok_or("film FOLDER")?);
    let look = HomeLook {
        seed: 20_261_124,
        storeys: 18,
        floor: 11,
        built_year: 2012,
        facing: Facing::South,
        decoration: Decoration::Fine,
        layout: Layout { rooms: 3, halls: 2, kitchens: 1, baths: 2 },
        area_centi_sqm: 11_800,
        building: Building::Slab,
    };
    let walk = [View::Facade, View::Living, View::Bedroom(0), View::Kitchen, View::Balcony];
    for (at, view) in walk.into_iter().enumerate() {
        let Pixels { width, height, rgba } = raster(&svg(&look, view), 1280)?;
        let mut encoder = png::Encoder::new(File::create(folder.join(format!("{at}.png")))?, width, height);
        encoder.set_color(png::ColorType::Rgba);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.write_header()?.write_image_data(&rgba)?;
    }
    Ok(())
}

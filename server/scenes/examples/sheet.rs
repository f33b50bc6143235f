//! Writes a contact sheet of one view for many homes: `cargo run -p scenes --example sheet -- sheet.png living 24 4`.
//!
//! Arguments: file (PNG), view, number of homes (24), columns (4), first seed (1).

use resvg::tiny_skia::{IntSize, Pixmap, PixmapPaint, Transform};
use scenes::{Building, Decoration, Facing, HomeLook, Layout, View, Words};

const FACINGS: [Facing; 8] = [
    Facing::South,
    Facing::East,
    Facing::West,
    Facing::North,
    Facing::SouthEast,
    Facing::SouthWest,
    Facing::NorthEast,
    Facing::NorthWest,
];
const DECORATIONS: [Decoration; 6] = [
    Decoration::Fine,
    Decoration::Simple,
    Decoration::Luxury,
    Decoration::Fine,
    Decoration::Rough,
    Decoration::Luxury,
];
const BUILDINGS: [(Building, u8, u16); 12] = [
    (Building::Slab, 6, 1988),
    (Building::Tower, 32, 2015),
    (Building::Slab, 3, 1930),
    (Building::Slab, 6, 2012),
    (Building::Tower, 24, 1998),
    (Building::Slab, 11, 2006),
    (Building::Bungalow, 1, 1950),
    (Building::Villa, 3, 2010),
    (Building::Mixed, 18, 2009),
    (Building::Slab, 18, 2020),
    (Building::Tower, 45, 2021),
    (Building::Slab, 5, 1976),
];

fn home(seed: u64) -> HomeLook {
    let n = seed as usize;
    let (building, storeys, built_year) = BUILDINGS[n % BUILDINGS.len()];
    let rooms = (n * 7 / 3 % 5) as u8 + u8::from(building == Building::Villa) * 3;
    HomeLook {
        seed,
        storeys,
        floor: (n * 5 % usize::from(storeys)) as u8 + 1,
        built_year,
        facing: FACINGS[n * 3 % FACINGS.len()],
        decoration: DECORATIONS[n % DECORATIONS.len()],
        layout: Layout { rooms, halls: (n % 3) as u8, kitchens: 1, baths: 1 + rooms / 3 },
        area_centi_sqm: 3_800 + i32::from(rooms) * 2_700 + (n as i32 * 37) % 900,
        building,
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().unwrap_or_else(|| "sheet.png".to_owned());
    let view = arguments.next().unwrap_or_else(|| "cover".to_owned());
    let mut number = |default: u32| arguments.next().and_then(|word| word.parse().ok()).unwrap_or(default);
    let (count, columns, first) = (number(24), number(4).max(1), number(1));
    let (cell_width, cell_height) = (1_200 / columns, 900 / columns);
    let mut sheet =
        Pixmap::new(columns * cell_width, count.div_ceil(columns).max(1) * cell_height).ok_or("too large a sheet")?;
    for index in 0..count {
        let look = home(u64::from(first + index));
        let drawn = match view.as_str() {
            "facade" => scenes::svg(&look, View::Facade),
            "living" => scenes::svg(&look, View::Living),
            "bedroom" => scenes::svg(&look, View::Bedroom((index % 3) as u8)),
            "kitchen" => scenes::svg(&look, View::Kitchen),
            "bath" => scenes::svg(&look, View::Bath),
            "balcony" => scenes::svg(&look, View::Balcony),
            "plan" => scenes::svg_plan(&look, if index % 2 == 0 { Words::Zh } else { Words::En }),
            _ => scenes::svg(&look, scenes::cover(&look)),
        };
        let cell = scenes::raster(&drawn, cell_width - 6)?;
        let size = IntSize::from_wh(cell.width, cell.height).ok_or("an empty picture")?;
        // The pictures are opaque: plain and premultiplied colours are the same.
        let cell = Pixmap::from_vec(cell.rgba, size).ok_or("an incomplete picture")?;
        let (x, y) = (index % columns * cell_width, index / columns * cell_height);
        sheet.draw_pixmap(x as i32, y as i32, cell.as_ref(), &PixmapPaint::default(), Transform::identity(), None);
    }
    Ok(sheet.save_png(path)?)
}

//! Pictures as pixels.

use std::fmt;
use std::sync::{Arc, OnceLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Family, Query, Source, Weight};
use resvg::usvg::{ImageHrefResolver, ImageKind, Options, Tree};

/// Widest picture that is drawn, in pixels.
pub const MAX_WIDTH: u32 = 1600;

/// A picture as rows of red, green, blue, alpha (not premultiplied).
#[derive(Clone, Debug)]
pub struct Pixels {
    pub width: u32,
    pub height: u32,
    pub rgba: Vec<u8>,
}

/// Why a picture could not be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The text is not an SVG picture; with the parser's reason.
    Svg(String),
    /// The width is 0 or above [`MAX_WIDTH`], or the picture's proportions make it higher than twice that.
    Size,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Svg(reason) => write!(f, "not an SVG picture: {reason}"),
            Self::Size => write!(f, "a picture is 1 to {MAX_WIDTH} pixels wide"),
        }
    }
}

impl std::error::Error for Error {}

/// Draws an SVG picture `width` pixels wide, its height by its proportions; other files are never read.
///
/// # Errors
/// [`Error::Svg`] for text that is no picture, [`Error::Size`] for a size out of bounds.
pub fn raster(svg: &str, width: u32) -> Result<Pixels, Error> {
    draw(svg, width, None)
}

/// The same with a JPEG photo in the place of its one `<image>`.
///
/// # Errors
/// As [`raster`].
pub fn raster_with(svg: &str, width: u32, photo: &[u8]) -> Result<Pixels, Error> {
    draw(svg, width, Some(Arc::new(photo.to_vec())))
}

fn draw(svg: &str, width: u32, photo: Option<Arc<Vec<u8>>>) -> Result<Pixels, Error> {
    if width == 0 || width > MAX_WIDTH {
        return Err(Error::Size);
    }
    let options = Options {
        font_family: FAMILY.to_owned(),
        fontdb: fonts(),
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(move |_, _| photo.clone().map(ImageKind::JPEG)),
        },
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options).map_err(|reason| Error::Svg(reason.to_string()))?;
    let scale = width as f32 / tree.size().width();
    let height = (tree.size().height() * scale).round().max(1.0);
    if height > (2 * MAX_WIDTH) as f32 {
        return Err(Error::Size);
    }
    let mut map = Pixmap::new(width, height as u32).ok_or(Error::Size)?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut map.as_mut());
    let rgba = map.pixels().iter().flat_map(|pixel| {
        let color = pixel.demultiply();
        [color.red(), color.green(), color.blue(), color.alpha()]
    });
    Ok(Pixels { width, height: map.height(), rgba: rgba.collect() })
}

const FAMILY: &str = "Noto Sans CJK SC";

/// The fonts pictures are lettered with, read once.
///
/// The one family that is used is kept in memory: files would be read again for every text, 20 MB each.
fn fonts() -> Arc<Database> {
    static FONTS: OnceLock<Arc<Database>> = OnceLock::new();
    FONTS
        .get_or_init(|| {
            let mut system = Database::new();
            system.load_system_fonts();
            let mut kept = Database::new();
            for weight in [Weight::NORMAL, Weight::BOLD] {
                let query = Query { families: &[Family::Name(FAMILY)], weight, ..Query::default() };
                let file = system.query(&query).and_then(|face| system.face_source(face));
                if let Some((Source::File(path), _)) = file
                    && let Ok(bytes) = std::fs::read(path)
                {
                    kept.load_font_source(Source::Binary(Arc::new(bytes)));
                }
            }
            if kept.is_empty() {
                // Digits and the fixed words at least; names are drawn with what the system has.
                kept = system;
                kept.load_font_data(include_bytes!("../fonts/share.otf").to_vec());
            }
            kept.set_sans_serif_family(FAMILY);
            Arc::new(kept)
        })
        .clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_has_the_width_asked_for_and_its_own_proportions() {
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 480\"><rect width=\"640\" height=\"480\" fill=\"#102030\"/></svg>";
        let pixels = raster(svg, 64).expect("draws");
        assert_eq!((pixels.width, pixels.height, pixels.rgba.len()), (64, 48, 64 * 48 * 4));
        assert_eq!(pixels.rgba[..4], [0x10, 0x20, 0x30, 0xFF]);
    }

    #[test]
    fn sizes_out_of_bounds_and_other_texts_are_refused() {
        let tall = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 100000\"/>";
        assert_eq!(raster(tall, 100).err(), Some(Error::Size));
        assert_eq!(raster(tall, 0).err(), Some(Error::Size));
        assert_eq!(raster(tall, MAX_WIDTH + 1).err(), Some(Error::Size));
        assert!(matches!(raster("<html/>", 100), Err(Error::Svg(_))));
    }
}

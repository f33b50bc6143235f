//! The picture that a link to a home shows in a chat: the home's cover beside its price.

use crate::raster::{Error, Pixels, raster, raster_with};

/// Width and height, as chats and networks want them.
pub const SHARE_SIZE: (u32, u32) = (1200, 630);

/// What stands beside the cover. All words are the caller's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareWords {
    /// On the plate.
    pub brand: String,
    /// Number and unit of the price.
    pub price: (String, String),
    /// Price per square metre.
    pub unit_price: String,
    /// Community.
    pub name: String,
    /// Rooms, area.
    pub facts: Vec<String>,
    /// At the foot.
    pub code: String,
}

/// What stands beside the words.
#[derive(Clone, Copy, Debug)]
pub enum Cover<'a> {
    /// Nothing: the plate stands alone.
    None,
    /// A whole SVG document.
    Svg(&'a str),
    /// A photo.
    Jpeg(&'a [u8]),
}

/// The picture as SVG. A photo has its place there but is not in it; [`png_share`] lays it in.
pub fn svg_share(cover: Cover<'_>, words: &ShareWords) -> String {
    let (width, height) = SHARE_SIZE;
    let cover = match cover {
        Cover::None => String::new(),
        Cover::Svg(svg) => placed(svg),
        Cover::Jpeg(_) => PLACE.to_owned(),
    };
    let facts: String = words
        .facts
        .iter()
        .enumerate()
        .map(|(at, fact)| text(748, 388 + 52 * u32::try_from(at).unwrap_or(0), 34, "#4c5661", fact))
        .collect();
    let number = fitted(&words.price.0, 104, 300);
    let unit_at = 748 + advance(&words.price.0, number) + 14;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\">\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#eef1f4\"/>{cover}\
         <rect x=\"700\" width=\"500\" height=\"{height}\" fill=\"#ffffff\"/>\
         <rect x=\"748\" y=\"56\" width=\"{plate}\" height=\"60\" rx=\"10\" fill=\"#17489a\"/>\
         <rect x=\"753\" y=\"61\" width=\"{inner}\" height=\"50\" rx=\"6\" fill=\"none\" stroke=\"#ffffff\" stroke-opacity=\".55\" stroke-width=\"2\"/>\
         {brand}{price}{unit}{each}{name}{facts}{code}</svg>",
        plate = advance(&words.brand, 32) + 48,
        inner = advance(&words.brand, 32) + 38,
        brand = text(772, 98, 32, "#ffffff", &words.brand),
        price = text(748, 236, number, "#14191f", &words.price.0),
        unit = text(unit_at, 236, 44, "#14191f", &words.price.1),
        each = text(748, 288, 30, "#4c5661", &words.unit_price),
        name = text(748, 336, fitted(&words.name, 38, 400), "#14191f", &words.name),
        code = text(748, 582, 26, "#7a8490", &words.code),
    )
}

/// The picture as a PNG file.
///
/// # Errors
/// As [`raster`].
pub fn png_share(cover: Cover<'_>, words: &ShareWords) -> Result<Vec<u8>, Error> {
    let svg = svg_share(cover, words);
    let Pixels { width, height, rgba } = match cover {
        Cover::Jpeg(photo) => raster_with(&svg, SHARE_SIZE.0, photo)?,
        Cover::None | Cover::Svg(_) => raster(&svg, SHARE_SIZE.0)?,
    };
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    encoder
        .write_header()
        .and_then(|mut writer| writer.write_image_data(&rgba))
        .map_err(|error| Error::Svg(error.to_string()))?;
    Ok(bytes)
}

/// Where a photo stands. The address is never followed: the drawing takes the photo it was given.
const PLACE: &str = "<image href=\"cover\" width=\"700\" height=\"630\" preserveAspectRatio=\"xMidYMid slice\"/>";

/// A document as a part of another, cut to its place.
fn placed(svg: &str) -> String {
    let place = "<svg x=\"0\" y=\"0\" width=\"700\" height=\"630\" preserveAspectRatio=\"xMidYMid slice\" ";
    svg.replacen("<svg ", place, 1)
}

fn text(x: u32, y: u32, size: u32, fill: &str, words: &str) -> String {
    let words = words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!("<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" font-weight=\"700\" fill=\"{fill}\">{words}</text>")
}

/// How wide words are at a size, roughly: an em for what is Chinese, a little more than half for the rest.
fn advance(words: &str, size: u32) -> u32 {
    let per_mille: u32 = words.chars().map(|c| if c > '\u{2e7f}' { 1000 } else { 600 }).sum();
    per_mille * size / 1000
}

/// The size at which words stay within a width.
fn fitted(words: &str, size: u32, width: u32) -> u32 {
    let wide = advance(words, size);
    if wide <= width { size } else { (size * width / wide).max(16) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(name: &str) -> ShareWords {
        ShareWords {
            brand: "门牌".into(),
            price: ("685".into(), "万".into()),
            unit_price: "62,443 元/㎡".into(),
            name: name.into(),
            facts: vec!["3室2厅2卫".into(), "建面 109.7 ㎡".into()],
            code: "FY-202611-0001".into(),
        }
    }

    #[test]
    fn a_share_picture_is_a_png_of_the_right_size_with_the_price_in_it() {
        let bytes = png_share(Cover::None, &words("滨江")).expect("draws");
        assert_eq!(bytes[..8], [0x89, b'P', b'N', b'G', 13, 10, 26, 10]);
        let size = |at: usize| u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
        assert_eq!((size(16), size(20)), SHARE_SIZE);
        // Where the price stands there is ink.
        let pixels = raster(&svg_share(Cover::None, &words("滨江")), SHARE_SIZE.0).expect("draws");
        let dark = |x: usize, y: usize| pixels.rgba[(y * 1200 + x) * 4] < 60;
        assert!((150..236).any(|y| (748..980).any(|x| dark(x, y))));
    }

    #[test]
    fn names_are_text_and_long_ones_shrink() {
        let svg = svg_share(Cover::None, &words("<b>&"));
        assert!(svg.contains("&lt;b&gt;&amp;</text>") && !svg.contains("<b>"));
        assert!(fitted("一二三四五六七八九十一二三四五六", 38, 400) < 38);
    }
}

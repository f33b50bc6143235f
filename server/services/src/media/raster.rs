//! A photo as it came, made into the copies that pages show: turned upright, nothing kept but its pixels.

use bytes::Bytes;
use domain::media::{PANORAMA_WIDTHS, PHOTO_BYTES, PHOTO_LEAST, PHOTO_PIXELS, Refusal, WIDTHS, is_panorama};
use fast_image_resize::images::Image;
use fast_image_resize::{PixelType, ResizeOptions, Resizer};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{
    DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageFormat, ImageReader, Limits, RgbImage,
};
use std::io::Cursor;
use tokio::sync::Semaphore;

/// Quality of the copies: at 80 nobody sees a difference on a telephone, and a room of 1600 pixels takes about 250 kB.
const QUALITY: u8 = 80;
/// Width of the miniature, in pixels.
const MINIATURE: u32 = 8;
/// What decoding one picture may take, in bytes: the largest allowed one with room for its decoder.
const MEMORY: u64 = 512 << 20;

/// Decoding takes memory and a processor: two at a time, whoever asks.
static PEN: Semaphore = Semaphore::const_new(2);

/// The copies of a photo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Copies {
    /// JPEG: large, medium, small.
    pub(crate) jpeg: [Bytes; 3],
    /// PNG of a few pixels.
    pub(crate) miniature: Vec<u8>,
    /// Pixels of the large one.
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// Whether it shows everything around.
    pub(crate) around: bool,
}

/// What the first bytes say a file is; its name says nothing.
pub(crate) fn picture(bytes: &[u8]) -> Result<ImageFormat, Refusal> {
    match bytes {
        [] => Err(Refusal::Empty),
        [0xFF, 0xD8, 0xFF, ..] => Ok(ImageFormat::Jpeg),
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Ok(ImageFormat::Png),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok(ImageFormat::WebP),
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => match brand.get(..4) {
            Some(b"heic" | b"heix" | b"hevc" | b"heim" | b"heis" | b"mif1" | b"msf1" | b"avif") => Err(Refusal::Heic),
            _ => Err(Refusal::Format),
        },
        _ => Err(Refusal::Format),
    }
}

/// Makes the copies on a thread that may take its time.
///
/// # Errors
/// Why the picture is refused; `None` where too many wait.
pub(crate) async fn copies(bytes: Bytes) -> Option<Result<Copies, Refusal>> {
    in_turn(move || make(&bytes)).await
}

/// A picture of papers: one copy, upright and without anything but pixels.
pub(crate) async fn clean(bytes: Bytes) -> Option<Result<(Vec<u8>, ImageFormat), Refusal>> {
    in_turn(move || {
        let format = picture(&bytes)?;
        let image = upright(&bytes, format)?;
        // What has letters keeps its edges.
        let format = if format == ImageFormat::Png { ImageFormat::Png } else { ImageFormat::Jpeg };
        let encoded = if format == ImageFormat::Png { png(&image)? } else { jpeg(&image, 90)? };
        Ok((encoded, format))
    })
    .await
}

async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let turn = tokio::time::timeout(std::time::Duration::from_secs(60), PEN.acquire()).await.ok()?.ok()?;
    let done = tokio::task::spawn_blocking(work).await.ok();
    drop(turn);
    done
}

pub(crate) fn make(bytes: &[u8]) -> Result<Copies, Refusal> {
    if bytes.len() > PHOTO_BYTES {
        return Err(Refusal::TooLarge);
    }
    let image = upright(bytes, picture(bytes)?)?;
    if image.width().min(image.height()) < PHOTO_LEAST {
        return Err(Refusal::TooSmall);
    }
    of_pixels(image)
}

/// The copies of a picture that is there as pixels.
pub(crate) fn of_pixels(image: RgbImage) -> Result<Copies, Refusal> {
    let around = is_panorama(image.width(), image.height());
    // Each from the one before: the widest costs most.
    let [small, medium, large] = if around { PANORAMA_WIDTHS } else { WIDTHS };
    let large = shrunk(image, large)?;
    let (width, height) = large.dimensions();
    let first = Bytes::from(jpeg(&large, QUALITY)?);
    let medium = shrunk(large, medium)?;
    let second = if medium.width() == width { first.clone() } else { Bytes::from(jpeg(&medium, QUALITY)?) };
    let before = medium.width();
    let small = shrunk(medium, small)?;
    let third = if small.width() == before { second.clone() } else { Bytes::from(jpeg(&small, QUALITY)?) };
    let miniature = png(&shrunk(small, MINIATURE)?)?;
    Ok(Copies { jpeg: [first, second, third], miniature, width, height, around })
}

/// Reads the size before anything is unpacked, then the pixels, turned as the camera was held.
fn upright(bytes: &[u8], format: ImageFormat) -> Result<RgbImage, Refusal> {
    if format == ImageFormat::Jpeg && !is_whole(bytes) {
        return Err(Refusal::Broken);
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| Refusal::Broken)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PHOTO_PIXELS {
        return Err(Refusal::TooManyPixels);
    }
    let turned = decoder.orientation().map_err(|_| Refusal::Broken)?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(|_| Refusal::Broken)?;
    image.apply_orientation(turned);
    Ok(on_white(image))
}

/// Whether a JPEG has its end: the decoder would paint what is missing grey. Something may follow the end, and the
/// small picture in the head has an end of its own.
fn is_whole(bytes: &[u8]) -> bool {
    let mut at = 2;
    while let Some([0xFF, marker, length @ ..]) = bytes.get(at..at + 4) {
        if *marker == 0xDA {
            return bytes[at..].windows(2).any(|two| two == [0xFF, 0xD9]);
        }
        at += match marker {
            // A filling byte.
            0xFF => 1,
            _ => 2 + length.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte)),
        };
    }
    false
}

/// What is transparent becomes white.
fn on_white(image: DynamicImage) -> RgbImage {
    if !image.color().has_alpha() {
        return image.into_rgb8();
    }
    let source = image.into_rgba8();
    RgbImage::from_fn(source.width(), source.height(), |x, y| {
        let [red, green, blue, alpha] = source.get_pixel(x, y).0;
        let alpha = u16::from(alpha);
        let mixed = |value: u8| u8::try_from((u16::from(value) * alpha + 255 * (255 - alpha)) / 255).unwrap_or(255);
        image::Rgb([mixed(red), mixed(green), mixed(blue)])
    })
}

/// At most so wide; never wider than it was.
fn shrunk(image: RgbImage, most: u32) -> Result<RgbImage, Refusal> {
    let (width, height) = image.dimensions();
    if width <= most {
        return Ok(image);
    }
    let tall = u64::from(height) * u64::from(most) / u64::from(width);
    let tall = u32::try_from(tall).unwrap_or(u32::MAX).max(1);
    let source = Image::from_vec_u8(width, height, image.into_raw(), PixelType::U8x3).map_err(|_| Refusal::Broken)?;
    let mut target = Image::new(most, tall, PixelType::U8x3);
    Resizer::new().resize(&source, &mut target, &ResizeOptions::new()).map_err(|_| Refusal::Broken)?;
    RgbImage::from_raw(most, tall, target.into_vec()).ok_or(Refusal::Broken)
}

fn jpeg(image: &RgbImage, quality: u8) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
    encode(encoder, image)?;
    Ok(bytes)
}

fn png(image: &RgbImage) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    encode(PngEncoder::new(&mut bytes), image)?;
    Ok(bytes)
}

fn encode(encoder: impl ImageEncoder, image: &RgbImage) -> Result<(), Refusal> {
    encoder
        .write_image(image.as_raw(), image.width(), image.height(), ExtendedColorType::Rgb8)
        .map_err(|_| Refusal::Broken)
}

#[cfg(test)]
mod tests;

//! Photos as people send them.

use super::*;
use image::Rgb;

/// Left half red, right half blue.
fn halves(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, _| if x * 2 < width { Rgb([200, 20, 20]) } else { Rgb([20, 20, 200]) })
}

/// An APP1 segment: orientation as the camera writes it, a maker, and a position.
fn exif(orientation: u8) -> Vec<u8> {
    let mut tiff = b"MM\0\x2a\0\0\0\x08\0\x02".to_vec();
    tiff.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    // GPSInfo, with the reference of the latitude in it.
    tiff.extend([0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38, 0, 0, 0, 0]);
    tiff.extend([0, 1, 0, 1, 0, 2, 0, 0, 0, 2, b'N', 0, 0, 0, 0, 0, 0, 0]);
    let mut body = b"Exif\0\0".to_vec();
    body.extend(tiff);
    body.extend(b"GPS-31.2304-121.4737");
    let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
    [&[0xFF, 0xE1], &length[..], &body].concat()
}

fn photo(width: u32, height: u32, orientation: u8) -> Vec<u8> {
    let plain = jpeg(&halves(width, height), 90).unwrap();
    [&plain[..2], &exif(orientation), &plain[2..]].concat()
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn a_photo_becomes_three_widths_and_a_miniature() {
    let made = make(&photo(2000, 1500, 1)).unwrap();
    assert_eq!((made.width, made.height), (1600, 1200));
    let sizes = made.jpeg.each_ref().map(|copy| {
        let image = image::load_from_memory_with_format(copy, ImageFormat::Jpeg).unwrap();
        (image.width(), image.height())
    });
    assert_eq!(sizes, [(1600, 1200), (800, 600), (320, 240)]);
    assert!(made.miniature.len() < 400, "{} bytes stand in every page", made.miniature.len());
    assert_eq!(make(&photo(2000, 1500, 1)).unwrap(), made, "the same photo gives the same copies");
}

#[test]
fn a_picture_of_everything_around_keeps_more_of_its_width() {
    let made = make(&photo(5000, 2500, 1)).unwrap();
    assert_eq!((made.width, made.height, made.around), (4096, 2048, true));
    let narrow = make(&photo(2400, 1200, 1)).unwrap();
    assert_eq!((narrow.width, narrow.height, narrow.around), (2400, 1200, true));
    assert!(!make(&photo(1200, 600, 1)).unwrap().around && !make(&photo(2400, 1300, 1)).unwrap().around);
}

#[test]
fn where_it_was_taken_and_by_whom_is_gone_from_every_copy() {
    let sent = photo(900, 700, 1);
    assert!(contains(&sent, b"Exif") && contains(&sent, b"GPS-31.2304"), "the test itself");
    let made = make(&sent).unwrap();
    for copy in made.jpeg.iter().map(|copy| &copy[..]).chain([&made.miniature[..]]) {
        assert!(!contains(copy, b"Exif") && !contains(copy, b"GPS") && !contains(copy, b"eXIf"));
        assert!(!copy.windows(2).any(|two| two == [0xFF, 0xE1]), "no APP1 segment");
    }
}

#[test]
fn a_photo_stands_upright_as_the_camera_was_held() {
    // 6: turn by 90° to the right. What was left is on top then.
    let made = make(&photo(900, 600, 6)).unwrap();
    assert_eq!((made.width, made.height), (600, 900));
    let image = image::load_from_memory(&made.jpeg[0]).unwrap().into_rgb8();
    let [red, _, blue] = image.get_pixel(300, 100).0;
    assert!(red > 150 && blue < 100, "the red half is on top");
    let turned = make(&photo(900, 600, 3)).unwrap();
    let image = image::load_from_memory(&turned.jpeg[0]).unwrap().into_rgb8();
    assert!(image.get_pixel(100, 300).0[2] > 150, "upside down: blue is on the left");
}

#[test]
fn a_narrow_photo_is_not_made_wider() {
    let made = make(&png(&halves(500, 400)).unwrap()).unwrap();
    assert_eq!((made.width, made.height), (500, 400));
    assert_eq!(made.jpeg[0], made.jpeg[1]);
    assert_ne!(made.jpeg[1], made.jpeg[2]);
}

#[test]
fn what_is_clear_becomes_white() {
    let mut clear = image::RgbaImage::from_pixel(300, 300, image::Rgba([0, 0, 0, 0]));
    clear.put_pixel(0, 0, image::Rgba([0, 0, 0, 255]));
    let mut bytes = Vec::new();
    DynamicImage::from(clear).write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
    let made = make(&bytes).unwrap();
    let image = image::load_from_memory(&made.jpeg[0]).unwrap().into_rgb8();
    assert!(image.get_pixel(150, 150).0.iter().all(|value| *value > 250));
}

#[test]
fn what_is_no_photo_is_refused_with_the_reason_and_nothing_is_unpacked() {
    let large = photo(400, 300, 1);
    assert_eq!(make(b"").unwrap_err(), Refusal::Empty);
    for other in
        [&b"%PDF-1.7 \n"[..], b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a......", b"MZ\x90\0", b"<html>"]
    {
        assert_eq!(make(other).unwrap_err(), Refusal::Format, "{}", String::from_utf8_lossy(other));
    }
    assert_eq!(make(b"\0\0\0\x18ftypheic\0\0\0\0").unwrap_err(), Refusal::Heic);
    assert_eq!(make(&large[..large.len() / 3]).unwrap_err(), Refusal::Broken);
    assert_eq!(make(&[0xFF, 0xD8, 0xFF, 0, 0, 0]).unwrap_err(), Refusal::Broken);
    assert_eq!(make(&photo(199, 400, 1)).unwrap_err(), Refusal::TooSmall);
    // A picture that says it is huge: 30,000 × 30,000 in a few bytes.
    let mut bomb = png(&halves(300, 300)).unwrap();
    bomb[16..24].copy_from_slice(&[0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30]);
    let crc = crc(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&crc.to_be_bytes());
    let before = std::time::Instant::now();
    assert_eq!(make(&bomb).unwrap_err(), Refusal::TooManyPixels);
    assert!(before.elapsed().as_millis() < 200);
    let mut heavy = photo(400, 300, 1);
    heavy.resize(PHOTO_BYTES + 1, 0);
    assert_eq!(make(&heavy).unwrap_err(), Refusal::TooLarge);
}

/// The checksum of a PNG chunk.
fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 })
    };
    !bytes.iter().fold(u32::MAX, step)
}

//! Films: known by their first bytes, kept as they are but for what tells where and with what they were made.

use bytes::Bytes;
use domain::media::{FILM_BYTES, FileKind, Refusal};

/// A film, ready to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Film {
    pub(crate) bytes: Bytes,
    pub(crate) kind: FileKind,
    /// Pixels; 16 : 9 where the film does not say.
    pub(crate) size: (u32, u32),
}

/// What the first bytes say: a film, or `None`.
pub(crate) fn is_film(bytes: &[u8]) -> Option<FileKind> {
    match bytes {
        [0x1A, 0x45, 0xDF, 0xA3, ..] if bytes.windows(4).take(64).any(|word| word == b"webm") => Some(FileKind::Webm),
        [_, _, _, _, b'f', b't', b'y', b'p', b'i' | b'm' | b'a' | b'M' | b'3' | b'd', rest @ ..] => {
            let brand = [bytes.get(8..9).unwrap_or_default(), rest.get(..3).unwrap_or_default()].concat();
            let known =
                [&b"isom"[..], b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"dash"];
            known.contains(&brand.as_slice()).then_some(FileKind::Mp4)
        }
        _ => None,
    }
}

/// Takes a film in.
///
/// # Errors
/// Why it is refused.
pub(crate) fn take(bytes: Bytes, kind: FileKind) -> Result<Film, Refusal> {
    if bytes.len() > FILM_BYTES {
        return Err(Refusal::TooLarge);
    }
    if kind != FileKind::Mp4 {
        return Ok(Film { bytes, kind, size: (1280, 720) });
    }
    let mut bytes = Vec::from(bytes);
    let whole = bytes.len();
    let (mut size, mut has_index) = (None, false);
    walk(&mut bytes, 0, whole, 0, &mut |name, body| match name {
        b"moov" => has_index = true,
        b"tkhd" => size = size.or_else(|| pixels(body)),
        _ => {}
    })?;
    if !has_index {
        return Err(Refusal::Broken);
    }
    Ok(Film { bytes: bytes.into(), kind, size: size.unwrap_or((1280, 720)) })
}

/// Goes through the boxes. Those that hold what a camera says of itself become empty space of the same length, so
/// that nothing moves.
fn walk(
    bytes: &mut [u8],
    from: usize,
    to: usize,
    depth: u8,
    see: &mut impl FnMut(&[u8; 4], &[u8]),
) -> Result<(), Refusal> {
    let mut at = from;
    while at + 8 <= to {
        let head: [u8; 8] = bytes[at..at + 8].try_into().map_err(|_| Refusal::Broken)?;
        let [a, b, c, d, name @ ..] = head;
        let (length, start) = match u32::from_be_bytes([a, b, c, d]) {
            0 => (to - at, 8),
            1 => {
                let long: [u8; 8] =
                    bytes.get(at + 8..at + 16).and_then(|long| long.try_into().ok()).ok_or(Refusal::Broken)?;
                (usize::try_from(u64::from_be_bytes(long)).map_err(|_| Refusal::Broken)?, 16)
            }
            length => (length as usize, 8),
        };
        let end = at.checked_add(length).filter(|end| *end <= to && length >= start).ok_or(Refusal::Broken)?;
        match &name {
            // Position, device, names: kept beside the index and beside each track.
            b"udta" | b"meta" | b"uuid" => {
                bytes[at + 4..at + 8].copy_from_slice(b"free");
                bytes[at + start..end].fill(0);
            }
            b"moov" | b"trak" if depth < 3 => {
                see(&name, &[]);
                walk(bytes, at + start, end, depth + 1, see)?;
            }
            _ => see(&name, &bytes[at + start..end]),
        }
        at = end;
    }
    if at == to { Ok(()) } else { Err(Refusal::Broken) }
}

/// Width and height of a track, if it has any: the last eight bytes of its header, 16.16.
fn pixels(header: &[u8]) -> Option<(u32, u32)> {
    let tail: [u8; 8] = header.get(header.len().checked_sub(8)?..)?.try_into().ok()?;
    let whole = |at: usize| u32::from(u16::from_be_bytes([tail[at], tail[at + 1]]));
    Some((whole(0), whole(4))).filter(|(width, height)| *width > 0 && *height > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxed(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
        let length = u32::try_from(body.len() + 8).unwrap().to_be_bytes();
        [&length[..], name, body].concat()
    }

    fn film() -> Vec<u8> {
        let mut header = vec![0; 84];
        header[76..84].copy_from_slice(&[2, 0x80, 0, 0, 1, 0xE0, 0, 0]);
        let sound = boxed(b"trak", &boxed(b"tkhd", &[0; 84]));
        let track = boxed(b"trak", &[boxed(b"tkhd", &header), boxed(b"udta", b"made by a phone")].concat());
        let place = boxed(b"udta", &boxed(b"\xA9xyz", b"+31.2304+121.4737/"));
        let index = boxed(b"moov", &[sound, track, place].concat());
        [boxed(b"ftyp", b"isom\0\0\0\0mp42"), index, boxed(b"mdat", b"pictures")].concat()
    }

    #[test]
    fn a_film_keeps_its_pictures_and_its_length_and_loses_its_place() {
        let sent = film();
        assert_eq!(is_film(&sent), Some(FileKind::Mp4));
        let kept = take(Bytes::from(sent.clone()), FileKind::Mp4).unwrap();
        assert_eq!((kept.size, kept.bytes.len()), ((640, 480), sent.len()));
        let text = String::from_utf8_lossy(&kept.bytes).into_owned();
        assert!(text.contains("pictures") && text.contains("free"));
        assert!(!text.contains("31.2304") && !text.contains("phone") && !text.contains("udta"));
    }

    #[test]
    fn what_only_looks_like_a_film_is_refused() {
        let whole = film();
        for broken in [&whole[..whole.len() - 3], &whole[..40], &boxed(b"ftyp", b"isom")[..]] {
            assert_eq!(take(Bytes::copy_from_slice(broken), FileKind::Mp4).unwrap_err(), Refusal::Broken);
        }
        let mut long = film();
        long[3] = 0xFF;
        assert!(take(Bytes::from(long), FileKind::Mp4).is_err());
        assert_eq!(is_film(b"\0\0\0\x18ftypheic"), None);
        assert_eq!(is_film(b"\0\0\0\x14ftypqt  "), None);
        assert_eq!(is_film(b"<html>"), None);
        assert_eq!(is_film(b"\x1A\x45\xDF\xA3\x01\0\0\0\0\0\0\x1F\x42\x82\x84webm"), Some(FileKind::Webm));
        assert_eq!(is_film(b"\x1A\x45\xDF\xA3\x01\0\0\0\0\0\0\x1F\x42\x82\x88matroska"), None);
    }
}

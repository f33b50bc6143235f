//! One page as it is kept: the pieces between its nonces, compressed, so that everybody gets a nonce of their own and
//! nobody waits for compression.
//!
//! Both codings allow it: the pieces are compressed by themselves, each ends at a byte, and what stands between them
//! is written as it is. Brotli is kept of every page, which is a sixth of it; the other forms are made from that, gzip
//! once.

use super::assets::accepts;
use brotli::enc::BrotliEncoderParams;
use crc32fast::Hasher;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use http::HeaderMap;
use std::io::{self, Write};
use std::sync::OnceLock;

/// As of the gate: higher levels cost more time than they save.
const LEVEL: i32 = 5;

/// A page without its nonces.
#[derive(Debug)]
pub(super) struct Page {
    brotli: Vec<Box<[u8]>>,
    gzip: OnceLock<Option<Vec<Summed>>>,
}

/// A piece as gzip, and the checksum of what is in it.
type Summed = (Box<[u8]>, Hasher);

impl Page {
    /// A page as it was rendered with a nonce. `None` would mean that memory fails.
    pub(super) fn new(html: &str, nonce: &str) -> Option<Self> {
        let brotli = html.split(nonce).map(brotli_piece).collect::<io::Result<_>>().ok()?;
        Some(Self { brotli, gzip: OnceLock::new() })
    }

    /// About what it takes, with both codings.
    pub(super) fn bytes(&self) -> usize {
        self.brotli.iter().map(|piece| piece.len()).sum::<usize>() * 2 + 1_024
    }

    /// The page with another nonce, in the coding that is accepted, and its name.
    pub(super) fn with(&self, nonce: &str, headers: &HeaderMap) -> io::Result<(Vec<u8>, Option<&'static str>)> {
        if accepts(headers, "br") {
            return Ok((joined_brotli(&self.brotli, nonce.as_bytes()), Some("br")));
        }
        let gzip =
            || self.brotli.iter().map(|piece| gzip_piece(&plain(&[piece], "")?)).collect::<io::Result<_>>().ok();
        if let Some(pieces) = accepts(headers, "gzip").then(|| self.gzip.get_or_init(gzip)).and_then(Option::as_ref) {
            return Ok((joined_gzip(pieces, nonce.as_bytes()), Some("gzip")));
        }
        Ok((plain(&self.brotli, nonce)?, None))
    }
}

fn plain(pieces: &[impl AsRef<[u8]>], nonce: &str) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    brotli::BrotliDecompress(&mut &joined_brotli(pieces, nonce.as_bytes())[..], &mut out)?;
    Ok(out)
}

/// The part of a stream without its head and end, which refers to nothing before it.
fn brotli_piece(piece: &str) -> io::Result<Box<[u8]>> {
    let params = BrotliEncoderParams {
        quality: LEVEL,
        lgwin: 22,
        size_hint: piece.len(),
        catable: true,
        appendable: true,
        bare_stream: true,
        byte_align: true,
        use_dictionary: false,
        ..BrotliEncoderParams::default()
    };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut piece.as_bytes(), &mut out, &params)?;
    Ok(out.into())
}

/// RFC 7932: a window of 22 bits and an empty block of metadata up to the byte; the nonce as an uncompressed block;
/// an empty last block.
fn joined_brotli(pieces: &[impl AsRef<[u8]>], nonce: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(room(pieces.iter().map(|piece| piece.as_ref().len()), nonce));
    out.extend([0x6b, 0x00]);
    for (at, piece) in pieces.iter().enumerate() {
        if at > 0 {
            // Not the last, a length of four nibbles, uncompressed.
            let head = ((nonce.len() as u32 - 1) << 3 | 1 << 19).to_le_bytes();
            out.extend(&head[..3]);
            out.extend(nonce);
        }
        out.extend(piece.as_ref());
    }
    out.push(0x03);
    out
}

fn gzip_piece(piece: &[u8]) -> io::Result<Summed> {
    let mut sum = Hasher::new();
    sum.update(piece);
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(LEVEL as u32));
    encoder.write_all(piece)?;
    // Ends the block at a byte without ending the stream.
    encoder.flush()?;
    Ok((encoder.get_ref().as_slice().into(), sum))
}

/// RFC 1951 and 1952: the nonce as a stored block, an empty last block, checksum and length of all.
fn joined_gzip(pieces: &[Summed], nonce: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(room(pieces.iter().map(|(piece, _)| piece.len()), nonce));
    out.extend([0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0, 0, 0xff]);
    let (mut sum, mut of_nonce) = (Hasher::new(), Hasher::new());
    of_nonce.update(nonce);
    let len = nonce.len() as u16;
    for (at, (piece, of_piece)) in pieces.iter().enumerate() {
        if at > 0 {
            out.push(0);
            out.extend(len.to_le_bytes());
            out.extend((!len).to_le_bytes());
            out.extend(nonce);
            sum.combine(&of_nonce);
        }
        out.extend(piece);
        sum.combine(of_piece);
    }
    out.extend([0x01, 0, 0, 0xff, 0xff]);
    // The length modulo 2³²: no page comes near it.
    let length = sum.total_len() as u32;
    out.extend(sum.finalize().to_le_bytes());
    out.extend(length.to_le_bytes());
    out
}

fn room(pieces: impl ExactSizeIterator<Item = usize>, nonce: &[u8]) -> usize {
    let between = pieces.len() * (nonce.len() + 8);
    pieces.sum::<usize>() + between + 32
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;
    use http::header::ACCEPT_ENCODING;
    use std::io::Read;

    fn accepting(coding: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(coding))])
    }

    fn unpacked((bytes, coding): (Vec<u8>, Option<&'static str>)) -> String {
        let mut out = Vec::new();
        match coding {
            Some("br") => brotli::BrotliDecompress(&mut &bytes[..], &mut out).unwrap(),
            Some(_) => drop(flate2::read::GzDecoder::new(&bytes[..]).read_to_end(&mut out).unwrap()),
            None => out = bytes,
        }
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn everybody_gets_a_nonce_of_their_own() {
        let page = Page::new("<script nonce=\"abc\"></script><p>abd</p><i nonce=\"abc\">", "abc").unwrap();
        let html = unpacked(page.with("xyz", &HeaderMap::new()).unwrap());
        assert_eq!(html, "<script nonce=\"xyz\"></script><p>abd</p><i nonce=\"xyz\">");
    }

    #[test]
    fn both_codings_unpack_to_the_page_whatever_its_pieces_and_nonces() {
        let words = |n: usize| (0..n).map(|n| format!("<li class=\"home\">{} 万 · 浦东</li>", n * 7919 % 977));
        let long: String = words(4_000).collect();
        let middle: String = words(40).collect();
        for pieces in [&["<", "", &long, &middle, ">"][..], &[&middle], &["", ""], &["一", &long], &[&long, "x"]] {
            let (old, page) = ("0123456789abcdefghijkl", pieces.join("0123456789abcdefghijkl"));
            let kept = Page::new(&page, old).unwrap();
            for nonce in ["AAAAAAAAAAAAAAAAAAAAAA", "home\">浦东</li>", "n"] {
                let wanted = pieces.join(nonce);
                for (accept, coding) in
                    [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("gzip", "gzip")]
                {
                    let (bytes, used) = kept.with(nonce, &accepting(accept)).unwrap();
                    assert_eq!(used, Some(coding), "{accept}");
                    assert!(bytes.len() < wanted.len() / 4 + 200, "{} of {}", bytes.len(), wanted.len());
                    assert_eq!(unpacked((bytes, used)), wanted);
                }
            }
        }
    }
}

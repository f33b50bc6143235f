//! Layouts (户型): rooms, halls, kitchens and baths.

use super::{Reading, read};
use crate::text::numeral;
use domain::listing::Layout;

/// A layout: `3室2厅1厨2卫`, `3房间1卫`, `两室一厅`, `1居`, `2 bedrooms 1 bath`. An open plan (开间) has no room
/// of its own.
pub fn layout(text: &str) -> Reading<Layout> {
    read(text, |text| {
        if matches!(text, "开间" | "单间" | "open plan" | "studio" | "Studio") {
            return Some(Layout { rooms: 0, halls: None, kitchens: None, baths: None });
        }
        let (mut counts, mut rest) = ([None; 4], text);
        while !rest.is_empty() {
            let (n, after) = numeral(rest)?;
            let n = u8::try_from(n).ok().filter(|n| *n <= 99)?;
            let (place, after) = part(after.trim_start())?;
            if let Some(place) = place {
                let count: &mut Option<u8> = &mut counts[place];
                if count.replace(n).is_some() {
                    return None;
                }
            }
            rest = after.trim_start_matches([' ', ',', '/', '-', '+']);
        }
        let [rooms, halls, kitchens, baths] = counts;
        Some(Layout { rooms: rooms?, halls, kitchens, baths })
    })
}

/// Which of the four a word counts, and what follows it. Balconies count for none.
fn part(text: &str) -> Option<(Option<usize>, &str)> {
    const WORDS: [(&str, Option<usize>); 22] = [
        ("房间", Some(0)),
        ("居室", Some(0)),
        ("卧室", Some(0)),
        ("室", Some(0)),
        ("居", Some(0)),
        ("房", Some(0)),
        ("卧", Some(0)),
        ("客厅", Some(1)),
        ("厅", Some(1)),
        ("厨房", Some(2)),
        ("厨", Some(2)),
        ("卫生间", Some(3)),
        ("卫", Some(3)),
        ("浴", Some(3)),
        ("阳台", None),
        ("阳", None),
        ("bedrooms", Some(0)),
        ("bedroom", Some(0)),
        ("beds", Some(0)),
        ("bed", Some(0)),
        ("baths", Some(3)),
        ("bath", Some(3)),
    ];
    WORDS.iter().find_map(|(word, place)| text.strip_prefix(word).map(|rest| (*place, rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layouts_are_read_in_all_their_spellings() {
        let full = |rooms, halls, kitchens, baths| Reading::Known(Layout { rooms, halls, kitchens, baths });
        assert_eq!(layout("3室2厅1厨2卫"), full(3, Some(2), Some(1), Some(2)));
        assert_eq!(layout("3室1厅"), full(3, Some(1), None, None));
        assert_eq!(layout("3房间1卫"), full(3, None, None, Some(1)));
        assert_eq!(layout("两室一厅"), full(2, Some(1), None, None));
        assert_eq!(layout("十二室八厅"), full(12, Some(8), None, None));
        assert_eq!(layout("1居"), full(1, None, None, None));
        assert_eq!(layout("三居室"), full(3, None, None, None));
        assert_eq!(layout("3房2厅2卫1阳台"), full(3, Some(2), None, Some(2)));
        assert_eq!(layout("0室0厅"), full(0, Some(0), None, None));
        assert_eq!(layout("2 bedrooms 1 bath"), full(2, None, None, Some(1)));
        assert_eq!(layout("开间"), full(0, None, None, None));
        assert_eq!(layout("未知"), Reading::Unknown);
        for text in ["室", "3", "3室3室", "300室", "2厅", "3室2", "3-2-1", "3室2厅南"] {
            assert_eq!(layout(text), Reading::Unreadable, "{text}");
        }
    }
}

//! The drawing of a partition: floors by kind, ink walls, doors as arcs, windows as double lines, quiet labels.

use super::fitments::Against;
use super::partition::{Cell, Edge, Plan, Room, Way};
use super::{Rect, Words, fitments};
use crate::HomeLook;
use crate::pen::{Color, HEIGHT, Ink, Letters, P, Pen, Trace, WIDTH, hex, stroke};

const PAPER: Color = hex(0xFB_FAF7);
const WALL: Color = hex(0x2B_333C);
const GLASS: Color = hex(0x5F_93D9);
const LEAF: Color = hex(0x8A_94A0);
const QUIET: Color = hex(0x5F_6A77);
const NORTH: Color = hex(0x17_499B);
/// The part of the frame a plan may fill.
const SHEET: Rect = Rect { x: 52.0, y: 44.0, width: 520.0, height: 378.0 };
const THICK: f64 = 7.0;
const THIN: f64 = 4.5;

pub(super) fn draw(pen: &mut Pen, look: &HomeLook, plan: &Plan, words: Words) {
    pen.rect(0.0, 0.0, WIDTH, HEIGHT, PAPER);
    let grid = pen.pattern((0.0, 0.0), 20.0, 20.0, |pen| {
        pen.path(&Trace::default().rect(0.0, 0.0, 20.0, 0.5).rect(0.0, 0.0, 0.5, 20.0), hex(0xE8_EBEE));
    });
    pen.rect(0.0, 0.0, WIDTH, HEIGHT, grid);
    let mut walls = Trace::default();
    for cell in &plan.cells {
        let Rect { x, y, width, height } = placed(plan, cell.at);
        pen.rect(x, y, width, height, tint(cell.room));
        walls = walls.rect(x, y, width, height);
    }
    let free: Vec<Rect> = (plan.cells.iter())
        .map(|cell| match fitted_wall(plan, cell) {
            Some(wall) => fitments::draw(pen, cell.room, wall),
            None => placed(plan, cell.at),
        })
        .collect();
    pen.path(&walls, stroke(WALL, THIN));
    let outline = placed(plan, Rect { x: 0.0, y: 0.0, width: plan.width, height: plan.depth });
    pen.path(&Trace::default().rect(outline.x, outline.y, outline.width, outline.height), stroke(WALL, THICK));
    for cell in &plan.cells {
        if let Some(edge) = outside(plan, cell) {
            window(pen, &frame_edge(plan, edge), if cell.room == Room::Balcony { 0.86 } else { 0.56 });
        }
        if let Some(edge) = plan.doorway(cell) {
            entry(pen, plan, cell, &frame_edge(plan, edge));
        }
    }
    for (cell, free) in plan.cells.iter().zip(free) {
        label(pen, plan, cell, free, words);
    }
    compass(pen, look, words);
    caption(pen, look, words);
}

/// A rectangle in metres as it lies on the sheet.
pub(super) fn placed(plan: &Plan, at: Rect) -> Rect {
    let scale = (SHEET.width / plan.width).min(SHEET.height / plan.depth);
    let left = SHEET.x + (SHEET.width - plan.width * scale) / 2.0;
    let top = SHEET.y + (SHEET.height - plan.depth * scale) / 2.0;
    Rect { x: left + at.x * scale, y: top + at.y * scale, width: at.width * scale, height: at.height * scale }
}

/// A wall in metres as it lies on the sheet.
fn frame_edge(plan: &Plan, edge: Edge) -> Edge {
    let Edge { upright, at, from, to } = edge;
    let length = to - from;
    let strip = if upright {
        placed(plan, Rect { x: at, y: from, width: 0.0, height: length })
    } else {
        placed(plan, Rect { x: from, y: at, width: length, height: 0.0 })
    };
    if upright {
        Edge { upright, at: strip.x, from: strip.y, to: strip.bottom() }
    } else {
        Edge { upright, at: strip.y, from: strip.x, to: strip.right() }
    }
}

fn tint(room: Room) -> Color {
    hex(match room {
        Room::Bedroom(_) => 0xEE_F3F9,
        Room::Study => 0xF2_F1F8,
        Room::Kitchen(_) => 0xEE_F5F0,
        Room::Bath(_) | Room::Ensuite => 0xE6_F0F4,
        Room::Balcony => 0xF0_F4EA,
        Room::Studio | Room::Living | Room::LivingDining | Room::Dining | Room::Hall(_) => 0xFB_F5EA,
        Room::Corridor | Room::Foyer => 0xF8_F3E9,
    })
}

/// The outer wall a room's window is in: the sunny one if it has one.
fn outside(plan: &Plan, cell: &Cell) -> Option<Edge> {
    const TOUCH: f64 = 1e-6;
    let Rect { x, y, width, height } = cell.at;
    let (right, bottom) = (cell.at.right(), cell.at.bottom());
    let sides = [
        (bottom > plan.depth - TOUCH, Edge { upright: false, at: plan.depth, from: x, to: right }),
        (
            y < TOUCH && cell.way != Way::Entrance && width >= height * 0.6,
            Edge { upright: false, at: 0.0, from: x, to: right },
        ),
        (x < TOUCH, Edge { upright: true, at: 0.0, from: y, to: bottom }),
        (right > plan.width - TOUCH, Edge { upright: true, at: plan.width, from: y, to: bottom }),
        (y < TOUCH && cell.way != Way::Entrance, Edge { upright: false, at: 0.0, from: x, to: right }),
    ];
    sides.into_iter().find(|(outer, _)| *outer).map(|(_, edge)| edge)
}

/// The wall a room's things stand against: its sunny edge in rooms to live in, the window's elsewhere.
fn fitted_wall(plan: &Plan, cell: &Cell) -> Option<Against> {
    let at = placed(plan, cell.at);
    let metre = metre(plan);
    let bottom = Edge { upright: false, at: at.bottom(), from: at.x, to: at.right() };
    let edge = match cell.room {
        Room::Living | Room::LivingDining | Room::Dining => bottom,
        _ => frame_edge(plan, outside(plan, cell)?),
    };
    let (cx, cy) = centre(&at);
    let inward = (if edge.upright { cx } else { cy } - edge.at).signum();
    let deep = if edge.upright { at.width } else { at.height } / metre;
    let middle = if edge.upright { HEIGHT } else { WIDTH } / 2.0;
    let from_end = (edge.to - middle).abs() > (edge.from - middle).abs();
    Some(Against { edge, inward, metre, deep, from_end })
}

/// Frame units a metre.
fn metre(plan: &Plan) -> f64 {
    placed(plan, Rect { x: 0.0, y: 0.0, width: 1.0, height: 1.0 }).width
}

fn centre(at: &Rect) -> P {
    (at.x + at.width / 2.0, at.y + at.height / 2.0)
}

/// A rectangle along an edge, `thick` across it.
fn along(edge: &Edge, from: f64, to: f64, thick: f64) -> (f64, f64, f64, f64) {
    if edge.upright {
        (edge.at - thick / 2.0, from, thick, to - from)
    } else {
        (from, edge.at - thick / 2.0, to - from, thick)
    }
}

/// A window of `share` of the wall, in its middle.
fn window(pen: &mut Pen, edge: &Edge, share: f64) {
    let half = ((edge.to - edge.from) * share / 2.0).min((edge.to - edge.from) / 2.0 - THICK);
    let middle = (edge.from + edge.to) / 2.0;
    if half > 3.0 {
        pane(pen, edge, middle - half, middle + half, THICK);
    }
}

fn pane(pen: &mut Pen, edge: &Edge, from: f64, to: f64, thick: f64) {
    let (x, y, w, h) = along(edge, from, to, thick);
    pen.rect(x, y, w, h, Ink::from(PAPER).edge(GLASS, 1.2));
    let (x, y, w, h) = along(edge, from, to, 1.2);
    pen.rect(x, y, w, h, GLASS);
}

/// What leads into a room: a door, an opening, sliding glass.
fn entry(pen: &mut Pen, plan: &Plan, cell: &Cell, edge: &Edge) {
    let length = edge.to - edge.from;
    let (metre, middle) = (metre(plan), centre(&placed(plan, cell.at)));
    match cell.way {
        Way::Open(_) => {
            let inset = THIN / 2.0;
            if length > 3.0 * inset {
                let (x, y, w, h) = along(edge, edge.from + inset, edge.to - inset, THIN + 1.0);
                pen.rect(x, y, w, h, tint(cell.room));
            }
        }
        Way::Glass(_) => pane(pen, edge, edge.from + length * 0.19, edge.to - length * 0.19, THIN + 0.5),
        Way::Entrance => door(pen, middle, edge, (metre * 0.95).min(length * 0.6).min(44.0), THICK, cell.room),
        Way::Door(_) => door(pen, middle, edge, (metre * 0.8).min(length * 0.62).min(36.0), THIN, cell.room),
    }
}

/// A door whose leaf stands open into the room around `centre`, at the end of the wall nearer the home's middle.
fn door(pen: &mut Pen, centre: P, edge: &Edge, wide: f64, thick: f64, room: Room) {
    let middle = if edge.upright { HEIGHT / 2.0 } else { WIDTH / 2.0 };
    let gap = ((edge.to - edge.from - wide) / 2.0).min(9.0);
    let (hinge, shut) = if (edge.from - middle).abs() < (edge.to - middle).abs() {
        (edge.from + gap, edge.from + gap + wide)
    } else {
        (edge.to - gap, edge.to - gap - wide)
    };
    let (x, y, w, h) = along(edge, hinge.min(shut), hinge.max(shut), thick + 1.0);
    pen.rect(x, y, w, h, tint(room));
    let point = |s: f64, off: f64| if edge.upright { (edge.at + off, s) } else { (s, edge.at + off) };
    let inward = (if edge.upright { centre.0 } else { centre.1 } - edge.at).signum() * wide;
    let (pivot, tip, end) = (point(hinge, 0.0), point(hinge, inward), point(shut, 0.0));
    let clockwise = (tip.0 - pivot.0) * (end.1 - pivot.1) - (tip.1 - pivot.1) * (end.0 - pivot.0) > 0.0;
    let trace = Trace::default().line(pivot, tip).arc(wide, clockwise, end.0, end.1);
    pen.path(&trace, stroke(LEAF, 1.2));
}

fn name(room: Room, words: Words) -> &'static str {
    let (zh, en) = match room {
        Room::Studio => ("开间", "Studio"),
        Room::Living => ("客厅", "Living"),
        Room::LivingDining => ("客餐厅", "Living · dining"),
        Room::Dining => ("餐厅", "Dining"),
        Room::Hall(0) => ("家庭厅", "Family room"),
        Room::Hall(1) => ("茶室", "Tea room"),
        Room::Hall(_) => ("影音厅", "Media room"),
        Room::Bedroom(0) => ("主卧", "Main bedroom"),
        Room::Bedroom(_) => ("次卧", "Bedroom"),
        Room::Study => ("书房", "Study"),
        Room::Kitchen(_) => ("厨房", "Kitchen"),
        Room::Bath(_) => ("卫生间", "Bath"),
        Room::Ensuite => ("主卫", "En suite"),
        Room::Balcony => ("阳台", "Balcony"),
        Room::Corridor => ("过道", "Hall"),
        Room::Foyer => ("门厅", "Entry"),
    };
    match words {
        Words::Zh => zh,
        Words::En => en,
    }
}

/// Width of a line of text in its own size.
fn ems(text: &str) -> f64 {
    text.chars().map(|letter| if letter.is_ascii() || letter == '·' { 0.59 } else { 1.0 }).sum()
}

/// Name and area in the free part of a room, else in its middle, as large as fits; nothing where it could not be read.
fn label(pen: &mut Pen, plan: &Plan, cell: &Cell, free: Rect, words: Words) {
    let name = name(cell.room, words);
    let area = square_metres(cell.at.area());
    let size_in = |at: &Rect| ((at.width - THICK - 8.0) / ems(name)).min((at.height - THICK) / 2.6).min(16.0);
    let at = if size_in(&free) >= 10.0 { free } else { placed(plan, cell.at) };
    let room = at.width - THICK - 8.0;
    let size = (room / ems(name)).min((at.height - THICK) / 1.15).min(16.0);
    if size < 8.0 {
        return;
    }
    let small = (size * 0.8).min(12.5).min(room / ems(&area));
    let (cx, cy) = centre(&at);
    let both = small >= 7.0 && at.height > (size + small) * 1.3 + THICK;
    let baseline = if both { cy - small * 0.22 } else { cy + size * 0.36 };
    pen.text(cx, baseline, &Letters { size, color: WALL, bold: true, anchor: "middle" }, name);
    if both {
        pen.text(
            cx,
            baseline + small * 1.4,
            &Letters { size: small, color: QUIET, bold: false, anchor: "middle" },
            &area,
        );
    }
}

fn square_metres(area: f64) -> String {
    if area < 99.95 { format!("{area:.1}㎡") } else { format!("{area:.0}㎡") }
}

/// The needle points north; the home's face is below.
fn compass(pen: &mut Pen, look: &HomeLook, words: Words) {
    let centre = (606.0, 44.0);
    let degrees = 180.0 - look.facing.degrees();
    pen.circle(centre.0, centre.1, 15.0, Ink::from(PAPER).edge(LEAF, 1.0));
    pen.turned(degrees, centre, |pen| {
        let at = |x: f64, y: f64| (centre.0 + x, centre.1 + y);
        pen.poly(&[at(0.0, -12.0), at(5.0, 4.5), at(0.0, 0.8), at(-5.0, 4.5)], NORTH);
    });
    let (sin, cos) = degrees.to_radians().sin_cos();
    let letters = Letters { size: 11.0, color: QUIET, bold: false, anchor: "middle" };
    let word = match words {
        Words::Zh => "北",
        Words::En => "N",
    };
    pen.text(centre.0 + sin * 23.0, centre.1 - cos * 23.0 + 4.0, &letters, word);
}

/// The counted rooms and the area, and where the drawing comes from.
fn caption(pen: &mut Pen, look: &HomeLook, words: Words) {
    let crate::Layout { rooms, halls, kitchens, baths } = look.layout;
    let area = square_metres(f64::from(look.area_centi_sqm) / 100.0);
    let (facts, note) = match words {
        Words::Zh => (format!("{rooms}室{halls}厅{kitchens}厨{baths}卫 · {area}"), "按户型字段绘制的示意图"),
        Words::En => (
            format!("{rooms} bed · {halls} living · {kitchens} kitchen · {baths} bath · {area}"),
            "Sketch drawn from the layout fields",
        ),
    };
    pen.text(24.0, 460.0, &Letters { size: 13.0, color: WALL, bold: true, anchor: "start" }, &facts);
    pen.text(616.0, 460.0, &Letters { size: 12.0, color: QUIET, bold: false, anchor: "end" }, note);
}

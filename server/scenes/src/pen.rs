//! A small SVG writer: shapes in the 640 × 480 frame, colours, gradients, patterns, clips and stamps.
//!
//! It writes presentation attributes only, so a picture passes any content security policy.

use std::fmt;

pub(crate) const WIDTH: f64 = 640.0;
pub(crate) const HEIGHT: f64 = 480.0;

const FONTS: &str = "'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif";

/// A point of the frame, in its units.
pub(crate) type P = (f64, f64);

/// A colour, 8 bits a channel.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Color(u8, u8, u8);

pub(crate) const WHITE: Color = hex(0xFF_FFFF);
/// Shadows lean to navy: black would look dirty beside porcelain walls.
pub(crate) const SHADOW: Color = hex(0x1B_2532);

pub(crate) const fn hex(rgb: u32) -> Color {
    Color((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8)
}

impl Color {
    /// This colour moved towards another; 0 keeps it, 1 reaches the other.
    pub(crate) fn mix(self, other: Self, share: f64) -> Self {
        let channel = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * share).round() as u8;
        Self(channel(self.0, other.0), channel(self.1, other.1), channel(self.2, other.2))
    }

    pub(crate) fn darker(self, share: f64) -> Self {
        self.mix(SHADOW, share)
    }

    pub(crate) fn lighter(self, share: f64) -> Self {
        self.mix(WHITE, share)
    }
}

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

/// A gradient, pattern, clip or stamp kept in the picture's definitions.
#[derive(Clone, Copy)]
pub(crate) struct Id(u16);

#[derive(Clone, Copy)]
enum Paint {
    None,
    Plain(Color),
    Defined(Id),
}

/// How a shape is painted.
#[derive(Clone, Copy)]
pub(crate) struct Ink {
    fill: Paint,
    stroke: Option<(Color, f64)>,
    opacity: f64,
}

impl Ink {
    pub(crate) fn alpha(self, opacity: f64) -> Self {
        Self { opacity, ..self }
    }

    /// Adds an outline with round joins; in the fill's own colour it rounds the corners off.
    pub(crate) fn edge(self, color: Color, width: f64) -> Self {
        Self { stroke: Some((color, width)), ..self }
    }
}

impl From<Color> for Ink {
    fn from(color: Color) -> Self {
        Self { fill: Paint::Plain(color), stroke: None, opacity: 1.0 }
    }
}

impl From<Id> for Ink {
    fn from(id: Id) -> Self {
        Self { fill: Paint::Defined(id), stroke: None, opacity: 1.0 }
    }
}

/// A line without filling.
pub(crate) fn stroke(color: Color, width: f64) -> Ink {
    Ink { fill: Paint::None, stroke: Some((color, width)), opacity: 1.0 }
}

/// A filling whose corners are rounded by a thin outline of the same colour.
pub(crate) fn soft(color: Color) -> Ink {
    Ink::from(color).edge(color, 2.0)
}

/// The outline of a free shape.
#[derive(Default, Clone)]
pub(crate) struct Trace(String);

impl Trace {
    pub(crate) fn from(x: f64, y: f64) -> Self {
        Self::default().move_to(x, y)
    }

    pub(crate) fn move_to(self, x: f64, y: f64) -> Self {
        self.add(format_args!("M{} {}", N(x), N(y)))
    }

    pub(crate) fn to(self, x: f64, y: f64) -> Self {
        self.add(format_args!("L{} {}", N(x), N(y)))
    }

    /// A curve bent towards `(cx, cy)`.
    pub(crate) fn bend(self, cx: f64, cy: f64, x: f64, y: f64) -> Self {
        self.add(format_args!("Q{} {} {} {}", N(cx), N(cy), N(x), N(y)))
    }

    /// A circular arc, clockwise on the screen if `clockwise`.
    pub(crate) fn arc(self, r: f64, clockwise: bool, x: f64, y: f64) -> Self {
        self.add(format_args!("A{0} {0} 0 0 {1} {2} {3}", N(r), u8::from(clockwise), N(x), N(y)))
    }

    pub(crate) fn close(self) -> Self {
        self.add(format_args!("Z"))
    }

    pub(crate) fn rect(self, x: f64, y: f64, w: f64, h: f64) -> Self {
        self.add(format_args!("M{} {}h{}v{}h{}Z", N(x), N(y), N(w), N(h), N(-w)))
    }

    pub(crate) fn line(self, a: P, b: P) -> Self {
        self.move_to(a.0, a.1).to(b.0, b.1)
    }

    pub(crate) fn poly(self, points: &[P]) -> Self {
        let mut trace = self;
        for (index, &(x, y)) in points.iter().enumerate() {
            trace = if index == 0 { trace.move_to(x, y) } else { trace.to(x, y) };
        }
        trace.close()
    }

    pub(crate) fn oval(self, cx: f64, cy: f64, rx: f64, ry: f64) -> Self {
        self.add(format_args!(
            "M{} {}a{rx} {ry} 0 1 0 {w} 0a{rx} {ry} 0 1 0 {back} 0Z",
            N(cx - rx),
            N(cy),
            rx = N(rx),
            ry = N(ry),
            w = N(2.0 * rx),
            back = N(-2.0 * rx),
        ))
    }

    fn add(mut self, part: fmt::Arguments<'_>) -> Self {
        self.0.push_str(&part.to_string());
        self
    }
}

/// How a text is set.
pub(crate) struct Letters {
    pub(crate) size: f64,
    pub(crate) color: Color,
    pub(crate) bold: bool,
    /// `start`, `middle` or `end`.
    pub(crate) anchor: &'static str,
}

/// The picture under way.
pub(crate) struct Pen {
    /// Keeps ids apart when several pictures stand in one page.
    prefix: String,
    defs: String,
    body: String,
    ids: u16,
}

impl Pen {
    pub(crate) fn new(prefix: usize) -> Self {
        Self { prefix: format!("s{prefix:x}"), defs: String::new(), body: String::new(), ids: 0 }
    }

    /// The whole document.
    pub(crate) fn finish(self, title: &str) -> String {
        let Self { defs, body, .. } = self;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 480\" role=\"img\" stroke-width=\"2\" stroke-linejoin=\"round\" font-family=\"{FONTS}\"><title>{title}</title><defs>{defs}</defs>{body}</svg>"
        )
    }

    pub(crate) fn rect(&mut self, x: f64, y: f64, w: f64, h: f64, ink: impl Into<Ink>) {
        self.round(x, y, w, h, 0.0, ink);
    }

    /// A rectangle with corners of radius `r`.
    pub(crate) fn round(&mut self, x: f64, y: f64, w: f64, h: f64, r: f64, ink: impl Into<Ink>) {
        let corner = if r > 0.0 { format!(" rx=\"{}\"", N(r)) } else { String::new() };
        let head = format!(
            "rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"{corner}",
            N(x),
            N(y),
            N(w.max(0.0)),
            N(h.max(0.0))
        );
        self.shape(&head, ink.into());
    }

    pub(crate) fn circle(&mut self, cx: f64, cy: f64, r: f64, ink: impl Into<Ink>) {
        self.shape(&format!("circle cx=\"{}\" cy=\"{}\" r=\"{}\"", N(cx), N(cy), N(r)), ink.into());
    }

    pub(crate) fn oval(&mut self, (cx, cy): P, rx: f64, ry: f64, ink: impl Into<Ink>) {
        let head = format!("ellipse cx=\"{}\" cy=\"{}\" rx=\"{}\" ry=\"{}\"", N(cx), N(cy), N(rx), N(ry));
        self.shape(&head, ink.into());
    }

    pub(crate) fn path(&mut self, trace: &Trace, ink: impl Into<Ink>) {
        if !trace.0.is_empty() {
            self.shape(&format!("path d=\"{}\"", trace.0), ink.into());
        }
    }

    pub(crate) fn poly(&mut self, points: &[P], ink: impl Into<Ink>) {
        self.path(&Trace::default().poly(points), ink);
    }

    pub(crate) fn line(&mut self, a: P, b: P, color: Color, width: f64) {
        self.path(&Trace::default().line(a, b), stroke(color, width));
    }

    pub(crate) fn text(&mut self, x: f64, y: f64, letters: &Letters, words: &str) {
        let weight = if letters.bold { " font-weight=\"600\"" } else { "" };
        let head = format!(
            "text x=\"{}\" y=\"{}\" font-size=\"{}\" fill=\"{}\" text-anchor=\"{}\"{weight}",
            N(x),
            N(y),
            N(letters.size),
            letters.color,
            letters.anchor
        );
        self.body.push_str(&format!("<{head}>{words}</text>"));
    }

    /// Everything drawn inside is turned by `degrees` around a point.
    pub(crate) fn turned(&mut self, degrees: f64, (cx, cy): P, inside: impl FnOnce(&mut Self)) {
        self.group(&format!("transform=\"rotate({} {} {})\"", N(degrees), N(cx), N(cy)), inside);
    }

    /// Everything drawn inside has left and right exchanged if `flip` says so.
    pub(crate) fn flipped(&mut self, flip: bool, inside: impl FnOnce(&mut Self)) {
        if flip {
            self.group("transform=\"matrix(-1 0 0 1 640 0)\"", inside);
        } else {
            inside(self);
        }
    }

    /// Only what falls within the outline shows.
    pub(crate) fn clipped(&mut self, outline: &Trace, inside: impl FnOnce(&mut Self)) {
        let id = self.take_id();
        let name = self.name(id);
        self.defs.push_str(&format!("<clipPath id=\"{name}\"><path d=\"{}\"/></clipPath>", outline.0));
        self.group(&format!("clip-path=\"url(#{name})\""), inside);
    }

    /// A colour run from top to bottom; stops are offset, colour, opacity.
    pub(crate) fn fade_down(&mut self, stops: &[(f64, Color, f64)]) -> Id {
        self.gradient("linearGradient", " x2=\"0\" y2=\"1\"", stops)
    }

    /// A colour run from left to right.
    pub(crate) fn fade_across(&mut self, stops: &[(f64, Color, f64)]) -> Id {
        self.gradient("linearGradient", "", stops)
    }

    /// Light around a lamp, gone at the rim.
    pub(crate) fn glow(&mut self, color: Color, strength: f64) -> Id {
        self.gradient(
            "radialGradient",
            "",
            &[(0.0, color, strength), (0.4, color, strength * 0.45), (1.0, color, 0.0)],
        )
    }

    fn gradient(&mut self, kind: &str, direction: &str, stops: &[(f64, Color, f64)]) -> Id {
        let id = self.take_id();
        let mut text = format!("<{kind} id=\"{}\"{direction}>", self.name(id));
        for &(offset, color, opacity) in stops {
            text.push_str(&format!("<stop offset=\"{offset}\" stop-color=\"{color}\""));
            if opacity < 1.0 {
                text.push_str(&format!(" stop-opacity=\"{}\"", Fine(opacity)));
            }
            text.push_str("/>");
        }
        self.defs.push_str(&format!("{text}</{kind}>"));
        id
    }

    /// A tile that repeats from `(x, y)`; what is drawn inside starts at the tile's own corner.
    pub(crate) fn pattern(&mut self, (x, y): P, w: f64, h: f64, inside: impl FnOnce(&mut Self)) -> Id {
        let id = self.take_id();
        let drawn = self.aside(inside);
        self.defs.push_str(&format!(
            "<pattern id=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" patternUnits=\"userSpaceOnUse\">{drawn}</pattern>",
            self.name(id),
            Fine(x),
            Fine(y),
            Fine(w),
            Fine(h)
        ));
        id
    }

    /// Something drawn once around the origin, to be stamped many times.
    pub(crate) fn define(&mut self, inside: impl FnOnce(&mut Self)) -> Id {
        let id = self.take_id();
        let drawn = self.aside(inside);
        self.defs.push_str(&format!("<g id=\"{}\">{drawn}</g>", self.name(id)));
        id
    }

    pub(crate) fn stamp(&mut self, id: Id, (x, y): P, scale: f64) {
        let name = self.name(id);
        let place = if (scale - 1.0).abs() < 0.005 {
            format!("x=\"{}\" y=\"{}\"", N(x), N(y))
        } else {
            format!("transform=\"translate({} {})scale({})\"", N(x), N(y), Fine(scale))
        };
        self.body.push_str(&format!("<use href=\"#{name}\" {place}/>"));
    }

    fn group(&mut self, attribute: &str, inside: impl FnOnce(&mut Self)) {
        self.body.push_str(&format!("<g {attribute}>"));
        inside(self);
        self.body.push_str("</g>");
    }

    /// Draws into a string of its own instead of the picture.
    fn aside(&mut self, inside: impl FnOnce(&mut Self)) -> String {
        let kept = std::mem::take(&mut self.body);
        inside(self);
        std::mem::replace(&mut self.body, kept)
    }

    fn take_id(&mut self) -> Id {
        self.ids += 1;
        Id(self.ids)
    }

    fn name(&self, id: Id) -> String {
        format!("{}-{}", self.prefix, id.0)
    }

    fn shape(&mut self, head: &str, ink: Ink) {
        let mut tag = format!("<{head}");
        match ink.fill {
            Paint::None => tag.push_str(" fill=\"none\""),
            Paint::Plain(color) => tag.push_str(&format!(" fill=\"{color}\"")),
            Paint::Defined(id) => tag.push_str(&format!(" fill=\"url(#{})\"", self.name(id))),
        }
        if let Some((color, width)) = ink.stroke {
            tag.push_str(&format!(" stroke=\"{color}\""));
            // The root says 2, the width of every softened corner.
            if (width - 2.0).abs() >= 0.05 {
                tag.push_str(&format!(" stroke-width=\"{}\"", N(width)));
            }
        }
        if ink.opacity < 1.0 {
            tag.push_str(&format!(" opacity=\"{}\"", Fine(ink.opacity)));
        }
        self.body.push_str(&tag);
        self.body.push_str("/>");
    }
}

/// A coordinate to a tenth of a unit.
struct N(f64);

impl fmt::Display for N {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Adding zero turns -0 into 0.
        write!(f, "{}", (self.0 * 10.0).round() / 10.0 + 0.0)
    }
}

/// A measure to a thousandth: tile sizes and opacities, where a tenth would show.
struct Fine(f64);

impl fmt::Display for Fine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", (self.0 * 1000.0).round() / 1000.0 + 0.0)
    }
}

//! Bathrooms: basin, mirror and toilet, with a shower or a tub.

mod fixture;

use crate::dice::{Dice, Wheel};
use crate::furniture::Set;
use crate::kitchen::tiles;
use crate::palette::Mood;
use crate::pen::{Color, Ink, Pen, Trace, hex, stroke};
use crate::room::{Finish, Floor, Opening, Room, Wall};
use crate::{Decoration, HomeLook, rough};
use fixture::{bathtub, mat, screen, shower_head, toilet, vanity};

pub(crate) fn draw(pen: &mut Pen, look: &HomeLook, mood: &Mood, dice: &mut Dice) {
    let tub = match look.decoration {
        Decoration::Luxury => dice.spread(Wheel::Arrangement, 3) > 0,
        Decoration::Fine => dice.spread(Wheel::Arrangement, 3) == 0,
        Decoration::Rough | Decoration::Simple => false,
    };
    let room = Room::new(if tub { 3.4 } else { 3.0 }, 2.45, if tub { 3.8 } else { 3.5 }, dice.between(-0.2, 0.2));
    let flip = dice.chance(0.5);
    pen.flipped(flip, |pen| {
        let mut finish = Finish::of(look, mood, dice);
        let mut set = Set::new(pen, look, mood, dice, room);
        if look.decoration == Decoration::Rough {
            unfinished(&mut set, &finish);
            return;
        }
        let ceramic = tiled(&mut set, &mut finish);
        set.room.shell(set.pen, &finish, set.mood);
        clad(&mut set, ceramic);
        if tub {
            with_tub(&mut set);
        } else {
            with_shower(&mut set);
        }
        set.ceiling_lamp(0.0, room.back - 1.0);
        set.light_up();
    });
}

/// Turns the shell to ceramics and tells the wall tiles' colour.
fn tiled(set: &mut Set<'_>, finish: &mut Finish) -> Color {
    let family = set.mood.family;
    let ceramic = match set.look.decoration {
        Decoration::Simple => set.dice.pick(&[hex(0xF1_F3F2), hex(0xE7_EEF1), hex(0xF3_EFE6)]),
        Decoration::Luxury => {
            set.dice.pick(&[hex(0xE3_DFD8), hex(0xD5_D3CF), family.textile.lighter(0.6), hex(0xC9_C1B4)])
        }
        _ => set.dice.pick(&[
            hex(0xF0_F0EC),
            family.textile.lighter(0.68),
            family.accent.lighter(0.72),
            hex(0xE4_E6E4),
            family.wall,
        ]),
    };
    finish.wall = ceramic;
    finish.feature = ceramic;
    finish.floor = Floor::Tiles;
    finish.ground =
        set.dice.pick(&[ceramic.darker(0.22), hex(0xB9_BBBA), family.floor.mix(hex(0xB9_B7B2), 0.5), hex(0x8D_9297)]);
    finish.cove = false;
    finish.skirting = false;
    ceramic
}

/// Tiles on all walls; sometimes a darker or figured lower half.
fn clad(set: &mut Set<'_>, ceramic: Color) {
    let room = set.room;
    let (x, y, w, h) = room.camera.upright((room.left, room.right), (0.0, room.height), room.back);
    let family = set.mood.family;
    let high = set.dice.pick(&[0.0, 0.0, 1.15]);
    let kind = set.dice.below(4);
    let tile = tiles(set.pen, (x, y), kind, ceramic, ceramic.darker(0.035));
    set.pen.rect(x, y, w, h, Ink::from(tile).alpha(0.75));
    let mut joints = Trace::default();
    for step in 1..8 {
        let height = room.height * f64::from(step) / 8.0;
        for wall in [Wall::Left, Wall::Right] {
            joints = joints.line(room.on(wall, 1.0, height, 0.0), room.on(wall, room.back, height, 0.0));
        }
    }
    for step in 1..7 {
        let z = room.back - 0.35 * f64::from(step);
        for wall in [Wall::Left, Wall::Right] {
            joints = joints.line(room.on(wall, z, 0.0, 0.0), room.on(wall, z, room.height, 0.0));
        }
    }
    set.pen.path(&joints, stroke(ceramic.darker(0.2), 1.0).alpha(0.45));
    if high > 0.0 {
        let tone = set.dice.pick(&[
            family.textile,
            family.textile.lighter(0.25),
            family.accent.lighter(0.3),
            hex(0x3F_5F7F),
        ]);
        for (wall, along) in
            [(Wall::Left, (1.0, room.back)), (Wall::Right, (1.0, room.back)), (Wall::Back, (room.left, room.right))]
        {
            set.pen.poly(
                &room.panel(wall, along, (0.0, high), 0.0),
                Ink::from(if wall == Wall::Back { tone } else { tone.darker(0.1) }),
            );
            set.pen.poly(&room.panel(wall, along, (high, high + 0.05), 0.01), tone.darker(0.25));
        }
        let (bx, by, bw, bh) = room.camera.upright((room.left, room.right), (0.0, high), room.back);
        let lower = tiles(set.pen, (bx, by), kind, tone, tone.lighter(0.05));
        set.pen.rect(bx, by, bw, bh, Ink::from(lower).alpha(0.6));
    }
}

fn with_shower(set: &mut Set<'_>) {
    let room = set.room;
    let shower = (room.right - 1.0, room.right);
    let basin = room.left + 0.62;
    if set.dice.chance(0.5) {
        window(set, (basin + 0.5 + shower.0) / 2.0, 0.3);
    }
    vanity(set, (basin - 0.5, basin + 0.5));
    let seat = (basin + 0.55 + shower.0) / 2.0;
    toilet(set, seat);
    shower_head(set, (shower.0 + shower.1) / 2.0 + 0.1);
    screen(set, shower);
    if set.dice.chance(0.6) {
        mat(set, basin);
    }
}

fn with_tub(set: &mut Set<'_>) {
    let room = set.room;
    let tub = (room.right - 1.75, room.right - 0.12);
    let middle = (tub.0 + tub.1) / 2.0;
    window(set, middle, 0.6);
    vanity(set, (room.left + 0.12, room.left + 1.15));
    bathtub(set, tub);
    set.plant(tub.0 - 0.22, room.back - 0.3, 1.0);
    mat(set, middle - 0.2);
}

fn window(set: &mut Set<'_>, middle: f64, half: f64) {
    let hole = Opening {
        wall: Wall::Back,
        from: middle - half,
        to: middle + half,
        sill: 1.2,
        head: 2.1,
        panes: if half > 0.5 { 2 } else { 1 },
    };
    set.room.window(set.pen, set.look, set.mood, &hole, hex(0xF7_F5F0));
    if set.dice.chance(0.6) {
        // A blind, half let down.
        let bottom = set.dice.between(1.55, 1.8);
        let panel = set.camera().upright((hole.from, hole.to), (bottom, hole.head), set.room.back);
        set.pen.rect(panel.0, panel.1, panel.2, panel.3, hex(0xF4_F1EA));
        let mut slats = Trace::default();
        let mut y = panel.1 + 7.0;
        while y < panel.1 + panel.3 {
            slats = slats.line((panel.0, y), (panel.0 + panel.2, y));
            y += 7.0;
        }
        set.pen.path(&slats, stroke(hex(0xD9_D3C8), 1.2));
    }
}

fn unfinished(set: &mut Set<'_>, finish: &Finish) {
    let room = set.room;
    let at = set.dice.between(-0.5, 0.3);
    rough::shell(
        set,
        finish,
        &Opening { wall: Wall::Back, from: at - 0.35, to: at + 0.35, sill: 1.25, head: 2.05, panes: 1 },
    );
    // Waterproofing up to knee height, drains, pipe stubs.
    let seal = hex(0x6F_8EA6);
    for (wall, along) in
        [(Wall::Left, (1.0, room.back)), (Wall::Right, (1.0, room.back)), (Wall::Back, (room.left, room.right))]
    {
        set.pen.poly(&room.panel(wall, along, (0.0, 0.35), 0.0), Ink::from(seal).alpha(0.55));
    }
    let camera = set.camera();
    for (x, z, r) in [(room.left + 0.6, room.back - 0.4, 0.09), (room.right - 0.6, room.back - 0.5, 0.07)] {
        let (c, rx, ry) = camera.disc(x, 0.0, z, r);
        set.pen.oval(c, rx, ry, Ink::from(hex(0x4C_4E50)).edge(hex(0xE4_E2DD), 3.0));
    }
    let mut stubs = Trace::default();
    for x in [room.left + 0.5, room.left + 0.66, room.right - 0.5, room.right - 0.35] {
        stubs = stubs.run(&camera, (x, 0.62, room.back - 0.02), (x, 0.72, room.back - 0.02));
    }
    set.pen.path(&stubs, stroke(hex(0x5F_9A6A), 5.0));
    let stack = Trace::default().run(
        &camera,
        (room.right - 0.14, 0.0, room.back - 0.12),
        (room.right - 0.14, room.height, room.back - 0.12),
    );
    set.pen.path(&stack, stroke(hex(0xE4_E2DD), 13.0));
    set.bulb(0.1, room.back - 0.9);
    set.light_up();
}

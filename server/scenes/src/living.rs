//! Living rooms: five arrangements, seen towards the window or along it.

use crate::dice::{Dice, Wheel};
use crate::furniture::{Set, Sofa};
use crate::palette::Mood;
use crate::pen::{Color, Pen, hex};
use crate::room::{Finish, Opening, Room, Wall};
use crate::{Decoration, HomeLook, rough};

pub(crate) fn draw(pen: &mut Pen, look: &HomeLook, mood: &Mood, dice: &mut Dice) {
    let wide = if look.area_centi_sqm > 14_000 { 5.0 } else { 4.4 };
    let aside = dice.between(-0.35, 0.35);
    let height = if look.decoration == Decoration::Luxury { 3.0 } else { 2.75 };
    let room = Room::new(wide, height, dice.between(4.8, 5.3), aside);
    let arrangement = dice.spread(Wheel::Arrangement, 5);
    let flip = dice.chance(0.5);
    pen.flipped(flip, |pen| {
        let finish = Finish::of(look, mood, dice);
        let mut set = Set::new(pen, look, mood, dice, room);
        if look.decoration == Decoration::Rough {
            rough::room(&mut set, &finish);
            return;
        }
        match arrangement {
            0 => before_the_window(&mut set, &finish),
            1 => along_the_walls(&mut set, &finish),
            2 => under_pictures(&mut set, &finish),
            3 => at_table(&mut set, &finish),
            _ => among_books(&mut set, &finish),
        }
        ceiling(&mut set);
        set.light_up();
    });
}

/// The sofa's cloth, lighter where money was short.
fn cloth(set: &mut Set<'_>) -> Color {
    let family = set.mood.family;
    match set.look.decoration {
        Decoration::Simple => family.textile.lighter(0.16),
        _ => set.dice.pick(&[
            family.textile,
            family.textile,
            family.textile.darker(0.15),
            family.wall.mix(family.wood, 0.3),
        ]),
    }
}

fn sofa_kind(set: &mut Set<'_>) -> Sofa {
    match set.look.decoration {
        Decoration::Simple => set.dice.pick(&[Sofa::Rounded, Sofa::Wooden]),
        Decoration::Luxury => set.dice.pick(&[Sofa::Tufted, Sofa::Lounge, Sofa::Tufted, Sofa::Wooden]),
        _ => set.dice.pick(&Sofa::ALL),
    }
}

fn rug_color(set: &mut Set<'_>) -> Color {
    let family = set.mood.family;
    set.dice.pick(&[
        hex(0xEF_E9DF),
        family.textile.lighter(0.55),
        family.accent.lighter(0.6),
        family.wall.darker(0.08),
    ])
}

fn curtain_cloth(set: &mut Set<'_>) -> Color {
    let family = set.mood.family;
    set.dice.pick(&[
        family.wall.darker(0.07),
        family.textile.lighter(0.4),
        family.accent.lighter(0.5),
        hex(0xF2_EEE6),
    ])
}

/// Shell, window, curtains and daylight.
fn shell(set: &mut Set<'_>, finish: &Finish, hole: Opening) {
    set.room.shell(set.pen, finish, set.mood);
    let frame = if set.look.decoration == Decoration::Luxury && set.dice.chance(0.6) {
        hex(0x4A_4E54)
    } else {
        hex(0xF7_F5F0)
    };
    set.room.window(set.pen, set.look, set.mood, &hole, frame);
    set.room.daylight(set.pen, set.look, set.mood, &hole);
    if set.look.decoration != Decoration::Simple || set.dice.chance(0.6) {
        let color = curtain_cloth(set);
        set.room.curtains(set.pen, &hole, color, hole.sill < 0.3 || set.dice.chance(0.6));
    }
}

fn back_window(set: &mut Set<'_>, middle: f64, half: f64, sill: f64) -> Opening {
    let panes = 2 + set.dice.below(3) as u32;
    Opening { wall: Wall::Back, from: middle - half, to: middle + half, sill, head: set.room.height - 0.38, panes }
}

fn before_the_window(set: &mut Set<'_>, finish: &Finish) {
    let room = set.room;
    let middle = set.dice.between(-0.2, 0.25);
    let half = set.dice.between(1.0, 1.35);
    let sill = set.dice.pick(&[0.85, 0.45, 0.1]);
    let hole = back_window(set, middle, half, sill);
    shell(set, finish, hole);
    let (rug, kind, cloth) = (rug_color(set), sofa_kind(set), cloth(set));
    if middle - half - room.left > 0.9 {
        set.art((room.left + 0.15, middle - half - 0.42), (1.25, 1.95));
    }
    set.art_aside(Wall::Right, (room.back - 1.4, room.back - 0.55), (1.1, 1.9), cloth);
    set.rug((-1.65, 1.65), (room.back - 2.65, room.back - 1.25), rug);
    set.floor_lamp(room.left + 0.4, room.back - 0.45);
    let long = set.dice.between(1.0, 1.25);
    set.sofa(kind, (middle - long, middle + long), room.back - 0.42, cloth, set.mood.family.accent);
    let tall = set.dice.between(1.0, 1.5);
    set.plant(room.right - 0.42, room.back - 0.55, tall);
    set.coffee_table(middle, room.back - 2.0, set.mood.family.wood);
    if set.dice.chance(0.5) {
        set.armchair(room.right - 0.55, room.back - 1.25, set.mood.family.accent.mix(cloth, 0.25));
    }
}

fn along_the_walls(set: &mut Set<'_>, finish: &Finish) {
    let room = set.room;
    let half = set.dice.between(1.15, 1.6);
    let hole = back_window(set, 0.0, half, 0.04);
    shell(set, finish, hole);
    let (rug, kind, cloth) = (rug_color(set), sofa_kind(set), cloth(set));
    set.art_aside(Wall::Left, (room.back - 1.9, room.back - 0.7), (1.25, 1.95), cloth);
    set.television((room.back - 2.5, room.back - 0.55), set.mood.family.wood);
    set.rug((room.left + 0.75, room.right - 0.95), (room.back - 2.5, room.back - 0.85), rug);
    if set.dice.chance(0.6) {
        set.floor_lamp(room.left + 0.35, room.back - 0.3);
    } else {
        set.plant(room.left + 0.4, room.back - 0.35, 1.3);
    }
    set.plant(room.right - 0.35, room.back - 0.3, 1.1);
    set.sofa_along(kind, (room.back - 2.75, room.back - 0.65), cloth, set.mood.family.accent);
    set.coffee_table(-0.1, room.back - 1.75, set.mood.family.wood);
}

fn under_pictures(set: &mut Set<'_>, finish: &Finish) {
    let room = set.room;
    let hole = Opening {
        wall: Wall::Left,
        from: room.back - 1.75,
        to: room.back - 0.4,
        sill: 0.5,
        head: room.height - 0.4,
        panes: 2,
    };
    shell(set, finish, hole);
    let (rug, kind, cloth) = (rug_color(set), sofa_kind(set), cloth(set));
    let middle = set.dice.between(0.0, 0.3);
    set.art((middle - 0.85, middle + 0.85), (1.3, 2.05));
    set.rug((-1.5, 1.7), (room.back - 2.5, room.back - 1.1), rug);
    let long = set.dice.between(1.05, 1.3);
    set.sofa(kind, (middle - long, middle + long), room.back - 0.03, cloth, set.mood.family.accent);
    set.floor_lamp(middle + long + 0.32, room.back - 0.35);
    set.plant(room.left + 0.35, room.back - 0.5, 1.35);
    set.coffee_table(middle, room.back - 1.75, set.mood.family.wood);
    if set.dice.chance(0.55) {
        set.armchair(room.right - 0.62, room.back - 1.15, set.mood.family.accent.mix(cloth, 0.2));
    }
}

fn at_table(set: &mut Set<'_>, finish: &Finish) {
    let room = set.room;
    let hole = if set.dice.chance(0.5) {
        back_window(set, room.left + 1.35, 0.95, 0.1)
    } else {
        Opening {
            wall: Wall::Left,
            from: room.back - 1.7,
            to: room.back - 0.3,
            sill: 0.7,
            head: room.height - 0.4,
            panes: 2,
        }
    };
    shell(set, finish, hole);
    let wood = set.mood.family.wood;
    let side = (room.right - 1.75, room.right - 0.25);
    set.art((side.0 + 0.15, side.1 - 0.15), (1.25, 2.0));
    set.sideboard(side, 0.82, wood.lighter(0.08));
    if set.dice.chance(0.5) {
        set.table_lamp(side.1 - 0.3, 0.82, room.back - 0.25);
    } else {
        set.tabletop((side.0 + 0.4, room.back - 0.25), 0.82);
    }
    set.plant(room.left + 0.4, room.back - 0.4, 1.4);
    let (rug, form) = (rug_color(set), set.dice.below(7));
    let z = room.back - 1.55;
    if set.dice.chance(0.5) {
        set.rug((-1.3, 1.3), (z - 0.85, z + 0.8), rug);
    }
    let seat = set.mood.family.textile;
    set.pendant(0.0, 1.75, z, form);
    set.dining(0.0, z, seat);
}

fn among_books(set: &mut Set<'_>, finish: &Finish) {
    let room = set.room;
    let hole = back_window(set, room.right - 1.2, 0.85, 0.1);
    shell(set, finish, hole);
    let wood = set.mood.family.wood;
    let (rug, cloth) = (rug_color(set), cloth(set));
    let shelves = set.dice.between(1.5, 1.95);
    set.bookcase((room.left + 0.1, room.left + 0.1 + shelves), set.room.height - 0.45, wood);
    set.rug((-1.3, 1.5), (room.back - 2.3, room.back - 0.9), rug);
    set.floor_lamp(room.left + shelves + 0.45, room.back - 0.35);
    set.armchair(-0.65, room.back - 0.85, cloth);
    set.armchair(0.75, room.back - 0.85, set.mood.family.accent.mix(cloth, 0.3));
    set.plant(room.right - 0.35, room.back - 0.45, 1.3);
    set.coffee_table(0.05, room.back - 1.85, wood);
}

fn ceiling(set: &mut Set<'_>) {
    let z = set.room.back - 1.3;
    match set.look.decoration {
        Decoration::Rough => set.bulb(0.1, z),
        Decoration::Simple => set.ceiling_lamp(0.0, z),
        Decoration::Fine if set.dice.chance(0.4) => set.pendant(0.1, set.room.height - 0.55, z, 1),
        Decoration::Fine => {}
        Decoration::Luxury => {
            let form = set.dice.pick(&[4, 6, 5]);
            set.pendant(0.0, set.room.height - 0.65, z, form);
        }
    }
}

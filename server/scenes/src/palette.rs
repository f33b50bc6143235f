//! Colours and moods: sixteen interior families, the sky by hour, the leaves by season.

use crate::dice::{Dice, Wheel};
use crate::pen::{Color, SHADOW, hex};
use crate::{Facing, HomeLook};

/// The colours one household lives with.
#[derive(Clone, Copy)]
pub(crate) struct Family {
    pub(crate) wall: Color,
    pub(crate) floor: Color,
    pub(crate) textile: Color,
    pub(crate) accent: Color,
    pub(crate) wood: Color,
}

const fn family(wall: u32, floor: u32, textile: u32, accent: u32, wood: u32) -> Family {
    Family { wall: hex(wall), floor: hex(floor), textile: hex(textile), accent: hex(accent), wood: hex(wood) }
}

pub(crate) const FAMILIES: [Family; 16] = [
    family(0xEF_ECE6, 0xCD_B494, 0x7D_93A8, 0xD9_B57C, 0xA3_8A72),
    family(0xE7_EEE6, 0xD3_BD9F, 0x7F_9B86, 0xD8_A48F, 0xB0_8F6C),
    family(0xF2_E6DA, 0xB9_8F6C, 0xB9_795E, 0x6F_8FAE, 0x8A_6A4E),
    family(0xE4_E7EB, 0x9A_7B62, 0x48_596D, 0xC9_8D6D, 0x6D_5A49),
    family(0xF4_ECDB, 0xD8_C19C, 0xC3_AB86, 0x4F_7A66, 0xB3_946B),
    family(0xE0_ECE8, 0xC9_B08C, 0x6F_A3A0, 0xE0_B878, 0x9D_8062),
    family(0xEB_E5EA, 0xA9_8D78, 0x85_748C, 0xD7_B47F, 0x7A_6254),
    family(0xF3_F5F7, 0xC6_AB88, 0x2F_5F9E, 0xE2_A65B, 0xB3_9873),
    family(0xF5_E7E3, 0xCF_B59A, 0xC8_9B93, 0x6F_8A78, 0xA9_8467),
    family(0xEC_EEE0, 0xB6_976F, 0x6F_7A4E, 0xC9_8452, 0x7D_6243),
    family(0xE3_E3E1, 0x8D_8074, 0x5A_5F63, 0xD2_A24C, 0x5E_5048),
    family(0xE4_EFF4, 0xD9_C6AA, 0x93_B0BF, 0xDD_8F75, 0xB9_9A76),
    family(0xEF_E6D6, 0xA3_835F, 0x8C_6F4E, 0x7A_9A7E, 0x6B_4F38),
    family(0xE9_ECF6, 0xCB_B59B, 0x8D_97BD, 0xE3_BF8A, 0xA5_8A70),
    family(0xF7_EEE2, 0xD1_B48E, 0xD0_8A5C, 0x56_728F, 0x9C_7A58),
    family(0xEF_F3E2, 0xDC_C8A0, 0x9B_AE7A, 0xB5_654A, 0xC0_A06E),
];

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hour {
    Dawn,
    Noon,
    Hazy,
    Golden,
    Dusk,
    Night,
}

/// What the light does outside at one hour.
#[derive(Clone, Copy)]
pub(crate) struct Sky {
    pub(crate) top: Color,
    pub(crate) middle: Color,
    pub(crate) low: Color,
    /// Silhouettes far and nearer.
    pub(crate) far: Color,
    pub(crate) near: Color,
    /// Window panes seen from outside.
    pub(crate) glass: Color,
    /// Sunlight, or lamplight after dark.
    pub(crate) light: Color,
    /// Everything outdoors leans to this colour by this share.
    air: Color,
    gloom: f64,
    /// How much darker a room is than at noon.
    pub(crate) indoor_shade: f64,
}

impl Hour {
    fn sky(self) -> Sky {
        let sky = |tones: [u32; 8], gloom: f64, indoor_shade: f64| {
            let [top, middle, low, far, near, glass, light, air] = tones.map(hex);
            Sky { top, middle, low, far, near, glass, light, air, gloom, indoor_shade }
        };
        match self {
            Self::Dawn => sky(
                [0xA3_BEDD, 0xE6_D9D6, 0xF8_DFC6, 0xBA_C2D1, 0x9F_AEC3, 0xA9_BCCB, 0xFF_E4C2, 0xE8_C9B4],
                0.08,
                0.03,
            ),
            Self::Noon => sky(
                [0x9F_C6E8, 0xD3_E6F2, 0xF0_F5F5, 0xBF_D3E2, 0xA3_BCD1, 0x92_B1C6, 0xFF_FAEA, 0xF4_F8FA],
                0.03,
                0.0,
            ),
            Self::Hazy => sky(
                [0xC9_D5DD, 0xDD_E5E8, 0xF0_EFEA, 0xC8_D3DA, 0xB0_BECA, 0xA9_BBC6, 0xF6_F6F0, 0xDC_E3E6],
                0.12,
                0.05,
            ),
            Self::Golden => sky(
                [0x8C_AFD2, 0xE3_D3C6, 0xF6_D2A6, 0xBD_B7BD, 0x9E_9DAC, 0x9D_A9B5, 0xFF_DC9C, 0xF0_B87C],
                0.13,
                0.04,
            ),
            Self::Dusk => sky(
                [0x4E_6D99, 0xA7_A2B6, 0xEC_C19C, 0x86_94AF, 0x64_7798, 0x6F_86A4, 0xFF_DC9A, 0x3C_4F75],
                0.32,
                0.11,
            ),
            Self::Night => sky(
                [0x22_3457, 0x44_5A84, 0x8C_8199, 0x4B_5D82, 0x33_456A, 0x40_5478, 0xFF_D890, 0x1D_2B4A],
                0.56,
                0.19,
            ),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// What all pictures of one home share: they were taken on one visit.
#[derive(Clone, Copy)]
pub(crate) struct Mood {
    pub(crate) family: Family,
    pub(crate) hour: Hour,
    pub(crate) season: Season,
    pub(crate) sky: Sky,
}

impl Mood {
    pub(crate) fn of(look: &HomeLook) -> Self {
        let mut dice = Dice::new(look.seed, "mood");
        let family = FAMILIES[dice.spread(Wheel::Palette, FAMILIES.len())];
        let [dawn, noon, hazy, golden, dusk, night] = match look.facing {
            Facing::East | Facing::NorthEast => [4, 4, 2, 1, 2, 1],
            Facing::South | Facing::SouthEast => [2, 6, 2, 2, 2, 1],
            Facing::West | Facing::SouthWest => [1, 3, 2, 5, 3, 1],
            Facing::North | Facing::NorthWest => [1, 4, 4, 1, 3, 1],
        };
        let hours = [
            (Hour::Dawn, dawn),
            (Hour::Noon, noon),
            (Hour::Hazy, hazy),
            (Hour::Golden, golden),
            (Hour::Dusk, dusk),
            (Hour::Night, night),
        ];
        let hour = dice.spread_weighted(Wheel::Hour, &hours);
        let season =
            dice.weighted(&[(Season::Spring, 2), (Season::Summer, 4), (Season::Autumn, 3), (Season::Winter, 1)]);
        Self { family, hour, season, sky: hour.sky() }
    }

    /// A daylight colour as the air of this hour shows it outdoors.
    pub(crate) fn tint(&self, color: Color) -> Color {
        color.mix(self.sky.air, self.sky.gloom)
    }

    pub(crate) fn after_dark(&self) -> bool {
        matches!(self.hour, Hour::Dusk | Hour::Night)
    }

    /// How much direct sun there is to throw a shadow, 0 to 1.
    pub(crate) fn sun_strength(&self) -> f64 {
        match self.hour {
            Hour::Noon => 1.0,
            Hour::Dawn | Hour::Golden => 0.9,
            Hour::Hazy => 0.25,
            Hour::Dusk | Hour::Night => 0.0,
        }
    }

    /// Where the sun (by night the moon) stands for someone looking towards `bearing`:
    /// degrees to the right of straight ahead, −180 to 180.
    pub(crate) fn sun_from(&self, bearing: f64) -> f64 {
        let azimuth = match self.hour {
            Hour::Dawn => 95.0,
            Hour::Noon | Hour::Hazy => 170.0,
            Hour::Golden => 262.0,
            Hour::Dusk => 278.0,
            Hour::Night => 140.0,
        };
        (azimuth - bearing + 540.0_f64).rem_euclid(360.0) - 180.0
    }

    /// Two tones of a tree's crown: the body and where light falls.
    pub(crate) fn leaves(&self, dice: &mut Dice) -> (Color, Color) {
        let (body, lit) = match self.season {
            Season::Spring => dice.pick(&[
                (0x93_B57C, 0xB1_CB97),
                (0x86_AC78, 0xA8_C690),
                (0xE6_BAC4, 0xF3_D6DB),
                (0xA7_BE84, 0xC3_D3A0),
            ]),
            Season::Summer => dice.pick(&[
                (0x6F_9A6A, 0x8D_B07A),
                (0x5D_8A68, 0x7F_A37C),
                (0x7B_A067, 0x9C_BB80),
                (0x62_8F62, 0x84_A974),
            ]),
            Season::Autumn => dice.pick(&[
                (0xD3_A24C, 0xE6_C272),
                (0xC0_794A, 0xDA_9C6B),
                (0x8D_9F5F, 0xAB_B87C),
                (0xC9_8F48, 0xE0_B26C),
            ]),
            Season::Winter => dice.pick(&[(0x7E_917C, 0x98_A793), (0x8A_9A86, 0xA6_B3A0), (0x74_8A7B, 0x90_A293)]),
        };
        (self.tint(hex(body)), self.tint(hex(lit)))
    }

    /// The colour of lawns and hedges.
    pub(crate) fn grass(&self) -> Color {
        self.tint(hex(match self.season {
            Season::Spring => 0xA3_C08A,
            Season::Summer => 0x8F_B27C,
            Season::Autumn => 0xB3_AE78,
            Season::Winter => 0xB5_B79A,
        }))
    }

    /// Leaves of a house plant, in the room's light.
    pub(crate) fn houseplant(&self) -> Color {
        hex(0x5D_8A68).mix(self.family.textile, 0.12)
    }

    /// A surface turned away from the light.
    pub(crate) fn shaded(&self, color: Color, share: f64) -> Color {
        color.mix(SHADOW.mix(self.sky.far, 0.45), share)
    }
}

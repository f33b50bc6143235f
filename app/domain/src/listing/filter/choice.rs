//! Choices that stand in the address as words.

use crate::listing::Facing;

coded_enum! {
    /// A choice of direction: the home has a window to that side.
    FacingChoice {
        /// 南北通透: windows to both.
        SouthNorth = "sn",
        South = "s",
        North = "n",
        East = "e",
        West = "w",
        SouthEast = "se",
        SouthWest = "sw",
        NorthEast = "ne",
        NorthWest = "nw",
    }
}

impl FacingChoice {
    /// The directions a home must have.
    pub fn needs(self) -> Facing {
        match self {
            Self::SouthNorth => Facing::SOUTH_NORTH,
            one => Facing::parse(one.code()).unwrap_or_default(),
        }
    }
}

coded_enum! {
    /// A mark that a home either bears or not. Several narrow the result.
    Tag {
        /// 满五唯一: held five years or more, and the family's only home.
        OverFiveOnly = "over_five_only",
        /// 满五
        OverFive = "over_five",
        /// 满二 (or longer)
        OverTwo = "over_two",
        /// 唯一
        OnlyHome = "only_home",
        /// 新上: listed within seven days.
        New = "new",
        /// 降价: cheaper than when first listed.
        Cut = "cut",
        /// Below the median unit price of its community, where at least three homes are on sale there.
        BelowMedian = "below_median",
        /// 有核验码
        Verified = "verified",
        /// 随时可看
        AnyTime = "any_time",
        /// With photographs.
        Photos = "photos",
    }
}

coded_enum! {
    /// Yes or no, where not knowing is neither.
    YesNo { Yes = "yes", No = "no" }
}

coded_enum! {
    /// The order of the results.
    Sort {
        /// Newest first.
        Newest = "newest",
        /// Cheapest first.
        PriceUp = "price",
        /// Dearest first.
        PriceDown = "-price",
        /// Lowest unit price first.
        UnitUp = "unit",
        /// Highest unit price first.
        UnitDown = "-unit",
        /// Largest first.
        AreaDown = "-area",
        /// Smallest first.
        AreaUp = "area",
        /// Biggest cut in percent of the first price first.
        Cut = "cut",
        /// Furthest below its community's median unit price first.
        Value = "value",
    }
}

//! The states of an offer and the moves between them.

coded_enum! {
    /// The state of a listing.
    ListingState {
        /// 草稿: being entered.
        Draft = "draft",
        /// 待验真: entered, not yet verified.
        PendingVerify = "pending_verify",
        /// 有效 (在售)
        Active = "active",
        /// 暂缓
        Paused = "paused",
        /// 谈判中, 已收定
        UnderOffer = "under_offer",
        /// 已成交
        Sold = "sold",
        /// 店共享池
        StorePool = "store_pool",
        /// 平台共享池
        PlatformPool = "platform_pool",
        /// 无效 (核销)
        Invalid = "invalid",
        /// 他售
        SoldByOther = "sold_by_other",
        /// 撤盘
        Withdrawn = "withdrawn",
    }
}

impl ListingState {
    /// Whether the public sees it as on sale.
    pub const fn is_public(self) -> bool {
        matches!(self, Self::Active | Self::UnderOffer)
    }

    /// Whether it occupies its room: a room has at most one open sale listing.
    pub const fn is_open(self) -> bool {
        matches!(
            self,
            Self::PendingVerify
                | Self::Active
                | Self::Paused
                | Self::UnderOffer
                | Self::StorePool
                | Self::PlatformPool
        )
    }

    /// The states it may go to. Everything else is refused.
    pub const fn next(self) -> &'static [Self] {
        match self {
            Self::Draft => &[Self::PendingVerify, Self::Withdrawn],
            Self::PendingVerify => &[Self::Active, Self::Draft, Self::Invalid, Self::Withdrawn],
            Self::Active => &[Self::Paused, Self::UnderOffer, Self::StorePool, Self::SoldByOther, Self::Withdrawn],
            Self::Paused => &[Self::Active, Self::SoldByOther, Self::Withdrawn],
            Self::UnderOffer => &[Self::Active, Self::Sold],
            Self::StorePool => &[Self::Active, Self::PlatformPool, Self::SoldByOther, Self::Withdrawn],
            Self::PlatformPool => &[Self::Active, Self::Invalid, Self::SoldByOther, Self::Withdrawn],
            Self::Sold | Self::Invalid | Self::SoldByOther | Self::Withdrawn => &[],
        }
    }

    /// Whether this move is allowed.
    pub fn may_become(self, to: Self) -> bool {
        self.next().contains(&to)
    }
}

#[cfg(test)]
mod tests {
    use super::ListingState::{self, *};

    #[test]
    fn an_active_listing_is_sold_only_after_an_offer() {
        assert!(!Active.may_become(Sold));
        assert!(Active.may_become(UnderOffer) && UnderOffer.may_become(Sold));
        assert!(UnderOffer.may_become(Active));
    }

    #[test]
    fn ended_listings_stay_ended_and_free_their_room() {
        for state in ListingState::ALL.iter().filter(|s| s.next().is_empty()) {
            assert!(!state.is_open() && !state.is_public(), "{state}");
        }
    }

    #[test]
    fn what_the_public_sees_occupies_its_room() {
        assert!(ListingState::ALL.iter().all(|s| !s.is_public() || s.is_open()));
    }
}

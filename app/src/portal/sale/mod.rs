//! 我要卖房

mod sell_page;

pub use sell_page::SellPage;

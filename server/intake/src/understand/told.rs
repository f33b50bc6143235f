//! What was understood of a home, in words.

use super::home::Home;
use crate::field::Field;
use crate::values::{facing, floor, words};
use domain::Lang;
use domain::listing::{HoldingBand, Mortgage};

impl Home {
    /// Everything that was understood, field by field, to set beside the cells of the row. What is private is only
    /// said to be there.
    pub fn understood(&self, lang: Lang) -> Vec<(Field, String)> {
        let zh = lang == Lang::Zh;
        let word = |word: &'static str, code: &'static str| if zh { word.to_owned() } else { code.replace('_', " ") };
        let yes_no = |yes: bool| word(if yes { "有" } else { "无" }, if yes { "yes" } else { "no" });
        let hidden = || if zh { "（不公开）" } else { "(private)" }.to_owned();
        let day = |day: chrono::NaiveDate| day.to_string();
        let told = [
            (Field::City, self.city.clone()),
            (Field::District, self.district.clone()),
            (Field::Circle, self.circle.clone()),
            (Field::Community, Some(self.community.clone()).filter(|name| !name.is_empty())),
            (Field::Address, self.address.clone()),
            (Field::Building, self.building.clone()),
            (Field::Unit, self.unit.as_ref().map(|_| hidden())),
            (Field::Room, self.room.as_ref().map(|_| hidden())),
            (Field::Price, Some(format!("{} 万", self.price.wan())).filter(|_| self.price.0 > 0)),
            (Field::UnitPrice, self.stated_unit_price.map(|unit| format!("{unit} 元/㎡"))),
            (Field::AreaBuilt, Some(format!("{} ㎡", self.area_built)).filter(|_| self.area_built.0 > 0)),
            (Field::AreaInner, self.area_inner.map(|area| format!("{area} ㎡"))),
            (Field::Layout, self.layout_words()),
            (Field::Floor, self.floor.map(|f| f.to_string()).or(self.band_words(lang))),
            (Field::Storeys, self.storeys.map(|n| n.to_string())),
            (Field::Facing, Some(facing::shown(self.facing)).filter(|_| !self.facing.is_empty())),
            (Field::LayoutKind, self.layout_kind.map(|v| word(words::layout_kind_word(v), v.code()))),
            (Field::BuildingType, self.building_type.map(|v| word(words::building_type_word(v), v.code()))),
            (Field::Structure, self.structure.map(|v| word(words::structure_word(v), v.code()))),
            (Field::Decoration, self.decoration.map(|v| word(words::decoration_word(v), v.code()))),
            (Field::LiftRatio, self.lift_ratio.map(|r| format!("{} : {}", r.lifts, r.homes))),
            (Field::Elevator, self.elevator.map(yes_no)),
            (Field::Heating, self.heating.map(|v| word(words::heating_word(v), v.code()))),
            (Field::BuiltYear, self.built_year.map(|y| y.to_string())),
            (Field::ListedOn, self.listed_on.map(day)),
            (Field::LastSale, self.last_sale.map(day)),
            (Field::Ownership, self.ownership.map(|v| word(words::ownership_word(v), v.code()))),
            (Field::Usage, self.usage.map(|v| word(words::usage_word(v), v.code()))),
            (Field::Holding, self.holding.map(|v| word(holding_word(v), v.code()))),
            (
                Field::OnlyHome,
                self.only_home.map(|yes| word(if yes { "唯一" } else { "不唯一" }, if yes { "yes" } else { "no" })),
            ),
            (Field::CoOwnership, self.co_ownership.map(|v| word(words::co_ownership_word(v), v.code()))),
            (Field::Mortgage, self.mortgage.map(|v| word(mortgage_word(v), v.code()))),
            (Field::TitleCopy, self.title_copy.map(yes_no)),
            (Field::VerifyCode, self.verify_code.clone()),
            (Field::SourceId, self.source_id.clone()),
            (Field::Headline, self.headline.clone()),
        ];
        let extra = self.extra.iter().map(|(column, text)| (Field::Extra, format!("{column}: {text}")));
        told.into_iter().filter_map(|(field, text)| Some((field, text?))).chain(extra).collect()
    }

    /// One line for a person: `香悦花苑 · 3室1厅1厨2卫 · 113.62㎡ · 239万`.
    pub fn summary(&self) -> String {
        let area = Some(format!("{}㎡", self.area_built)).filter(|_| self.area_built.0 > 0);
        let price = Some(format!("{}万", self.price.wan())).filter(|_| self.price.0 > 0);
        let parts = [Some(self.community.clone()), self.layout_words(), area, price];
        let parts: Vec<String> = parts.into_iter().flatten().filter(|p| !p.is_empty()).collect();
        parts.join(" · ")
    }

    fn layout_words(&self) -> Option<String> {
        let layout = self.layout?;
        let parts = [(Some(layout.rooms), '室'), (layout.halls, '厅'), (layout.kitchens, '厨'), (layout.baths, '卫')];
        Some(parts.iter().filter_map(|(n, word)| Some(format!("{}{word}", (*n)?))).collect())
    }

    fn band_words(&self, lang: Lang) -> Option<String> {
        let band = self.floor_band?;
        Some(if lang == Lang::Zh { floor::band_word(band) } else { band.code() }.to_owned())
    }
}

const fn holding_word(band: HoldingBand) -> &'static str {
    match band {
        HoldingBand::UnderTwo => "未满两年",
        HoldingBand::OverTwo => "满两年",
        HoldingBand::OverFive => "满五年",
    }
}

const fn mortgage_word(mortgage: Mortgage) -> &'static str {
    match mortgage {
        Mortgage::Clear => "无抵押",
        Mortgage::Mortgaged => "有抵押",
    }
}

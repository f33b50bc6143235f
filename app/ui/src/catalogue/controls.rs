//! Samples of what a person presses, types or follows.

use leptos::prelude::*;

use super::section;
use crate::*;

pub(super) fn buttons() -> AnyView {
    section(
        "按钮 Button",
        view! {
            <div class="row row--3">
                <Button kind=ButtonKind::Primary>"保存 Save"</Button>
                <Button>"改期 Change"</Button>
                <Button kind=ButtonKind::Soft icon=Glyph::Send>"发送 Send"</Button>
                <Button kind=ButtonKind::Ghost>"放回 Put back"</Button>
                <Button kind=ButtonKind::Danger>"作废 Void"</Button>
                <Button disabled=true>"不可用 Disabled"</Button>
                <Button kind=ButtonKind::Primary busy=true busy_label="保存中 Saving">"保存 Save"</Button>
                <Button size=ButtonSize::Small>"小 Small"</Button>
                <Button size=ButtonSize::Large>"大 Large"</Button>
                <LinkButton href="/ui" icon=Glyph::Right>"链接 Link"</LinkButton>
                <IconButton glyph=Glyph::More label="更多 More"/>
                <IconButton glyph=Glyph::Heart label="收藏 Keep" pressed=true/>
                <IconLink glyph=Glyph::Phone href="/ui" label="电话 Call"/>
            </div>
            <Button block=true>"通栏 Block"</Button>
        },
    )
}

pub(super) fn fields() -> AnyView {
    let options = vec![SelectOption::new("a", "共有 Joint"), SelectOption::new("b", "单独 Sole")];
    section(
        "输入 Field",
        view! {
            <div class="cp-grid">
                <Input
                    name="price"
                    label="价格 Price"
                    kind=InputKind::Decimal
                    value="685.00"
                    unit="万元"
                    hint="最多两位小数 Two decimals"
                />
                <Input
                    name="deposit"
                    label="定金 Deposit"
                    kind=InputKind::Decimal
                    value="150.00"
                    unit="万元"
                    error="不能超过 137 万 At most 137"
                />
                <Input name="q" label="搜索 Search" kind=InputKind::Search icon=Glyph::Search hide_label=true placeholder="搜索 Search"/>
                <Input name="day" label="日期 Date" kind=InputKind::Date value="2026-12-15"/>
                <Select name="title" label="产权 Title" options=options.clone() selected="b"/>
                <Select name="sort" label="排序 Sort" options hide_label=true quiet=true/>
                <TextArea name="note" label="备注 Note" value="第一行 First line" hint="可不填 Optional"/>
                <FieldGroup id="way" legend="方式 Way">
                    <div class="row row--4">
                        <Check name="way" value="here" one=true checked=true>"现场 On site"</Check>
                        <Check name="way" value="away" one=true>"远程 Remote"</Check>
                        <Check name="only" value="1">"唯一 Only one"</Check>
                    </div>
                </FieldGroup>
            </div>
        },
    )
}

pub(super) fn choices() -> AnyView {
    let views = || {
        vec![Segment::new("/ui", "列表 List").icon(Glyph::Grid), Segment::new("/ui?map", "地图 Map").icon(Glyph::Map)]
    };
    let loans = vec![Segment::new("mix", "组合 Mixed"), Segment::new("bank", "商贷 Bank")];
    let themes = vec![
        Segment::new("auto", "跟随系统 System").icon(Glyph::Auto),
        Segment::new("light", "浅色 Light").icon(Glyph::Sun),
        Segment::new("dark", "深色 Dark").icon(Glyph::Moon),
    ];
    let languages = vec![Segment::new("zh-CN", "中文"), Segment::new("en", "English")];
    section(
        "选择 Chip, Segmented, Switch",
        view! {
            <div class="row">
                <Chip name="c" value="1" checked=true count=152>"已选 Chosen"</Chip>
                <Chip name="c" value="2" count=1292>"可选 Free"</Chip>
                <Chip name="c" value="3" count=0>"无 None"</Chip>
                <Chip name="d" value="1" one=true>"单选 One"</Chip>
                <ChipLink href="/ui" current=true count=63>"链接 Link"</ChipLink>
                <AppliedChip href="/ui" remove_label="移除 Remove">"300–750 万"</AppliedChip>
            </div>
            <div class="row row--4">
                <SegmentedLinks label="显示 View" segments=views() current="/ui"/>
                <SegmentedRadios label="贷款 Loan" name="loan" segments=loans selected="mix" small=true/>
                <SwitchForm label="主题 Theme" action="/ui" name="theme" segments=themes current="auto" icons_only=true/>
                <SwitchForm label="语言 Language" action="/ui" name="lang" segments=languages current="en"/>
            </div>
        },
    )
}

pub(super) fn ranges() -> AnyView {
    let counts = vec![6, 10, 16, 26, 38, 52, 70, 84, 96, 100, 92, 78, 66, 58, 44, 36, 30, 22, 18, 13, 10, 8, 6, 5];
    section(
        "区间 Range, Slider",
        view! {
            <div class="cp-grid">
                <Range
                    low=RangeEnd::new("pmin", "最低 Lowest", "300")
                    high=RangeEnd::new("pmax", "最高 Highest", "750")
                    scale=Scale { min: 0.0, max: 1000.0, step: 10.0 }
                    counts=counts
                    unit="万"
                    between="至"
                />
                <Slider
                    name="share"
                    label="首付 Down payment"
                    scale=Scale { min: 15.0, max: 100.0, step: 1.0 }
                    value="35"
                    shown="35%"
                    hint="最低 15% At least 15 %"
                />
            </div>
        },
    )
}

pub(super) fn overlays() -> AnyView {
    let foot = || {
        view! {
            <Button action=ButtonAction::Reset>"清除 Clear"</Button>
            <Button kind=ButtonKind::Primary>"查看 486 套 Show 486"</Button>
        }
        .into_any()
    };
    section(
        "展开 Menu, Filter, Dialog",
        view! {
            <div class="row row--3 rel">
                <Menu label="操作 Actions" icon=Glyph::More group="m">
                    <MenuLink href="/ui" icon=Glyph::Print>"打印 Print"</MenuLink>
                    <form><MenuButton icon=Glyph::Share>"分享 Share"</MenuButton></form>
                </Menu>
                <Menu label="更多 More" icon_only=true group="m"><MenuLink href="/ui">"链接 Link"</MenuLink></Menu>
                <FilterMenu label="总价 Price" value="300–750 万" group="m" wide=true>"…"</FilterMenu>
                <FilterMenu label="面积 Area" group="m">"…"</FilterMenu>
                <FilterSheet label="筛选 Filter" count=5 foot=foot()>"…"</FilterSheet>
            </div>
            <Dialog id="cp-dialog" title="标题 Title" close_label="关闭 Close" foot=foot()><p>"…"</p></Dialog>
            <Dialog id="cp-drawer" title="侧边 Side" close_label="关闭 Close" kind=DialogKind::Side><p>"…"</p></Dialog>
        },
    )
}

pub(super) fn ways() -> AnyView {
    let crumbs = vec![Crumb::to("/ui", "上级 Above"), Crumb::here("本页 Here")];
    section(
        "去向 Breadcrumb, Pager",
        view! {
            <Breadcrumb label="位置 Place" crumbs/>
            <Pager
                label="翻页 Pages"
                previous_label="上一页 Previous"
                next_label="下一页 Next"
                previous="/ui".to_owned()
                next="/ui".to_owned()
                at="25–48 / 486"
            />
        },
    )
}

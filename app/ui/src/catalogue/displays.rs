//! Samples of what is only looked at.

use leptos::prelude::*;

use super::section;
use crate::*;

pub(super) fn signs() -> AnyView {
    let icons = Glyph::ALL.iter().map(|&glyph| view! { <Icon glyph/> }).collect_view();
    section(
        "门牌、图标 Plate, Icon",
        view! {
            <div class="row row--3">
                <Plate>"FY-202611-0382"</Plate>
                <Plate kind=PlateKind::Quiet>"HT-202611-0087"</Plate>
            </div>
            <div class="row row--3">
                {icons}
                <Icon glyph=Glyph::Heart filled=true/>
                <Icon glyph=Glyph::Info small=true/>
            </div>
        },
    )
}

pub(super) fn tags() -> AnyView {
    section(
        "标签、头像、进度 Tag, Badge, Avatar, Bar, Age",
        view! {
            <div class="row">
                <Tag kind=TagKind::Cut>"降 13 万 Cut"</Tag>
                <Tag kind=TagKind::New>"新上 New"</Tag>
                <Tag kind=TagKind::Accent>"满五唯一 Tax-free"</Tag>
                <Tag>"有电梯 Lift"</Tag>
                <Tag kind=TagKind::Ok>"已到账 Paid"</Tag>
                <Tag kind=TagKind::Warn icon=Glyph::Document>"缺 2 件 2 missing"</Tag>
                <Tag kind=TagKind::Bad>"超 2 天 2 days late"</Tag>
                <Tag kind=TagKind::Line>"带押过户 With lien"</Tag>
                <Tag kind=TagKind::Doubt>"未核实 Not verified"</Tag>
                <Badge count=3 label="未读 unread"/>
                <Avatar name="林" hue=0 live=true/>
                <Avatar name="许" hue=1 size=AvatarSize::Small/>
                <Avatar name="何" hue=2 size=AvatarSize::Large/>
            </div>
            <div class="cp-grid">
                <Bar label="206 / 240" parts=vec![BarPart { share: 60.0, tone: Tone::Ok }, BarPart { share: 26.0, tone: Tone::Warn }]/>
                <Bar label="30%" small=true parts=vec![BarPart { share: 30.0, tone: Tone::Neutral }]/>
                <Age label="停 24 天 24 days" share=73.0 ticks=vec![42.0, 67.0] tone=Tone::Bad/>
                <Progress label="上传 Upload" value=40.0/>
            </div>
        },
    )
}

pub(super) fn cards() -> AnyView {
    let more = view! { <a class="link sm push" href="/ui">"全部 All"</a> }.into_any();
    section(
        "卡片 Card",
        view! {
            <div class="cp-grid">
                <Card title="标题 Title" level=Level::Three aside=more><p>"内容 Content"</p></Card>
                <Card><p>"没有标题 Untitled"</p></Card>
            </div>
        },
    )
}

pub(super) fn notices() -> AnyView {
    let compare = view! { <a class="link sm" href="/ui">"对照 Compare"</a> }.into_any();
    let undo = view! { <button type="button">"撤销 Undo"</button> }.into_any();
    section(
        "提示 Banner, Toast",
        view! {
            <div class="stack stack--2">
                <Banner>"估算 An estimate"</Banner>
                <Banner tone=Tone::Warn icon=Glyph::Offline>"网络断开了 Offline"</Banner>
                <Banner tone=Tone::Bad actions=compare>"没有保存，你的改动还在。 Not saved, your changes are kept."</Banner>
                <Banner tone=Tone::Ok>"已备案 Filed"</Banner>
                <Toast tone=Tone::Ok action=undo>"已移动 Moved"</Toast>
                <Toast tone=Tone::Bad>"没有移动 Not moved"</Toast>
            </div>
        },
    )
}

pub(super) fn waiting() -> AnyView {
    section(
        "等待 Skeleton, Spinner",
        view! {
            <div class="cp-grid" aria-busy="true">
                <Skeleton shape=SkeletonShape::Photo/>
                <div class="stack stack--2">
                    <Skeleton shape=SkeletonShape::Title/>
                    <Skeleton shape=SkeletonShape::LongLine/>
                    <Skeleton/>
                    <Skeleton shape=SkeletonShape::ShortLine/>
                    <Skeleton shape=SkeletonShape::Block/>
                </div>
                <p><Spinner label="载入中 Loading"/></p>
            </div>
        },
    )
}

pub(super) fn tables() -> AnyView {
    let facts = || {
        vec![
            Fact::new("朝向 Facing", "南北 Both"),
            Fact::new("面积 Area", "109.7 ㎡").note("套内 86.3 ㎡"),
            Fact::new("年代 Built", "2014"),
        ]
    };
    let kinds = [FactsKind::Key, FactsKind::Columns, FactsKind::Compact, FactsKind::Pairs, FactsKind::Small];
    let lists = kinds.map(|kind| view! { <DescriptionList facts=facts() kind/> }).collect_view();
    section(
        "表格、清单 Table, DescriptionList",
        view! {
            <TableWrap caption="账单 Bill">
                <thead><tr><th scope="col">"项目 Item"</th><th scope="col" class="n">"万元"</th></tr></thead>
                <tbody>
                    <tr><th scope="row">"房价 Price"</th><td class="n">"685.00"</td></tr>
                    <tr><th scope="row">"契税 Tax"</th><td class="n">"6.85"</td></tr>
                </tbody>
                <tfoot><tr><th scope="row">"合计 Total"</th><td class="n">"691.85"</td></tr></tfoot>
            </TableWrap>
            {lists}
        },
    )
}

pub(super) fn steps() -> AnyView {
    let states = [
        (StepState::Done, "完成 done"),
        (StepState::Now, "进行中 now"),
        (StepState::Wait, "等待 waiting"),
        (StepState::Late, "超期 late"),
        (StepState::Todo, "未开始 to do"),
    ];
    let steps = || states.map(|(state, word)| Step::new(state, word, word).when("11-26")).into();
    section(
        "步骤 Timeline, Stepper",
        view! { <Timeline steps=steps()/> <Stepper label="进度 Progress" steps=steps()/> },
    )
}

pub(super) fn charts() -> AnyView {
    let steps = [(5.0, 720.0, "720"), (7.0, 708.0, "708"), (9.0, 698.0, "698"), (10.2, 685.0, "685 现价 now")]
        .map(|(at, value, text)| ChartPoint { at, value, text: text.into() })
        .into();
    let ticks = [(1.0, "1月"), (4.0, "4月"), (7.0, "7月"), (10.0, "10月")]
        .map(|(at, text)| ChartTick { at, text: text.into() })
        .into();
    section(
        "图 StepChart, Sparkline",
        view! {
            <StepChart
                label="从 720 降到 685 From 720 to 685"
                steps
                compare=vec![(1.0, 662.0), (4.0, 668.0), (7.0, 671.0), (11.0, 660.0)]
                ticks
                steps_name="这一套 This one"
                compare_name="同类 Others"
                note="万"
            />
            <div class="cp-grid"><Sparkline values=vec![2.0, 5.0, 3.0, 8.0, 7.0, 11.0] goal=9.0 label="上升 Rising"/></div>
        },
    )
}

pub(super) fn photos() -> AnyView {
    section(
        "照片 Photo",
        view! {
            <div class="cp-grid">
                <div class="cp-photo"><Photo src=Some("/favicon.svg".into()) alt="样例 Sample" width=64 height=64 whole=true/></div>
                <div class="cp-photo"><Photo src=None alt="暂无照片 No photo yet" width=4 height=3/></div>
            </div>
        },
    )
}

pub(super) fn empties() -> AnyView {
    let actions = view! { <LinkButton href="/ui" kind=ButtonKind::Primary>"返回 Back"</LinkButton> }.into_any();
    section(
        "空 Empty",
        view! {
            <Empty title="没有内容 Nothing here" level=Level::Three><p>"可以先加一条。 Add one first."</p></Empty>
            <Empty title="找不到这一页 Not found" level=Level::Three code="404" actions><p>"…"</p></Empty>
        },
    )
}

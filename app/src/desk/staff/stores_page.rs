//! `/stores`: stores and their teams; for administrators, opening, changing and closing them.

use crate::shell::rpc::Call;
use crate::shell::{Desk, FormState, Place, Visit, failure, guarded};
use crate::texts::staff as text;
use domain::Lang;
use domain::access::{Action, allow};
use domain::identity::StoreCard;
use leptos::prelude::*;
use services::staff::stores;
use ui::{
    Banner, Button, ButtonKind, ButtonSize, Card, DescriptionList, Fact, FactsKind, Glyph, Icon, Input, InputKind,
    Plate, PlateKind, Tag, TagKind, Tone,
};

/// The page.
#[component]
pub fn StoresPage() -> impl IntoView {
    let (visit, call) = (Visit::current(), Call::current());
    let lang = visit.lang;
    guarded(move |signed| {
        Suspend::new(async move {
            let shops = match stores::list(&call.services, &signed).await {
                Ok(shops) => shops,
                Err(error) => return failure(error),
            };
            let done = match visit.query("done").as_str() {
                "opened" => Some(text::done_opened(lang)),
                "changed" => Some(text::done_changed(lang)),
                "closed" => Some(text::done_closed(lang)),
                _ => None,
            };
            let may = allow(&signed.actor, Action::ManageStores);
            let cards = shops.into_iter().map(|shop| view! { <Shop lang shop may/> }).collect_view();
            let form = FormState::of(lang, "staff/open_store", vec![]);
            view! {
                <Desk signed place=Place::Stores title=text::stores(lang)>
                    {done.map(|text| view! { <Banner tone=Tone::Ok live=true><p>{text}</p></Banner> })}
                    <div class="dk-stores">
                        {cards}
                        {may.then(|| view! {
                            <Card title=text::store_new(lang)>
                                {form.banner()}
                                <form class="stack stack--4" method="post" action="/api/staff/open_store">
                                    {form.once()}
                                    <input type="hidden" name="back" value="/stores"/>
                                    <StoreFields lang form=form.clone() key="new".to_owned()/>
                                    <div><Button kind=ButtonKind::Primary icon=Glyph::Plus>{text::store_open(lang)}</Button></div>
                                </form>
                            </Card>
                        })}
                    </div>
                </Desk>
            }
            .into_any()
        })
        .into_any()
    })
}

#[component]
fn Shop(lang: Lang, shop: StoreCard, may: bool) -> impl IntoView {
    let StoreCard { code, name, address, phone, teams, people, closed, version } = shop;
    let teams = teams.into_iter().map(|(team, n)| text::team_of(lang, n, team)).collect::<Vec<_>>().join("、");
    let or_none = |text: String| if text.is_empty() { text::not_kept(lang).to_owned() } else { text };
    let start = vec![("name", name.clone()), ("address", address.clone()), ("phone", phone.clone())];
    let facts = vec![
        Fact::new(text::address(lang), or_none(address)),
        Fact::new(text::store_phone(lang), or_none(phone)),
        Fact::new(text::staff_count(lang), text::people(lang, people)),
        Fact::new(text::teams(lang), or_none(teams)),
    ];
    let form = FormState::of(lang, "staff/change_store", start).only("code", &code);
    let shut = FormState::of(lang, "staff/close_store", vec![]).only("code", &code);
    let plate = code.clone();
    let aside = view! {
        <Plate kind=PlateKind::Quiet>{plate}</Plate>
        {closed.then(|| view! { <Tag kind=TagKind::Bad>{text::store_closed(lang)}</Tag> })}
    };
    let hidden = move |code: &str| {
        view! {
            <input type="hidden" name="back" value="/stores"/>
            <input type="hidden" name="code" value=code.to_owned()/>
            <input type="hidden" name="seen" value=version.to_string()/>
        }
    };
    let open = form.sent() || shut.sent();
    view! {
        <Card title=name aside=aside.into_any()>
            <DescriptionList facts kind=FactsKind::Pairs/>
            <p class="sm mt-4"><a class="link" href=format!("/staff?store={code}")>{text::store_people(lang)}</a></p>
            {(may && !closed).then(|| view! {
                <details class="mt-4" open=open>
                    <summary class="btn btn--sm"><Icon glyph=Glyph::Edit/>{text::store_edit(lang)}</summary>
                    <div class="dk-panel stack stack--4">
                        {form.banner()}
                        <form class="stack stack--4" method="post" action="/api/staff/change_store">
                            {hidden(&code)}
                            <StoreFields lang form=form.clone() key=code.clone()/>
                            <div><Button kind=ButtonKind::Primary>{text::save(lang)}</Button></div>
                        </form>
                        {shut.banner()}
                        <form method="post" action="/api/staff/close_store">
                            {hidden(&code)}
                            <Button kind=ButtonKind::Danger size=ButtonSize::Small>{text::store_close(lang)}</Button>
                        </form>
                    </div>
                </details>
            })}
        </Card>
    }
}

#[component]
fn StoreFields(lang: Lang, form: FormState, key: String) -> impl IntoView {
    let id = |name: &str| format!("{name}-{key}");
    view! {
        <Input id=id("name") name="name" label=text::store_name(lang) value=form.value("name") maxlength=100 required=true error=form.fault("name")/>
        <Input id=id("address") name="address" label=text::address(lang) value=form.value("address") maxlength=200 error=form.fault("address")/>
        <Input id=id("phone") name="phone" label=text::store_phone(lang) kind=InputKind::Phone value=form.value("phone") maxlength=60 error=form.fault("phone")/>
    }
}

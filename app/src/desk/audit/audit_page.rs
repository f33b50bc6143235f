//! `/audit`: the trail, searched.

use crate::desk::words;
use crate::shell::rpc::Call;
use crate::shell::{Desk, Place, Visit, failure, guarded};
use crate::texts::{audit as text, desk};
use domain::Lang;
use domain::identity::{AuditRow, Fields};
use leptos::prelude::*;
use services::trail;
use ui::{Button, Card, Empty, Glyph, Input, InputKind, Pager, TableWrap};

const FIELDS: [&str; 5] = ["actor", "action", "subject", "from", "until"];

/// The page.
#[component]
pub fn AuditPage() -> impl IntoView {
    let (visit, call) = (Visit::current(), Call::current());
    let lang = visit.lang;
    guarded(move |signed| {
        Suspend::new(async move {
            let mut asked: Vec<(String, String)> = FIELDS.iter().map(|n| ((*n).to_owned(), visit.query(n))).collect();
            asked.push(("before".to_owned(), visit.query("before")));
            let page = match trail::search(&call.services, &signed, &Fields::new(asked.clone())).await {
                Ok(page) => page,
                Err(error) => return failure(error),
            };
            let value = |name: &str| asked.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone()).unwrap_or_default();
            let [actor, action, from, until] = ["actor", "action", "from", "until"].map(value);
            let query = |before: Option<i64>| {
                let mut query = form_urlencoded::Serializer::new(String::new());
                for name in FIELDS {
                    if !value(name).is_empty() {
                        query.append_pair(name, &value(name));
                    }
                }
                if let Some(before) = before {
                    query.append_pair("before", &before.to_string());
                }
                query.finish()
            };
            let next = page.next.map(|before| format!("/audit?{}", query(Some(before))));
            let first = (!value("before").is_empty()).then(|| format!("/audit?{}", query(None)));
            let export = format!("/audit/export.csv?{}", query(None));
            let actions = view! { <a class="btn" href=export download>{text::export(lang)}</a> };
            let body = if page.rows.is_empty() {
                view! { <Empty title=text::nothing(lang)><p>{text::nothing_why(lang)}</p></Empty> }.into_any()
            } else {
                let rows = page.rows.into_iter().map(|row| line(lang, row)).collect_view();
                view! {
                    <Card>
                        <TableWrap caption=text::title(lang)>
                            <thead><tr>
                                <th scope="col">{text::time(lang)}</th><th scope="col">{text::who(lang)}</th>
                                <th scope="col">{text::what(lang)}</th><th scope="col">{text::whom(lang)}</th>
                                <th scope="col">{text::from_where(lang)}</th><th scope="col">{text::detail(lang)}</th>
                            </tr></thead>
                            <tbody>{rows}</tbody>
                        </TableWrap>
                    </Card>
                }
                .into_any()
            };
            view! {
                <Desk signed place=Place::Audit title=text::title(lang) actions=actions.into_any()>
                    <div class="stack stack--4">
                        <p class="soft sm">{text::note(lang)}</p>
                        <form method="get" action="/audit" role="search" class="dk-filter">
                            <Input name="actor" label=text::who(lang) value=actor placeholder="YG-0001" maxlength=64/>
                            <Input name="action" label=text::what(lang) value=action placeholder="staff." maxlength=64/>
                            <Input name="from" label=text::from_day(lang) kind=InputKind::Date value=from/>
                            <Input name="until" label=text::until_day(lang) kind=InputKind::Date value=until/>
                            <Button icon=Glyph::Search>{text::go(lang)}</Button>
                        </form>
                        {body}
                        <Pager label=desk::pages(lang) previous_label=desk::newest(lang) next_label=desk::older(lang) previous=first next=next/>
                    </div>
                </Desk>
            }
            .into_any()
        })
        .into_any()
    })
}

fn line(lang: Lang, row: AuditRow) -> AnyView {
    let AuditRow { id: _, at_ms, actor, from, action, subject, subject_id, detail } = row;
    let who = match actor.strip_prefix("staff:") {
        Some(code) => view! { <a class="link" href=format!("/staff/{code}")>{code.to_owned()}</a> }.into_any(),
        None => view! { {actor.replacen("system:", text::system(lang), 1)} }.into_any(),
    };
    let did = did(lang, &action).map(|did| view! { {did}<br/> });
    let whom = if subject_id == 0 { subject } else { format!("{subject} {subject_id}") };
    view! {
        <tr>
            <th scope="row" class="num nowrap">{words::moment(at_ms)}</th>
            <td class="num nowrap">{who}</td>
            <td class="nowrap">{did} <span class="xs mute num">{action}</span></td>
            <td class="num nowrap">{whom}</td>
            <td class="num nowrap">{from}</td>
            <td class="dk-json">{detail}</td>
        </tr>
    }
    .into_any()
}

/// What was done, in words; what has none stands there by its code alone.
fn did(lang: Lang, action: &str) -> Option<&'static str> {
    Some(match action {
        "identity.signed_in" => text::did_signed_in(lang),
        "identity.signed_out" => text::did_signed_out(lang),
        "identity.password_changed" => text::did_password_changed(lang),
        "identity.sessions_ended" => text::did_sessions_ended(lang),
        "identity.second_factor_on" => text::did_second_on(lang),
        "identity.second_factor_off" => text::did_second_off(lang),
        "identity.passkey_added" => text::did_passkey_added(lang),
        "identity.passkey_removed" => text::did_passkey_removed(lang),
        "identity.link_made" => text::did_link_made(lang),
        "identity.account_opened" => text::did_account_opened(lang),
        "identity.roles_changed" => text::did_roles_changed(lang),
        "identity.account_changed" => text::did_account_changed(lang),
        "identity.key_made" => text::did_key_made(lang),
        "identity.key_revoked" => text::did_key_revoked(lang),
        "staff.added" => text::did_staff_added(lang),
        "staff.changed" => text::did_staff_changed(lang),
        "staff.revealed" => text::did_staff_revealed(lang),
        "staff.called" => text::did_staff_called(lang),
        "staff.number_met" => text::did_staff_number_met(lang),
        "staff.left" => text::did_staff_left(lang),
        "staff.erased" => text::did_staff_erased(lang),
        "staff.copied" => text::did_staff_copied(lang),
        "store.opened" => text::did_store_opened(lang),
        "store.changed" => text::did_store_changed(lang),
        "store.closed" => text::did_store_closed(lang),
        "listing.price_changed" => text::did_listing_price(lang),
        "listing.state_changed" => text::did_listing_state(lang),
        "firm.changed" => text::did_firm_changed(lang),
        "firm.set_up" => text::did_firm_set_up(lang),
        "audit.exported" => text::did_exported(lang),
        "demo.filled" => text::did_demo_filled(lang),
        "client.signed_in" => text::did_client_signed_in(lang),
        "client.joined" => text::did_client_joined(lang),
        "client.changed" => text::did_client_changed(lang),
        "client.number_changed" => text::did_client_number(lang),
        "client.consented" => text::did_client_consented(lang),
        "client.withdrew" => text::did_client_withdrew(lang),
        "client.sessions_ended" => text::did_sessions_ended(lang),
        "client.copied" => text::did_staff_copied(lang),
        "client.deleted" => text::did_client_deleted(lang),
        "sale_request.made" => text::did_sale_request(lang),
        "message.again" => text::did_message_again(lang),
        "retention.swept" => text::did_swept(lang),
        "identity.notice_mail" => text::did_notice_mail(lang),
        "identity.mail_confirmed" => text::did_mail_confirmed(lang),
        "demo.people" => text::did_demo_people(lang),
        _ => return None,
    })
}

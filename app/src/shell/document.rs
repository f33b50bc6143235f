//! The document and the routes.

use super::frame::script_words;
use super::offline::{Keys, OfflinePage};
use super::rpc::Caller;
use super::{FailurePage, Returned, Visit, own_path};
use crate::desk::identity::{
    AccountPage, CodePage, ConfirmPage, KeysPage, LinkPage, MailPage, NoticesPage, PermissionsPage, SecondPage,
    SetUpPage, SignInPage,
};
use crate::desk::media::{HomePhotosPage, HomesPage};
use crate::desk::message::MessagesPage;
use crate::desk::settings::SettingsPage;
use crate::desk::staff::{
    ChangeRecordPage, ChartPage, DirectoryPage, LeavePage, NewRecordPage, ProfilePage, StoresPage,
};
use crate::desk::{AuditPage, ConsentsPage, HandbookPage, HomePage, RetentionPage, RevealsPage, TaskPage};
use crate::portal::ApiDocsPage;
use crate::portal::client::{ClientDeletePage, ClientDoorPage, ClientNumberPage, ClientProofPage, MePage, TermsPage};
use crate::portal::community::{CommunityPage, SoldPage};
use crate::portal::listing::{GalleryPage, ListingPage, TourPage};
use crate::portal::loan::BillPage;
use crate::portal::sale::SellPage;
use crate::portal::saved::{ComparePage, SavedPage};
use domain::{Error, Theme};
use leptos::config::LeptosOptions;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::HashedStylesheet;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::{ParamSegment, SsrMode, StaticSegment};

/// The whole document around [`App`].
pub fn document(options: LeptosOptions) -> impl IntoView {
    let Visit { lang, theme, .. } = Visit::current();
    let (failed, retry, updated) = script_words(lang);
    let back = use_context::<Returned>().and_then(|form| own_path(form.fields.get("back")).map(str::to_owned));
    let desk = use_context::<Caller>().is_some_and(|caller| caller.signed.is_some());
    view! {
        <!DOCTYPE html>
        <html lang=lang.code() data-theme=theme.map(Theme::code)>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="theme-color" content="#f5f7f8" media="(prefers-color-scheme: light)"/>
                <meta name="theme-color" content="#0e1216" media="(prefers-color-scheme: dark)"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="manifest" href="/manifest.webmanifest"/>
                <link rel="apple-touch-icon" href="/icon-192.png"/>
                <HashedStylesheet options=options.clone()/>
                <HydrationScripts options islands=true/>
                <meta name="head-of-the-page"/>
            </head>
            <body data-scale="public" data-failed=failed data-retry=retry data-updated=updated data-back=back>
                <App/>
                <Keys lang/>
                <p id="announce" class="vh" role="status" aria-live="polite"></p>
                <script nonce=use_nonce()>{include_str!("navigate.js")}</script>
                {desk.then(|| view! { <script nonce=use_nonce()>{include_str!("desk.js")}</script> })}
            </body>
        </html>
    }
}

/// What stands where no route leads: the page that says so, and in development builds the components at `/ui`.
fn elsewhere() -> AnyView {
    #[cfg(feature = "catalogue")]
    if Visit::current().href.split('?').next() == Some("/ui") {
        let head = super::Head { title: "UI".to_owned(), ..super::Head::default() };
        return view! { <super::Frame head><main id="main"><ui::Catalogue/></main></super::Frame> }.into_any();
    }
    view! { <FailurePage error=Error::NotFound/> }.into_any()
}

/// The routes. Every public page is rendered in one piece, so that its status and title are known.
#[component]
pub fn App() -> impl IntoView {
    view! {
        <Router>
            <Routes fallback=elsewhere>
                <Route path=StaticSegment("") view=GalleryPage ssr=SsrMode::Async/>
                <Route path=StaticSegment("offline") view=OfflinePage ssr=SsrMode::Async/>
                <Route path=StaticSegment("sell") view=SellPage ssr=SsrMode::Async/>
                <Route path=StaticSegment("saved") view=SavedPage ssr=SsrMode::Async/>
                <Route path=StaticSegment("compare") view=ComparePage ssr=SsrMode::Async/>
                <Route path=(ParamSegment("city"), StaticSegment("listings")) view=GalleryPage ssr=SsrMode::Async/>
                <Route path=(ParamSegment("city"), StaticSegment("sold")) view=SoldPage ssr=SsrMode::Async/>
                <Route
                    path=(ParamSegment("city"), StaticSegment("communities"), ParamSegment("slug"))
                    view=CommunityPage
                    ssr=SsrMode::Async
                />
                <Route
                    path=(ParamSegment("city"), StaticSegment("listings"), ParamSegment("code"))
                    view=ListingPage
                    ssr=SsrMode::Async
                />
                <Route
                    path=(ParamSegment("city"), StaticSegment("listings"), ParamSegment("code"), StaticSegment("bill"))
                    view=BillPage
                    ssr=SsrMode::Async
                />
                <Route
                    path=(ParamSegment("city"), StaticSegment("listings"), ParamSegment("code"), StaticSegment("tour"))
                    view=TourPage
                    ssr=SsrMode::Async
                />
                <Route path=StaticSegment("me") view=MePage ssr=SsrMode::Async/>
                <Route path=(StaticSegment("me"), StaticSegment("sign-in")) view=ClientDoorPage ssr=SsrMode::Async/>
                <Route path=(StaticSegment("me"), StaticSegment("confirm")) view=ClientProofPage ssr=SsrMode::Async/>
                <Route path=(StaticSegment("me"), StaticSegment("number")) view=ClientNumberPage ssr=SsrMode::Async/>
                <Route path=(StaticSegment("me"), StaticSegment("delete")) view=ClientDeletePage ssr=SsrMode::Async/>
                <Route path=(StaticSegment("terms"), ParamSegment("purpose")) view=TermsPage ssr=SsrMode::Async/>
                <Route path=StaticSegment("consents") view=ConsentsPage ssr=SsrMode::Async/>
                <Route path=StaticSegment("retention") view=RetentionPage ssr=SsrMode::Async/>
                <Route path=StaticSegment("messages") view=MessagesPage ssr=SsrMode::Async/>
                <Route path=StaticSegment("sign-in") view=SignInPage ssr=SsrMode::Async/>
                <Route path=(StaticSegment("sign-in"), StaticSegment("code")) view=CodePage ssr=SsrMode::Async/>
                <Route path=(StaticSegment("setup"), ParamSegment("token")) view=SetUpPage ssr=SsrMode::Async/>
                <Route path=(StaticSegment("link"), ParamSegment("token")) view=LinkPage ssr=SsrMode::Async/>
                <Route path=(StaticSegment("mail"), ParamSegment("token")) view=MailPage ssr=SsrMode::Async/>
                <Route path=StaticSegment("confirm") view=ConfirmPage ssr=SsrMode::Async/>
                <Route path=StaticSegment("home") view=HomePage ssr=SsrMode::Async/>
                <Route path=StaticSegment("account") view=AccountPage ssr=SsrMode::Async/>
                <Route path=(StaticSegment("account"), StaticSegment("second-factor")) view=SecondPage ssr=SsrMode::Async/>
                <Route path=StaticSegment("settings") view=SettingsPage ssr=SsrMode::Async/>
                <Route path=StaticSegment("notices") view=NoticesPage ssr=SsrMode::Async/>
                <Route path=StaticSegment("permissions") view=PermissionsPage ssr=SsrMode::Async/>
                <Route path=(StaticSegment("api"), StaticSegment("docs")) view=ApiDocsPage ssr=SsrMode::Async/>
                <Route path=StaticSegment("keys") view=KeysPage ssr=SsrMode::Async/>
                <Route path=StaticSegment("help") view=HandbookPage ssr=SsrMode::Async/>
                <Route path=(StaticSegment("help"), ParamSegment("task")) view=TaskPage ssr=SsrMode::Async/>
                <Route path=StaticSegment("audit") view=AuditPage ssr=SsrMode::Async/>
                <Route path=StaticSegment("reveals") view=RevealsPage ssr=SsrMode::Async/>
                <Route path=StaticSegment("photos") view=HomesPage ssr=SsrMode::Async/>
                <Route path=(StaticSegment("photos"), ParamSegment("code")) view=HomePhotosPage ssr=SsrMode::Async/>
                <Route path=StaticSegment("stores") view=StoresPage ssr=SsrMode::Async/>
                <Route path=StaticSegment("staff") view=DirectoryPage ssr=SsrMode::Async/>
                <Route path=(StaticSegment("staff"), StaticSegment("new")) view=NewRecordPage ssr=SsrMode::Async/>
                <Route path=(StaticSegment("staff"), StaticSegment("chart")) view=ChartPage ssr=SsrMode::Async/>
                <Route path=(StaticSegment("staff"), ParamSegment("code")) view=ProfilePage ssr=SsrMode::Async/>
                <Route
                    path=(StaticSegment("staff"), ParamSegment("code"), StaticSegment("edit"))
                    view=ChangeRecordPage
                    ssr=SsrMode::Async
                />
                <Route
                    path=(StaticSegment("staff"), ParamSegment("code"), StaticSegment("leave"))
                    view=LeavePage
                    ssr=SsrMode::Async
                />
            </Routes>
        </Router>
    }
}

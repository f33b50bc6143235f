//! The document and the routes.

use super::frame::script_words;
use super::offline::{Keys, OfflinePage};
use super::{FailurePage, Visit};
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
            <body data-scale="public" data-failed=failed data-retry=retry data-updated=updated>
                <App/>
                <Keys lang/>
                <p id="announce" class="vh" role="status" aria-live="polite"></p>
                <script nonce=use_nonce()>{include_str!("navigate.js")}</script>
            </body>
        </html>
    }
}

/// The routes. Every public page is rendered in one piece, so that its status and title are known.
#[component]
pub fn App() -> impl IntoView {
    view! {
        <Router>
            <Routes fallback=|| view! { <FailurePage error=Error::NotFound/> }>
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
            </Routes>
        </Router>
    }
}

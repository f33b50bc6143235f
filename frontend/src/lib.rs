//! Hydrates the islands of a page.

// The islands are found by their exported names: without this use the linker drops them all.
#[expect(unused_imports, reason = "keeps every island in the bundle")]
use app::*;

/// Called once the bundle is loaded.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}

//! The bill of a home: on its page, on a page of its own, as a table for a spreadsheet.

mod bill_csv;
mod bill_form;
mod bill_page;
mod bill_section;
mod bill_table;
mod plan;

pub use bill_csv::bill_csv;
pub use bill_page::BillPage;
pub(crate) use bill_section::{BillSection, Glance};

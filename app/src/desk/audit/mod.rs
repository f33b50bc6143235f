//! The audit trail, and who has seen whose numbers.

mod audit_page;
mod reveals_page;

pub use audit_page::AuditPage;
pub use reveals_page::RevealsPage;

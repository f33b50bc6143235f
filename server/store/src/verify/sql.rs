//! What is asked of which table.

/// Checks that are one statement: it names what is at fault in a column `what`.
pub(super) const STATEMENTS: [(&str, &str); 9] = [
    (
        "media",
        "SELECT 'listing ' || listing_id || ' ' || kind AS what FROM media GROUP BY listing_id, kind \
         HAVING MIN(position) <> 0 OR MAX(position) <> COUNT(*) - 1 OR COUNT(DISTINCT position) <> COUNT(*)",
    ),
    (
        "open_sessions",
        "SELECT 'session ' || e.id AS what FROM session e JOIN account a ON a.id = e.account_id \
         JOIN staff s ON s.id = a.staff_id WHERE e.ended_ms IS NULL AND (a.state <> 'active' OR s.state <> 'active')",
    ),
    (
        "administrator",
        "SELECT 'nobody' AS what WHERE EXISTS (SELECT 1 FROM account WHERE state = 'active') AND NOT EXISTS \
         (SELECT 1 FROM account WHERE state = 'active' AND ',' || roles || ',' LIKE '%,admin,%')",
    ),
    (
        "price_history",
        "SELECT l.code AS what FROM listing l \
         LEFT JOIN (SELECT listing_id, MAX(id) AS id FROM price_event GROUP BY listing_id) newest \
         ON newest.listing_id = l.id LEFT JOIN price_event p ON p.id = newest.id \
         WHERE p.id IS NULL OR p.new_price <> l.price OR p.room_id <> l.room_id",
    ),
    (
        "state_history",
        "SELECT l.code AS what FROM listing l \
         LEFT JOIN (SELECT listing_id, MAX(id) AS id FROM listing_event GROUP BY listing_id) newest \
         ON newest.listing_id = l.id LEFT JOIN listing_event e ON e.id = newest.id \
         WHERE e.id IS NULL OR e.new_state <> l.state OR e.room_id <> l.room_id",
    ),
    (
        "one_open_listing",
        "SELECT 'room ' || room_id AS what FROM listing WHERE kind = 'sale' AND state IN \
         ('pending_verify', 'active', 'paused', 'under_offer', 'store_pool', 'platform_pool') \
         GROUP BY room_id HAVING COUNT(*) > 1",
    ),
    (
        "areas",
        "SELECT 'room ' || id AS what FROM room \
         WHERE area_built <= 0 OR area_inner <= 0 OR area_inner > area_built",
    ),
    (
        "imports",
        "SELECT 'import ' || b.id AS what FROM import_batch b \
         LEFT JOIN (SELECT import_id, COUNT(*) AS n FROM listing GROUP BY import_id) l ON l.import_id = b.id \
         WHERE b.kind = 'listings' AND b.taken <> COALESCE(l.n, 0)",
    ),
    (
        "outbox",
        "SELECT 'after ' || before AS what FROM \
         (SELECT seq, COALESCE(LAG(seq) OVER (ORDER BY seq), 0) AS before FROM outbox) o WHERE seq <> before + 1",
    ),
];

/// Tables whose ids come from the one sequence of rows.
pub(super) const NUMBERED: [&str; 34] = [
    "city",
    "district",
    "circle",
    "community",
    "building",
    "unit",
    "room",
    "listing",
    "price_event",
    "listing_event",
    "audit",
    "import_batch",
    "poi",
    "sale_request",
    "person",
    "store",
    "team",
    "staff",
    "account",
    "session",
    "reveal",
    "dial",
    "notice",
    "api_key",
    "message",
    "consent",
    "client_account",
    "client_session",
    "client_code",
    "notice_mail",
    "passkey",
    "idempotency",
    "media",
    "attachment",
];

/// Columns that must be encrypted: table, column and the purpose they are sealed for.
pub(crate) const SEALED: [(&str, &str, &str); 12] = [
    ("unit", "name_cipher", "unit.name"),
    ("room", "number_cipher", "room.number"),
    ("listing", "mortgage_note_cipher", "listing.mortgage_note"),
    ("listing", "floor_price_cipher", "listing.floor_price"),
    ("sale_request", "name_cipher", "sale_request.name"),
    ("sale_request", "phone_cipher", "sale_request.phone"),
    ("account", "totp_cipher", "account.totp"),
    ("message", "to_cipher", "message.to"),
    ("message", "letter_cipher", "message.letter"),
    ("idempotency", "answer_cipher", "idempotency.answer"),
    ("dial", "number_cipher", crate::staff::dial::NUMBER),
    ("dial", "binding_cipher", crate::staff::dial::BINDING),
];

/// Columns sealed with the key of the person in the same row: table, column and purpose.
pub(super) const OWN: [(&str, &str, &str); 7] = [
    ("staff", "phone_cipher", "staff.phone"),
    ("staff", "id_cipher", "staff.id_number"),
    ("attachment", "name_cipher", crate::attachment::NAME),
    ("notice_mail", "mail_cipher", "staff.mail"),
    ("client_account", "phone_cipher", "client.phone"),
    ("client_account", "name_cipher", "client.name"),
    ("client_account", "saved_cipher", "client.saved"),
];

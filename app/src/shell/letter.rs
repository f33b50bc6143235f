//! Messages that leave the house, in the words of their reader: no name, no number, nothing of the business but a
//! title and a way back.

use crate::texts::{message as text, rights};
use domain::Lang;
use domain::identity::NoticeKind;
use domain::message::Letter;
use services::message::Written;

/// Writes a message; `origin` is scheme and host of the site.
pub fn write_letter(lang: Lang, letter: &Letter, origin: &str) -> Written {
    let (subject, text) = match letter {
        Letter::Code { code, minutes } => (text::code_subject(lang).to_owned(), text::code(lang, code, minutes)),
        Letter::NumberChanged => (text::number_subject(lang).to_owned(), text::number(lang).to_owned()),
        Letter::Notice { kind, path } => {
            let title = notice_title(lang, *kind);
            (text::notice_subject(lang, title), text::notice(lang, format!("{origin}{path}"), title))
        }
        Letter::ConfirmMail { path } => {
            (text::confirm_subject(lang).to_owned(), text::confirm(lang, format!("{origin}{path}")))
        }
        Letter::Test => (text::test_subject(lang).to_owned(), text::test(lang, origin)),
    };
    Written { subject, text }
}

/// What a notice is, without whom it is about.
pub(crate) const fn notice_title(lang: Lang, kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::NewDevice => rights::kind_new_device(lang),
        NoticeKind::PasswordChanged => rights::kind_password_changed(lang),
        NoticeKind::RolesChanged => rights::kind_roles_changed(lang),
        NoticeKind::UnusualReveals => rights::kind_unusual_reveals(lang),
        NoticeKind::SecondFactorOff => rights::kind_second_factor_off(lang),
        NoticeKind::NewPasskey => rights::kind_new_passkey(lang),
        NoticeKind::PasskeyRemoved => rights::kind_passkey_removed(lang),
        NoticeKind::LicenceEnds => rights::kind_licence_ends(lang),
        NoticeKind::HandedOver => rights::kind_handed_over(lang),
        NoticeKind::MessagesDead => rights::kind_messages_dead(lang),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_fits_into_one_short_message_and_says_for_how_long_it_is_good() {
        for (lang, longest) in [(Lang::Zh, 70), (Lang::En, 160)] {
            let code = Letter::Code { code: "012345".into(), minutes: 5 };
            let Written { text, .. } = write_letter(lang, &code, "https://menpai.example");
            assert!(text.contains("012345") && text.contains('5') && text.chars().count() <= longest, "{text}");
            let changed = write_letter(lang, &Letter::NumberChanged, "").text;
            assert!(changed.chars().count() <= longest, "{changed}");
        }
    }

    #[test]
    fn a_notice_by_mail_is_a_title_and_a_link() {
        for kind in NoticeKind::ALL {
            for lang in [Lang::Zh, Lang::En] {
                let letter = Letter::Notice { kind: *kind, path: "/notices".into() };
                let Written { subject, text } = write_letter(lang, &letter, "https://menpai.example");
                assert!(
                    subject.contains(notice_title(lang, *kind)) && text.contains("https://menpai.example/notices")
                );
            }
        }
    }
}

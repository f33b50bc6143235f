//! Papers of a person: sealed, within reach, and gone with the person's key.

use crate::firm::{Firm, on_each_engine};
use crate::media::photo;
use crate::people::{House, NOW};
use bytes::Bytes;
use domain::attachment::{BYTES, MOST, PaperFormat, PaperKind};
use domain::media::{Refusal, TakenIn};
use domain::{Error, Rule};
use services::identity::Signed;
use services::staff::{leave, papers, personal};
use services::verify;

const SECRET: &str = "310101199003070012 秘密的合同正文";

fn pdf(text: &str) -> Bytes {
    format!("%PDF-1.7\n{text}").into()
}

async fn add(house: &House, who: &Signed, code: &str, name: &str, bytes: Bytes) -> Result<TakenIn, Error> {
    papers::add(&house.services, who, NOW, code, "contract", name, bytes).await
}

/// Everything that lies in the file store.
fn stored(firm: &Firm) -> Vec<u8> {
    let mut all = Vec::new();
    for folder in std::fs::read_dir(firm.at.folder.join("files")).into_iter().flatten().flatten() {
        for file in std::fs::read_dir(folder.path()).into_iter().flatten().flatten() {
            all.extend(std::fs::read(file.path()).expect("reads"));
        }
    }
    all
}

#[tokio::test]
async fn a_paper_is_sealed_and_opened_by_who_may_read_the_record() {
    on_each_engine(async |firm: Firm| {
        let house = House::open(&firm).await;
        let (hr, lin) = (house.signed("he").await, house.signed("lin").await);
        let code = lin.code.clone();
        assert_eq!(add(&house, &hr, &code, "劳动合同.pdf", pdf(SECRET)).await, Ok(TakenIn::Taken));
        assert_eq!(add(&house, &hr, &code, "再来一次.pdf", pdf(SECRET)).await, Ok(TakenIn::Known));
        let listed = papers::list(&house.services, &lin, &code).await.expect("one's own");
        assert_eq!((listed.len(), listed[0].kind, listed[0].format), (1, PaperKind::Contract, PaperFormat::Pdf));
        assert_eq!(listed[0].name, "劳动合同");
        let (_, bytes) = papers::open(&house.services, &lin, NOW, &code, listed[0].id).await.expect("opens");
        assert_eq!(bytes, pdf(SECRET));
        let opened = firm.number("SELECT COUNT(*) FROM audit WHERE action = 'staff.paper_opened'").await;
        assert_eq!(opened, 1);
        let all = firm.everything().await;
        assert!(!all.contains("秘密的合同正文") && !all.contains("劳动合同"), "neither name nor contents are plain");
        let bytes = stored(&firm);
        assert!(!bytes.is_empty() && !bytes.windows(5).any(|part| part == b"%PDF-"));
        // Somebody of another store, and a colleague who reads only their own record.
        let (zhou, gu) = (house.signed("zhou").await, house.signed("gu").await);
        let foreign = papers::open(&house.services, &zhou, NOW, &code, listed[0].id).await.map(|_| ());
        let absent = papers::open(&house.services, &zhou, NOW, "YG-9999", listed[0].id).await.map(|_| ());
        assert_eq!((foreign, absent), (Err(Error::NotFound), Err(Error::NotFound)));
        assert!(papers::list(&house.services, &zhou, &code).await.expect("answers").is_empty());
        // An id of somebody else under one's own number opens nothing.
        let mixed = papers::open(&house.services, &gu, NOW, &gu.code, listed[0].id).await.map(|_| ());
        assert_eq!(mixed, Err(Error::NotFound));
        assert_eq!(add(&house, &lin, &code, "x.pdf", pdf("x")).await, Err(Error::Forbidden), "one's own included");
        let copy = personal::copy(&house.services, &lin, NOW).await.expect("copies");
        assert_eq!(copy.data["papers"].as_array().map(Vec::len), Some(copy.files.len()));
        assert!(copy.files.iter().any(|file| file.name == "劳动合同.pdf" && file.bytes.starts_with(b"%PDF")));
        assert!(verify::run(&house.services.db, &crate::firm::system()).await.expect("looks").ok);
    })
    .await;
}

#[tokio::test]
async fn what_is_no_paper_is_refused_and_pictures_are_made_anew() {
    on_each_engine(async |firm: Firm| {
        let house = House::open(&firm).await;
        let hr = house.signed("he").await;
        let code = house.account("lin").code.clone();
        for (bytes, why) in [
            (Bytes::from_static(b"<html><script>"), Refusal::Format),
            (Bytes::from_static(b"MZ\x90\0"), Refusal::Format),
            (Bytes::new(), Refusal::Empty),
            (Bytes::from(vec![b'%'; BYTES + 1]), Refusal::TooLarge),
        ] {
            assert_eq!(add(&house, &hr, &code, "a.pdf", bytes).await, Ok(TakenIn::Refused { why }));
        }
        let mut scan = photo(10).to_vec();
        scan.splice(2..2, [&[0xFF, 0xE1, 0, 14][..], b"Exif\0\0GPS31N"].concat());
        assert_eq!(add(&house, &hr, &code, "证书.jpg", scan.into()).await, Ok(TakenIn::Taken));
        let listed = papers::list(&house.services, &hr, &code).await.expect("lists");
        let (_, bytes) = papers::open(&house.services, &hr, NOW, &code, listed[0].id).await.expect("opens");
        assert!(bytes.starts_with(&[0xFF, 0xD8, 0xFF]) && !bytes.windows(3).any(|part| part == b"GPS"));
        for at in 1..MOST {
            assert_eq!(add(&house, &hr, &code, "x.pdf", pdf(&at.to_string())).await, Ok(TakenIn::Taken));
        }
        let full = Ok(TakenIn::Refused { why: Refusal::Full });
        assert_eq!(add(&house, &hr, &code, "x.pdf", pdf("one more")).await, full);
        papers::remove(&house.services, &hr, NOW, &code, &listed[0].id.to_string()).await.expect("removes");
        let again = papers::remove(&house.services, &hr, NOW, &code, &listed[0].id.to_string()).await;
        assert_eq!(again, Err(Error::NotFound));
        assert_eq!(add(&house, &hr, &code, "x.pdf", pdf("one more")).await, Ok(TakenIn::Taken));
        let bad = papers::add(&house.services, &hr, NOW, &code, "passport", "x.pdf", pdf("y")).await;
        assert_eq!(bad.expect_err("is refused").status(), 422);
    })
    .await;
}

#[tokio::test]
async fn papers_go_with_the_key_of_the_person() {
    on_each_engine(async |firm: Firm| {
        let house = House::open(&firm).await;
        let hr = house.signed("he").await;
        let code = house.account("lin").code.clone();
        add(&house, &hr, &code, "合同.pdf", pdf(SECRET)).await.expect("adds");
        let profile = services::staff::profile(&house.services, &hr, &code).await.expect("reads");
        let form = crate::people::fields(&[("left_on", "2026-11-24"), ("successor", "")]);
        leave::leave(&house.services, &hr, NOW, &code, profile.version, &form).await.expect("leaves");
        personal::erase(&house.services, &hr, NOW, &code).await.expect("erases");
        assert_eq!(firm.number("SELECT COUNT(*) FROM attachment").await, 0);
        assert_eq!(firm.number("SELECT COUNT(*) FROM file").await, 0);
        assert!(papers::list(&house.services, &hr, &code).await.expect("answers").is_empty());
        let refused = add(&house, &hr, &code, "合同.pdf", pdf(SECRET)).await;
        assert_eq!(refused, Err(Error::Rule { rule: Rule::PersonErased }));
    })
    .await;
}

use super::*;

#[test]
fn names_are_spelled() {
    assert_eq!(spell("万科2期·A区"), ("wanke2qiaqu".to_owned(), "wk2qaq".to_owned()));
}

#[test]
fn a_district_is_known_with_and_without_its_word() {
    for (full, short) in [("徐汇区", "徐汇"), ("浦东新区", "浦东"), ("密云县", "密云"), ("城区", "城区")]
    {
        assert_eq!(bare(full), short);
        assert_eq!(bare(short), short);
    }
}

#[test]
fn slugs_are_free_and_never_empty() {
    let mut taken = HashSet::new();
    assert_eq!(free_slug(&mut taken, "花木"), "huamu");
    assert_eq!(free_slug(&mut taken, "花目"), "huamu-2");
    assert_eq!(free_slug(&mut taken, "★"), "place");
}

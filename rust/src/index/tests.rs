use std::path::Path;

use super::*;
use crate::minhash::Permutations;
use crate::shingles::Shape;
use crate::texts::TextColumn;
use crate::tokens::Mode;

fn settings() -> Settings {
    let odd = |at: u32| at.wrapping_mul(0x9e37_79b9) | 1;
    let a: Vec<u32> = (1..129).map(odd).collect();
    let b: Vec<u32> = (1..129u32).map(|at| at.wrapping_mul(0x85eb_ca6b)).collect();
    Settings {
        shape: Shape { mode: Mode::Auto, word: 5, char: 5 },
        permutations: Permutations::new(&a, &b).unwrap(),
        bands: 25,
        rows: 5,
        min_matches: 70,
        max_bucket: 1000,
        threshold: 0.8,
    }
}

fn text(seed: usize, change: usize) -> String {
    (0..150).map(|at| if at < change { format!("new{seed}x{change} ") } else { format!("word{seed}x{at} ") }).collect()
}

fn prints(index: &Index, texts: &[String]) -> Vec<Fingerprint> {
    let column: TextColumn = texts.iter().collect();
    index.fingerprints(Texts::new(&column.offsets, &column.data).unwrap())
}

fn add(index: &mut Index, id: &str, text: &str) -> (Added, Option<Match>) {
    let print = prints(index, &[text.into()]).remove(0);
    let added = index.add(id, &print, 1000, i64::MIN, true).unwrap();
    index.commit().unwrap();
    added
}

fn check(index: &Index, text: &str) -> Option<(String, bool)> {
    let print = prints(index, &[text.into()]).remove(0);
    index.check(&print, i64::MIN).unwrap().map(|found| (found.id, found.exact))
}

fn fresh(folder: &Path) -> Index {
    create(folder, "{}").unwrap();
    Index::open(folder, settings(), true).unwrap()
}

#[test]
fn what_was_added_is_found_again_after_every_way_of_closing() {
    let folder = disk::tests::folder("reopen");
    let mut index = fresh(&folder);
    assert_eq!(add(&mut index, "a", &text(1, 0)), (Added::New, None));
    let (added, found) = add(&mut index, "b", &text(1, 3));
    assert_eq!((added, found.map(|found| (found.id, found.exact))), (Added::New, Some(("a".into(), false))));
    assert_eq!(add(&mut index, "c", &text(1, 0)).1.unwrap().id, "a");
    assert_eq!(add(&mut index, "a", &text(1, 0)).0, Added::Unchanged);
    let reader = Index::open(&folder, settings(), false).unwrap();
    assert_eq!(check(&reader, &text(1, 0)), Some(("a".into(), true)));
    for _ in 0..3 {
        drop(index);
        index = Index::open(&folder, settings(), true).unwrap();
        assert_eq!(check(&index, &text(1, 0)), Some(("a".into(), true)));
        assert_eq!(check(&index, &text(2, 0)), None);
        index.verify().unwrap();
    }
    assert!(Index::open(&folder, settings(), true).is_err());
    assert!(create(&folder, "{}").is_err());
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn an_update_replaces_and_a_copy_survives_the_one_that_it_copies() {
    let folder = disk::tests::folder("update");
    let mut index = fresh(&folder);
    add(&mut index, "a", &text(1, 0));
    add(&mut index, "b", &text(1, 0));
    assert_eq!(add(&mut index, "a", &text(2, 0)), (Added::Updated, None));
    assert_eq!(check(&index, &text(1, 0)), Some(("b".into(), true)));
    assert_eq!(check(&index, &text(1, 2)), Some(("b".into(), false)));
    assert_eq!(add(&mut index, "a", &text(2, 1)), (Added::Updated, None));
    for _ in 0..2 {
        index.compact(i64::MIN).unwrap();
        let verified = index.verify().unwrap();
        assert_eq!((verified.documents, verified.removed), (2, 0));
        assert_eq!(check(&index, &text(1, 2)), Some(("b".into(), false)));
        assert_eq!(check(&index, &text(2, 1)), Some(("a".into(), true)));
    }
    assert!(index.remove("b").unwrap() && !index.remove("none").unwrap());
    index.commit().unwrap();
    assert_eq!(check(&index, &text(1, 0)), None);
    drop(index);
    let index = Index::open(&folder, settings(), true).unwrap();
    assert_eq!(check(&index, &text(1, 2)), None);
    assert_eq!(index.verify().unwrap().removed, 1);
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn many_documents_go_to_files_and_are_found_there() {
    let folder = disk::tests::folder("many");
    let mut index = fresh(&folder);
    let mut reader = Index::open(&folder, settings(), false).unwrap();
    let count = RECENT * 5 + 100;
    let texts: Vec<String> = (0..count).map(|seed| text(seed, 0)[..400].into()).collect();
    let all = prints(&index, &texts);
    for (batch, prints) in all.chunks(500).enumerate() {
        for (at, print) in prints.iter().enumerate() {
            index.add(&format!("{}", batch * 500 + at), print, 5, i64::MIN, false).unwrap();
        }
        index.commit().unwrap();
    }
    assert!(index.info().keys_files >= 1 && index.info().recent < RECENT as u64);
    index.verify().unwrap();
    reader.refresh().unwrap();
    for (at, print) in all.iter().enumerate().step_by(97) {
        for index in [&index, &reader] {
            assert_eq!(index.check(print, i64::MIN).unwrap().unwrap().id, format!("{at}"));
            assert!(index.check(print, 6).unwrap().is_none());
        }
    }
    index.compact(i64::MIN).unwrap();
    reader.refresh().unwrap();
    assert_eq!(reader.check(&all[3], i64::MIN).unwrap().unwrap().id, "3");
    assert_eq!(index.verify().unwrap().documents, count as u64);
    index.compact(6).unwrap();
    assert_eq!(index.verify().unwrap(), Verified::default());
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn what_was_not_committed_is_rolled_back() {
    let folder = disk::tests::folder("rollback");
    let mut index = fresh(&folder);
    add(&mut index, "a", &text(1, 0));
    let print = prints(&index, &[text(2, 0)]).remove(0);
    index.add("b", &print, 0, 0, false).unwrap();
    index.remove("a").unwrap();
    index.roll_back().unwrap();
    assert_eq!(check(&index, &text(1, 0)), Some(("a".into(), true)));
    assert_eq!(check(&index, &text(2, 0)), None);
    index.verify().unwrap();
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_document_of_which_only_the_signature_is_known_is_estimated() {
    let folder = disk::tests::folder("signature");
    let mut index = fresh(&folder);
    let print = prints(&index, &[text(1, 0)]).remove(0);
    let known = index.fingerprint_of([0; 2], vec![], print.signature.clone()).unwrap();
    index.add("a", &known, 0, 0, false).unwrap();
    index.commit().unwrap();
    let found = index.check(&print, 0).unwrap().unwrap();
    assert!(found.estimated && !found.exact && found.similarity == 1.0);
    assert_eq!(index.add("a", &known, 0, 0, true).unwrap().0, Added::Unchanged);
    assert!(index.fingerprint_of([0; 2], vec![], vec![1]).is_err());
    index.compact(0).unwrap();
    index.verify().unwrap();
    std::fs::remove_dir_all(folder).unwrap();
}

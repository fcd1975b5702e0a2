//! Templates learnt from the dump itself: what recurs on enough pages of a host is its furniture, in whatever language.
//!
//! A state holds for each host a sample of its pages, those with the smallest hashes (a bottom-k sample: E. Cohen, H. Kaplan,
//! "Summarizing Data using Bottom-k Sketches", PODC 2007), and for each of them the hashes of its lines. So it is bounded, two states
//! merge into the state of both dumps, and the order of the pages does not matter. Copies of one article count as one page: those that have
//! no paragraph of their own and the same paragraphs as another.

use std::collections::{BTreeMap, HashMap, HashSet};

use rayon::prelude::*;

use crate::cues::{folded, is_letter, is_word};
use crate::error::{Error, Result};
use crate::html::decode::{Decoded, decode};
use crate::html::parse as html;
use crate::spans::Reason;
use crate::text::says_something;
use crate::texts::Texts;
use crate::threads::on_threads;

/// Pages sampled of a host, and lines kept of a page.
pub const PAGES: usize = 200;
const LINES: usize = 2000;
/// Pages on which a line recurs to be a template: so many, and this share of the host's.
const LEAST: (usize, f64) = (3, 0.03);
/// The same for a sentence or a paragraph: a background paragraph is copied into some follow-ups, "The police are investigating." ends many a
/// report of crime; a disclaimer stands on many pages.
const LEAST_PROSE: (usize, f64) = (5, 0.2);
/// Longest line, in bytes, that is compared folded; longer ones as they are.
const FOLDED: usize = 400;
/// Shortest paragraph, in characters. In paragraphs numbers count: "3 comments" is one label, two reports that differ in their figures are
/// not one. The lowest bit of a key tells paragraphs.
const PARAGRAPH: usize = 60;
/// Pages that a paragraph of one article may stand on: it and a copy.
const OWN: u32 = 2;

/// What a line is on every page on which it recurs: case, spacing, punctuation and (in short lines) numbers aside. None for a line without a letter.
/// `path` is the [`place`] of a block in a page of HTML (0 for text), so that a word in a menu is not the same word in an article.
pub fn key(path: u64, line: &str) -> Option<u64> {
    let line = line.trim();
    if !line.contains(is_letter) {
        return None;
    }
    if line.len() > FOLDED {
        return Some(xxhash_rust::xxh3::xxh3_64_with_seed(line.as_bytes(), path) | 1);
    }
    let paragraph = line.chars().count() >= PARAGRAPH;
    let mut plain = String::with_capacity(line.len());
    for char in line.chars().filter(|&char| is_word(char)) {
        match folded(char) {
            Some('#') if paragraph => plain.push(char),
            Some('#') if plain.ends_with('#') => {}
            Some(key) => plain.push(key),
            None => {}
        }
    }
    let hash = xxhash_rust::xxh3::xxh3_64_with_seed(plain.as_bytes(), path);
    Some(if paragraph { hash | 1 } else { hash & !1 })
}

/// The place of a block: the names of the elements around it.
fn place(page: &html::Page, block: &html::Block) -> u64 {
    let mut tags = Vec::with_capacity(16);
    let mut element = page.elements.get(block.element as usize);
    while let Some(found) = element {
        tags.push(found.tag as u8);
        element = page.elements.get(found.parent as usize).filter(|parent| parent.depth < found.depth);
    }
    xxhash_rust::xxh3::xxh3_64(&tags)
}

/// Takes the blocks that recur on a host out of those that are left (`None`).
pub fn find_blocks(page: &html::Page, recurring: &Recurring, verdicts: &mut [Option<Reason>]) {
    if recurring.is_empty() {
        return;
    }
    for (block, verdict) in page.blocks.iter().zip(verdicts).filter(|(_, verdict)| verdict.is_none()) {
        let text = block.text.of(&page.text);
        if key(place(page, block), text).is_some_and(|key| recurring.is_template(key, says_something(text))) {
            *verdict = Some(Reason::Template);
        }
    }
}

/// A page as the sample keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Of the whole page: decides whether the page is in the sample.
    pub hash: u64,
    /// Keys of its lines, ascending, each once.
    pub lines: Vec<u64>,
}

impl Page {
    /// The page of an extracted text, its lines being what stands between line breaks.
    pub fn of_text(text: &str) -> Page {
        Page::of_lines(text.as_bytes(), text.lines().map(|line| (0, line)))
    }

    /// The page of a page of HTML, its lines being its blocks; None where the page cannot be read.
    pub fn of_html(bytes: &[u8], encoding: &str) -> Option<Page> {
        let Decoded::Text { text, .. } = decode(bytes, encoding) else { return None };
        let page = html::parse(&text);
        let blocks = page.blocks.iter().map(|block| (place(&page, block), block.text.of(&page.text)));
        Some(Page::of_lines(bytes, blocks))
    }

    /// The page of lines (path, text); `whole` is what tells this page from another.
    fn of_lines<'a>(whole: &[u8], lines: impl Iterator<Item = (u64, &'a str)>) -> Page {
        let mut keys: Vec<u64> = lines.filter_map(|(path, line)| key(path, line)).collect();
        keys.sort_unstable();
        keys.dedup();
        keys.truncate(LINES);
        Page { hash: xxhash_rust::xxh3::xxh3_64(whole), lines: keys }
    }
}

/// The sampled pages of a host by their hashes.
type Host = BTreeMap<u64, Vec<u64>>;

/// What recurs on the pages of each host.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Templates {
    hosts: BTreeMap<String, Host>,
}

impl Templates {
    pub fn learn(&mut self, host: &str, page: Page) {
        if !self.hosts.contains_key(host) {
            self.hosts.insert(host.to_owned(), Host::new());
        }
        if let Some(pages) = self.hosts.get_mut(host) {
            add(pages, page.hash, page.lines);
        }
    }

    /// Learns a batch: `bytes` of each page, `hosts` with one a page ("" is not learnt), and how a page of the batch is read.
    pub fn learn_batch<'a>(
        &mut self,
        hosts: Texts<'_>,
        bytes: impl ExactSizeIterator<Item = &'a [u8]>,
        read: impl Fn(usize) -> Option<Page> + Sync,
        threads: usize,
    ) -> Result<()> {
        if hosts.len() != bytes.len() {
            return Err(Error::Argument(format!("{} hosts for {} texts", hosts.len(), bytes.len())));
        }
        let wanted: Vec<usize> = bytes
            .enumerate()
            .filter(|&(row, bytes)| {
                !hosts.get(row).is_empty() && self.wants(hosts.get(row), xxhash_rust::xxh3::xxh3_64(bytes))
            })
            .map(|(row, _)| row)
            .collect();
        let page = |&row: &usize| Some((row, read(row)?));
        let pages: Vec<_> = match threads {
            1 => wanted.iter().filter_map(page).collect(),
            _ => on_threads(threads, || Ok(wanted.par_iter().filter_map(page).collect()))?,
        };
        for (row, page) in pages {
            self.learn(hosts.get(row), page);
        }
        Ok(())
    }

    /// What recurs on each of the hosts, of which there is one a row.
    pub fn of_hosts<'a>(&self, hosts: Texts<'a>, rows: usize) -> Result<HashMap<&'a str, Recurring>> {
        if hosts.len() != rows {
            return Err(Error::Argument(format!("{} hosts for {rows} texts", hosts.len())));
        }
        let mut found = HashMap::new();
        for host in (0..rows).map(|row| hosts.get(row)) {
            found.entry(host).or_insert_with(|| self.of_host(host));
        }
        Ok(found)
    }

    /// True where the host's sample would take a page of this hash; with it a caller spares itself the reading of the others.
    pub fn wants(&self, host: &str, hash: u64) -> bool {
        self.hosts.get(host).is_none_or(|pages| takes(pages, hash))
    }

    /// Adds what another state has seen.
    pub fn merge(&mut self, other: Templates) {
        for (host, pages) in other.hosts {
            let mine = self.hosts.entry(host).or_default();
            for (hash, lines) in pages {
                add(mine, hash, lines);
            }
        }
    }

    /// Hosts with the number of pages in their sample, ascending by name.
    pub fn hosts(&self) -> impl Iterator<Item = (&str, usize)> {
        self.hosts.iter().map(|(host, pages)| (host.as_str(), pages.len()))
    }

    /// How often what recurs on a host's pages.
    pub fn of_host(&self, host: &str) -> Recurring {
        let Some(pages) = self.hosts.get(host) else { return Recurring::default() };
        let count = |pages: &[&Vec<u64>]| {
            let mut counts: HashMap<u64, u32> = HashMap::new();
            for &line in pages.iter().copied().flatten() {
                *counts.entry(line).or_default() += 1;
            }
            counts
        };
        let all: Vec<&Vec<u64>> = pages.values().collect();
        let seen = count(&all);
        let mut bodies = HashSet::new();
        let apart: Vec<&Vec<u64>> = all
            .iter()
            .copied()
            .filter(|lines| {
                let paragraphs = || lines.iter().filter(|&line| line & 1 == 1);
                if paragraphs().any(|line| seen[line] <= OWN) {
                    return true;
                }
                // what half of the pages have says nothing about this one, unless it is all that there is
                let mut body: Vec<u64> =
                    paragraphs().filter(|&line| seen[line] as usize * 2 <= all.len()).copied().collect();
                if body.is_empty() {
                    body = paragraphs().copied().collect();
                }
                bodies.insert(body)
            })
            .collect();
        let mut counts = count(&apart);
        counts.retain(|_, count| *count as usize >= LEAST.0);
        Recurring { pages: apart.len(), counts }
    }

    /// Bytes that [`Templates::from_bytes`] takes; equal states give equal bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        let count = |bytes: &mut Vec<u8>, count: usize| bytes.extend((count as u32).to_le_bytes());
        count(&mut bytes, self.hosts.len());
        for (host, pages) in &self.hosts {
            count(&mut bytes, host.len());
            bytes.extend(host.as_bytes());
            count(&mut bytes, pages.len());
            for (hash, lines) in pages {
                bytes.extend(hash.to_le_bytes());
                count(&mut bytes, lines.len());
                bytes.extend(lines.iter().flat_map(|line| line.to_le_bytes()));
            }
        }
        let check = xxhash_rust::xxh3::xxh3_64(&bytes);
        bytes.extend(check.to_le_bytes());
        bytes
    }

    pub fn from_bytes(bytes: &[u8]) -> Result<Templates> {
        let damaged = || Error::Data("the template state is damaged".into());
        let Some((bytes, check)) = bytes.split_last_chunk::<8>() else { return Err(damaged()) };
        if !bytes.starts_with(MAGIC) {
            return Err(Error::Data("no template state, or one of another version".into()));
        }
        if xxhash_rust::xxh3::xxh3_64(bytes).to_le_bytes() != *check {
            return Err(damaged());
        }
        let mut reader = Reader(&bytes[MAGIC.len()..]);
        let mut read = || -> Option<Templates> {
            let mut templates = Templates::default();
            for _ in 0..reader.count()? {
                let length = reader.count()?;
                let host = String::from_utf8(reader.take(length)?.to_vec()).ok()?;
                let mut pages = Host::new();
                for _ in 0..reader.count()? {
                    let hash = reader.hash()?;
                    let count = reader.count()?;
                    let lines = (0..count).map(|_| reader.hash()).collect::<Option<Vec<u64>>>()?;
                    pages.insert(hash, lines);
                }
                templates.hosts.insert(host, pages);
            }
            reader.0.is_empty().then_some(templates)
        };
        read().ok_or_else(damaged)
    }
}

/// Names the format and its version.
const MAGIC: &[u8] = b"dedup templates 1\n";

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn hash(&mut self) -> Option<u64> {
        Some(u64::from_le_bytes(self.take(8)?.try_into().ok()?))
    }

    fn count(&mut self) -> Option<usize> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?) as usize)
    }
}

fn takes(pages: &Host, hash: u64) -> bool {
    pages.len() < PAGES || pages.last_key_value().is_some_and(|(&last, _)| hash < last)
}

fn add(pages: &mut Host, hash: u64, lines: Vec<u64>) {
    if takes(pages, hash) {
        pages.insert(hash, lines);
        if pages.len() > PAGES {
            pages.pop_last();
        }
    }
}

/// What recurs on the pages of one host.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recurring {
    /// Articles in the sample.
    pub pages: usize,
    counts: HashMap<u64, u32>,
}

impl Recurring {
    /// True for a line (of this [`key`]) that is furniture; a sentence or paragraph (`prose`) needs more pages than a label.
    pub fn is_template(&self, key: u64, prose: bool) -> bool {
        let (least, share) = if prose { LEAST_PROSE } else { LEAST };
        let count = self.counts.get(&key).copied().unwrap_or(0) as usize;
        count >= least && count as f64 >= share * self.pages as f64
    }

    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(number: usize) -> String {
        format!(
            "Menu {number}\nA story of its own, number {}, told in a sentence that no other page of the site has.\nShare this",
            "x".repeat(number + 1)
        )
    }

    fn learnt(pages: impl Iterator<Item = usize>) -> Templates {
        let mut templates = Templates::default();
        pages.for_each(|number| templates.learn("a.example", Page::of_text(&page(number))));
        templates
    }

    #[test]
    fn what_recurs_is_template_and_the_story_is_not() {
        let found = learnt(0..10).of_host("a.example");
        assert_eq!(found.pages, 10);
        assert!(found.is_template(key(0, "MENU 77").unwrap(), false));
        assert!(found.is_template(key(0, "share  this").unwrap(), false));
        assert!(!found.is_template(key(0, page(3).lines().nth(1).unwrap()).unwrap(), true));
        assert!(learnt(0..10).of_host("b.example").is_empty());
        assert_eq!(key(0, " 12 – 3 "), None);
        assert_ne!(key(1, "Menu"), key(2, "Menu"));
    }

    #[test]
    fn a_word_in_a_menu_is_not_the_word_in_an_article() {
        let page = |number: usize| {
            let own = "x".repeat(number + 1);
            format!(
                "<body><ul><li>Rain</ul><p>Rain</p><p>A story of its own {own} in a sentence that no other has.</p>"
            )
        };
        let mut templates = Templates::default();
        (0..10).for_each(|number| {
            let page = page(number).replace("<p>Rain</p>", "");
            templates.learn("a.example", Page::of_html(page.as_bytes(), "").unwrap());
        });
        let source = page(1);
        let page = html::parse(&source);
        let mut verdicts = vec![None; page.blocks.len()];
        find_blocks(&page, &templates.of_host("a.example"), &mut verdicts);
        assert_eq!(verdicts, [Some(Reason::Template), None, None]);
    }

    #[test]
    fn copies_count_once() {
        let mut templates = Templates::default();
        for copy in 0..10 {
            templates.learn("a.example", Page::of_text(&format!("{}\nprinted {}", page(1), "i".repeat(copy))));
        }
        assert!(templates.of_host("a.example").is_empty());
    }

    #[test]
    fn order_and_parts_change_nothing() {
        let whole = learnt(0..500);
        assert_eq!(learnt((0..500).rev()), whole);
        let mut parts = learnt((0..500).step_by(2));
        parts.merge(learnt((0..500).skip(1).step_by(2)));
        assert_eq!(parts, whole);
        assert_eq!(whole.hosts().next(), Some(("a.example", PAGES)));
        assert_eq!(Templates::from_bytes(&whole.to_bytes()).unwrap(), whole);
    }

    #[test]
    fn refuses_what_it_has_not_written() {
        let bytes = learnt(0..5).to_bytes();
        for cut in [0, 5, 20, bytes.len() - 1] {
            assert!(Templates::from_bytes(&bytes[..cut]).is_err());
        }
        let mut other = bytes.clone();
        other[30] ^= 1;
        assert!(Templates::from_bytes(&other).is_err());
    }
}

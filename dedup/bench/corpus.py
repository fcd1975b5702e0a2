"""News-like text in any amount: made up, or put together from a small collection, with near-duplicates planted in it."""

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

Document = list[list[str]]
"""Sentences of words."""

SENTENCE = re.compile(r"(?<=[।॥.!?\n])\s+")

_HINDI = (
    ["क", "ख", "ग", "घ", "च", "ज", "ट", "ड", "त", "थ", "द", "ध", "न", "प", "फ", "ब", "भ", "म", "य", "र", "ल", "व", "श", "स", "ह"],
    ["", "ा", "ि", "ी", "ु", "ू", "े", "ो", "ं", "्य", "ार", "ैं"],
)
_ENGLISH = (
    ["b", "c", "d", "f", "g", "h", "l", "m", "n", "p", "r", "s", "t", "v", "w", "st", "th", "tr"],
    ["a", "e", "i", "o", "u", "ea", "ou", "er", "in", "on"],
)
_ENDS = {"hi": " ।", "en": "."}


def synthetic(language: str, seed: int = 1) -> Iterator[Document]:
    """Yield documents of made-up words, without end: Hindi ("hi") or English ("en") in script, word length and repetition.

    Twenty thousand words are drawn with the frequencies of a Zipf law; a document has 4 to 30 sentences of 6 to 24 words.
    """
    generator = random.Random(f"{language} {seed}")
    heads, tails = _HINDI if language == "hi" else _ENGLISH
    end = _ENDS[language]
    words: list[str] = []
    while len(words) < 20_000:
        word = "".join(generator.choice(heads) + generator.choice(tails) for _ in range(generator.choice((1, 1, 2, 2, 2, 3))))
        words.append(word.capitalize() if language == "en" and generator.random() < 0.1 else word)
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(words))))
    while True:
        document = []
        for _ in range(generator.randint(4, 30)):
            sentence = generator.choices(words, cum_weights=weights, k=generator.randint(6, 24))
            sentence[-1] += end
            document.append(sentence)
        yield document


def recombined(texts: Sequence[str], seed: int = 1) -> Iterator[Document]:
    """Yield new documents, without end, put together from the sentences of all texts, as many as one of the texts has.

    In every second sentence one word is replaced, so that sentences repeat less often than the collection is small.
    """
    generator = random.Random(seed)
    split = [[sentence.split() for sentence in SENTENCE.split(text) if sentence.strip()] for text in texts]
    sentences = [sentence for document in split for sentence in document if sentence]
    lengths = [len(document) for document in split if document]
    while True:
        document = []
        for _ in range(generator.choice(lengths)):
            sentence = generator.choice(sentences)
            if generator.random() < 0.5:
                sentence = list(sentence)
                sentence[generator.randrange(len(sentence))] = generator.choice(generator.choice(sentences))
            document.append(sentence)
        yield document


def planted(documents: Iterable[Document], share: float = 0.25, seed: int = 1) -> Iterator[str]:
    """Yield texts of which `share` are edited copies of one of the two thousand fresh ones before.

    An eighth of the copies are exact. The others have words replaced (up to 6 in 100), sentences dropped, added or moved, or a
    line put before or after, so that their similarity to the original spreads from about .4 to 1.
    """
    generator = random.Random(seed)
    recent: list[Document] = []
    fresh = iter(documents)
    while True:
        if not recent or generator.random() >= share:
            document = next(fresh, None)
            if document is None:
                return
            if len(recent) < 2000:
                recent.append(document)
            else:
                recent[generator.randrange(2000)] = document
        else:
            document = _edited(generator.choice(recent), recent, generator)
        yield "\n".join(" ".join(sentence) for sentence in document)


def _edited(document: Document, others: list[Document], generator: random.Random) -> Document:
    copy = [list(sentence) for sentence in document]
    kind = generator.randrange(8)
    if kind == 0:
        return copy
    if kind <= 4:
        rate = generator.uniform(0.001, 0.06)
        for sentence in copy:
            for at in range(len(sentence)):
                if generator.random() < rate:
                    sentence[at] = generator.choice(generator.choice(generator.choice(others)))
        return copy
    other = generator.choice(others)
    if kind == 5 and len(copy) > 1:
        del copy[generator.randrange(len(copy))]
    elif kind == 6:
        copy.insert(generator.randrange(len(copy) + 1), generator.choice(other))
    else:
        copy = [generator.choice(other), *copy] if generator.random() < 0.5 else [*copy, generator.choice(other)]
    return copy

"""Files that are broken or odd, with what may be expected of each: written by build.py into broken/ and broken.jsonl."""

import json
import struct
import zlib
from typing import Any

NOTE = (
    "पंचायत ने तालाब की सफाई का काम शुरू करा दिया है। इसमें गांव के साठ लोग रोज दो घंटे श्रमदान करेंगे।",
    "मेले में इस बार लकड़ी के झूले नहीं लगेंगे। पुलिस ने सुरक्षा कारणों से यह निर्णय लिया है।",
    "नई सड़क पर पहली बस शुक्रवार को चलेगी। किराया बीस रुपये तय किया गया है और बस दिन में चार फेरे लगाएगी।",
    "दुकानदारों ने बाजार का समय बदलने का विरोध किया। उनका कहना है कि शाम के ग्राहक रात आठ बजे के बाद ही आते हैं।",
    "अस्पताल में दांतों के डॉक्टर का पद भर दिया गया है। मरीजों को अब दूसरे शहर नहीं जाना पड़ेगा।",
    "कुम्हार टोले के बच्चों ने मिट्टी की घंटियां बनाकर स्कूल में लगाई हैं। हवा चलने पर पूरा आंगन बज उठता है।",
    "डाकघर की पुरानी घड़ी ग्यारह साल बाद फिर चलने लगी। उसे एक घड़ीसाज ने बिना पैसे लिए ठीक किया है।",
    "नहर का फाटक समय पर न खुलने से धान की नर्सरी सूखने लगी है। किसानों ने इंजीनियर का घेराव किया।",
)


def _line(row: Any) -> bytes:
    return json.dumps(row, ensure_ascii=False).encode() + b"\n"


def stored_gzip(content: bytes) -> bytes:
    """Return a .gz of one uncompressed block: the same bytes whatever zlib is at hand (RFC 1951, 3.2.4; RFC 1952)."""
    block = struct.pack("<BHH", 1, len(content), len(content) ^ 0xFFFF) + content
    return b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff" + block + struct.pack("<II", zlib.crc32(content), len(content))


def stored_zstd(blocks: list[bytes]) -> bytes:
    """Return a .zst of raw blocks (RFC 8878, 3.1.1): single segment, 4-byte content size, no checksum."""
    frame = b"\x28\xb5\x2f\xfd\xa0" + struct.pack("<I", sum(map(len, blocks)))
    for n, block in enumerate(blocks):
        frame += (len(block) << 3 | (n == len(blocks) - 1)).to_bytes(3, "little") + block
    return frame


def broken() -> tuple[dict[str, bytes], list[dict[str, Any]]]:
    """Return the files (path → bytes) and their labels: file, row (or null), expect, cause."""
    files: dict[str, bytes] = {}
    labels: list[dict[str, Any]] = []

    def add(name: str, content: bytes, *expected: tuple[str, str]) -> None:
        files[f"broken/{name}"] = content
        rows = name.split(".")[1] == "jsonl" and len(content) > 0 and name != "not_gzip.jsonl.gz"
        for n, (expect, cause) in enumerate(expected, 1):
            place = n if rows and "ends within" not in cause else None
            labels.append({"file": f"broken/{name}", "row": place, "expect": expect, "cause": cause})

    good = [{"id": f"ok-{n}", "text": text, "title": f"सूचना {n + 1}"} for n, text in enumerate(NOTE)]
    add("empty.txt", b"", ("rejected", "empty file"))
    add("empty.html", b"", ("rejected", "empty file"))
    add("empty.jsonl", b"", ("either", "empty file: no row, nothing to reject but the file"))
    add("blank.txt", b" \n\t\n\r\n", ("rejected", "only white space"))
    add("invalid_utf8.txt", NOTE[0].encode() + b"\n\xff\xfe\xe0\xa4\n" + NOTE[1].encode()[:-2], ("either", "bytes that are not UTF-8"))
    add("nul.txt", NOTE[2].encode().replace(b" ", b"\x00 ", 3), ("either", "NUL bytes in the text"))
    add("utf16_no_bom.txt", NOTE[3].encode("utf-16-le"), ("either", "UTF-16 without a byte order mark"))
    add(
        "picture.html",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde",
        ("either", "a picture, not HTML"),
    )
    menu = '<html><body><nav><a href="/1">मुखपृष्ठ</a> <a href="/2">संपर्क</a></nav><footer>सर्वाधिकार सुरक्षित</footer></body></html>'
    add("only_menu.html", menu.encode(), ("either", "a page without an article"))
    deep = "<div>" * 3000 + f"<p>{NOTE[4]}</p>" + "</div>" * 3000
    add("deep.html", f"<html><body><h1>दांतों के डॉक्टर आए</h1>{deep}</body></html>".encode(), ("document", "3,000 nested elements"))
    add(
        "cut_off.html",
        f'<html><body><article><h1>मिट्टी की घंटियां</h1><p>{NOTE[5]}</p><p class="re'.encode(),
        ("document", "the page ends within a tag"),
    )
    add(
        "lines.jsonl",
        _line(good[6])
        + b'{"id": "bad-2", "text": "broken off\n'
        + b'["a list", "not an object"]\n'
        + _line({"id": "bad-4", "headline": "न पाठ, न पन्ना"})
        + _line({"id": "bad-5", "text": None})
        + _line({"id": "bad-6", "text": 42})
        + _line({"id": "bad-7", "text": ""})
        + b'{"id": "bad-8", "text": "\xe0\xa4\xb9\xff\xfe"}\n'
        + _line(good[7])[:-1],
        ("document", "a whole row"),
        ("rejected", "not JSON"),
        ("rejected", "JSON, but not an object"),
        ("rejected", "no field with text or html"),
        ("rejected", "text is null"),
        ("rejected", "text is a number"),
        ("rejected", "text is empty"),
        ("either", "bytes that are not UTF-8 within a string"),
        ("document", "a whole row without a line end"),
    )
    same = [{"id": "same", "text": NOTE[0]}, {"id": "same", "text": NOTE[1]}]
    add(
        "same_id.jsonl",
        b"".join(map(_line, same)),
        ("either", "one of two texts under the same id"),
        ("either", "one of two texts under the same id"),
    )
    add("not_gzip.jsonl.gz", _line(good[2]), ("rejected", "plain text named .gz"))
    add("truncated.jsonl.gz", stored_gzip(_line(good[3]))[:90], ("rejected", "the .gz ends within its first row"))
    whole = _line({"id": "zst-1", "text": NOTE[2] + " " + NOTE[4]}) + _line({"id": "zst-2", "text": NOTE[3] + " " + NOTE[5]})
    last = _line({"id": "zst-3", "text": NOTE[6]})
    add(
        "truncated.jsonl.zst",
        stored_zstd([whole, last])[: -len(last) // 2],
        ("either", "a whole row before the cut"),
        ("either", "a whole row before the cut"),
        ("rejected", "the .zst ends within its third row"),
    )
    return files, labels

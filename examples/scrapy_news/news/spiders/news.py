"""Follows the links of one site and yields each page; dedup does the rest."""

from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import urlsplit

import scrapy
from scrapy.http import Response


class NewsSpider(scrapy.Spider):
    name = "news"

    def __init__(self, start: str, **options: Any) -> None:
        super().__init__(**options)
        self.first = start
        self.allowed_domains = [urlsplit(start).hostname or ""]

    async def start(self) -> AsyncIterator[Any]:
        yield scrapy.Request(self.first)

    def parse(self, response: Response) -> Iterator[Any]:
        if response.url.endswith("/"):  # a list of pages
            yield from response.follow_all(css="a[href]")
        else:
            yield {"url": response.url, "html": response.text}

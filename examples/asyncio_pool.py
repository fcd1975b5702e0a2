"""An asyncio crawler that asks the index for each page, in a thread of its own so that fetching goes on.

python examples/asyncio_pool.py seen https://example.org/a https://example.org/b
"""

import asyncio
import sys
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import dedup


def take(index: dedup.Index, url: str, page: bytes) -> str:
    """Strip a page, add it, and say what it is."""
    article = dedup.strip(html=page, url=url)
    match = index.check_and_add(url, article.text)
    return f"{url}: {article.title or 'no title'}: " + (f"{match.kind} copy of {match.id}" if match else "new")


async def crawl(index: dedup.Index, urls: list[str]) -> list[str]:
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(8) as fetchers, ThreadPoolExecutor(1) as worker:

        async def one(url: str) -> str:
            page = await loop.run_in_executor(fetchers, lambda: urllib.request.urlopen(url, timeout=30).read())
            return await loop.run_in_executor(worker, take, index, url, page)

        return await asyncio.gather(*map(one, urls))


if __name__ == "__main__":
    with dedup.Index.open(sys.argv[1]) as seen:
        print(*asyncio.run(crawl(seen, sys.argv[2:])), sep="\n")

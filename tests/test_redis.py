"""The index that several processes share on a real Redis server, and the ways between our index and datasketch."""

import shutil
import subprocess
import sys
import time
from datetime import timedelta

import numpy as np
import pytest
from conftest import article

from dedup.cluster import near_duplicates
from dedup.config import Config
from dedup.errors import ArtefactError, DedupError
from dedup.index import Index

pytest.importorskip("redis", reason="redis-py is not installed: pip install 'newsdedup[test]'")

from datasketch import MinHash

from dedup.integrations.datasketch import SharedIndex, add_minhashes, to_lsh, to_minhashes

needs_server = pytest.mark.skipif(
    shutil.which("redis-server") is None, reason="redis-server is not installed: apt-get install redis-server"
)


class Server:
    def __init__(self, folder):
        self.socket = folder / "redis.sock"
        self.options = {"unix_socket_path": str(self.socket)}
        self._folder = folder
        self.start()

    def start(self):
        line = ["redis-server", "--port", "0", "--unixsocket", str(self.socket), "--dir", str(self._folder)]
        self.process = subprocess.Popen([*line, "--save", "", "--appendonly", "yes"], stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + 20
        while not self.socket.exists() and time.monotonic() < deadline:
            time.sleep(0.02)

    def stop(self):
        self.process.terminate()
        self.process.wait(20)


@pytest.fixture
def server(tmp_path_factory):
    found = Server(tmp_path_factory.mktemp("redis"))
    yield found
    found.stop()


def near(number, copy):
    words = article(number, 120).split()
    if copy:
        words[60] = f"बदला{copy}"
    return " ".join(words)


@needs_server
def test_it_answers_as_the_index_on_disk_does(server, tmp_path):
    documents = [(f"id{number}-{copy}", near(number, copy)) for number in range(8) for copy in range(3)]
    documents += [("empty", ""), ("same", near(3, 0)), ("id2-1", near(50, 0)), ("id2-1", near(50, 0)), ("last", near(2, 1))]
    with SharedIndex(server.options) as shared, Index.open(tmp_path / "index") as index:
        for id, text in documents:
            one, other = shared.check_and_add(id, text, seen=1_000.0), index.check_and_add(id, text, seen=1_000.0)
            assert (one is None) == (other is None), id
            if one is not None and other is not None:
                assert (one.similarity, one.kind, one.first_seen) == (other.similarity, other.kind, other.first_seen)
        assert len(shared) == len(index) - 1  # the empty text is in no band
        found = shared.check(near(5, 9))
        assert found is not None and found.id.startswith("id5-") and not found.estimated
        assert shared.remove("last") and not shared.remove("last")
        assert shared.check("") is None


WRITER = """
import json, sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from test_redis import near
from dedup.integrations.datasketch import SharedIndex
found = {}
with SharedIndex({"unix_socket_path": sys.argv[1]}) as shared:
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(int(sys.argv[4])):
        id = f"{number}-{sys.argv[2]}"
        match = shared.check_and_add(id, near(number, int(sys.argv[2])))
        found[id] = match and match.id
print(json.dumps(found))
"""


@needs_server
def test_two_processes_that_add_at_once_lose_nothing_and_miss_nothing(server):
    import json
    from pathlib import Path

    count = 60
    line = [sys.executable, "-c", WRITER, str(server.socket)]
    writers = [
        subprocess.Popen(
            [*line, str(copy), str(Path(__file__).parent), str(count)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for copy in (1, 2)
    ]
    for writer in writers:
        assert writer.stdout is not None and writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    found = {}
    for writer in writers:
        out, _ = writer.communicate(timeout=120)
        assert writer.returncode == 0
        found |= json.loads(out)
    for number in range(count):
        one, other = f"{number}-1", f"{number}-2"
        assert [found[one], found[other]] in ([None, one], [other, None]), (found[one], found[other])
    with SharedIndex(server.options) as shared:
        assert len(shared) == 2 * count
        assert all(shared.check(near(number, 1)).id == f"{number}-1" for number in range(count))


@needs_server
def test_a_lost_connection_is_tried_again_and_then_a_clear_error(server):
    with SharedIndex(server.options, retries=2) as shared:
        assert shared.check_and_add("a", near(1, 0)) is None
        server.stop()
        with pytest.raises(DedupError, match="cannot be reached"):
            shared.check(near(1, 0))
        server.start()
        deadline = time.monotonic() + 20
        while True:
            try:
                found = shared.check_and_add("b", near(1, 1))
                break
            except DedupError:
                assert time.monotonic() < deadline
                time.sleep(0.1)
        assert found is not None and found.id == "a"


@needs_server
def test_other_settings_and_too_old_documents(server):
    SharedIndex(server.options, Config(threshold=0.7)).close()
    with pytest.raises(ArtefactError, match=r"threshold is 0\.8 here and 0\.7 there"):
        SharedIndex(server.options)
    with SharedIndex(server.options, name="other", max_age=timedelta(hours=1)) as shared:
        shared.check_and_add("a", near(1, 0), seen=time.time() - 5_000)
        assert shared.check(near(1, 1)) is None
        assert shared.check_and_add("a", near(1, 0)) is None
        assert shared.check(near(1, 1)) is not None


def test_no_server_is_a_clear_error(tmp_path):
    with pytest.raises(DedupError, match="cannot be reached"):
        SharedIndex({"unix_socket_path": str(tmp_path / "none.sock")}, retries=0)


def test_an_index_goes_to_datasketch_and_back(tmp_path):
    texts = [near(number, copy) for number in range(10) for copy in range(2)] + [""]
    with Index.open(tmp_path / "one") as one, Index.open(tmp_path / "two") as two:
        one.add_many([(str(row), text) for row, text in enumerate(texts)])
        from dedup.fingerprint import signatures

        sketches = dict(to_minhashes(one))
        assert all((sketches[str(row)].hashvalues == values).all() for row, values in enumerate(signatures(texts)))
        lsh = to_lsh(one)
        edges = {tuple(edge) for edge in near_duplicates(texts).edges.tolist()}
        assert edges and all(str(right) in lsh.query(sketches[str(left)]) for left, right in edges)
        assert add_minhashes(two, sketches.items()) == len(texts)
        for row, text in enumerate(texts[:-1]):
            found = two.check(text)
            assert found is not None and found.estimated and found.similarity == 1.0
            assert int(found.id) // 2 == row // 2
        assert {id: values.hashvalues.tolist() for id, values in to_minhashes(two)} == {
            id: values.hashvalues.tolist() for id, values in sketches.items()
        }
        for wrong in (MinHash(64, scheme="affine32"), MinHash(128, seed=2, scheme="affine32"), MinHash(128, scheme="legacy")):
            with pytest.raises(ArtefactError, match="the index takes 128, seed 1"):
                add_minhashes(two, [("x", wrong)])
        assert np.array_equal(two.matches(texts[0])[0].similarity, 1.0)


@needs_server
def test_a_number_that_is_drawn_again_is_the_same(server):
    with SharedIndex(server.options) as shared:
        shared.check_and_add("a", near(1, 0))
        keys = [f"{shared._name}:number", shared._document("a")]
        drawn = int(shared._redis.hget(keys[1], "number"))
        assert int(shared._finish(keys=keys)) == drawn == int(shared._redis.get(keys[0]))

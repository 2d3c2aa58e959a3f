"""Gives ranges of a file that fsspec can open, root:// among them, to the process that started this.

Requests come as JSON lines: {"id", "ranges": [[start, length], ...]}. Answers are a JSON line {"id", "bytes"} with so many bytes
behind it, or {"id", "error"}. The first answer, with id 0, tells the file's size. Ends when the input does.
"""

import json
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

answering = threading.Lock()


def answer(head, payload=()):
    with answering:
        out = sys.stdout.buffer
        out.write(json.dumps(head).encode() + b"\n")
        for part in payload:
            out.write(part)
        out.flush()


def failure(request, error):
    answer({"id": request, "error": f"{type(error).__name__}: {error}".splitlines()[0]})


def read(filesystem, path, request):
    try:
        starts = [start for start, _ in request["ranges"]]
        stops = [start + length for start, length in request["ranges"]]
        parts = filesystem.cat_ranges([path] * len(starts), starts, stops, on_error="raise")
        for (_, length), part in zip(request["ranges"], parts):
            if len(part) != length:
                raise EOFError(f"{len(part)} bytes came where {length} were asked for")
        answer({"id": request["id"], "bytes": sum(len(part) for part in parts)}, parts)
    except Exception as error:  # told to whoever asked
        failure(request["id"], error)


def main(url):
    try:
        import fsspec

        filesystem, path = fsspec.core.url_to_fs(url)
        size = filesystem.info(path)["size"]
    except Exception as error:  # told to whoever asked
        failure(0, error)
        return
    answer({"id": 0, "size": size, "bytes": 0})
    with ThreadPoolExecutor(4) as pool:
        for line in sys.stdin:
            pool.submit(read, filesystem, path, json.loads(line))


main(sys.argv[1])

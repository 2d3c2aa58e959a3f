"""Writes one ROOT file with uproot, in chunks, for Cygnet.

Standard input: a line of JSON a request. After a "chunk" request follow its buffers, each 8 bytes of length
(little-endian) and the bytes. Standard output: a line of JSON an answer. When the input ends before "finish" was
answered, the unfinished file is removed.
"""

import json
import os
import sys

import awkward
import numpy
import uproot

COMPRESSION = {
    "none": None,
    "gzip": uproot.ZLIB(1),
    "zstd": uproot.ZSTD(5),
    "lz4": uproot.LZ4(4),
    "lzma": uproot.LZMA(5),
}


class Writer:
    def __init__(self, request):
        self.path = request["path"]
        self.columns = request["columns"]
        self.layout = request["layout"]
        self.table = request["table"]
        self.facts = request["facts"]
        self.file = uproot.recreate(self.path, compression=COMPRESSION[request["compression"]])
        types = {column["name"]: datashape(column["type"]) for column in self.columns}
        if self.layout == "ttree":
            counters = {column["name"]: column["counter"] for column in self.columns if "counter" in column}
            self.tree = self.file.mktree(
                self.table, types, title=request["title"], counter_name=lambda counted: counters[counted]
            )
        else:
            self.tree = self.file.mkrntuple(self.table, types, description=request["title"])

    def extend(self, rows, read):
        arrays = {}
        for column in self.columns:
            layout = contents(column["type"], rows, read)
            arrays[column["name"]] = awkward.Array(layout)
        if rows > 0:
            self.tree.extend(arrays)

    def finish(self):
        if self.facts is not None:
            self.file[f"{self.table}.cygnet"] = self.facts
        self.file.close()


def datashape(kind):
    if kind["kind"] == "flat":
        return kind["type"]
    if kind["kind"] == "string":
        return "string"
    return f"var * {datashape(kind['content'])}"


def contents(kind, count, read):
    """The next column of `count` entries, from the buffers in the order in which they come."""
    if kind["kind"] == "flat":
        return awkward.contents.NumpyArray(numpy.frombuffer(read(), dtype=kind["type"], count=count))
    offsets = numpy.frombuffer(read(), dtype="int64", count=count + 1)
    if kind["kind"] == "string":
        letters = awkward.contents.NumpyArray(numpy.frombuffer(read(), dtype="uint8"), parameters={"__array__": "char"})
        return awkward.contents.ListOffsetArray(
            awkward.index.Index64(offsets), letters, parameters={"__array__": "string"}
        )
    return awkward.contents.ListOffsetArray(
        awkward.index.Index64(offsets), contents(kind["content"], int(offsets[-1]), read)
    )


def serve(lines, answers):
    writer = None
    is_finished = False

    def exactly(length):
        data = lines.read(length)
        if len(data) < length:
            raise EOFError("the input ended inside of a buffer")
        return data

    def buffer():
        return exactly(int.from_bytes(exactly(8), "little"))

    try:
        for line in iter(lines.readline, b""):
            request = json.loads(line)
            try:
                if request["op"] == "open":
                    writer = Writer(request)
                elif request["op"] == "chunk":
                    writer.extend(request["rows"], buffer)
                else:
                    writer.finish()
                    is_finished = True
                answer = {"ok": True, "version": uproot.__version__}
            except EOFError:
                raise
            except Exception as error:  # told to the other side, which gives up
                answer = {"error": f"{type(error).__name__}: {error}"}
            answers.write(json.dumps(answer) + "\n")
            answers.flush()
            if "error" in answer or is_finished:
                break
    finally:
        if writer is not None and not is_finished and os.path.exists(writer.path):
            os.remove(writer.path)


if __name__ == "__main__":
    # Whatever a library prints must not be taken for an answer.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    serve(sys.stdin.buffer, answers)

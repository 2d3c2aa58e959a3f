"""uproot, and ROOT's bulk reading where it is installed: JSON lines in, JSON lines out. Also writes the files."""

import hashlib
import json
import os
import resource
import sys
import time

import awkward
import numpy
import uproot

CODECS = {
    "none": None,
    "zlib": uproot.ZLIB(1),
    "zstd": uproot.ZSTD(5),
    "lz4": uproot.LZ4(4),
    "lzma": uproot.LZMA(1),
}
COLUMNS = 28
BASKET = 36_364
CLUSTER = 250_000


def floats(events):
    """Half of the columns with 12 bits of mantissa fewer, as in files of experiments."""
    random = numpy.random.default_rng(1)
    columns = {}
    for i in range(COLUMNS):
        values = random.gamma(2.0, 30.0, events) if i % 2 else random.normal(0.0, 1.5, events)
        values = values.astype("<f4")
        if i < COLUMNS // 2:
            values = (values.view("<u4") & numpy.uint32(0xFFFFF800)).view("<f4")
        columns[f"f{i:02d}"] = values
    return columns


def lists(events):
    random = numpy.random.default_rng(2)
    counts = random.poisson(4, events)
    content = {name: random.gamma(2.0, 20.0, counts.sum()).astype("<f4") for name in ("pt", "eta")}
    return {name: awkward.unflatten(values, counts) for name, values in content.items()}


def write_flat(file, kind, events):
    columns = floats(events)
    types = {name: "f4" for name in columns}
    target, step = (file.mktree, BASKET) if kind == "tree" else (file.mkrntuple, CLUSTER)
    tree = target("events", types)
    for start in range(0, events, step):
        tree.extend({name: values[start : start + step] for name, values in columns.items()})


def write_jagged(file, kind, events):
    columns = lists(events)
    if kind == "tree":
        tree = file.mktree("events", {"jet": awkward.type(awkward.zip(columns)).content})
        for start in range(0, events, BASKET):
            tree.extend({"jet": awkward.zip({n: v[start : start + BASKET] for n, v in columns.items()})})
    else:
        tree = file.mkrntuple("events", {name: "var * float32" for name in columns})
        for start in range(0, events, CLUSTER):
            tree.extend({n: v[start : start + CLUSTER] for n, v in columns.items()})


def write_wide(file, kind, events):
    """1,500 branches as NanoAOD has them: collections with a counter, and single numbers."""
    collections = {}
    for i in range(70):
        counts = numpy.full(events, 2)
        fields = {f"x{j}": awkward.unflatten(numpy.zeros(2 * events, "f4"), counts) for j in range(20)}
        collections[f"Collection{i:02d}"] = awkward.zip(fields)
    singles = {f"single{i:02d}": numpy.zeros(events, "f4") for i in range(30)}
    tree = file.mktree("events", {n: awkward.type(v).content for n, v in collections.items()} | {n: "f4" for n in singles})
    tree.extend(collections | singles)


def write_large(file, kind, events):
    """The same million events over and over."""
    columns = floats(1_000_000)
    tree = file.mktree("events", {name: "f4" for name in columns})
    for start in range(0, events, 100_000):
        at = start % 1_000_000
        tree.extend({name: values[at : at + min(100_000, events - start)] for name, values in columns.items()})


def snapshot(request):
    """The same numbers as ROOT writes them; RNTuples split, in small pages with checksums."""
    import ROOT

    options = ROOT.RDF.RSnapshotOptions()
    options.fCompressionAlgorithm, options.fCompressionLevel = {
        "none": (ROOT.RCompressionSetting.EAlgorithm.kZLIB, 0),
        "zlib": (ROOT.RCompressionSetting.EAlgorithm.kZLIB, 1),
        "zstd": (ROOT.RCompressionSetting.EAlgorithm.kZSTD, 5),
        "lz4": (ROOT.RCompressionSetting.EAlgorithm.kLZ4, 4),
    }[request["codec"]]
    formats = ROOT.RDF.ESnapshotOutputFormat
    options.fOutputFormat = formats.kTTree if request["kind"] == "tree" else formats.kRNTuple
    part = request["path"] + ".part"
    ROOT.RDataFrame("events", request["from"]).Snapshot("events", part, "", options)
    os.rename(part, request["path"])
    return {}


WRITERS = {"flat": write_flat, "jagged": write_jagged, "wide": write_wide, "large": write_large}


def generate(request):
    for one in request["files"]:
        if os.path.exists(one["path"]):
            continue
        part = one["path"] + ".part"
        with uproot.recreate(part, compression=CODECS[one["codec"]]) as file:
            WRITERS[one["content"]](file, one["kind"], one["events"])
        os.rename(part, one["path"])
    return {}


def about(_):
    found = {"uproot": uproot.__version__}
    for name in ("isal", "aiohttp", "ROOT"):
        try:
            found[name] = str(getattr(__import__(name), "__version__", "yes"))
        except ImportError:
            pass
    return found


def numbers(array):
    """Numbers of a column, flat, as they lie in memory; of lists their content."""
    if isinstance(array, numpy.ndarray):
        return array
    return numpy.asarray(awkward.flatten(array, axis=None))


def hashes(columns):
    return {n: hashlib.sha256(numpy.ascontiguousarray(numbers(v)).tobytes()).hexdigest() for n, v in columns.items()}


def checksum(columns):
    return {n: int(numpy.ascontiguousarray(numbers(v)).view("<u4").sum(dtype="u8") % (1 << 52)) for n, v in columns.items()}


def timed(work):
    cpu, wall = time.process_time(), time.perf_counter()
    result = work()
    return result, time.perf_counter() - wall, time.process_time() - cpu


def as_numpy(tree, request, **more):
    names = request.get("columns")
    library = "ak" if request.get("jagged") else "np"
    arrays = tree.arrays(names, library=library, **more)
    names = arrays.fields if library == "ak" else list(arrays)
    return {name: arrays[name] for name in names}


def read(request):
    threads = request.get("threads", 1)
    more = {}
    executor = None
    if threads > 1:
        executor = uproot.ThreadPoolExecutor(threads)
        more = {"decompression_executor": executor, "interpretation_executor": executor}
    zlib = uproot.compression._DecompressZLIB
    before = zlib.library
    if request.get("isal"):
        zlib.library = "isal"  # the documented uproot.ZLIB.library has no effect on reading

    def work():
        with uproot.open(request["path"]) as file:
            return as_numpy(file["events"], request, **more)

    try:
        columns, wall, cpu = timed(work)
    finally:
        zlib.library = before
        if executor is not None:
            executor.shutdown()
    digests = hashes(columns) if request.get("hashes") else None
    return {"seconds": wall, "cpu": cpu, "checksum": checksum(columns), "hashes": digests}


def read_http(request):
    more = {} if request["hasAiohttp"] else {"handler": uproot.source.http.MultithreadedHTTPSource}

    def work():
        with uproot.open(request["path"], **more) as file:
            return as_numpy(file["events"], request)

    columns, wall, cpu = timed(work)
    return {"seconds": wall, "cpu": cpu, "checksum": checksum(columns)}


def open_only(request):
    def work():
        with uproot.open(request["path"]) as file:
            return len(file["events"].keys())

    branches, wall, cpu = timed(work)
    return {"seconds": wall, "cpu": cpu, "branches": branches}


def iterate(request):
    """A pass over a file larger than memory; the peak of the resident memory is that of this process so far."""

    def work():
        total, events = 0, 0
        with uproot.open(request["path"]) as file:
            for chunk in file["events"].iterate(step_size="32 MB", library="np"):
                events += len(next(iter(chunk.values())))
                total += sum(checksum(chunk).values())
        return events, total % (1 << 52)

    (events, total), wall, cpu = timed(work)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": wall, "cpu": cpu, "events": events, "checksum": total, "peakMB": peak}


BULK = """
#include <TFile.h>
#include <TTree.h>
#include <TBranch.h>
#include <TBufferFile.h>
#include <cstring>
#include <string>
long long cygnet_bulk(const char *path, float **targets, int columns) {
  TFile file(path);
  auto *tree = file.Get<TTree>("events");
  tree->SetCacheSize(30000000);
  long long total = 0;
  for (int i = 0; i < columns; ++i) {
    char name[8]; snprintf(name, sizeof name, "f%02d", i);
    auto *branch = tree->GetBranch(name);
    TBufferFile buffer(TBuffer::kWrite, 1 << 20);
    long long entry = 0;
    while (entry < tree->GetEntries()) {
      int count = branch->GetBulkRead().GetBulkEntries(entry, buffer);
      if (count <= 0) return -1;
      memcpy(targets[i] + entry, buffer.GetCurrent(), sizeof(float) * count);
      entry += count;
    }
    total += entry;
  }
  return total;
}
"""


def read_root(request):
    """TTree::GetBulkEntries of every branch, compiled by cling."""
    import ctypes

    import ROOT

    if not hasattr(ROOT, "cygnet_bulk"):
        ROOT.gInterpreter.Declare(BULK)
    columns = {f"f{i:02d}": numpy.empty(request["events"], "<f4") for i in range(COLUMNS)}
    pointers = (ctypes.POINTER(ctypes.c_float) * COLUMNS)(
        *[values.ctypes.data_as(ctypes.POINTER(ctypes.c_float)) for values in columns.values()]
    )
    address = ctypes.cast(pointers, ctypes.c_void_p).value
    call = ROOT.gInterpreter.ProcessLine
    total, wall, cpu = timed(
        lambda: call(f'cygnet_bulk("{request["path"]}", (float**){address}ull, {COLUMNS});')
    )
    if total != request["events"] * COLUMNS:
        raise RuntimeError(f"ROOT read {total} numbers")
    return {"seconds": wall, "cpu": cpu, "checksum": checksum(columns)}


OPERATIONS = {
    "generate": generate,
    "snapshot": snapshot,
    "about": about,
    "read": read,
    "http": read_http,
    "open": open_only,
    "iterate": iterate,
    "root": read_root,
}

for line in sys.stdin:
    request = json.loads(line)
    try:
        reply = OPERATIONS[request["op"]](request)
    except Exception as error:  # passed on to the caller, which stops
        reply = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(reply), flush=True)

"""Reads and writes tables with the libraries that physicists have: pyarrow, h5py, NumPy, scikit-learn, uproot.

`peers.py read` takes a list of files as JSON on stdin and prints, for each, the hash of every column.
`peers.py write FOLDER` writes one table with every library that can, and prints its hashes.

A column is ("flat", type, numpy array), ("string", list), ("jagged", int32 offsets, column) or ("record", {name: column});
its hash is that of `tableSha256` for a table of this one column.
"""

import gzip
import hashlib
import json
import os
import sys

import awkward
import h5py
import numpy
import pyarrow
import pyarrow.csv
import pyarrow.feather
import pyarrow.parquet
import uproot
from sklearn.datasets import dump_svmlight_file, load_svmlight_file

FLAT = "bool int8 uint8 int16 uint16 int32 uint32 int64 uint64 float32 float64".split()


def hash_column(name, column):
    digest = hashlib.sha256()
    digest.update(f"column {json.dumps(name, ensure_ascii=False)} ".encode())
    add(digest, column)
    return digest.hexdigest()


def add(digest, column):
    kind = column[0]
    if kind == "flat":
        digest.update(f"flat {column[1]} {len(column[2])}\n".encode())
        digest.update(numpy.ascontiguousarray(column[2]).tobytes())
    elif kind == "string":
        digest.update(f"string {len(column[1])}\n".encode())
        for value in column[1]:
            digest.update(f"{len(value.encode())}:{value}\n".encode())
    elif kind == "jagged":
        digest.update(f"jagged {len(column[1]) - 1}\n".encode())
        digest.update(numpy.asarray(column[1], dtype="<i4").tobytes())
        add(digest, column[2])
    else:
        digest.update(f"record {len(column[1])}\n".encode())
        for name, field in column[1].items():
            digest.update(f"field {json.dumps(name)} ".encode())
            add(digest, field)


def flat(array):
    if array.dtype.kind == "M":
        return ("flat", "timestamp", array.astype("M8[us]").astype("int64"))
    return ("flat", "bool" if array.dtype.kind == "b" else array.dtype.name, array.astype(array.dtype.newbyteorder("=")))


def from_arrow(array):
    """A pyarrow array without nulls as a column."""
    if isinstance(array, pyarrow.ChunkedArray):
        array = array.combine_chunks()
    kind = array.type
    assert array.null_count == 0, kind
    if pyarrow.types.is_struct(kind):
        return ("record", {field.name: from_arrow(part) for field, part in zip(kind, array.flatten())})
    if pyarrow.types.is_list(kind) or pyarrow.types.is_large_list(kind):
        offsets = array.offsets.to_numpy()
        return ("jagged", offsets - offsets[0], from_arrow(array.flatten()))
    if pyarrow.types.is_string(kind) or pyarrow.types.is_large_string(kind):
        return ("string", array.to_pylist())
    if pyarrow.types.is_timestamp(kind):
        return flat(array.cast(pyarrow.timestamp("us")).to_numpy(zero_copy_only=False))
    return flat(array.to_numpy(zero_copy_only=False))


def from_arrow_table(table):
    return {name: from_arrow(table.column(name)) for name in table.column_names}


def from_numpy(array):
    if array.dtype.names:
        return ("record", {name: from_numpy(array[name]) for name in array.dtype.names})
    if array.dtype.kind in "US":
        return ("string", [text if isinstance(text, str) else text.decode() for text in array.tolist()])
    return flat(array)


def nested(arrays):
    """Arrays whose names hold "/" as lists and records, the way our npz and HDF5 files have them."""
    tree = {}
    for path, array in arrays.items():
        *above, last = path.split("/")
        branch = tree
        for part in above:
            branch = branch.setdefault(part, {})
        branch[last] = array

    def column(node):
        if not isinstance(node, dict):
            return node
        if set(node) == {"offsets", "content"}:
            return ("jagged", node["offsets"][2], column(node["content"]))
        return ("record", {name: column(part) for name, part in node.items()})

    return {name: column(node) for name, node in tree.items()}


def read_hdf5(path):
    arrays = {}

    def visit(name, node):
        if isinstance(node, h5py.Dataset):
            if h5py.check_string_dtype(node.dtype):
                arrays[name] = ("string", [text.decode() for text in node[:]])
            else:
                values = node[:]
                kind = node.attrs.get("cygnet-type")
                arrays[name] = flat(values.astype("bool") if kind == "bool" else values)
                if kind == "timestamp":
                    arrays[name] = ("flat", "timestamp", values)

    with h5py.File(path) as file:
        file.visititems(visit)
    return nested(arrays)


def arrow_type(name):
    if name == "timestamp":
        return pyarrow.timestamp("us")
    if name == "bool":
        return pyarrow.bool_()
    return pyarrow.type_for_alias("float" if name == "float32" else "double" if name == "float64" else name)


def read_csv(path, types):
    options = pyarrow.csv.ConvertOptions(
        column_types={name: arrow_type(kind) for name, kind in types.items()},
        strings_can_be_null=False,
        null_values=["<none>"],
        true_values=["true"],
        false_values=["false"],
    )
    parse = pyarrow.csv.ParseOptions(delimiter="\t" if ".tsv" in path else ",", newlines_in_values=True)
    return from_arrow_table(pyarrow.csv.read_csv(path, convert_options=options, parse_options=parse))


def typed(values, kind):
    if kind.startswith("list of "):
        offsets = numpy.cumsum([0] + [len(value) for value in values])
        return ("jagged", offsets, typed([item for value in values for item in value], kind[8:]))
    if kind.startswith("{"):
        fields = [field.split(": ", 1) for field in kind[1:-1].split(", ")]
        return ("record", {name: typed([value[name] for value in values], field) for name, field in fields})
    if kind == "string":
        return ("string", values)
    if kind == "timestamp":
        return flat(numpy.array(values, dtype="M8[us]"))
    if kind in ("float32", "float64"):
        values = [numpy.nan if value is None else value for value in values]
    return flat(numpy.array(values, dtype=kind))


def read_jsonl(path, types):
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf8") as file:
        rows = [json.loads(line) for line in file]
    return {name: typed([row[name] for row in rows], kind) for name, kind in types.items()}


def read_libsvm(path, types):
    matrix, label = load_svmlight_file(path, n_features=len(types) - 1, zero_based=False)
    columns = [label, *matrix.toarray().T]
    return {name: flat(values.astype(kind)) for (name, kind), values in zip(types.items(), columns)}


def read_root(path, columns):
    with uproot.open(path) as file:
        names = file.keys(cycle=False, recursive=False, filter_classname=["TTree", "ROOT::RNTuple"])
        arrays = file[names[0]].arrays(list(columns))
    return {
        name: from_arrow(awkward.to_arrow(arrays[name], extensionarray=False))
        for name in columns
    }


def read(request):
    path, kind, types = request["path"], request["format"], request["types"]
    if kind == "parquet":
        return from_arrow_table(pyarrow.parquet.read_table(path, page_checksum_verification=True))
    if kind == "arrow":
        return from_arrow_table(pyarrow.feather.read_table(path))
    if kind == "npy":
        return from_numpy(numpy.load(path))[1]
    if kind == "npz":
        return nested({name: from_numpy(array) for name, array in numpy.load(path).items()})
    if kind == "hdf5":
        return read_hdf5(path)
    if kind in ("csv", "tsv"):
        return read_csv(path, types)
    if kind == "jsonl":
        return read_jsonl(path, types)
    if kind == "libsvm":
        return read_libsvm(path, types)
    return read_root(path, types)


def sample(rows=1000):
    random = numpy.random.default_rng(7)
    index = numpy.arange(rows)
    columns = {}
    for name in FLAT:
        if name == "bool":
            columns[name] = pyarrow.array(index % 3 == 0)
        elif name.startswith("float"):
            values = random.normal(size=rows).astype(name)
            values[::97] = numpy.nan
            values[1], values[2], values[3] = numpy.inf, -numpy.inf, -0.0
            columns[name] = pyarrow.array(values)
        else:
            info = numpy.iinfo(name)
            values = random.integers(info.min, info.max, rows, dtype=name, endpoint=True)
            values[0], values[1] = info.min, info.max
            columns[name] = pyarrow.array(values)
    columns["timestamp"] = pyarrow.array(index.astype("int64") * 86_399_999_999 - 10**12, pyarrow.timestamp("us"))
    words = ["", "é", "a,b", 'say "no"', "line\nbreak", "Δφ 🦢", " space "]
    columns["string"] = pyarrow.array([words[i % len(words)] + str(i) for i in index])
    counts = index % 4
    columns["lists"] = pyarrow.array([random.normal(size=n).tolist() for n in counts], pyarrow.list_(pyarrow.float32()))
    columns["deep"] = pyarrow.array([[[k] * k for k in range(n)] for n in counts], pyarrow.list_(pyarrow.list_(pyarrow.int64())))
    columns["words"] = pyarrow.array([[words[k] for k in range(n)] for n in counts])
    columns["record"] = pyarrow.array([{"x": i / 2, "n": int(i)} for i in index])
    columns["particles"] = pyarrow.array([[{"pt": k + 0.5, "q": k}] * n for k, n in zip(index.tolist(), counts)])
    return pyarrow.table(columns)


def write(folder):
    table = sample()
    everything = from_arrow_table(table)
    written = []

    def note(name, kind, columns, options=None):
        hashes = {column: hash_column(column, columns[column]) for column in columns}
        written.append({"file": name, "format": kind, "columns": hashes, "options": options or {}})

    def place(name):
        return os.path.join(folder, name)

    for codec in ("snappy", "zstd", "gzip", "none", "brotli", "lz4"):
        pyarrow.parquet.write_table(table, place(f"a-{codec}.parquet"), compression=codec, row_group_size=300)
        note(f"a-{codec}.parquet", "parquet", everything)
    pyarrow.parquet.write_table(table, place("v2.parquet"), data_page_version="2.0", use_dictionary=False)
    note("v2.parquet", "parquet", everything)
    for codec in ("lz4", "zstd", "uncompressed"):
        pyarrow.feather.write_feather(table, place(f"a-{codec}.feather"), compression=codec, chunksize=300)
        note(f"a-{codec}.feather", "arrow", everything)
    with pyarrow.OSFile(place("stream.arrows"), "wb") as sink, pyarrow.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table, max_chunksize=300)
    note("stream.arrows", "arrow", everything)
    words = table.append_column("dictionary", table.column("string").dictionary_encode())
    pyarrow.feather.write_feather(words, place("dictionary.feather"))
    note("dictionary.feather", "arrow", from_arrow_table(words.drop_columns("dictionary")) | {"dictionary": everything["string"]})

    numbers = {name: column[2] for name, column in everything.items() if column[0] == "flat" and column[1] != "timestamp"}
    kept = {name: everything[name] for name in numbers}
    record = numpy.empty(len(table), [(name, values.dtype) for name, values in numbers.items()])
    for name, values in numbers.items():
        record[name] = values
    numpy.save(place("a.npy"), record)
    note("a.npy", "npy", kept)
    numpy.save(place("big-endian.npy"), record.astype(record.dtype.newbyteorder(">")))
    note("big-endian.npy", "npy", kept)
    times = table.column("timestamp").to_numpy()
    strings = numpy.array(everything["string"][1])
    arrays = {**numbers, "timestamp": times.astype("M8[us]"), "string": strings}
    more = {**kept, "timestamp": everything["timestamp"], "string": everything["string"]}
    numpy.savez(place("a.npz"), **arrays)
    note("a.npz", "npz", more)
    numpy.savez_compressed(place("deflated.npz"), **arrays)
    note("deflated.npz", "npz", more)

    matrix = numpy.arange(12, dtype="float32").reshape(4, 3)
    for name, array in {"matrix.npy": matrix, "fortran.npy": numpy.asfortranarray(matrix)}.items():
        numpy.save(place(name), array)
        lists = {name[:-4]: ("jagged", [0, 3, 6, 9, 12], flat(matrix.ravel()))}
        note(name, "npy", lists)
        columns = {f"{name[:-4]}_{i}": flat(matrix[:, i]) for i in range(3)}
        note(name, "npy", columns, {"matrix": "columns"})

    for name, settings in {"a.h5": {}, "gzip.h5": {"compression": "gzip", "shuffle": True, "chunks": (100,)}}.items():
        with h5py.File(place(name), "w") as file:
            for column, values in numbers.items():
                file.create_dataset(column, data=values, **settings)
            file.create_dataset("string", data=everything["string"][1], dtype=h5py.string_dtype())
            lists = file.create_dataset("lists", (len(table),), dtype=h5py.vlen_dtype("float32"))
            for i, values in enumerate(table.column("lists").to_pylist()):
                lists[i] = values
            file.create_dataset("half", data=numpy.arange(len(table)).astype("float16") / 8)
            file.create_dataset("big", data=numbers["int32"].astype(">i4"))
        half = ("flat", "float32", (numpy.arange(len(table)).astype("float16") / 8).astype("float32"))
        extra = {"half": half, "big": everything["int32"]}
        note(name, "hdf5", {**kept, **{k: everything[k] for k in ("string", "lists")}, **extra})
    with h5py.File(place("compound.h5"), "w") as file:
        file.create_dataset("table", data=record)
    note("compound.h5", "hdf5", kept)

    plain = table.select([name for name in table.column_names if everything[name][0] in ("flat", "string")])
    pyarrow.csv.write_csv(plain, place("a.csv"))
    types = {name: everything[name][1] if everything[name][0] == "flat" else "string" for name in plain.column_names}
    note("a.csv", "csv", {name: everything[name] for name in types}, {"types": types})

    features = numpy.stack([numbers["float64"], numbers["float32"].astype("float64")], axis=1)
    # It writes 16 digits, one too few for some doubles, and leaves out -0.
    features = numpy.where(numpy.isfinite(features), numpy.round(features, 6) + 0.0, 0.25)
    label = numbers["bool"].astype("float64")
    svm = {"label": flat(label), "x1": flat(features[:, 0]), "x2": flat(features[:, 1])}
    dump_svmlight_file(features, label, place("one.svm"), zero_based=False)
    note("one.svm", "libsvm", svm)
    dump_svmlight_file(features, label, place("zero.svm"))
    note("zero.svm", "libsvm", {"label": svm["label"], "x0": svm["x1"], "x1": svm["x2"]})

    jagged = awkward.unflatten(everything["lists"][2][2], numpy.diff(everything["lists"][1]))
    trees = {**numbers, "lists": jagged}
    with uproot.recreate(place("tree.root")) as file:
        tree = file.mktree("events", {k: ("var * float32" if k == "lists" else v.dtype) for k, v in trees.items()})
        tree.extend(trees)
    note("tree.root", "root", {**kept, "lists": everything["lists"]})
    return written


if sys.argv[1] == "read":
    answers = [
        {name: hash_column(name, column) for name, column in read(request).items()} for request in json.load(sys.stdin)
    ]
    print(json.dumps(answers))
else:
    print(json.dumps(write(sys.argv[2])))

"""Reads and writes tables of float32 with pyarrow, h5py, NumPy, scikit-learn and uproot; JSON lines in and out."""

import hashlib
import json
import os
import sys
import time

import h5py
import numpy
import pyarrow
import pyarrow.csv
import pyarrow.feather
import pyarrow.parquet
import sklearn
import uproot
from sklearn.datasets import dump_svmlight_file, load_svmlight_file

NAMES = [f"f{i:02d}" for i in range(28)]
table = {}


def generate(events):
    """28 columns, half of them with 12 bits of mantissa, as detectors digitise."""
    random = numpy.random.default_rng(3)
    for i, name in enumerate(NAMES):
        values = random.normal(size=events).astype("float32")
        if i % 2:
            values = (values.view("uint32") & 0xFFFFF800).view("float32")
        table[name] = values


def read(kind, path):
    if kind == "parquet":
        read_table = pyarrow.parquet.read_table(path)
        return {name: read_table.column(name).to_numpy() for name in NAMES}
    if kind == "arrow":
        read_table = pyarrow.feather.read_table(path, memory_map=False)
        return {name: read_table.column(name).to_numpy() for name in NAMES}
    if kind == "csv":
        options = pyarrow.csv.ConvertOptions(column_types={name: pyarrow.float32() for name in NAMES})
        read_table = pyarrow.csv.read_csv(path, convert_options=options)
        return {name: read_table.column(name).to_numpy() for name in NAMES}
    if kind == "hdf5":
        with h5py.File(path) as file:
            return {name: file[name][:] for name in NAMES}
    if kind == "npz":
        with numpy.load(path) as file:
            return {name: file[name] for name in NAMES}
    if kind == "libsvm":
        matrix, _ = load_svmlight_file(path, n_features=28, zero_based=False, dtype="float64")
        matrix = matrix.toarray()
        return {name: matrix[:, i].astype("float32") for i, name in enumerate(NAMES)}
    with uproot.open(path) as file:
        return file["events"].arrays(NAMES, library="np")


def write(kind, path, events):
    columns = {name: table[name][:events] for name in NAMES}
    if kind == "parquet":
        pyarrow.parquet.write_table(pyarrow.table(columns), path, compression="zstd")
    elif kind == "arrow":
        pyarrow.feather.write_feather(pyarrow.table(columns), path, compression="uncompressed")
    elif kind == "csv":
        pyarrow.csv.write_csv(pyarrow.table(columns), path)
    elif kind == "hdf5":
        with h5py.File(path, "w") as file:
            for name, values in columns.items():
                file.create_dataset(name, data=values, chunks=(65536,))
    elif kind == "npz":
        numpy.savez(path, **columns)
    elif kind == "libsvm":
        matrix = numpy.stack([columns[name] for name in NAMES], axis=1).astype("float64")
        dump_svmlight_file(matrix, numpy.zeros(events), path, zero_based=False)
    else:
        with uproot.recreate(path, compression=uproot.ZSTD(5)) as file:
            tree = file.mktree("events", {name: "float32" for name in NAMES})
            for start in range(0, events, 131072):
                tree.extend({name: values[start : start + 131072] for name, values in columns.items()})


def checksums(columns):
    return [hashlib.sha256(numpy.ascontiguousarray(columns[name]).tobytes()).hexdigest() for name in NAMES]


def answer(request):
    kind, path = request.get("kind"), request.get("path")
    if request["op"] == "prepare":
        generate(request["events"])
        table_path = request["raw"]
        numpy.concatenate([table[name] for name in NAMES]).tofile(table_path)
        return {"version": f"pyarrow {pyarrow.__version__}, h5py {h5py.__version__}, NumPy {numpy.__version__}, "
                f"scikit-learn {sklearn.__version__}, uproot {uproot.__version__}"}
    if request["op"] == "checksum":
        return {"checksums": checksums(read(kind, path))}
    cpu, started = time.process_time(), time.perf_counter()
    if request["op"] == "read":
        columns = read(kind, path)
    else:
        if os.path.exists(path):
            os.remove(path)
        write(kind, path, request["events"])
        columns = None
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    return {"seconds": seconds, "cpu": cpu, "checksums": None if columns is None else checksums(columns)}


for line in sys.stdin:
    try:
        reply = answer(json.loads(line))
    except Exception as error:  # passed on to the caller, which stops
        reply = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(reply), flush=True)

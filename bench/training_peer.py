"""Keras on the events, initial weights and optimiser that a benchmark hands over; JSON lines in, JSON lines out."""

import json
import sys
import time
from pathlib import Path

import keras
import numpy

state = {}


def load(request):
    folder = Path(request["folder"])
    read = lambda name: numpy.fromfile(folder / name, dtype="<f4")
    widths = [request["features"], *request["hidden"], 1]
    layers = [keras.layers.Dense(width, activation="relu") for width in request["hidden"]]
    model = keras.Sequential([keras.Input((request["features"],)), *layers, keras.layers.Dense(1)])
    values, initial = read("weights.f32"), []
    for inputs, outputs in zip(widths, widths[1:]):
        kernel, bias, values = numpy.split(values, [inputs * outputs, (inputs + 1) * outputs])
        initial += [kernel.reshape(inputs, outputs), bias]
    model.compile(
        optimizer=keras.optimizers.Adam(request["learningRate"]),
        loss=keras.losses.BinaryCrossentropy(from_logits=True),
    )
    matrix, labels = read("matrix.f32").reshape(-1, request["features"]), read("labels.f32")
    state.update(model=model, initial=initial, matrix=matrix, labels=labels)
    return {"version": keras.__version__}


def fit(request):
    """Seconds of one epoch from the initial weights, and its mean loss."""
    model = state["model"]
    model.set_weights(state["initial"])
    rate = float(model.optimizer.learning_rate)
    for variable in model.optimizer.variables:
        variable.assign(numpy.zeros(variable.shape))
    model.optimizer.learning_rate = rate
    cpu, before = time.process_time(), time.perf_counter()
    history = model.fit(state["matrix"], state["labels"], batch_size=request["batch"], epochs=1, verbose=0)
    seconds, cpu = time.perf_counter() - before, time.process_time() - cpu
    return {"seconds": seconds, "cpu": cpu, "loss": history.history["loss"][0]}


for line in sys.stdin:
    request = json.loads(line)
    try:
        reply = {"load": load, "fit": fit}[request["op"]](request)
    except Exception as error:  # passed on to the caller, which stops
        reply = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(reply), flush=True)

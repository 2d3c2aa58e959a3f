"""ONNX Runtime on an exported model, on one thread; JSON lines in, JSON lines out."""

import json
import sys
import time

import numpy
import onnxruntime

sessions = {}


def load(request):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(request["file"], options, providers=["CPUExecutionProvider"])
    events = numpy.fromfile(request["events"], dtype="<f4").reshape(-1, request["features"])
    sessions[request["name"]] = (session, session.get_inputs()[0].name, events)
    return {"version": onnxruntime.__version__}


def predict(request):
    """Seconds a call, in calls of `batch` events over the first `events`, and all scores."""
    session, name, events = sessions[request["name"]]
    seconds, scores = [], []
    cpu = time.process_time()
    for start in range(0, request["events"], request["batch"]):
        batch = events[start : start + request["batch"]]
        before = time.perf_counter()
        (score,) = session.run(None, {name: batch})
        seconds.append(time.perf_counter() - before)
        scores.append(score.ravel())
    cpu = (time.process_time() - cpu) / len(seconds)
    return {"seconds": float(numpy.median(seconds)), "cpu": cpu, "scores": numpy.concatenate(scores).tolist()}


for line in sys.stdin:
    request = json.loads(line)
    try:
        reply = {"load": load, "predict": predict}[request["op"]](request)
    except Exception as error:  # passed on to the caller, which stops
        reply = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(reply), flush=True)

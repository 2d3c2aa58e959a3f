"""scikit-learn's ROC curve and area on the same events, on one thread; JSON lines in, JSON lines out."""

import json
import sys
import time

import numpy
import sklearn
from sklearn.metrics import auc, roc_auc_score, roc_curve

sample = {}


def load(request):
    for name in ("scores", "weights"):
        sample[name] = numpy.fromfile(request[name], dtype="<f8")
    sample["labels"] = numpy.fromfile(request["labels"], dtype="u1")
    return {"version": sklearn.__version__}


def curve(request):
    n, weighted = request["events"], request["weighted"]
    weights = sample["weights"][:n] if weighted else None
    fpr, tpr, _ = roc_curve(sample["labels"][:n], sample["scores"][:n], sample_weight=weights, drop_intermediate=False)
    return [float(auc(fpr, tpr)), float(numpy.interp(0.5, tpr, fpr))]


def bootstrap(request):
    """Poisson bootstrap as one writes it with scikit-learn: weights of each replica, then its area."""
    n = request["events"]
    rng = numpy.random.default_rng(1)
    labels, scores, weights = (sample[name][:n] for name in ("labels", "scores", "weights"))
    areas = [roc_auc_score(labels, scores, sample_weight=weights * rng.poisson(1, n)) for _ in range(request["replicas"])]
    return [float(roc_auc_score(labels, scores, sample_weight=weights)), float(numpy.std(areas, ddof=1))]


def timed(work):
    def measure(request):
        cpu, before = time.process_time(), time.perf_counter()
        result = work(request)
        return {"seconds": time.perf_counter() - before, "cpu": time.process_time() - cpu, "result": result}

    return measure


for line in sys.stdin:
    request = json.loads(line)
    try:
        reply = {"load": load, "curve": timed(curve), "bootstrap": timed(bootstrap)}[request["op"]](request)
    except Exception as error:  # passed on to the caller, which stops
        reply = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(reply), flush=True)

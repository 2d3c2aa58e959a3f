"""What Python's onnx and onnxruntime say about an exported file.

Usage: onnx_oracle.py MODEL.onnx EVENTS.f32 SCORES.f32   (float32, little endian; events row-major)
Prints one JSON object; fails when the checker or strict shape inference does.
"""

import json
import sys

import numpy as np
import onnx
import onnxruntime


def shape(value):
    return [d.dim_param or d.dim_value for d in value.type.tensor_type.shape.dim]


path, events_path, scores_path = sys.argv[1:]
model = onnx.load(path)
onnx.checker.check_model(model, full_check=True)
onnx.shape_inference.infer_shapes(model, strict_mode=True, data_prop=True)

[graph_input], [graph_output] = model.graph.input, model.graph.output
events = np.fromfile(events_path, np.float32).reshape(-1, shape(graph_input)[1])
expected = np.fromfile(scores_path, np.float32)
session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
scores = session.run(None, {graph_input.name: events})[0]
single = np.concatenate([session.run(None, {graph_input.name: row[None]})[0] for row in events[:100]])

print(json.dumps({
    "ir": model.ir_version,
    "opsets": {o.domain: o.version for o in model.opset_import},
    "producer": [model.producer_name, model.producer_version],
    "input": [graph_input.name, shape(graph_input)],
    "output": [graph_output.name, shape(graph_output)],
    "metadata": {p.key: p.value for p in model.metadata_props},
    "operators": [n.op_type for n in model.graph.node],
    "resultShape": list(scores.shape),
    "finite": bool(np.isfinite(scores).all()),
    "maxDifference": float(np.abs(scores[:, 0] - expected).max()),
    "maxDifferenceSingle": float(np.abs(single[:, 0] - expected[:100]).max()),
}))

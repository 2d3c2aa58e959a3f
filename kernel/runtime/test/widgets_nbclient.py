"""Executes a notebook of widgets as nbconvert --execute does, and looks at what the file then holds."""

import base64
import sys

import nbformat
from nbclient import NotebookClient
from nbconvert import HTMLExporter

STATE = "application/vnd.jupyter.widget-state+json"
VIEW = "application/vnd.jupyter.widget-view+json"
CELLS = [
    "import { interact, progress, widgets } from '@cygnet/kernel/widgets';",
    "const slider = widgets.intSlider({ value: 3, description: 'cut' }); slider",
    "for (let value = 1; value <= 42; value += 1) slider.value = value;",
    "const out = widgets.output(); out.capture(() => console.log('captured')); out",
    "for (const round of progress(5, { label: 'loop' })) console.log('round', round);",
    "widgets.image({ value: new Uint8Array([1, 2, 3]) })",
    "interact(({ x }) => `x is ${x}`, { x: [0, 10] });",
]

notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code) for code in CELLS])
NotebookClient(notebook, kernel_name="cygnet", timeout=90).execute()
nbformat.validate(notebook)
saved = notebook.metadata.widgets[STATE]
models = saved["state"]
cells = notebook.cells


def shown(index, mime=VIEW):
    return next(output.data[mime] for output in cells[index].outputs if "data" in output and mime in output.data)


def model(index):
    return models[shown(index)["model_id"]]


assert saved["version_major"] == 2, saved
slider = model(1)
assert (slider["model_name"], slider["model_module"]) == ("IntSliderModel", "@jupyter-widgets/controls"), slider
assert slider["state"]["value"] == 42, slider
assert slider["state"]["layout"].removeprefix("IPY_MODEL_") in models, slider
assert shown(1, "text/plain") == "IntSlider(value: 3)", cells[1].outputs

captured = model(3)
assert captured["state"]["outputs"] == [{"output_type": "stream", "name": "stdout", "text": "captured\n"}], captured

texts = [output.data["text/plain"] for output in cells[4].outputs if "data" in output]
assert len(texts) == 1 and texts[0].startswith("loop ████████████████████ 5 of 5 in"), cells[4].outputs
assert not any(VIEW in output.get("data", {}) for output in cells[4].outputs), cells[4].outputs

image = model(5)
assert [base64.b64decode(buffer["data"]) for buffer in image["buffers"]] == [b"\x01\x02\x03"], image

areas = [one["state"]["outputs"] for one in models.values() if one["model_name"] == "OutputModel"]
assert any(area and area[0].get("data", {}).get("text/plain") == "'x is 5'" for area in areas), areas

page, _ = HTMLExporter().from_notebook_node(notebook)
assert f'<script type="{STATE}">' in page and f'<script type="{VIEW}">' in page
print("widgets of", len(models), "models", file=sys.stderr)

"""Drives any Jupyter kernel as a front end does; JSON lines in, JSON lines out."""

import json
import queue
import sys
import time

import ipykernel
import psutil
from jupyter_client.manager import KernelManager


class Driven:
    """One kernel at a time, from its launch to its shutdown."""

    def launch(self, kernel):
        start = time.perf_counter()
        self.manager = KernelManager(kernel_name=kernel)
        self.manager.start_kernel()
        self.client = self.manager.blocking_client()
        self.client.start_channels()
        self.client.kernel_info()
        info = self.client.get_shell_msg(timeout=120)["content"]
        ready = time.perf_counter() - start
        self.subscribe()
        self.process = psutil.Process(self.manager.provisioner.process.pid)
        ready_cpu = self.cpu()
        return {"ready": ready, "ready_cpu": ready_cpu, "language": info["language_info"]["name"]}, start

    def subscribe(self):
        """A kernel drops what it publishes before the subscription has reached it, so ask until something arrives."""
        while True:
            self.client.kernel_info()
            self.client.get_shell_msg(timeout=120)
            try:
                self.client.get_iopub_msg(timeout=0.02)
                return
            except queue.Empty:
                continue

    def cpu(self):
        processes = [self.process, *self.process.children(recursive=True)]
        return sum(sum(p.cpu_times()[:2]) for p in processes)

    def execute(self, code):
        """Seconds from the request to both the reply and `idle`, and what the cell showed."""
        start = time.perf_counter()
        message = self.client.execute(code)
        shown = ""
        while True:
            seen = self.client.get_iopub_msg(timeout=120)
            if seen["parent_header"].get("msg_id") != message:
                continue
            content = seen["content"]
            if seen["msg_type"] == "stream":
                shown += content["text"]
            elif seen["msg_type"] == "execute_result":
                shown += content["data"]["text/plain"]
            elif seen["msg_type"] == "error":
                raise RuntimeError(f"{content['ename']}: {content['evalue']} in {code!r}")
            elif seen["msg_type"] == "status" and content["execution_state"] == "idle":
                break
        self.client.get_shell_msg(timeout=120)
        return time.perf_counter() - start, shown.strip()

    def run(self, kernel, first, cells):
        facts, start = self.launch(kernel)
        try:
            _, shown = self.execute(first)
            facts["first"] = time.perf_counter() - start
            facts["first_cpu"] = self.cpu()
            facts["first_shown"] = shown
            before = self.cpu()
            timed = [self.execute(cell) for cell in cells]
            facts["cell_cpu"] = (self.cpu() - before) / max(1, len(cells))
            facts["cells"] = [seconds for seconds, _ in timed]
            facts["cells_shown"] = [text for _, text in timed]
            facts["memory_bytes"] = self.process.memory_info().rss
            return facts
        finally:
            self.client.stop_channels()
            self.manager.shutdown_kernel()


for line in sys.stdin:
    request = json.loads(line)
    try:
        if request["op"] == "version":
            reply = {"ipykernel": ipykernel.__version__}
        else:
            reply = Driven().run(request["kernel"], request["first"], request["cells"])
    except Exception as error:  # passed on to the caller, which stops
        reply = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(reply), flush=True)

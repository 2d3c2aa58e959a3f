"""Drives any Jupyter kernel as a front end does; JSON lines in, JSON lines out."""

import json
import queue
import re
import sys
import time
from pathlib import Path

import ipykernel
import psutil
from jupyter_client.manager import KernelManager


COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class Driven:
    """One kernel at a time, from its launch to its shutdown."""

    def launch(self, kernel):
        """
        A kernel that never answers its first message is launched again, and only the launch that works is timed: tslab's
        falls silent now and then, when the message comes before its sockets are bound.
        """
        for _ in range(4):
            start = time.perf_counter()
            self.manager = KernelManager(kernel_name=kernel)
            self.manager.start_kernel()
            self.client = self.manager.blocking_client()
            self.client.start_channels()
            self.client.kernel_info()
            info = self.first_answer()
            if info is not None:
                break
            self.client.stop_channels()
            self.manager.shutdown_kernel(now=True)
        else:
            raise RuntimeError(f"The kernel {kernel} was launched four times and never answered.")
        ready = time.perf_counter() - start
        self.subscribe()
        self.process = psutil.Process(self.manager.provisioner.process.pid)
        ready_cpu = self.cpu()
        return {"ready": ready, "ready_cpu": ready_cpu, "language": info["language_info"]["name"]}, start

    def first_answer(self):
        """What the kernel says of itself; None when it does not."""
        try:
            return self.client.get_shell_msg(timeout=30)["content"]
        except queue.Empty:
            return None

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
        while (text := self.output_of(message, code, timeout=120)) is not None:
            shown += text
        self.client.get_shell_msg(timeout=120)
        seconds = time.perf_counter() - start
        if shown == "":  # Deno's kernel says that it is idle before some of its outputs
            try:
                shown = self.output_of(message, code, timeout=0.5) or ""
            except queue.Empty:
                pass  # nothing was shown
        return seconds, COLOUR.sub("", shown).strip()

    def output_of(self, message, code, timeout):
        """The next text that a request shows; None when it is done."""
        while True:
            seen = self.client.get_iopub_msg(timeout=timeout)
            if seen["parent_header"].get("msg_id") != message:
                continue
            content = seen["content"]
            if seen["msg_type"] == "stream":
                return content["text"]
            if seen["msg_type"] == "execute_result":
                return content["data"]["text/plain"]
            if seen["msg_type"] == "error":
                raise RuntimeError(f"{content['ename']}: {content['evalue']} in {code!r}")
            if seen["msg_type"] == "status" and content["execution_state"] == "idle":
                return None

    def complete(self, code):
        """Seconds from the request to the reply, and how many completions came."""
        start = time.perf_counter()
        self.client.complete(code)
        content = self.client.get_shell_msg(timeout=120)["content"]
        return time.perf_counter() - start, len(content["matches"])

    def memory(self):
        """Bytes that the kernel's processes hold: resident, and with shared pages counted in parts."""
        full = [p.memory_full_info() for p in [self.process, *self.process.children(recursive=True)]]
        return sum(m.rss for m in full), sum(getattr(m, "pss", m.uss) for m in full)

    def run(self, kernel, first, cells, complete=(), settle=0):
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
            completed = [self.complete(code) for code in complete]
            facts["completions"] = [seconds for seconds, _ in completed]
            facts["matches"] = [count for _, count in completed]
            time.sleep(settle)
            facts["resident_bytes"], facts["proportional_bytes"] = self.memory()
            return facts
        finally:
            self.client.stop_channels()
            self.manager.shutdown_kernel()


for line in sys.stdin:
    request = json.loads(line)
    try:
        if request["op"] == "version":
            tslab = Path(__file__).parent / "../node_modules/tslab/package.json"
            reply = {"ipykernel": ipykernel.__version__, "tslab": json.loads(tslab.read_text())["version"]}
        else:
            del request["op"]
            reply = Driven().run(**request)
    except Exception as error:  # passed on to the caller, which stops
        reply = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(reply), flush=True)

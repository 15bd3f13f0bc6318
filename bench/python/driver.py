"""The process of a program in Python: python3 driver.py MODULE CLASS. It answers the requests of src/run/channel.ts."""
import importlib
import json
import os
import sys
import time

import numpy as np
from threadpoolctl import threadpool_info


def handle(request, state):
    if request["kind"] == "load":
        make_program = getattr(importlib.import_module(sys.argv[1]), sys.argv[2])
        state["program"] = program = make_program(Job(request["job"]))
        libraries = getattr(program, "libraries", None) or open_blas()
        return {"version": str(program.version), "libraries": libraries}
    program = state["program"]
    if request["kind"] == "run":
        return {"seconds": mean_seconds(program, request["minSeconds"])}
    outcome = program.result()
    np.asarray(outcome.pop("params"), dtype=np.float64).ravel().tofile(request["out"])
    return outcome


def mean_seconds(program, min_seconds):
    """Repeats runs until `min_seconds` have been timed, at least once: mean seconds of a run."""
    elapsed, counted, runs = 0.0, 0.0, 0
    while runs == 0 or elapsed < min_seconds:
        program.reset()
        began = time.perf_counter()
        program.run()
        seconds = time.perf_counter() - began
        elapsed += seconds
        counted += program.seconds() if hasattr(program, "seconds") else seconds
        runs += 1
    return counted / runs


def open_blas():
    """Each OpenBLAS in this process, with its version and its kernel."""
    found = [info for info in threadpool_info() if info["internal_api"] == "openblas"]
    return sorted({f"OpenBLAS {info['version']} {info['architecture']}" for info in found})


class Job:
    """Tables as arrays, settings by name."""

    def __init__(self, job):
        self.tables = job["tables"]
        self.settings = job["settings"]

    def table(self, name, dtype=None):
        table = self.tables[name]
        values = np.fromfile(table["path"], dtype=table["elementType"])
        if table["columns"] > 1:
            values = values.reshape(table["rows"], table["columns"])
        return values if dtype is None else values.astype(dtype)

    def path(self, name):
        return self.tables[name]["path"]

    def __getitem__(self, name):
        return self.settings[name]


def main():
    replies = os.fdopen(3, "w", buffering=1)
    state = {}
    for line in sys.stdin:
        try:
            reply = handle(json.loads(line), state)
        except Exception as error:  # the report shows the message of any library as the reason
            reply = {"error": str(error).split("\n")[0] or type(error).__name__}
        replies.write(json.dumps(reply) + "\n")


if __name__ == "__main__":
    main()

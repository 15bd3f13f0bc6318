"""The other end of the line, for contestants in Python: python3 driver.py MODULE CLASS."""
import importlib
import json
import os
import sys
import time

import numpy as np
from threadpoolctl import threadpool_info


def follow(request, state):
    if request["do"] == "prepare":
        contestant = getattr(importlib.import_module(sys.argv[1]), sys.argv[2])
        state["contestant"] = contestant = contestant(Job(request["job"]))
        libraries = getattr(contestant, "libraries", None) or open_blas()
        return {"version": str(contestant.version), "libraries": libraries}
    contestant = state["contestant"]
    if request["do"] == "run":
        return {"seconds": mean_seconds(contestant, request["least"])}
    outcome = contestant.result()
    np.asarray(outcome.pop("params"), dtype=np.float64).ravel().tofile(request["out"])
    return outcome


def mean_seconds(contestant, least):
    """Of as many runs as take `least` seconds together, one at least."""
    spent, counted, runs = 0.0, 0.0, 0
    while runs == 0 or spent < least:
        contestant.reset()
        began = time.perf_counter()
        contestant.run()
        seconds = time.perf_counter() - began
        spent += seconds
        counted += contestant.seconds() if hasattr(contestant, "seconds") else seconds
        runs += 1
    return counted / runs


def open_blas():
    """Each OpenBLAS that this process has loaded, with its version and the kernel that it runs."""
    found = [info for info in threadpool_info() if info["internal_api"] == "openblas"]
    return sorted({f"OpenBLAS {info['version']} {info['architecture']}" for info in found})


class Job:
    """Tables as arrays, settings by name."""

    def __init__(self, job):
        self.tables = job["tables"]
        self.settings = job["settings"]

    def table(self, name, dtype=None):
        table = self.tables[name]
        values = np.fromfile(table["path"], dtype=table["element"])
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
            reply = follow(json.loads(line), state)
        except Exception as error:  # whatever a library throws is the reason that the table shows
            reply = {"error": str(error).split("\n")[0] or type(error).__name__}
        replies.write(json.dumps(reply) + "\n")


if __name__ == "__main__":
    main()

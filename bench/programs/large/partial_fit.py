"""scikit-learn's SGDClassifier.partial_fit over a CSV file of makeTable.mjs: python3 partial_fit.py FILE EPOCHS [ROWS]."""
import json
import resource
import sys
import time

import numpy as np
import pandas as pd
from sklearn.linear_model import SGDClassifier
from sklearn.metrics import log_loss

path, epochs = sys.argv[1], int(sys.argv[2])
most = int(sys.argv[3]) if len(sys.argv) > 3 else None
CHUNK = 100_000
numbers = [f"x{k}" for k in range(18)]
cities = [f"city{k}" for k in range(12)]


def features(chunk):
    ages = chunk["age"].to_numpy()
    missing = np.isnan(ages)
    cells = [chunk[numbers].to_numpy(), np.where(missing, 45, ages)[:, None] - 44.5, missing[:, None].astype(float)]
    cells += [(chunk["city"].to_numpy()[:, None] == np.array(cities, dtype=object)).astype(float)]
    return np.hstack(cells), (chunk["answer"] == "yes").to_numpy()


scale = np.array([57.7 if k % 3 == 0 else 0.577 for k in range(18)] + [26.0] + [1.0] * 13)  # the deviations, known from the generator
model = SGDClassifier(loss="log_loss", alpha=1e-6, learning_rate="constant", eta0=0.01, random_state=0)
seconds = []
for _ in range(epochs):
    start = time.perf_counter()
    rows = 0
    for chunk in pd.read_csv(path, chunksize=CHUNK, nrows=most):
        X, y = features(chunk)
        model.partial_fit(X / scale, y, classes=[False, True])
        rows += len(y)
    seconds.append(time.perf_counter() - start)
loss = log_loss(y, model.predict_proba(X / scale))
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"rows": rows, "secondsPerEpoch": seconds, "peakMB": peak, "logLossOfLastChunk": loss, "cpu": time.process_time()}))

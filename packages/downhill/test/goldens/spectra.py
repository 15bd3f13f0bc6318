"""Goldens of src/diagnosis/curvature. Run: /usr/bin/python3 spectra.py > spectra.json

Written by Python 3.11, NumPy 1.24.2 (Debian 12; the versions are stored with the numbers), from the tables of datasets/.
A = [X, 1] / sqrt(n), with X raw, or standardized (minus the mean, divided by the deviation where it is not 0).
The eigenvalues of G = A'A are the squares of the singular values of A, and its eigenvectors are the right singular vectors.
  largest, smallest   the largest eigenvalue, and the smallest one above 1e-20 of the largest
  steepest, flattest  the squares of the entries of their eigenvectors, by column; the last one is that of the intercept
"""
import csv
import json
import platform

import numpy as np


def spectrum(X):
    _, roots, V = np.linalg.svd(np.c_[X, np.ones(len(X))] / np.sqrt(len(X)), full_matrices=False)
    values = roots**2
    last = int(np.sum(values > 1e-20 * values[0])) - 1
    return {
        "largest": values[0],
        "smallest": values[last],
        "steepest": list(V[0] ** 2),
        "flattest": list(V[last] ** 2),
    }


tables = {}
for name in ["breast_cancer", "diabetes", "digits", "iris", "wine"]:
    with open(f"../../../../datasets/{name}.csv") as file:
        X = np.array([row[:-1] for row in list(csv.reader(file))[1:]], dtype=float)
    deviation = X.std(axis=0)
    deviation[deviation == 0] = 1
    tables[name] = {"raw": spectrum(X), "standardized": spectrum((X - X.mean(axis=0)) / deviation)}

versions = {"python": platform.python_version(), "numpy": np.__version__}
print(json.dumps({"versions": versions, "tables": tables}))

"""Golden of src/data/correlations.ts. Run: /usr/bin/python3 correlations.py > correlations.json

Written by Python 3.11 and NumPy 1.24.2 (Debian 12; the versions are stored with the numbers).
Pearson correlations of the columns of X: numpy.corrcoef(X, rowvar=False).
"""
import json
import platform

import numpy as np

draw = np.random.RandomState(7)
X = np.round(draw.normal(size=(30, 4)) @ draw.normal(size=(4, 4)) + 100, 6)
versions = {"python": platform.python_version(), "numpy": np.__version__}
golden = {"versions": versions, "columns": X.T.tolist(), "correlations": np.corrcoef(X, rowvar=False).tolist()}
print(json.dumps(golden, separators=(",", ":")))

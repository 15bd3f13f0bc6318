"""Held-out scores of plain scikit-learn pipelines on every 500th row of flights-3m.parquet of vega-datasets. Run in the root of the
repository (10 seconds):

    /usr/bin/python3 packages/cli/test/goldens/flights.py > packages/cli/test/goldens/flights.json

Written by Python 3.11, pandas 1.5.3, scikit-learn 1.2.1 (Debian 12; the versions are stored with the scores) and vega-datasets
3.2.1. DuckDB of this repository reads the Parquet file, because these packages cannot.

The pipeline standardizes the distance, encodes the airports one-hot (unseen ones are ignored), and has the minutes since the first
flight, standardized. The score is the mean of R² over 10 splits; a row is a test row of split s if mix(20 row + s) is divisible by 5.
"""
import io
import json
import platform
import subprocess
from pathlib import Path

import numpy as np
import pandas as pd
import sklearn
from sklearn.compose import ColumnTransformer
from sklearn.linear_model import LinearRegression, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

SPLITS = 10
STEP = 500
PACKAGE = Path("node_modules/vega-datasets")
PROGRAM = """
const { DuckDBInstance } = require("@duckdb/node-api");
(async () => {
  const connection = await (await DuckDBInstance.create()).connect();
  await connection.run(`COPY (SELECT epoch_ms(date) AS date, delay, distance, origin, destination FROM read_parquet('FILE', file_row_number = true)
    WHERE file_row_number % STEP = 0 ORDER BY file_row_number) TO '/dev/stdout' (FORMAT csv)`);
})();
"""


def mix(x):
    """The finalizer of MurmurHash3 for 32 bits."""
    x = np.asarray(x, dtype=np.uint64)
    mask = np.uint64(0xFFFFFFFF)
    x = ((x ^ (x >> np.uint64(16))) * np.uint64(0x85EBCA6B)) & mask
    x = ((x ^ (x >> np.uint64(13))) * np.uint64(0xC2B2AE35)) & mask
    return x ^ (x >> np.uint64(16))


program = PROGRAM.replace("FILE", str(PACKAGE / "data/flights-3m.parquet")).replace("STEP", str(STEP))
table = pd.read_csv(io.StringIO(subprocess.run(["node", "-e", program], check=True, capture_output=True, text=True).stdout))
y = table.pop("delay")
columns = ColumnTransformer([
    ("numbers", StandardScaler(), ["date", "distance"]),
    ("airports", OneHotEncoder(handle_unknown="ignore"), ["origin", "destination"]),
])
scores = {}
for name, model in {"LinearRegression": LinearRegression(), "Ridge": Ridge(alpha=1.0)}.items():
    each = []
    for split in range(SPLITS):
        test = mix(np.arange(len(y)) * 20 + split) % np.uint64(5) == 0
        pipeline = make_pipeline(columns, model)
        pipeline.fit(table[~test], y[~test])
        each.append(pipeline.score(table[test], y[test]))
    scores[name] = float(np.mean(each))
versions = {"python": platform.python_version(), "pandas": pd.__version__, "scikit-learn": sklearn.__version__,
            "vega-datasets": json.loads((PACKAGE / "package.json").read_text())["version"]}
print(json.dumps({"versions": versions, "splits": SPLITS, "step": STEP, "rows": len(y), "scores": scores}, separators=(",", ":")))

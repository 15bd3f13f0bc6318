"""Held-out scores of plain scikit-learn pipelines on tables of vega-datasets. Run, in the root of the repository:

    /usr/bin/python3 packages/downhill/test/realTables/realTables.py > packages/downhill/test/realTables/realTables.json

It takes about a minute. Written by Python 3.11, pandas 1.5.3, scikit-learn 1.2.1 (Debian 12; the versions are stored with the
scores) and vega-datasets 3.2.1.

A pipeline imputes numbers with the median and standardizes them; text gets the category "missing" for missing cells and is encoded
one-hot (unseen categories are ignored). The model is LogisticRegression (C = 1), scored by accuracy, or Ridge (alpha = 1),
scored by R². Columns of text that differ in more than half of the rows are dropped, as anyone would do.

A row is a test row of split s if mix(20 row + s) is divisible by 5, so that the same rows are test rows in the test.
"""
import json
import platform
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import sklearn
from sklearn.compose import ColumnTransformer
from sklearn.exceptions import ConvergenceWarning
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

warnings.simplefilter("ignore", ConvergenceWarning)
DATA = Path("node_modules/vega-datasets/data")
SPLITS = 20


def mix(x):
    """The finalizer of MurmurHash3 for 32 bits."""
    x = np.asarray(x, dtype=np.uint64)
    mask = np.uint64(0xFFFFFFFF)
    x = ((x ^ (x >> np.uint64(16))) * np.uint64(0x85EBCA6B)) & mask
    x = ((x ^ (x >> np.uint64(13))) * np.uint64(0xC2B2AE35)) & mask
    return x ^ (x >> np.uint64(16))


def scores(table, target, task):
    table = table[table[target].notna()].reset_index(drop=True)
    y = table[target]
    X = table.drop(columns=[target])
    text = [c for c in X.columns if X[c].dtype == object]
    text = [c for c in text if X[c].nunique() <= len(X) / 2]
    numbers = [c for c in X.columns if X[c].dtype != object]
    columns = ColumnTransformer([
        ("numbers", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), numbers),
        ("text", make_pipeline(SimpleImputer(strategy="constant", fill_value="missing"), OneHotEncoder(handle_unknown="ignore")), text),
    ])
    result = []
    for split in range(SPLITS):
        test = mix(np.arange(len(X)) * 20 + split) % np.uint64(5) == 0
        model = make_pipeline(columns, LogisticRegression(max_iter=2000) if task == "classes" else Ridge(alpha=1.0))
        model.fit(X[~test], y[~test])
        result.append(model.score(X[test], y[test]))
    return float(np.mean(result))


def read(file):
    return pd.DataFrame(json.loads((DATA / file).read_text())) if file.endswith(".json") else pd.read_csv(DATA / file, keep_default_na=True, na_values=[""])


# file, target, task, every which row
CASES = [
    ("cars.json", "Miles_per_Gallon", "numbers", 1),
    ("cars.json", "Origin", "classes", 1),
    ("penguins.json", "Species", "classes", 1),
    ("penguins.json", "Body Mass (g)", "numbers", 1),
    ("movies.json", "IMDB Rating", "numbers", 1),
    ("movies.json", "Major Genre", "classes", 3),
    ("birdstrikes.csv", "Wildlife Size", "classes", 4),
    ("la-riots.csv", "type", "classes", 1),
    ("seattle-weather.csv", "weather", "classes", 1),
    ("weather.csv", "temp_max", "numbers", 1),
    ("flights-5k.json", "delay", "numbers", 1),
    ("countries.json", "life_expect", "numbers", 1),
    ("gapminder.json", "fertility", "numbers", 1),
    ("income.json", "pct", "numbers", 1),
    ("jobs.json", "sex", "classes", 3),
    ("political-contributions.json", "Party_Affiliation", "classes", 1),
    ("us-employment.csv", "nonfarm_change", "numbers", 1),
]

cases = []
for file, target, task, step in CASES:
    table = read(file).iloc[::step]
    cases.append({"file": file, "target": target, "task": task, "step": step, "score": scores(table, target, task)})
versions = {"python": platform.python_version(), "pandas": pd.__version__, "scikit-learn": sklearn.__version__,
            "vega-datasets": json.loads((DATA.parent / "package.json").read_text())["version"]}
print(json.dumps({"versions": versions, "splits": SPLITS, "cases": cases}, indent=1))

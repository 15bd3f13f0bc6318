"""Held-out scores of plain scikit-learn pipelines on tables of vega-datasets. Run in the root of the repository (20 seconds):

    /usr/bin/python3 packages/downhill/test/goldens/realTables.py > packages/downhill/test/goldens/realTables.json

Written by Python 3.11, pandas 1.5.3, scikit-learn 1.2.1 (Debian 12; the versions are stored with the
scores) and vega-datasets 3.2.1.

A pipeline imputes numbers with the median and standardizes them; text gets the category "missing" for missing cells and is encoded
one-hot (unseen categories are ignored). The model is LogisticRegression (C = 1), scored by accuracy, or LinearRegression or Ridge
(alpha = 1), scored by R²; the score is the mean over 20 splits. Columns of text that differ in more than half of the rows are dropped.
Where a column has many rare categories ("limited"), the encoder has the limits of our preparation: 64 categories and at least 2 rows each.

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
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

warnings.simplefilter("ignore", ConvergenceWarning)
DATA = Path("node_modules/vega-datasets/data")
SPLITS = 20
MODELS = {"LogisticRegression": LogisticRegression(max_iter=2000), "LinearRegression": LinearRegression(), "Ridge": Ridge(alpha=1.0)}


def mix(x):
    """The finalizer of MurmurHash3 for 32 bits."""
    x = np.asarray(x, dtype=np.uint64)
    mask = np.uint64(0xFFFFFFFF)
    x = ((x ^ (x >> np.uint64(16))) * np.uint64(0x85EBCA6B)) & mask
    x = ((x ^ (x >> np.uint64(13))) * np.uint64(0xC2B2AE35)) & mask
    return x ^ (x >> np.uint64(16))


ENCODERS = {
    "all": OneHotEncoder(handle_unknown="ignore"),
    "limited": OneHotEncoder(handle_unknown="infrequent_if_exist", max_categories=65, min_frequency=2),
}


def mean_score(table, target, model_name, encoder):
    table = table[table[target].notna()].reset_index(drop=True)
    y = table[target]
    X = table.drop(columns=[target])
    text = [c for c in X.columns if X[c].dtype == object]
    text = [c for c in text if X[c].nunique() <= len(X) / 2]
    numbers = [c for c in X.columns if X[c].dtype != object]
    columns = ColumnTransformer([
        ("numbers", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), numbers),
        ("text", make_pipeline(SimpleImputer(strategy="constant", fill_value="missing"), ENCODERS[encoder]), text),
    ])
    result = []
    for split in range(SPLITS):
        test = mix(np.arange(len(X)) * 20 + split) % np.uint64(5) == 0
        model = make_pipeline(columns, MODELS[model_name])
        model.fit(X[~test], y[~test])
        result.append(model.score(X[test], y[test]))
    return float(np.mean(result))


def read(file):
    return pd.DataFrame(json.loads((DATA / file).read_text())) if file.endswith(".json") else pd.read_csv(DATA / file, keep_default_na=True, na_values=[""])


# File, target, the kind of the target, the step between the rows that are used, and the encoder of the categories.
TABLES = [
    ("cars.json", "Miles_per_Gallon", "numbers", 1, "all"),
    ("cars.json", "Origin", "classes", 1, "all"),
    ("penguins.json", "Species", "classes", 1, "all"),
    ("penguins.json", "Body Mass (g)", "numbers", 1, "all"),
    ("movies.json", "IMDB Rating", "numbers", 1, "all"),
    ("movies.json", "Creative Type", "classes", 3, "limited"),
    ("movies.json", "MPAA Rating", "classes", 2, "limited"),
    ("birdstrikes.csv", "Wildlife Size", "classes", 8, "all"),
    ("la-riots.csv", "type", "classes", 1, "all"),
    ("seattle-weather.csv", "weather", "classes", 1, "all"),
    ("weather.csv", "temp_max", "numbers", 3, "all"),
    ("flights-5k.json", "delay", "numbers", 3, "all"),
    ("countries.json", "life_expect", "numbers", 1, "all"),
    ("gapminder.json", "fertility", "numbers", 1, "all"),
    ("income.json", "pct", "numbers", 1, "all"),
    ("political-contributions.json", "Party_Affiliation", "classes", 1, "all"),
    ("us-employment.csv", "nonfarm_change", "numbers", 1, "all"),
]

cases = []
for file, target, kind, step, encoder in TABLES:
    table = read(file).iloc[::step]
    for model in ["LogisticRegression"] if kind == "classes" else ["LinearRegression", "Ridge"]:
        cases.append({"file": file, "target": target, "step": step, "model": model, "encoder": encoder, "score": mean_score(table, target, model, encoder)})
versions = {"python": platform.python_version(), "pandas": pd.__version__, "scikit-learn": sklearn.__version__,
            "vega-datasets": json.loads((DATA.parent / "package.json").read_text())["version"]}
print(json.dumps({"versions": versions, "splits": SPLITS, "cases": cases}, separators=(",", ":")))

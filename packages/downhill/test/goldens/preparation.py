"""Goldens of the preparation of tables. Run: /usr/bin/python3 preparation.py > preparation.json (a second)

Written by Python 3.11, NumPy 1.24.2, SciPy 1.10.1, scikit-learn 1.2.1 (Debian 12; the versions are stored with the numbers).

numbers      SimpleImputer(strategy, add_indicator=True) for three columns, the second without missing cells
categories   OneHotEncoder(handle_unknown="infrequent_if_exist", min_frequency=2, max_categories=...) after missing cells were
             replaced by a category of their own. max_categories of scikit-learn includes the infrequent one.
scaled       StandardScaler of the imputed numbers: mean and scale
quadratic    predictions of LinearRegression after PolynomialFeatures(degree=2), on the training rows and on new rows
splines      predictions of least squares on the natural cubic splines through the knots (SciPy's CubicSpline with the boundary
             condition "natural" and a straight line beyond the knots), and the basis of SplineTransformer with the same
             knots, degree 3 and linear extrapolation: natural splines are some of its combinations
"""
import json
import platform

import numpy as np
import scipy
import sklearn
from scipy.interpolate import CubicSpline
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LinearRegression
from sklearn.preprocessing import OneHotEncoder, PolynomialFeatures, SplineTransformer, StandardScaler

draw = np.random.RandomState(5)
n = 60
X = np.round(draw.normal(0, 1, (n, 3)) * [10, 1, 0.01] + [100, 0, 5], 4)
X[draw.uniform(size=n) < 0.2, 0] = np.nan
X[draw.uniform(size=n) < 0.1, 2] = np.nan
X_new = np.round(draw.normal(0, 1, (8, 3)) * [10, 1, 0.01] + [100, 0, 5], 4)
X_new[1, 0] = X_new[2, 1] = np.nan
numbers = []
for strategy in ["median", "mean", "most_frequent"]:
    imputer = SimpleImputer(strategy=strategy, add_indicator=True).fit(X)
    numbers.append({"strategy": strategy, "train": imputer.transform(X), "new": imputer.transform(X_new)})
imputed = SimpleImputer(strategy="median").fit_transform(X)
scaler = StandardScaler().fit(imputed)

words = np.array([None, "a", "b", "b ", "B", "é", "zz", "10", "9", "once", "x", "y"], dtype=object)
train = words[np.concatenate([draw.choice([0, 1, 2, 4, 5, 6, 7, 8], 70), [9], [10, 11], [10, 11]])]
new = words[[0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11]].tolist() + ["unseen"]
categories = []
for most in [3, 5, 65]:
    filled = [[text or "missing"] for text in train]
    encoder = OneHotEncoder(handle_unknown="infrequent_if_exist", min_frequency=2, max_categories=most, sparse_output=False)
    encoder.fit(filled)
    categories.append({"maxCategories": most, "names": encoder.get_feature_names_out(["c"]).tolist(),
                       "new": encoder.transform([[text or "missing"] for text in new])})

A = np.round(draw.uniform(-2, 3, (n, 3)), 3)
y = np.round(A[:, 0] ** 2 - A[:, 1] * A[:, 2] + np.sin(A[:, 1]) + draw.normal(0, 0.1, n), 4)
A_new = np.round(draw.uniform(-4, 6, (10, 3)), 3)
poly = PolynomialFeatures(degree=2, include_bias=False)
quadratic = LinearRegression().fit(poly.fit_transform(A), y)

x = A[:, 1]
knots = np.quantile(x, [0.05, 0.275, 0.5, 0.725, 0.95])


def natural(t):
    columns = []
    for k in range(len(knots)):
        curve = CubicSpline(knots, np.eye(len(knots))[k], bc_type="natural")
        inside = np.clip(t, knots[0], knots[-1])
        slope = np.where(t < knots[0], curve(knots[0], 1), curve(knots[-1], 1))
        columns.append(curve(inside) + slope * (t - inside))
    return np.stack(columns, 1)


spline = LinearRegression(fit_intercept=False).fit(natural(x), y)
transformer = SplineTransformer(degree=3, knots=knots[:, None], extrapolation="linear").fit(x[:, None])

versions = {"python": platform.python_version(), "numpy": np.__version__, "scipy": scipy.__version__,
            "scikit-learn": sklearn.__version__}
golden = {
    "versions": versions,
    "X": X, "XNew": X_new, "numbers": numbers, "scaled": {"mean": scaler.mean_, "scale": scaler.scale_},
    "train": train.tolist(), "new": new, "categories": categories,
    "A": A, "ANew": A_new, "y": y,
    "quadratic": {"train": quadratic.predict(poly.transform(A)), "new": quadratic.predict(poly.transform(A_new))},
    "splines": {"knots": knots, "train": spline.predict(natural(x)), "new": spline.predict(natural(A_new[:, 1])),
                "basis": transformer.transform(np.concatenate([x, A_new[:, 1]])[:, None])},
}


def plain(value):
    return value.tolist()


print(json.dumps(golden, default=plain, separators=(",", ":")).replace("NaN", "null"))

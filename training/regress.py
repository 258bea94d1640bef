"""A logistic regression over named features, as weights by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

PENALTY = 0.1  # C of the regression
SMALL = 0.01  # weights that are left out


def regress(rows: Sequence[Mapping[str, float]], right: np.ndarray) -> tuple[float, dict[str, float]]:
    """Bias and weight by feature. Measures are scaled before, words are not."""
    vectors = DictVectorizer()
    x = vectors.fit_transform(rows).tocsc()
    names = vectors.get_feature_names_out()
    scale = np.array([1.0 if "=" in name else float(x[:, n].toarray().std()) + 1e-6 for n, name in enumerate(names)])
    found = LogisticRegression(C=PENALTY, max_iter=3000).fit(x.multiply(1 / scale).tocsr(), right)
    weights = found.coef_[0] / scale
    return float(found.intercept_[0]), dict(zip(names.tolist(), weights.tolist(), strict=True))


def round_weights(bias: float, weights: Mapping[str, float]) -> dict[str, Any]:
    """Bias and weights as they are written."""
    return {
        "bias": round(bias, 3),
        "weights": {k: round(v, 3) for k, v in sorted(weights.items()) if abs(v) >= SMALL},
    }

"""What is told of a Lighthouse result."""

from __future__ import annotations

from typing import Any

from tools.lighthouse import not_full, scores


def category(score: float, *weights: int) -> dict[str, Any]:
    return {"score": score, "auditRefs": [{"id": f"a{i}", "weight": weight} for i, weight in enumerate(weights)]}


RESULT = {
    "categories": {
        "performance": category(0.995),
        "accessibility": category(0.99, 1, 1),
        "best-practices": category(1, 0, 0, 1),
        "seo": category(0),
    },
    "audits": {
        "a0": {"id": "a0", "score": 1, "title": "Good"},
        "a1": {"id": "a1", "score": 0.5, "title": "Half", "displayValue": "3 links"},
        "a2": {"id": "a2", "score": None, "title": "Nothing to look at"},
    },
}


def test_scores_are_of_a_hundred() -> None:
    assert scores(RESULT) == {"performance": 100, "accessibility": 99, "best-practices": 100, "seo": 0}


def test_only_audits_that_cost_points_are_told() -> None:
    assert not_full(RESULT) == ["  accessibility: a1 0.50 3 links Half"]

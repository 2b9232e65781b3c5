"""Learns how much the sentences around one count; see ``peer_drift_kit/review/surroundings.py``."""

from collections.abc import Sequence
from itertools import groupby

import numpy as np
from sklearn.linear_model import LogisticRegression

from peer_drift_kit.review.heard import Heard
from peer_drift_kit.review.labels import PRACTICES, SIGNS
from peer_drift_kit.review.surroundings import EACH, SAID_TO_A_ROOM, Surroundings, look_around


def learn_around(
    log_odds: np.ndarray, rooms: np.ndarray, texts: Sequence[str], wanted: np.ndarray
) -> tuple[Surroundings, np.ndarray]:
    """Also tells how likely each label is then.

    ``log_odds`` and ``wanted``: sentences by labels; ``rooms``: what speaks for each being said to
    a room; ``texts``: the text that each stands in.
    """
    heard = [
        [Heard(tuple(log_odds[at]), (), rooms[at], [], frozenset()) for at, _ in group]
        for _, group in groupby(enumerate(texts), key=lambda each: each[1])
    ]
    around = [each for text in heard for each in look_around(text)]
    practices = np.array([one.practices for one, _, _ in around])
    near = np.array([each for _, each, _ in around])
    room = np.array([each for _, _, each in around])
    calibration, in_a_room = [], [0.0] * (1 + len(PRACTICES))
    for at, name in enumerate(PRACTICES):
        columns = [log_odds[:, len(SIGNS) + at] + EACH * near]
        if name == SAID_TO_A_ROOM:
            others = [other for other in range(len(PRACTICES)) if other != at]
            columns += [room, *(room * practices[:, other] for other in others)]
        weights, shift = never_less(np.stack(columns, axis=1), wanted[:, len(SIGNS) + at])
        calibration.append([weights[0], shift])
        if name == SAID_TO_A_ROOM:
            in_a_room[0] = weights[1]
            for other, weight in zip(others, weights[2:], strict=True):
                in_a_room[1 + other] = weight
    found = Surroundings(np.round(calibration, 4).tolist(), np.round(in_a_room, 4).tolist())
    return found, np.array([each.likely for text in heard for each in found.listen(text)])


def never_less(rows: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, float]:
    """Weights that are never less than 0, and a shift: what would speak against is left out."""
    kept = np.arange(rows.shape[1])
    while True:
        model = LogisticRegression(C=1.0, max_iter=1000).fit(rows[:, kept], wanted)
        weights = model.coef_[0]
        if weights.min() >= 0:
            found = np.zeros(rows.shape[1])
            found[kept] = weights
            return found, float(model.intercept_[0])
        kept = np.delete(kept, weights.argmin())

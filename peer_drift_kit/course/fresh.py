"""Makes Formgrader look at the gradebook again.

It keeps one session for as long as the server runs, and shows what it read first, whatever a
command has written since.
"""

from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor
from sqlalchemy.orm import close_all_sessions

__all__ = ["LooksAgain"]


class LooksAgain(NbGraderPreprocessor):  # type: ignore[misc]
    """Forgets what is known of the gradebook whenever a learner's page is made.

    Formgrader's page asks for points and comments after it has loaded, so it gets them as they are.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        close_all_sessions()
        return nb, resources

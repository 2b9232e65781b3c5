"""nbgrader's side: it reads what learners hand in, and runs none of it.

The stock ``nbgrader`` commands and Formgrader do the work one learner at a time; ``configure``
hands them our parts. The commands of ``peer-drift course`` use the same parts for a whole cohort:

- a course: :mod:`.folder`, :mod:`.settings`, :mod:`.release`, :mod:`.roster`
- what comes in: :mod:`.collect` (the exchange), :mod:`.from_zips` with :mod:`.packages` and
  :mod:`.whose`
- what is read: :mod:`.handed_in`, :mod:`.rebuild`, :mod:`.suggestion`, :mod:`.rubric`,
  :mod:`.marks`, :mod:`.prefill`, and all of them :mod:`.review_all`
- what goes back: :mod:`.confirmed`, :mod:`.page`, :mod:`.feedback`, and :mod:`.circle`
- what is told of it: :mod:`.standing`, :mod:`.status`, :mod:`.export`, :mod:`.challenges`

Nothing here reads a learner's private journal (an import contract holds it), and ``import
peer_drift_kit.course`` needs no nbgrader: nbgrader itself loads the parts, by name.
"""

from .settings import configure

__all__ = ["configure"]

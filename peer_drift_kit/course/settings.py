"""The course defaults, for an ``nbgrader_config.py``."""

from pathlib import Path
from typing import Any

__all__ = ["TEMPLATES", "configure"]

TEMPLATES = Path(__file__).parent / "templates"


def configure(config: Any, *, course_id: str = "peer-drift", points: str = "completion") -> None:
    """Set the kit's defaults on nbgrader's configuration, as ``get_config()`` gives it.

    ``points`` is what they are for: ``"completion"`` (a real try earns them all) or ``"rubric"``
    (four criteria, read in the text).

    Whatever is set after the call, or on the command line, wins. The parts are given by name, not
    as classes: Formgrader prints its configuration as JSON, and would print classes as they are.
    """
    here = "peer_drift_kit.course"

    config.CourseDirectory.course_id = course_id
    config.CourseDirectory.source_directory = "solutions"
    config.CourseDirectory.release_directory = "exercises"
    config.ClearSolutions.text_stub = ""

    config.ExchangeFactory.collect = f"{here}.collect.CollectPlainFiles"

    # The stock lists hold Execute, which runs a learner's code with the grader's rights.
    config.Autograde.exporter_class = f"{here}.rebuild.ReadsNoLearnersNotebook"
    config.Autograde.sanitize_preprocessors = [f"{here}.rebuild.RebuildFromRelease"]
    config.Autograde.autograde_preprocessors = [f"{here}.prefill.PrefillSuggestion"]

    config.PrefillSuggestion.points = points

    config.GenerateFeedback.preprocessors = [f"{here}.confirmed.OnlyConfirmed"]
    config.HTMLExporter.extra_template_basedirs = [str(TEMPLATES)]
    config.HTMLExporter.preprocessors = [f"{here}.fresh.LooksAgain"]

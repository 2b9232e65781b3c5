"""The course defaults are plain data that nbgrader finds its parts by."""

import json
import subprocess
import sys

from traitlets import import_item
from traitlets.config import Config

from peer_drift_kit.course import configure


def test_every_part_that_is_named_exists_and_none_of_them_executes() -> None:
    config = Config()
    configure(config)
    named = [config.ExchangeFactory.collect, config.Autograde.exporter_class]
    named += config.Autograde.sanitize_preprocessors + config.Autograde.autograde_preprocessors
    named += config.GenerateFeedback.preprocessors
    assert len(named) == 5
    for name in named:
        assert name.startswith("peer_drift_kit.course.")
        assert "Execute" not in {each.__name__ for each in import_item(name).__mro__}


def test_formgrader_can_print_them() -> None:
    config = Config()
    configure(config)
    assert json.loads(json.dumps(config)) == config


def test_a_course_has_the_name_it_is_given() -> None:
    config = Config()
    configure(config, course_id="spring-circle")
    assert config.CourseDirectory.course_id == "spring-circle"


def test_reading_the_settings_needs_no_nbgrader() -> None:
    code = "import sys, peer_drift_kit.course; sys.exit('nbgrader' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

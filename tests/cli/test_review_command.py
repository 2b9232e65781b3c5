"""``peer-drift review`` and ``peer-drift rules``, as somebody at a terminal meets them."""

import json
from pathlib import Path

import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

from peer_drift_kit.cli.review import review, rules

app = typer.Typer()
app.command("review")(review)
app.command("rules")(rules)

NOTE = "Zainab and I planted beans.\nShe is manipulative.\nI told her she needs to try."


def run(*words: str, given: bytes | None = None) -> Result:
    return CliRunner().invoke(app, list(words), input=given)


def note(tmp_path: Path, content: bytes | str = NOTE) -> str:
    file = tmp_path / "note.txt"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(file)


def test_a_person_reads_what_is_here_first(tmp_path: Path) -> None:
    done = run("review", note(tmp_path))
    assert done.exit_code == 0
    here = done.stdout.index("What is already here")
    wonder = done.stdout.index("What I notice, and what I wonder")
    assert here < done.stdout.index("line 1: “Zainab and I planted”") < wonder
    assert wonder < done.stdout.index("line 2: “manipulative”")
    assert "I wonder" in done.stdout


def test_what_is_alike_is_said_once_of_all_its_places() -> None:
    text = b"He is manipulative.\nThe bus was late.\nShe is manipulative, too."
    done = run("review", "--explain", "-", given=text)
    assert "  line 1: “manipulative”\n  line 3: “manipulative”\n    I notice" in done.stdout
    assert done.stdout.count("I notice “manipulative”") == 1


def test_a_line_is_named_only_where_there_are_several() -> None:
    done = run("review", "-", given=b"He is manipulative. She is manipulative, too.\n")
    assert "\n  “manipulative”\n  “manipulative”\n    I notice" in done.stdout


def test_a_text_without_a_sign_is_met_kindly(tmp_path: Path) -> None:
    done = run("review", note(tmp_path, "The bus was late."))
    assert done.exit_code == 0
    assert "I read English only, and I do not hear everything" in done.stdout


def test_json_for_one_text() -> None:
    done = run("review", "--json", "-", given=NOTE.encode())
    found = json.loads(done.stdout)
    first = found["findings"][0]
    assert NOTE[first["start"] : first["end"]] == "manipulative"
    assert found["practices"][0]["label"] == "alongside"
    assert {"notice", "wonder", "source", "required"} <= set(found["findings"][0])


def test_lines_for_the_scorer(tmp_path: Path) -> None:
    lines = [{"id": "b", "text": NOTE}, {"id": "a", "text": "Tea."}]
    given = "\n".join(json.dumps(each) for each in lines) + "\n\n"
    done = run("review", "--jsonl", note(tmp_path, given))
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert (first["id"], second) == ("b", {"id": "a", "findings": []})
    assert {each["label"] for each in first["findings"]} >= {"alongside", "attributed-motive"}
    assert set(first["findings"][0]) == {
        "label", "start", "end", "rule", "confidence", "required",
    }  # fmt: skip


def test_text_cannot_drive_the_terminal(tmp_path: Path) -> None:
    done = run("review", note(tmp_path, "She is [bold]manip\x1b[2Julative[/bold] and lazy [x]."))
    assert done.exit_code == 0
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"a " * 500_001, "over 1 MB"),
    ],
)
def test_a_text_that_cannot_be_read_is_refused(tmp_path: Path, content: bytes, says: str) -> None:
    refused(run("review", note(tmp_path, content)), says)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{"id": 1, "text"', "line 2: not JSON"),
        ("[" * 100_000, "line 2: not JSON"),
        ("[]", 'line 2: write an object with "id" and "text"'),
        ('{"text": "x"}', 'line 2: write an object with "id" and "text"'),
        ('{"id": 1, "text": 7}', 'line 2: "text" is missing'),
        ('{"id": 1, "text": " "}', "line 2: the text is empty"),
    ],
)
def test_a_line_that_cannot_be_read_is_refused(tmp_path: Path, line: str, says: str) -> None:
    refused(run("review", "--jsonl", note(tmp_path, '{"id": 0, "text": "x"}\n' + line)), says)


def test_what_is_not_a_file_is_refused(tmp_path: Path) -> None:
    refused(run("review", str(tmp_path)), "this is a folder")
    refused(run("review", str(tmp_path / "none.txt")), "there is no such file")
    refused(run("review", "nul\0byte"), "could not be read")


def test_what_does_not_go_together_is_refused(tmp_path: Path) -> None:
    file = note(tmp_path)
    refused(run("review"), "name a file")
    refused(run("review", "--json", file, file), "--json takes one text")
    refused(run("review", "--jsonl", file, file), "--jsonl reads one file")


def refused(done: Result, says: str) -> None:
    assert done.exit_code == 2
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    done = run("review", "--json", "-", given=b"\xef\xbb\xbfClient stated he likes jazz.")
    assert json.loads(done.stdout)["findings"][0]["start"] == 0


def test_lone_surrogates_in_json_survive(tmp_path: Path) -> None:
    line = '{"id": "x", "text": "\\ud800 She is manipulative. \\u0000"}'
    done = run("review", "--jsonl", note(tmp_path, line))
    assert json.loads(done.stdout)["findings"]


def test_the_rules_are_listed() -> None:
    done = run("rules")
    assert done.exit_code == 0
    assert "trait-words (supervise-remaining, confidence" in done.stdout
    assert "often imposed" in done.stdout

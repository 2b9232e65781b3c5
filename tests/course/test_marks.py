"""What is marked in a text, and which of it goes along."""

from nbformat import from_dict

from peer_drift_kit.course.agreement import agreed_line
from peer_drift_kit.course.marks import marked, only_named
from peer_drift_kit.course.page import put_page_parts
from peer_drift_kit.review import review

TEXT = "He said “I want tea.” He lacks insight 🫖 and is not compliant with his meds."


def test_the_parts_join_to_the_text_and_carry_their_notes() -> None:
    found = marked(TEXT, review(TEXT))
    assert "".join(each["text"] for each in found["parts"]) == TEXT
    for note in found["notes"]:
        words = "".join(p["text"] for p in found["parts"] if note["number"] in p["notes"])
        assert words == note["words"]
        assert ", as in “" not in note["notice"]
    assert marked("", None) == {"parts": [], "notes": []}
    assert marked(TEXT, None)["notes"] == []


def test_only_what_a_persons_words_name_goes_along() -> None:
    found = marked(TEXT, review(TEXT))
    names = {each["name"] for each in found["notes"]}
    assert {"clinical language", "compliance as the measure"} <= names
    kept = only_named(found, "I notice “lacks insight” (clinical language).")
    assert {each["name"] for each in kept["notes"]} == {"clinical language"}
    assert [each["number"] for each in kept["notes"]] == list(range(1, len(kept["notes"]) + 1))
    assert "".join(each["text"] for each in kept["parts"]) == TEXT
    on_page = {number for each in kept["parts"] for number in each["notes"]}
    assert on_page == {each["number"] for each in kept["notes"]}
    assert only_named(found, "Warmly.")["notes"] == []


def test_what_a_reader_agreed_was_meant_does_not_go_along() -> None:
    agreed = agreed_line("lacks insight", "clinical language")
    comment = f"I notice “compliant” (compliance as the measure).\n{agreed}"
    told = {"grade": True, "solution": True, "grade_id": "tea", "comment": comment, "points": 1}
    kept = {
        **marked(TEXT, review(TEXT)),
        "meant": [{"words": "lacks insight", "name": "clinical language"}],
    }
    cell = {
        "cell_type": "markdown",
        "source": "",
        "metadata": {"nbgrader": told, "peer_drift_kit": kept},
    }
    notebook = from_dict({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [cell]})
    put_page_parts(notebook, [])
    page = notebook.cells[0].metadata["peer_drift_kit"]
    assert page["meant"][0]["agreed"]
    assert {each["name"] for each in page["notes"]} == {"compliance as the measure"}

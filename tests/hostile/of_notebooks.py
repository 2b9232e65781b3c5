"""Hostile and broken notebooks."""

import json
from typing import Any

from course.conftest import CASE, TELLING

from .submissions import NOTEBOOK, Place, Table

NOTEBOOKS = Table()
hand_in = NOTEBOOKS.hand_in
NO_NOTEBOOK = "is no notebook that can be read"
#: What an answer is to be read through, so far away from JSON's own limits that every parser stops.
DEEP = 100_000


def code(source: str, **extra: Any) -> dict[str, Any]:
    made = {"cell_type": "code", "metadata": {}, "source": source, "outputs": []}
    return made | {"execution_count": None} | extra


@hand_in()
def code_that_writes_and_opens_the_gradebook(at: Place) -> None:
    at.notebook(lambda nb, _: nb["cells"].insert(0, code(at.harm)))


@hand_in()
def code_in_the_place_of_every_cell(at: Place) -> None:
    def change(nb: Any, answer: Any) -> None:
        for each in nb["cells"]:
            if each is not answer:
                each |= code(at.harm)

    at.notebook(change)


@hand_in()
def an_answer_cell_that_is_code(at: Place) -> None:
    at.notebook(lambda _, answer: answer.update(cell_type="code", outputs=[]))


@hand_in(read=...)
def an_answer_that_is_code(at: Place) -> None:
    at.notebook(lambda _, answer: answer.update(cell_type="code", source=at.harm))


@hand_in()
def a_raw_cell_of_script(at: Place) -> None:
    raw = {"cell_type": "raw", "source": "<script>window.harm = 1</script>"}
    raw["metadata"] = {"raw_mimetype": "text/html", "format": "text/html"}  # type: ignore[assignment]
    at.notebook(lambda nb, _: nb["cells"].append(raw))


@hand_in()
def an_answer_cell_that_is_raw(at: Place) -> None:
    at.notebook(
        lambda _, answer: (
            answer.update(cell_type="raw"),
            answer["metadata"].update(raw_mimetype="text/html"),
        )
    )


@hand_in()
def magics_and_a_shell(at: Place) -> None:
    lines = (
        f"!touch '{at.trap}'\n%run {at.trap}\n%load_ext autoreload",
        f"%%bash\ntouch '{at.trap}'",
    )
    at.notebook(lambda nb, _: nb["cells"].extend(map(code, lines)))


@hand_in()
def outputs_with_script(at: Place) -> None:
    harm = "<script>window.harm = 1</script><img src=x onerror='window.harm = 1'>"
    data = {"text/html": harm, "application/javascript": "window.harm = 1", "text/latex": harm}
    data["image/svg+xml"] = "<svg onload='window.harm = 1'></svg>"
    data["application/vnd.jupyter.widget-view+json"] = {"model_id": "1"}  # type: ignore[assignment]
    output = {"output_type": "display_data", "data": data, "metadata": {}}
    at.notebook(lambda nb, _: nb["cells"].append(code("1", outputs=[output])))


@hand_in()
def a_kernel_that_is_a_command(at: Place) -> None:
    kernel = {"name": "../../evil", "display_name": "x", "language": "bash"}
    kernel |= {"argv": ["touch", str(at.trap)], "env": {"BASH_ENV": str(at.trap)}}  # type: ignore[dict-item]
    at.notebook(lambda nb, _: nb["metadata"].update(kernelspec=kernel, language_info={"name": 7}))


@hand_in()
def metadata_that_names_preprocessors_and_widgets(at: Place) -> None:
    named = {
        "nbconvert": {"preprocessors": ["os.system"], "template": "/etc/passwd"},
        "nbgrader": {"preprocessors": ["nbgrader.preprocessors.Execute"]},
        "execution": {"allow_errors": True, "timeout": -1},
        "widgets": {"application/vnd.jupyter.widget-state+json": {"state": {"1": {}}}},
        "title": "<script>window.harm = 1</script>",
        "authors": [{"name": "<script>window.harm = 1</script>"}],
        "peer_drift_kit": {"exercise": "<script>window.harm = 1</script>"},
    }
    at.notebook(lambda nb, _: nb["metadata"].update(named))


@hand_in()
def metadata_that_a_review_leaves(at: Place) -> None:
    # As if the notebook had been rebuilt already, with parts that hold another text.
    kept = {"text": "All mine.", "title": "<b>", "parts": [{"text": "x"}], "circle": [{"words": 1}]}
    at.notebook(lambda _, answer: answer["metadata"].update(peer_drift_kit=kept))


@hand_in()
def a_thousand_points(at: Place) -> None:
    at.notebook(lambda _, answer: answer["metadata"]["nbgrader"].update(points=1000, score=1000))


@hand_in()
def points_that_are_no_number(at: Place) -> None:
    at.notebook(lambda _, answer: answer["metadata"]["nbgrader"].update(points="NaN", extra=-1))


@hand_in()
def other_flags(at: Place) -> None:
    flags = {"grade": "yes", "solution": False, "task": True, "locked": True, "remove": True}
    at.notebook(lambda _, answer: answer["metadata"]["nbgrader"].update(flags))


@hand_in()
def locked_cells_that_were_changed(at: Place) -> None:
    def change(nb: Any, answer: Any) -> None:
        for each in nb["cells"]:
            if each is not answer:
                each["source"] = "<script>window.harm = 1</script>"
                each["metadata"] = {"nbgrader": {"locked": True, "grade": True, "points": 50}}

    at.notebook(change)


@hand_in()
def a_forged_checksum(at: Place) -> None:
    at.notebook(lambda _, answer: answer["metadata"]["nbgrader"].update(checksum="0" * 32))


@hand_in(read="")
def another_id_for_the_answer(at: Place) -> None:
    at.notebook(lambda _, answer: answer["metadata"]["nbgrader"].update(grade_id="../../window"))


@hand_in(read="")
def an_id_that_is_a_list(at: Place) -> None:
    at.notebook(lambda _, answer: answer["metadata"]["nbgrader"].update(grade_id=[CASE]))


@hand_in()
def the_answer_twice(at: Place) -> None:
    at.notebook(lambda nb, answer: nb["cells"].append(answer | {"id": "again"}))


@hand_in()
def the_answer_five_thousand_times(at: Place) -> None:
    at.notebook(lambda nb, answer: nb["cells"].extend([answer] * 5_000))


@hand_in(read="")
def no_answer_cell(at: Place) -> None:
    at.notebook(lambda nb, answer: nb["cells"].remove(answer))


@hand_in(read="")
def no_cells(at: Place) -> None:
    at.notebook(lambda nb, _: nb["cells"].clear())


@hand_in()
def cells_the_other_way_round(at: Place) -> None:
    at.notebook(lambda nb, _: nb["cells"].reverse())


@hand_in()
def cell_ids_that_are_script(at: Place) -> None:
    def change(nb: Any, _: Any) -> None:
        for each in nb["cells"]:
            each["id"] = "<script>window.harm = 1</script>"

    at.notebook(change)


@hand_in()
def cells_of_an_unknown_type(at: Place) -> None:
    at.notebook(lambda nb, _: nb["cells"].extend([{"cell_type": "harm"}, None, 7, "x", []]))


@hand_in()
def an_attachment_of_script(at: Place) -> None:
    files = {'"><script>window.harm = 1</script>.png': {"image/svg+xml": "<svg onload='harm()'>"}}
    at.notebook(lambda _, answer: answer.update(attachments=files))


def _schema(version: Any) -> None:
    @hand_in()
    def lay(at: Place) -> None:
        at.notebook(lambda _, cell: cell["metadata"]["nbgrader"].update(schema_version=version))

    NOTEBOOKS[f"a-schema-of-{str(version).split(';')[0]}"] = NOTEBOOKS.pop("lay")


def _format(number: Any, minor: Any = 5) -> None:
    @hand_in()
    def lay(at: Place) -> None:
        at.notebook(lambda nb, _: nb.update(nbformat=number, nbformat_minor=minor))

    NOTEBOOKS[f"a-notebook-of-format-{number}.{minor}"] = NOTEBOOKS.pop("lay")


for version in (0, 1, 99, "three; DROP TABLE grade", None):
    _schema(version)
for number, minor in ((5, 0), (99, 0), (4, 99), (-1, "x"), ("four", None)):
    _format(number, minor)


@hand_in(read="", told=NO_NOTEBOOK)
def a_notebook_of_format_2(at: Place) -> None:
    cell = {"cell_type": "code", "input": at.harm, "language": "python", "outputs": []}
    sheets = {"nbformat": 2, "worksheets": [{"cells": [cell]}], "metadata": {"name": "x"}}
    at.write(NOTEBOOK, json.dumps(sheets))


@hand_in(read="", told=NO_NOTEBOOK)
def a_notebook_of_format_3(at: Place) -> None:
    cell = {"cell_type": "markdown", "source": TELLING, "metadata": {}}
    told = {"nbformat": 3, "nbformat_minor": 0, "worksheets": [{"cells": [cell]}]}
    at.write(NOTEBOOK, json.dumps(told))


@hand_in(read="", told=NO_NOTEBOOK)
def lists_a_hundred_thousand_deep(at: Place) -> None:
    at.write(NOTEBOOK, '{"cells": ' + "[" * DEEP + "]" * DEEP + "}")


@hand_in(read="", told=NO_NOTEBOOK)
def objects_a_hundred_thousand_deep(at: Place) -> None:
    at.write(NOTEBOOK, '{"cells": [], "metadata": ' + '{"a":' * DEEP + "1" + "}" * DEEP + "}")


@hand_in()
def a_broken_notebook_beside_an_answer(at: Place) -> None:
    at.answer()
    at.write(NOTEBOOK, b"{ not json")


def _broken(name: str, data: bytes) -> None:
    @hand_in(read="", told=NO_NOTEBOOK)
    def lay(at: Place) -> None:
        at.write(NOTEBOOK, data)

    NOTEBOOKS[name] = NOTEBOOKS.pop("lay")


WORDS = json.dumps(
    {"cells": [{"source": "Grüße", "metadata": {"nbgrader": {"grade_id": CASE}}}]},
    ensure_ascii=False,
)
BROKEN = {
    "an-empty-notebook": b"",
    "half-a-notebook": b'{"cells": [{"cell_type": "markdown", "sou',
    "a-notebook-that-is-null": b"null",
    "a-notebook-that-is-a-list": b"[[]]",
    "a-notebook-that-is-a-number": b"1e999",
    "cells-that-are-a-number": b'{"cells": 7}',
    "a-huge-number": b'{"cells": ' + b"9" * 100_000 + b"}",
    "a-notebook-in-utf-16": WORDS.encode("utf-16"),
    "nothing-but-nuls": b"\x00" * 100_000,
    "a-notebook-that-is-a-zip": b"PK\x03\x04" + b"\xff" * 1000,
    "a-notebook-that-is-a-pickle": b"\x80\x04cos\nsystem\nX\x04\x00\x00\x00true\x85R.",
}
for name, data in BROKEN.items():
    _broken(name, data)


@hand_in(read="Gr�e")
def a_notebook_in_latin_1(at: Place) -> None:
    at.write(NOTEBOOK, WORDS.replace("ß", "").encode("latin-1"))


@hand_in(read="Grüße")
def a_notebook_with_a_byte_order_mark(at: Place) -> None:
    at.write(NOTEBOOK, WORDS.encode("utf-8-sig"))


@hand_in(read="")
def cells_that_are_an_object(at: Place) -> None:
    at.write(NOTEBOOK, '{"cells": {"source": "x"}}')


@hand_in()
def the_same_key_twice(at: Place) -> None:
    whole = (at.folder / NOTEBOOK).read_text(encoding="utf-8")
    at.notebook(lambda *_: None)
    told = (at.folder / NOTEBOOK).read_text(encoding="utf-8")
    at.write(NOTEBOOK, '{"cells": ' + json.dumps(json.loads(whole)["cells"]) + "," + told[1:])


@hand_in()
def numbers_that_are_none(at: Place) -> None:
    odd = {"score": float("nan"), "points": float("inf"), "n": -(10**4000)}
    at.notebook(lambda _, answer: answer["metadata"]["nbgrader"].update(odd))


@hand_in(read="half a pair ? and � here")
def half_a_surrogate_pair_and_a_nul(at: Place) -> None:
    at.notebook(lambda *_: None, words="half a pair \ud800 and \x00 here")


@hand_in()
def words_among_things_that_are_none(at: Place) -> None:
    at.notebook(lambda _, answer: answer.update(source=[None, 7, {}, TELLING, [], True]))


@hand_in(read="")
def words_that_are_an_object(at: Place) -> None:
    at.notebook(lambda _, answer: answer.update(source={"x": TELLING}))


@hand_in()
def metadata_that_is_none(at: Place) -> None:
    def change(nb: Any, answer: Any) -> None:
        nb["metadata"] = None
        for each in nb["cells"]:
            if each is not answer:
                each["metadata"] = None

    at.notebook(change)


@hand_in(read=None, told=r"larger than 10,000,000 bytes")
def a_notebook_of_eleven_megabytes(at: Place) -> None:
    at.notebook(lambda nb, _: nb["cells"].append(code("x" * 11_000_000)))


@hand_in(read="", told="is larger than 200,000 bytes")
def a_cell_of_nine_megabytes(at: Place) -> None:
    at.notebook(lambda *_: None, words="<" * 9_000_000)


# A zip's only notebook may have any name. Of several, those that were never given out are left.
@hand_in(zips=False)
def other_notebooks_beside_it(at: Place) -> None:
    at.answer()
    at.write("evil.ipynb", json.dumps({"cells": [code(at.harm)]}))
    at.write(f"{NOTEBOOK.removesuffix('.ipynb')}-1.ipynb", "{}")


@hand_in(zips=False)
def a_notebook_in_other_capitals(at: Place) -> None:
    at.answer()
    at.write(NOTEBOOK.upper().replace("IPYNB", "ipynb"), json.dumps({"cells": [code(at.harm)]}))

# make learn opens the lessons, make test runs every check. Both need Python 3.11, 3.12 or 3.13, and
# set up the rest themselves, in .venv.

.DEFAULT_GOAL := help
.PHONY: help learn learner dev test reader score format generate constraints

# Where a learner's lessons live: make learn FOLDER=/some/where
FOLDER = ~/peer-drift
# Which Python: make learn PYTHON=/some/where/python3
PYTHON ?= python3
# A Python that was asked for is the only one tried.
OTHERS := $(if $(filter file,$(origin PYTHON)),python3.13 python3.12 python3.11 python)

export FOLDER PYTHON OTHERS SETUP
export PATH := $(CURDIR)/.venv/bin:$(PATH)
unexport PYTHONHOME PYTHONPATH

# Relative paths and quotes throughout, so that a clone may have a space in its name.
PY = .venv/bin/python

help: ## show this
	@echo 'Peer Drift Kit'
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | while IFS='|' read -r target what; \
		do printf '%-18s %s\n' "$$target" "$$what"; done

learn: learner ## open the lessons; yours live in ~/peer-drift, or where FOLDER= says
	@exec .venv/bin/peer-drift learn "$$FOLDER"

learner:
	@sh -c "$$SETUP" setup learner .

dev:
	@sh -c "$$SETUP" setup dev '.[dev]'

# Installs what is named into .venv, unless it was installed there before from the same files. A
# .venv that was moved or has lost its Python is made anew.
define SETUP
set -eu
name=$$1 what=$$2
fits() { "$$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; }

want=$$(pwd; cksum pyproject.toml constraints.txt; find peer_drift_kit/labextension -type f -exec cksum {} + | sort)
if fits .venv/bin/python; then
    test "$$want" != "$$(cat ".venv/$$name" 2>/dev/null)" || exit 0
    if test -f .venv/where && test "$$(pwd)" != "$$(cat .venv/where)"; then rm -rf .venv; fi
fi

if ! fits .venv/bin/python || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    python=
    for each in "$$PYTHON" $$OTHERS; do
        if fits "$$each"; then python=$$each; break; fi
    done
    if test -z "$$python"; then
        echo 'The kit needs Python 3.11, 3.12 or 3.13, and I could not find one.' >&2
        echo 'If you have one, say where: make learn PYTHON=/some/where/python3' >&2
        exit 1
    fi
    if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then
        version=$$("$$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        echo "Python is here, but a part of it is missing. On Debian or Ubuntu: sudo apt install python$$version-venv" >&2
        exit 1
    fi
    echo 'Setting up. This takes a minute or two, and only the first time.'
    "$$python" -m venv --clear .venv
else
    echo 'Bringing the kit up to date.'
fi
if ! .venv/bin/python -m pip --disable-pip-version-check install -qq -c constraints.txt -e "$$what"; then
    echo 'I could not fetch all that the kit needs (see above). Is this computer online? Then try again.' >&2
    exit 1
fi
pwd > .venv/where
printf '%s\n' "$$want" > ".venv/$$name"
endef

# $(call check,Name,command): a heading, and at the end of a failure, its name.
define check
@printf '\n== %s\n' '$(1)'; ( $(2) ) || { printf '\n== make test stopped here: %s\n' '$(1)' >&2; exit 1; }
endef

test: dev ## run every check
	$(call check,Format (make format mends it),ruff format --check .)
	$(call check,Lint,ruff check .)
	$(call check,Types,mypy)
	$(call check,Layers,lint-imports)
	$(call check,Tests,pytest -q -n 2 -m 'not browser and not slow')
	$(call check,Every notebook runs,room=$$(mktemp -d) && trap 'rm -rf "$$room"' EXIT && \
		PEER_DRIFT_JOURNAL="$$room/journal.sqlite" \
		pytest -q -n 2 --dist loadfile --nbval --nbval-current-env modules solutions exercises)
	$(call check,Tests in a browser,pytest -q -m browser)
	$(call check,The wheel,pytest -q -m 'slow and not browser')
	@printf '\n== All is well.\n'

# The development texts and their scorer are not part of the kit.
CORPUS ?= ../shared/corpus

reader: learner ## train the reviewer's readers anew, from CORPUS= and reader/texts (an hour)
	test -x .venv-reader/bin/python || $(PY) -m venv .venv-reader
	.venv-reader/bin/python -m pip --disable-pip-version-check install -qq -r reader/requirements.txt
	.venv-reader/bin/python reader/train.py "$(CORPUS)/dev.jsonl"
	.venv-reader/bin/python reader/train_large.py "$(CORPUS)/dev.jsonl"
	.venv-reader/bin/python reader/score.py "$(CORPUS)/dev.jsonl" "$(CORPUS)/score.py"

score: reader ## how well the reviewer reads, beside simpler readers (trains first, if need be)

format: dev ## bring the code into its usual form
	ruff format .
	ruff check --fix .

generate: dev ## make again what is made from something else
	nbgrader generate_assignment --force --no-db "*"
	$(PY) -m peer_drift_kit.curriculum.shipped
	$(PY) -m peer_drift_kit.review.list_anchors
	$(PY) labextension/build.py
	$(PY) editor/build.py

# soupsieve: newer ones refuse the 3.11.2 of Debian 12. A test says when another one does.
constraints: dev ## pin the newest packages that fit, in constraints.txt
	rm -rf build/pins
	$(PY) -m venv build/pins
	build/pins/bin/python -m pip --disable-pip-version-check install -qq '.[dev]' 'soupsieve<3.0.2'
	build/pins/bin/python -m pip --disable-pip-version-check freeze --exclude peer-drift-kit > build/pins/all
	( head -1 constraints.txt; LC_ALL=C sort -f build/pins/all ) > build/pins/new
	mv build/pins/new constraints.txt
	rm -rf build/pins

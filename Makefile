# What a trainee, an author and a developer run. Everything installs itself into .venv first.

SHELL := /bin/bash
PYTHON ?= python3
UV_VERSION := 0.13.9
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.synced
# uv where the machine has it; else one in the project's own environment.
UV := $(shell command -v uv 2>/dev/null || echo $(BIN)/uv)
SYNC := UV_PROJECT_ENVIRONMENT=$(VENV) $(UV) sync --quiet --frozen --inexact --all-groups

# The trainee's own folder, and what is passed on to JupyterLab.
LEARN_DIR ?= learn
LAB_ARGS ?=
# CLASS=yes: an instructor grades the checks, so nobody grades their own.
CLASS ?=
# The class's exchange folder; it is remembered in LEARN_DIR.
EXCHANGE ?=

# What an author names on the command line, and never by chance in the environment. make hands it on to the shell,
# where "$$TITLE" is safe from what either makes of its signs.
MODULE =
NAME =
ID =
KIND =
WHERE =
SLUG =
TITLE =
ITEM =
SCENARIO =
NOTEBOOK =
DELETE =
RULE =
EXEMPT =
PREVIEW_ARGS ?=
# What an instructor names: a check; FORCE=yes to grade anew; NAMES=no for a report without names; what is passed on to the watch.
CHECK =
FORCE =
NAMES = yes
WATCH_ARGS ?=
# The class's list; an export, and where it goes; a certificate's code, and why and by whom it is withdrawn.
FILE =
DRY_RUN =
AS =
TO =
UNMARKED =
CODE =
WHY =
BY =
RESTORE =
# The trainee whose 0 is confirmed, or who gets another attempt.
STUDENT =

# Yes or no; anything else is refused, for it may mean either.
said = $(if $(filter yes Yes YES y Y,$($1)),yes,$(if $(filter-out no No NO n N,$($1)),$(error $1 is yes or no, not "$($1)")))

.PHONY: learn test check update new-module new-scenario new-item preview edit-notebook import-notebook coverage wording review rules \
  autograde confirm attempt feedback regrade release watch report roster export verify withdraw demo bench clean

learn: $(STAMP)
	@exec $(BIN)/python -m running.learn --folder="$(LEARN_DIR)" $(if $(call said,CLASS),--class) --exchange="$(EXCHANGE)" --lab-args="$(LAB_ARGS)"

test: check
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/pytest

# mypy and the content's rules take longest: side by side. mypy's words come last, in one piece.
check: $(STAMP)
	@types=$$(mktemp); $(BIN)/mypy >"$$types" 2>&1 & mypy=$$!; bad=0; \
	  $(BIN)/python -m authoring check || bad=1; \
	  $(BIN)/ruff check . || bad=1; \
	  $(BIN)/ruff format --check . || bad=1; \
	  wait $$mypy || bad=1; cat "$$types"; rm -f "$$types"; exit $$bad

update: $(STAMP)
	@$(BIN)/python -m authoring update

coverage: $(STAMP)
	@$(BIN)/python -m authoring coverage

wording: $(STAMP)
	@$(BIN)/python -m authoring wording

# What no expert has reviewed; or a module's bank as a page for the reviewer: make review MODULE=partner-violence
review: $(STAMP)
	@$(BIN)/python -m authoring review --module="$$MODULE"

# Every rule for content, or one: make rules RULE=longest
# What today's texts are excused from: make rules EXEMPT=yes; EXEMPT=prune takes out what is not needed any more.
rules: $(STAMP)
	@$(BIN)/python -m authoring $(if $(EXEMPT),exempt $(if $(filter prune,$(EXEMPT)),--prune,$(if $(call said,EXEMPT),)),rules --rule="$$RULE")

new-module: $(STAMP)
	@$(BIN)/python -m authoring new-module --slug="$$SLUG" --title="$$TITLE"

new-scenario: $(STAMP)
	@$(BIN)/python -m authoring new-scenario --module="$$MODULE" --name="$$NAME"

new-item: $(STAMP)
	@$(BIN)/python -m authoring new-item --module="$$MODULE" --id="$$ID" --kind="$$KIND" --where="$$WHERE"

preview: $(STAMP)
	@exec $(BIN)/python -m authoring preview --module="$$MODULE" --item="$$ITEM" --scenario="$$SCENARIO" $(PREVIEW_ARGS)

edit-notebook: $(STAMP)
	@$(BIN)/python -m authoring edit-notebook --notebook="$$NOTEBOOK"

import-notebook: $(STAMP)
	@$(BIN)/python -m authoring import-notebook --notebook="$$NOTEBOOK" --delete="$$DELETE"

# Puts every check, or one, into the exchange: make release CHECK=partner-violence
release: $(STAMP)
	@$(BIN)/python -m running.releasing --check="$$CHECK"

# What instructors run over a whole class; CHECK names one check, else it is all of them.
autograde: $(STAMP)
	@$(BIN)/python -m grading autograde --check="$$CHECK" $(if $(call said,FORCE),--force)

# That a submission without answers counts as 0: make confirm CHECK=… STUDENT=… (without STUDENT, lists them)
confirm: $(STAMP)
	@$(BIN)/python -m grading confirm --check="$$CHECK" --student="$$STUDENT"

# Another attempt: make attempt CHECK=… STUDENT=… (without STUDENT, for everybody who didn't meet the check)
attempt: $(STAMP)
	@$(BIN)/python -m grading attempt --check="$$CHECK" --student="$$STUDENT"

feedback: $(STAMP)
	@$(BIN)/python -m grading feedback --check="$$CHECK"

regrade: $(STAMP)
	@$(BIN)/python -m grading regrade --check="$$CHECK"

watch: $(STAMP)
	@exec $(BIN)/python -m grading watch --check="$$CHECK" $(WATCH_ARGS)

# The class's list into the gradebook: make roster FILE=class.csv (DRY_RUN=yes only says what would change)
roster: $(STAMP)
	@$(BIN)/python -m grading roster --file="$$FILE" $(if $(call said,DRY_RUN),--dry-run)

# Results for an LMS, a record store, or as certificates: make export AS=moodle
export: $(STAMP)
	@$(BIN)/python -m grading export --as="$$AS" --to="$$TO" $(if $(call said,UNMARKED),--unmarked)

# A class's certificate by its code: make verify CODE=…
verify: $(STAMP)
	@$(BIN)/python -m grading verify --code="$$CODE"

# A certificate that no longer holds: make withdraw CODE=… WHY="the name was wrong"; RESTORE=yes lets it hold again
withdraw: $(STAMP)
	@$(BIN)/python -m grading withdraw --code="$$CODE" --why="$$WHY" --by="$$BY" $(if $(call said,RESTORE),--restore)

demo: $(STAMP)
	@$(BIN)/python -m running.demo

# What the class has not understood, who needs help, which questions are bad: make report CHECK=partner-violence NAMES=no
report: $(STAMP)
	@$(BIN)/python -m grading report --check="$$CHECK" $(if $(call said,NAMES),,--without-names)

bench: $(STAMP)
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m bench

clean:
	rm -rf $(VENV) course/release demo .mypy_cache .pytest_cache .ruff_cache

$(STAMP): uv.lock pyproject.toml $(shell find casebook/labextension casebook/kernelspec casebook/labconfig -type f)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "The course needs Python 3.11 or newer. Name one: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@test -x "$$(command -v $(UV))" || { echo "Getting uv …"; $(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION); }
	@echo "Setting up (the first time takes a minute) …"
	@$(SYNC)
	@touch $@

"""``python -m authoring <command>``: what authors run; the Makefile has each as a target."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

from tqdm import tqdm

from authoring import bank, build, course, coverage, exemptions, new, review
from authoring.bringing import back, copying
from authoring.new import Made
from authoring.problems import BadContent, Problem, Refused
from authoring.rule import Rule
from authoring.rules import RULES
from casebook.kinds import KINDS

Done = TypeVar("Done")


def main() -> int:
    """Runs the command; 1 where something is wrong, said on standard error."""
    arguments = _parser().parse_args()
    run: Callable[[argparse.Namespace], int] = arguments.run
    try:
        return run(arguments)
    except BadContent as bad:
        return _say(bad.problems)
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{error.filename or 'A file'} can't be read or written: {error.strerror or error}.", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m authoring", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")

    def command(name: str, run: Callable[[argparse.Namespace], int], help: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=help)
        added.add_argument("--root", type=Path, default=Path(), help="the course's root (default: here)")
        added.set_defaults(run=run)
        return added

    command("update", _update, "write what is generated")
    command("check", _check, "list everything that's wrong or looks wrong")
    command("coverage", _coverage, "each teaching point: how often it's taught, practiced and assessed")
    command("wording", _wording, "how well guessing by wording does on the graded items")
    reviewing = command("review", _review, "what nobody has reviewed, or a module's bank with its keys as a page")
    reviewing.add_argument("--module", default="", help="the module's slug, also of a draft")
    rule = command("rules", _rules, "every rule, or just one: why we have it, and an example")
    rule.add_argument("--rule", default="", help="a rule's code, as given in brackets after a problem")
    exempt = command("exempt", _exempt, "what is excused until it is rewritten, counted by rule and module")
    exempt.add_argument("--prune", action="store_true", help="take out exemptions that are no longer needed")
    scenario = command("new-scenario", _new_scenario, "begin a scenario from its template")
    scenario.add_argument("--module", default="", help="the module's slug")
    scenario.add_argument("--name", default="", help="the scenario's permanent identifier")
    item = command("new-item", _new_item, "begin an item from its template")
    item.add_argument("--module", default="", help="the module's slug")
    item.add_argument("--id", default="", help="the item's permanent identifier")
    item.add_argument("--kind", default="", help=f"one of: {', '.join(KINDS)}")
    item.add_argument("--where", default="", help="practice (the default), refresher or bank")
    preview = command("preview", _preview, "show one item or scenario in the browser, and again each time you save it")
    preview.add_argument("--module", default="", help="the module's slug, also of a draft")
    preview.add_argument("--item", default="", help="the item")
    preview.add_argument("--scenario", default="", help="or the scenario")
    preview.add_argument("--no-browser", action="store_true", help="only print its address")
    editing = command("edit-notebook", _edit, "make an editable copy of a lesson's or check's notebook")
    editing.add_argument("--notebook", type=Path, required=True, help="the generated notebook")
    importing = command("import-notebook", _import, "bring words edited in a notebook back into their text")
    importing.add_argument("--notebook", type=Path, required=True, help="the edited copy of a generated notebook")
    importing.add_argument("--delete", default="", help="yes: anything no longer in the copy is taken out of the text")
    module = command("new-module", _new_module, "begin a module from its template")
    module.add_argument("--slug", default="", help="the module's permanent name")
    module.add_argument("--title", default="", help="its title")
    return parser


def _update(arguments: argparse.Namespace) -> int:
    changed = _told(partial(build.update, arguments.root))
    for path in changed:
        print(path)
    print(f"{len(changed)} files changed")
    if not changed:
        print(_NO_KEYS)
    return 0


_NO_KEYS = (
    "Everything generated is up to date. No generated file holds a key: keys are read from grading/bank when grading. "
    "If you change a key, grade the class again: make regrade CHECK=…"
)


def _told(work: Callable[[Iterable[Rule]], Done]) -> Done:
    """What ``work`` makes by every rule; a bar on standard error says which one is at work, while somebody looks on."""
    with tqdm(total=len(RULES), desc="Reading the course", unit="rule", disable=None, leave=False) as bar:

        def one_by_one() -> Iterator[Rule]:
            for rule in RULES:
                bar.set_description(f"Looking over the content ({rule.code})")
                yield rule
                bar.update()

        return work(one_by_one())


def _check(arguments: argparse.Namespace) -> int:
    problems = _told(partial(build.check, arguments.root))
    if problems:
        _say(problems)
    if any(not problem.smells for problem in problems):
        return 1
    print("The content follows its rules, and everything generated is up to date.")
    if left := exemptions.counted(arguments.root):
        print(left)
    return 0


def _coverage(arguments: argparse.Namespace) -> int:
    print(coverage.shown(course.read(arguments.root)))
    return 0


def _wording(arguments: argparse.Namespace) -> int:
    print(bank.guessed(course.read(arguments.root)))
    return 0


def _review(arguments: argparse.Namespace) -> int:
    if not arguments.module:
        print(review.listed(course.read(arguments.root)))
        return 0
    print(f"Written: {review.write(arguments.root, arguments.module)}")
    print("It has the keys in it: give it only to the reviewer, and delete it afterward.")
    return 0


def _rules(arguments: argparse.Namespace) -> int:
    asked = [rule for rule in RULES if arguments.rule in ("", rule.code)]
    if not asked:
        raise Refused(f"There's no rule called '{arguments.rule}'.", f"There are: {', '.join(r.code for r in RULES)}.")
    print("\n\n".join(str(rule) for rule in asked))
    return 0


def _exempt(arguments: argparse.Namespace) -> int:
    found = exemptions.found(course.read(arguments.root))
    if arguments.prune:
        gone = exemptions.prune(arguments.root, found)
        print(f"{_counted(gone, 'exemption')} taken out of {exemptions.FILE}.")
        return 0
    print(exemptions.shown(arguments.root, found))
    return 0


def _new_scenario(arguments: argparse.Namespace) -> int:
    return _made(new.scenario(arguments.root, arguments.module, arguments.name))


def _new_item(arguments: argparse.Namespace) -> int:
    where = arguments.where or "practice"
    return _made(new.item(arguments.root, arguments.module, arguments.id, arguments.kind, where))


def _new_module(arguments: argparse.Namespace) -> int:
    return _made(new.module(arguments.root, arguments.slug, arguments.title))


def _preview(arguments: argparse.Namespace) -> int:
    from authoring.preview import command

    opens = not arguments.no_browser
    return command.run(arguments.root, arguments.module, arguments.item, arguments.scenario, opens=opens)


def _edit(arguments: argparse.Namespace) -> int:
    made = copying.copy(arguments.root, _notebook(arguments))
    print(f"Written: {made}\n\nWhat comes next:\n  Edit its words: .venv/bin/jupyter lab {made}")
    print(f"  Save it, and bring them back: make import-notebook NOTEBOOK={made}")
    return 0


def _notebook(arguments: argparse.Namespace) -> Path:
    path: Path = arguments.notebook
    if path == Path():
        raise Refused("You didn't name a notebook.", "Write NOTEBOOK= and its path.")
    return path


def _import(arguments: argparse.Namespace) -> int:
    if arguments.delete not in ("", "yes"):
        raise Refused(f"DELETE={arguments.delete} doesn't mean anything.", "Write DELETE=yes, or leave it out.")
    brought = back.bring(arguments.root, _notebook(arguments), deletes=arguments.delete == "yes")
    for change in brought.changes:
        print(f"  {change}")
    for kept in brought.kept:
        print(f"  kept: {kept}")
    print(f"{brought.path}: {len(brought.changes) or 'no'} change{'' if len(brought.changes) == 1 else 's'}")
    if brought.changes:
        print("Run make update. To keep editing, delete this copy and make a new one with make edit-notebook.")
    if brought.left:
        print("\nNot brought in:", file=sys.stderr)
        return _say(list(brought.left))
    return 0


def _made(made: Made) -> int:
    for path in made.paths:
        print(f"Written: {path}")
    print("\nWhat comes next:")
    for step in made.next_steps:
        print(f"  {step}")
    return 0


def _say(problems: list[Problem]) -> int:
    for problem in sorted(problems):
        print(problem, file=sys.stderr)
    wrong = sum(not problem.smells for problem in problems)
    warned = len(problems) - wrong
    print(_counted(wrong, "problem") + (f", {_counted(warned, 'warning')}" if warned else ""), file=sys.stderr)
    return 1


def _counted(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"


if __name__ == "__main__":
    sys.exit(main())

"""What xAPI 1.0.3 (part two, data) asks of a statement, as far as ours go: each rule that is broken, in words."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import datetime
from typing import Any

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_DURATION = re.compile(r"P(?=.)(\d+W|(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?)")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)")
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]+)*")
STATEMENT = {"id", "actor", "verb", "object", "result", "context", "timestamp"}
RESULT = {"score", "success", "completion", "response", "duration", "extensions"}
ACTIVITIES = {"parent", "grouping", "category", "other"}


def broken(statement: dict[str, Any]) -> list[str]:
    """Every rule that a statement breaks."""
    return [*_whole(statement), *_actor(statement["actor"]), *_verb(statement["verb"]), *_rest(statement)]


def _whole(statement: dict[str, Any]) -> Iterator[str]:
    if extra := statement.keys() - STATEMENT:
        yield f"unknown properties {extra}"
    if str(uuid.UUID(statement["id"])) != statement["id"]:
        yield "the id is no UUID as RFC 4122 writes it"
    if _has_null(statement):
        yield "a property is null"


def _actor(actor: dict[str, Any]) -> Iterator[str]:
    if actor.get("objectType", "Agent") != "Agent":
        yield "the actor is no agent"
    if len(actor.keys() & {"mbox", "mbox_sha1sum", "openid", "account"}) != 1:
        yield "an agent has exactly one identifier"
    if "mbox" in actor and not re.fullmatch(r"mailto:[^\s@]+@[^\s@]+", actor["mbox"]):
        yield "mbox is no mailto address"
    if "account" in actor:
        if actor["account"].keys() != {"homePage", "name"} or not isinstance(actor["account"]["name"], str):
            yield "an account has a home page and a name"
        if not re.fullmatch(r"https?://[^\s]+", actor["account"]["homePage"]):
            yield "the home page is no IRL"


def _verb(verb: dict[str, Any]) -> Iterator[str]:
    if verb.keys() - {"id", "display"} or not _IRI.fullmatch(verb["id"]):
        yield "the verb is no IRI"
    yield from _languages(verb.get("display", {}))


def _rest(statement: dict[str, Any]) -> Iterator[str]:
    yield from _activity(statement["object"])
    yield from _result(statement.get("result", {}))
    for name, activities in statement.get("context", {}).get("contextActivities", {}).items():
        if name not in ACTIVITIES:
            yield f"no such context: {name}"
        for activity in activities:
            yield from _activity(activity)
    if "timestamp" in statement:
        told = statement["timestamp"]
        if not _TIME.fullmatch(told) or told.endswith(("-00", "-0000", "-00:00")):
            yield "the timestamp is not as ISO 8601 and RFC 3339 have it"
        elif datetime.fromisoformat(told).utcoffset() is None:
            yield "the timestamp has no zone"


def _activity(activity: dict[str, Any]) -> Iterator[str]:
    if activity.get("objectType", "Activity") != "Activity" or not _IRI.fullmatch(activity["id"]):
        yield f"no activity: {activity}"
    definition = activity.get("definition", {})
    if "type" in definition and not _IRI.fullmatch(definition["type"]):
        yield "the type is no IRI"
    yield from _languages(definition.get("name", {}))


def _result(result: dict[str, Any]) -> Iterator[str]:
    if result.keys() - RESULT:
        yield "unknown properties of the result"
    for name in ("success", "completion"):
        if name in result and not isinstance(result[name], bool):
            yield f"{name} is true or false"
    if "duration" in result and not _DURATION.fullmatch(result["duration"]):
        yield "the duration is none of ISO 8601"
    score = result.get("score", {})
    if any(isinstance(value, bool) or not isinstance(value, int | float) for value in score.values()):
        yield "a score is no number"
        return
    if score.keys() - {"scaled", "raw", "min", "max"} or not -1 <= score.get("scaled", 0) <= 1:
        yield "scaled is from -1 to 1"
    if "raw" in score and not score.get("min", score["raw"]) <= score["raw"] <= score.get("max", score["raw"]):
        yield "raw is not between min and max"
    if {"min", "max"} <= score.keys() and not score["min"] < score["max"]:
        yield "min is below max"


def _languages(words: dict[str, str]) -> Iterator[str]:
    for tag, text in words.items():
        if not _TAG.fullmatch(tag) or not isinstance(text, str):
            yield f"no language: {tag}"


def _has_null(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_has_null(each) for each in value.values())
    return any(_has_null(each) for each in value) if isinstance(value, list) else value is None

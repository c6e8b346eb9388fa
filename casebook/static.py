"""Views as static HTML and plain text: for print, nbconvert, feedback, and readers that run nothing."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

from casebook.blank import is_blank
from casebook.prose import blocks_html, blocks_text, inline_html
from casebook.view import View


def to_html(view: View) -> str:
    """``view`` as HTML that needs no script, no style and nothing from elsewhere."""
    return f'<div class="casebook-static">{_HTML[view["type"]](view)}</div>'


def to_text(view: View) -> str:
    """``view`` as plain text."""
    return _TEXT[view["type"]](view)


def _item_html(view: View) -> str:
    fields = "".join(_field_html(field, view["given"]) for field in view["fields"])
    return (
        f"{blocks_html(view['case'])}<fieldset><legend>{inline_html(view['asks'])}</legend>"
        f"<p>{html.escape(view['hint'])}</p>{_said_html(_changed(view))}{fields}</fieldset>"
    )


def _changed(view: View) -> str:
    """What is said of an item that is not as it was when it was answered."""
    changed = view.get("changed")
    return str(changed["said"]) if changed else ""


def _said_html(words: str) -> str:
    return f"<p><em>{html.escape(words)}</em></p>" if words else ""


def _field_html(field: dict[str, Any], given: dict[str, Any] | None) -> str:
    value = (given or {}).get(field["name"])
    if field["control"] == "text":
        return _text_html(value)
    if field["control"] == "order":
        return _order_html(field, value)
    options = _options_html(field, _picked(value))
    label = inline_html(field["label"])
    return f"<fieldset><legend>{label}</legend>{options}</fieldset>" if label else options


def _options_html(field: dict[str, Any], picked: set[str]) -> str:
    kind = "radio" if field["control"] == "one" else "checkbox"
    options = "".join(
        f'<li><label><input type="{kind}" disabled{" checked" if option["value"] in picked else ""}> '
        f"{inline_html(option['label'])}</label>{_mark(option, picked)}</li>"
        for option in field["options"]
    )
    return f"<ul>{options}</ul>"


def _mark(option: dict[str, Any], picked: set[str]) -> str:
    return " <strong>(your answer)</strong>" if option["value"] in picked else ""


def _order_html(field: dict[str, Any], value: Any) -> str:
    steps = "".join(f"<li>{inline_html(option['label'])}</li>" for option in _ordered(field, value))
    return f"<p><strong>({_order_word(field, value)})</strong></p><ol>{steps}</ol>"


def _order_word(field: dict[str, Any], value: Any) -> str:
    return "your answer" if _is_order(field, value) else "not yet put in order"


def _ordered(field: dict[str, Any], value: Any) -> list[dict[str, Any]]:
    """The steps as they were put in order, or else as they are shown at first."""
    if not _is_order(field, value):
        return list(field["options"])
    return sorted(field["options"], key=lambda option: value.index(option["value"]))


def _is_order(field: dict[str, Any], value: Any) -> bool:
    return isinstance(value, list) and {option["value"] for option in field["options"]} <= _picked(value)


def _text_html(value: Any) -> str:
    if not isinstance(value, str) or is_blank(value):
        return "<p>(no answer)</p>"
    # These classes keep pages that set formulas (nbconvert's) from doing so in what a trainee wrote.
    words = html.escape(value)
    return f'<p><strong>Your answer:</strong></p><pre class="tex2jax_ignore mathjax_ignore">{words}</pre>'


_COVER = {False: "A practice scenario; open it to play.", True: "A story in which you decide; open it to play."}


def _story_html(view: View) -> str:
    parts = [f"<h3>{html.escape(view['title'])}</h3>", blocks_html(view["case"]), blocks_html(view["asks"])]
    if view["phase"] in ("cover", "skipped"):
        return "".join([*parts, blocks_html(view["note"]), f"<p>{_COVER[view['graded']]}</p>"])
    parts.append(_said_html(view["changed"]))
    for step in view["past"]:
        parts.append(f"<h4>{html.escape(step['title'])}</h4>{blocks_html(step['text'])}")
        parts.append(f"<p><strong>You:</strong> {inline_html(step['choice'])}</p>{blocks_html(step['told'])}")
    scene = view["scene"]
    parts.append(f"<h4>{html.escape(scene['title'])}</h4>{blocks_html(scene['text'])}")
    if view["phase"] == "scene":
        choices = "".join(f"<li>{inline_html(choice['text'])}</li>" for choice in scene["choices"])
        parts.append(f"<p><strong>{html.escape(scene['asks'])}</strong></p><ul>{choices}</ul>")
    else:
        parts += [_debrief_html(view["debrief"]), _map_html(view["map"]) if view["map"] else ""]
    return "".join(parts)


def _debrief_html(debrief: dict[str, Any]) -> str:
    parts = [f"<h4>Debrief: {html.escape(debrief['ending'])}</h4>"]
    for one in debrief["unsafe"]:
        parts.append(
            f"<p><strong>Not safe:</strong> you chose to {inline_html(one['act'])}.</p>{blocks_html(one['why'])}"
        )
    for step in debrief["steps"]:
        points = ", ".join(html.escape(point["name"]) for point in step["points"])
        parts.append(
            f"<p><strong>{html.escape(step['title'])}. {html.escape(step['word'])}.</strong> "
            f"You chose: {inline_html(step['choice'])}</p>{blocks_html(step['why'])}<p><em>{points}</em></p>"
        )
    return "".join(parts)


def _map_html(story_map: dict[str, Any]) -> str:
    """The map as a nested list: every decision with what there was to choose."""
    decisions = "".join(
        f"<li>{html.escape(decision['title'])}<ul>{''.join(map(_way_html, decision['choices']))}</ul></li>"
        for decision in story_map["decisions"]
    )
    return f"<h4>The path you took</h4><ol>{decisions}</ol>"


def _way_html(choice: dict[str, Any]) -> str:
    leads = html.escape(choice["leads"])
    told = f"<strong>{leads}</strong>" if choice["taken"] else f"<em>{leads}</em>"
    return f"<li>{inline_html(choice['text'])} {told}</li>"


def _item_text(view: View) -> str:
    parts = [blocks_text(view["case"])] if view["case"] else []
    fields = [_field_text(field, view["given"]) for field in view["fields"]]
    said = [words] if (words := _changed(view)) else []
    parts.append("\n".join([blocks_text(view["asks"]), view["hint"], *said, *fields]))
    return "\n\n".join(parts)


def _field_text(field: dict[str, Any], given: dict[str, Any] | None) -> str:
    value = (given or {}).get(field["name"])
    label = [blocks_text(field["label"])] if field["label"] else []
    if field["control"] == "text":
        written = value if isinstance(value, str) and not is_blank(value) else "(no answer)"
        return "\n".join([*label, written])
    if field["control"] == "order":
        steps = [f"{n}. {blocks_text(o['label'])}" for n, o in enumerate(_ordered(field, value), start=1)]
        return "\n".join([*label, f"({_order_word(field, value)})", *steps])
    picked = _picked(value)
    marks = ("(•)", "( )") if field["control"] == "one" else ("[x]", "[ ]")
    options = [f"{marks[o['value'] not in picked]} {blocks_text(o['label'])}" for o in field["options"]]
    return "\n".join([*label, *options])


def _story_text(view: View) -> str:
    parts = [view["title"], *(blocks_text(view[name]) for name in ("case", "asks") if view[name])]
    if view["phase"] in ("cover", "skipped"):
        return "\n\n".join([*parts, blocks_text(view["note"]), _COVER[view["graded"]]])
    parts += [view["changed"]] if view["changed"] else []
    for step in view["past"]:
        parts += [step["title"], blocks_text(step["text"]), f"You: {blocks_text(step['choice'])}"]
        parts.append(blocks_text(step["told"]))
    scene = view["scene"]
    parts += [scene["title"], blocks_text(scene["text"])]
    if view["phase"] == "scene":
        parts.append("\n".join([scene["asks"], *(f"- {blocks_text(choice['text'])}" for choice in scene["choices"])]))
    else:
        parts.append(f"Debrief: {view['debrief']['ending']}")
        for one in view["debrief"]["unsafe"]:
            parts.append(f"Not safe: you chose to {blocks_text(one['act'])}. {blocks_text(one['why'])}".strip())
        parts += [f"{step['title']}: {step['word']}. {blocks_text(step['why'])}" for step in view["debrief"]["steps"]]
    return "\n\n".join(parts)


def _modules_html(view: View) -> str:
    rows = "".join(
        f'<li>{_lesson_html(m)} <a href="{html.escape(m["check"])}">Check</a>: {html.escape(_check_said(m))}.</li>'
        for m in view["modules"]
    )
    return f"<ul>{rows}</ul>"


_AGAIN = ", another attempt at the check is open"


def _check_said(module: dict[str, Any]) -> str:
    return str(module["answered"]) + (_AGAIN if module["again"] else "")


def _lesson_html(module: dict[str, Any]) -> str:
    title = html.escape(module["title"])
    if not module["lesson"]:
        return f"{title}."
    link = f'<a href="{html.escape(module["lesson"])}">{title}</a>'
    return f"{link} ({module['minutes']} minutes): {html.escape(module['state'])}."


def _modules_text(view: View) -> str:
    return "\n".join(
        f"- {m['title']} ({m['minutes']} minutes): {m['state']}{_AGAIN if m['again'] else ''}"
        if m["lesson"]
        else f"- {m['title']} ({m['check_minutes']} minutes): {_check_said(m)}"
        for m in view["modules"]
    )


def _aids_html(view: View) -> str:
    rows = "".join(
        f'<li><a href="{html.escape(aid["path"])}">{html.escape(aid["title"])}</a>: {html.escape(aid["about"])}</li>'
        for aid in view["aids"]
    )
    return f"<ul>{rows}</ul>"


def _aids_text(view: View) -> str:
    return "\n".join(f"- {aid['title']}: {aid['about']}" for aid in view["aids"])


def _opening_html(view: View) -> str:
    return _notice_html(view) + (f"<p>{html.escape(view['said'])}.</p>" if view["said"] else "")


def _opening_text(view: View) -> str:
    return "\n".join([*view["messages"], *([f"{view['said']}."] if view["said"] else [])])


def _handing_in_lines(view: View) -> list[str]:
    attempts = view["attempts"]
    if not attempts:
        return [view["said"]]
    is_open = "Your instructor has opened another attempt. Open this check in JupyterLab to begin it."
    return [view["said"], *filter(None, [attempts["said"]]), *([is_open] if attempts["open"] else [])]


def _partners_html(view: View) -> str:
    if not view["partners"]:
        return "<p>Nothing recorded yet.</p>"
    # As with written answers: nothing in what a trainee wrote is set as a formula.
    return "".join(f'<div class="tex2jax_ignore mathjax_ignore">{_partner_html(one)}</div>' for one in view["partners"])


def _partner_html(one: dict[str, Any]) -> str:
    facts = "".join(f"<dt>{html.escape(label)}</dt><dd>{html.escape(words)}</dd>" for label, words in one["facts"])
    return f"<h4>{html.escape(one['given']['organization'])}</h4><dl>{facts}</dl>"


def _partners_text(view: View) -> str:
    parts = [
        "\n".join([one["given"]["organization"], *(f"  {label}: {words}" for label, words in _told(one))])
        for one in view["partners"]
    ]
    return "\n\n".join(parts) or "Nothing recorded yet."


def _told(one: dict[str, Any]) -> list[tuple[str, str]]:
    """The facts of a partner, a line each."""
    return [(label.rstrip("?"), " ".join(words.split())) for label, words in one["facts"]]


def _notice_html(view: View) -> str:
    return "".join(f"<p>{html.escape(message)}</p>" for message in view["messages"])


def _notice_text(view: View) -> str:
    return "\n".join(view["messages"])


def _picked(value: Any) -> set[str]:
    if isinstance(value, str):
        return {value}
    return {one for one in value if isinstance(one, str)} if isinstance(value, list) else set()


def _review_lines(view: View) -> list[str]:
    back = view["back"]
    said = [back["said"], *(f"{one['on']}: {one['what']}" for one in back["changes"])] if back else []
    points = (f"{one['name']}: {one['text']}" for one in view["points"])
    return [*said, *filter(None, [view["due"]]), *points]


def _certificate_lines(view: View) -> list[str]:
    return [*filter(None, [view["said"]]), *(f"Still to pass: {one['title']}" for one in view["missing"])]


def _lines_html(lines: list[str]) -> str:
    return "".join(f"<p>{html.escape(line)}</p>" for line in lines)


def _refresher_html(view: View) -> str:
    rows = "".join(f"<li>{html.escape(one)}</li>" for one in _strengths(view))
    asked = to_html(view["ask"]["shown"]) if view["ask"] else ""
    return f"<p>{html.escape(view['said'])}</p>{asked}<ul>{rows}</ul>"


def _refresher_text(view: View) -> str:
    asked = [to_text(view["ask"]["shown"])] if view["ask"] else []
    return "\n".join([view["said"], *asked, *(f"- {one}" for one in _strengths(view))])


def _strengths(view: View) -> list[str]:
    return [f"{one['name']}: {one['percent']}%, {one['word'].lower()}" for one in view["strengths"]]


_HTML: dict[str, Callable[[View], str]] = {
    "item": _item_html,
    "story": _story_html,
    "notice": _notice_html,
    "opening": _opening_html,
    "modules": _modules_html,
    "aids": _aids_html,
    "handing-in": lambda view: _lines_html(_handing_in_lines(view)),
    "partners": _partners_html,
    "refresher": _refresher_html,
    "review": lambda view: _lines_html(_review_lines(view)),
    "certificate": lambda view: _lines_html(_certificate_lines(view)),
}
_TEXT: dict[str, Callable[[View], str]] = {
    "item": _item_text,
    "story": _story_text,
    "notice": _notice_text,
    "opening": _opening_text,
    "modules": _modules_text,
    "aids": _aids_text,
    "handing-in": lambda view: "\n".join(_handing_in_lines(view)),
    "partners": _partners_text,
    "refresher": _refresher_text,
    "review": lambda view: "\n".join(_review_lines(view)),
    "certificate": lambda view: "\n".join(_certificate_lines(view)),
}

// The form in which one partner is written down.

import { drawField, typedHere } from "./controls.js";
import { h, phrase, uniqueId } from "./dom.js";

/** A button that does `onclick`; `more` are attributes of its own. */
export const button = (words, onclick, kind = "casebook-quiet", more = {}) =>
  h("button", { type: "button", class: kind, onclick, ...more }, words);

/** The form for one partner; `on` hears what is done in it: save, cancel, typed, escape, and say(words). */
export function drawForm(view, title, given, on) {
  const page = { changed: on.typed };
  const fields = view.asked.map((asked) =>
    asked.control === "one" ? drawField(asked, { [asked.name]: asked.options.at(-1).value, ...given }, page) : drawWriting(asked, given, on.typed),
  );
  const value = () => Object.fromEntries(fields.map((field) => [field.name, field.value()]));
  const needed = fields[0];
  const submit = (event) => {
    event.preventDefault();
    if (needed.isAnswered()) return on.save();
    on.say(view.missing);
    needed.control.focus();
  };
  const element = h(
    "form",
    { class: "casebook-form", novalidate: true, onsubmit: submit, onkeydown: (event) => onEscape(event, on.escape) },
    h(
      "fieldset",
      {},
      h("legend", {}, title),
      h("p", {}, view.reminder),
      fields.map((field) => field.element),
      h("p", {}, h("button", { type: "submit", class: "casebook-main" }, "Save"), button("Cancel", on.cancel)),
    ),
  );
  const blank = Object.fromEntries(view.asked.map(({ name, options }) => [name, options.at(-1)?.value ?? ""]));
  return { element, value, blank, focus: () => needed.control.focus() };
}

/** A line or an area to write in. */
function drawWriting(asked, given, typed) {
  const id = uniqueId(asked.name);
  const hint = asked.hint ? h("p", { class: "casebook-small", id: `${id}-hint` }, asked.hint) : null;
  const area = asked.control === "area";
  const control = h(area ? "textarea" : "input", {
    id,
    type: area ? null : "text",
    rows: area ? asked.rows : null,
    autocomplete: "off",
    required: asked.needed,
    "aria-describedby": hint?.id,
    onbeforeinput: typedHere,
    oninput: typed,
  });
  control.value = given[asked.name] ?? "";
  return {
    name: asked.name,
    control,
    element: h("div", { class: asked.wide ? "casebook-wide" : null }, h("label", { for: id }, phrase(asked.label)), hint, control),
    value: () => control.value.toWellFormed?.() ?? control.value,
    isAnswered: () => control.value.trim() !== "",
  };
}

/** Does `work` at Escape, which JupyterLab then does not hear. */
export function onEscape(event, work) {
  if (event.key !== "Escape" || event.isComposing) return;
  event.preventDefault();
  event.stopPropagation();
  work();
}

/** Whether a form says what another said. */
export const same = (one, other) => Object.keys(one).every((name) => one[name] === other[name]);

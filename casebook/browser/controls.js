// The controls of an item's fields. Each tells the page of a change, and its value when asked.
//
// A drawn field: {name, element, value(), isAnswered(), missing}. A value of null is no answer. `page` offers
// say(words) for the live region, changed(quietly) to save now, and typed() for what is saved after a pause.

import { h, phrase, uniqueId } from "./dom.js";

const PAUSE = 800; // ms without a key before what was typed is saved

// On each key JupyterLab puts a listener on the element that stops these within a cell: its own Enter and
// undo. Ours was there first, so what is typed here is done here.
const OURS = new Set(["insertLineBreak", "historyUndo", "historyRedo"]);

// Whether somebody can see anything of a text; casebook/blank.py has the same rule.
const SEEN = /[^\p{Z}\p{M}\p{Cc}\p{Cf}\p{Cs}\p{DI}\u2800\ufffc]/u;
const saysSomething = (text) => SEEN.test(text);

/** For "beforeinput" of what one types in. */
export const typedHere = (event) => OURS.has(event.inputType) && event.stopImmediatePropagation();

const DRAW = { one: drawChoices, several: drawChoices, order: drawOrder, text: drawText };

export const drawField = (field, given, page) => ({
  name: field.name,
  missing: "Choose an answer first.",
  ...DRAW[field.control](field, given?.[field.name], page),
});

/** Radio buttons or check boxes; a group of its own where the field has a label. */
function drawChoices(field, stands, page) {
  const name = uniqueId(field.name);
  const one = field.control === "one";
  const inputs = field.options.map(({ value }) =>
    h("input", {
      type: one ? "radio" : "checkbox",
      name,
      value,
      id: `${name}-${value}`,
      checked: one ? stands === value : Array.isArray(stands) && stands.includes(value),
      onchange: () => page.changed(),
    }),
  );
  const picked = () => inputs.filter((input) => input.checked).map((input) => input.value);
  const options = h(
    "div",
    { class: `casebook-options casebook-${field.layout}` },
    field.options.map(({ label }, n) =>
      h("div", { class: "casebook-option" }, inputs[n], h("label", { for: inputs[n].id }, phrase(label))),
    ),
  );
  const element = field.label.length ? h("fieldset", {}, h("legend", {}, phrase(field.label)), options) : options;
  return {
    element,
    value: () => (one ? (picked()[0] ?? null) : picked()),
    isAnswered: () => picked().length > 0,
    missing: field.label.length ? "Answer every part first." : "Choose an answer first.",
  };
}

/** A list to put in order, step by step, with two buttons each. No answer until something is moved, or kept. */
function drawOrder(field, stands, page) {
  let answered = Array.isArray(stands);
  const place = (value) => (answered ? stands.indexOf(value) : 0);
  const options = [...field.options].sort((a, b) => place(a.value) - place(b.value));
  const rows = new Map();
  const list = h("ol", { class: "casebook-order" });

  function drawRow({ value, label }) {
    const words = h("span", { class: "casebook-order-words" }, phrase(label));
    const name = words.textContent;
    const button = (text, by) =>
      h("button", { type: "button", class: "casebook-quiet", "aria-label": `${text}: ${name}`, onclick: () => move(row, by) }, text);
    const row = { value, name, up: button("Move up", -1), down: button("Move down", 1) };
    row.element = h("li", { onkeydown: (event) => moveByKey(event, row) }, words, h("span", { class: "casebook-order-moves" }, row.up, row.down));
    rows.set(row.element, row);
    return row.element;
  }

  const inOrder = () => [...list.children].map((element) => rows.get(element));

  function move(row, by) {
    const all = inOrder();
    const to = all.indexOf(row) + by;
    if (to < 0 || to >= all.length) {
      return page.say(`Already the ${by < 0 ? "first" : "last"} of ${all.length}: ${row.name}`);
    }
    // Its neighbour changes sides: the step itself, and with it the focus, stays where it is.
    if (by < 0) row.element.after(all[to].element);
    else row.element.before(all[to].element);
    answered = true;
    markEnds();
    page.say(`Now ${to + 1} of ${all.length}: ${row.name}`);
    page.changed(true);
  }

  function moveByKey(event, row) {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!event.altKey || !by) return;
    event.preventDefault();
    move(row, by);
  }

  // Not the real "disabled": a button that is pressed until it is at the end would lose the focus.
  function markEnds() {
    const all = inOrder();
    all.forEach((row, n) => {
      row.up.setAttribute("aria-disabled", String(n === 0));
      row.down.setAttribute("aria-disabled", String(n === all.length - 1));
    });
  }

  const keepIt = () => {
    answered = true;
    page.changed();
  };
  list.append(...options.map(drawRow));
  markEnds();
  return {
    element: h("div", {}, list, h("button", { type: "button", class: "casebook-quiet", onclick: keepIt }, "Keep this order")),
    value: () => (answered ? inOrder().map((row) => row.value) : null),
    isAnswered: () => answered,
    missing: "Move a step first, or keep this order.",
  };
}

/** An area to write in, saved after a pause and when it is left. */
function drawText(field, stands, page) {
  const id = uniqueId(field.name);
  const [from, to] = field.words;
  const guide = h("p", { class: "casebook-small", id: `${id}-guide` });
  const note = h("p", { class: "casebook-small", id: `${id}-note` }, field.note);
  const area = h("textarea", {
    id,
    rows: "8",
    "aria-describedby": `${guide.id} ${note.id}`,
    onbeforeinput: typedHere,
    oninput: () => typed(),
    onblur: () => save(false),
  });
  let timer = null;

  const value = () => area.value.toWellFormed?.() ?? area.value;
  const count = () => area.value.split(/\s+/).filter(Boolean).length;
  const guideWords = () => `About ${from}–${to} words; ${count()} so far.`;

  function typed() {
    clearTimeout(timer);
    timer = setTimeout(() => save(true), PAUSE);
    page.typed();
  }

  function save(quietly) {
    if (timer === null) return; // nothing new
    clearTimeout(timer);
    timer = null;
    guide.textContent = guideWords();
    page.changed(quietly);
  }

  // The page may be closed before the pause is over; where the kernel's restart draws it anew, what was typed is held.
  document.addEventListener("visibilitychange", () => document.hidden && save(true), { signal: page.signal });
  page.signal?.addEventListener("abort", () => clearTimeout(timer));

  area.value = typeof stands === "string" ? stands : "";
  guide.textContent = guideWords();
  return {
    element: h("div", {}, h("label", { for: id }, "Your answer"), area, guide, note),
    value,
    isAnswered: () => saysSomething(area.value),
    missing: "Write your answer first.",
  };
}

// One item: its case, its fields, and for practice its feedback.

import { h, heading, phrase, prose, timeOf, uniqueId } from "./dom.js";
import { keep, leftOver, Line, Status } from "./saving.js";

export function drawItem({ model, el, view, signal }) {
  const line = new Line(model, signal);
  const status = new Status();
  const key = model.get("key");
  const left = leftOver(key);
  const given = left?.given ?? view.given;
  const fields = view.fields.map((field) => drawField(field, given, () => changed()));
  const feedback = h("div", { class: "casebook-feedback" });
  const check = h("button", { type: "button", class: "casebook-main", onclick: () => practise() }, "Check my answer");

  const collect = () => Object.fromEntries(fields.map((field) => [field.name, field.value()]));
  const isAnswered = () => fields.every((field) => field.isAnswered());

  async function changed() {
    feedback.replaceChildren();
    if (view.graded || isAnswered()) await save();
  }

  async function save() {
    if (!isAnswered() && !view.given) return;
    status.say("Saving…");
    const reply = await keep(line, status, key, { type: "answer", given: collect() }, save);
    if (reply) status.say(savedWords(reply.at));
  }

  async function practise() {
    if (!isAnswered()) return status.say("Choose an answer first.");
    const reply = await keep(line, status, key, { type: "check", given: collect() }, practise);
    if (!reply) return;
    status.say("");
    showFeedback(feedback, reply.feedback);
  }

  const savedWords = (at) => `Saved ${timeOf(at)}.${view.graded ? " You can change it until you submit." : ""}`;

  el.append(
    h(
      "div",
      { class: "casebook-item" },
      view.case.length ? h("div", { class: "casebook-case" }, prose(view.case)) : null,
      fields.map((field) => field.element),
      view.graded ? null : check,
      status.element,
      feedback,
    ),
  );
  if (left) (left.type === "check" ? practise : save)();
  else if (view.given && view.saved_at) status.say(savedWords(view.saved_at));
}

function drawField(field, given, changed) {
  const name = uniqueId(field.name);
  const one = field.control === "one";
  const stands = given?.[field.name];
  const inputs = field.options.map(({ value }) =>
    h("input", {
      type: one ? "radio" : "checkbox",
      name,
      value,
      id: `${name}-${value}`,
      checked: one ? stands === value : Array.isArray(stands) && stands.includes(value),
      onchange: changed,
    }),
  );
  const picked = () => inputs.filter((input) => input.checked).map((input) => input.value);
  const hint = h("p", { class: "casebook-hint", id: `${name}-hint` }, field.hint);
  const element = h(
    "fieldset",
    { "aria-describedby": hint.id },
    h("legend", {}, phrase(field.label)),
    hint,
    field.options.map(({ label }, n) =>
      h("div", { class: "casebook-option" }, inputs[n], h("label", { for: inputs[n].id }, phrase(label))),
    ),
  );
  return {
    name: field.name,
    element,
    value: () => (one ? (picked()[0] ?? null) : picked()),
    isAnswered: () => picked().length > 0,
  };
}

function showFeedback(place, { said, right, remarks, points }) {
  const title = heading(3, said);
  place.replaceChildren(
    h(
      "div",
      { class: "casebook-verdict-box", "data-right": String(right) },
      title,
      h(
        "ul",
        {},
        remarks.map((remark) =>
          h(
            "li",
            {},
            h("p", { class: "casebook-word" }, h("strong", {}, remark.word), " ", phrase(remark.option)),
            prose(remark.why),
          ),
        ),
      ),
      points.length ? drawPoints(points) : null,
    ),
  );
  title.focus();
}

/** The teaching points that something was about. */
export function drawPoints(points) {
  return h(
    "div",
    { class: "casebook-points" },
    h("p", { class: "casebook-small" }, "What this is about"),
    h("ul", {}, points.map((point) => h("li", {}, h("strong", {}, point.name), `: ${point.text}`))),
  );
}

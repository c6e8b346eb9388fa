// One item: its case, its question with its fields, and for practice its feedback.

import { drawField } from "./controls.js";
import { dateOf, h, heading, phrase, prose, timeOf, uniqueId } from "./dom.js";
import { drop, hold, keep, leftOver, Line, Status } from "./saving.js";

const SAVING = "Saving…";
const MEANWHILE =
  "NOT saved. You saved a different answer in the meantime. To save this one instead, choose Try again.";

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

export function drawItem({ model, el, view, signal }) {
  const line = new Line(model, signal);
  const status = new Status();
  const key = model.get("key");
  const left = leftOver(key);
  const given = left?.given ?? view.given;
  const hint = h("p", { class: "casebook-hint", id: uniqueId("hint") }, view.hint);
  const changedNote = h("p", { class: "casebook-changed", id: uniqueId("changed") }, view.changed ? changedWords(view.changed) : "");
  const page = {
    signal,
    say: (words) => status.say(words),
    changed: (quietly) => changed(quietly),
    typed: () => typed(),
  };
  const fields = view.fields.map((field) => drawField(field, given, page));
  const feedback = h("div", { class: "casebook-feedback" });
  const check = h("button", { type: "button", class: "casebook-main", onclick: () => practise() }, "Check my answer");
  let kept = view.given !== null;

  const collect = () =>
    Object.fromEntries(fields.map((field) => [field.name, field.value()]).filter(([, value]) => value !== null));
  const answer = (type = "answer") => ({
    type,
    given: collect(),
    /** When the last answer was saved that this page knows of. */
    get known() {
      return line.keptAt ?? view.saved_at;
    },
  });

  async function changed(quietly = false) {
    feedback.replaceChildren();
    await save(quietly);
  }

  /** Not yet sent: it waits for a pause, and says so without a word to whoever listens. */
  function typed() {
    feedback.replaceChildren();
    hold(key, answer());
    status.note(SAVING);
  }

  async function save(quietly = false) {
    if (!kept && !fields.some((field) => field.isAnswered())) {
      // Nothing to keep. (What is taken back after it was kept is an answer too.)
      drop(key);
      return status.note("");
    }
    kept = true;
    if (quietly) status.note(SAVING);
    else status.say(SAVING);
    const reply = await keep(line, status, key, answer(), save);
    if (!reply) return;
    changedNote.hidden = true;
    // What was said meanwhile (that a part is missing) stands; "Saved" is then shown beside it.
    if (quietly || !status.says(SAVING)) status.note(savedWords(reply.at));
    else status.say(savedWords(reply.at));
  }

  async function practise() {
    const open = fields.find((field) => !field.isAnswered());
    if (open) return status.say(open.missing);
    kept = true;
    const reply = await keep(line, status, key, answer("check"), practise);
    if (!reply) return;
    changedNote.hidden = true;
    status.say("");
    showFeedback(feedback, reply.feedback);
  }

  const savedWords = (at) => `${`Saved ${timeOf(at)}`.trimEnd()}.${view.graded ? " You can change it until you submit." : ""}`;

  el.append(
    h(
      "div",
      { class: "casebook-item" },
      view.case.length ? h("div", { class: "casebook-case" }, prose(view.case)) : null,
      h(
        "fieldset",
        { "aria-describedby": view.changed ? `${hint.id} ${changedNote.id}` : hint.id },
        h("legend", {}, phrase(view.asks)),
        hint,
        view.changed ? changedNote : null,
        fields.map((field) => field.element),
      ),
      view.graded ? null : check,
      status.element,
      feedback,
    ),
  );
  const send = left?.type === "check" ? practise : save;
  if (left && left.known !== view.saved_at && !same(left.given, view.given)) status.alarm(MEANWHILE, send);
  else if (left) send();
  else if (view.given && view.saved_at) status.say(savedWords(view.saved_at));
  return (current) => current.given !== null && !same(current.given, collect());
}

const changedWords = ({ at, said }) => (dateOf(at) ? `${said} (Your answer is from ${dateOf(at)}.)` : said);

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
            h("p", { class: "casebook-word" }, h("strong", {}, remark.word), " ", phrase(remark.part)),
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

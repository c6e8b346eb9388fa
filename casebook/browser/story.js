// A practice scenario: cover, scenes with their decisions, debrief.

import { h, heading, phrase, prose, uniqueId } from "./dom.js";
import { drawPoints } from "./item.js";
import { drawMap } from "./map.js";
import { keep, leftOver, Line, Status } from "./saving.js";

export function drawStory({ model, el, view, signal }) {
  const line = new Line(model, signal);
  const status = new Status();
  const key = model.get("key");
  const stage = h("div", { class: "casebook-stage" });
  let shown;

  /** Sends an event; shows what came of it with the focus on what is new. */
  async function act(event) {
    status.say("");
    const reply = await keep(line, status, key, event, () => act(event));
    if (!reply) return;
    show(reply.view).focus();
  }

  /** Draws a view; gives the heading of what is new. */
  function show(current) {
    const drawn = { cover, skipped, scene, end }[current.phase](current, act, status);
    const changed = current.changed ? h("p", { class: "casebook-changed" }, current.changed) : null;
    stage.replaceChildren(...[changed, drawn.parts].flat(Infinity).filter(Boolean));
    shown = current;
    return drawn.focus;
  }

  el.append(
    h(
      "section",
      { class: "casebook-story", "aria-label": `Scenario: ${view.title}` },
      h("h3", {}, view.title),
      stage,
      status.element,
    ),
  );
  show(view);
  const left = leftOver(key);
  if (left) act(left);
  return (current) => JSON.stringify(current) !== JSON.stringify(shown);
}

const button = (words, onclick, kind = "casebook-quiet", label = undefined) =>
  h("button", { type: "button", class: kind, onclick, "aria-label": label }, words);

function cover(view, act) {
  const title = heading(4, "Before you begin");
  const begin = (words, kind, story) => button(words, () => act({ type: "begin", case: story.id }), kind);
  return {
    focus: title,
    parts: [
      title,
      prose(view.case ?? []),
      view.graded ? h("p", {}, phrase(view.asks)) : null,
      prose(view.note),
      whoIsWho(view.people, true),
      h("p", { class: "casebook-small" }, `About ${view.minutes} minutes. ${view.graded ? GRADED : "Nothing here is graded."}`),
      h(
        "p",
        { class: "casebook-buttons" },
        begin("Begin", "casebook-main", view),
        view.graded
          ? view.others.map((other) => begin(`Take a different story instead: ${other.title}`, "casebook-quiet", other))
          : button("Skip this scenario", () => act({ type: "skip" })),
      ),
    ],
  };
}

const GRADED =
  "This is graded. Each decision counts the first time you make it, and you can't go back. You can stop anytime and pick up where you left off.";

function skipped(_view, act) {
  const title = heading(4, "Skipped");
  return {
    focus: title,
    parts: [
      title,
      h("p", {}, "You skipped this scenario. That's fine. It isn't counted, and it isn't reported. You can play it whenever you like."),
      h("p", {}, button("Play it after all", () => act({ type: "begin" }))),
    ],
  };
}

function scene(view, act, status) {
  const last = view.past.at(-1);
  const title = heading(4, view.scene.title);
  const news = last ? heading(4, "What happens") : title;
  return {
    focus: news,
    parts: [
      earlier(view.past),
      last && [
        h("p", { class: "casebook-said" }, h("span", { class: "casebook-small" }, "You: "), phrase(last.choice)),
        news,
        h("div", { class: "casebook-told" }, prose(last.told)),
      ],
      title,
      prose(view.scene.text),
      decision(view, act, status),
      whoIsWho(view.people, false),
    ],
  };
}

function decision(view, act, status) {
  const name = uniqueId("choice");
  const inputs = view.scene.choices.map(({ id }) =>
    h("input", { type: "radio", name, value: id, id: `${name}-${id}` }),
  );
  const choose = () => {
    const picked = inputs.find((input) => input.checked);
    if (!picked) return status.say("Make a choice first.");
    act({ type: "choose", step: view.step, choice: picked.value });
  };
  return [
    h(
      "fieldset",
      {},
      h("legend", {}, view.scene.asks),
      view.scene.choices.map(({ text }, n) =>
        h("div", { class: "casebook-option" }, inputs[n], h("label", { for: inputs[n].id }, phrase(text))),
      ),
    ),
    h("p", {}, button("This is what I do", choose, "casebook-main")),
  ];
}

function end(view, act) {
  const { debrief } = view;
  const last = view.past.at(-1);
  const news = heading(4, "What happens");
  return {
    focus: news,
    parts: [
      earlier(view.past),
      h("p", { class: "casebook-said" }, h("span", { class: "casebook-small" }, "You: "), phrase(last.choice)),
      news,
      h("div", { class: "casebook-told" }, prose(last.told)),
      heading(4, view.scene.title),
      prose(view.scene.text),
      view.graded ? null : heading(4, `Debrief: ${debrief.ending}`),
      debrief.unsafe.length ? unsafe(debrief.unsafe) : null,
      view.graded ? h("p", {}, KEPT) : practised(view, act),
    ],
  };
}

const KEPT = "Your decisions are saved. Your feedback will tell you what they earned, and why.";

/** `once`: the refresher asks for what is decided at first, so there is no way back. */
function practised({ debrief, map, playing, once }, act) {
  return [
    heading(4, "The path you took"),
    drawMap(map),
    heading(4, "Decision by decision"),
    h("ol", { class: "casebook-steps" }, debrief.steps.map((step, n) => drawStep(step, n, once ? null : act))),
    once ? null : h("p", {}, button("Play again", () => act({ type: "again", playing }), "casebook-main")),
    once ? null : h("p", { class: "casebook-small" }, "When you play again, some of the facts may be different."),
  ];
}

function unsafe(acts) {
  return h(
    "div",
    { class: "casebook-unsafe" },
    h("p", {}, h("strong", {}, "Not safe. "), "On this path, you chose to:"),
    h("ul", {}, acts.map(({ act, why }) => h("li", {}, phrase(act), prose(why)))),
  );
}

function drawStep(step, n, act) {
  return h(
    "li",
    { "data-verdict": step.unsafe ? "unsafe" : step.verdict },
    h("h5", {}, step.title),
    h("p", {}, h("strong", { class: "casebook-verdict" }, `${step.word}. `), "You: ", phrase(step.choice)),
    prose(step.why),
    step.basis === "inference"
      ? h("p", { class: "casebook-small" }, "The guide doesn't settle this. It's our advice, and your agency's policy comes first.")
      : null,
    step.points.length ? drawPoints(step.points) : null,
    act
      ? button(
          "Go back to this decision",
          () => act({ type: "back", step: n }),
          "casebook-quiet",
          `Go back to decision ${n + 1}: ${step.title}`,
        )
      : null,
  );
}

function earlier(past) {
  const before = past.slice(0, -1);
  const latest = past.at(-1);
  if (!latest) return null;
  return h(
    "details",
    {},
    h("summary", {}, "The story so far"),
    before.map((step) => [
      h("h4", {}, step.title),
      prose(step.text),
      h("p", { class: "casebook-said" }, h("span", { class: "casebook-small" }, "You: "), phrase(step.choice)),
      prose(step.told),
    ]),
    h("h4", {}, latest.title),
    prose(latest.text),
  );
}

function whoIsWho(people, open) {
  if (!people.length) return null;
  return h(
    "details",
    { open },
    h("summary", {}, "Who's who"),
    h("dl", {}, people.map(({ name, who }) => [h("dt", {}, name), h("dd", {}, who)])),
  );
}

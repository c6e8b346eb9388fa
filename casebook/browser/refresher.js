// The refresher: one question after the other, what is due, how strong each point is, and the coming dates.

import { dateOf, h, heading } from "./dom.js";
import { drawItem } from "./item.js";
import { pageLink } from "./opening.js";
import { Line } from "./saving.js";
import { drawStory } from "./story.js";

const LOST = "The course isn't responding. What you saved is safe. Try again in a moment.";
const MANY = 8; // a longer list is opened by whoever wants it
const UNLIKE = { 0.8: "fewer questions", 0.85: "slightly fewer", 0.9: "recommended", 0.95: "many more questions" };

const button = (words, onclick, kind = "casebook-quiet") => h("button", { type: "button", class: kind, onclick }, words);

export function drawRefresher({ model, el, view, signal }) {
  const line = new Line(model, signal);
  const status = h("p", { role: "status", class: "casebook-status" });
  const stage = h("div", {});
  const standing = h("div", {});
  let shown = view;
  let inner = new AbortController();
  signal.addEventListener("abort", () => inner.abort());

  async function ask(event) {
    status.textContent = "";
    const reply = await line.ask(event);
    if (reply.type === "done") return reply;
    status.textContent = reply.type === "refused" ? reply.message : LOST;
    // The extension hears this and starts the page's cells again.
    if (reply.type === "lost") document.dispatchEvent(new CustomEvent("casebook:lost"));
    return null;
  }

  /** Asks for something and shows the page as it is then, with the focus on what is new. */
  async function act(event) {
    const reply = await ask(event);
    if (reply?.view) show(reply.view).focus();
  }

  /** Draws the page; gives the heading of what is new. */
  function show(current) {
    shown = current;
    inner.abort();
    inner = new AbortController();
    const title = heading(3, current.ask ? current.ask.title : "Today");
    stage.replaceChildren(title, current.ask ? question(current.ask) : today(current));
    // Nothing beside a question: it would be read for the answer.
    const parts = current.strengths.length ? [strengths(current), ahead(current)] : [];
    standing.replaceChildren(...(current.ask ? [] : [...parts, settings(current)]));
    return title;
  }

  const today = ({ said, begin, number }) =>
    h(
      "div",
      {},
      h("p", {}, said),
      h(
        "p",
        { class: "casebook-buttons" },
        begin?.words ? button(begin.words, () => act({ type: "next", n: number }), "casebook-main") : null,
        begin?.path ? button(begin.path, () => act({ type: "path", n: number })) : null,
      ),
    );

  /** An item or a scenario, drawn as everywhere; what it sends goes to the kernel with the question's number. */
  function question(asked) {
    const place = h("div", {});
    const after = h("div", {});
    const told = (reply) => {
      if (reply.told) after.replaceChildren(...next(reply.told, asked.n + 1));
    };
    const draw = asked.shown.type === "story" ? drawStory : drawItem;
    const its = innerModel(model, asked.n, stopwatch(inner.signal), told);
    draw({ model: its, el: place, view: asked.shown, signal: inner.signal });
    return h("div", {}, asked.hint ? hint(asked) : null, place, after);
  }

  function hint(asked) {
    const words = h("p", { role: "status" }, asked.hinted ? asked.hint : "");
    const give = button("Give me a hint", async () => {
      if (!(await ask({ type: "hint", n: asked.n }))) return;
      give.hidden = true;
      words.textContent = asked.hint;
    });
    give.hidden = asked.hinted;
    return h("div", {}, words, h("p", {}, give));
  }

  const next = (told, n) =>
    [
      told.again ? h("p", {}, `You'll be asked about this again on ${dayOf(told.again)}.`) : null,
      h(
        "p",
        { class: "casebook-buttons" },
        told.more ? button("Next question", () => act({ type: "next", n }), "casebook-main") : null,
        button(told.more ? "Stop for now" : "Done for today", () => act({ type: "refresh" })),
      ),
    ].filter(Boolean);

  const ahead = (current) =>
    h(
      "div",
      {},
      heading(3, "What's next"),
      current.ahead.length
        ? [
            h("ul", {}, current.ahead.map(({ on, said }) => h("li", {}, `${dayOf(on)}: ${said}`))),
            h("p", {}, button("Save these dates for my calendar", saveCalendar)),
          ]
        : h("p", {}, "Nothing in the next three months."),
    );

  async function saveCalendar() {
    const reply = await ask({ type: "calendar" });
    if (!reply) return;
    const url = URL.createObjectURL(new Blob([reply.ics], { type: "text/calendar" }));
    h("a", { href: url, download: "refresher.ics" }).click();
    URL.revokeObjectURL(url);
    status.textContent = "The dates are in the file refresher.ics. Open it with your calendar.";
  }

  function settings({ settings: set }) {
    const minutes = choice("At most", set.minutes, set.minute_steps, (value) => `${value} minutes a day`);
    const retention = choice("Ask me when my odds of remembering drop to", set.retention, set.retention_steps, (value) =>
      `${Math.round(value * 100)}% (${UNLIKE[value]})`,
    );
    const save = () =>
      act({ type: "settings", minutes: Number(minutes.select.value), retention: Number(retention.select.value) });
    const keep = h("p", {}, button("Keep these settings", save));
    return h("details", {}, h("summary", {}, "Settings"), minutes.element, retention.element, keep);
  }

  el.append(h("div", { class: "casebook-overview casebook-refresher" }, stage, status, standing));
  show(view);
  // Another tab went on: this one follows, but not while its own answer is being read.
  return (current) => current.number > shown.number + (shown.ask ? 1 : 0);
}

/** A model for a panel inside this one. `watch` gives the seconds so far; `told` hears every reply. */
function innerModel(model, n, watch, told) {
  const heard = new Map();
  return {
    get: (name) => (name === "key" ? `${model.get("key")}-${n}` : model.get(name)),
    send: ({ number, page, order, ...event }) =>
      model.send({ type: "play", n, number, page, order, event: { ...event, seconds: watch() } }),
    on(name, hear) {
      heard.set(hear, (message) => {
        hear(message);
        told(message ?? {});
      });
      model.on(name, heard.get(hear));
    },
    off: (name, hear) => model.off(name, heard.get(hear)),
  };
}

/** Counts the seconds that the page is looked at. */
function stopwatch(signal) {
  let spent = 0;
  let since = performance.now();
  const isSeen = () => document.visibilityState === "visible";
  const turn = () => {
    if (isSeen()) since = performance.now();
    else spent += performance.now() - since;
  };
  document.addEventListener("visibilitychange", turn, { signal });
  return () => (spent + (isSeen() ? performance.now() - since : 0)) / 1000;
}

/** A chart of bars, each with its words beside it: who sees no bars misses nothing. */
function strengths({ strengths: all, unmet }) {
  const groups = ["Due", "Fading", "Strong"].map((word) => [word, all.filter((one) => one.word === word)]);
  const more = `${unmet} more ${unmet === 1 ? "teaching point comes" : "teaching points come"} with lessons you haven't worked on yet.`;
  return h(
    "div",
    {},
    heading(3, "What you remember"),
    groups.filter(([, some]) => some.length).map(([word, some]) => group(word, some)),
    unmet ? h("p", { class: "casebook-small" }, more) : null,
  );
}

function group(word, some) {
  const weakest = [...some].sort((one, other) => one.percent - other.percent);
  return h(
    "details",
    { open: word !== "Strong" && some.length <= MANY },
    h("summary", {}, `${word}: ${some.length}`),
    h("ul", { class: "casebook-strengths" }, weakest.map(strength)),
  );
}

const strength = ({ name, lesson, cell, title, percent, due, is_over }) =>
  h(
    "li",
    {},
    pageLink(lesson, name, `${name}, in the lesson ${title}`, cell),
    h("span", { class: "casebook-bar", "aria-hidden": "true" }, h("span", { style: `width: ${percent}%` })),
    h("span", { class: "casebook-small" }, `${percent}% · ${is_over ? "due since" : "due on"} ${dayOf(due)}`),
  );

function choice(label, value, steps, words) {
  const options = steps.map((step) => h("option", { value: step, selected: step === value }, words(step)));
  const select = h("select", {}, options);
  return { select, element: h("p", {}, h("label", {}, `${label} `, select)) };
}

/** A day ("2026-12-03") as the trainee's computer writes it. */
const dayOf = (day) => dateOf(`${day}T12:00:00`);

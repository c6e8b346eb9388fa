// The end of a check where nobody but the course grades it: the result at once, each attempt's page, and another try.

import { dateOf, h, heading } from "./dom.js";
import { documentLink } from "./opening.js";
import { forget, waiting } from "./saving.js";

const GRADING = 200_000; // ms; the kernel itself gives up a little before
const LOST = "Grading isn't responding. Your answers are saved. Try again in a moment.";
const FIRST = "Not graded: an answer above isn't saved yet. Choose Try again there first.";
const OPEN = "Unanswered questions earn nothing. To go ahead anyway, choose Grade now a second time.";

/** A button of this part of the page. */
const button = (words, onclick, kind) => h("button", { type: "button", class: kind, onclick }, words);

/**
 * Draws the grading into `place`: `view.alone` says what stands. `refresh` gets the view as it is now. Gives a function
 * that draws it anew.
 */
export function drawAlone({ model, line, place, refresh }) {
  const status = h("p", { role: "status", class: "casebook-status" });
  const key = model.get("key");
  let warned = false;

  function draw(view, toResult = false) {
    const title = heading(3, view.alone.standing ? "Your result" : "See your result");
    const parts = [title, ...(view.alone.standing ? graded(view) : open(view)), attempts(view), status];
    place.replaceChildren(...parts.filter(Boolean));
    if (toResult) title.focus();
  }

  const open = (view) => [
    h("p", {}, view.said),
    h(
      "p",
      {},
      "This is self-graded. The course scores your answers here, with the key instructors use, and nobody checks who answered. What you write in your own words doesn't count.",
    ),
    h("p", {}, button("Grade now", () => grade(), "casebook-main")),
  ];

  const graded = (view) => {
    const { standing } = view.alone;
    return [
      h(
        "div",
        { class: "casebook-verdict-box", "data-right": String(standing.met) },
        h("p", {}, h("strong", {}, `${standing.said}.`), ` The passing score is ${standing.pass_percent}%. Self-graded.`),
        unsafe(standing),
        standing.uncounted
          ? h("p", {}, `What you wrote isn't counted (${standing.uncounted} points). The page shows the rubric.`)
          : null,
        h("p", {}, documentLink(standing.page, "See what was right, and why")),
      ),
      h("p", {}, "This try is over: changes above don't count anymore. A new try starts empty, and your old answers are kept."),
      h("p", {}, button("Try again", () => again(), "casebook-quiet")),
    ];
  };

  async function ask(event, doing) {
    status.textContent = doing;
    const reply = await line.ask(event, GRADING);
    if (reply.type === "done") return reply.view;
    status.textContent = reply.type === "refused" ? reply.message : LOST;
    return null;
  }

  async function grade() {
    if (waiting(key)) return (status.textContent = FIRST);
    const now = await refresh();
    if (now && !now.complete && !warned) {
      warned = true;
      return (status.textContent = `${now.said} ${OPEN}`);
    }
    const view = await ask({ type: "grade" }, "Grading …");
    if (!view) return undefined;
    status.textContent = "";
    return draw(view, true);
  }

  async function again() {
    const view = await ask({ type: "again" }, "Starting over …");
    if (!view) return;
    forget(key);
    // The extension hears this and runs the page again: each question is then shown without its answer.
    document.dispatchEvent(new CustomEvent("casebook:anew"));
  }

  return draw;
}

/** What was unsafe, why, and what to do next; nothing where all was safe. */
function unsafe(standing) {
  if (!standing.unsafe.length) return null;
  const blocks = standing.unsafe.some((one) => one.blocks);
  return h(
    "div",
    {},
    h("p", {}, blocks ? "An unsafe choice keeps you from passing this check, no matter how many points you have:" : "This was unsafe:"),
    h("ul", {}, standing.unsafe.map((one) => h("li", {}, h("strong", {}, `You chose: ${one.what}`), ` ${one.why}`))),
    blocks ? h("p", {}, "Read why on the page below. Then choose Try again.") : null,
  );
}

/** Every attempt but the one on show, each with its page. */
function attempts(view) {
  const { attempts: all, standing } = view.alone;
  const earlier = all.filter((one) => one.attempt !== standing?.attempt);
  if (!earlier.length) return null;
  return h(
    "div",
    {},
    h("p", { class: "casebook-small" }, "Earlier tries"),
    h("ul", {}, earlier.map((one) => h("li", {}, documentLink(one.page, `Try ${one.attempt}`), ` · ${dateOf(one.at)} · ${one.said}`))),
  );
}

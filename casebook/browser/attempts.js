// The end of a check in a class: another attempt, once an instructor has opened it, and the way back from it.

import { h } from "./dom.js";
import { forget, waiting } from "./saving.js";

const UNSAVED = "An answer above isn't saved yet. Choose Try again there first.";
const LOST = "The course isn't responding. Nothing was changed. Try again in a moment.";
const KEPT = "Your earlier answers are saved, and the new attempt starts empty.";

/** Draws the attempts into `place`; gives a function that draws them again where anything about them is different. */
export function drawAttempts({ model, line, place }) {
  const status = h("p", { role: "status", class: "casebook-status" });
  const key = model.get("key");
  let shown = "";

  function draw({ attempts }) {
    if (JSON.stringify(attempts) === shown) return;
    shown = JSON.stringify(attempts);
    const { said, open, back, next } = attempts;
    const parts = [said ? h("p", {}, said) : null, back ? goBack() : null, next ? following(open, next) : null, status];
    place.replaceChildren(...parts.filter(Boolean));
  }

  const button = (words, event, kind) => h("button", { type: "button", class: kind, onclick: () => change(event) }, words);

  const goBack = () => h("p", {}, button("Go back to my earlier answers", { type: "back" }, "casebook-quiet"));

  function following(open, next) {
    const begin = (kind) => h("p", {}, button(`Begin attempt ${next}`, { type: "begin", attempt: next }, kind));
    if (open) {
      const words = h("p", {}, h("strong", {}, "Your instructor has opened another attempt."), ` ${KEPT}`);
      return h("div", { class: "casebook-notice" }, words, begin("casebook-main"));
    }
    return h(
      "details",
      {},
      h("summary", {}, "My instructor opened another attempt"),
      h("p", {}, `${KEPT} Handing it in counts only if your instructor opened it.`),
      begin("casebook-quiet"),
    );
  }

  async function change(event) {
    if (waiting(key)) return (status.textContent = UNSAVED);
    status.textContent = "One moment …";
    const reply = await line.ask(event);
    status.textContent = reply.type === "done" ? "" : (reply.message ?? LOST);
    if (reply.type !== "done") return undefined;
    forget(key);
    draw(reply.view);
    // The extension hears this and runs the page again: each question then shows the answers there are now.
    return document.dispatchEvent(new CustomEvent("casebook:anew"));
  }

  return draw;
}

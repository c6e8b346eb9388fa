// What every panel begins with: the style sheet, once a page, and the drawing of its view.

import { h } from "./dom.js";
import { drawItem } from "./item.js";
import { drawHandingIn, drawModules } from "./overview.js";
import { drawPartners } from "./partners.js";
import { drawStory } from "./story.js";

const DRAW = {
  item: drawItem,
  story: drawStory,
  notice: drawNotice,
  modules: drawModules,
  "handing-in": drawHandingIn,
  partners: drawPartners,
};

export function render({ model, el, style, version }) {
  if (!document.querySelector(`style[data-casebook="${version}"]`)) {
    document.head.append(h("style", { "data-casebook": version }, style));
  }
  const controller = new AbortController();
  const view = model.get("view");
  el.classList.add("casebook");
  el.addEventListener("keydown", saveKey);
  DRAW[view.type]({ model, el, view, signal: controller.signal });
  return () => controller.abort();
}

function drawNotice({ el, view }) {
  el.append(
    h("div", { class: "casebook-notice", "data-alarm": String(view.alarm) }, view.messages.map((m) => h("p", {}, m))),
  );
}

// Ctrl+S would open the browser's own dialog: there is nothing to save by hand here.
function saveKey(event) {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") event.preventDefault();
}

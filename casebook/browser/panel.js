// What every panel begins with: the style sheet, once a page, and the drawing of its view.

import { drawMessages, h } from "./dom.js";
import { drawItem } from "./item.js";
import { drawAids, drawHandingIn, drawModules, drawOpening } from "./overview.js";
import { drawPartners } from "./partners.js";
import { drawRefresher } from "./refresher.js";
import { leftOver } from "./saving.js";
import { drawCertificate, drawReview } from "./start.js";
import { drawStory } from "./story.js";

const DRAW = {
  item: drawItem,
  story: drawStory,
  notice: drawNotice,
  opening: drawOpening,
  modules: drawModules,
  aids: drawAids,
  "handing-in": drawHandingIn,
  partners: drawPartners,
  refresher: drawRefresher,
  review: drawReview,
  certificate: drawCertificate,
};

const rethrow = (error) => {
  throw error;
};

/** Draws a panel; `undrawn` is told the error where that fails, and sees to what stands there instead. */
export function render({ model, el, style, version, undrawn = rethrow }) {
  if (!document.querySelector(`style[data-casebook="${version}"]`)) {
    document.head.append(h("style", { "data-casebook": version }, style));
  }
  el.classList.add("casebook");
  el.dataset.casebookStep = model.get("key").split("|").at(-1);
  el.addEventListener("keydown", saveKey);
  let controller, isBehind;

  function draw() {
    controller?.abort();
    controller = new AbortController();
    const view = model.get("view");
    el.replaceChildren();
    el.classList.remove("casebook-undrawn");
    try {
      isBehind = DRAW[view.type]({ model, el, view, signal: controller.signal });
    } catch (error) {
      isBehind = () => true; // the next view may be one that can be drawn
      undrawn(error);
    }
  }

  // An answer given in another tab shows here too. While one of this page is on its way, that one will stand.
  const follow = () => {
    if (leftOver(model.get("key")) === undefined && isBehind?.(model.get("view"))) draw();
  };
  draw();
  model.on("change:view", follow);
  return () => {
    model.off("change:view", follow);
    controller.abort();
  };
}

function drawNotice({ el, view }) {
  el.append(drawMessages(view));
}

// Ctrl+S would open the browser's own dialog: there is nothing to save by hand here.
function saveKey(event) {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") event.preventDefault();
}

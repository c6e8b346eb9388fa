// Other pages of the course, opened beside the one on show.

import { h } from "./dom.js";
import { addressOf } from "./exchange.js";

/** Opens a page, at its cell `cell` where one is named; gives whether anybody heard. */
export const openPage = (path, cell = undefined) =>
  !document.dispatchEvent(new CustomEvent("casebook:open", { detail: { path, cell }, cancelable: true }));

/** A link to another notebook of the course. */
export const pageLink = (path, words, label = undefined, cell = undefined) =>
  h("a", { href: path, onclick: (event) => openPage(path, cell) && event.preventDefault(), "aria-label": label }, words);

/** A link to a page that is no notebook: feedback. Where nobody opens it beside the course, the browser does. */
export const documentLink = (path, words) =>
  h(
    "a",
    {
      href: addressOf(path),
      target: "_blank",
      rel: "noopener",
      onclick: (event) => openPage(path) && event.preventDefault(),
    },
    words,
  );

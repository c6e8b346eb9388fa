// Elements, prose, and the guard that keeps typed keys from JupyterLab's one-key commands.

let count = 0;

/** An id that no other element of the page has. */
export const uniqueId = (stem) => `casebook-${stem}-${++count}`;

// JupyterLab looks for this on the focused element itself: on an ancestor it does nothing.
const GUARD = "data-lm-suppress-shortcuts";
const FOCUSABLE = new Set(["INPUT", "BUTTON", "SELECT", "TEXTAREA", "SUMMARY", "A"]);

/** h("p", {class: "x", onclick: f}, "words", child, …): an element. Words are only ever text. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "checked") element.checked = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  if (FOCUSABLE.has(element.tagName) || element.hasAttribute("tabindex")) element.setAttribute(GUARD, "true");
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

/** Prose in blocks as elements. */
export function prose(blocks) {
  return blocks.map(({ tag, lines }) =>
    tag === "p" ? h("p", {}, inlines(lines[0])) : h(tag, {}, lines.map((line) => h("li", {}, inlines(line)))),
  );
}

/** Prose for a place where no paragraph may stand: a label, a legend. */
export function phrase(blocks) {
  return blocks
    .flatMap((block) => block.lines)
    .flatMap((line, n) => (n ? [h("br"), ...inlines(line)] : inlines(line)));
}

function inlines(pieces) {
  return pieces.map(([form, words, address]) => {
    if (form === "text") return words;
    if (form !== "link") return h(form === "strong" ? "strong" : "em", {}, words);
    // A link leaves the course open behind it. Only addresses that the kernel let through come here.
    return h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, words);
  });
}

/** Messages for the trainee, with a frame where something is wrong. */
export const drawMessages = ({ messages, alarm }) =>
  h("div", { class: "casebook-notice", "data-alarm": String(alarm) }, messages.map((message) => h("p", {}, message)));

/** A heading that can take the focus when it is new on the page. */
export const heading = (level, ...children) => h(`h${level}`, { tabindex: "-1" }, ...children);

/** A day as the trainee's own computer writes it; "" where there is none to be read. */
export function dateOf(iso) {
  const then = new Date(iso);
  return Number.isNaN(then.getTime()) ? "" : then.toLocaleDateString();
}

/** A time of day as the trainee's own computer writes it; with the date where it was another day. */
export function timeOf(iso) {
  const then = new Date(iso);
  if (Number.isNaN(then.getTime())) return "";
  const time = then.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  return then.toDateString() === new Date().toDateString() ? time : `${dateOf(iso)}, ${time}`;
}

// Asks the kernel to keep something, and never lets silence pass for "Saved".

import { h } from "./dom.js";

const PATIENCE = 4000; // ms without a reply before the page says NOT saved

/** What could not be saved yet, by panel: outlives a panel that is drawn anew after a restart. */
const unsaved = (globalThis.casebookUnsaved ??= new Map());

/** The line between one panel and the kernel. `keptAt`: when the last that this page sent was saved. */
export class Line {
  keptAt = null;
  #model;
  #waiting = new Map();
  #number = 0;
  #page = `${Date.now()}-${Math.random().toString(36).slice(2)}`;

  constructor(model, signal) {
    this.#model = model;
    const hear = (message) => this.#hear(message);
    model.on("msg:custom", hear);
    signal?.addEventListener("abort", () => model.off("msg:custom", hear));
  }

  /** The kernel's reply to an event; {type: "lost"} where none comes in time. */
  ask(event, patience = PATIENCE) {
    // JupyterLab may carry messages to the kernel by several ways at once: the order tells the kernel
    // when an event was overtaken by a later one of the same page.
    const order = ++this.#number;
    const number = `${this.#page}-${order}`;
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#settle(number, { type: "lost" }), patience);
      this.#waiting.set(number, { resolve, timer });
      try {
        this.#model.send({ ...event, number, page: this.#page, order });
      } catch {
        this.#settle(number, { type: "lost" });
      }
    });
  }

  #hear(message) {
    // Even a reply that comes too late tells what is on disk; those to other tabs are heard here, too.
    if (message?.at && String(message.number).startsWith(this.#page)) this.keptAt = message.at;
    if (message && this.#waiting.has(message.number)) this.#settle(message.number, message);
  }

  #settle(number, reply) {
    const waiting = this.#waiting.get(number);
    if (!waiting) return;
    clearTimeout(waiting.timer);
    this.#waiting.delete(number);
    waiting.resolve(reply);
  }
}

/** The panel's one live region, with "Try again" beside it where something is not saved. */
export class Status {
  constructor() {
    this.words = h("span", { role: "status", class: "casebook-status-words" });
    this.aside = h("span", { class: "casebook-status-aside" });
    this.again = h("button", { type: "button", class: "casebook-quiet", hidden: true }, "Try again");
    this.element = h("p", { class: "casebook-status" }, this.words, " ", this.aside, this.again);
  }

  say(words) {
    this.#show(words, "");
    this.again.hidden = true;
  }

  /** Whether these are the words it last said. */
  says(words) {
    return this.words.textContent === words;
  }

  /** Shows words that are not announced: what would interrupt whoever types, or drown what was just said. */
  note(words) {
    if (this.element.dataset.mood === "alarm") this.say("");
    this.aside.textContent = words;
  }

  alarm(words, retry) {
    this.#show(words, "alarm");
    this.again.hidden = false;
    this.again.onclick = () => retry();
  }

  #show(words, mood) {
    this.words.textContent = words;
    this.aside.textContent = "";
    this.element.dataset.mood = mood;
  }
}

/**
 * Calls `heard` after every answer that was kept. Also at once where one was kept before: a panel that is drawn late may
 * have been made before that answer.
 */
export function whenSaved(signal, heard) {
  document.addEventListener("casebook:saved", heard, { signal });
  if (globalThis.casebookSaves) heard();
}

/**
 * Sends `event` and shows what became of it. Returns the reply if it was kept, else null; then the
 * event stays with the page and `redo` is what "Try again" does.
 */
export async function keep(line, status, key, event, redo) {
  unsaved.set(key, event);
  const reply = await line.ask(event);
  if (unsaved.get(key) !== event) return null; // a later event has taken its place
  if (reply.type === "done") {
    unsaved.delete(key);
    globalThis.casebookSaves = (globalThis.casebookSaves ?? 0) + 1;
    document.dispatchEvent(new CustomEvent("casebook:saved"));
    return reply;
  }
  if (reply.type === "refused") {
    status.alarm(`NOT saved. ${reply.message}`, redo);
    return null;
  }
  status.alarm("NOT saved: the course isn't responding. Your answer is still on this page.", () => {
    // The JupyterLab extension hears this and starts the page's cells again; the panels that come
    // then pick up what was not saved.
    document.dispatchEvent(new CustomEvent("casebook:lost"));
    redo();
  });
  return null;
}

/** Keeps `event` on the page until it is sent: what was typed outlives the panel that it was typed into. */
export const hold = (key, event) => unsaved.set(key, event);

/** There is nothing left to be sent. */
export const drop = (key) => unsaved.delete(key);

const moduleOf = (key) => key.slice(0, key.lastIndexOf("|") + 1);

/** Drops whatever of the module that the panel `key` belongs to could not be saved: it is begun anew. */
export function forget(key) {
  const module = moduleOf(key);
  [...unsaved.keys()].filter((other) => other.startsWith(module)).forEach((other) => unsaved.delete(other));
}

/** Whether anything of the module that the panel `key` belongs to waits to be saved. */
export function waiting(key) {
  const module = moduleOf(key);
  return [...unsaved.keys()].some((other) => other.startsWith(module));
}

/** The event that an earlier drawing of this panel could not save, if there is one. */
export const leftOver = (key) => unsaved.get(key);

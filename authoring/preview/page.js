// Mounts a panel's real code on a model that speaks to the preview's server, and follows the author's files.

import { h, phrase, prose } from "./browser/dom.js";
import { render } from "./browser/panel.js";

const EVERY = 300; // ms between two looks at the files
const here = document.body.dataset.place;
const on = (id) => document.getElementById(id);
const dark = matchMedia("(prefers-color-scheme: dark)");
const style = await (await fetch("browser/style.css")).text();

/** What a panel's code has of a widget's model in a notebook. */
class Model {
  #values;
  #listeners = { "msg:custom": new Set(), "change:view": new Set() };

  constructor(values) {
    this.#values = values;
  }

  get(name) {
    return this.#values[name];
  }

  on(what, listener) {
    this.#listeners[what].add(listener);
  }

  off(what, listener) {
    this.#listeners[what].delete(listener);
  }

  async send(event) {
    const answer = await post("event", event).catch(() => null);
    if (!answer) return; // the panel says by itself that nothing came back
    for (const listener of this.#listeners["msg:custom"]) listener(answer.reply);
    this.#values.view = answer.view;
    for (const listener of this.#listeners["change:view"]) listener();
  }
}

async function post(what, data) {
  const response = await fetch(`${here}/${what}`, { method: "POST", body: JSON.stringify(data) });
  return response.ok ? response.json() : null;
}

let model, unmount;

/** Shows the panel's view, where it is another than the one on the page. */
function mount(panel) {
  const same = JSON.stringify(model?.get("view")) === JSON.stringify(panel.view);
  if (same && model.get("key") === panel.key) return;
  const scrolled = scrollY;
  const place = h("div");
  unmount?.();
  on("panel").replaceChildren(place);
  model = new Model(panel);
  unmount = render({ model, el: place, style, version: "preview" });
  scrollTo({ top: scrolled });
}

function showProblems({ problems, elsewhere, stale, panel }) {
  const place = on("problems");
  place.hidden = !problems.length && !elsewhere.length;
  on("panel").className = stale && panel ? "stale" : "";
  const title = problems.length ? counted(problems.length, "thing", "to fix") : "Nothing to fix in this item";
  place.replaceChildren(
    h("h2", {}, title),
    stale && panel ? h("p", {}, "Below is the last version that worked.") : "",
    drawProblems(problems),
    elsewhere.length
      ? h("details", {}, h("summary", {}, counted(elsewhere.length, "more", "elsewhere in this file")), drawProblems(elsewhere))
      : "",
  );
  return problems.length ? title : "Nothing to fix";
}

const counted = (n, one, rest) => `${n} ${one}${n === 1 || one === "more" ? "" : "s"} ${rest}`;

const drawProblems = (problems) =>
  h(
    "ul",
    {},
    problems.map(({ where, what, remedy }) =>
      h("li", {}, h("p", { class: "where" }, where), h("p", {}, h("strong", {}, what), " ", remedy)),
    ),
  );

function showAuthor(author) {
  on("author").hidden = !author;
  if (!author) return;
  const rows = author.rows.map(({ name, text, facts, why }) => [
    h("dt", {}, h("strong", {}, name), " ", phrase(text)),
    h("dd", {}, facts.length ? h("p", {}, h("em", {}, facts.join("; "))) : null, prose(why)),
  ]);
  on("author").querySelector("div").replaceChildren(h("p", {}, author.about), h("dl", {}, rows));
}

/** Looks at the files again and again, for as long as the page is open. */
async function follow() {
  let seen = 0;
  for (;;) {
    try {
      const state = await (await fetch(`${here}/state?seen=${seen}`)).json();
      if (state) {
        seen = state.version;
        const said = showProblems(state);
        if (state.panel) mount(state.panel);
        showAuthor(state.author);
        on("said").textContent = `${said}. Read at ${new Date().toLocaleTimeString()}.`;
      }
    } catch {
      on("said").textContent = "The preview has ended. Start it again with make preview.";
      seen = 0;
    }
    await new Promise((resolve) => setTimeout(resolve, EVERY));
  }
}

const colour = () => (document.body.dataset.jpThemeLight = String(!dark.matches));
dark.addEventListener("change", colour);
colour();
on("anew").addEventListener("click", async () => {
  await post("anew", {});
  location.reload(); // what was typed and not yet sent is forgotten, too
});
follow();

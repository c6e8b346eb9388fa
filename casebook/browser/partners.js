// The trainee's own partners: a list to add to and to change in place, to print, and to keep as a file.
//
// One thing is open at a time: a form, or the question whether to take a partner out.

import { h, heading, prose, uniqueId } from "./dom.js";
import { button, drawForm, onEscape, same } from "./partner_form.js";
import { drop, keep, leftOver, Line, Status } from "./saving.js";

/** What is typed in a form and not saved, by panel: outlives a panel that is drawn anew after a restart. */
const drafts = (globalThis.casebookDrafts ??= new Map());
window.addEventListener("beforeunload", (event) => drafts.size && event.preventDefault());

export function drawPartners({ model, el, view, signal }) {
  const line = new Line(model, signal);
  const status = new Status();
  const key = model.get("key");
  const stem = uniqueId("partners");
  const gone = new Map(); // taken out since the page was drawn: id to name
  let current = view;
  let open = null; // {id, element, value()} in place of a card, or under the list
  let busy = false;

  const empty = h("p", {}, "Nothing recorded yet.");
  const list = h("ul", { class: "casebook-cards" });
  const under = h("div", {});
  const removed = h("div", {});
  const add = button("Add a partner", () => edit(newId()).focus(), "casebook-main");
  const tools = h(
    "span",
    {},
    button("Print my contact plan", () => take((now) => print(now.plan), "Your contact plan is ready to print.")),
    button("Save as a file (CSV)", () => take((now) => download(now.csv), `Saved as ${view.csv.name} in your downloads.`)),
  );

  const find = (id) => current.partners.find((one) => one.id === id);
  const nameOf = (id) => find(id)?.given.organization ?? "this partner";
  const place = (part, id) => document.getElementById(`${stem}-${part}-${id}`);

  function draw() {
    const focused = document.activeElement?.id;
    list.replaceChildren(...current.partners.map((one) => h("li", {}, open?.id === one.id ? open.element : drawCard(one))));
    under.replaceChildren(...(open && !find(open.id) ? [open.element] : []));
    removed.replaceChildren(...[...gone].map(([id, name]) => drawRemoved(id, name)));
    empty.hidden = current.partners.length > 0;
    list.hidden = !empty.hidden;
    add.hidden = Boolean(open);
    tools.hidden = Boolean(open) || !current.partners.length;
    // What stands as before keeps the focus, though its element is another now.
    if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus();
  }

  function drawCard({ id, given, facts }) {
    const name = given.organization;
    const act = (part, words, onclick) =>
      button(words, onclick, "casebook-quiet", { id: `${stem}-${part}-${id}`, "aria-label": `${words}: ${name}`, hidden: Boolean(open) });
    const title = heading(4, name);
    title.id = `${stem}-title-${id}`;
    return [
      title,
      h("dl", { class: "casebook-facts" }, facts.map(([label, words]) => h("div", {}, h("dt", {}, label), h("dd", {}, words)))),
      act("change", "Change", () => edit(id, given).focus()),
      act("take-out", "Remove", () => ask(id)),
    ];
  }

  const drawRemoved = (id, name) =>
    h(
      "p",
      {},
      `Removed: ${name}. `,
      button("Put it back", () => act({ type: "put-back", id }), "casebook-quiet", {
        id: `${stem}-put-back-${id}`,
        "aria-label": `Put it back: ${name}`,
        hidden: Boolean(open),
      }),
    );

  /** Opens the form for a partner, new or known, with what it is to begin with. */
  function edit(id, start = {}, typed = start) {
    const form = drawForm(current, find(id) ? `Change: ${nameOf(id)}` : "A new partner", typed, {
      save,
      cancel,
      typed: () => {
        const now = form.value();
        if (same(now, begun)) drafts.delete(key);
        else drafts.set(key, { id, start, typed: now });
      },
      escape: () => (drafts.has(key) ? tell("What you typed isn't saved yet. Choose Save or Cancel.") : cancel()),
      say: (words) => status.say(words),
    });
    const begun = { ...form.blank, ...start };
    status.say("");
    open = { ...form, id };
    draw();
    return form;
  }

  function ask(id) {
    const title = heading(4, `Remove ${nameOf(id)}?`);
    const element = h(
      "div",
      { onkeydown: (event) => onEscape(event, cancel) },
      title,
      h("p", {}, "You can put it back until you leave this page."),
      button("Remove it", () => act({ type: "take-out", id }), "casebook-main"),
      button("Keep it", cancel),
    );
    status.say("");
    open = { id, element, asks: true };
    draw();
    title.focus();
  }

  // Under a long list the words would be out of sight.
  const inSight = () => status.element.scrollIntoView({ block: "nearest" });
  const tell = (words) => {
    status.say(words);
    inSight();
  };

  /** Closes what is open; what was typed in it is given up. */
  function cancel() {
    const { id, asks } = open;
    drafts.delete(key);
    drop(key);
    status.say("");
    open = null;
    draw();
    (place(asks ? "take-out" : "change", id) ?? add).focus();
  }

  const save = () => act({ type: "save", id: open.id, partner: open.value() });

  /** Sends an event, once at a time; shows what came of it with the focus on what is new. */
  async function act(event) {
    if (busy) return;
    busy = true;
    const name = nameOf(event.id);
    status.say("Saving…");
    const reply = await keep(line, status, key, event, () => act(event));
    busy = false;
    if (!reply) {
      if (!open) draw(); // cancelled while it was on its way: it may have been saved all the same
      return inSight();
    }
    // Without a view it was overtaken by a later event of this page, and is not on disk: the kernel takes it twice as once.
    if (!reply.view) return act(event);
    current = reply.view;
    AFTER[event.type](event, name);
  }

  const AFTER = {
    save({ id, partner }) {
      // What was typed while this was on its way is saved too.
      if (open?.value && open.id === id && !same(open.value(), partner)) return save();
      drafts.delete(key);
      show(id, "Saved");
    },
    "take-out"({ id }, name) {
      gone.set(id, name);
      open = null;
      draw();
      status.say("Removed.");
      place("put-back", id)?.focus();
    },
    "put-back": ({ id }) => show(id, "Put back"),
  };

  function show(id, word) {
    gone.delete(id);
    open = null;
    draw();
    status.say(`${word}: ${nameOf(id)}.`);
    place("title", id)?.focus();
  }

  /** Does `work` with the newest list; with the page's own where the kernel does not answer. */
  async function take(work, words) {
    const reply = await line.ask({ type: "refresh" });
    current = reply.view ?? current;
    if (!open) draw();
    work(current);
    status.say(words);
  }

  // Another tab, or the same lesson opened twice, has changed the list.
  model.on("change:view", changed);
  signal.addEventListener("abort", () => model.off("change:view", changed));
  function changed() {
    current = model.get("view");
    if (!open && !busy) draw();
  }

  el.append(
    h(
      "section",
      { class: "casebook-partners", "aria-label": "My local partners" },
      h("h3", {}, "My local partners"),
      prose(view.about),
      prose(view.directory),
      empty,
      list,
      under,
      removed,
      h("div", {}, add, tools),
      status.element,
    ),
  );
  const draft = drafts.get(key);
  if (draft) edit(draft.id, draft.start, draft.typed);
  else draw();
  const left = leftOver(key);
  if (left) act(left);
}

/** An id that no partner of this or any other page has. (randomUUID is not there on a plain http address.) */
function newId() {
  const bytes = [...crypto.getRandomValues(new Uint8Array(12))];
  return `partner-${bytes.map((byte) => byte.toString(36).padStart(2, "0")).join("")}`;
}

/** Prints a page of its own. Nothing in it can run, whatever words it holds: its frame lets no script. */
function print(plan) {
  document.querySelector("iframe.casebook-plan")?.remove();
  const frame = h("iframe", {
    class: "casebook-plan",
    title: "My contact plan",
    "aria-hidden": "true",
    sandbox: "allow-same-origin allow-modals",
    srcdoc: plan,
    onload: () => {
      frame.contentWindow.addEventListener("afterprint", () => frame.remove());
      frame.contentWindow.print();
    },
  });
  // Not "display: none": some browsers print nothing of that.
  Object.assign(frame.style, { position: "fixed", right: "0", bottom: "0", width: "0", height: "0", border: "0" });
  document.body.append(frame);
}

function download({ name, text }) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

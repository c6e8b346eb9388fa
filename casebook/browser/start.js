// What the start page tells whoever learns alone: what to look at next, and the certificate.

import { dateOf, h, heading } from "./dom.js";
import { documentLink, pageLink } from "./opening.js";
import { Line } from "./saving.js";

const BEGIN = "Start with the first lesson below. What you answer there will come up again, before you forget it.";
const CERTIFYING = 200_000; // ms; the kernel itself gives up a little before

/** What is due, what went wrong, and what is new to whoever comes back. */
export function drawReview({ model, el, view, signal }) {
  const line = new Line(model, signal);
  const place = h("div", { class: "casebook-overview" });

  function draw(current) {
    const { back, due, points, more, refresher, is_new } = current;
    if (is_new) return place.replaceChildren(h("p", {}, BEGIN));
    const parts = [
      back ? welcome(back, refresher) : null,
      due ? h("p", {}, `${due} `, pageLink(refresher, "Open the refresher")) : null,
      points.length ? lookUp(points, more) : null,
    ].filter(Boolean);
    const nothing = ["Nothing is due today. ", pageLink(refresher, "The refresher"), " shows what you remember."];
    return place.replaceChildren(...(parts.length ? parts : [h("p", {}, nothing)]));
  }

  el.append(place);
  draw(view);
  line.ask({ type: "refresh" }).then((reply) => reply.view && draw(reply.view));
}

const welcome = ({ said, changes, path }, refresher) =>
  h(
    "div",
    {},
    h("p", {}, h("strong", {}, said)),
    changes.length
      ? [
          h("p", {}, "What's changed since then:"),
          h("ul", {}, changes.map(({ on, what }) => h("li", {}, `${dateOf(`${on}T12:00:00`)}: ${what}`))),
        ]
      : h("p", {}, "What the course teaches hasn't changed since then."),
    path ? h("p", {}, pageLink(refresher, path)) : null,
  );

const lookUp = (points, more) =>
  h(
    "div",
    {},
    heading(3, "Worth another look"),
    h("ul", {}, points.map(point)),
    more ? h("p", { class: "casebook-small" }, `And ${more} more.`) : null,
  );

const point = ({ name, text, title, lesson, cell, heading: place }) =>
  h("li", {}, h("strong", {}, name), `: ${text} `, pageLink(lesson, place, `${place}, in the lesson ${title}`, cell));

export function drawCertificate({ model, el, view, signal }) {
  const line = new Line(model, signal);
  const place = h("div", { class: "casebook-overview" });
  const status = h("p", { role: "status", class: "casebook-status" });

  function draw(current) {
    const { offered, said, missing, made } = current;
    const parts = offered
      ? [h("p", {}, said), missing.length ? still(missing) : form(current), made ? h("p", {}, documentLink(made, "Open your certificate")) : null]
      : [h("p", {}, "Your instructor gives out certificates.")];
    place.replaceChildren(...parts.filter(Boolean), status);
  }

  function form({ name }) {
    const field = h("input", { type: "text", value: name, autocomplete: "name", maxlength: 80 });
    const make = async () => {
      status.textContent = "Making it …";
      const reply = await line.ask({ type: "make", name: field.value }, CERTIFYING);
      if (reply.view) draw(reply.view);
      status.textContent = reply.type === "done" ? "Your certificate is ready." : (reply.message ?? "That didn't work. Try again in a moment.");
    };
    const button = h("button", { type: "button", class: "casebook-main", onclick: make }, "Make my certificate");
    return h(
      "div",
      {},
      h("p", {}, h("label", {}, "Your name, as it should appear ", field)),
      h("p", {}, button),
      h("p", { class: "casebook-small" }, "The certificate will say you graded yourself."),
    );
  }

  el.append(place);
  draw(view);
  line.ask({ type: "refresh" }).then((reply) => reply.view && draw(reply.view));
}

const still = (missing) =>
  h(
    "div",
    {},
    h("p", {}, "Once you've passed every check, you can make your certificate here. Still to pass:"),
    h("ul", {}, missing.map(({ title, check }) => h("li", {}, pageLink(check, title)))),
  );

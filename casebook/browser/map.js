// The map of a story at its debrief: a picture, and the same as a nested list.

import { h, phrase, uniqueId } from "./dom.js";

const STEP = 46; // px from one place to the next
const MARGIN = 26;
const SIZE = { path: 14, met: 8, unmet: 7 };

const SVG = "http://www.w3.org/2000/svg";

function draw(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter(Boolean));
  return element;
}

const at = ({ row, column }) => ({ x: MARGIN + column * STEP, y: MARGIN + row * STEP });

export function drawMap(map) {
  const caption = h("p", { class: "casebook-small", id: uniqueId("map") }, captionOf(map));
  return [
    h("div", { class: "casebook-map" }, names(map), picture(map, caption.id)),
    caption,
    h("details", {}, h("summary", {}, "The map as a list"), list(map)),
  ];
}

function captionOf({ places, endings: { found, all } }) {
  const some = (test, words) => (places.some(test) ? words : "");
  return [
    "The line is the path you took. Its numbers match your decisions below.",
    some((place) => place.unsafe, "A ring marks what wasn't safe."),
    some((place) => place.state === "met", "You saw the other filled shapes another time."),
    some((place) => place.state === "unmet", "You haven't seen the dotted ones yet."),
    `The squares are endings. You've seen ${found === all ? `all ${all}` : `${found} of ${all}`}.`,
  ]
    .filter(Boolean)
    .join(" ");
}

/** The titles of the places on the way, beside them; where there is no room the list has them alone. */
function names({ places }) {
  const way = places.filter((place) => place.state === "path");
  return h(
    "div",
    { class: "casebook-map-names", "aria-hidden": "true" },
    way.map((place) => {
      const name = h("span", {}, place.title);
      name.style.top = `${at(place).y}px`;
      return name;
    }),
  );
}

function picture({ places, ways }, captionId) {
  const width = 2 * MARGIN + STEP * Math.max(...places.map((place) => place.column));
  const height = 2 * MARGIN + STEP * Math.max(...places.map((place) => place.row));
  // Taken ways last, over the others.
  const lines = [...ways].sort((a, b) => a.taken - b.taken).map((way) => line(places, way));
  return draw(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-labelledby": captionId },
    ...lines,
    ...places.map(mark),
  );
}

function line(places, { from, to, taken }) {
  const [a, b] = [places[from], places[to]];
  const [{ x, y }, end] = [at(a), at(b)];
  const middle = (y + end.y) / 2;
  // Another way between two places of the path goes round what lies between them.
  const aside = !taken && x === end.x ? STEP / 2 : 0;
  const kind = taken ? "taken" : a.state !== "unmet" && b.state !== "unmet" ? "met" : "unmet";
  return draw("path", {
    class: `casebook-map-way casebook-map-${kind}`,
    d: `M ${x} ${y} C ${x + aside} ${middle}, ${end.x + aside} ${middle}, ${end.x} ${end.y}`,
  });
}

function mark(place) {
  const { x, y } = at(place);
  const size = SIZE[place.state];
  const shape = place.ending
    ? draw("rect", { x: x - size, y: y - size, width: 2 * size, height: 2 * size })
    : draw("circle", { cx: x, cy: y, r: size });
  const name = place.title ? draw("title", {}, place.title) : null;
  const number = place.number ? draw("text", { x, y, "text-anchor": "middle", "dominant-baseline": "central" }, `${place.number}`) : null;
  const unsafe = place.unsafe ? draw("circle", { class: "casebook-map-alarm", cx: x, cy: y, r: size + 4 }) : null;
  return draw("g", { class: `casebook-map-place casebook-map-${place.state}` }, name, shape, unsafe, number);
}

function list({ decisions }) {
  return h(
    "ol",
    {},
    decisions.map(({ title, choices }) =>
      h(
        "li",
        {},
        h("strong", {}, title),
        h(
          "ul",
          {},
          choices.map(({ text, taken, leads }) =>
            h("li", {}, taken ? [h("strong", {}, leads), " "] : null, phrase(text), taken ? null : h("span", { class: "casebook-small" }, ` ${leads}`)),
          ),
        ),
      ),
    ),
  );
}

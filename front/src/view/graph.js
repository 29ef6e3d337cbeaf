/** A picture of the options and how they relate: each a node that can be reached by keyboard, told in words too. */
import { h, svg } from "./dom.js";
import { KIND_WORDS, STATUS_SIGNS, STATUS_WORDS, lineWords } from "./names.js";
import { compare } from "../rules/kit.js";

/** @typedef {import("../rules/explore.js").Exploration} Exploration */
/** @typedef {import("./app.js").Store} Store */
/** @typedef {{name: string, label: string, x: number, y: number, width: number}} Place */
/** @typedef {{from: Place, to: Place, kind: string, both: boolean}} Edge */

const HEIGHT = 26;
const GAP = 8;
const PAD = 12;
const FONT = "13px system-ui, sans-serif";
const EDGE = 3;
const BETWEEN = new Set(["alternative_to", "complements", "enables", "spares", "interacts_with"]);

/** @param {Exploration} exploration @param {string[]} shown @param {Store} store */
export function picture(exploration, shown, store) {
  if (!shown.length) return h("p", {}, "Nothing is listed, so there is nothing to draw.");
  const { kit } = exploration;
  const width = Math.max(300, Math.min(1100, store.width()));
  const { places, bands, height } = layOut(exploration, shown, width, measure());
  const edges = edgesBetween(exploration, places);
  const told = h("div", { class: "pr-told", "aria-live": "polite" },
    h("p", {}, "Choose a name to see how it relates: with the mouse, or with Tab and the arrow keys."));
  const lines = edges.map((edge) => svg("path", { class: `pr-edge pr-edge-${edge.kind}`, d: curve(edge.from, edge.to) }));
  /** @type {any[]} */
  const nodes = [...places.values()].map((place, number) => {
    const view = exploration.brief(place.name);
    const words = `${place.label}: ${STATUS_WORDS[view.status]}, ${lineWords(view)}`;
    return svg("g", {
      class: `pr-node pr-is-${view.status}`, role: "button", tabindex: number === 0 ? 0 : -1,
      transform: `translate(${place.x},${place.y})`, "aria-label": `${words}. ${relationsOf(place, edges)}`,
      onfocus: () => choose(number), onclick: () => choose(number),
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
        if (step) {
          event.preventDefault();
          nodes[(number + step + nodes.length) % nodes.length].focus();
        }
      },
    }, svg("rect", { width: place.width, height: HEIGHT, rx: HEIGHT / 2 }),
    svg("text", { x: PAD, y: 17.5 }, `${STATUS_SIGNS[view.status]} ${place.label}`));
  });
  const ordered = [...places.values()];

  /** @param {number} number */
  function choose(number) {
    const { name } = ordered[number];
    nodes.forEach((node, place) => {
      node.setAttribute("tabindex", place === number ? "0" : "-1");
      node.classList.toggle("pr-chosen", place === number);
      node.classList.toggle("pr-linked", edges.some((edge) => touches(edge, name, ordered[place].name)));
    });
    lines.forEach((line, place) => {
      line.classList.toggle("pr-lit", edges[place].from.name === name || edges[place].to.name === name);
    });
    const entry = kit.interventions.get(name);
    told.replaceChildren(
      h("p", {}, h("strong", {}, entry.label), `: ${lineWords(exploration.brief(name))}. ${entry.summary}`),
      h("p", {}, relationsOf(ordered[number], edges)),
    );
  }

  const title = `${shown.length} options by category, with ${edges.length} relations between them`;
  return h("figure", { class: "pr-graph" },
    svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": title },
      svg("title", {}, title),
      bands.map((band) => svg("text", { class: "pr-band", x: 0, y: band.y }, band.label)), lines, nodes),
    h("figcaption", {}, `${title}. `, [...BETWEEN].filter((kind) => edges.some((edge) => edge.kind === kind))
      .map((kind) => h("span", { class: "pr-lines" },
        svg("svg", { width: 34, height: 8, "aria-hidden": "true" }, svg("path", { class: `pr-edge pr-edge-${kind}`, d: "M0,4H34" })),
        ` ${KIND_WORDS[kind]} `))), told);
}

/** How wide a text is in the picture. @returns {(text: string) => number} */
function measure() {
  const context = document.createElement("canvas").getContext("2d");
  if (!context) return (text) => text.length * 7.1;
  context.font = FONT;
  return (text) => context.measureText(text).width;
}

/** @param {{from: Place, to: Place}} edge @param {string} a @param {string} b */
const touches = (edge, a, b) => (edge.from.name === a && edge.to.name === b) || (edge.from.name === b && edge.to.name === a);

/** Names in rows, category by category.
 * @param {Exploration} exploration
 * @param {string[]} shown
 * @param {number} width
 * @param {(text: string) => number} wide
 */
function layOut(exploration, shown, width, wide) {
  const { kit } = exploration;
  /** @type {Map<string, Place>} */
  const places = new Map();
  const bands = [];
  let y = 14;
  for (const category of kit.categories) {
    const found = shown.filter((name) => kit.interventions.get(name).category === category);
    if (!found.length) continue;
    bands.push({ label: kit.label(category), y });
    y += 8;
    let x = EDGE;
    for (const name of found) {
      const room = width - 2 * EDGE - 2 * PAD;
      const needs = (/** @type {string} */ text) => wide(`✓ ${text}`);
      let label = kit.label(name);
      while (needs(label) > room && label.length > 2) label = `${label.slice(0, -2).trimEnd()}…`;
      const broad = Math.ceil(needs(label)) + 2 * PAD;
      if (x > EDGE && x + broad > width - EDGE) {
        x = EDGE;
        y += HEIGHT + GAP;
      }
      places.set(name, { name, label, x, y, width: Math.min(broad, width - 2 * EDGE) });
      x += broad + GAP;
    }
    y += HEIGHT + 28;
  }
  return { places, bands, height: y };
}

/** @param {Exploration} exploration @param {Map<string, Place>} places @returns {Edge[]} */
function edgesBetween(exploration, places) {
  const symmetric = new Set(exploration.kit.data.symmetric);
  return exploration.kit.data.relations.flatMap((/** @type {string[]} */ [a, kind, b]) => {
    const from = places.get(a);
    const to = places.get(b);
    return from && to && BETWEEN.has(kind) ? [{ from, to, kind, both: symmetric.has(kind) }] : [];
  });
}

/** @param {Place} a @param {Place} b */
function curve(a, b) {
  const [x1, y1] = [a.x + a.width / 2, a.y + HEIGHT / 2];
  const [x2, y2] = [b.x + b.width / 2, b.y + HEIGHT / 2];
  const bend = Math.abs(y2 - y1) < HEIGHT ? HEIGHT * 1.4 : 0;
  return `M${x1},${y1} Q${(x1 + x2) / 2 + (y2 - y1) / 8},${(y1 + y2) / 2 - bend} ${x2},${y2}`;
}

/** How a node relates to the others, in words. @param {Place} place @param {any[]} edges */
function relationsOf(place, edges) {
  /** @type {Map<string, string[]>} */
  const kinds = new Map();
  for (const edge of edges) {
    const here = edge.from.name === place.name;
    if (!here && edge.to.name !== place.name) continue;
    const words = KIND_WORDS[edge.kind];
    const told = here || edge.both ? words : `is what ${edge.from.label} ${words}`;
    const other = here ? edge.to.label : edge.from.label;
    if (here || edge.both) kinds.set(told, [...(kinds.get(told) || []), other]);
    else kinds.set(told, []);
  }
  const parts = [...kinds].sort(([a], [b]) => compare(a, b))
    .map(([words, names]) => (names.length ? `${words}: ${names.join(", ")}` : words));
  return parts.length ? `${parts.join("; ")}.` : "No relation to the others is stated.";
}

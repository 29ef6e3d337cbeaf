/** Two profiles side by side: what differs. */
import { h } from "./dom.js";
import { sign } from "./option.js";
import { AGREEMENT_WORDS, SAFETY_WORDS, lensWords, lineWords, profileWords } from "./names.js";

/** @typedef {import("../rules/explore.js").Exploration} Exploration */
/** @typedef {{name: string, a: any, b: any}} Row */

/** @param {Exploration} one @param {Exploration} other @param {() => void} end */
export function beside(one, other, end) {
  const { kit } = one;
  const names = one.sorted([...new Set([...one.order, ...other.order])]);
  const rows = names.map((name) => ({ name, a: one.brief(name), b: other.brief(name) }));
  const differ = rows.filter(({ a, b }) => said(a) !== said(b));
  const reworded = rows.filter(({ a, b }) => said(a) === said(b) && a.about !== b.about);
  const same = rows.length - differ.length - reworded.length;
  const heads = [`Kept: ${head(one)}`, `Now: ${head(other)}`];
  return h("section", { class: "pr-beside", "aria-label": "Two profiles side by side" },
    h("h2", {}, "Side by side"),
    h("p", {}, `Sources say something else of ${differ.length} options, the same of other people for ${reworded.length}, `
      + `and the same for ${same}. `, h("button", { type: "button", onclick: end }, "End the comparison")),
    differ.length > 0 && table("What differs in status, line, agreement or safety", heads, differ, kit),
    reworded.length > 0 && h("details", {}, h("summary", {}, `The same, said of other people: ${reworded.length}`),
      table("The same, said of other people", heads, reworded, kit)));
}

/** @param {Exploration} which */
function head(which) {
  const lens = lensWords(which.lens);
  return profileWords(which.profile, which.kit) + (lens ? `; only ${lens}` : "");
}

/** @param {string} caption @param {string[]} heads @param {Row[]} rows @param {import("../rules/kit.js").Kit} kit */
function table(caption, heads, rows, kit) {
  const category = (/** @type {Row} */ row) => kit.interventions.get(row.name).category;
  return h("table", { class: "pr-pairs" },
    h("caption", {}, caption),
    h("thead", {}, h("tr", {}, ["Option", ...heads].map((words) => h("th", { scope: "col" }, words)))),
    kit.categories.map((name) => {
      const found = rows.filter((row) => category(row) === name);
      return found.length > 0 && h("tbody", {},
        h("tr", {}, h("th", { scope: "rowgroup", colspan: 3, class: "pr-group" }, kit.label(name))),
        found.map(({ name: option, a, b }) => h("tr", {}, h("th", { scope: "row" }, kit.label(option)), cell(a), cell(b))));
    }));
}

/** @param {any} view */
const said = (view) => JSON.stringify([view.status, view.line, view.agreement, view.safety]);

/** @param {any} view */
const cell = (view) => h("td", {}, sign(view.status), ` ${lineWords(view)}`,
  view.agreement === "mixed" && h("span", { class: "pr-agreement pr-mixed" }, ` ${AGREEMENT_WORDS.mixed}`),
  view.safety !== "clear" && h("span", { class: `pr-safety pr-${view.safety}` }, ` ${SAFETY_WORDS[view.safety]}`));

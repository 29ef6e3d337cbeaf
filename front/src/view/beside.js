/** Two profiles side by side: what differs. */
import { h } from "./dom.js";
import { sign } from "./option.js";
import { SAFETY_WORDS, lensWords, lineWords, profileWords } from "./names.js";

/** @typedef {import("../rules/explore.js").Exploration} Exploration */

/** @param {Exploration} one @param {Exploration} other @param {() => void} end */
export function beside(one, other, end) {
  const { kit } = one;
  const names = one.sorted([...new Set([...one.order, ...other.order])]);
  const rows = names.map((name) => ({ name, a: one.brief(name), b: other.brief(name) }));
  const differ = rows.filter(({ a, b }) => key(a) !== key(b));
  const head = (/** @type {Exploration} */ which) => {
    const lens = lensWords(which.lens);
    return profileWords(which.profile, kit) + (lens ? `; only ${lens}` : "");
  };
  return h("section", { class: "pr-beside", "aria-label": "Two profiles side by side" },
    h("h2", {}, "Side by side"),
    h("p", {}, `${differ.length} options differ; ${rows.length - differ.length} do not. `,
      h("button", { type: "button", onclick: end }, "End the comparison")),
    h("div", { class: "pr-scroll", role: "region", "aria-label": "What differs", tabindex: "0" }, h("table", {},
      h("caption", {}, "Options that differ"),
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Option"), h("th", { scope: "col" }, `Kept: ${head(one)}`),
        h("th", { scope: "col" }, `Now: ${head(other)}`))),
      h("tbody", {}, differ.map(({ name, a, b }) => h("tr", {}, h("th", { scope: "row" }, kit.label(name)), cell(a), cell(b)))))));
}

/** @param {any} view */
const key = (view) => JSON.stringify([view.status, view.line, view.agreement, view.safety, view.about]);

/** @param {any} view */
const cell = (view) => h("td", {}, sign(view.status), ` ${lineWords(view)}`,
  view.safety !== "clear" && h("span", { class: `pr-safety pr-${view.safety}` }, ` ${SAFETY_WORDS[view.safety]}`));

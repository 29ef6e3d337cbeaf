/** Two profiles side by side: what differs. */
import { differences } from "../rules/compare.js";
import { h } from "./dom.js";
import { sign } from "./option.js";
import { AGREEMENT_WORDS, SAFETY_WORDS, lensWords, lineWords, profileWords } from "./names.js";

/** @typedef {import("../rules/explore.js").Exploration} Exploration */

/** @param {Exploration} one @param {Exploration} other @param {() => void} end */
export function beside(one, other, end) {
  const found = differences(one, other);
  const differ = new Set(found.map(({ option }) => option));
  const same = [...new Set([...one.order, ...other.order])].filter((name) => !differ.has(name)).length;
  return h("section", { class: "pr-beside", "aria-label": "Two profiles side by side" },
    h("h2", {}, "Side by side"),
    h("p", {}, `${found.length} options come out differently, ${same} the same. `,
      h("button", { type: "button", onclick: end }, "End the comparison")),
    found.length > 0 && table(one, other, found));
}

/** @param {Exploration} which */
function head(which) {
  const lens = lensWords(which.lens);
  return profileWords(which.profile, which.kit) + (lens ? `; only ${lens}` : "");
}

/** @param {Exploration} one @param {Exploration} other @param {import("../rules/compare.js").Difference[]} found */
function table(one, other, found) {
  const { kit } = one;
  const heads = ["Option", `Kept: ${head(one)}`, `Now: ${head(other)}`];
  return h("table", { class: "pr-pairs" },
    h("caption", {}, "What differs in status, line, agreement, cautions or what comes first"),
    h("thead", {}, h("tr", {}, heads.map((words) => h("th", { scope: "col" }, words)))),
    kit.categories.map((category) => {
      const rows = found.filter(({ option }) => kit.interventions.get(option).category === category);
      return rows.length > 0 && h("tbody", {},
        h("tr", {}, h("th", { scope: "rowgroup", colspan: 3, class: "pr-group" }, kit.label(category))),
        rows.map(({ option, differs }) => h("tr", {}, h("th", { scope: "row" }, kit.label(option)),
          cell(one, option, differs), cell(other, option, differs))));
    }));
}

/** @param {Exploration} exploration @param {string} name @param {string[]} differs */
function cell(exploration, name, differs) {
  const view = exploration.brief(name);
  const { resolution } = exploration;
  const more = [
    differs.includes("cautions") && counted(resolution.cautions(name).length, "caution"),
    differs.includes("after") && counted(resolution.after(name).length, "step before it", "steps before it"),
  ].filter(Boolean).join(", ");
  return h("td", {}, sign(view.status), ` ${lineWords(view)}`,
    view.agreement === "mixed" && h("span", { class: "pr-agreement pr-mixed" }, ` ${AGREEMENT_WORDS.mixed}`),
    view.safety !== "clear" && h("span", { class: `pr-safety pr-${view.safety}` }, ` ${SAFETY_WORDS[view.safety]}`),
    more && h("span", { class: "pr-aside" }, ` ${more}`));
}

/** @param {number} number @param {string} one @param {string} [many] */
const counted = (number, one, many = `${one}s`) => `${number || "no"} ${number === 1 ? one : many}`;

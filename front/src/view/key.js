/** What the signs and words mean, for those who read them for the first time. */
import { h } from "./dom.js";
import { AGREEMENT_WORDS, STATUS_SIGNS, STATUS_WORDS } from "./names.js";

/** @type {[string, string][]} */
const STATUSES = [
  ["supported", "the sources that speak of this pain most exactly are for it"],
  ["not_supported", "they are against it"],
  ["contested", "some of them are for it, some against"],
  ["no_recommendation", "they looked at it and took no side"],
  ["not_mentioned", "none of them speaks of it, which is nothing against it"],
  ["varies", "it is one thing for one mechanism, another for the next"],
];

/** @returns {Node} */
export const key = () => h("details", { class: "pr-key" }, h("summary", {}, "How to read this"),
  h("ul", { class: "pr-signs" }, STATUSES.map(([status, words]) => h("li", {},
    h("span", { class: `pr-status pr-is-${status}`, "aria-hidden": "true" }, STATUS_SIGNS[status]),
    h("strong", {}, ` ${STATUS_WORDS[status]}`), `: ${words}.`))),
  h("p", {}, h("strong", {}, "First, second, third line: "),
    "how early a source names it. ", h("strong", {}, "In sciatica, in chronic pain, in any pain: "),
    "of whom the deciding statement speaks; the more exact one decides. ",
    h("strong", {}, `${AGREEMENT_WORDS.mixed.replace(/^s/, "S")}: `), "somewhere a source is for it and another against; open it to see both. ",
    h("strong", {}, "! to !!!: "), "from “keep watch” to “contraindicated”. Names within a line carry no rank."));

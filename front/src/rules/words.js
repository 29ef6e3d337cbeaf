/** Finding entries by what people type: names, synonyms, codes. */
import { compare } from "./kit.js";

/** @typedef {import("./kit.js").Kit} Kit */
/** @typedef {{id: string, label: string, found: string}} Hit */

/** A word as it is compared. @param {string} word */
export const plain = (word) => word.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").trim().toLowerCase()
  .replace(/[\s_\-\u2010-\u2015]+/g, " ");

/** Spellings between which writers differ, as `painrules.explore.words` has them. @type {[string, string][]} */
const SPELLINGS = [
  ["ae", "e"], ["oe", "e"], ["our", "or"], ["z", "s"], ["bre", "ber"], ["tre", "ter"], ["ph", "f"], ["ll", "l"],
];

/** A word without what writers differ in: British or American spelling, one or several, articles and marks.
 * @param {string} known  a word as it is compared
 */
export const folded = (known) => known.split(" ").filter((part) => !["a", "an", "the"].includes(part))
  .map((part) => {
    if (/\d/.test(part)) return part;
    let plainer = part.replace(/[^\p{L}\p{N}_]+/gu, "");
    if (plainer.length > 3 && plainer.endsWith("ies")) plainer = `${plainer.slice(0, -3)}y`;
    else if (plainer.length > 3 && /s$/.test(plainer) && !/(ss|us|is)$/.test(plainer)) plainer = plainer.slice(0, -1);
    return SPELLINGS.reduce((word, [one, other]) => word.replaceAll(one, other), plainer);
  }).filter(Boolean).join(" ");

/** A search over the entries of one or several vocabularies. */
export class Search {
  /** @param {Iterable<[string, any]>} entries */
  constructor(entries) {
    /** @type {{id: string, label: string, words: [string, string, string][]}[]} */
    this.entries = [...entries].map(([id, entry]) => ({
      id,
      label: entry.label,
      words: [entry.label, ...(entry.synonyms || []), ...(entry.codes || []), id]
        .map((word) => /** @type {[string, string, string]} */ ([word, plain(word), folded(plain(word))])),
    }));
  }

  /** The entries that fit what was typed, the best first. @param {string} typed @param {number} most @returns {Hit[]} */
  find(typed, most = 12) {
    const wanted = plain(typed);
    const parts = wanted.split(" ");
    const alike = folded(wanted);
    const alikes = alike.split(" ");
    const hits = [];
    for (const { id, label, words } of this.entries) {
      let best = 9;
      let found = label;
      words.forEach(([word, known, fold], place) => {
        const exact = rankOf(known, wanted, parts);
        const rank = (exact < 9 || !alike ? exact : 4 + rankOf(fold, alike, alikes)) + (place === 0 ? 0 : 0.5);
        if (rank < best) {
          best = rank;
          found = word === id ? label : word;
        }
      });
      if (best < 9) hits.push({ id, label, found, best });
    }
    hits.sort((a, b) => a.best - b.best || compare(a.label.toLowerCase(), b.label.toLowerCase()) || compare(a.id, b.id));
    return hits.slice(0, most).map(({ id, label, found }) => ({ id, label, found }));
  }
}

/** @param {string} known @param {string} wanted @param {string[]} parts */
function rankOf(known, wanted, parts) {
  if (!wanted) return 3;
  if (known === wanted) return 0;
  if (known.startsWith(wanted)) return 1;
  if (known.includes(` ${wanted}`)) return 2;
  return parts.every((part) => known.includes(part)) ? 3 : 9;
}

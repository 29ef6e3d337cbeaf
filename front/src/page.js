/** The page of its own: data and start stand in the page, as text. */
import { mount } from "./view/app.js";
import { empty } from "./view/state.js";
import { differences } from "./rules/compare.js";
import { why, whyNot } from "./rules/why.js";

/** @param {string} id */
const held = (id) => document.getElementById(id)?.textContent || "";

/** The pack, which stands in the page compressed. @param {string} text */
async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(plain).json();
}

const start = JSON.parse(held("painrules-start"));
const root = /** @type {HTMLElement} */ (document.getElementById("painrules"));
const app = mount(root, await unpacked(held("painrules-data")), {
  state: start ? { ...empty(), ...start } : undefined,
  address: true,
  heading: "h1",
});

// For those who want to ask the page from its console, and for tests.
Object.assign(window, { painrules: { explorer: app.explorer, differences, why, whyNot } });

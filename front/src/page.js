/** The page of its own: data and start stand in the page, as text. */
import { mount } from "./view/app.js";
import { empty } from "./view/state.js";
import { why, whyNot } from "./rules/why.js";

/** @param {string} id */
const held = (id) => JSON.parse(document.getElementById(id)?.textContent || "null");

const start = held("painrules-start");
const root = /** @type {HTMLElement} */ (document.getElementById("painrules"));
const app = mount(root, held("painrules-data"), {
  state: start ? { ...empty(), ...start } : undefined,
  address: true,
  heading: "h1",
});

// For those who want to ask the page from its console, and for tests.
Object.assign(window, { painrules: { explorer: app.explorer, why, whyNot } });

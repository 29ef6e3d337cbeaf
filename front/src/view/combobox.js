/** A field in which one types, with a list of what fits: names, synonyms, codes. */
import { h, unique } from "./dom.js";

/**
 * @param {object} options
 * @param {string} options.label
 * @param {string} options.hint
 * @param {(typed: string) => {id: string, label: string, found: string}[]} options.find
 * @param {(id: string) => void} options.choose
 */
export function combobox({ label, hint, find, choose }) {
  const id = unique("field");
  const listId = unique("list");
  /** @type {{id: string, label: string, found: string}[]} */
  let hits = [];
  let active = -1;
  const list = h("ul", { id: listId, role: "listbox", "aria-label": label, class: "pr-hits", hidden: true });
  const empty = h("p", { class: "pr-none", role: "status", hidden: true });
  const input = h("input", {
    id, type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", placeholder: hint,
    "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": listId,
    oninput: () => open(),
    onfocus: () => input.value && open(),
    onblur: () => setTimeout(close, 150),
    onkeydown: keys,
  });

  function close() {
    list.hidden = true;
    empty.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function open() {
    const typed = input.value.trim();
    if (!typed) {
      close();
      return;
    }
    hits = find(typed);
    active = hits.length ? 0 : -1;
    draw();
  }

  function draw() {
    list.replaceChildren(...hits.map((hit, place) => h("li", {
      id: `${listId}-${place}`, role: "option", "aria-selected": String(place === active),
      onmousedown: (/** @type {Event} */ event) => {
        event.preventDefault();
        take(place);
      },
    }, hit.label, hit.found !== hit.label && h("span", { class: "pr-aside" }, ` (${hit.found})`))));
    list.hidden = !hits.length;
    empty.hidden = hits.length > 0;
    empty.textContent = hits.length ? "" : "The pack knows nothing of that name.";
    input.setAttribute("aria-expanded", String(hits.length > 0));
    if (active >= 0) {
      input.setAttribute("aria-activedescendant", `${listId}-${active}`);
      list.children[active].scrollIntoView({ block: "nearest" });
    }
  }

  /** @param {number} place */
  function take(place) {
    const hit = hits[place];
    if (!hit) return;
    input.value = "";
    close();
    choose(hit.id);
  }

  /** @param {KeyboardEvent} event */
  function keys(event) {
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      take(active);
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && hits.length) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      active = (active + step + hits.length) % hits.length;
      draw();
    }
  }

  return h("div", { class: "pr-combo" }, h("label", { for: id }, label), input, list, empty);
}

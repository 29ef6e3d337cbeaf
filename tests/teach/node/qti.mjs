// Opens QTI 3 items in a browser with @citolab/qti-components, gives the right answer and a wrong one to each, and prints the
// scores and the feedback as JSON. The items come as a JSON file: [{id, xml, right, wrong}, ...].
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import puppeteer from "puppeteer";

const library = fileURLToPath(
  new URL("node_modules/@citolab/qti-components/cdn/index.global.js", import.meta.url),
);
const items = JSON.parse(readFileSync(process.argv[2], "utf-8"));
const browser = await puppeteer.launch({ executablePath: process.argv[3], args: ["--no-sandbox"] });
const page = await browser.newPage();
const errors = [];
page.on("pageerror", (error) => errors.push(String(error)));
await page.setContent("<!doctype html><body></body>");
await page.addScriptTag({ path: library });
const found = [];
for (const item of items) {
  found.push(
    await page.evaluate(async ({ id, xml, right, wrong }) => {
      document.body.innerHTML = "<qti-item><item-container></item-container></qti-item>";
      const container = document.querySelector("item-container");
      const connected = new Promise((resolve) =>
        document.body.addEventListener("qti-assessment-item-connected", resolve, { once: true }),
      );
      await container.updateComplete;
      container.itemXML = xml;
      await connected;
      await new Promise((resolve) => setTimeout(resolve, 60));
      const element = container.shadowRoot.querySelector("qti-assessment-item");
      await element.updateComplete;
      const given = (answer) => {
        element.updateResponseVariable("RESPONSE", answer);
        element.processResponse();
        const value = (name) => element.getOutcome(name)?.value ?? null;
        return { score: Number(value("SCORE")), feedback: value("FEEDBACK"), said: value("SAID") };
      };
      const choices = [...element.querySelectorAll("qti-simple-choice, qti-simple-associable-choice")];
      return {
        id,
        choices: choices.map((one) => one.textContent),
        body: element.querySelector("qti-item-body").textContent,
        right: given(right),
        wrong: given(wrong),
      };
    }, item),
  );
}
await browser.close();
process.stdout.write(JSON.stringify({ found, errors }));

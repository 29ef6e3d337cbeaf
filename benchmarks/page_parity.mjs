/** Answers questions on standard input, one pack with its rows a line, as the page does: see page_parity.py. */
import readline from "node:readline";
import { Explorer } from "../front/src/rules/explore.js";
import { why, whyNot } from "../front/src/rules/why.js";

for await (const line of readline.createInterface({ input: process.stdin })) {
  const { data, rows } = JSON.parse(line);
  const explorer = new Explorer(data);
  const answers = rows.map(({ profile, lens, options }) => {
    try {
      const found = explorer.explore(profile, lens);
      return {
        record: found.record,
        why: options.map((name) => why(found, name)),
        why_not: options.map((name) => whyNot(found, name)),
      };
    } catch (error) {
      return { error: error.message };
    }
  });
  process.stdout.write(`${JSON.stringify(answers)}\n`);
}

// Prints what gift-pegjs makes of a GIFT file, as JSON.
import { readFileSync } from "node:fs";
import * as gift from "gift-pegjs";

const parse = gift.parse ?? gift.default.parse;
process.stdout.write(JSON.stringify(parse(readFileSync(process.argv[2], "utf-8"))));

// Says which Python is compiled into Pyodide, and for which platform its wheels are named.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const folder = dirname(createRequire(import.meta.url).resolve("pyodide"));
const { info } = JSON.parse(readFileSync(join(folder, "pyodide-lock.json"), "utf8"));
const python = info.python.split(".").slice(0, 2).join(".");
console.log(JSON.stringify({ python, abi: `cp${python.replace(".", "")}`, platform: `pyemscripten_${info.abi_version}_${info.arch}` }));

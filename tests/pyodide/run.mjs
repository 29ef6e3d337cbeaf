// Python compiled for the browser: runs one file of Python with the packages of a folder, and prints what it prints.
// node run.mjs FOLDER FILE EVERY
import { readFileSync } from "node:fs";
import { loadPyodide } from "pyodide";

const [folder, file, every] = process.argv.slice(2);
const pyodide = await loadPyodide({ env: { HOME: "/", PAINRULES_EVERY: every }, stdout: (line) => console.log(line) });
pyodide.FS.mkdirTree("/packages");
pyodide.FS.mount(pyodide.FS.filesystems.NODEFS, { root: folder }, "/packages");
pyodide.runPython("import sys; sys.path.insert(0, '/packages')");
pyodide.runPython(readFileSync(file, "utf8"), { globals: pyodide.toPy({ __name__: "__main__" }) });

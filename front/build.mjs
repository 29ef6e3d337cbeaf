/** Bundles the page's program and style into the package; the same sources give the same bytes. */
import { build } from "esbuild";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const out = process.argv[2] ?? here("../painrules/page/static");

await build({
  entryPoints: [here("src/page.js"), here("src/widget.js"), here("src/style.css")],
  outdir: out,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
});

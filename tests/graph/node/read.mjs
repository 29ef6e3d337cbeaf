// Reads a graph file with a program that nobody here wrote, and prints what it found as JSON.
import { readFileSync } from "node:fs";
import { JSDOM } from "jsdom";
import cytoscape from "cytoscape";
import graphology from "graphology";

const [form, path] = process.argv.slice(2);
const text = readFileSync(path, "utf8");

// graphology parses XML with the parser that browsers have
const window = new JSDOM("").window;
Object.assign(globalThis, { DOMParser: window.DOMParser, Document: window.Document });

const readers = {
  async graphml() {
    const { default: graphml } = await import("graphology-graphml/browser/index.js");
    return fromGraphology(graphml.parse(graphology.MultiDirectedGraph, text));
  },
  async gexf() {
    const { default: gexf } = await import("graphology-gexf/browser/index.js");
    return fromGraphology(gexf.parse(graphology.MultiDirectedGraph, text));
  },
  async jsonld() {
    const { default: jsonld } = await import("jsonld");
    return jsonld.toRDF(JSON.parse(text), { format: "application/n-quads" });
  },
  async cytoscape() {
    const graph = cytoscape({ headless: true, elements: JSON.parse(text).elements });
    return {
      nodes: graph.nodes().map((one) => one.data()),
      edges: graph.edges().map((one) => one.data()),
    };
  },
};

function fromGraphology(graph) {
  return {
    nodes: graph.mapNodes((id, held) => ({ ...held, id })),
    edges: graph.mapEdges((_, held, source, target) => ({ ...held, source, target })),
  };
}

console.log(JSON.stringify(await readers[form]()));

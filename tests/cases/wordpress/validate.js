// Reads a JSON list of posts from standard input and writes what the block editor of
// WordPress says of each: its blocks in their order, and whether saving changes it.
const { readFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const load = createRequire(process.cwd() + "/");

const { JSDOM } = load("jsdom");
const { window } = new JSDOM("<!DOCTYPE html>", { url: "http://localhost/" });
const silent = class {
  observe() {}
  disconnect() {}
};
Object.assign(window, {
  matchMedia: () => ({ addListener() {}, addEventListener() {} }),
  CSS: { escape: (text) => text, supports: () => false },
  ResizeObserver: silent,
  IntersectionObserver: silent,
});
for (const name of Object.getOwnPropertyNames(window)) {
  if (!(name in globalThis)) globalThis[name] = window[name];
}
Object.defineProperty(globalThis, "navigator", { value: window.navigator });
for (const name of ["error", "warn", "info", "log"]) console[name] = () => {};

load("@wordpress/block-library").registerCoreBlocks();
const { parse, serialize } = load("@wordpress/blocks");

const normal = (html) => {
  const template = window.document.createElement("template");
  template.innerHTML = html;
  return template.innerHTML.trim().replace(/\s*(?=<!--)/g, "");
};
const flat = (blocks) => blocks.flatMap((block) => [block, ...flat(block.innerBlocks)]);

const said = JSON.parse(readFileSync(0, "utf8")).map((post) => {
  const blocks = parse(post);
  return {
    blocks: flat(blocks).map(({ name, isValid }) => [name, isValid]),
    kept: normal(serialize(blocks)) === normal(post),
  };
});
process.stdout.write(JSON.stringify(said));

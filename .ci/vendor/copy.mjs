// Write lanshan_portal/static/vendor from the packages of package.json: `npm ci && npm run vendor`.
// The output is committed, so that neither node nor a network is needed to run or to test the portal.
// Packages are looked for in the folder this is started in.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "../../lanshan_portal/static/vendor");
const modules = join(process.cwd(), "node_modules");
const require = createRequire(pathToFileURL(join(process.cwd(), "package.json")));
const sass = require("sass");
const esbuild = require("esbuild");

// Ours to delete: everything below vendor/ comes from here.
rmSync(out, { recursive: true, force: true });

const origins = {};
const written = (name, content, packages) => {
  const path = join(out, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  origins[name] = packages.map((each) => `${each}@${require(join(modules, each, "package.json")).version}`);
};
const read = (name) => readFileSync(join(modules, name));
const withoutMap = (text) => text.replace(/\n?\/[/*]# sourceMappingURL=.*$/gm, "").trimEnd() + "\n";

const css = sass.compile(join(here, "bootstrap.scss"), {
  loadPaths: [modules],
  style: "compressed",
  quietDeps: true,
  silenceDeprecations: ["import"],
  logger: sass.Logger.silent,
}).css;
written("bootstrap/bootstrap.min.css", withoutMap(css.replace(/^\uFEFF/, "")), ["bootstrap"]);
const bundle = await esbuild.build({
  entryPoints: [join(here, "bootstrap.js")],
  bundle: true,
  minify: true,
  format: "iife",
  globalName: "bootstrap",
  target: ["chrome88"],
  legalComments: "none",
  define: { "process.env.NODE_ENV": '"production"' },
  write: false,
  nodePaths: [modules],
});
written("bootstrap/bootstrap.min.js", withoutMap(bundle.outputFiles[0].text), ["bootstrap", "@popperjs/core"]);
written("bootstrap/LICENSE", read("bootstrap/LICENSE"), ["bootstrap"]);
written("popper/LICENSE.md", read("@popperjs/core/LICENSE.md"), ["@popperjs/core"]);

written("inter/inter-latin-wght-normal.woff2", read("@fontsource-variable/inter/files/inter-latin-wght-normal.woff2"), ["@fontsource-variable/inter"]);
written("inter/LICENSE", read("@fontsource-variable/inter/LICENSE"), ["@fontsource-variable/inter"]);

written("htmx/htmx.min.js", withoutMap(read("htmx.org/dist/htmx.min.js").toString()), ["htmx.org"]);
written("htmx/LICENSE", read("htmx.org/LICENSE"), ["htmx.org"]);

const names = readFileSync(join(here, "icons.txt"), "utf8").split("\n").filter(Boolean).sort();
const symbols = names.map((name) => {
  const svg = read(`bootstrap-icons/icons/${name}.svg`).toString();
  const box = svg.match(/viewBox="([^"]+)"/)[1];
  const shapes = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").trim().replace(/\n\s*/g, "");
  return `<symbol id="${name}" viewBox="${box}">${shapes}</symbol>`;
});
written("bootstrap-icons/icons.svg", `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`, ["bootstrap-icons"]);
written("bootstrap-icons/LICENSE", read("bootstrap-icons/LICENSE"), ["bootstrap-icons"]);

const files = [];
const walk = (folder) => {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) walk(path);
    else files.push(path);
  }
};
walk(out);
const lock = {};
for (const path of files) {
  const name = relative(out, path);
  lock[name] = { from: origins[name], sha256: createHash("sha256").update(readFileSync(path)).digest("hex") };
}
writeFileSync(join(out, "vendor.lock.json"), JSON.stringify(lock, null, 2) + "\n");
for (const name of Object.keys(lock)) console.log(`${String(statSync(join(out, name)).size).padStart(7)}  ${name}`);

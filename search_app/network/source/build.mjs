// Bundles the component into ../frontend: net-HASH.js, net.css, net.html, and LEGAL.txt with every licence that is in the bundle.
// `npm install --no-package-lock && npm run build`; `node build.mjs FOLDER` builds elsewhere, for comparison.
import { build } from "esbuild";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? join(here, "../frontend"));

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
const { metafile } = await build({
  absWorkingDir: here,
  entryPoints: ["net.js"],
  entryNames: "[name]-[hash]",
  outdir: out,
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  charset: "utf8",
  legalComments: "external",
  metafile: true,
});
for (const name of ["net.html", "net.css"]) await cp(join(here, name), join(out, name));

// dagre carries graphlib within its own file, and names its notices in another.
const packages = new Set(["@dagrejs/graphlib", ...Object.keys(metafile.inputs).map((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1]).filter(Boolean)]);
const texts = [];
for (const name of [...packages].sort()) {
  const folder = join(here, "node_modules", name);
  const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`${name} carries no licence text`);
  texts.push(`${name} ${version} (${license})\n\n${(await readFile(join(folder, file), "utf8")).trim()}\n`);
}
texts.push(`dagre, its own notices\n\n${(await readFile(join(here, "node_modules/@dagrejs/dagre/dist/dagre.esm.js.LEGAL.txt"), "utf8")).trim()}\n`);
const comments = join(out, (await readdir(out)).find((name) => name.endsWith(".LEGAL.txt")) ?? "");
if (comments !== join(out, "")) {
  texts.push(`What these packages carry from others, in their own words\n\n${(await readFile(comments, "utf8")).trim()}\n`);
  await rm(comments);
}
await writeFile(join(out, "LEGAL.txt"), `This bundle holds, beside our own code:\n\n${texts.join(`\n${"=".repeat(80)}\n\n`)}`);

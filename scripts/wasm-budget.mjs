// Weighs what a browser loads, as sent (the brotli twins of the build), and fails above the budget.
// First load: the main module and its script. Lazy chunks: one per big island. `--json` prints the sums only.
import { readdirSync, readFileSync } from "node:fs";

const folder = "target/site/pkg";
const budget = { first: 90, chunk: 120, sum: 450 }; // kB of 1000 bytes

const kilobytes = (files) => files.reduce((sum, file) => sum + file.bytes, 0) / 1000;
const files = readdirSync(folder, { recursive: true })
  .filter((name) => /\.(wasm|js)$/.test(name))
  .map((name) => ({ name, bytes: readFileSync(`${folder}/${name}.br`).length }))
  .sort((a, b) => b.bytes - a.bytes);
const first = files.filter(({ name }) => /^menpai\b.*\.(wasm|js)$/.test(name) || /^(__wasm_split|snippets\/)/.test(name));
const chunks = files.filter((file) => !first.includes(file));
if (!first.some(({ name }) => name.endsWith(".wasm"))) throw new Error(`no main module in ${folder}`);

if (process.argv.includes("--json")) {
  const largest = Math.max(0, ...chunks.map((file) => kilobytes([file])));
  console.log(JSON.stringify({ first: kilobytes(first), chunk: largest, sum: kilobytes(files), budget }));
  process.exit();
}
let over = 0;
const line = (what, size, limit) => {
  const mark = size > limit ? "FAIL" : "";
  if (mark) over += 1;
  console.log(`${size.toFixed(1).padStart(8)} kB  ${what}${limit ? ` (at most ${limit})` : ""} ${mark}`);
};
for (const file of first) line(file.name, kilobytes([file]), undefined);
line("first load", kilobytes(first), budget.first);
for (const file of chunks) line(file.name, kilobytes([file]), budget.chunk);
line("everything", kilobytes(files), budget.sum);
process.exitCode = over ? 1 : 0;

// Measures Menpai beside its floors and writes the table: docs/bench/latest.md and .json, and into the README.
// Bounded: every part has a fixed number of requests or seconds. `--short` takes a few minutes once the stocks are made
// and writes nothing; `--rows 13,14` measures these only; `--largest 100k` leaves the larger stocks out.
import { execFileSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { cpus, totalmem } from "node:os";
import { parseArgs } from "node:util";
import { stopAll } from "./lib/stock.mjs";
import { lighthouse, weight } from "./rows/browser.mjs";
import { intake } from "./rows/intake.mjs";
import { memory, start } from "./rows/machine.mjs";
import { latency, throughput } from "./rows/pages.mjs";

const { values } = parseArgs({
  options: { short: { type: "boolean" }, rows: { type: "string" }, largest: { type: "string" }, port: { type: "string" } },
});
const only = values.rows?.split(",").map(Number);
const port = Number(values.port);
const how = values.short
  ? { seconds: 2, rest: 5, sizes: ["10k", "100k"], rows: "10k", port }
  : { seconds: 8, rest: 60, sizes: ["10k", "100k", "1m"], rows: "100k", port };
if (values.largest) how.sizes.length = how.sizes.indexOf(values.largest) + 1;

const parts = [
  { name: "throughput", rows: [1, 2], measure: throughput },
  { name: "latency", rows: [3, 4, 5, 15], measure: latency },
  { name: "weight", rows: [10], measure: weight },
  { name: "Lighthouse", rows: [11], measure: lighthouse },
  { name: "memory", rows: [12], measure: memory },
  { name: "start", rows: [13], measure: start },
  { name: "import", rows: [14], measure: intake },
];

const results = [];
const failures = [];
function row(number, what, value, relation = "", goal = undefined, detail = undefined) {
  const holds = goal === undefined ? undefined : relation === ">=" ? value >= goal : value <= goal;
  results.push({ row: number, what, value, relation, goal, holds, detail });
  console.log(line(results.at(-1)));
}

const figure = (value) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));
const mark = ({ holds }) => (holds === undefined ? "" : holds ? "yes" : "**no**");
const goal = ({ relation, goal }) => (goal === undefined ? "" : `${relation === ">=" ? "≥" : "≤"} ${goal}`);
const line = (r) => `| ${r.row} | ${r.what} | ${figure(r.value)} | ${goal(r)} | ${mark(r)} |`;

for (const part of parts.filter(({ rows }) => !only || rows.some((n) => only.includes(n)))) {
  console.log(`== ${part.name}`);
  try {
    await part.measure(how, row);
  } catch (error) {
    failures.push(`${part.name}: ${error.message}`);
    console.error(`   not measured: ${error.stack}`);
    await stopAll();
  }
}

results.sort((a, b) => a.row - b.row);
const head = ["| Row | What | Measured | Goal | Holds |", "|---|---|---|---|---|"];
const table = [...head, ...results.map(line)].join("\n");
console.log(`\n${table}\n`);
if (!values.short && !only) await keep(table);
if (failures.length) {
  console.error(failures.join("\n"));
  process.exitCode = 1;
}

async function keep(table) {
  const day = new Date().toISOString().slice(0, 10);
  const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
  const machine = `${cpus().length} × ${cpus()[0].model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB`;
  const about = `Measured by \`make bench\` on ${day} at ${commit} (${machine}). Ratios are of one run on one machine; times are hints.`;
  await mkdir("docs/bench", { recursive: true });
  await writeFile("docs/bench/latest.json", JSON.stringify({ day, commit, machine, results, failures }, null, 1) + "\n");
  await writeFile("docs/bench/latest.md", `# The latest benchmark\n\n${about}\n\n${table}\n`);
  for (const readme of ["README.md", "README.zh-CN.md"]) {
    const text = await readFile(readme, "utf8");
    const marked = /(<!-- bench -->\n)[\s\S]*?(<!-- \/bench -->)/;
    if (!marked.test(text)) throw new Error(`${readme} has no place for the table`);
    await writeFile(readme, text.replace(marked, (_, open, close) => `${open}\n${about}\n\n${table}\n\n${close}`));
  }
}

// Row 14: taking a file in, beside a bare bulk insert of the rows that come of it.
import { execFile, spawn } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { query, three } from "../lib/conditions.mjs";
import { Visitor, spread } from "../lib/load.mjs";
import { copy, csv, floors, home, menpai, menpaiOn } from "../lib/stock.mjs";

const run = promisify(execFile);
const sheet = new URL("../xlsx.py", import.meta.url).pathname;

/** Runs an import and tells its seconds and its most memory in MB. */
function timed(file, data, city) {
  return new Promise((resolve, reject) => {
    const started = process.hrtime.bigint();
    const child = spawn(menpai, ["import", "listings", file, "--city", city, "--data-dir", data], { stdio: "ignore" });
    let most = 0;
    const watch = setInterval(async () => {
      const status = await readFile(`/proc/${child.pid}/status`, "utf8").catch(() => "");
      most = Math.max(most, Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1000);
    }, 50);
    child.once("exit", (code) => {
      clearInterval(watch);
      const seconds = Number(process.hrtime.bigint() - started) / 1e9;
      if (code === 0) resolve({ seconds, most });
      else reject(new Error(`import ended with ${code}`));
    });
  });
}

const empty = async (name) => {
  const path = join(home, name);
  await rm(path, { recursive: true, force: true });
  await run(menpai, ["migrate", "--data-dir", path]);
  return path;
};

export async function intake({ rows }, row) {
  const table = await csv(rows);
  const workbook = table.replace(".csv", ".xlsx");
  await run("python3", [sheet, table, workbook]);
  const [first, second, bare] = [await empty("import-csv"), await empty("import-xlsx"), await empty("import-bare")];
  // Twice each, turn by turn, and the better one: other work on the machine counts less.
  const better = (a, b) => (a === undefined || b.seconds < a.seconds ? b : a);
  let [fromCsv, fromXlsx, bulk] = [];
  for (let round = 0; round < 2; round++) {
    for (const name of ["import-csv", "import-xlsx", "import-bare"]) await empty(name);
    fromCsv = better(fromCsv, await timed(table, first, "shanghai"));
    fromXlsx = better(fromXlsx, await timed(workbook, second, "shanghai"));
    const { stdout } = await run(floors, ["bulk", join(first, "menpai.db"), join(bare, "menpai.db")]);
    bulk = better(bulk, JSON.parse(stdout));
  }
  console.log(`   ${bulk.homes} homes: CSV ${fromCsv.seconds.toFixed(1)} s, XLSX ${fromXlsx.seconds.toFixed(1)} s, bare ${bulk.seconds.toFixed(1)} s`);
  const detail = { ...bulk, csv: fromCsv, xlsx: fromXlsx };
  row(14, `bare bulk insert ÷ import of ${rows} rows of CSV`, bulk.seconds / fromCsv.seconds, ">=", 0.3, detail);
  row(14, `bare bulk insert ÷ import of ${rows} rows of XLSX`, bulk.seconds / fromXlsx.seconds, ">=", 0.15);
  row(14, "memory of the CSV import, MB at most", fromCsv.most, "<=", 200);
  row(14, "memory of the XLSX import, MB at most", fromXlsx.most, "<=", 200);
  for (const path of [first, second, bare]) await rm(path, { recursive: true });
  await meanwhile(rows, table, row);
}

/** The gallery of a city while a file of another one comes in. */
async function meanwhile(rows, table, row) {
  const path = await copy(rows);
  const server = await menpaiOn(path);
  const visitor = new Visitor(server.origin);
  const paths = three().map((set) => `/shanghai/listings?${query(set)}`);
  const unkept = { cookie: "bench=1" };
  const ask = async (until) => {
    const times = [];
    for (let n = 0; n < paths.length || !(await until()); n++) times.push((await visitor.get(paths[n % paths.length], unkept)).ms);
    return spread(times.slice(8));
  };
  const calm = await ask(async () => true);
  let done = false;
  const importing = timed(table, path, "ningbo").finally(() => (done = true));
  const busy = await ask(async () => done);
  const { seconds } = await importing;
  visitor.close();
  await server.stop();
  await rm(path, { recursive: true });
  row(14, `gallery p95 while ${rows} rows come in ÷ calm`, busy.p95 / calm.p95, "<=", 2, { calm, busy, seconds });
}

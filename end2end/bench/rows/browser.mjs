// Rows 10 and 11: what a browser loads, and Lighthouse as on a phone.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { folder, menpaiOn } from "../lib/stock.mjs";

const run = promisify(execFile);

/** Row 10: of the site that is inside the program. */
export async function weight(_, row) {
  const { stdout } = await run("node", ["scripts/wasm-budget.mjs", "--json"]);
  const { first, chunk, sum, budget } = JSON.parse(stdout);
  row(10, "WASM and scripts of the first load, brotli, kB", first, "<=", budget.first);
  row(10, "the largest chunk that is loaded when it is wanted, kB", chunk, "<=", budget.chunk);
  row(10, "everything together, kB", sum, "<=", budget.sum);
}

/** Row 11: each page once on a warm server, four times slower processor, a slow network. */
export async function lighthouse(_, row) {
  const server = await menpaiOn(await folder("10k"));
  try {
    const env = { ...process.env, MENPAI_URL: server.origin };
    const { stdout } = await run("node", ["scripts/lighthouse.mjs", "--json"], { env, maxBuffer: 2 ** 24 });
    const pages = stdout.trim().split("\n").map(JSON.parse);
    for (const [at, name] of ["start", "gallery", "home"].entries()) {
      const { scores, lcp, cls, tbt } = pages[at];
      row(11, `Lighthouse mobile, ${name}, performance`, scores.performance, ">=", 95, pages[at]);
      const others = Object.entries(scores).filter(([category]) => category !== "performance").map(([, score]) => score);
      row(11, `Lighthouse mobile, ${name}, the least of accessibility, practices, SEO`, Math.min(...others), ">=", 100);
      row(11, `largest paint of the ${name} page, s`, lcp / 1000, "<=", 1.8, { tbt });
      row(11, `layout shift of the ${name} page`, cls, "<=", 0.02);
    }
  } finally {
    await server.stop();
  }
}

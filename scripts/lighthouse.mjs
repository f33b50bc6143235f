// Measures the public pages of a running server (MENPAI_URL) with Lighthouse's mobile settings ($LIGHTHOUSE).
// Performance may lose five points to a busy machine, the other categories none. `--json` prints scores and times as one
// line for each page, and fails for none.
import { spawnSync } from "node:child_process";

const asJson = process.argv.includes("--json");
const { items } = await (await fetch(`${process.env.MENPAI_URL}/api/v1/listings?city=shanghai`)).json();
const paths = ["/", "/shanghai/listings", `/shanghai/listings/${items[0].code}`];
const wanted = { performance: 95, accessibility: 100, "best-practices": 100, seo: 100 };
const flags = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
  + "--disable-component-update --disable-sync";

let bad = 0;
for (const path of paths) {
  const { stdout, stderr } = spawnSync(process.env.LIGHTHOUSE, [
    process.env.MENPAI_URL + path, "--quiet", "--output=json", `--only-categories=${Object.keys(wanted).join(",")}`,
    `--chrome-flags=${flags}`,
  ], { encoding: "utf8", maxBuffer: 2 ** 28, env: { ...process.env, CHROME_PATH: "/usr/bin/chromium" } });
  if (!stdout) throw new Error(`${path}: ${stderr}`);
  const report = JSON.parse(stdout);
  if (report.runtimeError) throw new Error(`${path}: ${report.runtimeError.message}`);
  if (asJson) {
    const scores = Object.fromEntries(Object.keys(wanted).map((name) => [name, Math.round(report.categories[name].score * 100)]));
    const ms = (id) => report.audits[id].numericValue;
    const times = { lcp: ms("largest-contentful-paint"), cls: ms("cumulative-layout-shift"), tbt: ms("total-blocking-time") };
    console.log(JSON.stringify({ path, scores, ...times }));
    continue;
  }
  for (const [category, least] of Object.entries(wanted)) {
    const score = Math.round(report.categories[category].score * 100);
    console.log(`${path} ${category} ${score}`);
    if (score >= least) continue;
    bad += 1;
    console.log(`FAIL: at least ${least} is wanted`);
    for (const { id } of report.categories[category].auditRefs) {
      const { score, title, displayValue = "" } = report.audits[id];
      if (score !== null && score < 0.9) console.log(`    ${id}: ${title} ${displayValue}`);
    }
  }
}
process.exitCode = bad ? 1 : 0;

// Asks servers for pages: many at once through wrk, or one after another as a single visitor does.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const script = new URL("../wrk.lua", import.meta.url).pathname;

/** Seconds a process has worked so far, on all processors together. */
async function worked(pid) {
  const text = await readFile(`/proc/${pid}/stat`, "utf8");
  const [user, system] = text.slice(text.lastIndexOf(")") + 2).split(" ").slice(11, 13).map(Number);
  return (user + system) / 100;
}

/**
 * Eight connections that ask a server for the paths in turn: requests a second, requests for each second the server
 * worked (which other work on the machine changes least), latencies.
 */
export async function wrk({ origin, pid }, paths, seconds, header) {
  const folder = await mkdtemp(join(tmpdir(), "menpai-wrk-"));
  try {
    const file = join(folder, "paths");
    await writeFile(file, paths.join("\n") + "\n");
    const run = (time) =>
      promisify(execFile)("wrk", [
        "-t1", "-c8", `-d${time}s`, "--timeout", "10s", "-s", script, origin, "--", file, ...(header ? [header] : []),
      ]);
    await run(1); // warm
    const before = await worked(pid);
    const { stdout } = await run(seconds);
    const cpu = (await worked(pid)) - before;
    const found = JSON.parse(stdout.trim().split("\n").at(-1));
    if (found.bad > 0) throw new Error(`${found.bad} of ${found.requests} requests to ${origin}${paths[0]} failed`);
    return { rps: found.requests / found.seconds, perCpu: found.requests / cpu, p50: found.p50_ms, p99: found.p99_ms, bytes: found.bytes / found.requests };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** One visitor on one kept connection. */
export class Visitor {
  #agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  constructor(origin) {
    this.origin = origin;
  }

  /** The answer to a path: status, headers, body, milliseconds. */
  get(path, headers = {}) {
    return new Promise((resolve, reject) => {
      const start = process.hrtime.bigint();
      const asked = http.get(this.origin + path, { agent: this.#agent, headers }, (answer) => {
        const parts = [];
        answer.on("data", (part) => parts.push(part));
        answer.on("end", () => {
          const ms = Number(process.hrtime.bigint() - start) / 1e6;
          resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts).toString(), ms });
        });
      });
      asked.setTimeout(30_000, () => asked.destroy(new Error(`no answer from ${this.origin}${path}`)));
      asked.on("error", reject);
    });
  }

  /** The milliseconds of each path, the best of `times`, after one round that warms caches. */
  async time(paths, times = 3, headers = {}) {
    const best = paths.map(() => Infinity);
    for (let round = 0; round <= times; round++) {
      for (const [at, path] of paths.entries()) {
        const { status, ms } = await this.get(path, headers);
        if (status !== 200) throw new Error(`${status} for ${this.origin}${path}`);
        if (round > 0) best[at] = Math.min(best[at], ms);
      }
    }
    return spread(best);
  }

  close() {
    this.#agent.destroy();
  }
}

/** Percentiles of some milliseconds. */
export function spread(ms) {
  const sorted = [...ms].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return { p50: at(0.5), p95: at(0.95), worst: sorted.at(-1), n: sorted.length };
}

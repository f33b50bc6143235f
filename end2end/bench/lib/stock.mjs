// The stocks that are measured: data folders, the flat tables of the floors, PocketBase with the same rows. Made once
// and kept beside the other tools; what was made for an older schema or by another size is made anew.
import { execFile, spawn } from "node:child_process";
import { access, cp, mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { Visitor } from "./load.mjs";

const run = promisify(execFile);
export const { MENPAI_BIN: menpai, FLOORS: floors, POCKETBASE: pocketbase, BENCH_HOME: home } = process.env;

const exists = (path) => access(path).then(() => true, () => false);

/** Makes a thing beside its place and moves it there, so that what is there is whole. */
async function made(path, make) {
  if (await exists(path)) return path;
  await rm(`${path}.new`, { recursive: true, force: true });
  await make(`${path}.new`);
  await rename(`${path}.new`, path);
  return path;
}

const looked = new Map();

/** A data folder with the demo firm. Looked at once a run: a server may have it later. */
export function folder(size) {
  if (!looked.has(size)) looked.set(size, look(size));
  return looked.get(size);
}

async function look(size) {
  const path = join(home, size);
  if (await exists(path)) {
    const words = ["--data-dir", path];
    const there = async () => {
      await run(menpai, ["migrate", ...words]);
      await run(menpai, ["demo", "--size", size, ...words]);
    };
    const fits = await there().then(() => true, () => false);
    if (!fits) for (const part of [path, `${path}.flat`, `${path}.csv`]) await rm(part, { recursive: true, force: true });
  }
  return made(path, async (fresh) => {
    console.log(`   making ${size} homes`);
    await run(menpai, ["migrate", "--data-dir", fresh]);
    await run(menpai, ["demo", "--size", size, "--data-dir", fresh]);
  });
}

/** A copy of a data folder that may be changed. */
export async function copy(size) {
  const path = join(home, "copy");
  await rm(path, { recursive: true, force: true });
  await cp(await folder(size), path, { recursive: true, mode: 2, filter: (part) => !part.endsWith(".sock") });
  return path;
}

export async function flat(size) {
  const from = await folder(size);
  return made(`${from}.flat`, (fresh) => run(floors, ["flat", join(from, "menpai.db"), fresh]));
}

export async function csv(size) {
  const from = await flat(size);
  return made(join(home, `${size}.csv`), (fresh) => run(floors, ["csv", from, fresh]));
}

const running = new Set();

/** Ends what a part that failed has left running. */
export const stopAll = () => Promise.all([...running].map((stop) => stop()));

/** A program that serves, ready; `stop` ends it. */
export async function serve(command, words, ready, origin) {
  const started = process.hrtime.bigint();
  const child = spawn(command, words, { stdio: ["ignore", "pipe", "ignore"] });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const stop = async () => {
    running.delete(stop);
    child.kill();
    await ended;
  };
  running.add(stop);
  const told = new Promise((resolve) => child.stdout.once("data", (line) => resolve(String(line).trim().split("\n")[0])));
  const where = origin ?? (await Promise.race([told, ended.then((code) => Promise.reject(new Error(`${command}: ${code}`)))]));
  const visitor = new Visitor(where);
  for (let tries = 0; ; tries++) {
    const answer = await visitor.get(ready).catch(() => null);
    if (answer?.status === 200) break;
    if (tries > 15_000) throw new Error(`${command} is not ready`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  visitor.close();
  const startMs = Number(process.hrtime.bigint() - started) / 1e6;
  return { origin: where, pid: child.pid, startMs, stop };
}

/** Menpai on a data folder. */
export const menpaiOn = (path) =>
  serve(menpai, ["serve", "--data-dir", path, "--addr", "127.0.0.1:0", "--log-level", "error"], "/readyz");

/** The floors on a flat table. */
export const floorsOn = (path, port = 0) => serve(floors, ["serve", path, String(port)], "/static");

/** PocketBase with the rows of a flat table in the collection `homes`, which anybody may list. */
export async function pocketbaseOn(size, port) {
  const origin = `http://127.0.0.1:${port}`;
  // Without its record of changes to collections, which it would play back elsewhere.
  const words = ["serve", `--http=127.0.0.1:${port}`, "--automigrate=false", `--migrationsDir=${join(home, "none")}`];
  const at = (path) => serve(pocketbase, [...words, `--dir=${path}`], "/api/health", origin);
  const rows = await flat(size);
  const path = await made(join(home, `${size}.pocketbase`), async (fresh) => {
    await mkdir(fresh);
    const [who, password] = ["bench@example.com", "only-for-the-bench"];
    await run(pocketbase, ["superuser", "upsert", who, password, `--dir=${fresh}`]);
    const server = await at(fresh);
    const post = async (path, body, token) => {
      const headers = { "content-type": "application/json", ...(token && { authorization: token }) };
      const answer = await fetch(origin + path, { method: "POST", headers, body: JSON.stringify(body) });
      if (!answer.ok) throw new Error(`PocketBase: ${path}: ${await answer.text()}`);
      return answer.json();
    };
    const { token } = await post("/api/collections/_superusers/auth-with-password", { identity: who, password });
    const texts = ["code", "city", "district", "circle", "community", "layout", "decoration", "floor_band", "listed_on"];
    const numbers = ["rooms", "area", "storeys", "built_year", "price"];
    const fields = [...texts.map((name) => ({ name, type: "text" })), ...numbers.map((name) => ({ name, type: "number" }))];
    const indexes = [
      "CREATE INDEX home_three ON homes (rooms, decoration, listed_on DESC, id DESC, price)",
      "CREATE INDEX home_price ON homes (price)",
      "CREATE INDEX home_district ON homes (district)",
      "CREATE INDEX home_community ON homes (community)",
    ];
    await post("/api/collections", { name: "homes", type: "base", listRule: "", fields, indexes }, token);
    await server.stop();
    await run(floors, ["pocketbase", rows, join(fresh, "data.db")]);
  });
  return at(path);
}

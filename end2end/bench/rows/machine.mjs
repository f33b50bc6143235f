// Rows 12 and 13: memory, and how soon it answers.
import { readFile } from "node:fs/promises";
import http from "node:http";
import { query, three } from "../lib/conditions.mjs";
import { wrk } from "../lib/load.mjs";
import { folder, menpaiOn } from "../lib/stock.mjs";

/** Anonymous memory of a process, in MB. */
async function anonymous(pid) {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, "utf8");
  return Number(/^Anonymous:\s+(\d+) kB$/m.exec(text)[1]) / 1000;
}

const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** Row 12. */
export async function memory({ seconds, rest, sizes }, row) {
  for (const size of sizes.filter((size) => size !== "10k")) {
    const menpai = await menpaiOn(await folder(size));
    await pause(1);
    const idle = await anonymous(menpai.pid);
    let most = idle;
    const watch = setInterval(async () => (most = Math.max(most, await anonymous(menpai.pid).catch(() => 0))), 200);
    await wrk(menpai, three().map((set) => `/shanghai/listings?${query(set)}`), seconds);
    clearInterval(watch);
    await pause(rest);
    const after = await anonymous(menpai.pid);
    const goal = size === "100k";
    row(12, `idle, ${size}, MB anonymous`, idle, goal ? "<=" : "", goal ? 40 : undefined);
    row(12, `under load, ${size}, MB anonymous`, most, goal ? "<=" : "", goal ? 120 : undefined);
    row(12, `${rest} s later, ${size}, MB anonymous`, after, goal ? "<=" : "", goal ? 40 : undefined, { idle, most, after });
    if (size === "100k") await connections(menpai, row);
    await menpai.stop();
  }
}

/** As many live connections as the gate lets in: 256 an address, 4,096 in all. */
async function connections(menpai, row) {
  const before = await anonymous(menpai.pid);
  const sockets = [];
  const open = (localAddress) =>
    new Promise((resolve, reject) => {
      const headers = {
        connection: "Upgrade", upgrade: "websocket", "sec-websocket-version": "13", "sec-websocket-key": "bWVucGFpIGJlbmNobWFyaw==",
      };
      const asked = http.get(`${menpai.origin}/live`, { headers, localAddress, agent: false });
      asked.on("upgrade", (_, socket) => {
        socket.on("error", () => {});
        sockets.push(socket);
        // {"say":"show","topics":["gallery:shanghai"]}, masked with zeros.
        const text = Buffer.from('{"say":"show","topics":["gallery:shanghai"]}');
        socket.write(Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), text]));
        resolve();
      });
      asked.on("response", (answer) => reject(new Error(String(answer.statusCode))));
      asked.on("error", reject);
    });
  for (let address = 1; address <= 15; address++) {
    for (let n = 0; n < 250; n += 25) {
      await Promise.all(Array.from({ length: 25 }, () => open(`127.0.1.${address}`)));
    }
  }
  await pause(2);
  const each = ((await anonymous(menpai.pid)) - before) * 1000 / 1.024 / sockets.length;
  row(12, `a live connection, of ${sockets.length}, KiB`, each, "<=", 25);
  for (const socket of sockets) socket.destroy();
}

/** Row 13: from the command to the first answer of `/readyz`, the best of five. */
export async function start({ sizes }, row) {
  for (const size of sizes) {
    const path = await folder(size);
    const times = [];
    for (let n = 0; n < 5; n++) {
      const menpai = await menpaiOn(path);
      times.push(menpai.startMs);
      await menpai.stop();
    }
    const goal = size === sizes.at(-1);
    row(13, `ready with ${size} homes, ms`, Math.min(...times), goal ? "<=" : "", goal ? 150 : undefined, times);
  }
}

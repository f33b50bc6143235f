// signed-in.mjs LOGIN COMMAND...: runs the command with the session of a demo account (MENPAI_URL, MENPAI_DATA) in
// MENPAI_COOKIE, and for administrators with a new key of the programming interface in MENPAI_KEY.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

const { MENPAI_URL, MENPAI_DATA } = process.env;
const [login, command, ...rest] = process.argv.slice(2);
const accounts = JSON.parse(readFileSync(`${MENPAI_DATA}.accounts.json`, "utf8"));
const { password, role } = accounts.find((account) => account.login === login);

const send = (name, fields, cookie = "") =>
  fetch(`${MENPAI_URL}/api/identity/${name}`, {
    method: "POST", redirect: "manual", headers: { Origin: MENPAI_URL, Cookie: cookie, Accept: "application/json" },
    body: new URLSearchParams(fields),
  });
const cookies = (answer) => answer.headers.getSetCookie().map((one) => one.split(";")[0]).join("; ");

const entered = await send("sign_in", { login, password });
let cookie = cookies(entered);
if (!cookie) throw new Error(`${login} was not let in: ${entered.status} ${await entered.text()}`);
let key = "";
if (role === "admin") {
  const confirmed = await send("confirm", { password }, cookie);
  cookie = cookies(confirmed) || cookie;
  const made = await send("make_key", { name: "scan", days: "1", "rights[]": "staff:read" }, cookie);
  key = (await made.text()).match(/mp_[\w-]+/)?.[0] ?? "";
  if (!key) throw new Error(`no key was made: ${made.status}`);
}
const { status } = spawnSync(command, rest, {
  stdio: "inherit", env: { ...process.env, MENPAI_COOKIE: cookie, MENPAI_KEY: key },
});
process.exitCode = status ?? 1;

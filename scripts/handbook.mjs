// Takes the pictures of the handbook: style/public/handbook/<language>/<task>.webp, 960 x 600. Wants a server with a
// fresh demo firm (MENPAI_URL, MENPAI_DATA) and the program (MENPAI_BIN) for the page of a firm that is not there yet.
// Arguments: the tasks to take, all without any.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

const { MENPAI_URL, MENPAI_DATA, MENPAI_BIN } = process.env;
const accounts = JSON.parse(readFileSync(`${MENPAI_DATA}.accounts.json`, "utf8"));
const account = (login) => accounts.find((account) => account.login === login);
const { items: homes } = await (await fetch(`${MENPAI_URL}/api/v1/listings?city=shanghai`)).json();
const colleague = `/staff/${account("lin").code}`;
const leaver = `/staff/${account("zhou").code}`;
let empty; // the pages that are there once, as soon as they are
let link;
const form = (name) => `form[action="/api/${name}"]`;

// What each shows: on whose screen, which page, what is done there first, and the part that the task is about.
const tasks = {
  "first-start": { at: notYetThere, mark: "main form" },
  "sign-in": { path: "/sign-in", mark: "main form" },
  "set-password": { at: invitation, mark: "main form" },
  home: { as: "gu", path: "/home" },
  keyboard: { as: "gu", path: "/home", first: (page) => page.keyboard.press("Control+k") },
  "find-homes": { path: "/shanghai/listings?rooms=2,3" },
  "listing-page": { path: `/shanghai/listings/${homes[0].code}` },
  "find-people": { as: "gu", path: "/staff", mark: ".dk-filter" },
  "organisation-chart": { as: "gu", path: "/staff/chart" },
  "person-page": { as: "gu", path: colleague },
  "home-photos": { as: "lin", path: "/photos" },
  papers: { as: "he", path: colleague, mark: "form[action$='/papers']" },
  "add-person": { as: "he", path: "/staff/new" },
  "change-record": { as: "he", path: `${colleague}/edit` },
  "stores-and-teams": { as: "tang", path: "/stores" },
  "roles-and-rights": { as: "gu", path: "/permissions" },
  "open-account": { as: "tang", path: colleague, mark: form("identity/set_roles") },
  "reset-password": { as: "tang", path: colleague, mark: form("identity/make_link") },
  "close-account": { as: "tang", path: colleague, mark: form("identity/set_closed") },
  "confirm-password": { as: "tang", path: "/confirm?next=/account", mark: "main form" },
  "devices-and-password": { as: "gu", path: "/account", mark: form("identity/change_password") },
  "my-data": { as: "gu", path: "/account", mark: "a[href^='/account/copy']" },
  "second-factor": { as: "gu", path: "/account/second-factor" },
  "interface-keys": { as: "tang", path: "/keys" },
  "numbers-and-reveals": {
    as: "he", path: colleague, first: (page) => page.locator(".dk-reveal summary").first().click(), mark: ".dk-reveal[open]",
  },
  "who-saw-my-number": { as: "lin", path: "/reveals", before: reveal },
  passkeys: { as: "gu", path: "/account", first: (page) => page.locator("#passkeys").scrollIntoViewIfNeeded(), mark: "#passkeys" },
  consents: { as: "yuan", path: "/consents", before: sell },
  settings: { as: "tang", path: "/settings", mark: form("settings/change_firm") },
  notices: { as: "lin", path: "/notices" },
  "outgoing-messages": { as: "tang", path: "/messages" },
  retention: { as: "tang", path: "/retention" },
  "leave-and-handover": { as: "he", path: `${leaver}/leave`, mark: form("staff/leave") },
  "delete-personal-data": { as: "he", path: leaver, before: leave, mark: form("staff/erase") },
  "audit-trail": { as: "shen", path: "/audit" },
};

const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
});
const screens = new Map();
const wanted = process.argv.slice(2);
const done = new Set();
for (const [task, about] of Object.entries(tasks)) {
  if (wanted.length && !wanted.includes(task)) continue;
  for (const lang of ["zh-CN", "en"]) await take(task, about, lang);
}
await browser.close();

async function take(task, { as, path, at, before, first, mark }, lang) {
  if (before && !done.has(before)) await before();
  done.add(before);
  const page = await screen(as, lang);
  const answer = await page.goto(at ? await at() : path, { waitUntil: "load" });
  if (answer.status() !== 200) throw new Error(`${task}: ${page.url()} answered ${answer.status()}`);
  if (new URL(page.url()).pathname === "/sign-in" && path !== "/sign-in") throw new Error(`${task}: asks to sign in`);
  if (first) await first(page);
  if (mark) await page.locator(mark).first().evaluate(point);
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(300);
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: 60 });
  await session.detach();
  mkdirSync(`style/public/handbook/${lang}`, { recursive: true });
  writeFileSync(`style/public/handbook/${lang}/${task}.webp`, Buffer.from(data, "base64"));
  console.log(`${lang} ${task}`);
}

/** Shows the part and draws a frame around it. */
function point(part) {
  part.scrollIntoView({ block: "center" });
  part.style.outline = "3px solid #d9480f";
  part.style.outlineOffset = "6px";
  part.style.borderRadius = "4px";
}

/** A page in a language, on the screen of somebody or of nobody. */
async function screen(login, lang) {
  const key = `${login} ${lang}`;
  if (!screens.has(key)) {
    const context = await browser.newContext({
      // Passkeys belong to a name.
      baseURL: MENPAI_URL.replace("127.0.0.1", "localhost"), viewport: { width: 960, height: 600 }, colorScheme: "light", locale: lang,
      timezoneId: "Asia/Shanghai", reducedMotion: "reduce",
    });
    const page = await context.newPage();
    if (login) await enter(page, login);
    screens.set(key, page);
  }
  return screens.get(key);
}

async function enter(page, login) {
  await page.goto("/sign-in");
  await page.locator("[name=login]").fill(login);
  await page.locator("[name=password]").fill(account(login).password);
  await page.locator("main form [type=submit], main form button").first().click();
  await page.waitForURL(/\/home$/);
}

/** Somebody looks at a number, with a reason. */
async function sell() {
  const page = await screen(undefined, "zh-CN");
  await page.goto("/sell?city=shanghai&community=不在册小区&area=88");
  await page.locator("#request [name=name]").fill("王");
  await page.locator("#request [name=phone]").fill("13900001234");
  await page.locator("#request [type=checkbox]").check();
  await page.locator("#request form button").click();
  await page.locator(".banner--ok").waitFor();
}

async function reveal() {
  const page = await screen("he", "zh-CN");
  await page.goto(colleague);
  await page.locator(".dk-reveal summary").first().click();
  await page.locator(".dk-reveal[open] [name=reason]").fill("核对入职合同上的手机号");
  await page.locator(".dk-reveal[open] form button").click();
  await page.locator(".dk-shown").waitFor();
}

/** Somebody leaves. */
async function leave() {
  const page = await screen("he", "zh-CN");
  await page.goto(`${leaver}/leave`);
  await page.locator("[name=left_on]").fill(new Date().toISOString().slice(0, 10));
  await page.locator(`${form("staff/leave")} button`).last().click();
  await page.waitForLoadState("load");
}

/** The page of an invitation. */
async function invitation() {
  if (link) return link;
  const page = await screen("tang", "zh-CN");
  await page.goto(colleague);
  await page.locator(`${form("identity/make_link")} button`).click();
  link = await page.locator("text=/\\/link\\//").first().textContent();
  link = link.match(/\/link\/[\w-]+/)[0];
  return link;
}

/** The page of the first start, on an installation of its own. */
async function notYetThere() {
  if (empty) return empty;
  const folder = mkdtempSync(join(tmpdir(), "menpai-handbook-"));
  execFileSync(MENPAI_BIN, ["migrate", "--data-dir", folder]);
  const server = spawn(MENPAI_BIN, ["serve", "--data-dir", folder, "--addr", "127.0.0.1:0"]);
  process.on("exit", () => {
    server.kill();
    rmSync(folder, { recursive: true });
  });
  for await (const line of createInterface({ input: server.stdout })) {
    empty = line.match(/http:\S+\/setup\/\S+/)?.[0];
    if (empty) return empty;
  }
  throw new Error("no link for the first start was printed");
}

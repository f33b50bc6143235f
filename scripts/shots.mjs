// Screenshots of the main pages at four sizes, light and dark: shots/<page>-<width>x<height>-<scheme>.png, and the
// desktop in English too: shots/<page>-en.png. Wants a running server with the demo firm (MENPAI_URL, MENPAI_DATA).
// Fails when a page does not answer well, is wider than its window, or complains. Arguments: only these pages.
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const { MENPAI_URL, MENPAI_DATA } = process.env;
const accounts = JSON.parse(readFileSync(`${MENPAI_DATA}.accounts.json`, "utf8"));
const { items } = await (await fetch(`${MENPAI_URL}/api/v1/listings?city=shanghai`)).json();
const [home] = items;
const account = (login) => accounts.find((account) => account.login === login);
const lin = `/staff/${account("lin").code}`;

// Whose screen, which page, and the status it answers with.
const pages = [
  { name: "gallery", path: "/" },
  { name: "city", path: "/shanghai/listings?rooms=2,3&tag=over_two" },
  { name: "map", path: "/shanghai/listings?view=map" },
  { name: "none", path: "/shanghai/listings?price_max=90&rooms=5" },
  { name: "listing", path: `/shanghai/listings/${home.code}` },
  { name: "bill", path: `/shanghai/listings/${home.code}/bill` },
  { name: "tour", path: `/shanghai/listings/${home.code}/tour` },
  { name: "community", path: `/shanghai/communities/${home.community.slug}` },
  { name: "sold", path: "/shanghai/sold" },
  { name: "saved", path: "/saved" },
  { name: "compare", path: `/compare?homes=${items.slice(0, 3).map(({ code }) => code).join(",")}` },
  { name: "sell", path: "/sell" },
  { name: "absent", path: "/no-such-page", status: 404 },
  { name: "sign-in", path: "/sign-in" },
  { name: "home", path: "/home", as: "gu" },
  { name: "photos", path: "/photos", as: "gu" },
  { name: "home-photos", path: `/photos/${home.code}`, as: "gu" },
  { name: "staff", path: "/staff", as: "gu" },
  { name: "chart", path: "/staff/chart", as: "gu" },
  { name: "person", path: lin, as: "tang" },
  { name: "add-person", path: "/staff/new", as: "he" },
  { name: "stores", path: "/stores", as: "tang" },
  { name: "permissions", path: "/permissions", as: "gu" },
  { name: "account", path: "/account", as: "gu" },
  { name: "audit", path: "/audit", as: "shen" },
  { name: "reveals", path: "/reveals", as: "gu" },
  { name: "notices", path: "/notices", as: "gu" },
  { name: "keys", path: "/keys", as: "tang" },
  { name: "settings", path: "/settings", as: "tang" },
  { name: "client-sign-in", path: "/me/sign-in" },
  { name: "terms", path: "/terms/service" },
  { name: "messages", path: "/messages", as: "tang" },
  { name: "retention", path: "/retention", as: "tang" },
  { name: "help", path: "/help", as: "gu" },
  { name: "task", path: "/help/organisation-chart", as: "gu" },
];
const sizes = [[390, 844], [820, 1180], [1180, 820], [1440, 900]];
const wanted = process.argv.slice(2);

const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
});
const sessions = new Map();
let bad = 0;
for (const { name, path, as, status = 200 } of pages) {
  if (wanted.length && !wanted.includes(name)) continue;
  for (const [width, height] of sizes) {
    for (const scheme of ["light", "dark"]) {
      await take(`shots/${name}-${width}x${height}-${scheme}.png`, { path, as, status, width, height, scheme });
    }
  }
  await take(`shots/${name}-en.png`, { path, as, status, width: 1440, height: 900, scheme: "light", lang: "en" });
}
await browser.close();
process.exitCode = bad ? 1 : 0;

async function take(file, { path, as, status, width, height, scheme, lang = "zh-CN" }) {
  const context = await browser.newContext({
    baseURL: MENPAI_URL, viewport: { width, height }, colorScheme: scheme, locale: lang, timezoneId: "Asia/Shanghai",
    hasTouch: width < 1400, reducedMotion: "reduce", storageState: as && (await session(as)),
  });
  const page = await context.newPage();
  const faults = [];
  const expected = `status of ${status}`;
  page.on("console", (line) => line.type() === "error" && !line.text().includes(expected) && faults.push(line.text()));
  const answer = await page.goto(path, { waitUntil: "load" });
  if (answer.status() !== status) faults.push(`${path} answered ${answer.status()}, not ${status}`);
  await page.evaluate(() => document.fonts.ready);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  if (wide > width) faults.push(`${wide} px wide in a window of ${width}`);
  await page.screenshot({ path: file });
  await context.close();
  bad += faults.length;
  console.log(file, faults.map((fault) => `FAIL: ${fault}`).join("; "));
}

/** The cookies of somebody who has signed in. */
async function session(login) {
  if (!sessions.has(login)) {
    const context = await browser.newContext({ baseURL: MENPAI_URL });
    const page = await context.newPage();
    await page.goto("/sign-in");
    await page.locator("[name=login]").fill(login);
    await page.locator("[name=password]").fill(account(login).password);
    await page.locator("main form button").first().click();
    await page.waitForURL(/\/home$/);
    sessions.set(login, await context.storageState());
    await context.close();
  }
  return sessions.get(login);
}

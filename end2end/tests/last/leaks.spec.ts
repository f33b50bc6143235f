// When everything else has run: no number of a person stands in what the server wrote or shows.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { inflateRawSync } from "node:zlib";
import { account, enter, typedNumbers } from "../support/people";
import { expect, test } from "../support/page";

/** Everybody but su, who has left by now: staff/people.spec.ts. */
const LOGINS = ["shen", "tang", "gu", "lin", "chen", "lu", "zhou", "cao", "yuan", "he"];
/** What people read and take home; a record and a copy of one's own data are the two places of a number. */
const PAGES = [
  "/home", "/staff", "/staff?left=1", "/staff/chart", "/stores", "/permissions", "/account", "/audit", "/reveals",
  "/notices", "/keys", "/messages", "/retention", "/consents", "/settings", "/photos", "/help", "/audit/export.csv", "/api/v1/staff", "/", "/shanghai/sold", "/sell", "/saved",
];

test("no number of a person is in the data folder, the log, a page or an export", async ({ browser }) => {
  test.setTimeout(180_000);
  const numbers = new Set(readFileSync(typedNumbers(), "utf8").split("\n").filter(Boolean));
  expect(numbers.size, "the tests have typed numbers").toBeGreaterThan(0);
  const shown: [string, string][] = [];
  for (const login of LOGINS) {
    const page = await browser.newPage();
    await enter(page, login);
    for (const own of await ownNumbers(page, login)) numbers.add(own);
    for (const path of [...PAGES, `/staff/${account(login).code}`]) {
      shown.push([`${path} of ${login}`, await (await page.request.get(path)).text()]);
    }
    await page.context().close();
  }
  expect(numbers.size, "everybody has a telephone and an identity number").toBeGreaterThan(2 * LOGINS.length);

  const folder = String(process.env.MENPAI_DATA);
  const written = [...files(folder), `${folder}.log`].map((file): [string, string] => [
    file, readFileSync(file, "latin1"),
  ]);
  expect(written.map(([name]) => name)).toContainEqual(expect.stringMatching(/menpai\.db$/));
  const found = [...written, ...shown].flatMap(([where, text]) =>
    [...numbers].filter((number) => text.includes(number)).map(() => where),
  );
  expect(found, "a number stands here in plain").toEqual([]);
});

/** Telephone and identity number of somebody, from the copy of what is kept about them. */
async function ownNumbers(page: Page, login: string): Promise<string[]> {
  await page.goto("/confirm?next=/account");
  await page.getByLabel("密码", { exact: true }).fill(account(login).password);
  await page.locator("main form button").click();
  await expect(page).toHaveURL(/\/account$/);
  const answer = await page.request.get("/account/copy.zip");
  expect(answer.status()).toBe(200);
  const copy = fileInZip(await answer.body(), "data.json");
  // As people write them: without the prefix of the country.
  return [...copy.matchAll(/"\+86(1\d{10})"|"(\d{17}[\dX])"/g)].map(([, phone, id]) => phone ?? id);
}

/** A file of a ZIP archive, found by its directory. */
function fileInZip(zip: Buffer, name: string): string {
  for (let at = zip.indexOf("PK\x01\x02"); at >= 0; at = zip.indexOf("PK\x01\x02", at + 4)) {
    if (zip.toString("utf8", at + 46, at + 46 + zip.readUInt16LE(at + 28)) !== name) continue;
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(start, start + zip.readUInt32LE(at + 20));
    return (zip.readUInt16LE(at + 10) === 8 ? inflateRawSync(packed) : packed).toString("utf8");
  }
  throw new Error(`no ${name} in the archive`);
}

/** Every file under a folder but the key and the socket. */
function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile());
}

// Screenshots of the main pages at four sizes, light and dark: shots/<page>-<width>x<height>-<scheme>.png.
// Wants a running server (MENPAI_URL) with the demo firm. Fails when a page does not answer well.
import { chromium } from "playwright-core";

const pages = [
  { name: "gallery", path: "/" },
  { name: "city", path: "/shanghai/listings?rooms=2,3&tag=over_two" },
  { name: "none", path: "/shanghai/listings?price_max=90&rooms=5" },
  { name: "listing", path: "/shanghai/listings/FIRST" },
  { name: "absent", path: "/no-such-page", status: 404 },
];
const sizes = [[390, 844], [820, 1180], [1180, 820], [1440, 900]];
const schemes = ["light", "dark"];

const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
});
let bad = 0;
const { items } = await (await fetch(`${process.env.MENPAI_URL}/api/v1/listings?city=shanghai`)).json();
for (const [width, height] of sizes) {
  for (const colorScheme of schemes) {
    const context = await browser.newContext({
      baseURL: process.env.MENPAI_URL, viewport: { width, height }, colorScheme,
      locale: "zh-CN", timezoneId: "Asia/Shanghai", hasTouch: width < 1400, reducedMotion: "reduce",
    });
    for (const { name, path, status = 200 } of pages) {
      const file = `shots/${name}-${width}x${height}-${colorScheme}.png`;
      const page = await context.newPage();
      const answer = await page.goto(path.replace("FIRST", items[0].code), { waitUntil: "load" });
      await page.evaluate(() => document.fonts.ready);
      await page.screenshot({ path: file });
      await page.close();
      const wrong = answer?.status() === status ? "" : `FAIL: ${path} answered ${answer?.status()}, not ${status}`;
      if (wrong) bad += 1;
      console.log(`${file} ${wrong}`);
    }
    await context.close();
  }
}
await browser.close();
process.exitCode = bad ? 1 : 0;

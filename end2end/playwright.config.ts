// Browser tests against the release file on a fresh demo firm, in Debian's Chromium.
//
// A test runs on the desktop unless its tags say where: @phone, @tablet, @touch (both), @no-js, @desktop beside
// those, @everywhere. MENPAI_URL names a server that already runs; otherwise one is started here.
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { defineConfig } from "@playwright/test";

const running = process.env.MENPAI_URL !== undefined;
if (!running) {
  // The workers load this file again and must find the same server: they inherit these two.
  const port = process.env.MENPAI_TEST_PORT ?? String(await freePort());
  process.env.MENPAI_TEST_PORT = port;
  process.env.MENPAI_DATA = `${tmpdir()}/menpai-${port}`;
}
const port = process.env.MENPAI_TEST_PORT;
const baseURL = process.env.MENPAI_URL ?? `http://127.0.0.1:${port}`;

const LAST = "last/**";
// What changes the whole firm for everybody, one after another.
const AFTER = "after/**";

export default defineConfig({
  testDir: "tests",
  outputDir: "results",
  forbidOnly: !!process.env.CI,
  fullyParallel: true,
  retries: 0,
  workers: 2,
  reporter: [["list"]],
  use: {
    baseURL,
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    screenshot: "only-on-failure",
    // What goes through a worker is not seen by routes of a test; the test of the worker allows it.
    serviceWorkers: "block",
    launchOptions: {
      executablePath: "/usr/bin/chromium",
      args: [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
      ],
    },
  },
  projects: [
    {
      name: "desktop",
      testIgnore: [LAST, AFTER],
      grepInvert: /^(?!.*@(desktop|everywhere)\b).*@(phone|tablet|touch|no-js)\b/,
      use: { viewport: { width: 1440, height: 900 } },
    },
    {
      name: "phone",
      testIgnore: [LAST, AFTER],
      grep: /@(phone|touch|everywhere)\b/,
      use: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
    },
    {
      name: "tablet",
      testIgnore: [LAST, AFTER],
      grep: /@(tablet|touch|everywhere)\b/,
      use: { viewport: { width: 820, height: 1180 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
    },
    {
      name: "no-js",
      testIgnore: [LAST, AFTER],
      grep: /@(no-js|everywhere)\b/,
      use: { viewport: { width: 1440, height: 900 }, javaScriptEnabled: false },
    },
    // What has to be looked at when everything else has run.
    {
      name: "last",
      testMatch: LAST,
      dependencies: ["desktop", "phone", "tablet", "no-js"],
      use: { viewport: { width: 1440, height: 900 } },
    },
    {
      name: "after",
      testMatch: AFTER,
      dependencies: ["last"],
      use: { viewport: { width: 1440, height: 900 } },
    },
  ],
  webServer: running
    ? undefined
    : {
        command: `../scripts/serve-demo.sh ${port} ${process.env.MENPAI_DATA}`,
        url: baseURL,
        timeout: 120_000,
        gracefulShutdown: { signal: "SIGTERM", timeout: 10_000 },
      },
});

/** A TCP port of the loopback address that nobody listens on. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

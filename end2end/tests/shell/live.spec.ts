// The live channel, and what a page does when it hears of a change.
import { expect, test } from "../support/page";
import { choice, expectSameDocument, markDocument, opener, panel } from "../support/gallery";
import { CITY, GALLERY, homeHref, listings } from "../support/firm";

test("whoever says what a page shows hears where the stream stands", async ({ page }) => {
  await page.goto(GALLERY);
  const heard = await page.evaluate(
    (city) =>
      new Promise<string>((resolve, reject) => {
        const socket = new WebSocket("/live");
        socket.onopen = () => socket.send(JSON.stringify({ say: "show", topics: [`gallery:${city}`] }));
        socket.onmessage = ({ data }) => resolve(String(data));
        socket.onclose = ({ code, reason }) => reject(new Error(`closed: ${code} ${reason}`));
      }),
    CITY,
  );
  expect(JSON.parse(heard)).toEqual({ hear: "here", seq: expect.any(Number) });
});

test("what is no message of the channel ends the connection", async ({ page }) => {
  await page.goto(GALLERY);
  const odd = [
    '{"say":"show","topics":["deals:all"]}',
    '{"say":"show","topics":["gallery:x"],"more":1}',
    '{"say":"sing"}',
    "[]",
  ];
  for (const word of odd) {
    const code = await page.evaluate(
      (word) =>
        new Promise<number>((resolve) => {
          const socket = new WebSocket("/live");
          socket.onopen = () => socket.send(word);
          socket.onclose = ({ code }) => resolve(code);
        }),
      word,
    );
    expect(code, word).toBe(1008);
  }
});

test("a page says what it shows, over one connection, also after one has gone on", async ({ page, request }) => {
  const [home] = (await listings(request)).items;
  const said: string[] = [];
  let sockets = 0;
  page.on("websocket", (socket) => {
    sockets += 1;
    socket.on("framesent", ({ payload }) => said.push(String(payload)));
  });
  const topics = () => (JSON.parse(said.at(-1) ?? '{"topics":[]}') as { topics: string[] }).topics;
  await page.goto(GALLERY);
  await expect.poll(topics).toEqual([`gallery:${CITY}`]);
  await page.locator("article h3 a").first().click();
  await expect.poll(topics).toEqual([`listing:${home.code}`]);
  await page.goBack();
  await expect.poll(topics).toEqual([`gallery:${CITY}`]);
  expect(sockets).toBe(1);
});

test("a page that hears of a change asks for itself again and keeps what a person holds", async ({ page }) => {
  await page.goto(`${GALLERY}?rooms=2`);
  await markDocument(page);
  await opener(page, "户型").click();
  await choice(page, "rooms", "2").focus();
  await page.locator("article").first().evaluate((e) => e.setAttribute("data-old", ""));
  await page.evaluate(() => dispatchEvent(new Event("menpai:refresh")));
  await expect(page.locator("article[data-old]")).toHaveCount(0);
  await expect(panel(page, "户型")).toHaveAttribute("open");
  await expect(choice(page, "rooms", "2")).toBeFocused();
  await expect(page.locator("#announce")).toBeEmpty();
  await expect(page).toHaveURL(`${GALLERY}?rooms=2`);
  await expectSameDocument(page);
});

test("a home's page refreshes the same way", async ({ page, request }) => {
  const [home] = (await listings(request)).items;
  await page.goto(homeHref(home.code));
  await page.getByText("每一次变动").click();
  await page.locator("h1").evaluate((e) => e.setAttribute("data-old", ""));
  await page.evaluate(() => dispatchEvent(new Event("menpai:refresh")));
  await expect(page.locator("h1[data-old]")).toHaveCount(0);
  await expect(page.locator("details.chart-rows")).toHaveAttribute("open");
});

// Photos that no other test has: one colour each, drawn by the browser.
import type { Page } from "@playwright/test";

export type Upload = { name: string; mimeType: string; buffer: Buffer };

/** A JPEG of its own. */
export async function photo(page: Page, name: string, width = 900, height = 600): Promise<Upload> {
  const data = await page.evaluate(
    ([width, height, colour]) => {
      const canvas = document.createElement("canvas");
      Object.assign(canvas, { width, height });
      const pen = canvas.getContext("2d") as CanvasRenderingContext2D;
      pen.fillStyle = `#${colour.toString(16).padStart(6, "0")}`;
      pen.fillRect(0, 0, width, height);
      pen.fillStyle = "#ffffff";
      pen.fillRect(40, 40, (colour % 200) + 20, 120);
      return canvas.toDataURL("image/jpeg", 0.9).split(",")[1];
    },
    [width, height, Math.floor(Math.random() * 0xffffff)] as const,
  );
  return { name, mimeType: "image/jpeg", buffer: Buffer.from(data, "base64") };
}

// Opens a list of promises in Firefox and chooses a theme by its chip. Reads {firefox, profile, address, chip, rows} as JSON from
// stdin (rows: a selector, that of tickets without one); prints the rows that are shown before and after, and the address afterwards.
import { text } from "node:stream/consumers";
import puppeteer from "puppeteer-core";

const { firefox, profile, address, chip, rows = ".promise-list li a" } = JSON.parse(await text(process.stdin));
const browser = await puppeteer.launch({
  browser: "firefox", protocol: "webDriverBiDi", executablePath: firefox, headless: true, userDataDir: profile, protocolTimeout: 120000,
});
const told = (chosen) => Array.from(document.querySelectorAll(chosen)).filter((e) => e.checkVisibility()).map((e) => e.innerText.trim());
try {
  const page = await browser.newPage();
  await page.goto(address, { waitUntil: "load" });
  const before = await page.evaluate(told, rows);
  await page.evaluate((word) => Array.from(document.querySelectorAll(".chips a")).find((a) => a.textContent.includes(word)).click(), chip);
  await page.waitForFunction((word) => document.querySelector(".chips [aria-current]").textContent.includes(word), {}, chip);
  process.stdout.write(JSON.stringify({ before, after: await page.evaluate(told, rows), address: page.url() }));
} finally {
  await browser.close();
}

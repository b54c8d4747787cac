// Runs queries in Firefox in the search of the single-file site. Reads {firefox, profile, file, words} as JSON from stdin and
// prints the hits of each query as JSON.
import { text } from "node:stream/consumers";
import puppeteer from "puppeteer-core";

const { firefox, profile, file, words } = JSON.parse(await text(process.stdin));
const browser = await puppeteer.launch({
  browser: "firefox", protocol: "webDriverBiDi", executablePath: firefox, headless: true, userDataDir: profile,
  extraPrefsFirefox: {
    "app.update.enabled": false, "datareporting.policy.dataSubmissionEnabled": false, "network.captive-portal-service.enabled": false,
    "network.connectivity-service.enabled": false, "extensions.getAddons.cache.enabled": false, "services.settings.server": "data:,",
    "browser.safebrowsing.malware.enabled": false, "browser.safebrowsing.phishing.enabled": false,
  },
});
const READY = '#search-results[data-state="ready"]';
const ask = (page, text) => page.evaluate((query) => {
  const input = document.getElementById("wr-query");
  input.value = query;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}, text);
const wrong = [], answers = [];
let opened;
try {
  const page = await browser.newPage();
  page.on("console", (message) => wrong.push(message.text()));
  page.on("pageerror", (error) => wrong.push(String(error)));
  await page.goto(file);
  await page.evaluate(() => document.addEventListener("securitypolicyviolation", (e) => console.log(`${e.violatedDirective} ${e.blockedURI}`)));
  await page.click("[data-elder]");
  await page.click("[data-elder]");
  await page.click("[data-search]");
  await page.waitForSelector(READY);
  for (const query of words) {
    await ask(page, query);
    await page.waitForSelector(READY, { timeout: 60000 });
    answers.push(await page.evaluate(() => Array.from(document.querySelectorAll("#search-results [data-sentence]"), (e) => e.dataset.sentence)));
  }
  await ask(page, "亞運 zhiyuanzhe");
  await page.waitForSelector(READY);
  await page.click("#search-results [data-sentence]");
  await page.waitForSelector("mark.found", { timeout: 60000 });
  opened = await page.evaluate(() => ({
    id: location.hash.slice(1), lit: Array.from(document.querySelectorAll("mark.found"), (e) => e.textContent),
    closed: document.getElementById("wr-search").hidden,
  }));
} finally {
  await browser.close();
}
process.stdout.write(JSON.stringify({ answers, opened, wrong }));

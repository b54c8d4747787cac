// Runs queries in Firefox in the search of a site. Reads {firefox, profile, bases, words} as JSON from stdin; prints for each
// base URL what every query shows, the sentence opened from a hit of the query `opened` (none if empty), and the console errors.
import { text } from "node:stream/consumers";
import puppeteer from "puppeteer-core";

const { firefox, profile, bases, words, opened: opening = "亞運 zhiyuanzhe" } = JSON.parse(await text(process.stdin));
const browser = await puppeteer.launch({
  browser: "firefox", protocol: "webDriverBiDi", executablePath: firefox, headless: true, userDataDir: profile,
  extraPrefsFirefox: {
    "app.update.enabled": false, "datareporting.policy.dataSubmissionEnabled": false, "network.captive-portal-service.enabled": false,
    "network.connectivity-service.enabled": false, "extensions.getAddons.cache.enabled": false, "services.settings.server": "data:,",
    "network.prefetch-next": false, // Firefox would prefetch <link rel="next">, which the policy blocks with a console error
    "browser.safebrowsing.malware.enabled": false, "browser.safebrowsing.phishing.enabled": false,
  },
});
const shown = () => ({
  hits: Array.from(document.querySelectorAll("#search-results [data-sentence]"), (e) => e.dataset.sentence),
  lit: Array.from(document.querySelectorAll("#search-results [data-sentence]"), (e) => e.querySelectorAll("mark").length),
  count: document.querySelector(".wr-search-count").textContent,
  beside: document.querySelectorAll("#search-results [data-beside]").length,
  promises: Array.from(document.querySelectorAll("#search-results a[href*='/promises/']"), (e) => e.textContent),
  offers: Array.from(document.querySelectorAll("#search-results [data-suggestion]"), (e) => e.dataset.suggestion),
});
/* Opens the first hit of the query `opened`: the sentence there and what is lit in it. */
async function openedFrom(page, base, ready) {
  await page.goto(`${base}index.html?q=${encodeURIComponent(opening)}`);
  await ready();
  await Promise.all([page.waitForNavigation(), page.click("#search-results [data-sentence]")]);
  await page.waitForSelector("mark.found", { timeout: 60000 });
  return page.evaluate(() => {
    const at = document.getElementById(location.hash.slice(1));
    return { id: at.id, lit: Array.from(at.querySelectorAll("mark.found"), (e) => e.textContent) };
  });
}
const out = {};
try {
  for (const base of bases) {
    const page = await browser.newPage();
    const wrong = [];
    page.on("console", (message) => { if (message.type() === "error") wrong.push(message.text()); });
    page.on("pageerror", (error) => wrong.push(String(error)));
    const ready = () => page.waitForSelector('#search-results[data-state="ready"]', { timeout: 60000 });
    const answers = [];
    // The first query is opened through ?q=; then every query is typed into the search box.
    await page.goto(`${base}index.html?q=${encodeURIComponent(words[0])}`);
    await ready();
    for (const query of words) {
      await page.evaluate((text) => {
        const input = document.getElementById("wr-query");
        input.value = text;
        input.dispatchEvent(new Event("input", { bubbles: true }));
      }, query);
      await ready();
      answers.push(await page.evaluate(shown));
    }
    const opened = opening ? await openedFrom(page, base, ready) : null;
    out[base] = { answers, opened, wrong };
    await page.close();
  }
} finally {
  await browser.close();
}
process.stdout.write(JSON.stringify(out));

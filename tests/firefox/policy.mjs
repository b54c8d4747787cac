// Opens pages in Firefox and uses them as readers do (tests/browser/exercise.js). Reads {firefox, profile, listen, exercise,
// addresses} as JSON from stdin; prints for each address the counts of actions, the policy violations and console errors.
import { text } from "node:stream/consumers";
import puppeteer from "puppeteer-core";

const { firefox, profile, listen, exercise, addresses } = JSON.parse(await text(process.stdin));
const browser = await puppeteer.launch({
  browser: "firefox", protocol: "webDriverBiDi", executablePath: firefox, headless: true, userDataDir: profile, protocolTimeout: 120000,
  extraPrefsFirefox: {
    "app.update.enabled": false, "datareporting.policy.dataSubmissionEnabled": false, "network.captive-portal-service.enabled": false,
    "network.connectivity-service.enabled": false, "extensions.getAddons.cache.enabled": false, "services.settings.server": "data:,",
    "browser.safebrowsing.malware.enabled": false, "browser.safebrowsing.phishing.enabled": false,
  },
});
const out = {};
try {
  for (const address of addresses) {
    const page = await browser.newPage();
    const wrong = [];
    page.on("console", (message) => { if (message.type() === "error") wrong.push(message.text()); });
    page.on("pageerror", (error) => wrong.push(String(error)));
    await page.evaluateOnNewDocument(listen);
    await page.goto(address, { waitUntil: "load" });
    await page.waitForNetworkIdle({ idleTime: 500 }); // until then, a page that redirects has redirected
    out[address] = { ...(await page.evaluate(`(${exercise})()`)), wrong };
    await page.close();
  }
} finally {
  await browser.close();
}
process.stdout.write(JSON.stringify(out));

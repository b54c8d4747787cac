// Opens the checking page of the offline zip in Firefox and gives it files. Reads {firefox, profile, page, steps} as JSON from
// stdin, where a step is {control, files} or {control, folder: {path: base64}}; prints the page's result text for each step.
import { text } from "node:stream/consumers";
import puppeteer from "puppeteer-core";

const { firefox, profile, page: address, steps } = JSON.parse(await text(process.stdin));
const browser = await puppeteer.launch({
  browser: "firefox", protocol: "webDriverBiDi", executablePath: firefox, headless: true, userDataDir: profile,
  extraPrefsFirefox: {
    "app.update.enabled": false, "datareporting.policy.dataSubmissionEnabled": false, "network.captive-portal-service.enabled": false,
    "network.connectivity-service.enabled": false, "extensions.getAddons.cache.enabled": false, "services.settings.server": "data:,",
    "browser.safebrowsing.malware.enabled": false, "browser.safebrowsing.phishing.enabled": false,
  },
});
const out = { told: [], wrong: [], asked: [] };
try {
  const page = await browser.newPage();
  page.on("console", (message) => { if (message.type() === "error") out.wrong.push(message.text()); });
  page.on("pageerror", (error) => out.wrong.push(String(error)));
  page.on("request", (request) => out.asked.push(request.url()));
  await page.goto(address);
  out.choosesFolders = await page.evaluate(() => document.getElementById("folder").webkitdirectory === true);
  for (const { control, files, folder } of steps) {
    if (files) {
      const input = await page.$(control);
      await input.uploadFile(...files);
    } else {
      // A folder cannot be chosen in Firefox by a driver, so the input gets files with the paths that a chosen folder gives.
      await page.evaluate((selector, contents) => {
        const input = document.querySelector(selector);
        const chosen = Object.entries(contents).map(([path, base64]) => {
          const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
          const file = new File([bytes], path.split("/").pop());
          Object.defineProperty(file, "webkitRelativePath", { value: path });
          return file;
        });
        Object.defineProperty(input, "files", { value: chosen, configurable: true });
        input.dispatchEvent(new Event("change", { bubbles: true }));
        delete input.files;
      }, control, folder);
    }
    await page.waitForFunction(() => {
      const result = document.getElementById("result");
      return !result.hidden && document.activeElement === result;
    }, { timeout: 60000 });
    out.told.push(await page.evaluate(() => document.getElementById("result").innerText));
    await page.evaluate(() => { document.getElementById("result").hidden = true; document.activeElement.blur(); });
  }
  await page.close();
} finally {
  await browser.close();
}
process.stdout.write(JSON.stringify(out));

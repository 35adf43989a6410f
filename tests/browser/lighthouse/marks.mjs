// Prints, as JSON, Lighthouse's marks of the addresses that are its arguments, and what cost some.
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const addresses = process.argv.slice(2);
const browser = await launch({
    chromePath: process.env.BROWSER_PATH,
    chromeFlags: [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--no-first-run",
    ],
});
const options = {
    port: browser.port,
    onlyCategories: ["accessibility", "best-practices"],
    disableFullPageScreenshot: true,
    disableStorageReset: true,
    pauseAfterFcpMs: 0,
    pauseAfterLoadMs: 0,
    networkQuietThresholdMs: 300,
    cpuQuietThresholdMs: 300,
    output: "json",
};
const marks = {};
for (const address of addresses) {
    const { lhr } = await lighthouse(address, options);
    const categories = Object.values(lhr.categories);
    const failed = categories.flatMap((one) => one.auditRefs)
        .filter((one) => one.weight > 0 && lhr.audits[one.id].score !== null)
        .filter((one) => lhr.audits[one.id].score < 1).map((one) => one.id);
    marks[address] = {
        ...Object.fromEntries(categories.map((one) => [one.id, Math.round(100 * one.score)])),
        failed,
        error: lhr.runtimeError?.message ?? null,
    };
}
await browser.kill();
console.log(JSON.stringify(marks));

// Today is where whoever asks is, whatever the clock of the server's town says.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { openPage } from "./browser.js";
import { lines, makeStore, run, serveIn } from "./support.js";

const store = makeStore("zone");
const server = await serveIn({ TZ: "UTC" }, store);
// At every moment one of them has another day than the other.
const zones = ["Pacific/Kiritimati", "Etc/GMT+12", "Asia/Tashkent", "America/New_York"];

/** The day in a zone, as this program has it: what it is before and after something is asked. */
const dayIn = (zone) => new Intl.DateTimeFormat("sv", { timeZone: zone }).format();
async function within(zone, ask) {
  const before = dayIn(zone);
  const said = await ask();
  assert.ok([before, dayIn(zone)].includes(said), `${zone}: ${said}, and not ${before}`);
}
const asOf = (answer) => /as-of=([\d-]+)/.exec(answer.headers.get("content-location"))[1];

test("a question is answered as of today in the zone that it names", async () => {
  assert.notEqual(dayIn(zones[0]), dayIn(zones[1]));
  for (const zone of zones)
    for (const command of ["status", "report.csv", "plans.ics"])
      await within(zone, async () => asOf(await server.get(`/v1/${command}?tz=${encodeURIComponent(zone)}`)));
  // Its address is the same for ever, and names no zone.
  const answer = await server.get("/v1/status?tz=Asia/Tashkent");
  const address = answer.headers.get("content-location");
  assert.ok(!address.includes("tz"));
  assert.equal(await (await server.get(address)).text(), await answer.text());
  // Words for days are of that zone, too.
  for (const zone of zones) await within(zone, async () => (await (await server.get(`/v1/date?q=today&tz=${encodeURIComponent(zone)}`)).json()).edtf);
});

test("what a browser says of its zone counts on each page after the first", async () => {
  for (const zone of zones.slice(0, 2)) {
    await within(zone, async () => asOf(await server.get("/v1/status", { cookie: `solnoma-tz=${zone}` })));
    const { page, faults, close } = await openPage({ timezoneId: zone.startsWith("Etc") ? "Pacific/Pago_Pago" : zone });
    await page.goto(`${server.url}/log`);
    const own = await page.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
    await within(own, async () => page.evaluate(async () => /as-of=([\d-]+)/.exec((await fetch("/v1/status")).headers.get("content-location"))[1]));
    assert.deepEqual(faults, []);
    await close();
  }
  const answer = await server.get("/v1/status", { cookie: "solnoma-tz=Mars/Base" });
  assert.equal(answer.status, 200);
});

test("a zone that there is not is refused, in every address", async () => {
  for (const zone of ["Mars/Base", "../etc/passwd", "/etc/localtime", "UTC-5", "posixrules/..", "x".repeat(300), "Asia"])
    for (const address of ["/v1/status", "/v1/report.html", "/v1/events", "/v1/changes", "/v1/changes.atom", "/v1/date?q=today"]) {
      const answer = await server.get(`${address}${address.includes("?") ? "&" : "?"}tz=${encodeURIComponent(zone)}`);
      assert.equal(answer.status, 400, `${address} ${zone}`);
      assert.match((await answer.json()).remedy, /Asia\/Tashkent/);
    }
  assert.equal((await server.get("/v1/status?tz=")).status, 200);
});

test("news comes as days come where its reader is", async () => {
  for (const zone of zones.slice(0, 2))
    await within(zone, async () => {
      const answer = await server.get(`/v1/changes?after=0&limit=1000&tz=${encodeURIComponent(zone)}`);
      return answer.headers.get("solnoma-next").split("/").at(-1);
    });
});

test("the command line is where its user is, over the network as in a directory", async () => {
  for (const zone of zones.slice(0, 2)) {
    const solnoma = (where, ...args) => spawnSync(process.env.SOLNOMA_PROGRAM, ["--store", where, ...args], { encoding: "utf8", env: { ...process.env, TZ: zone, SOLNOMA_TOKEN: server.token } });
    const [far, near] = [server.url, store].map((where) => solnoma(where, "status", "navoi").stdout);
    assert.equal(far, near);
    await within(zone, async () => /as of ([\d-]+)/.exec(far)[1]);
    await within(zone, async () => {
      const done = solnoma(server.url, "append", "visited", "navoi", "--occurred", "2025-06-01", "--title", `In ${zone}`, "--publisher", "A");
      assert.equal(done.status, 0, done.stderr);
      return lines(run("--store", store, "log", "--json", "--limit", "1"))[0].known;
    });
  }
});

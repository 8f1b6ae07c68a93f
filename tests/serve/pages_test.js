// The pages of a server in a real browser: looked at, and recorded by.

import assert from "node:assert/strict";
import { test } from "node:test";
import { findBarriers, openPage, signedIn } from "./browser.js";
import { addToken, event, languages, lines, makeStore, run, serve } from "./support.js";

const store = makeStore("pages");
const steward = addToken(store, "Анна", "--scope", "steward");
const proposer = addToken(store, "bot", "--scope", "propose");
const reader = addToken(store, "reader");
const navoi = addToken(store, "navoi", "--scope", "record", "--subject", "park/navoi");
const server = await serve(store);
const at = (path) => server.url + path;
const head = () => Number(/@(\d+)/.exec(run("--store", store, "head"))[1]);
const newest = () => lines(run("--store", store, "log", "--json", "--limit", "1"))[0];
const record = (body) => server.record(body, undefined, { authorization: `Bearer ${steward}` });

async function fillOpened(page, title, more = {}) {
  await page.goto(at("/record"));
  await page.click("a[href$='=opened']");
  await page.fill("#f-subject", "navoi");
  await page.fill("#f-occurred", "5 January 2026");
  await page.fill("#f-known", "10.01.2026");
  await page.fill("#f-title", title);
  await page.fill("#f-publisher", "Gazette");
  for (const [field, value] of Object.entries(more)) await page.fill(field, value);
  await page.click("button[value=preview]");
}

for (const javaScriptEnabled of [true, false])
  test(`an event is filled in, shown with what it would change, and then recorded, ${javaScriptEnabled ? "with" : "without"} scripts`, async () => {
    const { page, faults, close } = await signedIn(server, steward, { javaScriptEnabled });
    const before = head();
    const title = javaScriptEnabled ? "The park opens" : "The park opens again";
    await fillOpened(page, title, { "#f-title-ru": "Парк «открыт»" });
    assert.equal(await page.textContent("h1"), "Preview");
    const main = await page.textContent("main");
    assert.match(main, /Nothing is recorded yet/);
    assert.match(main, /opened · 5 January 2026/);
    if (javaScriptEnabled) assert.match(main, /park\/navoi from 2026-01-05: completed → operating/);
    assert.match(main, /What became known: 1/);
    assert.equal(head(), before);
    await page.click("button[value=edit]");
    assert.equal(await page.inputValue("#f-title-ru"), "Парк «открыт»");
    assert.equal(await page.inputValue("#f-occurred"), "5 January 2026");
    await page.click("button[value=preview]");
    await page.click("button[value=record]");
    await page.waitForURL(/\/log\?new=/);
    assert.equal(head(), before + 1);
    const recorded = newest();
    assert.deepEqual([recorded.recordedby, recorded.occurred, recorded.known, recorded.data.title.en, recorded.data.title.ru], ["Анна", "2026-01-05", "2026-01-10", title, "Парк «открыт»"]);
    assert.match(await page.textContent(".entry.fresh"), new RegExp(`${title}[^]*recorded .* UTC · Анна · position ${before + 1}`));
    assert.match(await page.textContent("[role=status]"), /It is recorded/);
    assert.deepEqual(faults, []);
    await close();
  });

test("what is wrong is said beside the field, in the form as it was filled in", async () => {
  const { page, faults, close } = await signedIn(server, steward);
  const before = head();
  await fillOpened(page, "Kept", { "#f-occurred": "2026-13" });
  assert.match(await page.textContent("[role=alert]"), /When it happened: cannot read '2026-13': there is no month 13/);
  assert.equal(await page.getAttribute("#f-occurred", "aria-invalid"), "true");
  assert.equal(await page.inputValue("#f-title"), "Kept");
  await page.click("[role=alert] a");
  await page.fill("#f-occurred", "31 декабря 2025");
  await page.waitForFunction(() => document.getElementById("occurred-hint").textContent === "2025-12-31");
  await page.fill("#f-subject", "park/navoy");
  await page.click("button[value=preview]");
  assert.match(await page.textContent("[role=alert]"), /'park\/navoy' is new, and looks like a slip of park\/navoi/);
  await page.fill("#f-subject", "");
  await page.click("button[value=preview]"); // the browser asks for it
  assert.equal(await page.textContent("h1"), "Record: opened");
  await page.goto(at("/correct?event=nothing"));
  assert.match(await page.textContent("[role=alert]"), /no event has the id 'nothing'/);
  await page.goto(at("/log?subject=park/navoy"));
  assert.match(await page.textContent("[role=alert]"), /did you mean/);
  for (const path of ["/?region=nowhere", "/proposals/none", "/proposals/77"]) {
    await page.goto(at(path));
    assert.notEqual(await page.textContent("[role=alert]"), "", path);
  }
  await page.goto(at("/agenda?q=whenever"));
  assert.match(await page.textContent("[role=alert]"), /whenever/);
  assert.equal(head(), before);
  assert.deepEqual(faults, []);
  await close();
});

test("the report moves as events are recorded, in the view that was chosen, and waits for who uses it", async () => {
  const { page, faults, close } = await signedIn(server, steward);
  await page.goto(at("/#as=2025-12-31"));
  await page.waitForFunction(() => document.documentElement.dataset.settled === "true");
  const fragment = new URL(page.url()).hash;
  await record(event("live-1", { subject: "park/live", type: "solnoma.announced" }));
  await page.waitForFunction(() => document.body.textContent.includes("park/live"));
  assert.equal(new URL(page.url()).hash, fragment);
  await page.focus("#filter-text");
  await page.keyboard.type("li");
  await record(event("live-2", { subject: "park/lively", type: "solnoma.announced" }));
  await page.waitForSelector("#news button");
  assert.equal(await page.inputValue("#filter-text"), "li");
  await page.click("#news button");
  await page.waitForFunction(() => document.body.textContent.includes("park/lively"));
  assert.deepEqual(faults, []);
  await close();
});

test("beside each event of the report stands how to correct and to retract it", async () => {
  const { page, faults, close } = await signedIn(server, steward);
  await page.goto(at("/#why=park/jizzakh"));
  await page.click("li.event[data-event=s1-jizzakh-opened] .actions a:first-child");
  assert.match(page.url(), /\/correct\?event=s1-jizzakh-opened&source-of=urn/);
  assert.equal(await page.getAttribute("#f-occurred", "placeholder"), "2023-04");
  await page.fill("#f-occurred", "2023-05");
  await page.click("button[value=preview]");
  assert.match(await page.textContent("main"), /What was corrected: 1/);
  await page.click("button[value=record]");
  await page.waitForURL(/\/log\?new=/);
  let recorded = newest();
  assert.deepEqual([recorded.supersedes, recorded.occurred, recorded.data.title.en], ["s1-jizzakh-opened", "2023-05", "Technopark opens with Russian companies taking part"]);
  await page.click(".entry.fresh .actions a:nth-child(2)");
  await page.fill("#f-reason", "seen wrongly");
  await page.click("button[value=preview]");
  await page.click("button[value=record]");
  await page.waitForURL(/\/log\?new=/);
  recorded = newest();
  assert.deepEqual([recorded.type, recorded.data.note, recorded.recordedby], ["solnoma.retracted", "seen wrongly", "Анна"]);
  assert.deepEqual(faults, []);
  await close();
});

test("a subject is described by a form of its own", async () => {
  const { page, faults, close } = await signedIn(server, steward);
  await page.goto(at("/record?event-type=described"));
  const said = { subject: "park/urgench", name: "Urgench park", "name-ru": "Парк «Ургенч»", kind: "technopark", country: "UZ", region: "Khorezm region", latitude: "41.55", longitude: "60.63", sector: "Textiles", with: "Tatarstan;role=investor;share=49", identifier: "GEM=P1", publisher: "Gazette" };
  for (const [field, value] of Object.entries(said)) await page.fill(`#f-${field}`, value);
  await page.click("button[value=preview]");
  await page.click("button[value=record]");
  await page.waitForURL(/\/log\?new=/);
  const { description } = newest().data;
  assert.deepEqual([description.names.ru, description.kind, description.partners[0].role, description.identifiers[0].id], ["Парк «Ургенч»", "technopark", "investor", "P1"]);
  await page.goto(at(`/correct?event=${newest().id}`));
  for (const field of ["name", "kind", "latitude"])
    assert.equal(await page.getAttribute(`#f-${field}`, "placeholder"), said[field], field);
  for (const field of ["with", "identifier"]) assert.equal(await page.inputValue(`#f-${field}`), said[field], field);
  assert.deepEqual(faults, []);
  await close();
});

test("a correction by the form keeps of lists what it does not show, and changes one row alone", async () => {
  const { page, faults, close } = await signedIn(server, steward);
  const sources = [
    { publisher: { en: "Gazette", ru: "Газета" }, published: "2024-02", url: "https://gazette.example/1" },
    { publisher: { en: "Agency", ru: "Агентство" }, published: "2023", url: "" },
    { publisher: "", published: "2024-03", url: "https://nobody.example/" },
  ];
  const quantities = ["residents", "area", "jobs"].map((measure, i) => ({ measure, value: `${i + 1}`, unit: "things", bound: "about" }));
  const parties = [{ en: "Tatarstan", ru: "Татарстан" }, "Navoi", { uz: "Toshkent" }, "Samara"];
  const data = { title: { en: "Rich", ru: "Богато" }, sources, quantities, parties, note: { en: "Once", ru: "Однажды" } };
  assert.equal((await record(event("rich", { known: "2024-05-01", occurred: "2024", data }))).status, 201);
  const kept = lines(run("--store", store, "log", "--json")).find((each) => each.id === "rich").data;
  const correct = async (id, change) => {
    await page.goto(at(`/correct?event=${id}`));
    await change();
    await page.click("button[value=preview]");
    await page.click("button[value=edit]");
    await page.click("button[value=preview]");
    await page.click("button[value=record]");
    await page.waitForURL(/\/log\?new=/);
    return newest();
  };
  // Nothing of a list is touched: it stays with all that no form shows.
  let now = await correct("rich", () => page.fill("#f-title", "Richer"));
  assert.deepEqual(now.data, { ...kept, title: { ...kept.title, en: "Richer" } });
  // One row is changed, one more is filled in.
  assert.equal(await page.locator("input[name=quantity]").count(), 0);
  now = await correct(now.id, async () => {
    assert.equal(await page.locator("input[name=quantity]").count(), 4);
    assert.equal(await page.inputValue("#f-party-3"), "Toshkent");
    await page.fill("#f-quantity-2", "area=5:hectares");
    await page.fill("#f-party-5", "Perm");
    await page.fill("#f-publisher-2", "");
    await page.fill("#f-publisher-4", "Herald");
    await page.fill("#f-note", "Once more");
  });
  assert.deepEqual(now.data.quantities.map((each) => `${each.measure}=${each.value}`), ["residents=1", "area=5", "jobs=3"]);
  assert.deepEqual(now.data.parties, [...kept.parties, "Perm"]);
  assert.deepEqual(now.data.sources.slice(0, 2), [kept.sources[0], kept.sources[2]]);
  assert.deepEqual([now.data.sources.length, now.data.sources[2].publisher], [3, "Herald"]);
  assert.deepEqual(now.data.note, { en: "Once more", ru: "Однажды" });
  // A new event: each row of an address with its own publisher.
  await page.goto(at("/record?event-type=visited"));
  for (const [field, value] of Object.entries({ subject: "navoi", title: "Pairs", publisher: "First", "source-url-2": "https://second.example/" })) await page.fill(`#f-${field}`, value);
  await page.click("button[value=preview]");
  await page.click("button[value=record]");
  await page.waitForURL(/\/log\?new=/);
  assert.deepEqual(newest().data.sources.map((each) => [each.publisher ?? "", each.url ?? ""]), [["First", ""], ["", "https://second.example/"]]);
  for (const type of ["imported", "retracted", "xyz"]) {
    await page.goto(at(`/record?event-type=${type}`));
    assert.match(await page.textContent("main"), /What happened\?/);
  }
  assert.deepEqual(faults, []);
  await close();
});

test("another language shows the same form and the same preview, and records nothing", async () => {
  for (const javaScriptEnabled of [true, false]) {
    const { page, faults, close } = await signedIn(server, steward, { javaScriptEnabled });
    const before = head();
    await fillOpened(page, `In three languages, ${javaScriptEnabled}`);
    await page.click(".languages [lang=ru]");
    assert.equal(await page.getAttribute("html", "lang"), "ru");
    assert.equal(await page.locator("button[value=record]").count(), 1);
    await page.click("button[value=edit]");
    await page.click(".languages [lang=uz]");
    assert.equal(await page.getAttribute("html", "lang"), "uz");
    assert.equal(await page.inputValue("#f-title"), `In three languages, ${javaScriptEnabled}`);
    assert.equal(await page.inputValue("#f-publisher"), "Gazette");
    await page.fill("#f-occurred", "2026-13");
    await page.click("button[value=preview]");
    await page.click(".languages [lang=en]");
    assert.match(await page.textContent("[role=alert]"), /When it happened/);
    assert.equal(head(), before);
    assert.deepEqual(faults, []);
    await close();
  }
});

test("a form that is sent twice says that it is recorded already, and a person is refused on a page", async () => {
  const { page, close } = await signedIn(server, steward);
  await fillOpened(page, "Sent twice");
  const form = await page.evaluate(() => new URLSearchParams(new FormData(document.querySelector("form.decide"))).toString());
  await page.click("button[value=record]");
  await page.waitForURL(/\/log\?new=/);
  const before = head();
  const answer = await page.evaluate(async (body) => (await fetch("/record", { method: "POST", body: new URLSearchParams(`${body}&do=record`) })).url, form);
  assert.match(answer, new RegExp(`/log\\?already=${before}$`));
  await page.goto(answer);
  assert.match(await page.textContent("[role=status]"), /recorded already/);
  assert.match(await page.textContent(".entry.fresh"), /Sent twice/);
  assert.equal(head(), before);
  // What others record meanwhile is not taken for it.
  await record(event("meanwhile"));
  await page.goto(at(`/log?new=${before}#p${before}`));
  assert.match(await page.textContent(".entry.fresh"), /Sent twice/);
  assert.equal(await page.locator(".entry.fresh").count(), 1);
  await page.goto(at("/proposals"));
  await page.setContent(`<base href="${server.url}"><form method="post" action="/proposals"><button name="do" value="accept">x</button></form>`);
  const undecided = await page.request.post(at("/proposals"), { form: { do: "accept" }, headers: { accept: "text/html", origin: server.url } });
  assert.equal(undecided.status(), 400);
  assert.match(await undecided.text(), /role="alert"/);
  for (const [path, status] of [["/nothing", 404], ["/proposals/none/more", 404]]) {
    const refused = await page.goto(at(path));
    assert.equal(refused.status(), status);
    assert.match(refused.headers()["content-type"], /text\/html/);
    assert.notEqual(await page.textContent("[role=alert]"), "");
  }
  await close();
  const least = await signedIn(server, reader);
  assert.equal((await least.page.goto(at("/record"))).status(), 403);
  assert.match(await least.page.textContent("[role=alert]"), /may read, not propose/);
  await least.close();
});

test("a proposal is handed in on the page, and decided by a steward who sees what it would change", async () => {
  const bot = await signedIn(server, proposer);
  await fillOpened(bot.page, "Proposed opening", { "#f-occurred": "2026-01-02" });
  const before = head();
  assert.equal(await bot.page.textContent("button[value=record]"), "Hand in");
  await bot.page.click("button[value=record]");
  await bot.page.waitForURL(/\/proposals\?new=/);
  assert.match(await bot.page.textContent("main"), /waits for a steward[^]*Proposal 1, [^]*bot[^]*Proposed opening/);
  assert.equal(head(), before);
  await bot.page.goto(at("/proposals/1"));
  assert.equal(await bot.page.locator("button[value=accept]").count(), 0);

  const anna = await signedIn(server, steward);
  await anna.page.goto(at("/proposals"));
  await anna.page.click("h3 a");
  assert.match(await anna.page.textContent("main"), /What would change, day by day[^]*What became known: 1/);
  await anna.page.click("button[value=decline]");
  assert.match(await anna.page.textContent("[role=alert]"), /because/);
  await anna.page.fill("#f-because", "thank you");
  await anna.page.click("button[value=accept]");
  await anna.page.waitForURL(/\/log\?new=/);
  assert.equal(newest().recordedby, "Анна for bot");
  await bot.page.goto(at("/proposals"));
  assert.match(await bot.page.textContent("main"), /recorded, [^]*Анна: thank you/);
  for (const { faults, close } of [bot, anna]) {
    assert.deepEqual(faults, []);
    await close();
  }
});

test("search, agenda and log find what there is, page by page", async () => {
  const { page, faults, close } = await signedIn(server, reader);
  await page.goto(at("/find"));
  await page.fill("#ask", "делегация");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/find\?q=/);
  assert.ok((await page.locator(".entry").count()) >= 2);
  await page.goto(at("/agenda?q=2026"));
  assert.match(await page.textContent("main"), /With a date[^]*business-mission/);
  await page.goto(at("/log"));
  assert.equal(await page.locator(".entry").count(), 50);
  const seen = new Set(await page.locator(".entry").evaluateAll((all) => all.map((each) => each.id)));
  await page.click(".more a");
  for (const id of await page.locator(".entry").evaluateAll((all) => all.map((each) => each.id))) seen.add(id);
  assert.equal(seen.size, head());
  await page.goto(at("/log?subject=navoi"));
  for (const text of await page.locator(".entry .facts a[href^='/log']").allTextContents()) assert.equal(text, "park/navoi");
  assert.equal(await page.locator(".actions").count(), 0);
  assert.deepEqual(faults, []);
  await close();
});

test("who may not record is not offered to, and who may see one subject finds no other on any page", async () => {
  const { page, close } = await signedIn(server, reader);
  assert.equal(await page.locator(".site a[href='/record']").count(), 0);
  assert.equal((await page.goto(at("/record"))).status(), 403);
  await close();
  const one = await signedIn(server, navoi);
  for (const path of ["/", "/log", "/agenda", "/find?q=park", "/record?event-type=opened", "/proposals", "/correct?event=s3-navoi-visit"]) {
    await one.page.goto(at(path));
    assert.doesNotMatch((await one.page.content()).replace("as in park/chirchik", ""), /park\/(jizzakh|chirchik|bukhara|eltech)|s[123]-(jizzakh|chirchik|bukhara|eltech)|altai/, path);
  }
  assert.equal((await one.page.goto(at("/correct?event=s1-jizzakh-opened"))).status(), 404);
  await one.close();
  const nobody = await openPage();
  await nobody.page.goto(at("/log"));
  assert.match(nobody.page.url(), /\/sign-in$/);
  await nobody.close();
});

test("what an event says is text on every page", async () => {
  const hostile = `</main><script>window.owned = 1</script>"' onfocus=x`;
  await record(event("hostile-1", { data: { title: { en: hostile }, note: hostile, label: hostile, parties: [{ en: hostile }], sources: [{ publisher: hostile, published: "2025-06-02" }] } }));
  const { page, faults, close } = await signedIn(server, steward);
  for (const path of ["/", "/log", "/find?q=owned", `/find?q=${encodeURIComponent(hostile)}`, "/correct?event=hostile-1", "/retract?event=hostile-1", `/log?subject=${encodeURIComponent(hostile)}`, `/record?event-type=${encodeURIComponent(hostile)}`]) {
    await page.goto(at(path));
    assert.equal(await page.evaluate(() => window.owned), undefined, path);
    assert.equal(await page.locator("[onfocus]").count(), 0, path);
    assert.equal(await page.locator("main").count(), 1, path);
  }
  await page.goto(at("/correct?event=hostile-1"));
  assert.equal(await page.getAttribute("#f-title", "placeholder"), hostile);
  assert.deepEqual(faults, []);
  await close();
});

test("every page is usable by all: axe finds nothing, nothing is wider than a phone, in every language", async () => {
  await server.record(event("waits"), undefined, { authorization: `Bearer ${proposer}` });
  const { page, faults, close } = await signedIn(server, steward, { width: 360, height: 740 });
  const paths = ["/", "/log", "/agenda", "/find?q=park", "/record", "/record?event-type=opened", "/record?event-type=described", "/correct?event=s3-navoi-visit", "/retract?event=s3-navoi-visit", "/import", "/proposals", "/proposals/2", "/log?subject=nothing"];
  for (const language of languages)
    for (const path of paths) {
      await page.goto(at(path + (path.includes("?") ? "&" : "?") + `lang=${language}`));
      assert.equal(await page.getAttribute("html", "lang"), language);
      if (path !== "/") assert.deepEqual(await findBarriers(page), [], `${path} ${language}`);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(over <= 0, `${path} ${language}: ${over} px wider than the phone`);
    }
  await page.goto(at("/log"));
  assert.equal(await page.getAttribute("html", "lang"), languages.at(-1)); // as was chosen last
  await page.goto(at("/?lang=en"));
  await page.waitForFunction(() => document.documentElement.dataset.settled === "true");
  assert.deepEqual(await findBarriers(page), []);
  assert.deepEqual(faults, []);
  await close();
});

test("all of it can be done by keyboard", async () => {
  const { page, faults, close } = await signedIn(server, steward);
  const before = head();
  await page.goto(at("/record?event-type=visited"));
  const tabTo = async (selector) => {
    for (let i = 0; i < 300; ++i) {
      if (await page.evaluate((to) => document.activeElement?.matches(to), selector)) return;
      await page.keyboard.press("Tab");
    }
    assert.fail(`no Tab leads to ${selector}`);
  };
  for (const [selector, typed] of [["#f-subject", "chirchik"], ["#f-occurred", "2025-06-01"], ["#f-known", "2025-06-02"], ["#f-title", "By keyboard"], ["#f-publisher", "A"]]) {
    await tabTo(selector);
    await page.keyboard.type(typed);
  }
  await page.keyboard.press("Enter");
  await page.waitForSelector("button[value=record]");
  await tabTo("button[value=record]");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/log\?new=/);
  assert.equal(head(), before + 1);
  await tabTo(".who button");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/sign-in$/);
  assert.deepEqual(faults, []);
  await close();
});

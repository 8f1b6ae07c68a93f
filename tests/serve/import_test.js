// Files over the network: imported as they are in a directory, after a check, in somebody's name.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { signedIn } from "./browser.js";
import { addToken, event, lines, makeStore, run, serve, today } from "./support.js";

const store = makeStore("import");
const twin = makeStore("import-twin");
const steward = addToken(store, "anna", "--scope", "steward");
const proposer = addToken(store, "bot", "--scope", "propose");
const few = addToken(store, "few", "--scope", "record", "--subject", "park/*");
const server = await serve(store);
const desk = mkdtempSync(join(tmpdir(), "solnoma-import-test-"));
const file = (name, content) => {
  writeFileSync(join(desk, name), content);
  return join(desk, name);
};
const solnoma = (where, ...args) => {
  const { status, stdout, stderr } = spawnSync(process.env.SOLNOMA_PROGRAM, ["--store", where, ...args], { encoding: "utf8", env: { ...process.env, SOLNOMA_TODAY: today, SOLNOMA_TOKEN: steward } });
  return { status, out: stdout, said: stderr };
};
const send = (token, query, body, headers = {}) => fetch(`${server.url}/v1/import?${query}`, { method: "POST", body, headers: { authorization: `Bearer ${token}`, ...headers } });
const head = () => Number(/@(\d+)/.exec(run("--store", store, "head"))[1]);

const events = file("events.jsonl", ["a", "b"].map((id) => JSON.stringify(event(id))).join("\n"));
const broken = file("broken.jsonl", [JSON.stringify(event("c")), JSON.stringify(event("d", { occurred: "2025-13" }))].join("\n"));
const table = file("parks.csv", "Park,Region,Status,Opened\nUrgench,Khorezm,Operating,2024-05-01\nTermez,Surxondaryo,Planned,\n");
const guessed = solnoma(twin, "import", "--guess", table).out;
const map = file("parks.toml", guessed);

test("a file is imported over the network as in a directory, to the word", () => {
  for (const command of [["--check", events], [events], [events], ["--check", broken], [broken], ["--set-aside", broken], ["--map", map, "--known", "2024-06-10", "--check", table], ["--map", map, "--known", "2024-06-10", table], ["--map", map, "--known", "10.06.2024", "--check", table], ["--map", map, "--known", "10. 13. 2024", table], ["--map", map, table.replace("parks.csv", "none.csv")]]) {
    const [far, near] = [solnoma(server.url, "import", ...command), solnoma(twin, "import", ...command)];
    const plain = ({ status, out, said }) => ({ done: status === 0, out: out.replaceAll(`${desk}/`, ""), said: said.replaceAll(`${desk}/`, "").replace(/; see 'solnoma.*/, "") });
    if (command.at(-1).endsWith("none.csv")) assert.notEqual(far.status, 0);
    else assert.deepEqual(plain(far), plain(near), command.join(" "));
  }
  const log = (of) => run("--store", of, "log", "--json").replaceAll(/"(time|recordedby)":"[^"]*",?/g, "");
  assert.equal(log(store), log(twin));
});

test("what was imported says by whom, and one import is taken back as another", () => {
  const imported = lines(run("--store", store, "log", "--json")).slice(50);
  assert.ok(imported.length > 4 && imported.every((each) => each.recordedby === "anna"));
  const id = imported.find((each) => each.type === "solnoma.imported").id;
  const undone = solnoma(server.url, "import", "--undo", id);
  assert.equal(undone.status, 0, undone.said);
  assert.match(undone.out, /3 events retracted/);
});

test("no more than was asked for is said of the server's own files", async () => {
  const before = head();
  const refused = await send(steward, "name=../../etc/x.jsonl", "{");
  assert.equal(refused.status, 422);
  const { where, detail } = await refused.json();
  assert.match(where, /^x\.jsonl/);
  assert.doesNotMatch(where + detail, /tmp|solnoma-import/);
  for (const query of ["map=%2Fetc%2Fpasswd&name=a.csv", "rejects=/tmp/x&name=a.jsonl", "renames=/tmp/x&name=a.jsonl", "changes=/tmp/x&name=a.jsonl", "key=/etc/passwd&name=a.jsonl", "guess=/etc/passwd", "as-recorded&name=a.jsonl"])
    assert.ok([400, 422].includes((await send(steward, query, "a,b\n1,2\n")).status), query);
  assert.equal((await send(steward, "name=a", "")).status, 400);
  assert.equal(head(), before);
  assert.deepEqual(readdirSync(join(store, "importing")), []);
});

test("a file may have any name, and a mapping any size", async () => {
  const content = "Park,Region,Status,Opened\nKarshi,Qashqadaryo,Operating,2024-05-01\n";
  const long = guessed + "# ".padEnd(40_000, "x") + "\n";
  const told = solnoma(server.url, "import", "--map", file("long.toml", long), "--known", "2024-06-10", "--check", file("mapping.toml.csv", content));
  assert.equal(told.status, 0, told.said);
  const map = Buffer.from(long);
  for (const name of ["mapping.toml", "ж".repeat(90) + ".csv", "%ff%fe.csv", "..", ""]) {
    const query = `name=${name.startsWith("%") ? name : encodeURIComponent(name)}&map-bytes=${map.length}&known=2024-06-10&check`;
    const answer = await send(steward, query, Buffer.concat([map, Buffer.from(content)]));
    const text = await answer.text();
    if (/csv$/.test(name)) assert.equal(answer.status, 200, text);
    else assert.ok([200, 422].includes(answer.status), text);
    assert.doesNotMatch(text, /solnoma-import|\ufffd/);
  }
  for (const bytes of ["x", "-1", "99999999", "18446744073709551616"]) assert.equal((await send(steward, `name=a.csv&map-bytes=${bytes}`, content)).status, 400, bytes);
});

test("the page says what stands in the way of a file, whoever refused it", async () => {
  const { page, close } = await signedIn(server, steward);
  await page.goto(`${server.url}/import`);
  const send = async (answer) => {
    await page.unrouteAll();
    await page.route("**/v1/import?*", answer);
    await page.setInputFiles("#file", events);
    await page.setInputFiles("#map", map);
    await page.click("button[value=check]");
    await page.waitForFunction(() => !["", "…"].includes(document.getElementById("said").textContent));
    const said = await page.textContent("#said");
    await page.evaluate(() => (document.getElementById("said").textContent = ""));
    return said;
  };
  assert.match(await send((route) => route.fulfill({ status: 413, contentType: "text/html", body: "<h1>Too large</h1>" })), /Too large/);
  assert.notEqual(await send((route) => route.abort()), "");
  await close();
});

test("an import says where it stands, whatever others record meanwhile", async () => {
  const many = (name, count) => Array.from({ length: count }, (_, i) => JSON.stringify(event(`${name}-${i}`))).join("\n");
  const at = async (position) => JSON.parse(await (await fetch(`${server.url}/v1/events?after=${position - 1}&limit=1`, { headers: { authorization: `Bearer ${steward}` } })).text());
  let writing = true;
  let written = 0;
  const write = async (hand) => {
    for (let i = 0; writing; ++i) {
      const answer = await server.record(event(`beside-${hand}-${i}`), undefined, { authorization: `Bearer ${steward}` });
      assert.equal(answer.status, 201);
      ++written;
    }
  };
  const writers = [write(1), write(2)];
  try {
    // Small ones are a transaction; large ones are tried first, and may be overtaken.
    for (const [name, count] of [["few", 3], ["some", 2_000], ["many", 21_000], ["again", 21_000]]) {
      const lot = name === "again" ? "many" : name;
      const answer = await send(steward, `name=${lot}.jsonl`, many(lot, count));
      const text = await answer.text();
      if (answer.status === 409) {
        assert.match(text, /others have recorded/);
        assert.equal(answer.headers.get("solnoma-first"), null);
        continue;
      }
      const position = Number(answer.headers.get("solnoma-position"));
      if (answer.status === 200) {
        assert.match(text, new RegExp(`^0 new, ${count} recorded already`));
        assert.equal(answer.headers.get("solnoma-first"), null);
        continue;
      }
      assert.equal(answer.status, 201, text);
      assert.match(text, new RegExp(`^${count} new, 0 recorded already`));
      const first = Number(answer.headers.get("solnoma-first"));
      assert.equal(position - first, count); // and what tells of the import
      assert.deepEqual([(await at(first)).id, (await at(position - 1)).id, (await at(position)).type], [`${lot}-0`, `${lot}-${count - 1}`, "solnoma.imported"]);
    }
  } finally {
    writing = false;
    await Promise.all(writers);
  }
  assert.ok(written > 0);
  // What others have recorded of the file meanwhile is theirs.
  await server.record(event("theirs"), undefined, { authorization: `Bearer ${steward}` });
  const answer = await send(steward, "name=theirs.jsonl", `${JSON.stringify(event("theirs"))}\n${JSON.stringify(event("ours"))}`);
  assert.match(await answer.text(), /^1 new, 1 recorded already/);
  assert.equal(head(), Number(answer.headers.get("solnoma-position")));
});

for (const javaScriptEnabled of [true, false])
  test(`a form with files is read as a browser sends it, ${javaScriptEnabled ? "with" : "without"} scripts`, async () => {
    const { page, faults, close } = await signedIn(server, steward, { javaScriptEnabled });
    const before = head();
    const name = `form-${javaScriptEnabled}`;
    const published = javaScriptEnabled ? "10.06.2024" : "10 июня 2024"; // as in every field for a date
    const said = async (pattern) => {
      await page.waitForFunction((source) => new RegExp(source).test(document.querySelector("main").innerText), pattern.source);
      return page.innerText("main");
    };
    const choose = async (button) => {
      await page.setInputFiles("#file", file(`парк "${name}".csv`, `Park,Region,Status,Opened\n${name},Khorezm,Operating,2024-05-01\n`));
      await page.setInputFiles("#map", map);
      await page.fill("#f-known", published);
      await page.click(`button[value=${button}]`);
    };
    await page.goto(`${server.url}/import`);
    await choose("check");
    assert.match(await said(/nothing was recorded/), javaScriptEnabled ? /1 row/ : /Nothing is recorded yet\. To record it, choose the file once more\.[^]*1 row/);
    assert.equal(head(), before);
    if (!javaScriptEnabled) assert.equal(await page.inputValue("#f-known"), published);
    await choose("record");
    await said(/recorded as import-/);
    assert.equal(head(), before + 3);
    assert.equal(lines(run("--store", store, "log", "--json", "--limit", "1"))[0].data.import.file, `парк "${name}".csv`);
    assert.ok(lines(run("--store", store, "log", "--json", "--limit", "3")).slice(0, 2).every((each) => each.known === "2024-06-10"));
    if (!javaScriptEnabled) {
      await page.click("text=It is recorded.");
      assert.match(await page.textContent(".entry.fresh"), new RegExp(name));
      await page.goto(`${server.url}/import`);
    }
    await page.setInputFiles("#map", []);
    await page.fill("#f-known", "");
    await page.setInputFiles("#file", broken);
    await page.click("button[value=record]");
    await said(/broken\.jsonl:2/);
    assert.deepEqual(faults, []);
    await close();
  });

test("a form with files that no browser sends is refused, and records nothing", async () => {
  const before = head();
  const cookie = (await fetch(`${server.url}/sign-in`, { method: "POST", redirect: "manual", headers: { origin: server.url, "content-type": "application/x-www-form-urlencoded" }, body: `token=${encodeURIComponent(steward)}` })).headers.get("set-cookie").split(";")[0];
  const field = (name, content, file) => `--X\r\nContent-Disposition: form-data; name="${name}"${file === undefined ? "" : `; filename="${file}"`}\r\n\r\n${content}\r\n`;
  const one = JSON.stringify(event("hostile"));
  const post = (body, headers = {}) => fetch(`${server.url}/import`, { method: "POST", body, redirect: "manual", headers: { cookie, origin: server.url, accept: "text/html", "content-type": "multipart/form-data; boundary=X", ...headers } });
  const whole = field("file", one, "a.jsonl") + field("do", "record") + "--X--\r\n";
  for (const [body, status, headers] of [
    [whole, 403, { origin: "https://elsewhere.example" }],
    [whole, 403, { origin: "null" }],
    [whole, 400, { "content-type": "multipart/form-data" }],
    [whole, 415, { "content-type": "text/plain" }],
    [whole, 415, { "content-type": "application/x-www-form-urlencoded" }],
    [whole.slice(0, -9), 400],
    [field("file", one, "a.jsonl") + whole, 400],
    [field("file", one) + "--X--", 400],
    [field("file", "", "") + "--X--", 400],
    [field("do", "record") + "--X--", 400],
    [field("rejects", "/tmp/x") + whole, 400],
    [field("file", one.replace("hostile", "a\r\n--X\r\nb"), "a.jsonl") + field("do", "record") + "--X--", 400],
    [`--X\r\nContent-Disposition: form-data; name="file"; filename="a"\r\nX: ${"x".repeat(9000)}\r\n\r\n${one}\r\n--X--`, 400],
  ]) {
    const answer = await post(body, headers);
    assert.equal(answer.status, status, `${body.slice(0, 200)} ${await answer.text()}`);
  }
  assert.equal((await post(whole, { cookie: "" })).status, 401);
  assert.equal((await post(whole, { cookie: "", authorization: `Bearer ${proposer}` })).status, 403);
  assert.equal(head(), before);
  assert.equal((await post(whole)).status, 201);
  assert.equal(head(), before + 2);
});

test("who may not record, or not of all subjects, imports nothing", async () => {
  const before = head();
  for (const token of [proposer, few]) assert.equal((await send(token, "name=a.jsonl", JSON.stringify(event("z")))).status, 403);
  assert.equal((await fetch(`${server.url}/v1/import`, { method: "POST", body: "x" })).status, 401);
  assert.equal(head(), before);
});

test("on the page a file is checked, what the check says is looked at, and then it is recorded", async () => {
  const { page, faults, close } = await signedIn(server, steward);
  const before = head();
  await page.goto(`${server.url}/import`);
  await page.setInputFiles("#file", file("page.jsonl", JSON.stringify(event("page-1", { subject: "park/page" }))));
  await page.click("button[value=check]");
  await page.waitForFunction(() => /nothing was recorded|would/.test(document.getElementById("said").textContent));
  assert.equal(head(), before);
  await page.click("button[value=record]");
  await page.waitForFunction(() => /1 new|recorded/.test(document.getElementById("said").textContent));
  assert.equal(head(), before + 2); // and what tells of the import
  await page.setInputFiles("#file", broken);
  await page.click("button[value=check]");
  await page.waitForFunction(() => /broken\.jsonl:2/.test(document.getElementById("said").textContent));
  assert.deepEqual(faults, []);
  await close();
});

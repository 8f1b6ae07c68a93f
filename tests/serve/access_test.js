// Who may read, record and of which subjects: in every address and format.

import assert from "node:assert/strict";
import { chmodSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { addToken, event, lines, makeStore, run, serve } from "./support.js";

const store = makeStore("access");
const reader = addToken(store, "reader");
const recorder = addToken(store, "recorder", "--scope", "record");
const parks = addToken(store, "parks", "--scope", "record", "--subject", "park/*");
const navoi = addToken(store, "navoi", "--scope", "record", "--subject", "park/navoi");
const proposer = addToken(store, "proposer", "--scope", "propose");
const lastDay = addToken(store, "last day", "--expires", "2026-01-15");
const server = await serve(store);
const as = (token, path, headers = {}) => server.get(path, { authorization: `Bearer ${token}`, ...headers });
const recordAs = (token, ...rest) => {
  const [body, type = "application/cloudevents+json", headers = {}, query = ""] = rest;
  return server.record(body, type, { ...headers, authorization: `Bearer ${token}` }, query);
};

test("tokens are kept as what scrypt makes of them, for their owner's eyes alone", () => {
  const file = `${store}/tokens.toml`;
  const kept = readFileSync(file, "utf8");
  for (const token of [reader, recorder, parks, navoi]) {
    assert.match(token, /^solnoma_[0-9a-f]{8}_[0-9a-f]{64}$/);
    assert.ok(!kept.includes(token.split("_")[2]));
  }
  assert.match(kept, /verifier = "\$scrypt\$ln=14,r=8,p=1\$[0-9a-f]{32}\$[0-9a-f]{64}"/);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  const listed = run("--store", store, "token", "list");
  assert.match(listed, /[0-9a-f]{8} {2}record {3}parks .*for ever.*park\/\*\n/);
});

test("where a store has tokens, who has none reads nothing but whether the server lives", async () => {
  for (const path of ["/", "/v1/status", "/v1/report.html", "/v1/events", "/v1/head", "/metrics", "/v1/nothing"]) {
    const answer = await server.get(path);
    assert.equal(answer.status, 401, path);
    assert.match(answer.headers.get("www-authenticate"), /^Bearer/);
    assert.match((await answer.json()).remedy, /Bearer/);
  }
  for (const path of ["/livez", "/readyz", "/.well-known/openapi", "/sign-in", "/assets/page.css"])
    assert.equal((await server.get(path)).status, 200, path);
  assert.equal((await server.record(event("x"), undefined, { authorization: "" })).status, 401);
});

test("a token that is wrong in any place is not taken", async () => {
  const [, id, secret] = reader.split("_");
  const other = parks.split("_");
  for (const wrong of [
    "", "x", reader.slice(0, -1), `${reader}0`, reader.toUpperCase(), `solnoma_${id}_${secret.replace(/./, (c) => (c === "0" ? "1" : "0"))}`,
    `solnoma_${other[1]}_${secret}`, `solnoma_${id}_${other[2]}`, id, secret, `${reader} ${reader}`, "solnoma_00000000_" + "0".repeat(64),
  ]) {
    assert.equal((await as(wrong, "/v1/status")).status, 401, wrong);
    assert.equal((await as(wrong, "/v1/status")).status, 401, `${wrong}, again`);
  }
  assert.equal((await as(reader, "/v1/status")).status, 200);
  assert.equal((await server.get("/v1/status", { authorization: `bearer  ${reader}` })).status, 200);
});

test("each scope may do what those before it may, and no more", async () => {
  assert.equal((await recordAs(reader, event("s1"))).status, 403);
  assert.equal((await recordAs(reader, event("s1"), undefined, {}, "?dry-run")).status, 403);
  assert.equal((await recordAs(proposer, event("s1"), undefined, {}, "?dry-run")).status, 200);
  // What who may only propose sends waits for a steward.
  assert.equal((await recordAs(proposer, event("s1"))).status, 202);
  assert.ok(!(await (await as(reader, "/v1/log")).text()).includes('"id":"s1"'));
  assert.equal((await recordAs(recorder, event("s1"))).status, 201);
});

test("a token for some subjects records of them alone, and a batch is refused whole", async () => {
  assert.equal((await recordAs(navoi, event("n1", { subject: "park/navoi" }))).status, 201);
  for (const subject of ["park/navoi-2", "park/nav", "park/chirchik", "relation/altai-uzbekistan", "park/navoi/"]) {
    const answer = await recordAs(navoi, event("n2", { subject }));
    assert.ok([403, 422].includes(answer.status), `${subject}: ${answer.status}`);
  }
  const both = await recordAs(navoi, [event("n3", { subject: "park/navoi" }), event("n4")], "application/cloudevents-batch+json");
  assert.equal(both.status, 403);
  assert.match((await both.json()).remedy, /park\/navoi/);
  assert.deepEqual(lines(await (await as(recorder, "/v1/events?limit=1000")).text()).filter((each) => ["n2", "n3", "n4"].includes(each.id)), []);
});

test("a token for some subjects learns nothing of others by what is refused", async () => {
  const its = (id, changes) => event(id, { subject: "park/navoi", ...changes });
  assert.equal((await recordAs(recorder, event("theirs"))).status, 201);
  const said = async (body, headers = {}, query = "") => {
    const answer = await recordAs(navoi, body, undefined, headers, query);
    const text = await answer.text();
    for (const secret of ["chirchik", "position", "another subject", "revision"]) assert.ok(!text.includes(secret), text);
    return { status: answer.status, text };
  };
  // Whether a subject exists, and how far it is.
  for (const query of ["", "?dry-run"])
    for (const expected of ["park/chirchik=1", "park/chirchik=new", "park/none=new", "park/navoi=new, park/chirchik=1"]) {
      const answer = await recordAs(navoi, its("l1"), undefined, { "solnoma-expect": expected }, query);
      assert.equal(answer.status, 403, expected);
    }
  // What an event of another subject is called.
  for (const query of ["", "?dry-run"]) {
    const hidden = await said(its("l2", { supersedes: "theirs" }), {}, query);
    const missing = await said(its("l2", { supersedes: "nobodys" }), {}, query);
    assert.deepEqual(hidden, { status: missing.status, text: missing.text.replace("nobodys", "theirs") });
    assert.match((await said(its("theirs"), {}, query)).text, /taken/);
  }
  // An id that others have too does not stand in the way of one's own.
  assert.equal((await recordAs(navoi, its("shared", { source: "urn:its" }))).status, 201);
  assert.equal((await recordAs(recorder, event("shared"))).status, 201);
  assert.equal((await said(its("l3", { supersedes: "shared" }))).status, 422);
  assert.equal((await recordAs(navoi, its("l4", { supersedes: "shared", supersedessource: "urn:its" }))).status, 201);
});

// Of everything that can be asked, in every format that there is, what only others' events have.
const foreign = /altai|barnaul|Алтай|relation\/|bukhara|Бухар|Buxoro|chirchik|Чирчик|jizzakh|Джизак/i;
const described = await (await server.get("/.well-known/openapi")).json();

test("a token for one subject sees nothing of another, at any address and in any format", async () => {
  let asked = 0;
  for (const [path, item] of Object.entries(described.paths)) {
    if (!item.get || /^\/(livez|readyz|metrics|\.well-known)/.test(path)) continue;
    const formats = item.get.parameters?.find((each) => each.name === "format")?.schema.enum ?? [""];
    const whole = path.replace("/{subject}", "").replace(/\{[^}]*\}/g, "s1-jizzakh-opened");
    for (const format of formats) {
      if (["png", "pdf", "xlsx"].includes(format)) continue; // drawn of what svg and csv have
      for (const query of ["", "q=park/chirchik", "q=relation/*", "q=s1-jizzakh-opened", "q=Chirchik", "subject=park/chirchik", "region=Бухарская", "q=2024&q=2025&known", "q=2024&q=2025&q=park/bukhara"]) {
        const address = `${whole}?${[format ? `format=${format}` : "", query].filter(Boolean).join("&")}`;
        const answer = await as(navoi, address);
        // The page's own script names the regions of the country.
        const text = (await answer.text()).replaceAll(/<script(?! type="application)[^]*?<\/script>/g, "");
        asked += answer.status === 200 ? 1 : 0;
        // What was asked for may be said back.
        const said = text.replaceAll(/'[^']*'/g, "").replaceAll(/did you mean[^"]*/g, "");
        const found = foreign.exec(text);
        if (answer.status === 200) assert.equal(found && text.slice(found.index - 60, found.index + 60), null, address);
        else assert.doesNotMatch(said, /altai|bukhara/i, address);
      }
    }
  }
  assert.ok(asked > 40, `${asked} questions were answered`);
  // The same questions have such words for who may see them: the search above looks for something.
  assert.match(await (await as(reader, "/v1/status")).text(), foreign);
});

test("no remedy names a subject that is not theirs", async () => {
  for (const path of ["/v1/status/park/bukharaa", "/v1/status/buhara", "/v1/show/s1-jizz", "/v1/timeline/chirchikk", "/v1/log?subject=park/jizzak", "/v1/search?q=Чирчик"]) {
    const text = await (await as(navoi, path)).text();
    assert.doesNotMatch(text, /park\/bukhara"|park\/chirchik"|s1-jizzakh-|mean park\/(bukhara|jizzakh|chirchik)|mean chirchik/i, `${path}: ${text}`);
  }
});

test("what is theirs is answered as if there were nothing else", async () => {
  const whole = await (await as(reader, "/v1/status/park/navoi?as-of=2025-12-31")).json();
  const theirs = await (await as(navoi, "/v1/status?as-of=2025-12-31")).json();
  assert.deepEqual(theirs.subjects, whole.subjects);
  const events = lines(await (await as(parks, "/v1/events?limit=1000")).text());
  assert.deepEqual(events, lines(await (await as(reader, "/v1/events?limit=1000")).text()).filter((each) => each.subject.startsWith("park/")));
  assert.equal((await (await as(navoi, "/v1/head")).text()), await (await as(reader, "/v1/head")).text());
  // A search of one who sees little leaves the index whole for the others.
  assert.equal(await (await as(navoi, "/v1/search?q=delegation")).text().then((text) => text.includes("relation/")), false);
  const found = async (token) => (await (await as(token, "/v1/search?q=Altai&format=json")).text()).length;
  assert.equal(await found(navoi), 0);
  assert.ok((await found(reader)) > 0);
});

test("an answer for some is never given to others, nor kept by a cache between", async () => {
  const address = "/v1/status?as-of=2025-12-31&at=@50";
  const [few, all] = [await as(navoi, address), await as(reader, address)];
  assert.match(few.headers.get("cache-control"), /^private.*immutable/);
  assert.match(all.headers.get("cache-control"), /^private/);
  assert.match(few.headers.get("vary"), /Authorization/);
  assert.notEqual(few.headers.get("etag"), all.headers.get("etag"));
  assert.notEqual(await few.text(), await all.text());
  const again = await as(navoi, address, { "if-none-match": all.headers.get("etag") });
  assert.equal(again.status, 200);
  assert.equal((await as(navoi, address, { "if-none-match": few.headers.get("etag") })).status, 304);
});

test("a stream tells of theirs alone, and ends when the token is taken back", async () => {
  const token = addToken(store, "stream", "--subject", "park/navoi");
  const answer = await as(token, "/v1/events?after=0", { accept: "text/event-stream" });
  assert.equal(answer.status, 200);
  const decoder = new TextDecoder();
  const reading = answer.body.getReader();
  let said = "";
  while (!said.includes("caught-up")) said += decoder.decode((await reading.read()).value);
  assert.match(said, /park\/navoi/);
  assert.doesNotMatch(said, foreign);
  run("--store", store, "token", "revoke", "stream");
  await recordAs(recorder, event("after-revoking", { subject: "park/navoi" }));
  let rest = "";
  for (;;) {
    const { done, value } = await reading.read();
    if (done) break;
    rest += decoder.decode(value);
  }
  assert.doesNotMatch(rest, /after-revoking/);
  assert.equal((await as(token, "/v1/status")).status, 401);
});

test("tokens are added, revoked and run out while the server runs", async () => {
  const brief = addToken(store, "brief");
  assert.equal((await as(brief, "/v1/head")).status, 200);
  run("--store", store, "token", "revoke", "brief");
  assert.equal((await as(brief, "/v1/head")).status, 401);
  assert.equal((await as(lastDay, "/v1/head")).status, 200);
  const file = `${store}/tokens.toml`;
  const kept = readFileSync(file, "utf8");
  writeFileSync(file, kept.replace('expires = "2026-01-15"', 'expires = "2026-01-14"'));
  const answer = await as(lastDay, "/v1/head");
  assert.equal(answer.status, 401);
  assert.match((await answer.json()).detail, /'last day' has expired, on 2026-01-14/);
  // What cannot be read lets nobody in, and the others are let in again when it is mended.
  writeFileSync(file, `${kept}\n[[token]]\nname = "half`);
  assert.equal((await as(reader, "/v1/head")).status, 401);
  assert.match(server.complained(), /tokens\.toml.*nobody is let in/);
  writeFileSync(file, kept);
  assert.equal((await as(reader, "/v1/head")).status, 200);
  // So does one that others may write.
  chmodSync(file, 0o666);
  assert.equal((await as(reader, "/v1/head")).status, 401);
  chmodSync(file, 0o600);
  assert.equal((await as(reader, "/v1/head")).status, 200);
});

test("the last token taken back opens nothing", async () => {
  const closed = makeStore("closed");
  const only = addToken(closed, "only");
  const one = await serve(closed);
  run("--store", closed, "token", "revoke", "only");
  assert.equal((await one.get("/v1/head", { authorization: `Bearer ${only}` })).status, 401);
  assert.equal((await one.get("/v1/head")).status, 401);
  await one.stop();
});

test("a file of tokens that is gone before anybody comes opens nothing", async () => {
  const gone = makeStore("gone");
  addToken(gone, "one");
  const one = await serve(gone);
  rmSync(`${gone}/tokens.toml`);
  for (const authorization of ["", "Bearer ", "Bearer x"]) {
    assert.equal((await one.get("/v1/head", { authorization })).status, 401);
    assert.equal((await one.record(event("x"), undefined, { authorization })).status, 401);
  }
  await one.stop();
});

test("reading is free where that is said, and recording is not", async () => {
  const open = makeStore("public");
  const token = addToken(open, "someone", "--scope", "record");
  const one = await serve(open, "--public");
  const answer = await one.get("/v1/status?as-of=2025-12-31&at=@50");
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get("cache-control"), /^public/);
  assert.equal((await one.record(event("p"), undefined, { authorization: "" })).status, 401);
  assert.equal((await one.record(event("p"), undefined, { authorization: `Bearer ${token}` })).status, 201);
  await one.stop();
});

test("beyond this machine it listens only where there are tokens", async () => {
  const bare = makeStore("bare");
  await assert.rejects(serve(bare, "--listen", "0.0.0.0:0"), /the store has no tokens/);
  addToken(bare, "one");
  const one = await serve(bare, "--listen", "0.0.0.0:0");
  assert.match(one.complained(), /can be read on its way/);
  await one.stop();
});

// A browser keeps what it is given; what it sends says where its page is from.
const form = { "content-type": "application/x-www-form-urlencoded" };
const signIn = (token, headers = {}) =>
  fetch(`${server.url}/sign-in`, { method: "POST", body: `token=${token}`, redirect: "manual", headers: { ...form, ...headers } });

test("a browser signs in with a token, and out again", async () => {
  const shown = await server.get("/", { accept: "text/html" });
  assert.equal(shown.status, 303);
  assert.equal(shown.headers.get("location"), "/sign-in");
  const answer = await signIn(recorder);
  assert.equal(answer.status, 303);
  const [cookie, ...attributes] = answer.headers.get("set-cookie").split("; ");
  assert.deepEqual(attributes, ["Path=/", "HttpOnly", "SameSite=Strict", "Max-Age=43200"]);
  assert.ok(!cookie.includes(recorder.split("_")[2]));
  assert.equal((await server.get("/v1/head", { cookie })).status, 200);
  assert.equal((await server.get("/v1/head", { cookie: `theme=dark; ${cookie}` })).status, 200);
  assert.equal((await server.get("/v1/head", { cookie: `${cookie}0` })).status, 401);
  const out = await fetch(`${server.url}/sign-out`, { method: "POST", redirect: "manual", headers: { cookie, origin: server.url } });
  assert.match(out.headers.get("set-cookie"), /Max-Age=0/);
  assert.equal((await server.get("/v1/head", { cookie })).status, 401);
});

test("a signed-in browser records from a page of this server, and from no other", async () => {
  const cookie = (await signIn(recorder)).headers.get("set-cookie").split("; ")[0];
  const sent = (headers) =>
    fetch(`${server.url}/v1/events`, { method: "POST", body: JSON.stringify(event("csrf")), headers: { "content-type": "application/json", cookie, ...headers } });
  assert.equal((await sent({})).status, 403);
  assert.equal((await sent({ origin: "http://evil.example" })).status, 403);
  assert.equal((await sent({ origin: "null" })).status, 403);
  assert.equal((await sent({ origin: server.url })).status, 201);
  assert.equal((await signIn(recorder, { origin: "http://evil.example" })).status, 403);
});

test("a token that is not taken is asked for again, in the language of the browser", async () => {
  const answer = await signIn("solnoma_nobody", { accept: "text/html", "accept-language": "ru-RU,ru;q=0.9" });
  assert.equal(answer.status, 401);
  assert.equal(answer.headers.get("set-cookie"), null);
  const page = await answer.text();
  assert.match(page, /<html lang="ru">/);
  assert.match(page, /role="alert"/);
  assert.match(answer.headers.get("content-security-policy"), /script-src 'self'/);
  assert.match(await (await server.get("/sign-in?lang=uz")).text(), /<html lang="uz">/);
});

test("a token that was taken back ends what it was signed in with", async () => {
  const token = addToken(store, "visitor");
  const cookie = (await signIn(token)).headers.get("set-cookie").split("; ")[0];
  assert.equal((await server.get("/v1/head", { cookie })).status, 200);
  run("--store", store, "token", "revoke", "visitor");
  assert.equal((await server.get("/v1/head", { cookie })).status, 401);
});

test("each request is a line of the log, with who asked and its trace, and without a secret", async () => {
  const trace = "4bf92f3577b34da6a3ce929d0e0e4736";
  const answer = await as(navoi, "/v1/status?as-of=2024-05-05&lang=ru", { traceparent: `00-${trace}-00f067aa0ba902b7-01` });
  assert.equal(answer.headers.get("solnoma-trace"), trace);
  const own = (await as(navoi, "/v1/head", { traceparent: "nonsense" })).headers.get("solnoma-trace");
  assert.match(own, /^[0-9a-f]{32}$/);
  await as(navoi, "/v1/head");
  const log = server.complained();
  assert.match(log, new RegExp(`time=\\S+Z method=GET target="/v1/status\\?as-of=2024-05-05&lang=ru" status=200 bytes=[1-9]\\d* us=\\d+ trace=${trace} token="navoi"\n`));
  assert.match(log, new RegExp(`target="/v1/head" status=200 .*trace=${own} token="navoi"`));
  assert.match(log, /status=401 .*trace=[0-9a-f]{32}\n/);
  for (const token of [reader, recorder, parks, navoi, proposer]) assert.ok(!log.includes(token.split("_")[2]));
});

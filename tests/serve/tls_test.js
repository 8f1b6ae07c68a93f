// A server that speaks TLS itself: by which versions, as whom, and what it does with those who do not.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, renameSync, writeFileSync } from "node:fs";
import https from "node:https";
import { test } from "node:test";
import tls from "node:tls";
import { attacks } from "./attacks.js";
import { authority, makeCertificate, options, read } from "./certificates.js";
import { addToken, encrypted, event, lines, makeStore, plainly, raw, run, serve } from "./support.js";

const program = process.env.SOLNOMA_PROGRAM;
const store = makeStore("tls");
const first = makeCertificate("first");
const server = await serve(store, "--host", "chronicle.example", ...options(first));
const open = encrypted(server.port);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** What openssl's client says of a handshake. */
function handshake(...args) {
  const client = spawnSync("openssl", ["s_client", "-connect", `127.0.0.1:${server.port}`, "-CAfile", authority, ...args], { encoding: "utf8", input: "", timeout: 10_000 });
  return { code: client.status, said: client.stdout + client.stderr };
}

/** Whose certificate a new connection is shown. */
function shown(port = server.port) {
  return new Promise((resolve, reject) => {
    const socket = tls.connect({ port, host: "127.0.0.1", servername: "localhost" }, () => {
      resolve(socket.getPeerCertificate().subject.CN);
      socket.end();
    });
    socket.on("error", reject);
  });
}

/** Waits for what becomes true within a few seconds. */
async function until(is, what) {
  for (let i = 0; i < 60; ++i, await pause(100)) if (await is()) return;
  assert.fail(what);
}

test("it says that it speaks https, and clients of others that trust its authority read and record", async () => {
  assert.match(server.url, /^https:\/\/127\.0\.0\.1:\d+$/);
  const curl = (...args) => execFileSync("curl", ["-sS", "--cacert", authority, ...args], { encoding: "utf8" });
  assert.equal(curl(`${server.url}/livez`), "alive\n");
  assert.equal(curl("--resolve", `chronicle.example:${server.port}:127.0.0.1`, `https://chronicle.example:${server.port}/livez`), "alive\n");
  assert.equal(curl(`${server.url}/v1/report.html`), await (await server.get("/v1/report.html")).text());
  assert.equal((await server.record(event("over-tls"))).status, 201);
  assert.equal((await server.record("x".repeat(15 << 20))).status, 422);
  const agent = new https.Agent({ keepAlive: true, maxSockets: 1 });
  for (let i = 0; i < 3; ++i) {
    const reused = await new Promise((resolve, reject) => {
      const request = https.get(`${server.url}/v1/status`, { agent }, (answer) => answer.resume().on("end", () => resolve(request.reusedSocket)));
      request.on("error", reject);
    });
    assert.equal(reused, i > 0);
  }
  agent.destroy();
  const untrusted = spawnSync("curl", ["-sS", "--capath", "/nowhere", "--cacert", "/etc/ssl/certs/ca-certificates.crt", `${server.url}/livez`], { encoding: "utf8" });
  assert.notEqual(untrusted.status, 0);
});

test("TLS 1.2 and 1.3, with keys of the moment, and nothing older or weaker", () => {
  for (const [version, name] of [["-tls1_2", "TLSv1.2"], ["-tls1_3", "TLSv1.3"]]) {
    const { code, said } = handshake(version, "-verify_return_error", "-verify_hostname", "chronicle.example");
    assert.equal(code, 0, said);
    assert.match(said, new RegExp(`New, ${name.replace(".", "\\.")}, Cipher is`));
    assert.match(said, /Server Temp Key: X25519/);
    assert.doesNotMatch(said, /New Session Ticket/);
  }
  for (const version of ["-tls1", "-tls1_1"]) {
    const { code, said } = handshake(version, "-cipher", "ALL:@SECLEVEL=0");
    assert.notEqual(code, 0);
    assert.match(said, /alert protocol version/);
  }
  for (const cipher of ["AES128-GCM-SHA256", "ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES256-SHA384", "DHE-RSA-AES128-GCM-SHA256", "aNULL"])
    assert.match(handshake("-tls1_2", "-cipher", `${cipher}:@SECLEVEL=0`).said, /handshake failure/, cipher);
  assert.match(handshake("-tls1_2", "-cipher", "ECDHE-ECDSA-CHACHA20-POLY1305").said, /Cipher is ECDHE-ECDSA-CHACHA20-POLY1305/);
});

test("of the protocols that a client offers HTTP/1.1 is taken, and a client of others is told so", () => {
  assert.match(handshake("-alpn", "h2,http/1.1").said, /ALPN protocol: http\/1\.1/);
  assert.match(handshake().said, /No ALPN negotiated/);
  assert.match(handshake("-alpn", "h2").said, /no application protocol/);
});

test("a connection ends with a close_notify", async () => {
  const client = spawnSync("openssl", ["s_client", "-quiet", "-connect", `127.0.0.1:${server.port}`, "-CAfile", authority],
    { encoding: "utf8", input: "GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", timeout: 10_000 });
  assert.match(client.stdout, /alive/);
  assert.doesNotMatch(client.stderr, /unexpected eof/);
  const ended = await new Promise((resolve) => {
    const socket = open(() => socket.write("GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
    socket.on("data", () => {});
    socket.on("end", () => resolve("end"));
    socket.on("error", (error) => resolve(error.code));
  });
  assert.equal(ended, "end");
});

test("cookies are for https alone, and a browser is told to stay with it", async () => {
  const answer = await server.get("/livez");
  assert.equal(answer.headers.get("strict-transport-security"), "max-age=63072000");
  // Which would hold for whatever else this machine serves.
  const local = await fetch(`https://localhost:${server.port}/livez`);
  assert.equal(local.headers.get("strict-transport-security"), null);
  const signIn = (origin) => fetch(`${server.url}/sign-in`, { method: "POST", redirect: "manual", headers: { origin }, body: `token=${server.token}` });
  assert.match((await signIn(server.url)).headers.get("set-cookie"), /; HttpOnly; SameSite=Strict; Max-Age=43200; Secure$/);
  assert.equal((await signIn(server.url.replace("https", "http"))).status, 403);
  const feed = await (await server.get("/v1/changes.atom")).text();
  assert.ok(feed.includes(`${server.url}/v1/`) && !feed.includes("http://127.0.0.1"));
});

test("what is not encrypted is told so, and gets nothing", async () => {
  const said = await raw(plainly(server.port), "GET /v1/status HTTP/1.1\r\nHost: localhost\r\n\r\n");
  assert.match(said, /^HTTP\/1\.1 400 .*ask with https\n$/s);
  assert.doesNotMatch(said, /strict-transport/i);
  assert.equal(await raw(plainly(server.port), "\x00\x01\x02\x03"), "");
  assert.equal(await raw(plainly(server.port), "SSH-2.0-x\r\n").then((text) => text.slice(0, 12)), "HTTP/1.1 400");
  // The greeting of TLS, and then what a client of another would say: no part of it is taken for a request.
  const greeting = Buffer.concat([Buffer.from([0x16, 3, 1, 0, 5, 1, 0, 0, 1, 0]), Buffer.from("GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n")]);
  assert.doesNotMatch(await raw(plainly(server.port), greeting), /HTTP/);
});

test("handshakes that are slow or silent keep nobody else from an answer, and are ended", async () => {
  const begun = Date.now();
  const sockets = Array.from({ length: 60 }, (_, i) => {
    const socket = plainly(server.port)(() => {
      if (i % 3 === 1) socket.write(Buffer.from([0x16, 3, 1]));
      if (i % 3 === 2) socket.write(Buffer.from([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3]));
    });
    socket.on("error", () => {});
    socket.resume();
    return socket;
  });
  const timer = setInterval(() => sockets.forEach((socket, i) => i % 3 === 2 && socket.writable && socket.write("a")), 1000);
  const ended = sockets.map((socket) => new Promise((resolve) => socket.on("close", resolve)));
  for (let i = 0; i < 20; ++i) {
    const one = Date.now();
    assert.match(await raw(open, "GET /v1/status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), /^HTTP\/1\.1 200/);
    assert.ok(Date.now() - one < 2500);
  }
  await Promise.all(ended);
  clearInterval(timer);
  assert.ok(Date.now() - begun < 25_000, "within the time that a header may take");
});

test("as many connections as it may have are had, those beyond are closed, and then there is room again", async () => {
  const other = await serve(makeStore("tls-many"), ...options(first));
  const most = 4000;
  const ended = [];
  let closed = 0;
  for (let i = 0; i < most + 100; i += 100) {
    await Promise.all(
      Array.from({ length: 100 }, () =>
        new Promise((resolve) => {
          const socket = plainly(other.port)(resolve);
          socket.on("error", resolve).resume();
          ended.push(new Promise((end) => socket.on("close", () => end(++closed))));
        }),
      ),
    );
  }
  await until(() => closed >= 100, "those beyond are closed");
  assert.ok(closed <= 110, `${closed} are closed`);
  await assert.rejects(other.get("/livez"));
  await Promise.all(ended);
  assert.equal((await other.get("/livez")).status, 200);
  assert.equal((await other.record(event("after-many"))).status, 201);
  await other.stop();
});

test("what is recorded is heard at once, and a stream ends when the server does", async () => {
  const other = await serve(makeStore("tls-stream"), ...options(first));
  const answer = await other.get("/v1/events?after=50", { accept: "text/event-stream" });
  assert.equal(answer.status, 200);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  const heard = async (what) => {
    while (!what.test(text)) {
      const { value, done } = await reader.read();
      assert.ok(!done, text);
      text += value;
    }
  };
  await heard(/event: caught-up/);
  for (let i = 0; i < 20; ++i) {
    assert.equal((await other.record(event(`heard-${i}`))).status, 201);
    await heard(new RegExp(`"heard-${i}"`));
  }
  // A client that goes is noticed.
  const gone = new AbortController();
  await fetch(`${other.url}/v1/events`, { headers: { accept: "text/event-stream" }, signal: gone.signal });
  const streams = async () => Number(/^solnoma_streams (\d+)/m.exec(await (await other.get("/metrics")).text())[1]);
  assert.equal(await streams(), 2);
  gone.abort();
  await until(async () => (await streams()) === 1, "the client's end is noticed");
  const rest = heard(/retry: 1000\n\n$/);
  const begun = Date.now();
  assert.deepEqual(await other.stop(), { code: 0, signal: null });
  assert.ok(Date.now() - begun < 8000);
  await rest;
});

test("what was asked before a server is told to end is answered, and who only greets is not waited for", async () => {
  const other = await serve(makeStore("tls-ending"), ...options(first));
  const silent = plainly(other.port)(() => {});
  silent.on("error", () => {});
  const idle = encrypted(other.port)(() => {});
  await new Promise((resolve) => idle.on("secureConnect", resolve));
  const idleEnded = new Promise((resolve) => idle.on("end", () => resolve("end")).on("error", (error) => resolve(error.code)));
  idle.resume();
  const many = Array.from({ length: 30 }, (_, i) => other.record(event(`ending-${i}`)));
  await pause(150);
  const begun = Date.now();
  const end = other.stop();
  const statuses = (await Promise.allSettled(many)).map((each) => each.value?.status ?? 0);
  assert.deepEqual(await end, { code: 0, signal: null });
  assert.ok(Date.now() - begun < 8000);
  assert.equal(await idleEnded, "end", "it is told by a close_notify");
  const there = new Set(lines(run("--store", other.store, "export")).map((each) => each.id));
  statuses.forEach((status, i) => status === 201 && assert.ok(there.has(`ending-${i}`)));
  assert.ok(statuses.filter((status) => status === 201).length > 0);
});

test("a certificate that is replaced is shown to who comes then, and open connections stay", async () => {
  const own = makeCertificate("before");
  const other = await serve(makeStore("tls-replaced"), ...options(own));
  const agent = new https.Agent({ keepAlive: true, maxSockets: 1 });
  const asked = () =>
    new Promise((resolve, reject) => {
      const request = https.get(`${other.url}/livez`, { agent }, (answer) => answer.resume().on("end", () => resolve(request)));
      request.on("error", reject);
    });
  await asked();
  assert.equal(await shown(other.port), "before");

  // One after the other, as a program does that renews them; by a rename, and in place.
  const next = makeCertificate("next", { key: ["rsa:2048"] });
  renameSync(next.certificate, own.certificate);
  await pause(300);
  writeFileSync(own.key, read(next.key));
  await until(async () => (await shown(other.port)) === "next", "the new one is shown");
  assert.equal((await asked()).reusedSocket, true, "the open connection has stayed");
  agent.destroy();
  assert.match(other.complained(), /certificate \S+ was read again/);
  assert.doesNotMatch(other.complained(), /is not that of/);

  const broken = {
    "is not that of the certificate": () => writeFileSync(own.key, read(first.key)),
    "has no certificate that can be used": () => writeFileSync(own.certificate, "-----BEGIN CERTIFICATE-----\nAAAA\n"),
    "has no private key that can be used": () => (writeFileSync(own.certificate, read(first.certificate)), writeFileSync(own.key, "")),
    "is not for its owner's eyes alone": () => (writeFileSync(own.key, read(first.key)), chmodSync(own.key, 0o644)),
  };
  for (const [what, change] of Object.entries(broken)) {
    change();
    await until(() => other.complained().includes(what), `it is told that it ${what}`);
    assert.equal(await shown(other.port), "next", "the old one is shown on");
    await pause(1500);
    assert.equal(other.complained().split(what).length, 2, "it is told once");
  }
  chmodSync(own.key, 0o600);
  await until(async () => (await shown(other.port)) === "first", "what is right again is shown");
  await other.stop();
});

test("a server does not begin with what it could not use", () => {
  const other = makeCertificate("other", { key: ["rsa:2048"] });
  const open = makeCertificate("open");
  chmodSync(open.key, 0o640);
  const weak = makeCertificate("weak", { key: ["rsa:1024"] });
  const locked = makeCertificate("locked");
  execFileSync("openssl", ["ec", "-in", locked.key, "-aes256", "-passout", "pass:x", "-out", `${locked.key}.locked`], { stdio: "ignore" });
  chmodSync(`${locked.key}.locked`, 0o600);
  for (const [args, what] of [
    [["--tls-certificate", first.certificate], /belong together/],
    [["--tls-key", first.key], /belong together/],
    [["--tls-certificate", first.certificate, "--tls-key", other.key], /is not that of/],
    [["--tls-certificate", first.certificate, "--tls-key", makeCertificate("x").key], /is not that of/],
    [["--tls-certificate", "/nowhere.pem", "--tls-key", first.key], /\/nowhere\.pem/],
    [["--tls-certificate", first.certificate, "--tls-key", "/nowhere.pem"], /\/nowhere\.pem/],
    [["--tls-certificate", first.key, "--tls-key", first.key], /has no certificate/],
    [["--tls-certificate", first.certificate, "--tls-key", first.certificate], /not for its owner's eyes|has no private key/],
    [options(open), /its mode is 0640.*chmod 600/],
    [options(weak), /key too small/],
    [["--tls-certificate", locked.certificate, "--tls-key", `${locked.key}.locked`], /has no private key.*without a password/],
  ]) {
    const ended = spawnSync(program, ["--store", store, "serve", "--listen", "127.0.0.1:0", ...args], { encoding: "utf8", timeout: 10_000 });
    assert.equal(ended.status, 2, `${args}: ${ended.stderr}`);
    assert.match(ended.stderr, what);
  }
});

test("beyond this machine it needs tokens, and no warning", async () => {
  const own = makeStore("tls-beyond");
  addToken(own, "reader");
  const other = await serve(own, "--listen", "0.0.0.0:0", ...options(first));
  assert.equal((await other.get("/livez")).status, 200);
  await other.stop();
  assert.doesNotMatch(other.complained(), /can be read/);
  // Behind a web server whoever reaches that does.
  const none = spawnSync(program, ["--store", makeStore("tls-behind"), "serve", "--listen", "127.0.0.1:0", "--behind-https"], { encoding: "utf8", timeout: 10_000 });
  assert.equal(none.status, 2);
  assert.match(none.stderr, /--behind-https: .*no tokens.*token add/);
});

test("--store https://… asks and records, of a server that is trusted and of no other", async () => {
  const ask = (address, variables, ...args) =>
    spawnSync(program, ["--store", address, ...args], { encoding: "utf8", env: { ...process.env, SOLNOMA_TOKEN: server.token, ...variables } });
  const known = ask(server.url, { SOLNOMA_CA: authority }, "status", "--as-of", "2025-01-01");
  assert.equal(known.stderr, "");
  assert.equal(known.stdout, run("--store", store, "status", "--as-of", "2025-01-01"));
  const recorded = ask(server.url, { SOLNOMA_CA: authority }, "append", "visited", "park/chirchik", "--occurred", "2025-03-01", "--known", "2025-03-02", "--title", "A visit", "--publisher", "P", "--new");
  assert.equal(recorded.status, 0, recorded.stderr);
  const unknown = ask(server.url, {}, "status");
  assert.equal(unknown.status, 3);
  assert.match(unknown.stderr, /is not trusted.*SOLNOMA_CA/);
  assert.equal(ask(server.url, { SOLNOMA_CA: "/nowhere.pem" }, "status").status, 2);
  const named = ask(server.url.replace("127.0.0.1", "127.0.0.2"), { SOLNOMA_CA: authority }, "status");
  assert.equal(named.status, 3);
  // Nothing is sent as it is where https is not to be had.
  const plain = await serve(makeStore("no-tls"));
  const none = ask(plain.url.replace("http:", "https:"), { SOLNOMA_CA: authority }, "status");
  assert.equal(none.status, 3);
  await plain.stop();
  assert.doesNotMatch(plain.complained(), /status=200/);
});

attacks(server, open);

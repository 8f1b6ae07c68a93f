// The server behind the web servers whose configurations are shipped (tools/serve/proxy), as they are but for
// names, ports and files.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import net from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { attacks } from "./attacks.js";
import { makeCertificate } from "./certificates.js";
import { addToken, directory, encrypted, event, makeStore, running, serve } from "./support.js";

const certificate = makeCertificate("chronicle.example");
const shipped = (name) => readFileSync(new URL(`../../tools/serve/proxy/${name}`, import.meta.url), "utf8");
const isThere = (program) => spawnSync(program, ["-h"]).error === undefined;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** A port that is free, and probably stays so. */
const freePort = () =>
  new Promise((resolve) => {
    const listening = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = listening.address();
      listening.close(() => resolve(port));
    });
  });

/** `text` with each of `changes` made, all of which it must have place for. */
function changed(text, changes) {
  for (const [from, to] of changes) {
    assert.ok(text.split(from).length > 1, `the configuration has ${from}`);
    text = text.replaceAll(from, to);
  }
  return text;
}

async function until(is, what) {
  for (let i = 0; i < 100; ++i, await pause(100)) if (await is()) return;
  assert.fail(what);
}

/** A program that listens there, until the tests end. */
async function start(program, args, ports, env = {}) {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } });
  running.add(child);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (said += data));
  const opens = (port) =>
    new Promise((resolve) => {
      const socket = net.connect(port, "127.0.0.1", () => resolve(true));
      socket.on("error", () => resolve(false)).on("connect", () => socket.destroy());
    });
  for (const port of ports) await until(async () => child.exitCode !== null || (await opens(port)), `${program} listens: ${said}`);
  assert.equal(child.exitCode, null, said);
  return { end: () => new Promise((resolve) => child.on("exit", resolve).kill("SIGTERM")) };
}

const programs = {
  async nginx(upstream) {
    const [port, plain] = [await freePort(), await freePort()];
    const work = join(directory, "nginx");
    mkdirSync(work);
    const site = changed(shipped("nginx.conf"), [
      [/^ *listen \[::\].*$/gm, ""],
      ["listen 443 ", `listen 127.0.0.1:${port} `],
      ["listen 80;", `listen 127.0.0.1:${plain};`],
      ["127.0.0.1:8417", `127.0.0.1:${upstream}`],
      ["/etc/letsencrypt/live/chronicle.example/fullchain.pem", certificate.certificate],
      ["/etc/letsencrypt/live/chronicle.example/privkey.pem", certificate.key],
    ]);
    writeFileSync(join(work, "site.conf"), site);
    const folders = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${work}/${name};`).join(" ");
    writeFileSync(join(work, "nginx.conf"), `daemon off; pid ${work}/pid; error_log stderr; ${process.getuid() === 0 ? "user root;" : ""} events {} http { access_log off; ${folders} include ${work}/site.conf; }`);
    return { port, plain, ...(await start("nginx", ["-p", work, "-e", "stderr", "-c", join(work, "nginx.conf")], [port, plain])) };
  },
  async caddy(upstream) {
    const port = await freePort();
    const work = join(directory, "caddy");
    mkdirSync(work);
    const file = changed(shipped("Caddyfile"), [
      ["chronicle.example {", `https://chronicle.example:${port} {\n\ttls ${certificate.certificate} ${certificate.key}`],
      ["{\n\t# The limits", "{\n\tadmin off\n\tauto_https disable_redirects\n\t# The limits"],
      ["127.0.0.1:8417", `127.0.0.1:${upstream}`],
    ]);
    writeFileSync(join(work, "Caddyfile"), file);
    const homes = { HOME: work, XDG_DATA_HOME: work, XDG_CONFIG_HOME: work };
    return { port, ...(await start("caddy", ["run", "--adapter", "caddyfile", "--config", join(work, "Caddyfile")], [port], homes)) };
  },
};

const answers = {
  nginx: { refused: [411, 501], tooLong: [400, 414, 431], strange: [400, 421], discards: true },
  caddy: { own: [], refused: [501, 502, 505], strange: [0, 200, 400, 421], chunks: true },
};

for (const [name, begin] of Object.entries(programs)) {
  if (!isThere(name)) {
    test(`behind ${name}`, { skip: `${name} is not installed` }, () => {});
    continue;
  }
  const store = makeStore(name);
  const token = addToken(store, "recorder", "--scope", "record");
  const server = await serve(store, "--public", "--host", "chronicle.example", "--behind-https");
  const proxy = await begin(server.port);
  const host = `chronicle.example:${proxy.port}`;
  const open = encrypted(proxy.port, { servername: "chronicle.example", ALPNProtocols: ["http/1.1"] });

  /** What is answered there to chronicle.example. */
  const ask = (path, { body, onAnswer, ...options } = {}) =>
    new Promise((resolve, reject) => {
      const request = https.request({ host: "127.0.0.1", port: proxy.port, servername: "chronicle.example", path, agent: false, ...options, headers: { host, ...options.headers } }, (answer) => {
        let text = "";
        answer.setEncoding("utf8");
        answer.on("data", (data) => (text += data));
        const done = () => ({ status: answer.statusCode, headers: answer.headers, body: text, text: async () => text, end: () => request.destroy() });
        if (onAnswer) resolve({ ...done(), said: () => text });
        else answer.on("end", () => resolve(done()));
      });
      request.on("error", reject);
      request.end(body);
    });

  test(`behind ${name}: questions and events get through as they are, and links lead back by https`, async () => {
    const direct = await server.get("/v1/status?as-of=2025-01-01");
    const through = await ask("/v1/status?as-of=2025-01-01");
    assert.equal(through.body, await direct.text());
    assert.equal(through.headers["solnoma-head"], direct.headers.get("solnoma-head"));
    assert.equal(through.headers["strict-transport-security"], "max-age=63072000");
    const feed = await ask("/v1/changes.atom");
    assert.ok(feed.body.includes(`https://${host}/v1/`) && !feed.body.includes("http://chronicle"));
    const record = (body) => ask("/v1/events", { method: "POST", headers: { authorization: `Bearer ${token}`, "content-type": "application/cloudevents+json" }, body });
    assert.equal((await record(JSON.stringify(event("through")))).status, 201);
    assert.equal((await record("x".repeat(17 << 20)).catch(() => ({ status: 413 }))).status, 413);
  });

  test(`behind ${name}: a browser signs in by https, from this server's own page`, async () => {
    const signIn = (origin) => ask("/sign-in", { method: "POST", headers: { origin }, body: `token=${token}` });
    const signedIn = await signIn(`https://${host}`);
    assert.equal(signedIn.status, 303);
    assert.match(signedIn.headers["set-cookie"][0], /; HttpOnly; SameSite=Strict; Max-Age=43200; Secure$/);
    for (const origin of [`http://${host}`, "https://evil.example", `https://chronicle.example:1`]) assert.equal((await signIn(origin)).status, 403, origin);
  });

  test(`behind ${name}: what is recorded is heard at once, and who goes is noticed`, async () => {
    const stream = await ask("/v1/events?after=50", { headers: { accept: "text/event-stream" }, onAnswer: true });
    await until(() => stream.said().includes("caught-up"), "the stream begins");
    for (let i = 0; i < 10; ++i) {
      const answer = await server.record(event(`${name}-${i}`), undefined, { authorization: `Bearer ${token}` });
      assert.equal(answer.status, 201);
      const begun = Date.now();
      await until(() => stream.said().includes(`"${name}-${i}"`), "it is heard");
      assert.ok(Date.now() - begun < 2000);
    }
    // One that has nothing to say says so, and lives longer than any patience in between.
    const streams = async () => Number(/^solnoma_streams (\d+)/m.exec(await (await server.get("/metrics")).text())[1]);
    assert.equal(await streams(), 1);
    await until(() => /\n:/.test(stream.said()), "a heartbeat gets through").catch(() => until(() => /\n:/.test(stream.said()), "a heartbeat gets through"));
    stream.end();
    await until(async () => (await streams()) === 0, "the end of the client gets through");
  });

  if (proxy.plain)
    test(`behind ${name}: who comes by http is sent to https`, async () => {
      const answer = await new Promise((resolve) => http.get({ host: "127.0.0.1", port: proxy.plain, path: "/v1/status?x", headers: { host: "chronicle.example" } }, resolve));
      assert.equal(answer.statusCode, 301);
      assert.equal(answer.headers.location, "https://chronicle.example/v1/status?x");
    });

  attacks({ get: (path) => ask(path) }, open, { ...answers[name], host: name === "caddy" ? "chronicle.example" : "localhost" });

  test(`behind ${name}: the end`, async () => {
    assert.deepEqual(await server.stop(), { code: 0, signal: null });
    assert.equal((await ask("/livez")).status, 502);
    await proxy.end();
  });
}

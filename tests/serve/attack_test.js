// Whatever a client sends, others are answered, and what it meant is not guessed.

import assert from "node:assert/strict";
import net from "node:net";
import { test } from "node:test";
import { event, lines, makeStore, raw, run, serve } from "./support.js";

const store = makeStore("attacks");
const server = await serve(store, "--host", "chronicle.example");
const { port } = server;
const status = (said) => Number(/^HTTP\/1\.1 (\d+)/.exec(said)?.[1] ?? 0);
const ask = (head) => `GET /livez HTTP/1.1\r\nHost: localhost\r\n${head}\r\n`;

test("requests that two servers would read in two ways are refused, and the connection closed", async () => {
  const smuggled = "GET /v1/head HTTP/1.1\r\nHost: localhost\r\n\r\n";
  const cases = {
    "length and chunks": `POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
    "two lengths": `POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 0\r\n\r\n${smuggled}`,
    "a negative length": ask("Content-Length: -1\r\n"),
    "a length with a sign": ask("Content-Length: +3\r\n"),
    "a length beyond 2^64": ask("Content-Length: 18446744073709551619\r\n"),
    "a chunk beyond 2^64": `POST /v1/events HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n10000000000000003\r\nabc\r\n0\r\n\r\n`,
    "a space before the colon": ask("X-Name : a\r\n"),
    "a NUL in a value": ask("X-Name: a\0b\r\n"),
    "no HTTP": "hello\r\n\r\n",
    "an unknown coding": `POST /v1/events HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip, x\r\n\r\n${smuggled}`,
  };
  for (const [name, bytes] of Object.entries(cases)) {
    const said = await raw(port, bytes);
    assert.ok([0, 400, 401, 413].includes(status(said)), `${name}: ${said.slice(0, 60)}`);
    assert.equal(said.match(/HTTP\/1\.1 200/g), null, `${name}: ${said}`);
  }
  assert.equal((await server.get("/livez")).status, 200);
});

test("what has no end is cut off", async () => {
  assert.equal(status(await raw(port, ask(`X-Long: ${"a".repeat(1 << 20)}\r\n`))), 431);
  assert.equal(status(await raw(port, ask(Array.from({ length: 10_000 }, (_, i) => `X-${i}: a\r\n`).join("")))), 431);
  const before = (await (await server.get("/metrics")).text()).length;
  assert.ok(before > 0);
  const said = await new Promise((resolve) => {
    let text = "";
    let sent = 0;
    const chunk = `10000\r\n${"a".repeat(0x10000)}\r\n`;
    const socket = net.connect(port, "127.0.0.1", () => {
      socket.write(`POST /v1/events HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n`);
      const more = () => {
        while (sent < 200 << 20 && socket.writable) {
          sent += chunk.length;
          if (!socket.write(chunk)) return void socket.once("drain", more);
        }
      };
      more();
    });
    socket.on("data", (data) => (text += data));
    socket.on("error", () => {});
    socket.on("close", () => resolve({ text, sent }));
  });
  assert.ok(said.sent < 40 << 20, `it took ${said.sent} bytes`);
});

test("addresses lead nowhere else", async () => {
  for (const path of ["/v1/status/../../etc/passwd", "/v1/%2e%2e/x", "/v1//status", "/v1/status/%00", "/v1/status/%zz", "//v1/status", "/v1/status?as-of=%00", "/v1/status/./x"])
    assert.equal(status(await raw(port, `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)), 400, path);
  // An encoded slash is part of the name that is asked for, and options are no words.
  assert.equal((await server.get("/v1/status/park%2Fchirchik")).status, 200);
  assert.equal((await server.get("/v1/status/--help")).status, 404);
  assert.equal((await server.get("/v1/search.txt?q=--help")).status, 200);
});

test("a page that calls this machine by another name is not answered", async () => {
  for (const [host, wanted] of [["evil.example", 421], ["", 421], ["127.0.0.1.evil.example", 421], [`localhost:${port}`, 200], ["[::1]", 200], ["chronicle.example", 200]])
    assert.equal(status(await raw(port, `GET /livez HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)), wanted, host);
});

test("clients that send a byte a second keep nobody else from an answer", async () => {
  const sockets = Array.from({ length: 60 }, () => {
    const socket = net.connect(port, "127.0.0.1");
    socket.on("error", () => {});
    socket.write("GET /livez HTTP/1.1\r\nHost: ");
    return socket;
  });
  const timer = setInterval(() => sockets.forEach((socket) => socket.writable && socket.write("a")), 1000);
  const open = sockets.map((socket) => new Promise((resolve) => socket.on("close", resolve)));
  for (let i = 0; i < 20; ++i) assert.equal((await server.get("/v1/status")).status, 200);
  await Promise.all(open); // each is closed, within the time that a header may take
  clearInterval(timer);
});

test("a server that is killed while it records loses nothing that it has acknowledged", async () => {
  const own = makeStore("killed");
  let acknowledged = [];
  for (let round = 0; round < 5; ++round) {
    const other = await serve(own);
    const writers = Array.from({ length: 4 }, async (_, writer) => {
      for (let i = 0; ; ++i) {
        const id = `k-${round}-${writer}-${i}`;
        const answer = await other.record(event(id));
        if (answer.status === 201) acknowledged.push(id);
        else throw new Error(`${answer.status}`);
      }
    });
    setTimeout(() => other.child.kill("SIGKILL"), 150 + 60 * round);
    await Promise.allSettled(writers);
  }
  const there = new Set(lines(run("--store", own, "export")).map((each) => each.id));
  assert.ok(acknowledged.length > 20);
  for (const id of acknowledged) assert.ok(there.has(id), id);
  assert.match(run("--store", own, "verify"), /./);
});

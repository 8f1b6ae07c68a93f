// What is sent to a server to confuse it, exhaust it or be led elsewhere; by whatever way it comes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { raw } from "./support.js";

const status = (said) => Number(/^HTTP\/1\.1 (\d+)/.exec(said)?.[1] ?? 0);

/**
 * Tests of a server that is called chronicle.example, and `host` besides, to which `open` opens sockets
 * (support.js). A web server before it may refuse by other statuses: `refused` what is no request, `tooLong`
 * its header, `strange` a host that it is not called, `malformed` an address. It may read to the end what it
 * has refused (`discards`), or take the chunks where there is a length as well, as RFC 9112 allows (`chunks`).
 */
export function attacks(server, open, { host = "localhost", own = ["localhost:1", "[::1]"], refused = [], tooLong = [431], strange = [421], malformed = [400], discards = false, chunks = false } = {}) {
  const ask = (head) => `GET /livez HTTP/1.1\r\nHost: ${host}\r\n${head}\r\n`;

  test("requests that two servers would read in two ways are refused, and the connection closed", async () => {
    const smuggled = `GET /v1/head HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
    const cases = {
      "length and chunks": `POST /v1/events HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
      "two lengths": `POST /v1/events HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 5\r\nContent-Length: 0\r\n\r\n${smuggled}`,
      "a negative length": ask("Content-Length: -1\r\n"),
      "a length with a sign": ask("Content-Length: +3\r\n"),
      "a length beyond 2^64": ask("Content-Length: 18446744073709551619\r\n"),
      "a chunk beyond 2^64": `POST /v1/events HTTP/1.1\r\nHost: ${host}\r\nTransfer-Encoding: chunked\r\n\r\n10000000000000003\r\nabc\r\n0\r\n\r\n`,
      "a space before the colon": ask("X-Name : a\r\n"),
      "a NUL in a value": ask("X-Name: a\0b\r\n"),
      "no HTTP": "hello\r\n\r\n",
      "an unknown coding": `POST /v1/events HTTP/1.1\r\nHost: ${host}\r\nTransfer-Encoding: gzip, x\r\n\r\n${smuggled}`,
    };
    if (chunks) delete cases["length and chunks"];
    for (const [name, bytes] of Object.entries(cases)) {
      const said = await raw(open, bytes);
      assert.ok([0, 400, 401, 413, ...refused].includes(status(said)), `${name}: ${said.slice(0, 60)}`);
      assert.equal(said.match(/HTTP\/1\.1 200/g), null, `${name}: ${said}`);
    }
    assert.equal((await server.get("/livez")).status, 200);
  });

  test("what has no end is cut off", async () => {
    assert.ok(tooLong.includes(status(await raw(open, ask(`X-Long: ${"a".repeat(1 << 20)}\r\n`)))));
    assert.ok(tooLong.includes(status(await raw(open, ask(Array.from({ length: 10_000 }, (_, i) => `X-${i}: a\r\n`).join(""))))));
    const before = (await (await server.get("/metrics")).text()).length;
    assert.ok(before > 0);
    const said = await new Promise((resolve) => {
      let text = "";
      let sent = 0;
      const chunk = `10000\r\n${"a".repeat(0x10000)}\r\n`;
      const socket = open(() => {
        socket.write(`POST /v1/events HTTP/1.1\r\nHost: ${host}\r\nTransfer-Encoding: chunked\r\n\r\n`);
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
    if (discards) assert.equal(status(said.text), 413);
    else assert.ok(said.sent < 40 << 20, `it took ${said.sent} bytes`);
  });

  test("addresses lead nowhere else", async () => {
    for (const path of ["/v1/status/../../etc/passwd", "/v1/%2e%2e/x", "/v1//status", "/v1/status/%00", "/v1/status/%zz", "//v1/status", "/v1/status?as-of=%00", "/v1/status/./x"])
      assert.ok(malformed.includes(status(await raw(open, `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`))), path);
    // An encoded slash is part of the name that is asked for, and options are no words.
    assert.equal((await server.get("/v1/status/park%2Fchirchik")).status, 200);
    assert.equal((await server.get("/v1/status/--help")).status, 404);
    assert.equal((await server.get("/v1/search.txt?q=--help")).status, 200);
  });

  test("a page that calls this machine by another name is not answered", async () => {
    const as = (name) => raw(open, `GET /livez HTTP/1.1\r\nHost: ${name}\r\nConnection: close\r\n\r\n`);
    for (const name of ["evil.example", "", "127.0.0.1.evil.example"]) {
      const said = await as(name);
      assert.ok(strange.includes(status(said)) && !said.includes("alive"), `${name}: ${said}`);
    }
    for (const name of ["chronicle.example", host, ...own]) assert.equal(status(await as(name)), 200, name);
  });

  test("clients that send a byte a second keep nobody else from an answer", async () => {
    const sockets = Array.from({ length: 60 }, () => {
      const socket = open(() => socket.write("GET /livez HTTP/1.1\r\nHost: "));
      socket.on("error", () => {});
      return socket;
    });
    const timer = setInterval(() => sockets.forEach((socket) => socket.writable && socket.write("a")), 1000);
    const ended = sockets.map((socket) => new Promise((resolve) => socket.on("close", resolve)));
    for (let i = 0; i < 20; ++i) assert.equal((await server.get("/v1/status")).status, 200);
    await Promise.all(ended); // each is closed, within the time that a header may take
    clearInterval(timer);
  });
}

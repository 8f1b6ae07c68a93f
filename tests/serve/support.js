// What the tests share: the program, a store with the shipped history, a server on it.

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import tls from "node:tls";

const program = process.env.SOLNOMA_PROGRAM;
if (!program) throw new Error("SOLNOMA_PROGRAM names the program to test");

export const directory = mkdtempSync(join(tmpdir(), "solnoma-serve-"));
export const running = new Set();
after(() => {
  for (const each of running) each.kill("SIGKILL");
  rmSync(directory, { recursive: true, force: true });
});

export function run(...args) {
  return execFileSync(program, args, { encoding: "utf8", maxBuffer: 1 << 28 });
}

/** The codes of all languages that the program speaks. */
export const languages = run("complete-words", "report", "--lang", "").trim().split("\n");

/** What a new token of the store is. */
export function addToken(store, name, ...options) {
  return execFileSync(program, ["--store", store, "token", "add", name, ...options], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...process.env, SOLNOMA_TODAY: today },
  }).trim();
}

export function makeStore(name) {
  const store = join(directory, `${name}.store`);
  run("--store", store, "history", "--init");
  return store;
}

export const today = "2026-01-15";

/** A server on the store: where it is, its token (none where the store has its own), how it ends. */
export const serve = (store, ...options) => serveIn({ SOLNOMA_TODAY: today }, store, ...options);

/** The same in another environment. */
export const serveIn = (env, store, ...options) => serveBy([], env, store, ...options);

/** The same, begun by another program: that and what it is to be told before ours. */
export async function serveBy(starter, env, store, ...options) {
  const listen = options.includes("--listen") ? [] : ["--listen", "127.0.0.1:0"];
  const [first, ...rest] = [...starter, program, "--store", store, "serve", ...listen, ...options];
  const child = spawn(first, rest, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  running.add(child);
  let said = "";
  let complained = "";
  child.stderr.on("data", (data) => (complained += data));
  const url = await new Promise((resolve, reject) => {
    child.stdout.on("data", (data) => {
      said += data;
      const begun = /serving \S+ at (https?:\S+)\/\n.*sign in at [^]*\n/.exec(said);
      if (begun) resolve(begun[1].replace("//0.0.0.0:", "//127.0.0.1:"));
    });
    child.on("close", (code) => reject(new Error(`the server ended with ${code}: ${complained}`)));
  });
  const ended = new Promise((resolve) => child.on("exit", (code, signal) => resolve({ code, signal })));
  ended.then(() => running.delete(child));
  return {
    url,
    store,
    child,
    port: Number(new URL(url).port),
    token: /sign-in#(\S+)/.exec(said)?.[1],
    complained: () => complained,
    async stop(signal = "SIGTERM") {
      child.kill(signal);
      return ended;
    },
    get: (path, headers = {}) => fetch(url + path, { headers, redirect: "manual" }),
    record(body, type = "application/cloudevents+json", headers = {}, query = "") {
      return fetch(`${url}/v1/events${query}`, {
        method: "POST",
        headers: { "content-type": type, authorization: `Bearer ${this.token}`, ...headers },
        body: typeof body === "string" ? body : JSON.stringify(body),
      });
    },
  };
}

/** An event as its producer sends it. */
export function event(id, changes = {}) {
  return {
    specversion: "1.0",
    id,
    source: "urn:test",
    type: "solnoma.visited",
    subject: "park/chirchik",
    occurred: "2025-06-01",
    known: "2025-06-02",
    datacontenttype: "application/json",
    data: { title: { en: `Visit ${id}` } },
    ...changes,
  };
}

/** How a socket is opened to a port: as it is, or by TLS. */
export const plainly = (port) => (opened) => net.connect(port, "127.0.0.1", opened);
export const encrypted = (port, options = {}) => (opened) =>
  tls.connect({ port, host: "127.0.0.1", servername: "localhost", ...options }, opened);

/** Bytes to the server as they are; what it says until it closes, or for so long. */
export function raw(open, bytes, wait = 3000) {
  return new Promise((resolve) => {
    let said = "";
    const socket = open(() => socket.write(bytes));
    const done = () => {
      socket.destroy();
      resolve(said);
    };
    const timer = setTimeout(done, wait);
    socket.on("data", (data) => (said += data.toString("latin1")));
    socket.on("error", () => {});
    socket.on("close", () => {
      clearTimeout(timer);
      resolve(said);
    });
  });
}

export function lines(text) {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

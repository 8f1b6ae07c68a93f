// No test: prints how fast a follower catches up with a log that it has nothing of, beside a rebuild of the same log on one machine,
// in turns in one run. The heads are compared. tests/serve/run.sh PROGRAM follow_figures.js; $SOLNOMA_EVENTS: about so many, 1,000,000.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { directory, run, serveIn } from "./support.js";

const program = process.env.SOLNOMA_PROGRAM;
const wanted = Number(process.env.SOLNOMA_EVENTS ?? 1_000_000);
const later = "2045-06-01"; // all that was generated is known by then
const median = (all) => all.sort((a, b) => a - b)[Math.floor(all.length / 2)];
const seconds = (what) => {
  const begun = performance.now();
  what();
  return (performance.now() - begun) / 1000;
};

test("figures", async (context) => {
  const origin = join(directory, "origin.store");
  const file = join(directory, "events.jsonl");
  const perSubject = 30;
  const generator = fileURLToPath(new URL("../support/generate_events.py", import.meta.url));
  execFileSync("python3", [generator, String(Math.ceil(wanted / perSubject)), String(perSubject)], { stdio: ["ignore", openSync(file, "w"), "inherit"] });
  run("--store", origin, "init");
  const imported = spawnSync(program, ["--store", origin, "--today", later, "import", file], { encoding: "utf8" });
  assert.equal(imported.status, 0, imported.stderr);
  rmSync(file);
  const keys = join(directory, "log.key");
  run("keygen", keys);
  const head = run("--store", origin, "head").trim();
  const env = { SOLNOMA_TODAY: later };
  const leader = await serveIn(env, origin, "--key", keys, "--public");
  const [rebuilt, followed, peaks] = [[], [], []];
  for (let round = 0; round < 4; ++round) {
    const copy = join(directory, "copy.store");
    cpSync(origin, copy, { recursive: true });
    const rebuild = seconds(() => run("--store", copy, "rebuild"));
    rmSync(copy, { recursive: true });
    const begun = performance.now();
    const follower = await serveIn(env, copy, "--follow", leader.url, "--follow-key", `${keys}.pub`, "--public");
    while ((await follower.get("/readyz")).status !== 200) await new Promise((resolve) => setTimeout(resolve, 20));
    const follow = (performance.now() - begun) / 1000;
    const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${follower.child.pid}/status`, "utf8"))[1] / 1024;
    await follower.stop();
    assert.equal(run("--store", copy, "head").trim(), head);
    rmSync(copy, { recursive: true });
    if (round === 0) continue; // to warm up
    rebuilt.push(rebuild);
    followed.push(follow);
    peaks.push(peak);
  }
  const ratio = median(rebuilt.map((each, i) => each / followed[i]));
  context.diagnostic(`${head.split("@")[1]} events: followed from the start of the program in ${median(followed).toFixed(2)} s, rebuilt in ${median(rebuilt).toFixed(2)} s: ${ratio.toFixed(2)} times as fast; ${median(peaks).toFixed(0)} MiB at most`);
  await leader.stop();
});

// What DuckDB takes for the same questions, in a database of its own in memory.
// Usage: duckdb.mjs EVENTS.jsonl FROM TO   Prints, as words: the seconds of reading the file into a
// table, of writing it as JSON, of a difference of what was known on two days by SQL; and of that
// the subjects of which something became known between them, and how many events that were.
// Exits with 2 where @duckdb/node-api cannot be found (from the current directory, or NODE_PATH).
import { createRequire } from 'node:module'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

let duckdb
try {
  duckdb = createRequire(join(process.cwd(), 'here'))('@duckdb/node-api')
} catch {
  process.exit(2)
}
const [file, from, to] = process.argv.slice(2)
const directory = mkdtempSync(join(tmpdir(), 'solnoma-duckdb-'))
try {
  const instance = await duckdb.DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  await connection.run('SET threads TO 2')
  const timed = async (sql) => {
    const begin = performance.now()
    const reader = await connection.runAndReadAll(sql)
    return [(performance.now() - begin) / 1e3, reader.getRows()]
  }
  const [read] = await timed(`CREATE TABLE events AS SELECT * FROM read_json('${file}', format='newline_delimited')`)
  const [write] = await timed(`COPY events TO '${join(directory, 'out.jsonl')}' (FORMAT json)`)
  // Per subject the newest milestone that was known on each of the days, and all that came between.
  const known = (day) => `SELECT subject, arg_max(type, (occurred, id)) AS stands
    FROM events WHERE known <= '${day}' GROUP BY subject`
  const [diff, rows] = await timed(`SELECT count(*), sum(news) FROM (
    SELECT n.subject, len(n.told) AS news, b.stands AS before, a.stands AS after
    FROM (SELECT subject, list({id: id, type: type, title: data.title} ORDER BY known) AS told
          FROM events WHERE known > '${from}' AND known <= '${to}' GROUP BY subject) n
    LEFT JOIN (${known(from)}) b USING (subject) LEFT JOIN (${known(to)}) a USING (subject))`)
  console.log(read, write, diff, String(rows[0][0]), String(rows[0][1] ?? 0))
} finally {
  rmSync(directory, { recursive: true })
}

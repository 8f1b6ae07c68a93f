// Certificates by the authority that run.sh has made, which node trusts.

import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { directory } from "./support.js";

const folder = process.env.SOLNOMA_AUTHORITY;
if (!folder) throw new Error("SOLNOMA_AUTHORITY names the folder of the authority: run tests/serve/run.sh");
export const authority = join(folder, "authority.pem");

const openssl = (...args) => execFileSync("openssl", args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

/** A certificate for this machine and chronicle.example, and its key, in files of their own. */
export function makeCertificate(name, { key = ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"], days = "30", subject = `/CN=${name}` } = {}) {
  const own = mkdtempSync(join(directory, "certificate-"));
  const files = { name, certificate: join(own, "certificate.pem"), key: join(own, "key.pem") };
  const request = join(own, "request.pem");
  const extensions = join(own, "extensions");
  writeFileSync(extensions, "subjectAltName=DNS:localhost,DNS:chronicle.example,IP:127.0.0.1\n");
  openssl("req", "-new", "-newkey", ...key, "-nodes", "-subj", subject, "-keyout", files.key, "-out", request);
  openssl("x509", "-req", "-in", request, "-CA", authority, "-CAkey", join(folder, "authority.key"), "-days", days,
    "-extfile", extensions, "-out", files.certificate);
  chmodSync(files.key, 0o600);
  return files;
}

/** The options of a server that has it. */
export const options = (files) => ["--tls-certificate", files.certificate, "--tls-key", files.key];
export const read = (file) => readFileSync(file, "utf8");

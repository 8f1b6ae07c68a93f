"""A time-stamping authority (RFC 3161) for the tests, and others that do not keep to it.

Usage: authority.py DIRECTORY. Makes certificates there (authority.pem, unknown.pem), prints the port
of a server on this machine, and serves until its standard input is closed. What a path gives:
see ANSWERS below."""

import http.server
import os
import pathlib
import subprocess
import sys
import threading

work = pathlib.Path(sys.argv[1])
closed = threading.Event()

CONFIG = """
[ca]
default_ca = store
[store]
dir = {work}
database = {work}/{ca}.index
serial = {work}/{ca}.serial
new_certs_dir = {work}
default_md = sha256
policy = names
certificate = {work}/{ca}.pem
private_key = {work}/{ca}.key
[names]
commonName = supplied
[stamping]
extendedKeyUsage = critical,timeStamping
keyUsage = critical,digitalSignature
[tsa]
default_tsa = authority
[authority]
serial = {work}/{name}.stamps
signer_digest = sha256
default_policy = 1.2.3.4.1
other_policies = 1.2.3.4.2
digests = sha256
accuracy = secs:2
"""


def openssl(*arguments, stdin=None):
    run = subprocess.run(["openssl", *arguments], input=stdin, capture_output=True)
    if run.returncode != 0:
        sys.exit(f"openssl {' '.join(arguments)}: {run.stderr.decode()}")
    return run.stdout


def make_root(ca):
    openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "3650",
            "-subj", f"/CN=Root {ca}", "-keyout", f"{work}/{ca}.key", "-out", f"{work}/{ca}.pem")
    (work / f"{ca}.index").write_text("")
    (work / f"{ca}.serial").write_text("01\n")


def make_authority(ca, name, common_name, begin, end):
    (work / f"{name}.cnf").write_text(CONFIG.format(work=work, ca=ca, name=name))
    (work / f"{name}.stamps").write_text("01\n")
    openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
            "-subj", f"/CN={common_name}", "-keyout", f"{work}/{name}.key", "-out", f"{work}/{name}.csr")
    openssl("ca", "-batch", "-notext", "-config", f"{work}/{name}.cnf", "-extensions", "stamping",
            "-startdate", begin, "-enddate", end, "-in", f"{work}/{name}.csr", "-out", f"{work}/{name}-tsa.pem")


one_at_a_time = threading.Lock()
last_good = []


def reply(name, query):
    with one_at_a_time:
        (work / "query").write_bytes(query)
        openssl("ts", "-reply", "-config", f"{work}/{name}.cnf", "-queryfile", f"{work}/query", "-out",
                f"{work}/reply", "-signer", f"{work}/{name}-tsa.pem", "-inkey", f"{work}/{name}.key")
        return (work / "reply").read_bytes()


def of_other_text(query):
    at = query.index(b"\x04\x20") + 2
    return query[:at] + bytes(32) + query[at + 32:]


def good(query):
    last_good.append(query)
    return reply("good", query)


ANSWERS = {
    "/good": good,
    "/replay": lambda query: reply("good", last_good[-1]),
    "/other": lambda query: reply("good", of_other_text(query)),
    "/unknown": lambda query: reply("unknown", query),
    "/expired": lambda query: reply("expired", query),
    "/garbage": lambda query: b"<html>no stamp</html>",
    "/empty": lambda query: b"",
    "/half": lambda query: reply("good", query)[:200],
    "/large": lambda query: bytes(2 << 20),
}


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        query = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/hang":
            closed.wait()
            return
        cut = self.path == "/cut"
        answer = ANSWERS.get("/good" if cut else self.path)
        right_type = self.headers["Content-Type"] == "application/timestamp-query"
        self.send_response(200 if answer and right_type else 404)
        text = answer(query) if answer else b"nothing here"
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text[: len(text) // 2] if cut else text)

    def log_message(self, *_):
        pass


for root in ("trusted", "strange"):
    make_root(root)
make_authority("trusted", "good", "Stamps of the test", "20200101000000Z", "20990101000000Z")
make_authority("trusted", "expired", "Stamps of the past", "20200101000000Z", "20210101000000Z")
make_authority("strange", "unknown", "Stamps of a stranger", "20200101000000Z", "20990101000000Z")
(work / "authority.pem").write_bytes((work / "trusted.pem").read_bytes())
(work / "unknown.pem").write_bytes((work / "strange.pem").read_bytes())

server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_port, flush=True)
sys.stdin.read()
closed.set()
os._exit(0)

#!/usr/bin/python3
"""Runs the program as solnoma.service would have systemd run it, where there is no systemd to do so: by the
unit's own filter of system calls, its families of addresses, without memory that is written and executed, without
capabilities, and, as root, as nobody, in a system that cannot be written but for the store. It is asked, told of
events, tells of them by a webhook, and is ended.
Usage: confined.py PROGRAM UNIT"""

import ctypes
import errno
import http.client
import http.server
import json
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading

import seccomp

PROGRAM, UNIT = os.path.realpath(sys.argv[1]), sys.argv[2]
NOBODY = 65534
PROT_WRITE, PROT_EXEC, SHM_EXEC = 2, 4, 0o100000
PR_SET_NO_NEW_PRIVS, PR_CAPBSET_DROP = 38, 24
CLONE_NEWNS, MS_RDONLY, MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE = 0x20000, 1, 32, 4096, 16384, 1 << 18
libc = ctypes.CDLL(None, use_errno=True)


def settings(name):
    """What the unit says of it, in its order."""
    with open(UNIT, encoding="utf-8") as unit:
        return re.findall(rf"^{name}=(.*)$", unit.read(), re.M)


def calls_of(name):
    """The system calls of a set, as systemd has it."""
    if not name.startswith("@"):
        return {name}
    lines = subprocess.run(["systemd-analyze", "syscall-filter", name], capture_output=True, text=True, check=True).stdout
    names = [line.strip() for line in lines.splitlines()[1:]]
    return set().union(*(calls_of(each) for each in names if each and not each.startswith("#")))


def permitted():
    calls = set()
    for line in settings("SystemCallFilter"):
        told = set().union(*(calls_of(each) for each in line.lstrip("~").split()))
        calls = calls - told if line.startswith("~") else calls | told
    return calls


def filter_of(calls):
    result = seccomp.SyscallFilter(seccomp.ERRNO(errno.EPERM))
    masked = lambda at, mask, value: seccomp.Arg(at, seccomp.MASKED_EQ, mask, value)
    both = PROT_WRITE | PROT_EXEC
    # MemoryDenyWriteExecute=, RestrictAddressFamilies=
    narrow = {
        "mmap": [masked(2, both, 0), masked(2, both, PROT_WRITE), masked(2, both, PROT_EXEC)],
        "mprotect": [masked(2, PROT_EXEC, 0)],
        "pkey_mprotect": [masked(2, PROT_EXEC, 0)],
        "shmat": [masked(2, SHM_EXEC, 0)],
        "socket": [seccomp.Arg(0, seccomp.EQ, getattr(socket, each)) for each in settings("RestrictAddressFamilies")[0].split()],
    }
    assert settings("MemoryDenyWriteExecute") == ["yes"]
    for call in sorted(calls):
        try:
            if call not in narrow:
                result.add_rule(seccomp.ALLOW, call)
            for argument in narrow.get(call, []):
                result.add_rule(seccomp.ALLOW, call, argument)
        except RuntimeError:  # one of a newer kernel, or of another machine
            pass
    return result


def checked(result):
    if result != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def confine(work, rules):
    """Of the process that becomes the program."""
    if os.getuid() == 0:
        checked(libc.unshare(CLONE_NEWNS))
        checked(libc.mount(None, b"/", None, MS_REC | MS_PRIVATE, None))
        writable = [work, "/tmp", "/var/tmp"]  # the store, and PrivateTmp=
        for point in writable:
            checked(libc.mount(point.encode(), point.encode(), None, MS_BIND, None))
        with open("/proc/self/mounts", encoding="utf-8") as mounts:
            points = [line.split()[1].encode().decode("unicode_escape") for line in mounts]
        for point in points:
            if point not in writable:  # what cannot be mounted anew is none that the program could write to
                libc.mount(None, point.encode(), None, MS_REMOUNT | MS_BIND | MS_RDONLY, None)
        for capability in range(64):
            libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    os.umask(0o077)
    checked(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
    rules.load()


class Receiver(http.server.BaseHTTPRequestHandler):
    """Who is told by a webhook."""
    told = threading.Event()

    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(204)
        self.end_headers()
        self.told.set()

    def log_message(self, *words):
        pass


def main():
    work = os.path.realpath(tempfile.mkdtemp(prefix="solnoma-confined-", dir="/var/lib" if os.getuid() == 0 else None))
    # /root, where a build may lie, is not for nobody.
    program = os.path.join(work, "solnoma")
    subprocess.run(["cp", PROGRAM, program], check=True)
    state = os.path.join(work, "state")
    os.mkdir(state)
    os.chmod(work, 0o755)
    if os.getuid() == 0:
        os.chown(state, NOBODY, NOBODY)
    rules = filter_of(permitted())
    notified = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    notify = os.path.join(state, "notify")
    notified.bind(notify)
    os.chmod(notify, 0o777)
    notified.settimeout(20)
    surroundings = {"PATH": "/usr/bin:/bin", "SOLNOMA_STORE": f"{state}/solnoma.store", "SOLNOMA_CONFIG": "", "NOTIFY_SOCKET": notify}
    place = lambda text: text.replace("/usr/bin/solnoma", program)

    def begin(command, **options):
        return subprocess.Popen(command, env=surroundings, cwd=state, text=True,
                                preexec_fn=lambda: confine(state, rules), **options)

    # What they forbid is forbidden.
    probe = "import socket, mmap, os; socket.socket(socket.AF_INET)\n" \
            "try: socket.socket(socket.AF_NETLINK)\nexcept PermissionError: pass\nelse: raise SystemExit(3)\n" \
            "try: mmap.mmap(-1, 4096, prot=7)\nexcept PermissionError: pass\nelse: raise SystemExit(4)\n"
    if os.getuid() == 0:
        probe += "try: os.mkdir('/usr/share/solnoma-probe')\nexcept OSError: pass\nelse: raise SystemExit(5)\n"
    assert begin(["/usr/bin/python3", "-c", probe]).wait() == 0

    before = settings("ExecStartPre")[0]
    script = re.fullmatch(r"/bin/sh -c '(.*)'", before).group(1)
    for _ in range(2):
        assert begin(["/bin/sh", "-c", place(script)]).wait() == 0, before
    receiver = http.server.HTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=receiver.serve_forever, daemon=True).start()
    url = f"http://localhost:{receiver.server_port}/"
    told = begin([program, "webhook", "add", "told", url, "--unencrypted"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    assert told.wait() == 0
    start = place(settings("ExecStart")[0]).replace(" $OPTIONS", "").split()
    server = begin([*start, "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        assert notified.recv(100) == b"READY=1"
        said = [server.stdout.readline() for _ in range(3)]
        port = int(re.search(r"http://127\.0\.0\.1:(\d+)/$", said[0]).group(1))
        token = re.search(r"Bearer (\S+)", said[2]).group(1)

        def ask(method, path, body=None, headers=None):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read()

        event = {"specversion": "1.0", "id": "one", "source": "urn:test", "type": "solnoma.opened", "subject": "park/one",
                 "occurred": "2025-06-01", "known": "2025-06-02", "datacontenttype": "application/json",
                 "data": {"title": {"en": "One opens"}}}
        kind = {"Authorization": f"Bearer {token}", "Content-Type": "application/cloudevents+json"}
        status, answer = ask("POST", "/v1/events", json.dumps(event), kind)
        assert status == 201, answer
        # Names are looked up by the same rules.
        assert Receiver.told.wait(60), "no webhook was delivered"
        # Libraries that are loaded for one format run by the same rules.
        for form in ["json", "html", "csv", "xlsx", "svg", "png", "pdf", "ics"]:
            status, answer = ask("GET", f"/v1/report.{form}")
            assert status == 200 and len(answer) > 100, f"{form}: {status} {answer[:200]}"
        assert ask("GET", "/v1/search?q=opens")[0] == 200
        assert ask("GET", "/v1/head")[0] == 200
        server.send_signal(signal.SIGTERM)
        assert server.wait(20) == 0
        complaints = server.stderr.read()

        # By a certificate whose key root hands to the service by its group.
        certificate, key = os.path.join(work, "certificate.pem"), os.path.join(work, "key.pem")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                        "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate],
                       check=True, capture_output=True)
        if os.getuid() == 0:
            os.chown(key, 0, NOBODY)
            os.chmod(key, 0o640)
        server = begin([*start, "--listen", "127.0.0.1:0", "--tls-certificate", certificate, "--tls-key", key],
                       stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert notified.recv(100) == b"READY=1"
        port = int(re.search(r"https://127\.0\.0\.1:(\d+)/$", server.stdout.readline()).group(1))
        trusting = ssl.create_default_context(cafile=certificate)
        connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=60, context=trusting)
        connection.request("GET", "/v1/head")
        assert connection.getresponse().status == 200
        server.send_signal(signal.SIGTERM)
        assert server.wait(20) == 0
        complaints += server.stderr.read()
    finally:
        server.kill()
        subprocess.run(["rm", "-rf", work], check=True)
    for word in ["ermitted", "denied", "which is not there"]:
        assert word not in complaints, complaints


main()

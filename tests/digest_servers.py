#!/usr/bin/env python3
"""Starts web servers that other people wrote, each behind HTTP digest, for the SDK's tests.

Prints one line of JSON on standard output: under "servers" the base URL of each server that runs,
under "missing" what is not installed. The servers run on loopback addresses until standard input is
closed, which also happens when whoever started this dies, and leave nothing behind.
`.ci/install-servers` installs what is needed.
"""

import hashlib
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

USER, REALM, PASSWORD = "zmmrboas", "MMS Public API", "7ac3d6b1-52f0-4b8e-9a4e-0f5d5a3c2b1e"
ROOT = pathlib.Path(__file__).resolve().parent.parent
MODULES = pathlib.Path("/usr/lib/apache2/modules")

APACHE = """
ServerRoot "{home}"
ServerName localhost
PidFile "{home}/{name}.pid"
ErrorLog "{home}/{name}.log"
LogLevel info
Listen 127.0.0.1:{port}
DocumentRoot "{home}/www"
User nobody
Group nogroup
{modules}
# one process which keeps its connections, so that none breaks for reasons of its own
StartServers 1
ServerLimit 1
ThreadLimit 128
ThreadsPerChild 128
MaxRequestWorkers 128
MinSpareThreads 1
MaxSpareThreads 128
KeepAliveTimeout 60
MaxKeepAliveRequests 0
# what the server remembers of challenges: by default it is eight clients or so
{memory}
<Location "/">
  AuthType Digest
  AuthName "{realm}"
  AuthUserFile "{home}/md5"
  Require valid-user
</Location>
<Location "/lasting">
  AuthDigestNonceLifetime 300
</Location>
<Location "/short">
  AuthDigestNonceLifetime 1
</Location>
<Location "/once">
  AuthDigestNonceLifetime 0
</Location>
<Location "/ordered">
  AuthDigestNcCheck On
</Location>
<Location "/short-ordered">
  AuthDigestNcCheck On
  AuthDigestNonceLifetime 1
</Location>
"""

LIGHTTPD = """
server.document-root = "{home}/www"
server.bind = "127.0.0.1"
server.port = {port}
server.errorlog = "{home}/lighttpd.log"
server.modules = ( "mod_auth", "mod_authn_file" )
index-file.names = ( "index.html" )
auth.backend = "htdigest"
auth.backend.htdigest.userfile = "{home}/both"
$HTTP["url"] =~ "^/sha-512-256/" {{
  auth.backend.htdigest.userfile = "{home}/sha512_256"
}}
auth.require = (
  {places}
)
"""


def digest(algorithm, text):
    return hashlib.new(algorithm, text.encode()).hexdigest()


def make_home(home):
    """Documents and passwords, readable by the user as whom Apache runs."""
    os.chmod(home, 0o755)
    for place in ["lasting", "short", "once", "ordered", "short-ordered",
                  "two", "md5", "sha-256", "sha-512-256", "userhash"]:
        folder = home / "www" / place
        folder.mkdir(parents=True)
        (folder / "index.html").write_text("ok\n")
    secret = f"{USER}:{REALM}:{PASSWORD}"
    lines = {name: f"{USER}:{REALM}:{digest(name, secret)}" for name in
             ["md5", "sha256", "sha512_256"]}
    (home / "md5").write_text(lines["md5"] + "\n")
    hashed = {name: line + ":" + digest(name, f"{USER}:{REALM}") for name, line in lines.items()}
    # lighttpd tells algorithms apart by the length of a hash, which two of them share
    (home / "both").write_text(hashed["md5"] + "\n" + hashed["sha256"] + "\n")
    (home / "sha512_256").write_text(hashed["sha512_256"] + "\n")


def apache(home, port, name="apache", memory=""):
    program = shutil.which("apache2", path="/usr/sbin:" + os.environ.get("PATH", ""))
    names = ["mpm_event", "authn_core", "authn_file", "authz_core", "authz_user", "auth_digest", "dir"]
    if not program or not (MODULES / "mod_auth_digest.so").exists():
        return None
    modules = "\n".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so" for name in names)
    config = home / f"{name}.conf"
    config.write_text(APACHE.format(home=home, port=port, realm=REALM, modules=modules, name=name,
                                    memory=memory))
    return [program, "-DFOREGROUND", "-f", str(config)]


def roomy_apache(home, port):
    return apache(home, port, "roomy_apache", "AuthDigestShmemSize 4M")


def lighttpd(home, port):
    program = shutil.which("lighttpd", path="/usr/sbin:" + os.environ.get("PATH", ""))
    if not program:
        return None
    kinds = {"/two": "SHA-256|MD5", "/md5": "MD5", "/sha-256": "SHA-256",
             "/sha-512-256": "SHA-512-256", "/userhash": "SHA-256"}
    places = ",\n  ".join(
        f'"{place}" => ("method" => "digest", "realm" => "{REALM}", "require" => "valid-user", '
        f'"algorithm" => "{algorithm}"'
        + (', "userhash" => "enable"' if place == "/userhash" else "") + ")"
        for place, algorithm in kinds.items())
    config = home / "lighttpd.conf"
    config.write_text(LIGHTTPD.format(home=home, port=port, places=places))
    return [program, "-D", "-f", str(config)]


def httpbin(home, port):
    python = ROOT / "target" / "digest-servers" / "bin" / "python"
    if not python.exists():
        return None
    probe = subprocess.run([python, "-c", "import gunicorn, httpbin"], capture_output=True)
    if probe.returncode != 0:
        return None
    return [str(python), "-m", "gunicorn", "--threads", "8", "--bind", f"127.0.0.1:{port}",
            "--worker-tmp-dir", str(home), "--log-level", "warning", "httpbin:app"]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port):
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2).close()
        return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def start(make, home, log):
    """A running server and its port; none if it is not installed, an error if it does not start."""
    for _ in range(3):
        port = free_port()
        command = make(home, port)
        if command is None:
            return None
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        deadline = time.monotonic() + 30
        while process.poll() is None and time.monotonic() < deadline:
            if answers(port):
                return process, port
            time.sleep(0.05)
        stop(process)
    raise SystemExit(f"{command[0]} does not start: {(home / 'output.log').read_text()}")


def stop(process):
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    # no proxy stands between a test and this machine
    urllib.request.install_opener(urllib.request.build_opener(urllib.request.ProxyHandler({})))
    running, report = [], {"servers": {}, "missing": []}
    with tempfile.TemporaryDirectory(prefix="digest-servers-") as folder:
        home = pathlib.Path(folder)
        make_home(home)
        try:
            with open(home / "output.log", "w") as log:
                for make in [apache, roomy_apache, lighttpd, httpbin]:
                    started = start(make, home, log)
                    if started is None:
                        report["missing"].append(make.__name__)
                        continue
                    running.append(started[0])
                    report["servers"][make.__name__] = f"http://127.0.0.1:{started[1]}"
                print(json.dumps(report), flush=True)
                sys.stdin.read()
        finally:
            for process in running:
                stop(process)


if __name__ == "__main__":
    main()

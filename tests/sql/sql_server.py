# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the SQL Server for tests, and the helper program presync-sql against it."""
import hashlib
import json
import os
import pathlib
import ssl
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))

import certificates  # noqa: E402

BUILD = pathlib.Path(os.environ.get("PRESYNC_BUILD", HERE.parents[1] / ".build" / "test"))
HELPER = pathlib.Path(os.environ.get("PRESYNC_LIBEXEC_DIR", BUILD / "src/sources/sql/helper")) / "presync-sql"
PASSWORD = "Pa55-w\u00f6rt-\u20ac"


class Keys:
    """a folder of certificates: keys.get("expired") makes folder/expired.pem at the first call"""

    def __init__(self, folder):
        self.folder = str(folder)
        certificates.make_server(self.folder, "good", "localhost", "127.0.0.1")
        self.authority = self.folder + "/ca.pem"

    def get(self, fault="good", address="127.0.0.1"):
        name = fault if address == "127.0.0.1" else fault + address
        if not os.path.exists(f"{self.folder}/{name}.pem"):
            certificates.make_server(self.folder, name, "localhost", address, "" if fault == "good" else fault)
        return f"{self.folder}/{name}"

    def pin(self, fault):
        with open(self.get(fault) + ".pem", encoding="ascii") as stream:
            return hashlib.sha256(ssl.PEM_cert_to_DER_cert(stream.read())).hexdigest()


class Server:
    """fake-tds.py in one mode; a context manager"""

    def __init__(self, keys, mode="ok", *options, certificate="good", then=None, address="127.0.0.1"):
        self.log_file = tempfile.NamedTemporaryFile()
        chosen = ["--certificate", keys.get(certificate, address)]
        if then:
            chosen += ["--certificate", keys.get(then)]
        self.child = subprocess.Popen(
            [sys.executable, HERE / "fake-tds.py", "--mode", mode, "--address", address, *chosen,
             *(str(o) for o in options)], stdout=subprocess.PIPE, stderr=self.log_file, text=True)
        line = self.child.stdout.readline().split()
        if len(line) != 2:
            raise RuntimeError(f"fake-tds.py does not start: {self.log}")
        self.port = int(line[1])
        self.request = {"server": "localhost" if address == "127.0.0.1" else address, "port": self.port,
                        "login": "presync", "password": PASSWORD, "ca-file": keys.authority}

    @property
    def log(self):
        self.log_file.seek(0)
        return self.log_file.read().decode()

    def logins(self):
        """what was sent to sign in, parsed"""
        return [json.loads(line.split("login7 ", 1)[1]) for line in self.log.splitlines() if "login7 {" in line]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.child.kill()
        self.child.wait()
        self.child.stdout.close()
        self.log_file.close()


class Answer:
    """what the helper printed"""

    def __init__(self, code, output, errors, seconds):
        self.code, self.output, self.errors, self.seconds = code, output, errors, seconds
        self.stages, self.texts = [], {}
        self.certificate = self.prelogin = self.browser = self.error = self.result = None
        for line in output.decode().splitlines():
            message = json.loads(line)
            if self.error or self.result:
                raise AssertionError(f"a line after the last one: {line}")
            if "stage" in message:
                self.stages.append((message["stage"], message["state"]))
                self.texts[message["stage"]] = message.get("text")
            for name in ("certificate", "prelogin", "browser", "error", "result"):
                setattr(self, name, message.get(name, getattr(self, name)))

    def read(self, name):
        return next(r for r in self.result["reads"] if r["id"] == name)

    def row(self, name):
        rows = self.read(name)["rows"]
        if len(rows) != 1:
            raise AssertionError(f"{name}: {rows}")
        return rows[0]

    def __repr__(self):
        return f"exit {self.code} after {self.seconds:.1f} s: {self.error or self.stages} {self.errors!r}"


def start(environment=None):
    """the helper, waiting for its request"""
    # LeakSanitizer breaks down over threads of GLib's TLS and over drivers that are loaded and unloaded
    options = {"ASAN_OPTIONS": "detect_leaks=0"}
    return subprocess.Popen([HELPER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                            env={**os.environ, **options, **(environment or {})})


def run(request, environment=None, timeout=60, **changes):
    """Answer to a request (a dictionary, changed by @changes with _ for -; or bytes)"""
    if not isinstance(request, bytes):
        changed = {**request, **{k.replace("_", "-"): v for k, v in changes.items()}}
        request = json.dumps(changed).encode()
    begin = time.monotonic()
    child = start(environment)
    output, errors = child.communicate(request, timeout)
    return Answer(child.returncode, output, errors.decode(), time.monotonic() - begin)

# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs presync-cli as a person would, and reads what it prints."""
import json
import os
import pathlib
import resource
import subprocess
import tempfile
import time

SOURCE = pathlib.Path(os.environ.get("PRESYNC_SOURCE", pathlib.Path(__file__).resolve().parents[2]))
BUILD = pathlib.Path(os.environ.get("PRESYNC_BUILD", SOURCE / ".build" / "test"))
CLI = BUILD / "src" / "cli" / "presync-cli"
APP = BUILD / "src" / "app" / "presync"

READY, NOT_READY, NOT_YET_KNOWN = 0, 1, 2
VERDICTS = (READY, NOT_READY, NOT_YET_KNOWN)
USAGE, BAD_INPUT, UNREACHABLE, INTERNAL, CANNOT_WRITE, REFUSED = 64, 65, 69, 70, 73, 77


class Result:
    """exit status, output, time and greatest memory of one run"""

    def __init__(self, code, output, errors, seconds, memory):
        self.code, self.output, self.errors = code, output, errors
        self.seconds, self.memory = seconds, memory
        self._json = None

    @property
    def json(self):
        if self._json is None:
            self._json = json.loads(self.output)
        return self._json

    def conditions(self):
        """{id: condition} of both options"""
        return {c["id"]: c for o in self.json["options"] for r in o["requirements"]
                for c in r["conditions"]}

    def statuses(self):
        return {i: c["status"] for i, c in self.conditions().items()}

    def __repr__(self):
        return f"exit {self.code} after {self.seconds:.1f} s: {self.errors.strip()!r}"


def run(*arguments, timeout=60, environment=None, prefix=(), memory_limit=None):
    """Runs presync-cli; memory is its greatest resident size in bytes."""
    def limit():
        if memory_limit:
            resource.setrlimit(resource.RLIMIT_AS, (memory_limit, memory_limit))
    start = time.monotonic()
    command = [str(a) for a in (*prefix, CLI, *arguments)]
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        child = subprocess.Popen(command, stdout=output, stderr=errors, stdin=subprocess.DEVNULL,
                                 env={**os.environ, **(environment or {})},
                                 preexec_fn=limit if memory_limit else None)
        deadline = start + timeout
        while True:
            pid, status, usage = os.wait4(child.pid, os.WNOHANG)
            if pid:
                break
            if time.monotonic() > deadline:
                child.kill()
                os.wait4(child.pid, 0)
                child.returncode = -9
                raise AssertionError(f"presync-cli did not end within {timeout} s: {arguments}")
            time.sleep(0.005)
        child.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        return Result(child.returncode, output.read().decode("utf-8", "replace"),
                      errors.read().decode("utf-8", "replace"), time.monotonic() - start,
                      usage.ru_maxrss * 1024)


class PasswordFile:
    """a file that holds a password, for as long as the block runs"""

    def __init__(self, password):
        self.password = password

    def __enter__(self):
        handle, self.path = tempfile.mkstemp()
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(self.password + "\n")
        return self.path

    def __exit__(self, *_):
        os.unlink(self.path)


def check(server, authority=None, name="Administrator@presync.test", password="Passw0rd.Admin1",
          more=(), output="json", **named):
    """presync-cli check of a directory with a simple bind"""
    with PasswordFile(password) as path:
        arguments = ["check", "--format", output, "--directory", server, "--sign-in-as", name,
                     "--password-file", path]
        if authority:
            arguments += ["--ca-file", authority]
        return run(*arguments, *more, **named)


def one_sentence(result, *names):
    """Standard error is one clear sentence that names the server; nothing of a stack or a library."""
    lines = [l for l in result.errors.strip().split("\n") if l]
    if len(lines) != 1:
        raise AssertionError(f"not one sentence: {result.errors!r}")
    sentence = lines[0]
    for name in names:
        if name not in sentence:
            raise AssertionError(f"{name!r} is not named in {sentence!r}")
    for word in ("(null)", "CRITICAL", "WARNING", "GError", "assert"):
        if word in sentence:
            raise AssertionError(f"{word} in {sentence!r}")

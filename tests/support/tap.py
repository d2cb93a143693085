# SPDX-License-Identifier: GPL-3.0-or-later
"""A small test runner that speaks TAP. A test is a function registered with @case("what it shows")."""
import os
import subprocess
import sys
import threading
import time
import traceback

# Where a copy of a test program finds which case is next (share_out()).
TURNS = "PRESYNC_TURNS"
MAX_CASES = 1000


class Skip(Exception):
    """raised by a test that cannot run here, with the reason"""


_cases = []


def case(title):
    def register(function):
        _cases.append((title, function))
        return function
    return register


def add(title, function):
    _cases.append((title, function))


def equal(found, wanted, what=""):
    if found != wanted:
        raise AssertionError(f"{what or 'value'}: found {found!r}, wanted {wanted!r}")


def contains(text, part, what="text"):
    if part not in text:
        raise AssertionError(f"{what}: {part!r} is not in {text[:500]!r}")


def _comment(text):
    for line in text.rstrip().split("\n"):
        print(f"# {line}")


def _turns(count):
    """numbers of the cases to run: all, or what other copies of this program leave"""
    if TURNS not in os.environ:
        yield from range(count)
        return
    pipe = int(os.environ[TURNS])
    while turn := os.read(pipe, 2):
        if (number := int.from_bytes(turn, "big")) < count:
            yield number


def run(*arguments):
    """Runs all cases, or those whose title contains a word of the command line; exits."""
    words = sys.argv[1:]
    chosen = [c for c in _cases if not words or any(w in c[0] for w in words)]
    failed = 0
    print(f"1..{len(chosen)}", flush=True)
    for number in _turns(len(chosen)):
        title, function = chosen[number]
        start = time.monotonic()
        try:
            function(*arguments)
            print(f"ok {number + 1} - {title}")
        except Skip as reason:
            print(f"ok {number + 1} - {title} # SKIP {reason}")
        except Exception:  # a test that breaks in any way has failed, the next one still runs
            failed += 1
            print(f"not ok {number + 1} - {title}")
            _comment(traceback.format_exc())
            # the runner of all tests shows only this of a test that failed
            print(f"{title}: {traceback.format_exc()}", file=sys.stderr, flush=True)
        _comment(f"{time.monotonic() - start:.2f} s")
        sys.stdout.flush()
    return failed


def share_out(command, environment, copies):
    """Starts a command that runs cases so many times at once; every case runs in one of them, the last ones first
    (what waits longest stands there). Their results are printed as those of one program. Returns an exit status."""
    turns, more = os.pipe()
    os.write(more, b"".join(n.to_bytes(2, "big") for n in reversed(range(MAX_CASES))))
    os.close(more)
    children = [subprocess.Popen(command, env={**environment, TURNS: str(turns)}, pass_fds=[turns], text=True,
                                 stdout=subprocess.PIPE) for _ in range(copies)]
    lock, plans, count = threading.Lock(), set(), 0

    def read(child):
        nonlocal count
        for line in child.stdout:
            with lock:
                if line.startswith("1.."):
                    plans.add(line)
                    continue
                result, _, title = line.partition(" - ")
                if result.startswith(("ok ", "not ok ")):
                    count += 1
                    line = f"{result.rpartition(' ')[0]} {count} - {title}"
                print(line, end="", flush=True)

    readers = [threading.Thread(target=read, args=(child,)) for child in children]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    # What a copy that ended before its time did not run is missing from the plan.
    print(*plans, sep="", end="", flush=True)
    return next((c.returncode for c in children if c.wait()), 0)

# SPDX-License-Identifier: GPL-3.0-or-later
"""A small test runner that speaks TAP. A test is a function registered with @case("what it shows")."""
import sys
import time
import traceback


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


def run(*arguments):
    """Runs all cases, or those whose title contains a word of the command line; exits."""
    words = sys.argv[1:]
    chosen = [c for c in _cases if not words or any(w in c[0] for w in words)]
    failed = 0
    print(f"1..{len(chosen)}", flush=True)
    for number, (title, function) in enumerate(chosen, 1):
        start = time.monotonic()
        try:
            function(*arguments)
            print(f"ok {number} - {title}")
        except Skip as reason:
            print(f"ok {number} - {title} # SKIP {reason}")
        except Exception:  # a test that breaks in any way has failed, the next one still runs
            failed += 1
            print(f"not ok {number} - {title}")
            _comment(traceback.format_exc())
            # the runner of all tests shows only this of a test that failed
            print(f"{title}: {traceback.format_exc()}", file=sys.stderr, flush=True)
        _comment(f"{time.monotonic() - start:.2f} s")
        sys.stdout.flush()
    return failed

#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers that hang, lie and break: presync-cli ends in time, says one sentence that names the
server, stays within its memory, and never calls met what it could not read whole."""
import concurrent.futures
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

import presync  # noqa: E402
import tap  # noqa: E402

FAULTY = pathlib.Path(__file__).resolve().parent.parent / "directory" / "faulty-ldap"

# The longest wait of one step is 15 s; a server may use up several before it shows what it is.
SECONDS = 50
MEMORY = 400 << 20

# mode: (further options, exit statuses that are right). "read": a verdict, or an error
READ = (*presync.VERDICTS, presync.UNREACHABLE, presync.REFUSED, presync.BAD_INPUT)
DEAD = (presync.UNREACHABLE,)
CERTIFICATE = (presync.UNREACHABLE, presync.REFUSED)
OPTIONS = {
    "huge-value": ["--size", "200000000"],
    "huge-dn": ["--size", "10000000"],
    "huge-count": ["--count", "300000"],
    "dribble": ["--delay", "20"],
    "slow": ["--delay", "1", "--rate", "200000"],
    "hang-after": ["--after-pdus", "4"],
    "reset-after": ["--after-pdus", "4"],
    "close-after": ["--after-pdus", "4"],
    "disconnect": ["--after-pdus", "4"],
    "tls-no-san": ["--name", "127.0.0.1"],
    "result": ["--code", "49", "--at", "bind", "--diagnostic",
               "80090308: LdapErr: DSID-0C090439, comment: AcceptSecurityContext error, data 52e, v4563"],
}
WANTED = {
    "hang-accept": DEAD, "hang-backlog": DEAD, "hang-bind": DEAD, "reset-accept": DEAD,
    "close-accept": DEAD, "tls-hang": DEAD, "tls-garbage": (*CERTIFICATE, *DEAD),
    "tls-plain": (*CERTIFICATE, *DEAD), "starttls-hang": DEAD, "starttls-refused": CERTIFICATE,
    "starttls-unsupported": CERTIFICATE, "starttls-inject": READ,
    "tls-wrong-name": CERTIFICATE, "tls-expired": CERTIFICATE, "tls-not-yet": CERTIFICATE,
    "tls-self-signed": CERTIFICATE, "tls-unknown-ca": CERTIFICATE, "tls-missing-intermediate": CERTIFICATE,
    "tls-sha1": CERTIFICATE, "tls-old": CERTIFICATE, "tls-weak-key": READ,
    "result": (presync.REFUSED,), "hang-search": DEAD,
}
# These answer properly, if oddly: a verdict must come.
GOOD = ("ok", "tls-ok", "ber-ad-lengths", "page-dup")
# In these no search is ever answered rightly: nothing measured may be met.
BLIND = ("hang-accept", "hang-backlog", "hang-bind", "hang-search", "reset-accept", "close-accept",
         "tls-wrong-name", "tls-expired", "tls-not-yet", "tls-self-signed", "tls-unknown-ca",
         "tls-missing-intermediate", "tls-hang", "tls-garbage", "tls-plain", "starttls-hang",
         "starttls-refused", "starttls-unsupported", "no-rootdse", "is-openldap", "is-ad-lds", "result")
MEASURED = ("cs-forest-functional-level", "cn-forest-functional-level", "cn-netbios-dotted", "cn-writable-dc",
            "cs-schema-2012", "cs-schema-extdirobjid", "cs-kds-root-key", "cs-dc-2012", "cn-recycle-bin",
            "cs-domain-joined")
# A read of these never ends whole: what rests on a search of many objects is not met.
PARTIAL = ("page-no-control", "page-cookie-lost", "page-endless", "page-endless-empty", "size-limit",
           "time-limit", "blackhole-after-page", "ber-control-bad", "endless")
COUNTED = ("cs-limit-objects", "cn-sql-default")


def modes():
    listed = subprocess.run([FAULTY, "--list"], capture_output=True, text=True, check=True).stdout
    return [line.split()[0] for line in listed.splitlines()]


def attack(mode, certificates):
    """(result, what the server said) of one check against the mode"""
    options = ["--certificates", f"{certificates}/{mode}", "--entries", "1200",
               *OPTIONS.get(mode, [])]
    starttls = mode.startswith("starttls-")
    if not starttls:
        options.append("--ldaps")
    server = subprocess.Popen([FAULTY, mode, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        words = server.stdout.readline().split()
        if not words:
            raise AssertionError(server.stderr.read())
        uri = f"{'ldap' if starttls else 'ldaps'}://127.0.0.1:{words[2]}"
        more = ["--starttls"] if starttls else []
        authority = f"{certificates}/{mode}/ca.pem"
        if not os.path.exists(authority):       # a server that never gets to TLS has made none
            authority = None
        result = presync.check(uri, authority, more=[*more, "--sync-server", "SYNC01"], timeout=SECONDS,
                               password="Geheim.77", memory_limit=None)
    finally:
        server.terminate()
        errors = server.communicate()[1]
    return result, errors, words[2]


def judge(mode, outcome):
    result, said, port = outcome
    if result.code < 0:
        raise AssertionError(f"killed by signal {-result.code}: {result.errors}")
    wanted = presync.VERDICTS if mode in GOOD else WANTED.get(mode, READ)
    if result.code not in wanted:
        raise AssertionError(f"exit status not in {wanted}: {result!r}")
    if result.memory > MEMORY:
        raise AssertionError(f"{result.memory >> 20} MB of memory")
    if "WRITE" in said:
        raise AssertionError(f"the server was asked to write: {said}")
    if "Geheim.77" in result.output + result.errors:
        raise AssertionError("the password was printed")
    if result.code not in presync.VERDICTS:
        tap.contains(result.errors, port, "error")
        for line in ("CRITICAL", "WARNING", "(null)", "AddressSanitizer"):
            if line in result.errors:
                raise AssertionError(result.errors)
    statuses = result.statuses()
    for name in MEASURED if mode in BLIND else COUNTED if mode in PARTIAL else ():
        if statuses[name] == "met":
            raise AssertionError(f"{name} is met though it could not be read: {result.conditions()[name]}")
    print(f"# {mode}: {result.seconds:.1f} s, {result.memory >> 20} MB, exit {result.code}"
          f" {result.errors.strip()[:150]}")


def main():
    words = sys.argv[1:]
    chosen = [m for m in modes() if not words or m in words]
    with tempfile.TemporaryDirectory() as certificates, concurrent.futures.ThreadPoolExecutor(8) as pool:
        running = {}
        for mode in chosen:
            os.makedirs(f"{certificates}/{mode}")
        # those that wait longest first
        for mode in sorted(chosen, key=lambda m: not ("hang" in m or "endless" in m or "blackhole" in m)):
            running[mode] = pool.submit(attack, mode, certificates)
        for mode in chosen:
            tap.add(f"faulty server: {mode}", lambda mode=mode: judge(mode, running[mode].result()))
        sys.argv[1:] = []
        return tap.run()


sys.exit(main())

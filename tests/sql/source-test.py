#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a SQL Server to facts, all the way: source, helper program, driver, server."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import presync  # noqa: E402
import sql_server  # noqa: E402
import tap  # noqa: E402
from sql_server import PASSWORD, Server  # noqa: E402
from tap import case, contains, equal  # noqa: E402

PROBE = sql_server.BUILD / "tests/sql/source-probe"
DONE, FAILED, IDLE = 3, 6, 0
REACHED = {"instance_found": "yes", "transport": "TCP"}  # once a PRELOGIN came


def check(server, **changes):
    request = {"name": f"localhost,{server.port}", "login": "presync", "password": PASSWORD,
               "ca-file": server.request["ca-file"], **changes}
    environment = {**os.environ, "PRESYNC_LIBEXEC_DIR": str(sql_server.HELPER.parent)}
    done = subprocess.run([PROBE], input=json.dumps(request), capture_output=True, text=True, timeout=60,
                          env=environment)
    if done.returncode:
        raise AssertionError(f"source-probe: {done.returncode} {done.stderr[-2000:]}")
    if PASSWORD in done.stdout + done.stderr:
        raise AssertionError("the password is shown")
    return json.loads(done.stdout)


def known(answer, **wanted):
    """known(answer, major_version="SQL Server 2019 (15)")"""
    for name, text in wanted.items():
        fact = answer["facts"]["sql." + name.replace("_", "-")]
        equal((fact["unknown"], fact["text"]), ("none", text), name)


def unknown(answer, reason, words, *names):
    for name in names:
        fact = answer["facts"]["sql." + name]
        equal(fact["unknown"], reason, f"{name}: {fact['text']}")
        contains(fact["text"], words, name)


def all_unknown(answer, reason, words, but=()):
    equal(answer["state"], FAILED)
    contains(answer["error"], words)
    equal(len(answer["facts"]), 22)
    for name, fact in answer["facts"].items():
        if name not in but:
            equal((fact["unknown"], fact["text"]), (reason, answer["error"]), name)


@case("a good server: every fact, with the driver in its origin")
def _(keys):
    with Server(keys) as server:
        answer = check(server)
    equal((answer["state"], answer["certificate"], answer.get("error")), (DONE, True, None))
    equal(set(answer["stages"].values()), {"done"})
    equal(len(answer["facts"]), 22)
    known(answer, version="15.0.4430.1", major_version="SQL Server 2019 (15)", edition="Standard Edition (64-bit)",
          on_windows="yes", collation="SQL_Latin1_General_CP1_CI_AS", adsync_database="yes", adsync_size="2 GB",
          transport="TCP", login="presync", sysadmin="yes", rights="yes", max_memory_capped="no", encrypted="yes",
          tls12="yes", certificate_trusted="yes", always_on="no", clustered="no", mirrored="no",
          instance_found="yes", other_engines="none")
    for name, fact in answer["facts"].items():
        contains(fact["query"], "(FreeTDS ", name)
        equal((fact["subject"], fact["complete"]), (f"localhost,{server.port}", True), name)


@case("other servers")
def _(keys):
    for mode, wanted in (
            ("sql2008", {"major_version": "SQL Server 2008 (10)", "on_windows": "yes"}),
            ("case-sensitive", {"adsync_database": "yes"}),
            ("express", {"edition": "Express Edition (64-bit)"}),
            ("linux", {"on_windows": "no"}),
            ("always-on", {"always_on": "yes", "clustered": "yes", "mirrored": "yes", "max_memory_capped": "yes"}),
            ("not-sysadmin", {"sysadmin": "no", "rights": "no", "encrypted": "yes", "transport": "TCP"}),
            ("no-adsync", {"adsync_database": "no", "rights": "no", "mirrored": "no"}),
            ("other-engine", {"other_engines": "FIMSynchronizationService"})):
        with Server(keys, mode) as server:
            answer = check(server)
        equal(answer["state"], DONE, mode)
        known(answer, **wanted)


@case("what a login may not read is unknown, with the permission it needs")
def _(keys):
    with Server(keys, "not-sysadmin") as server:
        answer = check(server)
    unknown(answer, "no-right", "VIEW ANY DATABASE", "other-engines")


@case("a version number of Azure is none of SQL Server")
def _(keys):
    with Server(keys, "azure") as server:
        answer = check(server)
    equal(answer["state"], DONE)
    known(answer, version="12.0.2000.8")
    unknown(answer, "not-offered", f"localhost,{server.port} is an Azure database service", "major-version", "on-windows")


@case("NULL is unknown")
def _(keys):
    with Server(keys, "nulls") as server:
        answer = check(server)
    equal(answer["state"], DONE)
    unknown(answer, "not-offered", "gave no value", "version", "major-version", "edition", "engine-edition",
            "on-windows", "always-on", "clustered", "login", "sysadmin", "rights", "collation")


@case("a thousand databases: what was seen counts, completeness does not")
def _(keys):
    with Server(keys, "many-adsync") as server:
        answer = check(server)
    known(answer, collation="SQL_Latin1_General_CP1_CI_AS", adsync_database="yes")
    equal(answer["facts"]["sql.collation"]["complete"], True)
    contains(answer["facts"]["sql.other-engines"]["text"], "and 195 more")
    equal(answer["facts"]["sql.other-engines"]["complete"], False)


@case("a server that cannot be read leaves nothing known")
def _(keys):
    for mode, reason, words in (
            ("denied", "no-right", "refused the sign-in"), ("ssh", "not-offered", "is not a SQL Server"),
            ("hang-query", "timed-out", "did not answer"), ("drop-mid-row", "unreachable", "broke off"),
            ("hang-prelogin", "timed-out", ""), ("hang-tls", "timed-out", "stopped answering")):
        with Server(keys, mode) as server:
            answer = check(server)
        early = {"sql.version", "sql.major-version", "sql.tls12", "sql.certificate-trusted"}
        if mode in ("ssh", "hang-prelogin"):
            early = set()
        else:
            known(answer, **REACHED)
            early |= {"sql.instance-found", "sql.transport"}
        all_unknown(answer, reason, words, but=early)
        contains(answer["error"], f"localhost,{server.port}")


@case("what was told before the sign-in holds")
def _(keys):
    with Server(keys, "denied") as server:
        answer = check(server)
    known(answer, major_version="SQL Server 2019 (15)", tls12="yes", certificate_trusted="yes", **REACHED)
    with Server(keys, "denied", "--tls", "1.1") as server:
        known(check(server), tls12="no", certificate_trusted="yes")
    with Server(keys, "ok", "--encrypt", "notsup") as server:
        answer = check(server)
        equal(server.logins(), [])
    known(answer, encrypted="no", **REACHED)
    unknown(answer, "failed", "does not offer encryption", "tls12", "edition", "version", "certificate-trusted")


@case("the SQL Server Browser knows the instance, but no TCP port of it")
def _(keys):
    net = f"127.{8 + os.getpid() % 200}.{os.getpid() // 200 % 256}."  # UDP 1434 is one for each address
    for kind, number, wanted in (("no-tcp", 11, {"instance_found": "yes", "transport": "Named Pipes"}),
                                 ("no-protocol", 12, {"instance_found": "yes"}),
                                 ("bad-port", 13, {"instance_found": "yes"}), ("silent", 14, {"instance_found": "no"})):
        address = f"{net}{number}"
        with Server(keys, "ok", "--browser", kind, address=address) as server:
            answer = check(server, name=address + "\\SYNC")
        known(answer, **wanted)
        reason, words = ("unreachable", "did not tell the port") if kind == "silent" else ("not-offered", "enable TCP/IP")
        all_unknown(answer, reason, words, but={"sql." + name.replace("_", "-") for name in wanted})


@case("a certificate: refused and shown, accepted by its fingerprint, never trusted for that")
def _(keys):
    refused = {"sql.certificate-trusted", "sql.instance-found", "sql.transport"}
    with Server(keys, certificate="self-signed") as server:
        answer = check(server)
        equal((answer["state"], answer["certificate"], answer["stages"]["tls"]), (FAILED, True, "failed"))
        known(answer, certificate_trusted="no", **REACHED)
        all_unknown(answer, "failed", "page SQL Server", but=refused)
        equal(server.logins(), [])
        answer = check(server, pin=keys.pin("self-signed"))
        equal(answer["state"], DONE)
        known(answer, encrypted="yes", certificate_trusted="no")
        contains(answer["facts"]["sql.certificate-trusted"]["query"], "self-signed")
    with Server(keys, "sql2008", "--tls", "1.1", certificate="self-signed") as server:  # may be anybody
        all_unknown(check(server), "failed", "signed by itself", but=refused)
    with Server(keys) as server:  # a good one, but another was accepted
        answer = check(server, pin=keys.pin("self-signed"))
        all_unknown(answer, "failed", "another certificate", but=refused)
        equal(server.logins(), [])
    with Server(keys, "denied", certificate="self-signed") as server:
        answer = check(server, pin=keys.pin("self-signed"))
    known(answer, major_version="SQL Server 2019 (15)", tls12="yes", certificate_trusted="no")


@case("a test signs in, and reads nothing")
def _(keys):
    with Server(keys) as server:
        answer = check(server, **{"test-only": True})
    equal((answer["state"], answer["facts"]), (IDLE, {}))
    equal((answer["stages"]["sign-in"], answer["stages"]["read"]), ("done", "skipped"))


@case("a check that is cancelled while the server hangs ends at once, and so does the helper")
def _(keys):
    with Server(keys, "hang-after-login") as server:
        answer = check(server, **{"cancel-at": "sign-in"})
    equal(answer["error"], "The check was cancelled")
    print(f"# {answer['cancel-milliseconds']} ms")


@case("names and passwords that cannot be passed on never leave")
def _(keys):
    with Server(keys) as server:
        for changes, words in (({"name": "localhost;Encryption=off"}, "no SQL Server"),
                               ({"name": "(localdb)\\MSSQLLocalDB"}, "LocalDB"),
                               ({"name": "np:localhost"}, "named pipes"),
                               ({"password": "x};DumpFile=/tmp/presync-dump;APP={y"}, "cannot be passed on safely"),
                               ({"login": "CONTOSO\\admin"}, "Kerberos")):
            contains(check(server, **changes)["error"], words)
        equal(server.logins(), [])
    equal(os.path.exists("/tmp/presync-dump"), False)


@case("on the command line: a server that is lost on the way is told in one sentence, and the rest counts")
def _(keys):
    with Server(keys, "drop-third") as server, tempfile.NamedTemporaryFile("w") as password:
        password.write(PASSWORD)
        password.flush()
        done = subprocess.run([presync.CLI, "check", "--sql", f"localhost,{server.port}", "--sql-login", "presync",
                               "--sql-password-file", password.name, "--sql-ca-file", server.request["ca-file"]],
                              capture_output=True, text=True, timeout=60,
                              env={**os.environ, "PRESYNC_LIBEXEC_DIR": str(sql_server.HELPER.parent)})
    equal(done.returncode, 2, done.stderr)
    equal(done.stderr.count("\n"), 1, done.stderr)
    contains(done.stderr, f"localhost,{server.port}")
    contains(done.stderr, "broke off")


def main():
    with tempfile.TemporaryDirectory() as folder:
        return tap.run(sql_server.Keys(folder))


sys.exit(main())

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every condition about SQL Server that a connection can tell, met and not met, in the oldest and the newest edition:
presync-cli, helper program, driver, server.

Not here: what the plan or the number of objects alone decides (golden-test), what a facts file tells (server suite), and
what only a person can answer."""
import pathlib
import re
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import presync  # noqa: E402
import sql_server  # noqa: E402
import tap  # noqa: E402
from sql_server import PASSWORD, Server  # noqa: E402
from tap import case, equal  # noqa: E402

EDITIONS = ("2023-03-01", "2026-11-20")
LOCAL = "own-sql,sql-availability"
REMOTE = LOCAL + ",remote-sql"
ELSEWHERE = {"cn-sql-edition", "cn-sql-close", "cn-sql-drivers", "cn-sql-aad-backup"}
seen = {}


def judge(keys, server, wanted, *more, name=None, features=REMOTE):
    """wanted: {condition: status}; of a server that could not be read to the end too"""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as password:
        password.write(PASSWORD + "\n")
        password.flush()
        trust = () if "--sql-certificate" in more else ("--sql-ca-file", keys.authority)
        for edition in EDITIONS:
            result = presync.run("check", "--format", "json", "--edition", edition, "--features", features, "--sql",
                                 name or f"localhost,{server.port}", "--sql-login", "presync", "--sql-password-file",
                                 password.name, *trust, *more)
            conditions = result.conditions()
            for condition, status in wanted.items():
                equal(conditions[condition]["status"], status,
                      f"{condition} of {edition}: {conditions[condition]} {result.errors}")
                seen.setdefault(condition, set()).add(status)


@case("a server as it is advised")
def _(keys):
    wanted = dict.fromkeys(("cn-sql-version", "cn-sql-not-azure", "cn-sql-on-windows", "cn-sql-collation", "cn-sql-one-engine",
                            "cn-sql-one-engine-databases", "cn-sql-protocol", "cn-sql-browser", "cn-tls12-sql",
                            "cn-sql-encryption", "cn-sql-rights", "cn-sql-ha"), "met")
    with Server(keys, "advised") as server:
        judge(keys, server, wanted, "--sample")
        judge(keys, server, {"cn-sql-memory": "met"}, features=LOCAL)


@case("version, kind, platform and collation")
def _(keys):
    for mode, wanted in (("ok", {"cn-sql-version": "advice", "cn-sql-collation": "advice"}),
                         ("sql2008", {"cn-sql-version": "not-met"}), ("azure", {"cn-sql-not-azure": "not-met"}),
                         ("linux", {"cn-sql-on-windows": "not-met"}), ("case-sensitive", {"cn-sql-collation": "not-met"})):
        with Server(keys, mode) as server:
            judge(keys, server, wanted)


@case("other engines, an ADSync database that is there, mirroring, memory")
def _(keys):
    with Server(keys, "other-engine") as server:
        judge(keys, server, {"cn-sql-one-engine": "not-met", "cn-sql-ha": "advice"})
        judge(keys, server, {"cn-sql-one-engine-databases": "advice"}, "--sample")
        judge(keys, server, {"cn-sql-memory": "advice"}, features=LOCAL)
    with Server(keys, "always-on") as server:
        judge(keys, server, {"cn-sql-ha": "not-met"})


@case("rights: of who installs, of somebody else, of nobody who was named")
def _(keys):
    with Server(keys, "ok") as server:
        judge(keys, server, {"cn-sql-rights": "advice"})
        judge(keys, server, {"cn-sql-rights": "unknown"}, "--sample")
    with Server(keys, "not-sysadmin") as server:
        judge(keys, server, {"cn-sql-rights": "not-met"})


@case("the way there: Browser, protocol, TLS 1.2, certificate")
def _(keys):
    with Server(keys, "ok", "--browser", "no-tcp", address="127.83.0.1") as server:
        judge(keys, server, {"cn-sql-browser": "met", "cn-sql-protocol": "not-met"}, name="127.83.0.1\\SYNC")
    with Server(keys, "ok", "--browser", "silent", address="127.83.0.2") as server:
        judge(keys, server, {"cn-sql-browser": "not-met"}, name="127.83.0.2\\SYNC")
    with Server(keys, "ok", "--tls", "1.1") as server:
        judge(keys, server, {"cn-tls12-sql": "not-met"})
    with Server(keys, "ok", certificate="self-signed") as server:
        judge(keys, server, {"cn-sql-encryption": "advice"}, "--sql-certificate", keys.pin("self-signed"))


@case("no condition about SQL Server was forgotten")
def _(keys):
    catalogue = (pathlib.Path(presync.SOURCE) / "data/catalogue/connect-sync.xml").read_text(encoding="utf-8")
    section = catalogue.split('<section id="sql-server">')[1].split("</section>")[0]
    for condition in set(re.findall(r'<condition id="([^"]+)"', section)) - ELSEWHERE:
        found = seen.get(condition, set())
        if "met" not in found or not found & {"not-met", "advice"}:
            raise AssertionError(f"{condition}: only {found or 'nothing'}")


def main():
    with tempfile.TemporaryDirectory() as folder:
        return tap.run(sql_server.Keys(folder))


sys.exit(main())

#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The queries and the ODBC code of presync-sql over another driver and a real database: PostgreSQL."""
import glob
import json
import os
import pathlib
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))

import tap  # noqa: E402
from tap import case, contains, equal  # noqa: E402

PROBE = pathlib.Path(os.environ["PRESYNC_BUILD"]) / "tests" / "sql" / "odbc-probe"
UNKNOWN_THERE = {"adsync-role", "encryption"}  # three-part names and @@SPID


class Cluster:
    """a PostgreSQL of our own in a temporary folder; root may not run one, so another account does"""

    def __init__(self):
        programs = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
        if not programs:
            raise RuntimeError("postgresql is not installed")
        self.programs = programs[-1]
        self.folder = tempfile.mkdtemp(prefix="presync-pg-")
        self.become = []
        if os.getuid() == 0:
            self.become = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups"]
            owner = pwd.getpwnam("postgres")
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.child = None

    def run(self, program, *arguments, text=None):
        command = [*self.become, f"{self.programs}/{program}", *arguments]
        done = subprocess.run(command, input=text, capture_output=True, text=True, cwd=self.folder)
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr[-1000:]}")
        return done.stdout

    def sql(self, text, database="postgres"):
        return self.run("psql", "-h", self.folder, "-p", str(self.port), "-U", "postgres", "-d", database, "-qAtX",
                        "-v", "ON_ERROR_STOP=1", text=text)

    def __enter__(self):
        data = self.folder + "/data"
        self.run("initdb", "-D", data, "-U", "postgres", "-A", "scram-sha-256", "--auth-local=trust", "-N", "-E", "UTF8",
                 "--locale=C")
        self.child = subprocess.Popen(
            [*self.become, f"{self.programs}/postgres", "-D", data, "-k", self.folder, "-p", str(self.port),
             "-h", "127.0.0.1", "-c", "fsync=off"], cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while True:
            try:
                self.sql("SELECT 1")
                break
            except RuntimeError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)
        self.sql("CREATE ROLE sa SUPERUSER LOGIN PASSWORD 'Sa-Pa55';\nCREATE ROLE lowly LOGIN PASSWORD 'L\u00f6w;b=}c';\n"
                 "CREATE DATABASE master OWNER sa;\nCREATE DATABASE slow OWNER sa;\nCREATE DATABASE \"ADSync\" OWNER lowly;")
        compatible = (HERE / "pg-compat.sql").read_text(encoding="utf-8")
        self.sql(compatible, "master")
        self.sql(compatible + "CREATE OR REPLACE VIEW sys.configurations AS SELECT 'max server memory (MB)'::varchar(35)"
                 " AS name, (SELECT 1 FROM pg_sleep(60)) AS value_in_use;", "slow")
        return self

    def __exit__(self, *_):
        if self.child is not None:
            self.child.terminate()
            self.child.wait()
        shutil.rmtree(self.folder)

    def start(self, database="master", user="sa", password="Sa-Pa55", seconds=5):
        string = (f"DRIVER={{PostgreSQL Unicode}};Server=127.0.0.1;Port={self.port};Database={database};UID={user};"
                  f"PWD={{{password}}};ApplicationName=probe;")
        child = subprocess.Popen([PROBE, str(seconds)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        child.stdin.write(string)
        child.stdin.close()
        return child

    def probe(self, *arguments, **more):
        child = self.start(*arguments, **more)
        answer = json.loads(child.stdout.read())
        child.stdout.close()
        child.wait()
        return answer if isinstance(answer, dict) else {r["id"]: r for r in answer}


@case("every query but those of SQL Server's own grammar is answered by another server")
def _(cluster):
    reads = cluster.probe()
    equal({i for i, r in reads.items() if "error" in r}, UNKNOWN_THERE)
    equal(reads["properties"]["rows"][0]["ProductVersion"], "15.0.4430.1")
    equal(reads["properties"]["rows"][0]["EngineEdition"], 2)
    equal(reads["properties"]["rows"][0]["InstanceName"], None)
    equal(reads["properties"]["rows"][0]["PathSeparator"], "\\")
    equal(reads["login"]["rows"], [{"login": "sa", "sysadmin": 1, "view_any_database": 1, "create_any_database": 1}])
    equal([(r["name"], r["compatibility_level"]) for r in reads["databases"]["rows"]], [("ADSync", 150)])
    size, = reads["adsync-size"]["rows"]
    if size["bytes"] < 1 << 20:
        raise AssertionError(str(size))
    equal(reads["adsync-owner"]["rows"], [{"owner": "lowly", "access": 1, "control": 1}])
    equal(reads["memory"]["rows"], [{"total_physical_memory_kb": 16777216}])
    equal(reads["max-memory"]["rows"], [{"megabytes": 2147483647}])
    equal(reads["connection"]["rows"], [{"net_transport": "TCP", "auth_scheme": "SQL"}])
    equal(reads["mirroring"]["rows"], [{"mirroring_state_desc": None}])


@case("a login without rights: a real refusal is the error of that read alone")
def _(cluster):
    reads = cluster.probe(user="lowly", password="L\u00f6w;b=}}c")
    equal({i for i, r in reads.items() if "error" in r}, UNKNOWN_THERE | {"memory"})
    contains(reads["memory"]["error"]["message"], "permission denied")
    equal(reads["login"]["rows"][0]["sysadmin"], 0)


@case("no database ADSync: null and no rows, not an error")
def _(cluster):
    cluster.sql('ALTER DATABASE "ADSync" RENAME TO other')
    try:
        reads = cluster.probe()
    finally:
        cluster.sql('ALTER DATABASE other RENAME TO "ADSync"')
    equal(reads["adsync-size"]["rows"], [{"bytes": None}])
    equal((reads["adsync-owner"]["rows"], reads["mirroring"]["rows"], reads["databases"]["rows"]), ([], [], []))


@case("300 databases ADSync…: the first 200, marked as not complete")
def _(cluster):
    cluster.sql("BEGIN;\nCREATE TABLE keep AS SELECT 1;\nALTER VIEW sys.databases RENAME TO one;\nCREATE VIEW sys.databases AS"
                " SELECT database_id, ('ADSync' || i)::varchar(128) AS name, collation_name, state_desc, compatibility_level,"
                " recovery_model_desc, owner_sid FROM sys.one, generate_series(1, 300) i WHERE name = 'ADSync';\nCOMMIT;",
                "master")
    try:
        reads = cluster.probe()
    finally:
        cluster.sql("DROP VIEW sys.databases; ALTER VIEW sys.one RENAME TO databases; DROP TABLE keep", "master")
    equal((len(reads["databases"]["rows"]), reads["databases"]["complete"]), (200, False))
    equal(reads["max-memory"]["rows"], [{"megabytes": 2147483647}])


@case("a query that takes too long ends in time; the other reads are kept")
def _(cluster):
    reads = cluster.probe("slow", seconds=1)
    equal(reads["memory"]["rows"], [{"total_physical_memory_kb": 16777216}])
    # psqlODBC lets the server keep the limit, which then is an error like another
    contains(reads["max-memory"]["error"]["message"], "timeout")
    equal(reads["mirroring"]["rows"], [{"mirroring_state_desc": None}])


@case("a connection that is ended by the server in the middle of a query")
def _(cluster):
    child = cluster.start("slow", seconds=20)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and cluster.sql(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = 'slow' AND wait_event = 'PgSleep'"
            ).strip() == "0":
        time.sleep(0.05)
    reads = {r["id"]: r for r in json.loads(child.stdout.read())}
    child.stdout.close()
    child.wait()
    equal(reads["properties"]["rows"][0]["EngineEdition"], 2)
    for name in ("max-memory", "connection", "mirroring"):
        equal(reads[name]["error"]["code"], "unreachable", f"{name}: {reads[name]}")


@case("a wrong password, an unknown database, nobody there")
def _(cluster):
    for arguments in ({"password": "wrong"}, {"database": "none"}):
        answer = cluster.probe(**arguments)
        equal(answer["state"][:2] in ("08", "28"), True, str(answer))
        equal(answer["connect"], "", "the server's words at a sign-in are not kept")


def main():
    with Cluster() as cluster:
        return tap.run(cluster)


sys.exit(main())

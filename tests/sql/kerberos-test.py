#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""presync-sql with tickets of a real domain controller; the SQL Server takes every ticket."""
import pathlib
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import sql_server  # noqa: E402  (makes tests/support known)
from sql_server import Server, run  # noqa: E402
import controller  # noqa: E402
import tap  # noqa: E402
from tap import case, contains, equal  # noqa: E402

controller.become_root()


def ask(server, ticket):
    return run(server.request, ticket, kerberos=True, login=None, password=None)


@case("a ticket for MSSQLSvc/host:port is had and sent, no password")
def _(dc, keys):
    ticket = dc.kinit()
    with Server(keys) as server:
        account = dc.add_user("sqlservice")
        dc.set(account, servicePrincipalName=[f"MSSQLSvc/localhost:{server.port}"])
        answer = ask(server, ticket)
        if answer.result is None:
            raise AssertionError(f"{answer!r} {server.log}")
        login, = server.logins()
        equal((login["user"], login["password"], login["encrypted"]), ("", "", True))
        if len(login["sspi"]) < 40:
            raise AssertionError(str(login))
        equal(answer.row("connection")["auth_scheme"], "KERBEROS")
        equal(answer.row("login")["login"], "CONTOSO\\admin")


@case("a server whose service has no principal: said with its name")
def _(dc, keys):
    with Server(keys) as server:
        answer = ask(server, dc.kinit())
        equal((answer.error["stage"], answer.error["code"]), ("sign-in", "sign-in"), repr(answer))
        contains(answer.error["message"], f"MSSQLSvc/localhost:{server.port}")
        equal(server.logins(), [])


@case("a refused account")
def _(dc, keys):
    with Server(keys, "denied") as server:
        account = dc.add_user("otherservice")
        dc.set(account, servicePrincipalName=[f"MSSQLSvc/localhost:{server.port}"])
        answer = ask(server, dc.kinit())
        equal((answer.error["stage"], answer.error["code"]), ("sign-in", "sign-in"), repr(answer))
        contains(answer.error["message"], "no login there")


def main():
    with tempfile.TemporaryDirectory() as folder, controller.Controller() as dc:
        return tap.run(dc, sql_server.Keys(folder))


sys.exit(main())

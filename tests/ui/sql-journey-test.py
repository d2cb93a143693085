#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The SQL Server page as assistive technology sees it: LocalDB or a server of one's own, names that cannot
be used, a certificate that nobody knows and a person trusts, a wrong password, a server that hangs; what was
found, in the report too; and back to LocalDB."""
import os
import pathlib
import subprocess
import sys
import time

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE.parent / "sql")]

import export  # noqa: E402
import presync  # noqa: E402
import sql_server  # noqa: E402
import tap  # noqa: E402
from display import Display  # noqa: E402
from tap import case  # noqa: E402

SNAPSHOT = HERE.parent.parent / "data" / "sample" / "contoso.ldif"
LOCAL = "LocalDB, installed with Connect Sync"
OWN = "A SQL Server of your own"
SIZE = "Size for the built-in database: "
COLLATION = "Collation: "


def rows(program, begin):
    """the conditions on the page whose name begins so; those of the checklist are another list's"""
    found = next(program.all("list", "What we found"), None)
    return [n for n in program.all("list item", under=found) if name_of(n).startswith(begin) and atspi.shows(n)] \
        if found else []


def row(program, begin, patience=15):
    return program.wait(lambda: next(iter(rows(program, begin)), None), begin, patience)


def no_row(program, begin):
    program.wait(lambda: not rows(program, begin), f"the end of {begin}")


def button(program, part):
    return program.wait(lambda: next((n for n in program.all("push button", part=part) if atspi.shows(n)
                                      and atspi.has_state(n, atspi.SENSITIVE)), None), part)


def reveal(program, node):
    """turns the wheel until it is in view"""
    subprocess.run(["xdotool", "mousemove", "800", "400"], env=program.environment, check=True)
    for _ in range(80):
        area = node.get_extents(atspi.Atspi.CoordType.WINDOW)
        if 80 < area.y and area.y + area.height < 700:
            # a click while it still glides would only stop it
            time.sleep(0.8)
            if area.y == node.get_extents(atspi.Atspi.CoordType.WINDOW).y:
                return node
            continue
        subprocess.run(["xdotool", "click", "5" if area.y > 80 else "4"], env=program.environment, check=True)
        time.sleep(0.05)
    raise AssertionError(f"{name_of(node)} does not come into view")


def choose(program, name):
    program.click(reveal(program, program.find("radio button", name)))


def connect(program, server=None, login=None, password=None):
    for part, text in (("Server and instance", server), ("Login", login), ("Password", password)):
        if text is not None:
            program.write(program.wait(lambda p=part: next((n for n in program.all("text", part=p)
                                                            if atspi.shows(n)), None), part), text)
    program.press(button(program, "Connect to the SQL Server"))


@case("LocalDB: nothing to connect to, only the size counts")
def _(world):
    program = world["program"]
    row(program, SIZE + "Met, ")
    no_row(program, COLLATION)
    program.wait_text("LocalDB needs no connection")
    tap.equal([name_of(n) for n in program.all("push button", part="Connect to the SQL") if atspi.shows(n)], [],
              "ways to connect")


@case("the size is drawn, and told in words")
def _(world):
    program = world["program"]
    program.wait_text("the built-in LocalDB is enough")
    bar = next(n for n in program.all("image") if "Tenant quota:" in name_of(n))
    for words in ("6 GB of memory", "LocalDB (10 GB) (here)", "32 GB from 100", "with a paid licence"):
        tap.contains(name_of(bar), words, "the bar's name")


@case("a SQL Server of one's own is planned at once, and its rows come")
def _(world):
    program = world["program"]
    choose(program, OWN)
    row(program, COLLATION + "Needs an answer")
    no_row(program, SIZE)
    program.wait_text("No SQL Server was read yet")


@case("a name that cannot be used is told in a sentence, and nobody is asked")
def _(world):
    program = world["program"]
    connect(program)
    program.wait_text("Please name the SQL Server")
    connect(program, "sql01;Trusted_Connection=yes")
    program.wait(lambda: not any("Please name" in t for t in program.texts()), "another sentence")
    row(program, COLLATION + "Needs an answer")


@case("a certificate of an unknown authority is refused and shown; no password was sent")
def _(world):
    program, server = world["program"], world["server"]
    program.write(next(program.all("text", part="Server and instance")), f"localhost,{server.port}")
    # The drop-down takes the keyboard.
    program.focus("SQL Server")
    program.click(reveal(program, program.find("combo box", part="Sign in with")))
    time.sleep(0.7)
    program.keys("Down", "Return")
    time.sleep(0.7)
    connect(program, None, "presync", sql_server.PASSWORD)
    program.wait_text("Certificate the server showed", 30)
    pin = world["keys"].pin("good").upper()
    program.wait_text(":".join(pin[i:i + 2] for i in range(0, len(pin), 2)))
    row(program, COLLATION + "Unknown")
    tap.equal(server.logins(), [], "what was sent to sign in")


@case("trusted by a person, it is accepted, and the rows are measured")
def _(world):
    program = world["program"]
    program.press(button(program, "Trust this certificate"))
    row(program, COLLATION + "Advice, SQL_Latin1_General_CP1_CI_AS", 30)
    # whose they are is judged elsewhere
    program.wait(lambda: any("Needs an answer" not in name_of(n) for n in rows(program, "Rights in SQL Server: ")),
                 "the rights")
    program.wait_text(f"localhost,{world['server'].port} · read now, encrypted")
    pin = world["keys"].pin("good").upper()
    program.wait(lambda: any(t.startswith(":".join(pin[i:i + 2] for i in range(0, 16, 2))) and "…" in t
                             for t in program.texts()), "the fingerprint, shortened")
    login = world["server"].logins()
    tap.equal(len(login) > 0, True, "somebody signed in")


@case("the row opens its condition in the checklist, and Alt+6 leads back")
def _(world):
    program = world["program"]
    program.focus("SQL Server")
    program.click(reveal(program, row(program, COLLATION)))
    program.wait(lambda: "Connect Sync" in name_of(program.window), "the checklist")
    program.wait_text("With a case-sensitive or binary collation")
    program.keys("alt+6")
    program.wait(lambda: "SQL Server" in name_of(program.window), "SQL Server by Alt+6")
    time.sleep(0.5)


@case("the trust is taken back: nothing is read any more, and the next check is refused before anybody signs in")
def _(world):
    program, server = world["program"], world["server"]
    program.press(button(program, "Forget the trusted certificate"))
    row(program, COLLATION + "Needs an answer")
    program.wait_text("· not read yet")
    tap.equal([t for t in program.texts() if t == "Trusted certificate"], [], "rows of a trusted certificate")
    before = len(server.logins())
    program.press(program.find("push button", "Check now"))
    program.wait_text("Certificate the server showed", 30)
    row(program, COLLATION + "Unknown")
    tap.equal(len(server.logins()), before, "who signed in")
    program.press(button(program, "Trust this certificate"))
    row(program, COLLATION + "Advice, SQL_Latin1_General_CP1_CI_AS", 30)


@case("a wrong password: a sentence, and the rows tell why they are unknown")
def _(world):
    program = world["program"]
    with sql_server.Server(world["keys"], "denied") as server:
        connect(program, f"localhost,{server.port}", None, "n0body-has-this")
        program.wait_text("Certificate the server showed", 30)
        program.press(button(program, "Trust this certificate"))
        row(program, COLLATION + "Unknown", 30)
        program.wait(lambda: any("presync" in t and "Certificate" not in t and "refused" in t.lower()
                                 for t in program.texts()), "why", 30)
        tap.equal([name_of(n) for n in atspi.walk(program.window) if "n0body" in name_of(n)], [],
                  "the password on screen")


@case("a server that hangs can be stopped")
def _(world):
    program = world["program"]
    with sql_server.Server(world["keys"], "hang-prelogin") as server:
        connect(program, f"localhost,{server.port}", None, "x")
        start = time.monotonic()
        program.press(button(program, "Stop the check of the SQL Server"))
        button(program, "Connect to the SQL Server")
        tap.equal(time.monotonic() - start < 3, True, "stopped at once")


@case("the first server again, and all of it stands in the report")
def _(world):
    program = world["program"]
    connect(program, f"localhost,{world['server'].port}", None, sql_server.PASSWORD)
    program.wait_text("Certificate the server showed", 30)
    program.press(button(program, "Trust this certificate"))
    row(program, COLLATION + "Advice", 30)
    path = world["home"] + "/report.pdf"
    flat = " ".join(export.report(program, path).split())
    for words in ("SQL_Latin1_General_CP1_CI_AS", f"localhost,{world['server'].port}"):
        tap.contains(flat, words, "the report")
    tap.equal(sql_server.PASSWORD in flat, False, "the password in the report")


@case("the source stands among the others, and can be tested there")
def _(world):
    program = world["program"]
    program.focus("SQL Server")
    program.click(program.find("list item", part="Sources", under=program.find("list", "Pages")))
    program.wait(lambda: "Sources" in name_of(program.window), "the page Sources")
    time.sleep(0.5)
    tests = [n for n in program.all("push button", part="Test") if atspi.shows(n)]
    tap.equal(len(tests), 2, "sources that can be tested")
    program.press(tests[-1])
    program.wait_text("The connection works", 30)
    program.keys("alt+6")
    program.wait(lambda: "SQL Server" in name_of(program.window), "SQL Server by Alt+6")
    time.sleep(0.5)


@case("LocalDB again: the SQL Server is asked no more, and its rows go")
def _(world):
    program = world["program"]
    choose(program, LOCAL)
    row(program, SIZE + "Met, ")
    no_row(program, COLLATION)


@case("every control has a name")
def _(world):
    program = world["program"]
    choose(program, OWN)
    button(program, "Connect to the SQL Server")
    nameless = {f"{role_of(n)} {name_of(n)!r}" for n in atspi.walk(program.window)
                if atspi.has_state(n, atspi.FOCUSABLE)
                and role_of(n) in ("push button", "text", "toggle button", "radio button", "switch")
                and (not name_of(n) or name_of(n).startswith(("Gtk", "Adw", "Presync")))}
    tap.equal(nameless, set(), "controls without a name")


def main():
    with Display(accessible=True) as display:
        environment = {**display.environment, "GSETTINGS_SCHEMA_DIR": str(presync.BUILD / "data"), "G_DEBUG": ""}
        import atspi
        globals().update(name_of=atspi.name_of, role_of=atspi.role_of, atspi=atspi)
        atspi.adopt(environment)
        folder = display.home + "/keys"
        os.mkdir(folder)
        keys = sql_server.Keys(folder)
        log = presync.BUILD / "sql-journey.log"
        with sql_server.Server(keys) as server:
            program = atspi.Program([str(presync.APP), "--ldif", str(SNAPSHOT), "--sync-server", "SYNC01", "--page",
                                     "sql-server"], environment, log)
            try:
                failed = tap.run({"program": program, "home": display.home, "keys": keys, "server": server})
                if failed:
                    program.picture(str(presync.BUILD / "sql-journey.png"))
                    (presync.BUILD / "sql-journey.tree").write_text("\n".join(program.dump()))
            finally:
                program.end()
        print("# " + log.read_text(errors="replace").replace("\n", "\n# "))
        return failed


sys.exit(main())

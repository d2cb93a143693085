#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the sample brought goes with it: its sync server, its SQL Server, their names in the sidebar. Then, with
servers of one's own, whether SQL Server runs on the sync server: the person says it as long as names do not."""
import pathlib
import subprocess
import sys
import time

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))

import presync  # noqa: E402
import tap  # noqa: E402
from display import Display  # noqa: E402
from tap import case  # noqa: E402

FILE = HERE.parent / "server" / "files" / "other-server.json"
DRAG = presync.BUILD / "tests" / "ui" / "drag-files"
PLACE = "The SQL Server is not on the sync server"


def mouse(world, *words):
    subprocess.run(["xdotool", *map(str, words)], env=world["program"].environment, check=True, timeout=20)


def drop(world, path, at=(710, 355)):
    environment = {**world["program"].environment, "GTK_A11Y": "none"}
    with subprocess.Popen([str(DRAG), str(path)], env=environment) as source:
        try:
            found = subprocess.run(["xdotool", "search", "--sync", "--onlyvisible", "--name", "Drag from here"],
                                   env=environment, check=True, capture_output=True, text=True, timeout=20)
            window = found.stdout.split()[-1]
            mouse(world, "windowmove", "--sync", window, 1262, 20, "windowraise", window)
            time.sleep(0.3)
            mouse(world, "mousemove", 1300, 60, "mousedown", 1)
            for step in range(1, 21):
                mouse(world, "mousemove", 1300 + (at[0] - 1300) * step // 20, 60 + (at[1] - 60) * step // 20)
                time.sleep(0.02)
            time.sleep(0.5)
            mouse(world, "mouseup", 1)
            source.wait(10)
        finally:
            if source.poll() is None:
                source.kill()


def pages(program):
    """the names of the sidebar's rows"""
    return [name_of(n) for n in program.all("list item", under=program.find("list", "Pages"))]


def open_page(program, name):
    program.click(program.find("list item", part=name, under=program.find("list", "Pages")))
    time.sleep(0.3)


def place(program):
    """(on, may be changed)"""
    switch = program.find(part=PLACE)
    return atspi.has_state(switch, Atspi.StateType.CHECKED), atspi.has_state(switch, atspi.SENSITIVE)


@case("the sample names its servers")
def _(world):
    program = world["program"]
    program.wait(lambda: any(n.startswith("SQL Server: sql01.contoso.com") for n in pages(program)), "its SQL Server")
    program.wait(lambda: any(n.startswith("Sync server: SYNC01") for n in pages(program)), "its sync server")


@case("with the sample go its servers, in the sidebar too")
def _(world):
    program = world["program"]
    program.press(next(n for n in program.all("push button", part="Remove") if atspi.shows(n)))
    dialog = program.wait(lambda: next((w for w in atspi.children(program.root) if w != program.window), None),
                          "a question")
    time.sleep(0.7)
    program.press(program.find("push button", part="Remove", under=dialog))
    time.sleep(0.7)
    program.wait_text("No Directory Yet")
    program.wait(lambda: not any("sql01" in n or "SYNC01" in n for n in pages(program)), "other names than " +
                 repr(pages(program)))


@case("a SQL Server of one's own is taken to be elsewhere, until the person says otherwise")
def _(world):
    program = world["program"]
    open_page(program, "SQL Server")
    program.click(program.find("radio button", "A SQL Server of your own"))
    program.wait_text("No sync server is named that could be compared")
    tap.equal(place(program), (True, True), "where it is")
    program.write(next(n for n in program.all("text", part="Server and instance") if atspi.shows(n)), "127.0.0.1,9")
    program.click(program.find(part=PLACE))
    program.wait(lambda: place(program) == (False, True), "the person's word")
    program.write(next(n for n in program.all("text", part="Server and instance") if atspi.shows(n)),
                  "sql01.contoso.invalid")
    program.press(program.find("push button", part="Connect to the SQL Server"))
    program.wait(lambda: any(n.startswith("SQL Server: sql01.contoso.invalid") for n in pages(program)), "its name", 30)
    tap.equal(place(program), (False, True), "where it is, by the person")


@case("one's own facts file is taken though the sample had another sync server; then the names tell")
def _(world):
    program = world["program"]
    drop(world, FILE)
    program.wait_text("Facts of SYNC02 read")
    program.wait(lambda: any(n.startswith("Sync server: SYNC02") for n in pages(program)), "its name")
    open_page(program, "SQL Server")
    program.wait_text("The names tell: the sync server is SYNC02")
    tap.equal(place(program), (True, False), "where it is, by the names")


def main():
    with Display(accessible=True) as display:
        environment = {**display.environment, "GSETTINGS_SCHEMA_DIR": str(presync.BUILD / "data"), "G_DEBUG": ""}
        import atspi
        globals().update(name_of=atspi.name_of, atspi=atspi, Atspi=atspi.Atspi)
        atspi.adopt(environment)
        log = presync.BUILD / "plan-journey.log"
        program = atspi.Program([str(presync.APP), "--sample", "--page", "sources"], environment, log)
        try:
            failed = tap.run({"program": program, "home": display.home})
            if failed:
                program.picture(str(presync.BUILD / "plan-journey.png"))
                (presync.BUILD / "plan-journey.tree").write_text("\n".join(program.dump()))
        finally:
            program.end()
        print("# " + log.read_text(errors="replace").replace("\n", "\n# "))
        return failed


sys.exit(main())

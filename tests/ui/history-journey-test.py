#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Somebody accepts a blocker for a time: a badge, never a pass; takes it back, and again. Then an answer, a second
check, and the history tells what became known between the two runs."""
import os
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

BLOCKER = "PowerShell execution policy"
ASKED = "Number of agents"
REASON = "R&D needs it until <March>"


def open_page(program, name):
    program.click(program.find("list item", part=name, under=pages(program)))
    time.sleep(0.1)


def pages(program):
    """the list in the sidebar, which is looked for once"""
    if not hasattr(program, "pages"):
        program.pages = program.find("list", "Pages")
    return program.pages


def verdicts(program):
    """what the sidebar says of both options"""
    return [name_of(n) for n in atspi.children(pages(program))
            if name_of(n).startswith(("Cloud sync:", "Connect Sync:"))]


def requirements(program):
    """the list of the checklist, which is looked for once"""
    if not hasattr(program, "requirements"):
        program.requirements = program.find("list", "Requirements")
    return program.requirements


def wait_row(program, title, part="", without=None, patience=10):
    """the row of the checklist that begins with the title and has the part in its name"""
    def find():
        for node in atspi.children(requirements(program)):
            name = name_of(node)
            if name.startswith(title + ":") and part in name and (without is None or without not in name) \
                    and atspi.shows(node):
                return node
        return None
    return program.wait(find, f"{title}: {part}", patience)


def open_row(program, title):
    """opens its details"""
    program.write(program.find("entry", "Find a requirement"), title)
    time.sleep(0.4)
    program.click(wait_row(program, title))


def picture(program, name):
    """for whoever wants to see what the test saw"""
    if os.environ.get("PRESYNC_PICTURES"):
        program.picture(f"{os.environ['PRESYNC_PICTURES']}/{name}.png")


@case("a blocker is waived: a badge beside it, and the verdict stays")
def _(world):
    program = world["program"]
    program.wait_text("Not ready")
    open_page(program, "Cloud sync")
    program.wait(lambda: any("Not ready" in v for v in verdicts(program)), "the verdict")
    world["before"] = verdicts(program)
    open_row(program, BLOCKER)
    wait_row(program, BLOCKER, "Not met", without="Waived")
    waive = program.find("push button", part="Waive…")
    pane = program.around(waive)
    program.press(waive)
    save = program.find("push button", part="Save waiver", under=pane)
    tap.equal(atspi.has_state(save, atspi.SENSITIVE), False, "saving without a reason")
    program.write(program.find("text", "Why it is accepted", under=pane), REASON)
    program.write(program.find("text", part="Who accepts it", under=pane), "Anna Berg")
    day = program.find("text", part="Last day, such as", under=pane)
    program.write(day, "3/1/2027")
    program.wait_text("Type the last day as 2027-03-01", under=pane)
    tap.equal(atspi.has_state(save, atspi.SENSITIVE), False, "saving a day that can be read in two ways")
    program.write(day, "2127-03-01")
    program.wait_text("It counts until 1 March 2127", under=pane)
    picture(program, "waiver-form")
    program.wait(lambda: atspi.has_state(save, atspi.SENSITIVE), "a button that can be pressed")
    program.press(save)
    undo = program.find("push button", part="Undo")
    wait_row(program, BLOCKER, "Waived")
    wait_row(program, BLOCKER, "Not met")
    picture(program, "waived")
    program.press(undo)
    wait_row(program, BLOCKER, "Not met", without="Waived")


@case("redo brings it again, and the verdicts stay; a text keeps its own undo")
def _(world):
    program = world["program"]
    program.click(wait_row(program, BLOCKER))
    program.keys("ctrl+shift+z")
    wait_row(program, BLOCKER, "Waived")
    program.wait_text("Waived by Anna Berg until 1 March 2127.")
    tap.contains(" ".join(verdicts(program)), "1 waived", "the verdicts")
    tap.equal([v.replace(" · 1 waived", "") for v in verdicts(program)], world["before"], "the verdicts")
    program.click(program.find("entry", "Find a requirement"))
    program.keys("ctrl+z")
    time.sleep(0.4)
    wait_row(program, BLOCKER, "Waived")
    program.click(wait_row(program, BLOCKER))
    program.keys("ctrl+z")
    wait_row(program, BLOCKER, "Not met", without="Waived")
    program.wait_text("Undone: Waiver of")
    program.keys("ctrl+y")
    wait_row(program, BLOCKER, "Waived")


@case("the list can be narrowed to what is waived")
def _(world):
    program = world["program"]
    program.write(program.find("entry", "Find a requirement"), "")
    program.press(program.find("push button", part="Waived 1"))
    program.wait(lambda: len([n for n in atspi.children(requirements(program))
                              if ":" in name_of(n) and atspi.shows(n) and "Waived" not in name_of(n)]) == 0,
                 "only what is waived")
    wait_row(program, BLOCKER, "Waived")
    program.press(program.find("push button", part="All "))


@case("the menu says what would be undone")
def _(world):
    program = world["program"]
    program.keys("F10")
    program.find("menu item", part="Undo: Waiver of")
    picture(program, "menu")
    program.keys("Escape")
    time.sleep(0.4)


@case("the history has one run, and says so")
def _(world):
    program = world["program"]
    program.keys("alt+9")
    program.wait_text("1 run")
    runs = program.find("list", "Runs")
    program.wait(lambda: len([n for n in atspi.children(runs) if "Cloud sync: Not ready" in name_of(n)]) == 1, "a run")
    picture(program, "one-run")


@case("an answer with evidence of several lines, then a second check")
def _(world):
    program = world["program"]
    open_page(program, "Cloud sync")
    open_row(program, ASKED)
    card = program.find("list", "Answer by hand")
    pane = program.around(card)
    program.press(program.find("push button", "Met", under=card))
    program.write(program.find("text", "Note and evidence", under=card), "Seen in the console\nTicket <42> & mail")
    program.write(program.find("text", part="Who answers", under=card), "Olga Example")
    save = program.find("push button", part="Save answer", under=pane)
    program.wait(lambda: atspi.has_state(save, atspi.SENSITIVE), "a button that can be pressed")
    program.press(save)
    wait_row(program, ASKED, "Met")
    program.wait_text("Ticket <42> & mail", under=pane)
    picture(program, "answered")
    program.press(program.find("push button", part="Check now"))
    program.keys("alt+9")
    program.wait_text("2 runs", 20)


@case("two runs are compared: what was answered is known now, and leads to its place")
def _(world):
    program = world["program"]
    runs = program.find("list", "Runs")
    row = program.wait(lambda: next((n for n in atspi.children(runs) if "Cloud sync:" in name_of(n)
                                     and atspi.shows(n)), None), "the newest run")
    program.click(row)
    changes = program.find("list", "Changes")
    program.wait(lambda: any("Now known: 1 condition" in name_of(n) for n in atspi.children(changes)), "a group")
    names = [name_of(n) for n in atspi.children(changes) if atspi.shows(n)]
    picture(program, "comparison")
    known = names.index(next(n for n in names if n.startswith("Now known")))
    tap.contains(names[known + 1], ASKED + ": Needs an answer before, Met after", "the row below Now known")
    tap.contains(names[known + 1], "answered by hand", "the row below Now known")
    if any(n.startswith(("New:", "Mended:", "No longer known:")) for n in names):
        raise AssertionError("changes that are none: " + repr(names))
    program.click(next(n for n in atspi.children(changes) if name_of(n) == names[known + 1]))
    program.wait_text("Olga Example answered “Met”")


@case("the newest run of another file is compared, and the file stays as it is")
def _(world):
    program = world["program"]
    path = pathlib.Path(world["home"]) / "R&D <old>.presync"
    subprocess.run([str(presync.CLI), "check", "--sample", "--save", str(path)], env=program.environment,
                   capture_output=True, timeout=60)
    before = path.read_bytes()
    program.keys("alt+9")
    program.press(program.find("push button", "Compare with another file"))
    program.dialog("Compare With Another File")
    program.focus("Compare With Another File")
    program.type(str(path))
    time.sleep(0.3)
    program.keys("Return")
    program.dialog_gone("Compare With Another File")
    program.wait_text("R&D <old> · ")
    changes = program.find("list", "Changes")
    program.wait(lambda: any("Now known: 1 condition" in name_of(n) for n in atspi.children(changes)), "a group")
    tap.equal(path.read_bytes() == before, True, "the other file")


def main():
    with Display(accessible=True) as display:
        environment = {**display.environment, "GSETTINGS_SCHEMA_DIR": str(presync.BUILD / "data"), "G_DEBUG": ""}
        import atspi
        globals().update(name_of=atspi.name_of, atspi=atspi)
        atspi.adopt(environment)
        log = presync.BUILD / "history-journey.log"
        program = atspi.Program([str(presync.APP), "--sample"], environment, log)
        try:
            failed = tap.run({"program": program, "home": display.home})
            if failed:
                program.picture(str(presync.BUILD / "history-journey.png"))
                (presync.BUILD / "history-journey.tree").write_text("\n".join(program.dump()))
        finally:
            program.end()
        print("# " + log.read_text(errors="replace").replace("\n", "\n# "))
        return failed


sys.exit(main())

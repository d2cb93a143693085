#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A report for managers: its options and its preview, page by page; then the PDF, a file that is there already, a folder
that takes none; the table; what is remembered."""
import csv
import json
import os
import pathlib
import re
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

import export  # noqa: E402
import presync  # noqa: E402
import tap  # noqa: E402
from display import Display  # noqa: E402
from tap import case  # noqa: E402

MARK = "Strictly for the board & <us>"
# A file system of the kernel, in which nobody may make a file, not even root
UNWRITABLE = "/proc/presync.pdf"


def position(program, dialog):
    """(page, pages) of the preview"""
    image = program.find("image", part=" of ", under=dialog)
    return tuple(int(n) for n in re.fullmatch(r"Page (\d+) of (\d+)", name_of(image)).groups())


def wait_position(program, dialog, wanted, what):
    return program.wait(lambda: wanted(*position(program, dialog)) and position(program, dialog), what, 20)


def radio(program, dialog, name):
    program.click(program.find("radio button", name, under=dialog))


def entry(program, dialog, part):
    return program.find("text", part=part, under=dialog)


@case("Ctrl+E opens the dialog with the preview of the first page")
def _(world):
    program = world["program"]
    program.wait_text("Not ready")
    program.focus("contoso.com")
    program.keys("ctrl+e")
    dialog = world["dialog"] = program.dialog("Export Report")
    page, world["full"] = wait_position(program, dialog, lambda *_: True, "the preview")
    tap.equal(page, 1, "the page shown")
    program.focus("Export Report")


@case("a summary has two to four pages, and its sections cannot be chosen: it says why")
def _(world):
    program, dialog = world["program"], world["dialog"]
    radio(program, dialog, "Summary")
    _, pages = wait_position(program, dialog, lambda _, n: n < world["full"], "fewer pages")
    tap.equal(2 <= pages <= 4, True, f"{pages} pages are two to four")
    world["summary"] = pages
    program.wait_text("A summary always has the same parts", under=dialog)
    checks = [n for n in atspi.walk(dialog, True) if role_of(n) == "check box"]
    tap.equal(len(checks) >= 10, True, f"{len(checks)} sections")
    tap.equal([name_of(c) for c in checks if atspi.has_state(c, atspi.SENSITIVE)], [], "sections that can be chosen")


@case("every control of the dialog has a name of its own")
def _(world):
    dialog, nameless = world["dialog"], set()
    for node in atspi.walk(dialog):
        spoken = name_of(node)
        if not atspi.has_state(node, atspi.FOCUSABLE) or role_of(node) in ("scroll pane", "panel", "filler", "list"):
            continue
        # the choice in an AdwComboRow: the row itself has the name
        if role_of(node) == "list item" and any(atspi.children(node)) and not spoken:
            continue
        if not spoken or spoken.startswith(("Gtk", "Adw", "Presync")) and " " not in spoken:
            nameless.add(f"{role_of(node)} {spoken!r}")
    tap.equal(nameless, set(), "controls without a name")


@case("turns pages by button and by key, and not beyond the last")
def _(world):
    program, dialog = world["program"], world["dialog"]
    program.press(program.find("push button", "Next page", under=dialog))
    wait_position(program, dialog, lambda at, _: at == 2, "the second page")
    program.keys(*["Page_Down"] * 4)
    wait_position(program, dialog, lambda at, n: at == n, "the last page")
    tap.equal(atspi.has_state(program.find("push button", "Next page", under=dialog), atspi.SENSITIVE), False,
              "a page after the last one")
    program.keys(*["Page_Up"] * 5)
    wait_position(program, dialog, lambda at, _: at == 1, "the first page")


@case("a full report grows, and shrinks by the sections that are left out")
def _(world):
    program, dialog = world["program"], world["dialog"]
    radio(program, dialog, "Full report")
    wait_position(program, dialog, lambda _, n: n == world["full"], "as many pages as at first")
    check = program.find("check box", part="What blocks us", under=dialog)
    tap.equal(atspi.has_state(check, atspi.SENSITIVE), True, "can be chosen")
    program.click(check)
    wait_position(program, dialog, lambda _, n: n < world["full"], "fewer pages")


@case("a logo that is none is told in its row, and can be removed")
def _(world):
    program, dialog = world["program"], world["dialog"]
    path = world["home"] + "/logo.png"
    pathlib.Path(path).write_text("no picture", encoding="utf-8")
    program.press(program.find("push button", "Choose a logo", under=dialog))
    program.dialog("Choose a Logo")
    program.focus("Choose a Logo")
    program.type(path)
    time.sleep(0.3)
    program.keys("Return")
    program.dialog_gone("Choose a Logo")
    program.wait_text("logo.png", under=dialog)
    remove = program.find("push button", "Remove the logo", under=dialog)
    program.wait(lambda: [t for t in program.texts(dialog) if "logo.png" in t and t != "logo.png"], "why not")
    program.press(remove)
    program.wait_text("None; a PNG or SVG file", under=dialog)


@case("saves: the classification stands on each page, both verdicts on the first")
def _(world):
    program, dialog, path = world["program"], world["dialog"], world["home"] + "/report.pdf"
    program.write(entry(program, dialog, "Classification"), MARK)
    program.write(entry(program, dialog, "Organisation"), "Contoso Limited")
    program.write(entry(program, dialog, "Prepared by"), "Olga Example")
    pages = export.save(program, dialog, path).split("\f")[:-1]
    tap.equal(len(pages) < world["full"], True, "a section was left out")
    tap.equal([i + 1 for i, page in enumerate(pages) if MARK not in page], [], "pages without the classification")
    for words in ("Contoso Limited", "Olga Example", "Cloud sync", "Connect Sync"):
        tap.contains(pages[0], words, "the first page")
    tap.equal(pages[0].count("Not ready"), 2, "verdicts on the first page")
    program.wait_text("Report saved")


@case("remembers the options; a file that is there is asked about, and stays if one cancels")
def _(world):
    program, path = world["program"], world["home"] + "/report.pdf"
    before = pathlib.Path(path).read_bytes()
    dialog = world["dialog"] = export.open_dialog(program)
    tap.equal(atspi.content_of(entry(program, dialog, "Classification")), MARK, "the classification")
    radio(program, dialog, "Summary")
    wait_position(program, dialog, lambda _, n: n == world["summary"], "the pages of a summary")
    program.press(program.find("push button", "Save as PDF", under=dialog))
    save = export.fill_chooser(program, "Save Report", path)
    question = program.next_window(lambda: program.press(save))
    program.wait_text("already exists", under=question)
    program.press_away(program.find("push button", part="Cancel", under=question))
    tap.equal(pathlib.Path(path).read_bytes() == before, True, "the file is the same")
    chooser = program.dialog("Save Report")
    program.press(program.find("push button", part="Cancel", under=chooser))
    program.dialog_gone("Save Report")


@case("a folder that takes no file is told in a sentence, and the dialog stays")
def _(world):
    program, dialog = world["program"], world["dialog"]
    program.press(program.find("push button", "Save as PDF", under=dialog))
    export.name_file(program, "Save Report", UNWRITABLE)
    program.dialog_gone("Save Report")
    program.wait(lambda: program.count_windows() == 3, "a message")
    program.settle()
    message = [w for w in atspi.children(program.root) if w not in (program.window, dialog)][-1]
    program.wait_text(f"“{UNWRITABLE}”", under=message)
    program.press_away(program.find("push button", part="Close", under=message))
    path = world["home"] + "/summary.pdf"
    pages = export.save(program, dialog, path).split("\f")[:-1]
    tap.equal(len(pages), world["summary"], "pages as in the preview")


@case("Ctrl+P opens the print dialog, though there is no printer")
def _(world):
    program = world["program"]
    program.focus("contoso.com")
    program.keys("ctrl+p")
    dialog = program.dialog("Print")
    program.press(program.find("push button", part="Cancel", under=dialog))
    program.dialog_gone("Print")
    tap.equal(program.child.poll(), None, "the program's end")


def export_table(program, letters, path):
    """through the menu"""
    program.click(program.find("push button", "Main menu"))
    program.press(program.find("menu item", part="Export table"))
    program.press(program.find("menu item", part=letters))
    export.name_file(program, "Export Table", path)
    program.dialog_gone("Export Table")
    program.wait(lambda: os.path.exists(path), "the table")


@case("exports all rows as CSV and as JSON")
def _(world):
    program = world["program"]
    export_table(program, "As CSV", world["home"] + "/table.csv")
    with open(world["home"] + "/table.csv", encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    tap.equal({len(row) for row in rows} == {len(rows[0])}, True, "columns of each row")
    export_table(program, "As JSON", world["home"] + "/table.json")
    with open(world["home"] + "/table.json", encoding="utf-8") as stream:
        options = json.load(stream)["options"]
    tap.equal(len(options), 2, "options")
    conditions = sum(len(r["conditions"]) for o in options for r in o["requirements"])
    tap.equal(len(rows) - 1, conditions, "rows of the table")


def main():
    with Display(accessible=True) as display:
        environment = {**display.environment, "GSETTINGS_SCHEMA_DIR": str(presync.BUILD / "data"), "G_DEBUG": ""}
        import atspi
        globals().update(name_of=atspi.name_of, role_of=atspi.role_of, atspi=atspi)
        atspi.adopt(environment)
        log = presync.BUILD / "export-journey.log"
        program = atspi.Program([str(presync.APP), "--sample"], environment, log)
        try:
            failed = tap.run({"program": program, "home": display.home})
            if failed:
                program.picture(str(presync.BUILD / "export-journey.png"))
                (presync.BUILD / "export-journey.tree").write_text("\n".join(program.dump()))
        finally:
            program.end()
        print("# " + log.read_text(errors="replace").replace("\n", "\n# "))
        return failed


sys.exit(main())

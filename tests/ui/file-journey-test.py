#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An assessment as a document, by a screen reader: begun, checked, answered, saved, closed and opened again with all
that was in it; a second window is told; a program that was killed has lost nothing; nothing is lost unasked."""
import os
import pathlib
import signal
import subprocess
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

import presync  # noqa: E402
import tap  # noqa: E402
from display import Display  # noqa: E402
from tap import case  # noqa: E402

SNAPSHOT = presync.SOURCE / "data" / "sample" / "contoso.ldif"
BLOCKER = "msDS-ExternalDirectoryObjectId"
REASON = "The last old controller goes in spring"
NOTE = "Seen in Task Manager: 16 GB & rising <really>"


def start(world, *arguments):
    """the program, once it has a page"""
    world["starts"] += 1
    log = presync.BUILD / f"file-journey-{world['starts']}.log"
    program = atspi.Program([str(presync.APP), *arguments], world["environment"], log)
    world["programs"].append(program)
    once(program, "list", "Pages")
    return program


def once(program, role, name):
    """what is there as long as the program is, and is looked for once"""
    found = program.__dict__.setdefault("found", {})
    if name not in found:
        found[name] = program.find(role, name)
    return found[name]


def press(program, part, **more):
    program.press(program.find("push button", part=part, **more))


def page(program, name):
    program.click(program.find("list item", part=name, under=once(program, "list", "Pages")))
    time.sleep(0.1)


def row(program, title, word=""):
    """a row of the checklist in front, once it has the word in its name"""
    def find():
        for node in atspi.children(once(program, "list", "Requirements")):
            if name_of(node).startswith(title + ":") and word in name_of(node) and atspi.shows(node):
                return node
        return None
    return program.wait(find, f"{title}: {word}")


def reads(program, part, under=None):
    """waits for a text; stops at the first one, as whole trees are long to read"""
    return program.wait(lambda: next((t for t in map(atspi.text_of, atspi.walk(under or program.window))
                                      if part in t), None), repr(part))


def search(program, words):
    """only the rows of Cloud sync with these words; the list makes widgets only for what is in view"""
    program.write(once(program, "entry", "Find a requirement"), words)


def open_row(program, title, sign):
    """the details of a row; the list may still be moving"""
    def opened():
        program.click(row(program, title))
        time.sleep(0.2)
        return any(sign in atspi.text_of(n) for n in atspi.walk(program.window))
    program.wait(opened, f"the details of {title}")


def answer_memory(program, word, note, button):
    """in the details of the row"""
    card = program.find("list", "Answer by hand")
    pane = program.around(card)
    program.press(program.find("push button", word, under=card))
    program.write(program.find("text", part="Note", under=card), note)
    program.write(program.find("text", part="Who answers", under=card), "Olga Example")
    save = program.find("push button", part=button, under=pane)
    program.wait(lambda: atspi.has_state(save, atspi.SENSITIVE), "a button that can be pressed")
    program.press(save)
    row(program, "Memory", word)


def save_as(program, path):
    chooser = program.dialog("Save the Assessment")
    name = program.wait(lambda: next((n for n in program.all("text", under=chooser)
                                      if n.get_editable_text_iface()), None), "the file's name")
    program.write(name, str(path))
    program.press(program.wait(lambda: next((n for n in program.all("push button", under=chooser)
                                             if "Save" in name_of(n)), None), "Save"))
    program.dialog_gone("Save the Assessment")


def wait_end(program):
    """the program ends by itself"""
    tap.equal(program.child.wait(15), 0, "exit status")


def question(program):
    """the message dialog over the window"""
    return program.wait(lambda: next((w for w in atspi.children(program.root) if w != program.window), None),
                        "a question")


@case("start page: three ways to begin, and the first has the focus")
def _(world):
    program = world["program"] = start(world)
    begin = program.find("push button", part="New assessment")
    program.wait(lambda: atspi.has_state(begin, Atspi.StateType.FOCUSED), "the focus on the first button")
    program.find("push button", part="Open an assessment")
    program.find("push button", part="Try the sample")


@case("a new assessment leads to the connection; it is checked, and in no file yet")
def _(world):
    program = world["program"]
    press(program, "New assessment")
    program.dialog("New Connection")
    program.focus("New Connection")
    program.keys("alt+s")
    program.dialog("Choose a Snapshot")
    program.focus("Choose a Snapshot")
    program.type(str(SNAPSHOT))
    time.sleep(0.3)
    program.keys("Return")
    program.dialog_gone("Choose a Snapshot")
    reads(program, "Not ready")
    reads(program, "Not saved")


@case("answers one by hand, waives another, and saves it all under a name without the suffix")
def _(world):
    program = world["program"]
    page(program, "Cloud sync")
    search(program, "memory")
    open_row(program, "Memory", "Round((Get-CimInstance")
    answer_memory(program, "Met", NOTE, "Save answer")
    search(program, BLOCKER)
    open_row(program, BLOCKER, "Waive…")
    waive = program.find("push button", part="Waive…")
    pane = program.around(waive)
    program.press(waive)
    program.write(program.find("text", "Why it is accepted", under=pane), REASON)
    program.write(program.find("text", part="Who accepts it", under=pane), "Anna Berg")
    save = program.find("push button", part="Save waiver", under=pane)
    program.wait(lambda: atspi.has_state(save, atspi.SENSITIVE), "a button that can be pressed")
    program.press(save)
    row(program, BLOCKER, "Waived")
    press(program, "Save the assessment")
    save_as(program, world["folder"] / "contoso")
    program.wait(lambda: world["file"].exists(), "the file")
    reads(program, "Saved ")
    program.wait(lambda: name_of(program.window).startswith("contoso — "), "the file in the title")


@case("saves as it goes: there is nothing to ask when the window is closed")
def _(world):
    program = world["program"]
    program.focus("contoso")
    program.keys("ctrl+w")
    wait_end(program)


@case("opened by its name, all is there: answer, waiver, what was found, verdicts, the run")
def _(world):
    program = world["program"] = start(world, str(world["file"]))
    program.wait(lambda: name_of(program.window).startswith("contoso — Overview"), "the file in the title")
    reads(program, "Not ready")
    page(program, "Cloud sync")
    row(program, "Active Directory", "found: Windows Server 2012 R2")
    search(program, BLOCKER)
    row(program, BLOCKER, "Waived")
    open_row(program, BLOCKER, "Waived by Anna Berg")
    search(program, "memory")
    row(program, "Memory", "Met")
    open_row(program, "Memory", NOTE)
    page(program, "History")
    program.wait(lambda: len(list(program.all("list item", under=program.find("list", "Runs")))) > 0, "the run")


@case("who saves by habit is told that it is saved")
def _(world):
    program = world["program"]
    program.focus("contoso")
    program.keys("ctrl+s")
    reads(program, "All changes are saved as you go")


@case("a second window is told that the file is open, and saves nothing into it")
def _(world):
    before = world["file"].read_bytes()
    second = start(world, str(world["file"]))
    text = reads(second, "contoso.presync")
    tap.contains(text, "open", "what the second window says")
    reads(second, "Read-only")
    second.find("push button", part="Save a copy")
    second.end()
    tap.equal(world["file"].read_bytes() == before, True, "the file is as it was")


@case("killed after a change that is saved: nothing is lost")
def _(world):
    program = world["program"]
    page(program, "Cloud sync")
    before = world["file"].read_bytes()
    answer_memory(program, "Not met", "Less than it seemed", "Change answer")
    journal = pathlib.Path(f"{world['file']}-journal")
    program.wait(lambda: world["file"].read_bytes() != before and not journal.exists(), "the change in the file")
    program.child.send_signal(signal.SIGKILL)
    program.child.wait()
    program.end()
    program = world["program"] = start(world, "--page", "cloud-sync", str(world["file"]))
    search(program, "memory")
    row(program, "Memory", "Not met")
    program.focus("contoso")
    program.keys("ctrl+q")
    wait_end(program)


@case("the start page has the file among the recent ones, and opens it")
def _(world):
    program = world["program"] = start(world)
    item = program.find("list item", part="contoso, ", under=program.find("list", "Recent assessments"))
    program.click(item)
    program.wait(lambda: name_of(program.window).startswith("contoso — "), "the file in the title")
    program.end()


@case("a recent file that is gone says so, and can be taken from the list")
def _(world):
    away = world["file"].rename(world["folder"] / "elsewhere.presync")
    program = world["program"] = start(world)
    files = program.find("list", "Recent assessments")
    program.find("list item", part="contoso, No longer in", under=files)
    press(program, "Remove contoso from the list")
    program.wait(lambda: not list(program.all("list item", part="contoso")), "the end of the row")
    away.rename(world["file"])
    program.end()


@case("an unsaved one with an answer asks; who thinks better of it stays, who discards goes")
def _(world):
    answers = world["folder"] / "answers.json"
    answers.write_text('{"answers": [{"condition": "cs-ram", "met": true, "name": "Olga Example"}]}')
    program = start(world, "--ldif", str(SNAPSHOT), "--answers", str(answers))
    reads(program, "Not ready")
    program.focus("contoso.com")
    dialog = program.next_window(lambda: program.keys("ctrl+q"))
    reads(program, "in no file yet", under=dialog)
    program.press_away(program.find("push button", part="Cancel", under=dialog))
    tap.equal(program.child.poll(), None, "the program goes on")
    program.focus("contoso.com")
    dialog = program.next_window(lambda: program.keys("ctrl+q"))
    program.press(program.find("push button", part="Discard", under=dialog))
    wait_end(program)


@case("what is no assessment, and what does not fit a file, are told in a sentence")
def _(world):
    other = world["folder"] / "letter.presync"
    other.write_text("Dear Olga,\n")
    program = start(world, str(other))
    dialog = question(program)
    reads(program, "letter.presync", under=dialog)
    program.end()
    result = subprocess.run([str(presync.APP), "--sample", str(world["file"])], env=world["environment"],
                            capture_output=True, text=True, timeout=20, check=False)
    tap.equal(result.returncode, presync.USAGE, "exit status")
    tap.contains(result.stderr, "contoso.presync", "the sentence")


def main():
    with Display(accessible=True) as display:
        environment = {**display.environment, "GSETTINGS_SCHEMA_DIR": str(presync.BUILD / "data"), "G_DEBUG": ""}
        import atspi
        globals().update(name_of=atspi.name_of, role_of=atspi.role_of, atspi=atspi, Atspi=atspi.Atspi)
        atspi.adopt(environment)
        folder = pathlib.Path(display.home)
        world = {"environment": environment, "folder": folder, "file": folder / "contoso.presync", "starts": 0,
                 "programs": []}
        try:
            failed = tap.run(world)
            if failed:
                last = world["programs"][-1]
                last.picture(str(presync.BUILD / "file-journey.png"))
                if last.child.poll() is None:
                    (presync.BUILD / "file-journey.tree").write_text("\n".join(last.dump()))
        finally:
            for program in world["programs"]:
                program.end()
        for log in sorted(presync.BUILD.glob("file-journey-*.log")):
            print("# " + log.read_text(errors="replace").replace("\n", "\n# "))
            os.unlink(log)
        return failed


sys.exit(main())

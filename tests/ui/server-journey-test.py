#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a facts file to the report: a file that is dropped on the window turns rows from "needs an
answer" to what was measured, a newer one in the watched folder turns them again; files that cannot be
used are refused with a sentence, and nothing is lost."""
import datetime
import json
import os
import pathlib
import subprocess
import sys
import time

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))

import export  # noqa: E402
import presync  # noqa: E402
import tap  # noqa: E402
from display import Display  # noqa: E402
from tap import case  # noqa: E402

FILES = HERE.parent / "server" / "files"
BAD = HERE.parent / "server" / "bad"
SNAPSHOT = HERE.parent.parent / "data" / "sample" / "contoso.ldif"
DRAG = presync.BUILD / "tests" / "ui" / "drag-files"
POLICY = "PowerShell execution policy: "


def write(world, name, policy, days_old=0, server="SYNC01", folder="home", file="2022.json"):
    """a facts file of a good server whose execution policy is so"""
    facts = json.loads((FILES / file).read_text())
    at = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=days_old, seconds=5)
    facts["collected"] = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    facts["powershell"]["localMachine"] = policy
    facts["computer"].update(name=server, dnsName=server.lower() + ".contoso.com")
    path = pathlib.Path(world[folder]) / name
    whole = path.with_suffix(".part")
    whole.write_text(json.dumps(facts))
    whole.rename(path)
    return path


def mouse(world, *words):
    subprocess.run(["xdotool", *map(str, words)], env=world["program"].environment, check=True, timeout=20)


def hinted(program):
    return any("Drop the facts file here" in t for t in program.texts())


def drop(world, *paths, at=(710, 355), away=False):
    """drags files from another program's window onto this place of this one, as a hand does"""
    environment = {**world["program"].environment, "GTK_A11Y": "none"}
    with subprocess.Popen([str(DRAG), *map(str, paths)], env=environment) as source:
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
            world["hint"] = hinted(world["program"])
            if away:
                for step in range(21):
                    mouse(world, "mousemove", at[0] + (1300 - at[0]) * step // 20, at[1] + (60 - at[1]) * step // 20)
                time.sleep(0.3)
            mouse(world, "mouseup", 1)
            source.wait(10)
        finally:
            if source.poll() is None:
                source.kill()


def topic(program, begin, word="", patience=15):
    """the row of a thing about the server"""
    return program.wait(lambda: next((n for n in program.all("list item", part=begin + word)), None),
                        begin + word, patience)


def save(program, title, path):
    """names the file in the chooser of this title"""
    export.name_file(program, title, path)
    program.dialog_gone(title)


def page(program, name):
    """opens a page by its row in the sidebar"""
    program.click(program.find("list item", part=name, under=program.find("list", "Pages")))
    time.sleep(0.3)


def reveal(program, node):
    """turns the wheel until it is in view"""
    subprocess.run(["xdotool", "mousemove", "800", "400"], env=program.environment, check=True)
    for _ in range(60):
        area = node.get_extents(Atspi.CoordType.WINDOW)
        # below that a toast may lie over it
        if 80 < area.y and area.y + area.height < 640:
            # a click while it still glides would only stop it
            time.sleep(0.8)
            if area.y == node.get_extents(Atspi.CoordType.WINDOW).y:
                return node
            continue
        subprocess.run(["xdotool", "click", "5" if area.y > 80 else "4"], env=program.environment, check=True)
        time.sleep(0.05)
    raise AssertionError(f"{name_of(node)} does not come into view")


def refused(program, *parts):
    """the message about a file that was not used"""
    time.sleep(0.7)
    dialog = program.wait(lambda: next((w for w in atspi.children(program.root) if w != program.window
                                        and any(parts[0] in t.lower() for t in program.texts(w))), None), "a message")
    told = " ".join(program.texts(dialog)).lower()
    for part in parts:
        tap.contains(told, part, "the message")
    program.press(program.find("push button", part="Close", under=dialog))
    time.sleep(0.7)


def nameless(program):
    """controls that a screen reader cannot name"""
    return {f"{role_of(n)} {name_of(n)!r}" for n in atspi.walk(program.window)
            if atspi.has_state(n, atspi.FOCUSABLE) and role_of(n) in ("push button", "text", "toggle button")
            and (not name_of(n) or name_of(n).startswith(("Gtk", "Adw", "Presync")))}


@case("before there is a file, the page tells how to make one and rows need an answer")
def _(world):
    program = world["program"]
    program.wait_text("Let the server tell of itself")
    program.wait_text("powershell.exe -NoProfile -ExecutionPolicy Bypass -File .\\Get-PresyncServerFacts.ps1")
    program.wait_text("powershell.exe -NoProfile -ExecutionPolicy Bypass -File .\\Get-PresyncServerFacts.ps1 -Network")
    topic(program, POLICY, "Needs an answer")
    topic(program, "Windows LAPS: ", "Needs an answer")


@case("the script is saved")
def _(world):
    program = world["program"]
    path = world["home"] + "/Collect.ps1"
    program.press(program.find("push button", part="Save script"))
    save(program, "Save the Script", path)
    program.wait(lambda: os.path.exists(path) and os.path.getsize(path) > 1000, "the script")
    tap.contains(pathlib.Path(path).read_text(), "presync-server-facts", "the script")


@case("a facts file that is dropped on the window turns a row from needs an answer to not met")
def _(world):
    program = world["program"]
    drop(world, write(world, "SYNC01.json", "Unrestricted", days_old=1))
    tap.equal(world["hint"], True, "the hint while files are over the window")
    topic(program, POLICY, "Not met, Unrestricted")
    program.wait_text("Facts of SYNC01 read")
    program.wait_text("Written 1 day ago")


@case("the server it names is looked up in the directory too")
def _(world):
    program = world["program"]
    program.wait(lambda: any("Needs an answer" not in name_of(n)
                             for n in program.all("list item", part="Windows LAPS: ")), "what the directory tells")


@case("the row opens its condition: value and origin stand in the details")
def _(world):
    program = world["program"]
    program.focus("Sync server")
    program.click(reveal(program, topic(program, POLICY, "Not met")))
    time.sleep(0.7)
    program.click(reveal(program, program.find("list item", part="PowerShell execution policy, Cloud sync: Not met")))
    program.wait_text("What we found")
    program.wait_text("Unrestricted")
    program.click(next(n for n in program.all("list item", part="How we know")))
    program.wait(lambda: next((t for t in program.texts() if "SYNC01.json" in t and "Sync server" in t), None),
                 "the origin")
    program.wait_text("powershell.localMachine")
    page(program, "Sync server")


@case("files that cannot be used are refused with a sentence, and nothing is lost")
def _(world):
    program = world["program"]
    broken = pathlib.Path(world["home"]) / "broken.json"
    broken.write_bytes((BAD / "truncated.facts").read_bytes())
    drop(world, broken)
    refused(program, "broken.json")
    drop(world, write(world, "other.json", "RemoteSigned", server="SYNC02"))
    refused(program, "sync02", "sync01")
    topic(program, POLICY, "Not met, Unrestricted")


@case("over a text field too a file is taken, and the hint goes")
def _(world):
    program = world["program"]
    page(program, "Cloud sync")
    field = program.find(part="Find a requirement")
    program.wait(lambda: atspi.shows(field), "the search")
    area = field.get_extents(Atspi.CoordType.WINDOW)
    drop(world, write(world, "SYNC01.json", "Unrestricted"),
         at=(area.x + area.width // 2, area.y + area.height // 2))
    tap.equal(world["hint"], True, "the hint while files are over the text field")
    program.wait(lambda: not hinted(program), "the end of the hint")
    tap.equal(atspi.content_of(field), "", "what was written into the search")
    page(program, "Sync server")
    program.wait_text("Written less than a day ago")


@case("a drag that turns away takes the hint with it")
def _(world):
    program = world["program"]
    drop(world, world["home"], away=True)
    tap.equal(world["hint"], True, "the hint while files are over the window")
    program.wait(lambda: not hinted(program), "the end of the hint")


@case("a folder is watched: a newer file in it turns the row met")
def _(world):
    program = world["program"]
    drop(world, world["watched"])
    program.wait_text("Watched folder")
    write(world, "newer.json", "RemoteSigned", folder="watched")
    topic(program, POLICY, "Met, RemoteSigned")
    program.wait_text("newer.json")


@case("another server's file in the folder is named, and can be taken")
def _(world):
    program = world["program"]
    write(world, "SYNC02.json", "AllSigned", server="SYNC02", folder="watched")
    program.press(program.find("push button", "Use SYNC02 as the sync server"))
    topic(program, POLICY, "Not met, AllSigned")
    program.press(program.find("push button", "Use SYNC01 as the sync server"))
    topic(program, POLICY, "Met, RemoteSigned")


@case("a file made with -Network tells what the server reaches, seen from there, and one made without it no more")
def _(world):
    program = world["program"]
    write(world, "network.json", "RemoteSigned", folder="watched", file="network-blocked.json")
    page(program, "Cloud sync")
    field = program.find(part="Find a requirement")
    program.write(field, "Way to the internet")
    program.wait(lambda: any("(seen from the sync server)" in t for t in program.texts()), "who saw it")
    write(world, "plain.json", "RemoteSigned", folder="watched")
    program.wait(lambda: not any("seen from the sync server" in t for t in program.texts()), "no word of the network")
    program.write(field, "")
    page(program, "Sync server")


@case("the report has the value and its origin")
def _(world):
    program = world["program"]
    path = world["home"] + "/report.pdf"
    flat = " ".join(export.report(program, path).split())
    tap.contains(flat, "PowerShell execution policy", "the report")
    tap.contains(flat, "RemoteSigned", "the report")
    tap.contains(flat, "plain.json", "the report")


@case("the keyboard alone: page by Alt+7, and every control has a name")
def _(world):
    program = world["program"]
    program.focus("Sync server")
    program.keys("alt+1")
    program.wait(lambda: "Overview" in name_of(program.window), "Overview by Alt+1")
    program.keys("alt+7")
    program.wait(lambda: "Sync server" in name_of(program.window), "Sync server by Alt+7")
    # libadwaita 1.2 gives the button that closes a toast no name: it must be gone
    program.wait(lambda: not nameless(program), f"names of {nameless(program)}")


@case("without a directory, the way to one is in view, and the sidebar's foot follows the newest file")
def _(world):
    program = world["program"]
    program.focus("Sync server")
    page(program, "Sources")
    program.press(next(n for n in program.all("push button", part="Remove") if atspi.shows(n)))
    dialog = program.wait(lambda: next((w for w in atspi.children(program.root) if w != program.window), None), "a question")
    time.sleep(0.7)
    program.press(program.find("push button", part="Remove", under=dialog))
    time.sleep(0.7)
    way = program.find("push button", part="New Connection")
    area = way.get_extents(Atspi.CoordType.WINDOW)
    card = program.find("list", "Sync server").get_extents(Atspi.CoordType.WINDOW)
    tap.equal(80 < area.y and area.y + area.height <= card.y, True, "the button is in view, above the card")
    program.wait_text("No Directory Yet")
    program.find("push button", part="· plain.json")
    write(world, "newest.json", "AllSigned", folder="watched")
    program.find("push button", part="· newest.json")


def main():
    with Display(accessible=True) as display:
        environment = {**display.environment, "GSETTINGS_SCHEMA_DIR": str(presync.BUILD / "data"), "G_DEBUG": ""}
        import atspi
        globals().update(name_of=atspi.name_of, role_of=atspi.role_of, atspi=atspi, Atspi=atspi.Atspi)
        atspi.adopt(environment)
        watched = display.home + "/watched"
        os.mkdir(watched)
        log = presync.BUILD / "server-journey.log"
        program = atspi.Program([str(presync.APP), "--ldif", str(SNAPSHOT), "--page", "sync-server"], environment, log)
        try:
            failed = tap.run({"program": program, "home": display.home, "watched": watched})
            if failed:
                program.picture(str(presync.BUILD / "server-journey.png"))
                (presync.BUILD / "server-journey.tree").write_text("\n".join(program.dump()))
        finally:
            program.end()
        print("# " + log.read_text(errors="replace").replace("\n", "\n# "))
        return failed


sys.exit(main())

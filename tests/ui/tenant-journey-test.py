#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page Entra tenant and the group Network as assistive technology sees them, in a world where Microsoft's names
lead to servers of ours: looked up, signed in by device code, signed out, a guest; a network that is silent."""
import contextlib
import pathlib
import re
import subprocess
import sys
import time

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / name) for name in ("support", "tenant", "network")]

import world  # noqa: E402

world.enter()

import kit  # noqa: E402
import place as places  # noqa: E402
import presync  # noqa: E402
import tap  # noqa: E402
from cloud_answers import CLIENT, TENANT, guest  # noqa: E402
from display import Display  # noqa: E402
from cloud_server import GRAPHS, LOGINS  # noqa: E402
from place import DC_PORTS, HOSTS, MICROSOFT, RECORDS  # noqa: E402
from tap import case, equal  # noqa: E402

ROLE = "Role in Microsoft Entra ID: "
NOT_A_GUEST = "Not a guest: "
SILENT = dict.fromkeys(DC_PORTS, "silent")


def plain(name):
    """a row's name without the option, which it has where the options do not agree"""
    return re.sub(r", (Cloud sync|Connect Sync): ", ": ", name, count=1)


def rows(program, begin):
    return [n for n in program.all("list item") if plain(name_of(n)).startswith(begin) and atspi.shows(n)]


def row(program, begin, patience=20):
    return program.wait(lambda: next(iter(rows(program, begin)), None), begin, patience)


def button(program, part, patience=15):
    return program.wait(lambda: next((n for n in program.all("push button", part=part) if atspi.shows(n)
                                      and atspi.has_state(n, atspi.SENSITIVE)), None), part, patience)


def field(program, part):
    return program.wait(lambda: next((n for n in program.all("text", part=part) if atspi.shows(n)), None), part)


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


def open_page(program, title):
    """a page in the sidebar"""
    program.click(program.find("list item", part=title, under=program.find("list", "Pages")))
    program.wait(lambda: title in name_of(program.window), f"the page {title}")
    time.sleep(0.5)


@case("before anything was asked the rows need an answer, and nobody was asked")
def _(here):
    program = here["program"]
    row(program, ROLE + "Needs an answer")
    equal(here["place"].cloud.requests, [])


@case("what is no domain is told in a sentence")
def _(here):
    program = here["program"]
    program.write(field(program, "Domain of the tenant"), "contoso com")
    program.press(button(program, "Look up the tenant"))
    program.wait(lambda: any("contoso com" in t and len(t) > 15 for t in program.texts()), "a sentence")
    equal(here["place"].cloud.requests, [])


@case("looked up without a sign-in: whose the domain and the suffixes are")
def _(here):
    program = here["program"]
    program.write(field(program, "Domain of the tenant"), "https://contoso.com/")
    program.press(button(program, "Look up the tenant"))
    program.wait_text(TENANT, 20)
    row(program, ROLE + "Needs an answer")
    equal([r for r in here["place"].cloud.requests if r.method == "POST"], [])


def has_focus(node):
    return atspi.has_state(node, atspi.Atspi.StateType.FOCUSED)


@case("looked up by keyboard: the focus comes back; what is typed then is not taken for the tenant that is shown")
def _(here):
    program, cloud = here["program"], here["place"].cloud
    program.focus("Entra tenant")
    program.click(field(program, "Domain of the tenant"))
    before = len(cloud.requests)
    program.keys("Return")
    program.wait(lambda: len(cloud.requests) > before, "a second look", 20)
    button(program, "Look up the tenant", 20)
    program.wait_text("Tenant of contoso.com")
    equal(any("not looked up yet" in t for t in program.texts()), False)
    # GTK 4.8 does not tell which text field has the focus
    program.type("fabrikam.com")
    program.wait(lambda: atspi.content_of(field(program, "Domain of the tenant")) == "fabrikam.com", "what is typed")
    program.wait_text("not looked up yet. All below is still of the tenant of contoso.com")
    program.write(field(program, "Domain of the tenant"), "contoso.com")
    program.wait(lambda: not any("not looked up yet" in t for t in program.texts()), "the end of the note")


def in_view(program, node):
    area, window = (n.get_extents(atspi.Atspi.CoordType.WINDOW) for n in (node, program.window))
    return 0 <= area.y and area.y + area.height <= window.height


def sign_in(program):
    program.write(field(program, "Application (client) ID"), CLIENT)
    program.press(button(program, "Sign in"))


@case("signed in by device code: the code can be read and copied; the role turns met")
def _(here):
    program, cloud = here["program"], here["place"].cloud
    cloud.decision = "never"
    sign_in(program)
    program.wait(lambda: any("FQK7P3RTX" in t for t in program.texts()), "the code", 20)
    program.wait_text("microsoft.com/devicelogin")
    # the page was at its top: it scrolls to what is needed now
    for name in ("Copy the code", "Cancel the sign-in"):
        program.wait(lambda name=name: in_view(program, button(program, name)), f"{name} in view")
    program.wait(lambda: has_focus(button(program, "Copy the code")), "the focus")
    for name in ("Copy the code", "Cancel the sign-in"):
        equal(name_of(button(program, name)), name)
    row(program, ROLE + "Needs an answer")
    cloud.decision, cloud.pending = "accept", 2
    row(program, ROLE + "Met", 40)
    row(program, NOT_A_GUEST + "Met")
    program.wait_text("Hanna Hybrid")
    equal(any(s in t for s in cloud.secrets for t in program.texts()), False, "a secret on screen")


@case("signed out: the name and what the sign-in told are gone")
def _(here):
    program = here["program"]
    program.press(button(program, "Sign out"))
    row(program, ROLE + "Needs an answer")
    program.wait(lambda: not any("Hanna Hybrid" in t for t in program.texts()), "the name's end")
    program.wait_text(TENANT)


@case("a guest: not met, with the reason")
def _(here):
    program, cloud = here["program"], here["place"].cloud
    cloud.tenant.me = guest()
    sign_in(program)
    row(program, NOT_A_GUEST + "Not met", 40)
    program.wait_text("Kim Guest")
    program.press(button(program, "Sign out"))
    row(program, NOT_A_GUEST + "Needs an answer")


@case("a sign-in that is declined is told; one that waits can be cancelled")
def _(here):
    program, cloud = here["program"], here["place"].cloud
    cloud.decision = "decline"
    sign_in(program)
    program.wait(lambda: any("declined" in t for t in program.texts()), "why", 20)
    cloud.decision = "never"
    program.press(button(program, "Sign in"))
    program.press(button(program, "Cancel the sign-in"))
    button(program, "Sign in")
    row(program, ROLE + "Needs an answer")


@case("who looks up another tenant while a code is shown is told that the sign-in has ended")
def _(here):
    program, cloud = here["program"], here["place"].cloud
    cloud.decision = "never"
    program.press(button(program, "Sign in"))
    button(program, "Cancel the sign-in")
    for name in ("fabrikam.com", "contoso.com"):
        program.write(field(program, "Domain of the tenant"), name)
        program.press(button(program, "Look up the tenant"))
        if name == "fabrikam.com":
            program.wait_text("another tenant was named")
    program.wait_text(TENANT, 20)


def again(program):
    """the button that is there when nothing is being tried"""
    return next((n for n in program.all("push button", part="Try the network again")
                 if atspi.shows(n) and atspi.has_state(n, atspi.SENSITIVE)), None)


@case("the network is tried when the switch is on; silence is unknown, and the window answers throughout")
def _(here):
    program, place = here["program"], here["place"]
    place.reset()
    for name in {*HOSTS, *LOGINS, *GRAPHS}:
        place.dns.records[name] = {"A": [MICROSOFT]}
    for name in RECORDS:
        place.dns.records[name] = "silent"
    with place.network(microsoft={443: "silent", 80: "silent"}, dc1=SILENT, dc2=SILENT):
        open_page(program, "Sources")
        program.focus("Sources")
        program.click(reveal(program, program.find("check box", part="Try the network from this computer")))
        program.wait_text("Under way", 20)
        # meanwhile the checklist opens, a row of it does, and the page that was left is as it was
        program.keys("alt+2")
        program.wait(lambda: "Cloud Sync" in name_of(program.window), "the checklist")
        program.press(button(program, "Needs an answer "))
        equal(again(program), None, "the network's check ended before anything else was done")
        open_page(program, "Sources")
        equal(again(program), None, "the network's check ended before the page was back")
        program.wait(lambda: again(program), "the end of the check", 60)
        # the name alone of the sign-in service was told, by the name server
        program.wait(lambda: any(re.fullmatch(r"1 of \d+ answered · \d+ are not known", t) for t in program.texts()),
                     "the sum of it")
        # a row's name has all of it: the address, how it ended and where; and why, among what did not answer
        for part in (": no answer, TCP: not known", ":443: not known, "):
            program.find("list item", part=part)
        program.keys("alt+2")
        program.wait(lambda: "Cloud Sync" in name_of(program.window), "the checklist")
        program.press(button(program, "Unknown "))
        for title in ("Way to the internet", "Microsoft’s addresses"):
            program.wait(lambda title=title: [n for n in program.all("list item", part=title)
                                              if "Unknown" in name_of(n)], title)


@case("every control has a name")
def _(here):
    program = here["program"]
    open_page(program, "Entra tenant")
    nameless = {f"{role_of(n)} {name_of(n)!r}" for n in atspi.walk(program.window)
                if atspi.has_state(n, atspi.FOCUSABLE)
                and role_of(n) in ("push button", "text", "toggle button", "radio button", "switch", "combo box")
                and (not name_of(n) or name_of(n).startswith(("Gtk", "Adw", "Presync")))}
    equal(nameless, set(), "controls without a name")
    equal(here["place"].cloud.leaks, [])


def main():
    with contextlib.ExitStack() as stack:
        small = stack.enter_context(world.World())
        place = places.Place(small, stack.enter_context(places.open_place(small)))
        place.reset()
        display = stack.enter_context(Display(accessible=True))
        environment = {**display.environment, "GSETTINGS_SCHEMA_DIR": str(presync.BUILD / "data"), "G_DEBUG": ""}
        import atspi
        globals().update(name_of=atspi.name_of, role_of=atspi.role_of, atspi=atspi)
        atspi.adopt(environment)
        log = presync.BUILD / "tenant-journey.log"
        program = atspi.Program([str(presync.APP), "--ldif", str(kit.snapshot(small.folder, "contoso.com")), "--page",
                                 "tenant"], environment, log)
        try:
            failed = tap.run({"program": program, "place": place, "home": display.home})
            if failed:
                program.picture(str(presync.BUILD / "tenant-journey.png"))
                (presync.BUILD / "tenant-journey.tree").write_text("\n".join(program.dump()))
        finally:
            program.end()
        print("# " + log.read_text(errors="replace").replace("\n", "\n# "))
        return failed


sys.exit(main())

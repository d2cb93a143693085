#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What becomes of a sign-in in the window: a code that expires, staying signed in over a restart, signing out for
good. Microsoft's names lead to servers of ours; the keyring is a file of libsecret's."""
import contextlib
import pathlib
import subprocess
import sys

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / name) for name in ("support", "tenant")]

import world  # noqa: E402

world.enter()

import kit  # noqa: E402
import presync  # noqa: E402
import tap  # noqa: E402
from cloud_answers import CLIENT, TENANT  # noqa: E402
from cloud_server import Cloud  # noqa: E402
from display import Display  # noqa: E402
from tap import case, contains, equal  # noqa: E402

STAY = "Stay signed in on this computer"
PERSON = "Hanna Hybrid"


class Place:
    """the program, which may be started again, and the cloud"""

    def __init__(self, cloud, display, environment):
        self.cloud, self.display, self.environment = cloud, display, environment
        self.logs, self.program = [], None

    def start(self):
        self.end()
        self.logs.append(presync.BUILD / f"sign-in-journey.{len(self.logs)}.log")
        self.program = atspi.Program([str(presync.APP), "--page", "tenant"], self.environment, self.logs[-1])

    def end(self):
        if self.program is not None:
            self.program.end()
        self.program = None

    def button(self, part, patience=15):
        program = self.program
        return program.wait(lambda: next((n for n in program.all("push button", part=part) if atspi.shows(n)
                                          and atspi.has_state(n, atspi.SENSITIVE)), None), part, patience)

    def write(self, part, text):
        program = self.program
        program.write(program.wait(lambda: next((n for n in program.all("text", part=part) if atspi.shows(n)), None),
                                   part), text)

    def stays(self):
        return atspi.has_state(self.stay_switch(), atspi.Atspi.StateType.CHECKED)

    def stay_switch(self):
        program = self.program
        return program.wait(lambda: next((n for n in program.all(part=STAY) if atspi.shows(n) and
                                          atspi.role_of(n) in ("check box", "toggle button", "switch")), None), STAY)

    def grants(self):
        return [r.form["grant_type"] for r in self.cloud.asked("/token")]

    def look_for_secrets(self):
        for path, text in kit.files_below(self.display.home):
            for secret in self.cloud.secrets:
                if secret in text:
                    raise AssertionError(f"a secret in {path}")
        shown = self.program.texts()
        equal([s for s in self.cloud.secrets if any(s in t for t in shown)], [], "secrets on screen")
        equal(self.cloud.leaks, [])


@case("a code that nobody used expires: that is told, and a new one can be had")
def _(here):
    here.start()
    cloud, program = here.cloud, here.program
    cloud.decision, cloud.expires_in = "never", 2
    here.write("Domain of the tenant", "contoso.com")
    program.press(here.button("Look up the tenant"))
    program.wait_text(TENANT, 20)
    here.write("Application (client) ID", CLIENT)
    program.press(here.button("Sign in"))
    program.wait(lambda: any("FQK7P3RTX" in t for t in program.texts()), "the code", 20)
    again = here.button("Get a new code", 20)
    program.wait(lambda: any("expired" in t for t in program.texts()), "why")
    equal(any("FQK7P3RTX" in t for t in program.texts()), False, "a code that is no longer good")
    equal(len(cloud.asked("/devicecode")), 1)
    cloud.decision, cloud.expires_in = "accept", 900
    program.press(again)
    program.wait_text(PERSON, 30)
    equal(len(cloud.asked("/devicecode")), 2)


def core_limit(child):
    with open(f"/proc/{child.pid}/limits", encoding="ascii") as stream:
        return " ".join(next(line for line in stream if "core" in line).split())


@case("no core dump is written of a program whose memory may hold a token")
def _(here):
    contains(core_limit(here.program.child), "core file size 1 1")
    cloud = here.cloud
    cloud.decision = "never"
    codes = len(cloud.asked("/devicecode"))
    child = subprocess.Popen([str(presync.CLI), "sign-in", "--tenant", "contoso.com", "--client-id", CLIENT],
                             env=here.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        here.program.wait(lambda: len(cloud.asked("/devicecode")) > codes, "its sign-in", 20)
        contains(core_limit(child), "core file size 1 1")
    finally:
        child.terminate()
        child.wait(20)
        cloud.decision = "accept"


@case("nobody stays signed in unasked")
def _(here):
    equal(here.stays(), False)
    here.start()
    here.program.wait_text(TENANT, 20)
    here.button("Sign in")
    equal("refresh_token" in here.grants(), False)
    equal(any(PERSON in t for t in here.program.texts()), False)


@case("who asks for it is signed in after a restart, without a code; the keyring tells nobody the token")
def _(here):
    here.program.press(here.button("Sign in"))
    here.program.wait_text(PERSON, 30)
    here.program.press(here.stay_switch())
    # the file is there before it is written
    here.program.wait(lambda: here.keyring.exists() and here.keyring.stat().st_size > 100, "the keyring")
    codes = len(here.cloud.asked("/devicecode"))
    here.start()
    here.program.wait_text(PERSON, 30)
    equal(here.grants()[-1], "refresh_token")
    equal(len(here.cloud.asked("/devicecode")), codes)
    equal(here.stays(), True)
    here.look_for_secrets()


@case("who signs out is not signed in after a restart, and the next sign-in is not kept unasked")
def _(here):
    here.program.press(here.button("Sign out"))
    here.button("Sign in")
    before = len(here.grants())
    here.start()
    here.program.wait_text(TENANT, 20)
    here.program.press(here.button("Sign in"))
    here.program.wait_text(PERSON, 30)
    equal(here.stays(), False)
    equal("refresh_token" in here.grants()[before:], False)
    here.look_for_secrets()


@case("a proxy that cannot be used is told, and nobody is asked past it")
def _(here):
    here.end()
    path = pathlib.Path(here.environment["XDG_CONFIG_HOME"]) / "glib-2.0" / "settings" / "keyfile"
    group = "[io/github/presync/Presync]\n"
    contains(path.read_text(), group)
    path.write_text(path.read_text().replace(group, group + "network-proxy='proxy:8080'\nnetwork=true\n"))
    before = len(here.cloud.requests)
    here.start()
    program = here.program
    for _ in range(2):
        program.wait_text("cannot be used, so nobody is asked", 20)
        program.press(here.button("Look up the tenant"))
    program.click(program.find("list item", part="Sources", under=program.find("list", "Pages")))
    program.wait(lambda: "Sources" in atspi.name_of(program.window), "the page Sources")
    program.wait_text("A proxy looks like", 20)
    switch = program.find("check box", part="Try the network from this computer")
    program.press(switch)
    equal(atspi.has_state(switch, atspi.Atspi.StateType.CHECKED), False, "the switch")
    equal(len(here.cloud.requests), before)


def main():
    with contextlib.ExitStack() as stack:
        small = stack.enter_context(world.World())
        cloud = stack.enter_context(Cloud(small))
        display = stack.enter_context(Display(accessible=True))
        keyring = pathlib.Path(display.home) / "test.keyring"
        environment = {**display.environment, "GSETTINGS_SCHEMA_DIR": str(presync.BUILD / "data"), "G_DEBUG": "",
                       "GSETTINGS_BACKEND": "keyfile", "SECRET_BACKEND": "file", "SECRET_FILE_TEST_PATH": str(keyring),
                       "SECRET_FILE_TEST_PASSWORD": "test"}
        import atspi
        globals().update(atspi=atspi)
        atspi.adopt(environment)
        here = Place(cloud, display, environment)
        here.keyring = keyring
        try:
            failed = tap.run(here)
            if failed and here.program is not None:
                here.program.picture(str(presync.BUILD / "sign-in-journey.png"))
                (presync.BUILD / "sign-in-journey.tree").write_text("\n".join(here.program.dump()))
        finally:
            here.end()
        for log in here.logs:
            print("# " + log.read_text(errors="replace").replace("\n", "\n# "))
        return failed


sys.exit(main())

# SPDX-License-Identifier: GPL-3.0-or-later
"""The program's window as a screen reader sees it, and a person's hands on it."""
import os
import re
import subprocess
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

SENSITIVE, FOCUSABLE = Atspi.StateType.SENSITIVE, Atspi.StateType.FOCUSABLE


class NotFound(AssertionError):
    pass


def children(node):
    try:
        count = node.get_child_count()
    except GLib.Error:
        return
    for at in range(count):
        try:
            child = node.get_child_at_index(at)
        except GLib.Error:
            continue
        if child is not None:
            yield child


def walk(node, hidden=False):
    """the object and all below it; what is not on the screen is left out with all below it"""
    if not hidden and not shows(node):
        return
    yield node
    for child in children(node):
        yield from walk(child, hidden)


def name_of(node):
    try:
        return node.get_name() or ""
    except GLib.Error:
        return ""


def role_of(node):
    try:
        return node.get_role_name()
    except GLib.Error:
        return ""


def text_of(node):
    """name, or the text it holds"""
    name = name_of(node)
    if name:
        return name
    try:
        text = node.get_text_iface()
        return Atspi.Text.get_text(text, 0, -1) if text else ""
    except GLib.Error:
        return ""


def content_of(node):
    """what stands in a text field, whatever its name; GTK 4.8 does not take -1 for its end"""
    for field in walk(node):
        text = field.get_text_iface()
        if text is not None:
            return Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text))
    return ""


def shows(node):
    """is it laid out on the screen? GTK 4.8 does not set the state SHOWING below windows"""
    try:
        area = node.get_extents(Atspi.CoordType.WINDOW)
        return area.width > 0 and area.height > 0
    except (GLib.Error, AttributeError):
        return role_of(node) in ("application", "panel")


def has_state(node, state):
    try:
        return node.get_state_set().contains(state)
    except GLib.Error:
        return False


class Program:
    """one running program; everything waits for what it looks for, at most `patience` seconds"""

    def __init__(self, command, environment, log):
        self.log = open(log, "wb")
        self.child = subprocess.Popen(command, env=environment, stderr=self.log, stdout=self.log)
        self.environment = environment
        self.root = self.wait(self._application, "the program on the accessibility bus", 20)
        self.window = self.wait(lambda: next(children(self.root), None), "the window")

    def _application(self):
        if self.child.poll() is not None:
            raise AssertionError(f"the program ended with {self.child.returncode}")
        for node in children(Atspi.get_desktop(0)):
            try:
                if node.get_process_id() == self.child.pid:
                    return node
            except GLib.Error:
                continue
        return None

    def wait(self, find, what, patience=10):
        """the first true value of find()"""
        end = time.monotonic() + patience
        while True:
            found = find()
            if found:
                return found
            if time.monotonic() > end:
                raise NotFound(f"{what} did not appear within {patience} s")
            time.sleep(0.02)

    def all(self, role=None, name=None, part=None, under=None):
        """every object of this role whose name is so, or holds that part"""
        for node in walk(under or self.window):
            if role and role_of(node) != role:
                continue
            if name is not None and name_of(node) != name:
                continue
            if part is not None and part not in name_of(node):
                continue
            yield node

    def find(self, role=None, name=None, part=None, patience=10, **more):
        what = f"{role or 'object'} {name or part or ''}"
        return self.wait(lambda: next(self.all(role, name, part, **more), None), what, patience)

    # GTK 4.8 may crash if the list of windows is read just when one comes or goes (it names a window
    # that has no path yet): so the display is asked first, and all else is looked for in one window.

    def count_windows(self, title=None):
        """how many windows of this program show, or those of this title"""
        named = ["--name", f"^{re.escape(title)}$"] if title else []
        found = subprocess.run(["xdotool", "search", "--all", "--onlyvisible", "--pid", str(self.child.pid), *named],
                               env=self.environment, capture_output=True, check=False)
        return len(found.stdout.split())

    def settle(self):
        """what the display shows already, or no more, is soon in the program's list of windows, or gone from it"""
        time.sleep(0.1)

    def dialog(self, title, patience=10):
        """the window of this title"""
        self.wait(lambda: self.count_windows(title), title, patience)
        self.settle()
        return self.wait(lambda: next((w for w in children(self.root) if name_of(w) == title), None), title, patience)

    def dialog_gone(self, title, patience=10):
        """waits until it is closed"""
        self.wait(lambda: not self.count_windows(title), f"the end of {title}", patience)
        self.settle()

    def next_window(self, act):
        """the window that comes of act(), such as a question"""
        known, count = list(children(self.root)), self.count_windows()
        act()
        self.wait(lambda: self.count_windows() > count, "a window")
        self.settle()
        return self.wait(lambda: next((w for w in children(self.root) if w not in known), None), "the window")

    def press_away(self, node):
        """presses a button that closes its window"""
        count = self.count_windows()
        self.press(node)
        self.wait(lambda: self.count_windows() < count, "the end of a window")
        self.settle()

    def around(self, node):
        """the part of a window that node scrolls with: less to look through"""
        while node is not None and role_of(node) != "scroll pane":
            node = node.get_parent()
        return node or self.window

    def texts(self, under=None):
        """all that can be read"""
        return [t for t in map(text_of, walk(under or self.window)) if t]

    def wait_text(self, part, patience=10, under=None):
        # stops at the first one: whole trees are long to read
        return self.wait(lambda: next((t for t in map(text_of, walk(under or self.window)) if part in t), None),
                         repr(part), patience)

    def press(self, node):
        """as a click does"""
        action = node.get_action_iface()
        if action is None or Atspi.Action.get_n_actions(action) == 0:
            raise NotFound(f"{role_of(node)} {name_of(node)!r} cannot be pressed")
        Atspi.Action.do_action(action, 0)

    def write(self, node, text):
        """fills a text field"""
        field = node.get_editable_text_iface()
        if field is None:
            inner = next((n for n in walk(node) if n.get_editable_text_iface()), None)
            if inner is None:
                raise NotFound(f"{name_of(node)!r} cannot be written into")
            field = inner.get_editable_text_iface()
        Atspi.EditableText.set_text_contents(field, text)

    def focus(self, title):
        """gives the keyboard to the window of this title; there is no window manager to do it"""
        subprocess.run(["xdotool", "search", "--sync", "--onlyvisible", "--name", title, "windowraise", "windowfocus",
                        "--sync"], env=self.environment, check=True, timeout=20)

    def click(self, node):
        """a real click in the middle of it; the window lies at the top left"""
        area = node.get_extents(Atspi.CoordType.WINDOW)
        subprocess.run(["xdotool", "mousemove", str(area.x + area.width // 2), str(area.y + area.height // 2),
                        "click", "1"], env=self.environment, check=True)

    def keys(self, *keys):
        """presses keys, xdotool's names"""
        subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], env=self.environment, check=True)

    def type(self, text):
        subprocess.run(["xdotool", "type", "--delay", "5", text], env=self.environment, check=True)

    def dump(self, node=None, depth=0):
        """the tree, for the log of a failed test"""
        node = node or self.root
        if not shows(node):
            return []
        lines = ["  " * depth + f"{role_of(node)} {text_of(node)!r}"]
        for child in children(node):
            lines += self.dump(child, depth + 1)
        return lines

    def picture(self, path):
        subprocess.run(["import", "-window", "root", path], env=self.environment, check=False)

    def end(self):
        if self.child.poll() is None:
            self.child.terminate()
            try:
                self.child.wait(10)
            except subprocess.TimeoutExpired:
                self.child.kill()
                self.child.wait()
        self.log.close()


def adopt(environment):
    """lets this process talk to the same accessibility bus; before the first call of Atspi"""
    os.environ.update(environment)
    Atspi.init()

# SPDX-License-Identifier: GPL-3.0-or-later
"""The files that are checked: those of the project, without what git ignores and the fixtures."""
import pathlib
import re
import subprocess


class Tree:
    def __init__(self, root, everything=False):
        self.root = pathlib.Path(root)
        self._text = {}
        if everything:
            paths = [p.relative_to(self.root) for p in self.root.rglob("*") if p.is_file()]
        else:
            paths = self._tracked()
        self.files = sorted(str(p) for p in paths if (self.root / p).is_file()
                            and not str(p).startswith("tests/lint/fixtures/"))

    def _tracked(self):
        """Tracked files and new ones; without git, all but the builds and dot folders."""
        try:
            out = subprocess.run(
                ["git", "-c", "safe.directory=*", "-C", str(self.root), "ls-files", "-z",
                 "--cached", "--others", "--exclude-standard"],
                check=True, capture_output=True).stdout.decode()
            return [pathlib.Path(p) for p in out.split("\0") if p]
        except (OSError, subprocess.CalledProcessError):
            return [p.relative_to(self.root) for p in self.root.rglob("*") if p.is_file()
                    and not re.match(r"(\.git|\.build|build[^/]*)/",
                                     str(p.relative_to(self.root)))]

    def text(self, file):
        if file not in self._text:
            self._text[file] = (self.root / file).read_bytes().decode("utf-8", "replace")
        return self._text[file]

    def lines(self, file):
        """(number, line) of a file"""
        return enumerate(self.text(file).split("\n"), 1)

    def select(self, *patterns):
        """files whose whole path matches one of the regular expressions"""
        return [f for f in self.files if any(re.fullmatch(p, f) for p in patterns)]

    def c_files(self, under=""):
        return [f for f in self.files if f.startswith(under) and f.endswith((".c", ".h"))]

    def scripts(self, word):
        """files whose first line names the interpreter"""
        return [f for f in self.files
                if "." not in f.rsplit("/", 1)[-1][1:] or f.endswith((".py", ".sh"))
                if self._interpreter(f) == word]

    def _interpreter(self, file):
        if file.endswith(".py"):
            return "python3"
        with open(self.root / file, "rb") as stream:
            first = stream.readline(100).decode("utf-8", "replace")
        return first.strip().rsplit("/", 1)[-1].split(" ")[-1] if first.startswith("#!") else ""


def strip_c(text):
    """C without comments and the insides of literals, line breaks kept"""
    pattern = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)

    def blank(match):
        piece = match.group()
        breaks = "\n" * piece.count("\n")
        return breaks + " " if piece[0] == "/" else piece[0] + breaks + piece[0]
    return pattern.sub(blank, text)

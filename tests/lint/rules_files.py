# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on the other files: catalogue, scripts, desktop files, what must not stand anywhere."""
import py_compile
import re
import shutil
import subprocess
import tempfile

# Written apart, so that this file does not trip its own rule.
LEFTOVERS = re.compile(r"\b(" + "TO" + "DO|FIX" + "ME|XX" + r"X|HA" + r"CK)\b")
FOREIGN = re.compile(r"(?<![\w.])/(?:work|home|root)/\w|\.\./shared\b")
TEXT_FILES = (r".*\.(c|h|ui|xml|py|md|css|build|in|rng|its|loc|svg|ldif|json|txt|sh)", r"dev",
              r"\.ci/run", r"tests/.*/[a-z-]+", r"po/(POTFILES|LINGUAS)")


def _run(tree, *command):
    return subprocess.run(command, cwd=tree.root, capture_output=True, text=True)


def _missing(tool, file):
    if shutil.which(tool) is None:
        return [(file, 1, f"{tool} is not installed")]
    return []


def catalogue_schema(tree):
    grammar = "data/catalogue/catalogue.rng"
    files = tree.select(r"data/catalogue/.*\.xml")
    if not files:
        return
    if grammar not in tree.files:
        yield grammar, 1, "missing"
        return
    yield from _missing("xmllint", grammar)
    result = _run(tree, "xmllint", "--noout", "--relaxng", grammar, *files)
    if result.returncode:
        for file, line, message in re.findall(r"^(\S+?):(\d+): (.*)$", result.stderr, re.M):
            yield file, int(line), message


def scripts(tree):
    for file in tree.scripts("bash") + tree.scripts("sh"):
        result = _run(tree, "bash", "-n", file)
        for line, message in re.findall(r"line (\d+): (.*)", result.stderr):
            yield file, int(line), message
    with tempfile.TemporaryDirectory() as folder:
        for file in tree.scripts("python3"):
            try:
                py_compile.compile(str(tree.root / file), cfile=f"{folder}/x.pyc", doraise=True)
            except py_compile.PyCompileError as error:
                match = re.search(r"line (\d+)", str(error))
                yield file, int(match.group(1)) if match else 1, error.exc_type_name


def executables(tree):
    for file in tree.scripts("bash") + tree.scripts("sh") + tree.scripts("python3"):
        has_line = tree.text(file).startswith("#!")
        may_run = bool((tree.root / file).stat().st_mode & 0o100)
        if has_line != may_run:
            yield file, 1, ("starts with #! and is not executable" if has_line
                            else "is executable and does not start with #!")


def desktop_files(tree):
    checks = [(r"data/.*\.desktop(\.in)?", ["desktop-file-validate"]),
              (r"data/.*\.metainfo\.xml(\.in)?", ["appstreamcli", "validate", "--no-net"])]
    for pattern, command in checks:
        for file in tree.select(pattern):
            yield from _missing(command[0], file)
            # the validators want the final name
            with tempfile.TemporaryDirectory() as folder:
                name = file.rsplit("/", 1)[-1].removesuffix(".in")
                path = f"{folder}/{name}"
                with open(path, "w", encoding="utf-8") as stream:
                    stream.write(tree.text(file))
                result = _run(tree, *command, path)
            if result.returncode:
                text = " ".join((result.stdout + result.stderr).replace(folder + "/", "").split())
                yield file, 1, text[:300]
    if tree.select(r"data/[^/]*\.gschema\.xml"):
        result = _run(tree, "glib-compile-schemas", "--strict", "--dry-run", "data")
        if result.returncode:
            yield tree.select(r"data/[^/]*\.gschema\.xml")[0], 1, result.stderr.strip()


def leftovers(tree):
    for file in tree.select(*TEXT_FILES):
        for number, line in tree.lines(file):
            match = LEFTOVERS.search(line)
            if match:
                yield file, number, f"{match.group()}: do it, or write an issue"
            match = FOREIGN.search(line)
            if match:
                yield file, number, f"a path outside the project: {match.group()}"


def whitespace(tree):
    for file in tree.select(*TEXT_FILES):
        text = tree.text(file)
        if text and not text.endswith("\n"):
            yield file, text.count("\n") + 1, "no line break at the end"
        if file.endswith(".ldif"):
            continue
        for number, line in tree.lines(file):
            if line != line.rstrip():
                yield file, number, "white space at the end of the line"
            if "\t" in line and not file.startswith("tests/directory/") and not file.endswith(".ldif"):
                yield file, number, "a tab"


RULES = {
    "catalogue-schema": catalogue_schema,
    "scripts": scripts,
    "executables": executables,
    "desktop-files": desktop_files,
    "leftovers": leftovers,
    "whitespace": whitespace,
}

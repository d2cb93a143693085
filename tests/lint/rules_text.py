# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on texts: every one reaches the translators, and each language is complete."""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import xml.etree.ElementTree as ElementTree


MARKED = re.compile(r'(?<!\w)(?:_|N_|C_|NC_|Q_|ngettext|g_dngettext|g_dgettext|gettext)\s*\(\s*"')


def _has_texts(tree, file):
    if file.endswith((".c", ".h")):
        return MARKED.search(re.sub(r"/\*.*?\*/", "", tree.text(file), flags=re.S)) is not None
    if file.endswith(".ui"):
        return 'translatable="yes"' in tree.text(file)
    if re.fullmatch(r"data/catalogue/.*\.xml", file):
        return re.search(r"<catalogue\b", tree.text(file)) is not None
    return re.fullmatch(r"data/[^/]+\.(desktop\.in|metainfo\.xml\.in|gschema\.xml)|data/.*mime.*\.xml\.in",
                        file) is not None


def translatable_files(tree):
    """the files with texts to translate, in the order of po/POTFILES"""
    return [f for f in tree.files if f.startswith(("src/", "ui/", "data/")) and _has_texts(tree, f)]


def potfiles(tree):
    if "po/POTFILES" not in tree.files:
        if translatable_files(tree):
            yield "po/POTFILES", 1, "missing"
        return
    listed = {}
    for number, line in tree.lines("po/POTFILES"):
        if line.strip() and not line.startswith("#"):
            listed[line.strip()] = number
    for file in translatable_files(tree):
        if file not in listed:
            yield "po/POTFILES", 1, f"{file} has texts and is not listed (./dev translations)"
    for file, number in listed.items():
        if file not in tree.files:
            yield "po/POTFILES", number, f"{file} does not exist"


def _template(tree, folder):
    """path of a template made from the sources, or (None, message)"""
    target = pathlib.Path(folder) / "presync.pot"
    data = tree.root / "data"
    environment = dict(os.environ, GETTEXTDATADIRS=str(data), LC_ALL="C.UTF-8")
    command = ["xgettext", "--from-code=UTF-8", "--add-comments", "--package-name=presync",
               "--files-from=po/POTFILES", f"--output={target}",
               *(f"--keyword={k}" for k in ("_", "N_", "C_:1c,2", "NC_:1c,2", "g_dcgettext:2",
                                            "g_dngettext:2,3", "g_dpgettext2:2c,3", "ngettext:1,2"))]
    result = subprocess.run(command, cwd=tree.root, env=environment, capture_output=True, text=True)
    if result.returncode or not target.exists():
        return None, result.stderr.strip().split("\n")[-1] or "xgettext found no text"
    return target, result.stderr


def _unescape(text):
    return text.replace("\\n", "\n").replace('\\"', '"').replace("\\\\", "\\")


def messages(po):
    """the msgids of a template or po file"""
    text = re.sub(r'"\n"', "", po)
    return {_unescape(m) for m in re.findall(r'^msgid(?:_plural)? "(.*)"$', text, re.M) if m}


def _expected(tree, file):
    """(line, text) that must stand in the template, found without gettext"""
    if file.endswith(".ui"):
        for match in re.finditer(r'translatable="yes"[^>]*>([^<]+)<', tree.text(file)):
            yield tree.text(file).count("\n", 0, match.start()) + 1, _xml(match.group(1))
    elif file.endswith(".xml") and "/catalogue/" in file:
        for match in re.finditer(r"<(title|needed|why|text|step|figure)\b[^>]*>([^<]*)</",
                                 tree.text(file)):
            yield (tree.text(file).count("\n", 0, match.start()) + 1,
                   " ".join(_xml(match.group(2)).split()))
    elif file.endswith(".c"):
        code = re.sub(r"/\*.*?\*/", lambda m: "\n" * m.group().count("\n"), tree.text(file), flags=re.S)
        for match in re.finditer(MARKED.pattern[:-1] + r'((?:"(?:\\.|[^"\\\n])*"\s*)+)', code):
            pieces = re.findall(r'"((?:\\.|[^"\\\n])*)"', match.group(1))
            yield code.count("\n", 0, match.start()) + 1, _unescape("".join(pieces))


def _xml(text):
    return ElementTree.fromstring(f"<x>{text}</x>").text or ""


def template(tree):
    if "po/POTFILES" not in tree.files:
        return
    if shutil.which("xgettext") is None:
        yield "po/POTFILES", 1, "gettext is not installed"
        return
    with tempfile.TemporaryDirectory() as folder:
        path, message = _template(tree, folder)
        if path is None:
            yield "po/POTFILES", 1, message
            return
        found = messages(path.read_text())
    for file in translatable_files(tree):
        for line, text in _expected(tree, file):
            if text and text not in found:
                yield file, line, f'"{text[:60]}" is missing from the template'


def translations(tree):
    if "po/LINGUAS" not in tree.files:
        return
    with tempfile.TemporaryDirectory() as folder:
        pot, message = _template(tree, folder)
        if pot is None:
            yield "po/POTFILES", 1, message
            return
        for language in re.sub(r"#.*", "", tree.text("po/LINGUAS")).split():
            po = f"po/{language}.po"
            if po not in tree.files:
                yield "po/LINGUAS", 1, f"{po} is missing"
                continue
            for command in (["msgfmt", "--check", "--output-file=/dev/null", po],
                            ["msgcmp", po, str(pot)]):
                result = subprocess.run(command, cwd=tree.root, capture_output=True, text=True,
                                        env=dict(os.environ, LC_ALL="C.UTF-8"))
                if result.returncode:
                    yield from _complaints(po, result.stderr)


def _complaints(po, text):
    """one line for each kind of complaint of gettext, with its first place and their number"""
    lines = [l for l in text.split("\n") if re.search(r":\d+", l)]
    kinds = {}
    for line in lines:
        match = re.match(r"(.*?):(\d+)(?::\d+)?: ?(.*)", line)
        if match:
            kinds.setdefault(match.group(3) or "not complete", []).append(match)
    for kind, found in kinds.items():
        first = found[0]
        place = f" (first at {first.group(1)}:{first.group(2)})" if po not in first.group(1) else ""
        line = int(first.group(2)) if not place else 1
        yield po, line, f"{len(found)} times: {kind}{place}"
    if not kinds:
        yield po, 1, text.strip().split("\n")[-1]


RULES = {
    "potfiles": potfiles,
    "template": template,
    "translations": translations,
}

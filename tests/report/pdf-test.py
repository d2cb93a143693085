#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report's PDF as other programs see it: structure, fonts, margins; hostile texts; machines without fonts."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

import tap      # noqa: E402

PROBE = pathlib.Path(os.environ["PRESYNC_BUILD"]) / "tests/report/report-probe"
FOLDER = tempfile.TemporaryDirectory(prefix="presync-pdf-")
PLACE = pathlib.Path(FOLDER.name)
MARGIN, EDGE, DOTS = 54, 24, 50     # points to the left and right, above and below; per inch


def command(*words, environment=None):
    result = subprocess.run([str(w) for w in words], capture_output=True, timeout=60,
                            env={**os.environ, **(environment or {})})
    if result.returncode:
        raise AssertionError(f"{words[0]}: exit {result.returncode}: {result.stderr.decode(errors='replace')[-800:]}")
    return result.stdout


def probe(mode, environment=None):
    path = PLACE / f"{mode}.pdf"
    count = int(command(PROBE, mode, path, environment=environment))
    tap.equal(path.read_bytes()[:8], b"%PDF-1.5", "cairo's file is packed: see src/report/pdf-pack.c")
    return path, count


def pages(path):
    """(width, height, bytes) of each page in grey"""
    for old in PLACE.glob("page-*.pgm"):
        old.unlink()
    command("pdftoppm", "-gray", "-r", DOTS, path, PLACE / "page")
    for file in sorted(PLACE.glob("page-*.pgm")):
        data = file.read_bytes()
        head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", data)
        yield int(head[1]), int(head[2]), data[head.end():]


def assert_margins(path):
    """no ink outside the margins"""
    side, edge = int(MARGIN * DOTS / 72) - 1, int(EDGE * DOTS / 72)
    for number, (width, height, data) in enumerate(pages(path), 1):
        for y in range(height):
            line = data[y * width:(y + 1) * width]
            outside = line if y < edge or y >= height - edge else line[:side] + line[width - side:]
            if min(outside) < 250:
                raise AssertionError(f"page {number}: ink outside the margins at {y * 72 // DOTS} points from the top")


def font_place(name, *folders):
    """FONTCONFIG_FILE of a machine with just these fonts"""
    path = PLACE / f"{name}.conf"
    path.write_text('<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
                    + "".join(f"<dir>{f}</dir>" for f in folders)
                    + f"<cachedir>{PLACE / name}</cachedir></fontconfig>")
    return {"FONTCONFIG_FILE": str(path)}


@tap.case("hostile texts stay within the margins, and the file is whole")
def hostile():
    path, count = probe("hostile")
    assert_margins(path)
    command("qpdf", "--check", path)
    tap.contains(command("pdfinfo", path).decode(), f"Pages:           {count}\n")
    text = command("pdftotext", path, "-").decode()
    for part in ("שלום", "漢字", "turned", "Page 1 of"):
        tap.contains(text, part)
    tap.equal(re.sub(r"\s", "", text).count("W") >= 10000, True, "all of a long name is there")


@tap.case("rows that are made when they are set give the same file as rows that are kept")
def source():
    (kept, _), (made, count) = probe("kept"), probe("source")
    tap.equal(made.read_bytes() == kept.read_bytes(), True, "the same bytes")
    assert count > 10, count
    tap.contains(command("pdftotext", "-layout", made, "-").decode(), "Value, continued")
    assert_margins(made)


@tap.case("a screen reader finds headings, lists, tables with heads, and the language")
def structure():
    path, _ = probe("plain")
    command("qpdf", "--check", path)
    tree = command("pdfinfo", "-struct-text", path).decode()
    for tag in ("Document\n", "H1 (block)\n", "H2 (block)\n", "H3 (block)\n", "P (block)\n", "L (block)\n", "LI (block)\n",
                "Lbl (block)\n", "LBody (block)\n", "Table (block)\n", "TR\n", "TH:\n", "/Scope /Column", "TD\n"):
        tap.contains(tree, tag, "structure")
    info = command("pdfinfo", path).decode()
    for line in ("Title:           Readiness – contoso.com", "Tagged:          yes", "CreationDate:    Sun Nov 22 10:15:00 2026 UTC"):
        tap.contains(info, line)
    plain = command("qpdf", "--qdf", "--object-streams=disable", path, "-").decode(errors="replace")
    for entry in ("/Lang (en)", "/DisplayDocTitle true", "/PageLabels", "/Outlines", "/URI (https://contoso.com/it%27s%5C)"):
        tap.contains(plain, entry, "PDF")


@tap.case("fonts are embedded, and only the letters that are used")
def fonts():
    for mode in ("plain", "hostile"):
        lines = command("pdffonts", PLACE / f"{mode}.pdf").decode().splitlines()[2:]
        assert lines
        for line in lines:
            if not re.search(r"^[A-Z]{6}\+.* yes +yes +(yes|no) +\d+ +0$", line) and not re.search(r"Type 3", line):
                raise AssertionError(line)


@tap.case("with one font the letters of other scripts are boxes, with none all are: never a crash")
def few_fonts():
    few = font_place("few", "/usr/share/fonts/truetype/dejavu")
    path, _ = probe("hostile", few)
    assert_margins(path)
    command("qpdf", "--check", path)
    path, _ = probe("kept", font_place("none"))
    assert_margins(path)
    command("qpdf", "--check", path)


@tap.case("plain text is set as Pango sets it in a font that kerns, too")
def kerning():
    command(PROBE.parent.parent / "unit/report-type-test", environment=font_place("few", "/usr/share/fonts/truetype/dejavu"))


tap.run()

#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Assessments that presync-cli saves, reports and compares, and what is refused."""
import contextlib
import csv
import hashlib
import io
import json
import os
import pathlib
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

import presync  # noqa: E402
import tap  # noqa: E402
from tap import contains, equal  # noqa: E402

LOST = 2
SERVER = presync.SOURCE / "tests" / "server" / "files" / "2022.json"


def case(title):
    """a test with a folder of its own"""
    def register(function):
        tap.add(title, lambda root: function(tempfile.mkdtemp(dir=root)))
    return register


def answers(folder, given=(), waivers=()):
    """an answers file"""
    path = os.path.join(folder, "answers.json")
    content = {"answers": [{"condition": i, "met": met, "name": "Ada", "note": "seen"} for i, met in given],
               "waivers": [{"condition": i, "reason": "=soon", "owner": "Böb", **more} for i, more in waivers]}
    with open(path, "w", encoding="utf-8") as stream:
        json.dump(content, stream)
    return path


def saved(folder, name="a.presync", *more, code=presync.NOT_READY, **named):
    path = os.path.join(folder, name)
    result = presync.run("check", "--sample", "--format", "json", "--save", path, *more, **named)
    equal(result.code, code, repr(result))
    equal(result.errors, "", "standard error")
    return path, result


def runs(path):
    result = presync.run("history", path, "--format", "json")
    return [run["run"] for run in result.json["runs"]]


def refused(code, *arguments, names=(), **named):
    result = presync.run(*arguments, **named)
    equal(result.code, code, f"{arguments}: {result!r}")
    presync.one_sentence(result, *names)
    return result


def digest(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()


@case("what was checked and saved is told again, to the letter, by a file of any name")
def _(folder):
    path, checked = saved(folder, "Größe & Co.presync")
    told = presync.run("report", path, "--format", "json")
    equal(told.code, checked.code, repr(told))
    equal(told.output, checked.output, "json")
    contains(told.output, "\"proxy-refused\"")
    contains(told.output, "\"silent\"")
    for form in ("text", "csv"):
        first = presync.run("check", "--sample", "--save", f"{folder}/{form}.presync", "--format", form)
        once = presync.run("report", f"{folder}/{form}.presync", "--format", form, "-o", folder + "/out")
        equal((once.code, once.output), (checked.code, ""), repr(once))
        printed = presync.run("report", f"{folder}/{form}.presync", "--format", form)
        equal(printed.output, pathlib.Path(folder, "out").read_bytes().decode(), form)
        equal(printed.output, first.output, form)


@case("the report of a check and that of the file that it was saved in are the same bytes")
def _(folder):
    # what depends on the date of the report is told for that day, what a check says for its own
    now = {"SOURCE_DATE_EPOCH": str(int(time.time()))}
    one, two = folder + "/check.pdf", folder + "/file.pdf"
    path, _ = saved(folder, "a.presync", "--report", one, environment=now)
    result = presync.run("report", path, "-o", two, environment=now)
    equal((result.code, result.output, result.errors), (presync.NOT_READY, "", ""), repr(result))
    first, second = (subprocess.run(["pdftotext", "-layout", n, "-"], capture_output=True, check=True, text=True).stdout
                     for n in (one, two))
    equal(second, first, "text")
    contains(first, "login.microsoftonline.com:443")
    contains(first, "SYNC01.json of the sample")
    equal(digest(two), digest(one), "bytes")


@case("each check adds a run; targets that are named take the place of those of the file, statements stay")
def _(folder):
    plain = presync.run("check", "--sample", "--format", "json").statuses()
    asked = next(i for i, status in plain.items() if status == "needs-answer")
    path, _ = saved(folder, "a.presync", "--answers",
                    answers(folder, [(asked, True)], [("cs-ram", {"expires": "2999-12-31"})]))
    before = presync.run("report", path, "--format", "json").conditions()
    _, second = saved(folder)
    equal(runs(path), [1, 2], "runs")
    equal(second.statuses()[asked], "met", "answer")
    equal(second.conditions()["cs-ram"].get("waiver"), before["cs-ram"].get("waiver"), "waiver")
    equal(before["cs-ram"]["waiver"]["owner"], "Böb", "owner")
    # one target that can be read, one that cannot
    result = presync.run("check", "--server-facts", SERVER, "--localdb", "--features", "own-sql", "--save", path)
    equal(result.code in (presync.NOT_READY, presync.NOT_YET_KNOWN), True, repr(result))
    equal(runs(path), [1, 2, 3], "runs")
    for condition in presync.run("report", path, "--format", "json").conditions().values():
        if condition["origin"] and condition["origin"]["source"] not in ("plan", "server"):
            raise AssertionError(f"a fact of an earlier target: {condition}")


@case("a waiver stands beside the status and changes none; one that has expired counts no more")
def _(folder):
    plain = presync.run("check", "--sample", "--format", "json")
    unmet = [i for i, status in plain.statuses().items() if status == "not-met"]
    path = answers(folder, waivers=[(unmet[0], {"expires": "2999-12-31"}), (unmet[1], {"expires": "2020-01-01"}),
                                    (unmet[2], {})])
    result = presync.run("check", "--sample", "--format", "json", "--answers", path)
    equal(result.code, plain.code, repr(result))
    equal(result.statuses(), plain.statuses(), "statuses")
    equal(result.conditions()[unmet[0]]["waiver"],
          {"reason": "=soon", "owner": "Böb", "expires": "2999-12-31", "expired": False})
    equal(result.conditions()[unmet[1]]["waiver"]["expired"], True, "expired")
    equal(result.conditions()[unmet[2]]["waiver"]["expires"], None, "expires")
    equal("waiver" in plain.conditions()[unmet[0]], False, "a waiver where there is none")
    waived = sum(o["counts"]["waived"] for o in result.json["options"])
    equal(waived, 2, "waived")
    text = presync.run("check", "--sample", "--answers", path, environment={"COLUMNS": "300"}).output
    for part in ("2 waived", "1 waiver expired", "Waived by Böb until 2999-12-31: =soon", "Waived by Böb: =soon",
                 "The waiver of Böb expired on 2020-01-01: =soon"):
        contains(text, part)
    sheet = presync.run("check", "--sample", "--answers", path, "--format", "csv").output
    rows = {row["Condition"]: row for row in csv.DictReader(io.StringIO(sheet.lstrip("\ufeff")))}
    row = rows[unmet[0]]
    equal((row["Waiver"], row["Waiver owner"], row["Waiver expires"]), ("'=soon", "Böb", "2999-12-31"))
    met = next(i for i, status in plain.statuses().items() if status == "met")
    equal([rows[i]["Waiver expired"] for i in (*unmet[:3], met)], ["no", "yes", "no", ""], "expired")


@case("waivers that are faulty are refused with the place, and nothing of the file is taken")
def _(folder):
    path = folder + "/answers.json"
    good = {"condition": "cs-ram", "reason": "r", "owner": "o"}
    for fault, place in [({"reason": ""}, "reason"), ({"owner": None}, "owner"), ({"expires": "soon"}, "expires"),
                         ({"expires": "2026-02-30"}, "expires"), ({"at": "noon"}, "at"), ({"condition": "x"}, "condition"),
                         ({"met": True}, "met"), ({"expires": 3}, "expires")]:
        with open(path, "w", encoding="utf-8") as stream:
            json.dump({"waivers": [good, {**good, **fault}]}, stream)
        refused(presync.BAD_INPUT, "check", "--sample", "--answers", path, names=[f"waivers[1].{place}"])
    with open(path, "w", encoding="utf-8") as stream:
        json.dump({"waivers": {}}, stream)
    refused(presync.BAD_INPUT, "check", "--sample", "--answers", path, names=["waivers"])


@case("what is no assessment is refused, and nothing is written over")
def _(folder):
    for name, content in [("text.presync", b"hello\n"), ("empty.presync", b""), ("other.presync", b"SQLite format 3\0" + b"x" * 4096)]:
        path = os.path.join(folder, name)
        pathlib.Path(path).write_bytes(content)
        refused(presync.BAD_INPUT, "check", "--sample", "--save", path, names=[name])
        for command in ("report", "history", "compare"):
            refused(presync.BAD_INPUT, command, path, *(("-o", folder + "/x.pdf") if command == "report" else ()), names=[name])
        equal(pathlib.Path(path).read_bytes(), content, name)
    refused(presync.BAD_INPUT, "check", "--sample", "--save", folder, names=[os.path.basename(folder)])
    refused(presync.CANNOT_WRITE, "check", "--sample", "--save", folder + "/none/a.presync", names=["a.presync"])
    refused(presync.BAD_INPUT, "history", folder + "/none.presync", names=["none.presync"])


@case("a faulty command line leaves a saved assessment as it was, byte for byte")
def _(folder):
    path, _ = saved(folder)
    before = digest(path)
    for code, arguments in [(presync.USAGE, ["--sample", "--features", "nonsense"]),
                            (presync.USAGE, ["--sample", "--edition", "yesterday"]),
                            (presync.BAD_INPUT, ["--sample", "--answers", folder + "/none.json"]),
                            (presync.BAD_INPUT, ["--sample", "--server-facts", folder + "/none.json"]),
                            # nothing would take the place of what is there
                            (presync.USAGE, []), (presync.USAGE, ["--features", "federation"])]:
        refused(code, "check", *arguments, "--save", path)
        equal(digest(path), before, repr(arguments))
    presync.run("report", path, "--format", "json")
    presync.run("compare", path, "1", "1")
    equal(digest(path), before, "only read")


@case("a server that cannot be reached: the run says so, and no password is in the file")
def _(folder):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        path = folder + "/dead.presync"
        result = presync.check(f"ldaps://127.0.0.1:{port}", password="Passw0rd.Nobody", more=["--save", path])
    equal(result.code, presync.UNREACHABLE, repr(result))
    equal(runs(path), [1], "runs")
    content = pathlib.Path(path).read_bytes()
    for encoding in ("utf-8", "utf-16-le"):
        if "Passw0rd.Nobody".encode(encoding) in content:
            raise AssertionError("the password is in the file")
    contains(content.decode("latin-1"), "Administrator@presync.test")


@case("compare: new, mended and lost, of one assessment and of two")
def _(folder):
    plain = presync.run("check", "--sample", "--format", "json").statuses()
    asked = next(i for i, status in plain.items() if status == "needs-answer" and i.startswith("cs-"))
    a, _ = saved(folder, "a.presync", "--answers", answers(folder, [(asked, True)]))
    saved(folder, "a.presync", "--answers", answers(folder, [(asked, False)]))
    saved(folder, "a.presync", "--answers", answers(folder, [(asked, True)]))

    def change(code, *arguments):
        result = presync.run("compare", *arguments, "--format", "json")
        equal(result.code, code, f"{arguments}: {result!r}")
        return {c["id"]: c["change"] for o in result.json["options"] for c in o["conditions"]}, result.json

    equal(change(1, a, "1", "2")[0][asked], "new")
    equal(change(0, a, "2", "last")[0][asked], "stated")
    equal(change(0, a)[0][asked], "stated", "the last two")
    equal(change(0, a, "1", "3")[0][asked], "unchanged")
    equal(change(1, a, "1", a, "2")[0][asked], "new")
    b = folder + "/b.presync"
    presync.run("check", "--localdb", "--save", b)
    changes, whole = change(LOST, a, b)
    equal(changes[asked], "lost")
    equal((whole["before"]["run"], whole["after"]["run"], whole["foreign"]), (3, 1, 0))
    equal([sum(o["counts"][i] for o in whole["options"]) for i in ("new", "by-edition")], [0, 0], "counts")
    text = presync.run("compare", a, "1", "2", environment={"COLUMNS": "200"})
    equal(text.code, 1, repr(text))
    for part in ("Run 1 ·", "Run 2 ·", "New: 1", "Met (answered by hand) → ", " (answered by hand)\n"):
        contains(text.output, part)
    contains(presync.run("compare", a).output, "Answered by hand: 1")


def checksum(*values):
    """of a row, as src/store/statement.c has it"""
    result = 0xcbf29ce484222325
    for value in values:
        tag, data = ("i", value.to_bytes(8, "little", signed=True)) if isinstance(value, int) else ("t", value.encode())
        length, head = len(data), [ord(tag)]
        while length:
            head.append(length & 0xff)
            length >>= 8
        for byte in (*head, *data):
            result = (result ^ byte) * 0x100000001b3 & 0xffffffffffffffff
    return result - (1 << 64) if result >> 63 else result


def rename_condition(path, old, new):
    """as if another version of Presync had checked, which calls a condition otherwise"""
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        (number, was), = db.execute("SELECT id, checksum FROM texts WHERE text = ?", (old,))
        (rows, total), = db.execute("SELECT rows, sum FROM seals WHERE name = 'texts'")
        total = (total - was + checksum(number, new) + (1 << 63)) % (1 << 64) - (1 << 63)
        db.execute("UPDATE texts SET text = ?, checksum = ? WHERE id = ?", (new, checksum(number, new), number))
        db.execute("UPDATE seals SET sum = ?, checksum = ? WHERE name = 'texts'", (total, checksum("texts", rows, total)))


@case("compare: what this version does not know is left out, and that is told")
def _(folder):
    path, _ = saved(folder)
    rename_condition(path, "cs-ram", "cs-ram-of-tomorrow")
    result = presync.run("compare", path, "1", "1")
    equal((result.code, result.errors), (0, ""), repr(result))
    contains(result.output, "1 condition is left out: this version of Presync does not")
    equal(presync.run("compare", path, "1", "1", "--format", "json").json["foreign"], 1, "foreign")
    if "left out" in presync.run("compare", saved(folder, "b.presync")[0], "1", "1").output:
        raise AssertionError("something is left out")


@case("a file of a newer version is read, and that something may be missing is told")
def _(folder):
    path, checked = saved(folder)
    with open(path, "r+b") as stream:
        stream.seek(60)
        stream.write((2).to_bytes(4, "big"))
    for arguments in (["report", path, "--format", "json"], ["history", path], ["compare", path, "1", "1"]):
        result = presync.run(*arguments)
        presync.one_sentence(result, "a.presync", "newer version")
    equal(presync.run("report", path, "--format", "json").output, checked.output, "report")
    os.chmod(path, 0o400)
    refused(presync.CANNOT_WRITE, "check", "--sample", "--save", path, names=["newer version"])


@case("nothing takes the place of an assessment, by whatever name")
def _(folder):
    path, _ = saved(folder)
    other, _ = saved(folder, "b.presync")
    before = digest(path), digest(other)
    link, twin, plain = folder + "/link.pdf", folder + "/twin.pdf", folder + "/copy.pdf"
    os.symlink("a.presync", link)
    os.link(path, twin)
    shutil.copy(path, plain)
    names = path, f"{folder}/../{os.path.basename(folder)}/a.presync", link, twin, other, plain
    for output, form in zip(names, ("pdf", "json", "pdf", "csv", "pdf", "text")):
        refused(presync.USAGE, "report", path, "-o", output, "--format", form, names=[os.path.basename(output)])
    for arguments in (["check", "--sample", "--report", other], ["record", "--ldif", folder + "/x.ldif", "-o", link]):
        refused(presync.USAGE, *arguments, names=[os.path.basename(arguments[-1])])
    refused(presync.USAGE, "check", "--sample", "--save", path, "--report", path, names=["a.presync"])
    fresh = folder + "/new.presync"
    refused(presync.USAGE, "check", "--sample", "--save", fresh, "--report", f"{folder}/./new.presync", names=["new.presync"])
    equal(os.path.exists(fresh), False, "a file")
    equal((digest(path), digest(other)), before, "assessments")
    equal(os.path.islink(link), True, "the link")


@case("a check that is killed, or that could read nothing, leaves the file as it was")
def _(folder):
    path, _ = saved(folder)
    before = digest(path)
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        with presync.PasswordFile("Passw0rd.Nobody") as password, \
                subprocess.Popen([str(presync.CLI), "check", "--directory", f"ldaps://127.0.0.1:{deaf.getsockname()[1]}",
                                  "--sign-in-as", "A@b.test", "--password-file", password, "--save", path],
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
            connection = deaf.accept()[0]
            # longer than changes are gathered
            time.sleep(0.6)
            equal(child.poll(), None, "the check")
            child.kill()
            connection.close()
    equal(digest(path), before, "killed")
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        result = presync.check(f"ldaps://127.0.0.1:{closed.getsockname()[1]}", more=["--save", path])
    equal(result.code, presync.UNREACHABLE, repr(result))
    contains(result.errors, "“a” was left as it was: nothing could be read.")
    equal(digest(path), before, "refused")
    equal(os.listdir(folder), ["a.presync"], "files")


@case("compare: what an edition asks anew is no change of the forest")
def _(folder):
    path, _ = saved(folder, "a.presync", "--edition", "2026-10-06")
    # Windows Server 2016 was enough then, and many conditions came later.
    saved(folder, "a.presync", "--edition", "2026-01-01")
    result = presync.run("compare", path, "--format", "json")
    kinds = {c["change"] for o in result.json["options"] for c in o["conditions"]}
    contains(kinds, "by-edition")
    equal(kinds & {"new", "mended", "lost"}, set(), "changes")


@case("compare and history: what was not named rightly is told")
def _(folder):
    path, _ = saved(folder)
    refused(presync.BAD_INPUT, "compare", path, names=["only one run"])
    refused(presync.BAD_INPUT, "compare", path, "1", "7", names=["no run 7"])
    for arguments in ([path, "1"], [path, "1", "1", path], [path, path, "1", "1"], [path, path, path]):
        refused(presync.USAGE, "compare", *arguments)
    refused(presync.USAGE, "compare")
    refused(presync.USAGE, "history")
    refused(presync.USAGE, "history", path, path)
    refused(presync.USAGE, "history", path, "--format", "pdf", names=["pdf"])
    result = presync.run("history", path)
    equal(result.code, presync.NOT_READY, repr(result))
    contains(result.output, "Run 1 ·")
    sheet = presync.run("history", path, "--format", "csv").output
    rows = list(csv.DictReader(io.StringIO(sheet.lstrip("\ufeff"))))
    equal([(r["Run"], r["Option"]) for r in rows], [("1", "cloud-sync"), ("1", "connect-sync")])


@case("a report as it was ordered; the same bytes for the same date")
def _(folder):
    path, _ = saved(folder)
    one, two, three = (f"{folder}/{n}.pdf" for n in "123")
    fixed = {"SOURCE_DATE_EPOCH": "1790000000"}
    for output in (one, two):
        result = presync.run("report", path, "-o", output, environment=fixed)
        equal((result.code, result.output, result.errors), (presync.NOT_READY, "", ""), repr(result))
    equal(digest(one), digest(two), "bytes")
    presync.run("report", path, "-o", two, environment={"SOURCE_DATE_EPOCH": "1790086400"})
    if digest(one) == digest(two):
        raise AssertionError("the date does not show")
    result = presync.run("report", path, "-o", three, "--length", "summary", "--paper", "letter", "--organisation",
                         "Contoso Ltd", "--prepared-by", "Ada", "--classification", "Internal")
    equal(result.code, presync.NOT_READY, repr(result))
    content = pathlib.Path(three).read_bytes()
    if not content.startswith(b"%PDF-") or len(content) >= os.path.getsize(one):
        raise AssertionError("no shorter PDF")
    short = presync.run("report", path, "-o", three, "--sections", "blockers")
    equal(short.code, presync.NOT_READY, repr(short))
    checked = presync.run("check", "--sample", "--report", two, "--length", "summary", environment=fixed)
    equal(checked.code, presync.NOT_READY, repr(checked))


@case("text, JSON and CSV for a given date, too; and its day is the same wherever that is")
def _(folder):
    plain = presync.run("check", "--sample", "--format", "json").statuses()
    unmet = next(i for i, status in plain.items() if status == "not-met")
    path, _ = saved(folder, "a.presync", "--answers", answers(folder, waivers=[(unmet, {"expires": "2999-12-30"})]))
    # 20 o'clock at Greenwich on the last day, when it is the next one in Japan; and midnight, when it is not in New York
    last, over = "32503579200", "32503593600"
    for form, expired in (("json", '"expired" : true'), ("csv", '"2999-12-30","yes"'), ("text", "1 waiver expired")):
        for moment, zone in ((last, "Asia/Tokyo"), (over, "America/New_York")):
            told = presync.run("report", path, "--format", form, environment={"SOURCE_DATE_EPOCH": moment, "TZ": zone})
            equal(expired in told.output, moment == over, f"{form} in {zone}")
    refused(presync.USAGE, "report", path, "--format", "csv", environment={"SOURCE_DATE_EPOCH": "x"}, names=["SOURCE_DATE_EPOCH"])
    one, two = folder + "/1.pdf", folder + "/2.pdf"
    for output, zone in ((one, "UTC"), (two, "Asia/Tokyo")):
        presync.run("report", path, "-o", output, environment={"SOURCE_DATE_EPOCH": last, "TZ": zone})
    equal(digest(two), digest(one), "PDF")


@case("the sync server of the file stays unless another is named")
def _(folder):
    snapshot = str(pathlib.Path(presync.SOURCE, "data/sample/contoso.ldif"))
    path = folder + "/a.presync"
    presync.run("check", "--ldif", snapshot, "--sync-server", "SYNC01", "--save", path)
    once = presync.run("report", path, "--format", "json").statuses()
    presync.run("check", "--ldif", snapshot, "--save", path)
    equal(presync.run("report", path, "--format", "json").statuses(), once, "without a name")
    other = presync.run("check", "--ldif", snapshot, "--format", "json").statuses()
    equal(other == once, False, "the server's name tells nothing")


@case("who closes the output early costs no run")
def _(folder):
    path, _ = saved(folder)
    with subprocess.Popen([presync.CLI, "check", "--sample", "--save", path], stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL) as child:
        child.stdout.close()
    equal(len(json.loads(presync.run("history", path, "--format", "json").output)["runs"]), 2, "runs")


@case("a report that cannot be made is told in one sentence")
def _(folder):
    path, _ = saved(folder)
    out = folder + "/out.pdf"
    for arguments, names in [((), ["--output"]), (("--format", "odt"), ["odt"]), (("-o", out, "--paper", "a3"), ["a3"]),
                             (("-o", out, "--length", "long"), ["long"]), (("-o", out, "--sections", ""), ["--sections"]), (("-o", out, "--sections", "blockers,all"), ["all"]),
                             (("-o", out, "--length", "summary", "--sections", "tenant"), ["--sections"]),
                             (("-o", out, "--option", "cloud-sync"), ["--sections"]),
                             (("--format", "json", "--paper", "a4"), ["PDF"])]:
        refused(presync.USAGE, "report", path, *arguments, names=names)
    refused(presync.USAGE, "check", "--sample", "--paper", "a4", names=["--paper"])
    for value in ("", "x", "-1", "99999999999999999999"):
        refused(presync.USAGE, "report", path, "-o", out, environment={"SOURCE_DATE_EPOCH": value}, names=["SOURCE_DATE_EPOCH"])
    equal(os.path.exists(out), False, "a file")
    refused(presync.CANNOT_WRITE, "report", path, "-o", folder + "/none/out.pdf", names=["out.pdf"])
    refused(presync.CANNOT_WRITE, "report", path, "--format", "csv", "-o", "/dev/full", names=["/dev/full"])
    result = presync.run("report", path, "-o", out, "--logo", folder + "/none.png")
    equal(result.code, presync.NOT_READY, repr(result))
    presync.one_sentence(result, "none.png")


def main():
    with tempfile.TemporaryDirectory() as root:
        return tap.run(root)


sys.exit(main())

#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Facts files on the command line: every sample of them, faulty ones, of another host, of several, in a folder."""
import json
import os
import pathlib
import re
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE)]

import facts_files  # noqa: E402
import presync  # noqa: E402
import tap  # noqa: E402
from tap import case, contains, equal  # noqa: E402

MEMORY = 200 << 20
GOOD = sorted((HERE / "files").glob("*.json"))
# What the sentence must say, beside the file's name
SAYS = {
    "utf16-no-bom": "UTF-16", "latin1": "line 18", "empty": "empty", "truncated": "ends too early", "trailing": "behind the end",
    "comment": "line 3", "not-json": "line 1", "not-an-object": "presync-server-facts", "duplicate-member": "system.build is there twice",
    "no-version": "presync-server-facts", "version-as-text": "presync-server-facts", "wrong-version": "is 0", "newer-version": "newer",
    "future": "2099-01-01T00:00:00Z", "wrong-time": "28.10.2026", "before-time": "0001-01-01T00:00:00+14:00",
    "behind-time": "9999-12-31T23:59:59-14:00", "no-name": "computer.name", "wrong-type": "hardware.memoryBytes is text, not a number",
    "wrong-group": "tls12 is a list, not an object", "fraction": "system.build is 20348.5", "negative": "hardware.disks[0].sizeBytes",
    "huge-number": "hardware.processors[1].cores", "deep": "32 levels", "half-surrogate": "line 82", "nul": "line 82",
    "hostile-name": "computer.name is", "hostile-dns-name": "computer.dnsName is “<b>SYNC01</b> &amp; %s%n.contoso.com”, which is no host name",
    "long-name": "computer.dnsName is “aaaa",
    "probe-kind": "networkProbes.rows[0].kind is “smtp”", "probe-outcome": "networkProbes.rows[0].outcome is “great”",
    "probe-type": "networkProbes.rows[0].port is text, not a number", "probe-host": "networkProbes.rows[0].host is “a",
    "probe-twice": "networkProbes.rows[1] tells of a", "probe-proxy": "networkProbes.rows[0].proxy is not the address and port",
    "probe-proxy-port": "networkProbes.rows[0].proxy is not the address and port",
    "probe-tls": "networkProbes.rows[0].tls is text, not true or false", "probe-domain-twice": "networkProbes.rows[1] tells of a",
}


def check(*files, more=()):
    arguments = [a for f in files for a in ("--server-facts", f)]
    return presync.run("check", "--format", "json", *arguments, *more)


def verdict(result):
    if result.code not in presync.VERDICTS or result.errors:
        raise AssertionError(repr(result))
    return result


def refused(result, *names, codes=(presync.BAD_INPUT,)):
    if result.code not in codes:
        raise AssertionError(repr(result))
    presync.one_sentence(result, *names)
    if result.memory > MEMORY:
        raise AssertionError(f"{result.memory >> 20} MB")


def of_server(result):
    """{id: condition} of what the facts file told"""
    return {i: c for i, c in result.conditions().items() if (c.get("origin") or {}).get("source") == "server"}


def fresh(folder):
    """a folder of the case's own"""
    return tempfile.mkdtemp(dir=folder)


def write(folder, name, **changes):
    """a facts file, with the dots of its JSON paths written as __"""
    path = os.path.join(folder, name)
    changed = {k.replace("__", "."): v for k, v in changes.items()}
    with open(path, "w", encoding="utf-8") as stream:
        stream.write(facts_files.text(changed))
    return path


def memory(result):
    return result.conditions()["cs-ram"]["found"]


@case("every sample of a facts file is read, and tells many conditions of both options with its origin")
def _(folder):
    if len(GOOD) < 10:
        raise AssertionError(f"only {len(GOOD)} files")
    for path in GOOD:
        result = verdict(check(path))
        told = of_server(result)
        for option in ("cs-", "cn-"):
            if sum(i.startswith(option) for i in told) < 8:
                raise AssertionError(f"{path.name}: only {sorted(told)}")
        for name, condition in told.items():
            origin = condition["origin"]
            equal(pathlib.Path(origin["target"]).name, path.name, name)
            if not origin["query"] or not origin["complete"] or not re.fullmatch(r"[-0-9T:]+Z", origin["at"]):
                raise AssertionError(f"{path.name}: {name}: {origin}")


@case("what the samples differ in is seen")
def _(folder):
    def status(name, condition):
        return verdict(check(HERE / "files" / name)).statuses()[condition]
    equal(status("2022.json", "cs-os-version"), "met")
    equal(status("2012R2.json", "cs-os-version"), "not-met")
    equal(status("windows-11.json", "cs-os-version"), "not-met")
    equal(status("2022.json", "cs-not-server-core"), "met")
    equal(status("2022-core.json", "cs-not-server-core"), "not-met")
    equal(status("2022.json", "cs-ps-execution-policy"), "met")
    equal(status("all-signed-by-policy.json", "cs-ps-execution-policy"), "not-met")
    equal(status("2022.json", "cn-dcom"), "met")
    equal(status("dcom-damaged.json", "cn-dcom"), "not-met")


@case("every faulty file is refused in one sentence; the odd ones are taken")
def _(folder):
    for name, (_, expectation) in facts_files.ODD.items():
        path = HERE / "bad" / f"{name}.facts"
        result = check(path)
        if expectation.startswith("refused"):
            refused(result, path.name, SAYS[name])
        else:
            verdict(result)


@case("a bad SID or descriptor makes only its own fact unknown, with the reason")
def _(folder):
    result = verdict(check(HERE / "bad" / "bad-base64.facts"))
    condition = result.conditions()["cn-dcom"]
    equal(condition["status"], "unknown")
    contains(json.dumps(condition), "security.dcom.defaultLaunchPermission")
    equal(result.statuses()["cs-ram"], verdict(check(HERE / "files" / "2022.json")).statuses()["cs-ram"])
    verdict(check(HERE / "bad" / "bad-sid.facts"))


@case("hostile strings are text: no control character reaches the terminal")
def _(folder):
    path = HERE / "bad" / "hostile.facts"
    for form in ("text", "csv", "json"):
        result = presync.run("check", "--format", form, "--server-facts", path)
        if result.code not in presync.VERDICTS:
            raise AssertionError(repr(result))
        for character in result.output:
            if (ord(character) < 32 and character not in "\n\r\t") or 0x7F <= ord(character) < 0xA0 or 0x202A <= ord(character) <= 0x202E:
                raise AssertionError(f"{form}: U+{ord(character):04X}")


@case("a file of another host than the named sync server is refused with both names")
def _(folder):
    folder = fresh(folder)
    path = write(folder, "other.json")
    refused(check(path, more=["--sync-server", "SYNC99"]), "other.json", "SYNC99", "SYNC01",
            codes=(presync.BAD_INPUT, presync.REFUSED))
    for name in ("SYNC01", "sync01", "Sync01.Contoso.Com"):
        verdict(check(path, more=["--sync-server", name]))


@case("of several files of one server the newest counts, in whatever order they are named")
def _(folder):
    folder = fresh(folder)
    old = write(folder, "old.json", collected="2026-10-01T08:00:00Z", hardware__memoryBytes=5 << 30)
    new = write(folder, "new.json", collected="2026-10-02T08:00:00Z", hardware__memoryBytes=9 << 30)
    contains(memory(verdict(check(old, new))), "9 GB")
    contains(memory(verdict(check(new, old))), "9 GB")
    contains(memory(verdict(check(old))), "5 GB")


@case("a folder: the newest of the named server, other servers' and other files beside it")
def _(folder):
    folder = fresh(folder)
    write(folder, "old.json", collected="2026-10-01T08:00:00Z", hardware__memoryBytes=5 << 30)
    write(folder, "new.json", collected="2026-10-02T08:00:00Z", hardware__memoryBytes=9 << 30)
    write(folder, "notes.txt", collected="2026-10-05T08:00:00Z", hardware__memoryBytes=17 << 30)
    contains(memory(verdict(check(folder))), "9 GB")
    write(folder, "z.json", collected="2026-10-03T08:00:00Z", computer__name="SYNC02", computer__dnsName="sync02.contoso.com",
          hardware__memoryBytes=33 << 30)
    contains(memory(verdict(check(folder, more=["--sync-server", "SYNC01"]))), "9 GB")
    contains(memory(verdict(check(folder, more=["--sync-server", "sync02"]))), "33 GB")


@case("an empty folder is told in one sentence, and nothing is known")
def _(folder):
    folder = fresh(folder)
    result = check(folder)
    if result.code not in presync.VERDICTS:
        raise AssertionError(repr(result))
    equal(result.errors, f"presync-cli: There is no facts file in “{folder}”.\n")


@case("two servers' files, and nobody named the sync server: the one that was named first did")
def _(folder):
    folder = fresh(folder)
    first = write(folder, "first.json", collected="2026-10-02T08:00:00Z")
    other = write(folder, "other.json", collected="2026-10-01T08:00:00Z", computer__name="SYNC02",
                  computer__dnsName="sync02.contoso.com")
    refused(check(first, other), "other.json is of sync02.contoso.com", "first.json, named first",
            codes=(presync.BAD_INPUT, presync.REFUSED))


@case("100 MB, a pipe, a device, a file that is not there: refused at once")
def _(folder):
    folder = fresh(folder)
    large = os.path.join(folder, "large.json")
    with open(large, "wb") as stream:
        stream.truncate(100 << 20)
    pipe = os.path.join(folder, "pipe.json")
    os.mkfifo(pipe)
    for path in (large, pipe, "/dev/zero", os.path.join(folder, "none.json")):
        result = check(path)
        refused(result, os.path.basename(path))


@case("a value that could not be read leaves its row unknown, with the sentence of the script")
def _(folder):
    folder = fresh(folder)
    path = write(folder, "unread.json", hardware__memoryBytes={"error": "Access is denied."})
    condition = verdict(check(path)).conditions()["cs-ram"]
    equal(condition["status"], "unknown")
    contains(json.dumps(condition), "Access is denied.")


@case("only a directory is recorded: what else is named is refused, not ignored")
def _(folder):
    folder = fresh(folder)
    output = os.path.join(folder, "out.ldif")
    for more in (("--server-facts", HERE / "files" / "2022.json"), ("--localdb",), ("--sql", "sql01.contoso.com")):
        refused(presync.run("record", "--sample", "-o", output, *more), "directory", codes=(64,))
        equal(os.path.exists(output), False)


def main():
    with tempfile.TemporaryDirectory() as folder:
        return tap.run(folder)


sys.exit(main())

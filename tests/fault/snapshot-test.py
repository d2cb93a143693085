#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""LDIF files and arguments that are not what they should be."""
import os
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

import presync  # noqa: E402
import tap  # noqa: E402
from tap import case, equal  # noqa: E402

MEMORY = 400 << 20


def refused(folder, name, content, *names, code=presync.BAD_INPUT):
    path = os.path.join(folder, name)
    with open(path, "wb") as stream:
        stream.write(content)
    result = presync.run("check", "--format", "json", "--ldif", path)
    equal(result.code, code, f"{name}: {result!r}")
    presync.one_sentence(result, name, *names)
    if result.memory > MEMORY:
        raise AssertionError(f"{result.memory >> 20} MB")
    return result


ROOT = (b"dn:\nsupportedCapabilities: 1.2.840.113556.1.4.800\ndefaultNamingContext: DC=x,DC=test\n"
        b"rootDomainNamingContext: DC=x,DC=test\nconfigurationNamingContext: CN=Configuration,DC=x,DC=test\n"
        b"schemaNamingContext: CN=Schema,CN=Configuration,DC=x,DC=test\nforestFunctionality: 7\n"
        b"dsServiceName: CN=NTDS Settings,CN=DC1,CN=Servers,CN=S,CN=Sites,CN=Configuration,DC=x,DC=test\n\n")


@case("a file that does not exist")
def _(folder):
    result = presync.run("check", "--ldif", folder + "/none.ldif")
    equal(result.code, presync.BAD_INPUT, repr(result))
    presync.one_sentence(result, "none.ldif")


@case("an empty file, a folder, a file without a rootDSE")
def _(folder):
    refused(folder, "empty.ldif", b"")
    result = presync.run("check", "--ldif", folder)
    equal(result.code, presync.BAD_INPUT, repr(result))
    presync.one_sentence(result, folder)
    refused(folder, "rootless.ldif", b"dn: DC=x,DC=test\nobjectClass: domain\n")


@case("a line that is no attribute, named by its number")
def _(folder):
    refused(folder, "bad-line.ldif", ROOT + b"dn: DC=x,DC=test\nthis is no attribute\n", "11")


@case("base64 that is none")
def _(folder):
    refused(folder, "bad-base64.ldif", ROOT + b"dn: DC=x,DC=test\ncn:: ***\n", "11")


@case("a value from a URL is refused and not fetched")
def _(folder):
    refused(folder, "url.ldif", ROOT + b"dn: DC=x,DC=test\ncn:< file:///etc/passwd\n", "11")


@case("a continuation line with nothing before it")
def _(folder):
    refused(folder, "continuation.ldif", b" continued\n" + ROOT, "1")


@case("changes instead of entries")
def _(folder):
    refused(folder, "changes.ldif", ROOT + b"dn: DC=x,DC=test\nchangetype: modify\nreplace: cn\ncn: x\n-\n")


@case("NUL bytes, invalid UTF-8, control characters: no crash")
def _(folder):
    path = folder + "/odd.ldif"
    with open(path, "wb") as stream:
        stream.write(ROOT + b"dn: DC=x,DC=test\nnETBIOSName: \xff\xfe\x1b[31m\ncn: a\x00b\n\n")
    result = presync.run("check", "--ldif", path)
    if result.code < 0 or "\x1b" in result.output + result.errors:
        raise AssertionError(repr(result))


@case("a line of 2 GB: an end in bounded memory and time")
def _(folder):
    path = folder + "/huge.ldif"
    with open(path, "wb") as stream:
        stream.write(ROOT + b"dn: DC=x,DC=test\ndescription: ")
        stream.seek(2 << 30, os.SEEK_CUR)       # sparse
        stream.write(b"\n")
    result = presync.run("check", "--format", "json", "--ldif", path, timeout=30)
    equal(result.code, presync.BAD_INPUT, repr(result))
    presync.one_sentence(result, "huge.ldif")
    if result.memory > MEMORY:
        raise AssertionError(f"{result.memory >> 20} MB")


@case("a million empty lines, comments and tiny entries: bounded")
def _(folder):
    path = folder + "/many.ldif"
    with open(path, "wb") as stream:
        stream.write(ROOT + b"# nothing\n\n" * 500000)
        for number in range(50000):
            stream.write(b"dn: CN=u%d,DC=x,DC=test\nobjectClass: user\nobjectCategory: person\n\n" % number)
    result = presync.run("check", "--format", "json", "--ldif", path, timeout=30)
    if result.code not in presync.VERDICTS or result.memory > MEMORY:
        raise AssertionError(f"{result!r}, {result.memory >> 20} MB")


@case("a file that was cut off never makes met what the whole one does not")
def _(folder):
    sample = next((presync.SOURCE / "data" / "sample").glob("*.ldif"))
    whole = presync.run("check", "--format", "json", "--ldif", sample)
    true, content = whole.statuses(), sample.read_bytes()
    for tenth in range(1, 10):
        path = folder + "/cut.ldif"
        with open(path, "wb") as stream:
            stream.write(content[:len(content) * tenth // 10])
        result = presync.run("check", "--format", "json", "--ldif", path)
        if result.code < 0:
            raise AssertionError(repr(result))


@case("usage errors: unknown option, unknown command, two directories, bad date, unknown feature")
def _(folder):
    for arguments in (["check", "--nonsense"], ["nonsense"], ["check", "--edition", "2023-02-30", "--sample"],
                      ["check", "--sample", "--features", "nonsense"], ["check", "--sample", "--option", "x"],
                      ["check", "--sample", "--format", "x"], ["check", "--sample", "extra"],
                      ["check", "--sample", "--ldif", "x.ldif"]):
        result = presync.run(*arguments)
        equal(result.code, presync.USAGE, f"{arguments}: {result!r}")
        presync.one_sentence(result)


@case("answers: a file that is no JSON, of another shape, with an unknown condition")
def _(folder):
    for number, content in enumerate(("{", "[]", '{"answers":[{"condition":"no-such","met":true,"name":"A"}]}',
                                      '{"answers":[{"condition":"cs-ram","met":"yes","name":"A"}]}',
                                      '{"answers":[{"condition":"cs-ram","met":true}]}')):
        path = f"{folder}/answers{number}.json"
        with open(path, "w", encoding="utf-8") as stream:
            stream.write(content)
        result = presync.run("check", "--sample", "--answers", path)
        equal(result.code, presync.BAD_INPUT, f"{content}: {result!r}")
        presync.one_sentence(result, f"answers{number}.json")


@case("a snapshot tells nothing of an account that it was not recorded with")
def _(folder):
    result = presync.run("check", "--format", "json", "--sample", "--connector", "CONTOSO.HQ\\nosuch", "--admin", "nobody")
    for name in ("cn-ad-connector-account", "cn-connector-rights-basic", "cn-enterprise-admin", "cs-admin-onprem"):
        found = result.conditions()[name]
        equal(found["status"], "unknown", name)
        tap.contains(found["reason"], "record it again")


@case("a report that cannot be written")
def _(folder):
    result = presync.run("check", "--sample", "--report", folder + "/none/report.pdf")
    equal(result.code, presync.CANNOT_WRITE, repr(result))
    presync.one_sentence(result, "report.pdf")


@case("a full disk leaves no half report")
def _(folder):
    if not os.path.exists("/dev/full"):
        raise tap.Skip("no /dev/full")
    result = presync.run("check", "--sample", "--report", "/dev/full")
    equal(result.code, presync.CANNOT_WRITE, repr(result))


def main():
    with tempfile.TemporaryDirectory() as folder:
        return tap.run(folder)


sys.exit(main())

#!/usr/bin/python3 -W ignore
# SPDX-License-Identifier: GPL-3.0-or-later
"""collector-test.py: the script that reads a sync server, the schema of what it writes, and the facts files of the tests.

There is no Windows here: the script is read by a grammar of PowerShell (powershell/read-script.mjs), not run.
"""
import functools
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE)]

import facts_files  # noqa: E402
import tap  # noqa: E402
from tap import case, equal  # noqa: E402

ROOT = HERE.parent.parent
SCRIPT = ROOT / "data/collector/Get-PresyncServerFacts.ps1"
SCHEMA = json.loads((ROOT / "data/collector/server-facts.schema.json").read_text(encoding="utf-8"))
GRAMMAR = pathlib.Path(os.environ.get("PRESYNC_POWERSHELL") or ROOT / ".build/powershell")

# All that the script may call: it only reads, and writes its one file.
COMMANDS = {"Get-CimInstance", "Select-Object", "Write-Error", "Write-Host", "Write-Warning", "& $Reading", "& $systemFolder\\w32tm.exe"}
STATIC = {
    "[Convert]::ToBase64String", "[Guid]::NewGuid", "[Math]::Round", "[double]::Parse", "[string]::Format",
    "[Microsoft.Win32.RegistryKey]::OpenBaseKey", "[System.Diagnostics.FileVersionInfo]::GetVersionInfo",
    "[System.DirectoryServices.ActiveDirectory.Domain]::GetComputerDomain", "[System.IO.Directory]::Exists",
    "[System.IO.File]::Exists", "[System.IO.File]::ReadAllText", "[System.IO.FileInfo]::new", "[System.IO.Path]::Combine",
    "[System.Net.NetworkInformation.IPGlobalProperties]::GetIPGlobalProperties",
    "[System.Security.Principal.SecurityIdentifier]::new", "[System.Security.Principal.WindowsIdentity]::GetCurrent",
    "[System.Security.Principal.WindowsPrincipal]::new", "[System.Text.StringBuilder]::new",
    "[System.Text.UTF8Encoding]::new", "[System.Xml.XmlDocument]::new",
}
WRITING = ["[System.IO.File]::Delete", "[System.IO.File]::Move", "[System.IO.File]::Replace", "[System.IO.File]::WriteAllText"]
OBJECT = {
    "Append", "Contains", "ContainsKey", "Dispose", "FindDomainController", "GetBaseException", "GetEnumerator",
    "GetSubKeyNames", "GetType", "GetUnresolvedProviderPathFromPSPath", "GetValue", "GetValueNames", "Invoke",
    "InvokeMember", "IsInRole", "Load", "OpenSubKey", "SelectSingleNode", "Split", "Substring", "ToCharArray",
    "ToLowerInvariant", "ToString", "Translate", "Trim",
}


def script():
    return SCRIPT.read_text(encoding="ascii")


def read_scripts(*files):
    reason = GRAMMAR / "reason"
    if reason.exists():
        raise tap.Skip(reason.read_text(encoding="utf-8").strip())
    if not (GRAMMAR / "complete").exists():
        raise tap.Skip("the grammar of PowerShell is not there: ./dev test server brings it")
    result = subprocess.run(["node", str(HERE / "powershell/read-script.mjs"), str(GRAMMAR), *map(str, files)],
                            capture_output=True, text=True, timeout=100)
    if result.returncode:
        raise AssertionError(result.stderr)
    return json.loads(result.stdout)


# Two scripts that somebody has broken: one in its form, one in what it does. All of it must be noticed.
BROKEN = {
    "form": [("catch { return (New-Unread $_) }\n}\n\n# The comma", "catch { return (New-Unread $_) \n}\n\n# The comma")],
    "meaning": [
        ("memoryBytes = ", "memory = "),
        ("        sku = Read-Fact { ConvertTo-Long (Get-OperatingSystem).OperatingSystemSKU }\n", ""),
        ("$facts = [ordered]@{", "Set-ItemProperty 'HKLM:\\SOFTWARE\\x' 'y' 1\n$facts = [ordered]@{"),
        ("$opened.GetValueNames()", "$opened.DeleteValue('x')"),
        ("[System.IO.Path]::Combine(", "[System.Diagnostics.Process]::Start("),
        ("$list = $base.OpenSubKey('SOFTWARE", "$list = $base.OpenSubKey('x', $true) # ('SOFTWARE"),
        ("$part = \"$Target.$([Guid]::NewGuid().ToString('N')).part\"", "[System.IO.File]::WriteAllText($Path, '')"),
    ],
}


@functools.lru_cache(maxsize=None)
def readings():
    """the script, and the broken ones, read at one go: the grammar takes seconds"""
    with tempfile.TemporaryDirectory() as folder:
        files = [SCRIPT]
        for name, changes in BROKEN.items():
            text = script()
            for old, new in changes:
                equal(text.count(old), 1, f"places to break ({old})")
                text = text.replace(old, new)
            files.append(pathlib.Path(folder) / f"{name}.ps1")
            files[-1].write_text(text, encoding="ascii")
        return dict(zip(["script", *BROKEN], zip(read_scripts(*files), [f.read_text(encoding="ascii") for f in files])))


def described(node, path=()):
    """paths of the members that the schema describes; a list adds nothing to a path"""
    for choice in [node, *node.get("anyOf", []), *node.get("allOf", [])]:
        if "items" in choice:
            yield from described(choice["items"], path)
        for name, member in choice.get("properties", {}).items():
            yield ".".join([*path, name])
            yield from described(member, (*path, name))


def faults(found, text):
    """what is wrong with the script"""
    yield from found["errors"]
    members = found["members"]
    wanted = set(described(SCHEMA))
    if len(members) != len(set(members)):
        yield "a member is written twice"
    for name in sorted(set(members) - wanted):
        yield f"{name}: written, not in the schema"
    for name in sorted(wanted - set(members)):
        yield f"{name}: in the schema, not written"
    for name in sorted(set(found["commands"]) - COMMANDS - set(found["functions"])):
        yield f"calls {name}"
    static = [name for name in found["methods"] if name.startswith("[")]
    for name in sorted(set(static) - STATIC - set(WRITING)):
        yield f"calls {name}"
    for name in sorted({m for m in found["methods"] if m.startswith(".")} - {f".{m}" for m in OBJECT}):
        yield f"calls {name}"
    if sorted(name for name in static if name in WRITING) != WRITING:
        yield "writes more than once"
    if re.search(r"OpenSubKey\([^)]*,", text):
        yield "opens a registry key to write"


def fault_list(name):
    return list(faults(*readings()[name]))


@case("the script is PowerShell, writes every member of the schema and no other, and only reads")
def _():
    equal(fault_list("script"), [])


@case("a script that is no PowerShell is noticed, with the line")
def _():
    found = fault_list("form")
    equal(bool(found and found[0].startswith("line ")), True, str(found))


@case("a script that writes other members, or more than its one file, is noticed")
def _():
    equal(fault_list("meaning"), [
        "hardware.memory: written, not in the schema",
        "hardware.memoryBytes: in the schema, not written",
        "system.sku: in the schema, not written",
        "calls Set-ItemProperty",
        "calls [System.Diagnostics.Process]::Start",
        "calls .DeleteValue",
        "writes more than once",
        "opens a registry key to write",
    ])


@case("the script is plain text for Windows PowerShell 5.1, needs no module and explains itself")
def _():
    text = script()     # ASCII, or this fails
    lines = text.split("\n")
    equal(lines[0], "#requires -version 5.1")
    equal([n for n, line in enumerate(lines, 1) if "\t" in line or line != line.rstrip()], [], "untidy lines")
    equal(re.findall(r"(?i)import-module|install-module|using module|-modules|invoke-expression|\biex\b|add-type", text), [])
    # The help is a block of its own, and no line of it starts like a keyword that is none.
    start, end = lines.index("<#"), lines.index("#>")
    equal(lines[start - 1], "", "line before the help")
    keywords = [m.group(1) for m in (re.match(r"\s*\.(\w+)", line) for line in lines[start:end]) if m]
    equal(keywords, ["SYNOPSIS", "DESCRIPTION", "PARAMETER", "EXAMPLE", "EXAMPLE"])
    # PowerShell 7 has operators and methods that 5.1 does not know.
    equal(re.findall(r"\?\?=?|\?\.\w|&&|\|\||(?<!\S)\?\s.*\s:\s|-AsHashtable|-Parallel|::NewLine", text), [])


@case("the script writes under a name that nobody has, reports by PowerShell's own streams, and never compares a clock with itself")
def _():
    text = script()
    parts = re.findall(r"^ *\$part = (.*)$", text, re.M)
    equal(len(parts), 1, str(parts))
    # in the same folder as the file, and not matched by *.json
    if not re.fullmatch(r'"\$Target\.\$\(\[Guid\]::NewGuid\(\).*\)\.part"', parts[0]):
        raise AssertionError(parts[0])
    equal(re.findall(r"\[Console\]", text), [])
    equal(re.findall(r"FindDomainController\((.*?)\)", text),
          ["[System.DirectoryServices.ActiveDirectory.LocatorOptions]::AvoidSelf"])


@case("the version of the form is the same in script, schema and reader")
def _():
    equal(re.search(r"'presync-server-facts' = (\d+)", script()).group(1), "1")
    equal(SCHEMA["properties"]["presync-server-facts"]["const"], 1)
    header = (ROOT / "src/sources/server/facts-report.h").read_text(encoding="utf-8")
    equal(re.search(r"#define PRESYNC_FACTS_FILE_VERSION (\d+)", header).group(1), "1")


# ---- Facts files ----

def validator():
    try:
        import jsonschema
    except ImportError as error:
        raise tap.Skip("python3-jsonschema is not installed") from error
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    return jsonschema.Draft7Validator(SCHEMA)


def complaints(data):
    return [".".join(map(str, error.absolute_path)) or error.message for error in validator().iter_errors(data)]


def members_of(data, path=()):
    if isinstance(data, list):
        for member in data:
            yield from members_of(member, path)
    elif isinstance(data, dict) and set(data) != {"error"}:
        for name, member in data.items():
            yield ".".join([*path, name])
            if path[-1:] != ("system",) or name != "serverLevels":
                yield from members_of(member, (*path, name))


@case("the facts files and that of the sample are valid and have members of the schema only")
def _():
    wanted = set(described(SCHEMA))
    for file in [*sorted((HERE / "files").glob("*.json")), ROOT / "data/sample/SYNC01.json"]:
        data = json.loads(file.read_text(encoding="utf-8"))
        equal(complaints(data), [], file.name)
        equal(sorted(set(members_of(data)) - wanted), [], file.name)


@case("the schema knows which odd files are none")
def _():
    unreadable = {"utf16-no-bom", "latin1", "empty", "truncated", "trailing", "comment", "not-json", "deep"}
    # Readable JSON that only a stricter reader refuses: it knows the day, what a text is, both members of a name, host names.
    beyond = {"duplicate-member", "future", "half-surrogate", "nul", "hostile-name", "hostile-dns-name",
              "long-name"}
    for name, (data, verdict) in facts_files.ODD.items():
        encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        try:
            found = complaints(json.loads(data.decode(encoding)))
        except (ValueError, RecursionError):
            found = ["unreadable"]
        equal(found == ["unreadable"], name in unreadable, f"{name} unreadable: {found}")
        wanted = verdict == "fact" or verdict.startswith("refused") and name not in beyond
        equal(bool(found), wanted, f"{name} ({verdict}) refused: {found}")


@case("the files in files, bad and the sample are those that make-files writes")
def _():
    import importlib.machinery
    import importlib.util
    loader = importlib.machinery.SourceFileLoader("make_files", str(HERE / "make-files"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("make_files", loader))
    loader.exec_module(module)
    written = dict(module.contents())
    there = {*(HERE / "files").iterdir(), *(HERE / "bad").iterdir(), ROOT / "data/sample/SYNC01.json"}
    equal(sorted(p.name for p in there ^ set(written)), [], "files too many or missing")
    equal([path.name for path, data in written.items() if path.read_bytes() != data], [], "files that differ")


@case("the sample's facts file is of the sync server in the sample forest")
def _():
    data = json.loads((ROOT / "data/sample/SYNC01.json").read_text(encoding="utf-8"))
    forest = (ROOT / "data/sample/contoso.ldif").read_text(encoding="utf-8").replace("\n ", "")
    entry = next(e for e in forest.split("\n\n") if e.startswith("dn: CN=SYNC01,"))
    attribute = dict(line.split(": ", 1) for line in entry.split("\n") if ": " in line)
    equal(data["computer"]["dnsName"], attribute["dNSHostName"])
    equal(data["system"]["caption"], f"Microsoft {attribute['operatingSystem']}")
    equal(f"10.0 ({data['system']['build']})", attribute["operatingSystemVersion"])
    equal(data["collected"], "2026-10-28T09:14:03Z")


if __name__ == "__main__":
    sys.exit(1 if tap.run() else 0)

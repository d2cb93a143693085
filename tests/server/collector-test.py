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
COMMANDS = {"ForEach-Object", "Get-CimInstance", "Resolve-DnsName", "Select-Object", "Where-Object", "Write-Error", "Write-Host",
            "Write-Warning", "& $Reading", "& $systemFolder\\w32tm.exe"}
STATIC = {
    "[Convert]::ToBase64String", "[Guid]::NewGuid", "[Math]::Floor", "[Math]::Min", "[Math]::Round", "[byte[]]::new",
    "[double]::Parse", "[string]::Format",
    "[Microsoft.Win32.RegistryKey]::OpenBaseKey", "[System.Diagnostics.FileVersionInfo]::GetVersionInfo",
    "[System.Diagnostics.Stopwatch]::StartNew", "[System.DirectoryServices.ActiveDirectory.Domain]::GetComputerDomain",
    "[System.IO.Directory]::Exists",
    "[System.IO.File]::Exists", "[System.IO.File]::ReadAllText", "[System.IO.FileInfo]::new", "[System.IO.Path]::Combine",
    "[System.Net.NetworkInformation.IPGlobalProperties]::GetIPGlobalProperties",
    "[System.Net.NetworkInformation.NetworkInterface]::GetIsNetworkAvailable", "[System.Net.Security.SslStream]::new",
    "[System.Net.Sockets.TcpClient]::new", "[System.Security.Cryptography.X509Certificates.X509Certificate2]::new",
    "[System.Net.Sockets.SocketException]::new", "[System.Threading.Tasks.Task]::WaitAll",
    "[System.Security.Principal.SecurityIdentifier]::new", "[System.Security.Principal.WindowsIdentity]::GetCurrent",
    "[System.Security.Principal.WindowsPrincipal]::new", "[System.Text.StringBuilder]::new",
    "[System.Text.UTF8Encoding]::new", "[System.Xml.XmlDocument]::new",
}
WRITING = ["[System.IO.File]::Delete", "[System.IO.File]::Move", "[System.IO.File]::Replace", "[System.IO.File]::WriteAllText"]
OBJECT = {
    "Append", "AuthenticateAsClient", "ConnectAsync", "Contains", "ContainsKey", "Dispose",
    "FindDomainController", "Flush", "GetBaseException", "GetBytes", "GetEnumerator", "GetProxy", "GetStream",
    "GetString", "GetSubKeyNames", "GetType", "GetUnresolvedProviderPathFromPSPath", "GetValue", "GetValueNames",
    "Invoke", "InvokeMember", "IsBypassed", "IsInRole", "Load", "OpenSubKey", "Read", "Replace", "SelectSingleNode",
    "Split", "Substring", "ToCharArray", "ToLowerInvariant", "ToString", "ToUniversalTime", "Translate", "Trim",
    "TrimEnd", "Write",
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
    equal(keywords, ["SYNOPSIS", "DESCRIPTION", *["PARAMETER"] * 6, *["EXAMPLE"] * 3])
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


# ---- The switch -Network ----

def c_source(path):
    return (ROOT / "src/sources" / path).read_text(encoding="utf-8")


def endpoints():
    """(address, clouds that have it) of every row of the program's table"""
    text = c_source("network/endpoint.c")
    names = dict(re.findall(r'#define (\w+) "([^"]*)"', text))
    rows = re.findall(r'^  \{ \w+, ("[^"]*"|\w+), (?:"[^"]*"|NULL), ("[^"]*"|\w+), (\d+), (?:"[^"]*"|NULL) \},$', text, re.M)
    equal(len(rows), len(re.findall(r"^  \{ ", text, re.M)), "rows that were understood")
    for clouds, host, port in rows:
        yield (f"{names.get(host, host.strip(chr(34)))}:{port}", names.get(clouds, clouds.strip('"')).split())


def address_list(text):
    found = re.search(r"^\$addressList = @'\n(.*?)\n'@$", text, re.M | re.S)
    return [line.split(" ") for line in found.group(1).split("\n")]


@case("with -Network the script tries the addresses that the program knows, in the clouds that it knows, and no others")
def _():
    wanted = {}
    for address, clouds in endpoints():
        wanted.setdefault(address, set()).update(clouds)
    lines = address_list(script())
    equal(len(lines), len({line[0] for line in lines}), "addresses that stand there twice")
    equal({line[0]: sorted(line[1:]) for line in lines}, {a: sorted(c) for a, c in wanted.items()})
    if len(wanted) < 30:
        raise AssertionError("hardly any address")


@case("with -Network the script knows the same clouds, sign-in hosts, ports and DNS records as the program")
def _():
    text = script()
    clouds = dict(re.findall(r'\{ "([\w-]+)", "https://([^"]+)", ', c_source("tenant/cloud.c")))
    block = re.search(r"^\$signInHosts = @\{\n(.*?)\n\}$", text, re.M | re.S).group(1)
    equal(dict(re.findall(r"'([\w-]+)' = '([^']+)'", block)), clouds)
    parameter = re.search(r"\[ValidateSet\((.*)\)\]", text).group(1)
    equal(re.findall(r"'([^']+)'", parameter), list(clouds))
    plan = c_source("network/reach-plan.c")
    ports = re.search(r"^\$controllerPorts = (.*)$", text, re.M).group(1)
    equal([int(p) for p in ports.split(", ")], [int(p) for p in re.findall(r'^  \{ (\d+), "network\.dc-', plan, re.M)])
    for name, first in (("of_domain", "_ldap._tcp'"), ("of_forest", "_ldap._tcp.gc._msdcs'")):
        records = re.search(rf"{name}\[\]\s*= \{{(.*?)\}};", plan, re.S).group(1)
        line = text[text.index(f"$prefix in '{first}"):].split(")")[0]
        equal(re.findall(r"'([\w.]+)'", line), [r.rstrip(".") for r in re.findall(r'"([^"]+)"', records)], name)


@case("with -Network the script ends its probes with outcomes that the schema and the program know, and all of them")
def _():
    row = SCHEMA["properties"]["networkProbes"]["anyOf"][0]["properties"]["rows"]["anyOf"][0]["items"]["properties"]
    outcomes = set(re.findall(r"Outcome = '([\w-]+)'", script()))
    outcomes |= set(re.findall(r"Set-Outcome \$\w+ '([\w-]+)'", script()))
    outcomes |= set(re.findall(r"Set-StreamOutcome \$\w+ \$\S+ '([\w-]+)'", script()))
    outcomes |= set(re.findall(r"\$otherwise = '([\w-]+)'", script()))
    equal(sorted(outcomes), sorted(row["outcome"]["enum"]))
    known = set(re.findall(r'\[PRESYNC_REACH_\w+\] = "([\w-]+)"', c_source("network/reach.c")))
    equal(sorted(known - set(row["outcome"]["enum"])), ["cancelled", "pending"])
    kinds = re.findall(r"New-Probe '([\w-]+)'", script())
    equal(sorted(set(kinds)), sorted(row["kind"]["enum"]))
    reader = c_source("server/probe-schema.c")
    listed = re.search(r"kinds\[\]\s*= \{(.*?)NULL \};", reader, re.S).group(1)
    equal(sorted(re.findall(r'"([^"]+)"', listed)), sorted(row["kind"]["enum"]), "kinds of the reader")


@case("without -Network the script connects to nothing, and with it writes to connections in one place only")
def _():
    text = script()
    head, body = text.split("# ---- The network (-Network)", 1)
    probing, rest = body.split("# ---- The file ----", 1)
    equal(re.findall(r"\bGet-NetworkProbe\b", head + rest), ["Get-NetworkProbe"], "calls")
    start = rest.index("if ($Network) {")
    equal(start < rest.index("Get-NetworkProbe") < rest.index("\n}\n", start), True, "the call stands under the switch")
    equal(re.findall(r"TcpClient|SslStream|Resolve-DnsName|WebRequest", head + rest), [])
    equal(re.findall(r"\S+\.Write\(", text), ["$Stream.Write("])
    equal(re.findall(r"return \$true|=> true|\{ \$true \}", re.search(r"\$judge = .*?\n    \}\n", probing, re.S).group(0)), [],
          "certificates that are let pass")


def function(name):
    return re.search(rf"^function {name} \{{\n(.*?)^\}}$", script(), re.M | re.S).group(1)


@case("with -Network the script writes no more rows and names than the reader and the schema take, and says what it left out")
def _():
    text = script()
    reader = (ROOT / "src/sources/server/probe-schema.h").read_text(encoding="utf-8")
    row_list = SCHEMA["properties"]["networkProbes"]["anyOf"][0]["properties"]["rows"]["anyOf"][0]
    limit = {name: int(number) for name, number in re.findall(r"^\$(\w+Limit) = (\d+)$", text, re.M)}
    rows = int(re.search(r"PRESYNC_PROBE_MAX_ROWS (\d+)", reader).group(1))
    equal([limit["rowLimit"], row_list["maxItems"]], [rows, rows])
    names = row_list["items"]["properties"]["certificate"]["anyOf"][0]["properties"]["names"]["anyOf"][0]["maxItems"]
    equal([limit["nameLimit"], names], [int(re.search(r"PRESYNC_PROBE_MAX_NAMES (\d+)", reader).group(1))] * 2)
    # Of what there may be any number of, each has its limit, and as many again are told as not tried.
    body = function("Get-NetworkProbe")
    equal(re.findall(r"New-LeftOut '([\w-]+)' \$\S+ \S+ \$(\w+) \$(\w+)", body),
          [("domain", "domainLimit", "domainLimit"), ("federation-server", "serverLimit", "serverLimit"),
           ("controller", "most", "room")])
    equal(re.findall(r"foreach \(\$\w+ in \$(?:forest|servers|found)\b.*", body), [], "lists that are taken whole")
    # Domains take a row and four records; the forest has two, the farm three; and a controller must fit in.
    most = 6 * limit["domainLimit"] + 2 + 2 + len(address_list(text)) + 3 + 2 * limit["serverLimit"]
    ports = len(re.search(r"^\$controllerPorts = (.*)$", text, re.M).group(1).split(","))
    equal(rows - most > 50 * ports, True, f"{most} rows before any controller")
    equal("$most = [Math]::Min($controllerLimit, [Math]::Floor(($room - 1) / $controllerPorts.Count))" in body, True)


@case("with -Network the script asks for the name that it connected to, without the suffixes of Windows, by both versions of IP")
def _():
    equal(re.findall(r"Resolve-DnsName -Name (\S+)", script()), ["$asked"])
    equal("$asked = if ($Name.Contains('.')) { $Name.TrimEnd('.') + '.' } else { $Name }" in function("Get-Record"), True)
    equal(re.findall(r"Get-Record (\S+)", function("Set-SocketOutcome")), ["$Name"])
    batch = function("Test-Batch")
    equal(re.findall(r"Start-Connection (.*)\)", batch) + re.findall(r"(Name = \$name;)", batch)
          + re.findall(r"Set-SocketOutcome (.*)", batch),
          ["$name $port", "Name = $name;", "$probe $best.Task.Exception $entry.Name"])
    equal(re.findall(r"'(InterNetwork\w*)'", function("Start-Connection")), ["InterNetwork", "InterNetworkV6"])
    equal(re.findall(r"TcpClient\]::new\((.*)\)", script()), ["[System.Net.Sockets.AddressFamily] $family"])


@case("with -Network the script takes no fault of the way for one of the host, and tells of TLS apart from the request")
def _():
    body = function("Set-StreamOutcome")
    sockets = body[:body.index("# SEC_E_ALGORITHM_MISMATCH")]
    reset = re.search(r"-in (.*)\) \{ Set-Outcome \$Probe 'reset' \}", sockets).group(1)
    equal(re.findall(r"'(\w+)'", reset), ["ConnectionReset", "ConnectionAborted", "Disconnecting", "NotConnected", "Shutdown"])
    equal(re.findall(r"\n        else \{ Set-Outcome \$Probe '([\w-]+)'", sockets), ["no-network"])
    tls = function("Open-Tls")
    equal([tls.count("$Probe.Tls = $false"), tls.count("$Probe.Tls = $true"), script().count(".Tls = ")], [1, 1, 2])
    equal(tls.index("$null -eq $failure") < tls.index("$Probe.Tls = $true") < tls.index("return $encrypted"), True)


@case("with -Network the script does what nobody can bound last, or not when its time is up, and its help says so")
def _():
    body = function("Get-NetworkProbe")
    equal(body.index("Test-Port $web") < body.index("Get-ForestDomain"), True)
    batch = function("Test-Batch")
    equal(batch.index("if (-not (Test-TimeLeft)) { continue }") < batch.index("Get-Proxy"), True)
    equal("longer where Windows" in script().split("#>")[0], True)


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
    # Readable JSON that only a stricter reader refuses: it knows the day, what a text is, both members of a name, and
    # which rows tell of the same.
    beyond = {"duplicate-member", "future", "half-surrogate", "nul", "probe-twice", "probe-domain-twice"}
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

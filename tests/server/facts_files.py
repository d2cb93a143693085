# SPDX-License-Identifier: GPL-3.0-or-later
"""The facts files of the tests: one sound server, and for each other file how it differs. make-files writes them.

Every condition about a server, in both options, is met by one of them and not met by another one.
"""
import copy
import json
import pathlib
import re

SCRIPT = pathlib.Path(__file__).resolve().parent.parent.parent / "data/collector/Get-PresyncServerFacts.ps1"
DOMAIN_SID = "S-1-5-21-3315050958-2081749566-112642903"    # of data/sample/contoso.ldif
# As Windows Server sets them: O:BAG:BA with the usual groups.
ACCESS = ("AQAEgBQAAAAkAAAAAAAAADQAAAABAgAAAAAABSAAAAAgAgAAAQIAAAAAAAUgAAAAIAIAAAQAYAAEAAAAAAAUAAcAAAABAQAAAAAABQcAAAAA"
          "ABgABwAAAAECAAAAAAAFIAAAADICAAAAABgABwAAAAECAAAAAAAFIAAAAC8CAAAAABQABwAAAAEBAAAAAAABAAAAAA==")
LAUNCH = ("AQAEgBQAAAAkAAAAAAAAADQAAAABAgAAAAAABSAAAAAgAgAAAQIAAAAAAAUgAAAAIAIAAAQAZAAEAAAAAAAYAB8AAAABAgAAAAAABSAAAAAg"
          "AgAAAAAYAB8AAAABAgAAAAAABSAAAAAyAgAAAAAYAB8AAAABAgAAAAAABSAAAAAvAgAAAAAUAAsAAAABAQAAAAAAAQAAAAA=")
DEFAULT_LAUNCH = ("AQAEgBQAAAAkAAAAAAAAADQAAAABAgAAAAAABSAAAAAgAgAAAQIAAAAAAAUgAAAAIAIAAAQASAADAAAAAAAUAB8AAAABAQAAAAAABRIA"
                  "AAAAABgAHwAAAAECAAAAAAAFIAAAACACAAAAABQAHwAAAAEBAAAAAAAFBAAAAA==")
CONNECT = {"name": "Microsoft Entra Connect Sync", "version": "2.6.92.0"}
AGENT = {"name": "Microsoft Entra Connect Provisioning Agent", "version": "1.1.2505.0"}
ODBC = {"name": "Microsoft ODBC Driver 17 for SQL Server", "version": "17.10.6.1"}
OLEDB = {"name": "Microsoft OLE DB Driver 18 for SQL Server", "version": "18.7.4.0"}
ADMINISTRATOR = {"name": "SYNC01\\Administrator", "sid": "S-1-5-21-2871409113-1046203955-3320170084-500"}
DOMAIN_ADMINS = {"name": "CONTOSO.HQ\\Domain Admins", "sid": f"{DOMAIN_SID}-512"}
TIER_0 = {"name": "CONTOSO.HQ\\Tier 0 Admins", "sid": f"{DOMAIN_SID}-1103"}       # CONTOSO.HQ\eadmin is in it
FULL = {"NanoServer": 0, "ServerCore": 1, "ServerCoreExtended": 1, "Server-Gui-Mgmt": 1, "Server-Gui-Shell": 1}
GB = 1024 ** 3

# A member server with Connect Sync on which nothing is to be said against either option.
BASE = {
    "presync-server-facts": 1,
    "collector": "1.0",
    "collected": "2026-11-20T08:15:42Z",
    "computer": {"name": "SYNC01", "dnsName": "SYNC01.contoso.com", "domain": "contoso.com", "partOfDomain": True,
                 "domainRole": 3},
    "ranAs": {"name": "CONTOSO.HQ\\eadmin", "sid": f"{DOMAIN_SID}-1104", "elevated": True},
    "system": {"caption": "Microsoft Windows Server 2022 Standard", "version": "10.0.20348", "build": 20348, "ubr": 4405,
               "productType": 3, "sku": 7, "installationType": "Server", "serverLevels": FULL},
    "hardware": {
        "memoryBytes": 64 * GB - 786432,
        "processors": [{"name": "Intel(R) Xeon(R) Gold 6338 CPU @ 2.00GHz", "maxClockMHz": 2000, "cores": 4},
                       {"name": "Intel(R) Xeon(R) Gold 6338 CPU @ 2.00GHz", "maxClockMHz": 2000, "cores": 4}],
        "disks": [{"drive": "C:", "sizeBytes": 600 * GB - 1048576, "freeBytes": 498216206336, "system": True},
                  {"drive": "E:", "sizeBytes": 50 * GB - 1048576, "freeBytes": 41873625088, "system": False}],
        "tpm": {"present": True, "specVersion": "2.0, 0, 1.38", "enabled": True, "activated": True},
    },
    "dotnet": {"release": 528449},
    "powershell": {
        "version": "5.1.20348.4294",
        "machinePolicy": {"enableScripts": None, "executionPolicy": None},
        "userPolicy": {"enableScripts": None, "executionPolicy": None},
        "currentUser": None, "localMachine": "RemoteSigned", "transcription": 0, "activeDirectoryModule": True,
    },
    "tls12": {
        "client": {"enabled": 1, "disabledByDefault": 0},
        "server": {"enabled": 1, "disabledByDefault": 0},
        "dotnet64": {"schUseStrongCrypto": 1, "systemDefaultTlsVersions": 1},
        "dotnet32": {"schUseStrongCrypto": 1, "systemDefaultTlsVersions": 1},
    },
    "services": {"VaultSvc": {"start": 3, "state": "Running"}},
    "security": {
        "dcom": {"machineAccessRestriction": ACCESS, "machineLaunchRestriction": LAUNCH,
                 "defaultLaunchPermission": DEFAULT_LAUNCH},
        "fips": 0, "restrictSendingNtlm": 2, "ieEscAdministrators": 0,
        "localAdministrators": [ADMINISTRATOR, DOMAIN_ADMINS, TIER_0],
    },
    "network": {
        "machineConfigProxy": {"enabled": "true", "useSystemDefault": "true",
                               "proxyAddress": "http://proxy.contoso.com:8080", "bypassOnLocal": "true",
                               "useDefaultCredentials": None},
        "timeOffsetMilliseconds": 20,
    },
    "software": [CONNECT, ODBC, OLEDB, {"name": "Microsoft SQL Server 2019 LocalDB", "version": "15.0.4415.2"}],
    "sync": {"agentVersion": None, "connectVersion": "2.6.92.0", "agentFipsExempt": None, "engineFipsExempt": False},
}

NO_PROXY = dict.fromkeys(["enabled", "useSystemDefault", "proxyAddress", "bypassOnLocal", "useDefaultCredentials"])
NO_PROTOCOL = {"enabled": None, "disabledByDefault": None}
NO_DOTNET = {"schUseStrongCrypto": None, "systemDefaultTlsVersions": None}
# As a server is before anybody has prepared it.
BARE = {
    "hardware.tpm": {"present": False, "specVersion": None, "enabled": None, "activated": None},
    "powershell.localMachine": None, "powershell.transcription": None, "powershell.activeDirectoryModule": False,
    "tls12": {"client": NO_PROTOCOL, "server": NO_PROTOCOL, "dotnet64": NO_DOTNET, "dotnet32": NO_DOTNET},
    "security.fips": 0, "security.restrictSendingNtlm": None, "security.ieEscAdministrators": 1,
    "network.machineConfigProxy": NO_PROXY,
    "software": [], "sync": dict.fromkeys(["agentVersion", "connectVersion", "agentFipsExempt", "engineFipsExempt"]),
}
CORE = {"system.installationType": "Server Core", "system.serverLevels": {"ServerCore": 1, "ServerCoreExtended": 1},
        "security.ieEscAdministrators": None}
ACCESS_DENIED = {"error": "Access is denied."}
NOT_ALLOWED = {"error": "Requested registry access is not allowed."}
ONLY_AGENT = {"software": [AGENT], "sync": {"agentVersion": "1.1.2505.0", "connectVersion": None, "agentFipsExempt": False,
                                            "engineFipsExempt": None}}


def windows(caption, build, ubr, dotnet, powershell, **more):
    version = "6.3." if build < 10000 else "10.0."
    return {"system.caption": caption, "system.version": version + str(build), "system.build": build, "system.ubr": ubr,
            "dotnet.release": dotnet, "powershell.version": powershell} | more


# ---- The network, as the switch -Network tries it ----

TENANT = "4d3b0b4e-2f6a-4c7e-9d1b-0123456789ab"
SIGN_IN = "login.microsoftonline.com"
CONTROLLERS = ["dc01.contoso.com", "dc02.contoso.com"]
PORTS = [53, 88, 135, 389, 445, 3268, 5985, 9389]
PUBLIC = {"subject": f"CN={SIGN_IN}, O=Microsoft Corporation, L=Redmond, S=WA, C=US",
          "issuer": "CN=DigiCert Global G2 TLS RSA SHA256 2020 CA1, O=DigiCert Inc, C=US",
          "root": "CN=DigiCert Global Root G2, OU=www.digicert.com, O=DigiCert Inc, C=US",
          "names": [SIGN_IN, "login.windows.net"], "notBefore": "2026-09-01T00:00:00Z",
          "notAfter": "2027-03-01T23:59:59Z", "selfSigned": False, "trusted": True}
# Of a proxy that looks into TLS: the server trusts it, as group policy told it to.
INSPECTED = PUBLIC | {"subject": f"CN={SIGN_IN}", "issuer": "CN=Contoso Inspection CA, O=Contoso, C=DE",
                      "root": "CN=Contoso Inspection CA, O=Contoso, C=DE", "names": [SIGN_IN]}
FARM = PUBLIC | {"subject": "CN=sts.contoso.com, O=Contoso, C=DE",
                 "names": ["sts.contoso.com", "enterpriseregistration.contoso.com"]}
PROXY = "http://proxy.contoso.com:8080"


def probe(kind, host, port, outcome="reached", **more):
    return {"kind": kind, "host": host, "port": port, "outcome": outcome, "detail": None, "proxy": None, "tls": None,
            "certificate": None} | more


def probes(**changed):
    """networkProbes of a server that reaches everything; changed: by "host:port" or host, what is otherwise"""
    rows = [probe("record", f"{record}.contoso.com", None)
            for record in ("_ldap._tcp", "_ldap._tcp.dc._msdcs", "_ldap._tcp.pdc._msdcs", "_kerberos._tcp.dc._msdcs",
                           "_ldap._tcp.gc._msdcs", "_gc._tcp")]
    rows += [probe("name", SIGN_IN, None), probe("sign-in", SIGN_IN, 443, certificate=PUBLIC)]
    listed = re.search(r"^\$addressList = @'\n(.*?)\n'@$", SCRIPT.read_text(encoding="ascii"), re.M | re.S).group(1)
    for line in listed.split("\n"):
        host, port = line.split(" ")[0].replace("{tenant}", TENANT).split(":")
        if "worldwide" in line.split(" ") and (host, port) != (SIGN_IN, "443"):
            rows.append(probe("address", host, int(port)))
    rows.append(probe("domain", "contoso.com", 389))
    rows += [probe("controller", host, port) for host in CONTROLLERS for port in PORTS]
    for place, change in changed.items():
        found = [r for r in rows if place in (f"{r['host']}:{r['port']}", f"{r['kind']} {r['host']}")]
        if not found:
            raise KeyError(place)
        for row in found:
            row.update(change)
    for row in rows:
        if row["port"] == 443 and row["outcome"] == "reached":
            row["tls"] = True
    return {"cloud": "worldwide", "rows": rows}


SERVER_2025 = "Microsoft Windows Server 2025 Standard"
# What each file shows: the changes to BASE, by JSON path.
FILES = {
    "2022": {},
    "2012R2": BARE | windows("Microsoft Windows Server 2012 R2 Standard", 9600, None, 379893, "5.1.14409.1005") | {
        "hardware.memoryBytes": 4 * GB - 786432,
        "system.serverLevels": {"ServerCore": 1, "Server-Gui-Mgmt": 1, "Server-Gui-Shell": 1}},
    # as installed: .NET 4.6.2
    "2016": BARE | windows("Microsoft Windows Server 2016 Standard", 14393, 8519, 394802, "5.1.14393.8244") | {
        "hardware.memoryBytes": 16 * GB - 786432},
    # a domain controller
    "2019": BARE | windows("Microsoft Windows Server 2019 Standard", 17763, 8027, 461814, "5.1.17763.8024") | {
        "computer.domainRole": 5, "system.productType": 2, "powershell.activeDirectoryModule": True},
    "2022-core": BARE | CORE,
    # the build before the update of October 2025 (KB5070773: 26100.6901)
    "2025-unpatched": windows(SERVER_2025, 26100, 6899, 533509, "5.1.26100.6899"),
    "2025-patched": windows(SERVER_2025, 26100, 7171, 533509, "5.1.26100.7171") | ONLY_AGENT,
    # the same build as Windows Server 2025, and it is no server
    "windows-11": BARE | windows("Microsoft Windows 11 Enterprise", 26100, 7171, 533509, "5.1.26100.7171") | {
        "computer.domainRole": 1, "system.productType": 1, "system.sku": 4, "system.installationType": "Client",
        "system.serverLevels": None, "security.ieEscAdministrators": None,
        "hardware.tpm": {"present": True, "specVersion": "2.0, 0, 1.59", "enabled": True, "activated": True}},
    "essentials-2016": windows("Microsoft Windows Server 2016 Essentials", 14393, 8519, 528049, "5.1.14393.8244") | {
        "system.sku": 50},
    "small": {"hardware.memoryBytes": 2 * GB - 786432,
              "hardware.processors": [{"name": "Intel(R) Atom(TM) CPU N2800", "maxClockMHz": 1200, "cores": 2}],
              "hardware.disks": [{"drive": "C:", "sizeBytes": 40 * GB, "freeBytes": 3221225472, "system": True}]},
    "unrestricted": {"powershell.localMachine": "Unrestricted"},
    "remote-signed": {"powershell.localMachine": "RemoteSigned", "collected": "2026-11-20T09:40:11Z"},
    "all-signed-by-policy": {"powershell.machinePolicy": {"enableScripts": 1, "executionPolicy": "AllSigned"}},
    "scripts-forbidden": {"powershell.machinePolicy": {"enableScripts": 0, "executionPolicy": None}},
    "powershell-4": {"powershell.version": "4.0"},
    "transcription": {"powershell.transcription": 1},
    "tls-off": {"tls12": {"client": {"enabled": 0, "disabledByDefault": 1}, "server": {"enabled": 0, "disabledByDefault": 1},
                          "dotnet64": {"schUseStrongCrypto": 0, "systemDefaultTlsVersions": 0},
                          "dotnet32": {"schUseStrongCrypto": 1, "systemDefaultTlsVersions": 1}}},
    "tls-implicit": {"tls12": BARE["tls12"]},
    # on, but not as documented
    "tls-all-bits": {"tls12.client.enabled": 4294967295},
    "vault-disabled": {"services.VaultSvc": {"start": 4, "state": "Stopped"}},
    "fips-not-exempt": {"security.fips": 1, "software": [CONNECT, AGENT],
                        "sync": {"agentVersion": "1.1.2505.0", "connectVersion": "2.6.92.0", "agentFipsExempt": False,
                                 "engineFipsExempt": False}},
    "fips-exempt": {"security.fips": 1, "software": [CONNECT, AGENT],
                    "sync": {"agentVersion": "1.1.2505.0", "connectVersion": "2.6.92.0", "agentFipsExempt": True,
                             "engineFipsExempt": True}},
    "old-engines": {"software": [{"name": "Microsoft Azure AD Connect", "version": "2.1.20.0"},
                                 {"name": "Microsoft Azure AD Connect Provisioning Agent", "version": "1.1.977.0"}],
                    "sync": {"agentVersion": "1.1.977.0", "connectVersion": "2.1.20.0", "agentFipsExempt": False,
                             "engineFipsExempt": False}},
    # drivers that somebody installed before Connect Sync
    "drivers-first": {"software": [{"name": "Microsoft ODBC Driver 18 for SQL Server", "version": "18.5.1.1"},
                                   {"name": "SQL Server Management Studio", "version": "20.2.30.0"}],
                      "sync": BARE["sync"]},
    "dcom-missing": {"security.dcom.defaultLaunchPermission": None},
    "dcom-damaged": {"security.dcom.machineLaunchRestriction": LAUNCH[:40]},
    "tpm-1.2": {"hardware.tpm": {"present": True, "specVersion": "1.2, 2, 3", "enabled": True, "activated": True}},
    "tpm-off": {"hardware.tpm": {"present": True, "specVersion": "2.0, 0, 1.38", "enabled": False, "activated": False}},
    "proxy-off": {"network.machineConfigProxy": NO_PROXY},
    "clock-wrong": {"network.timeOffsetMilliseconds": -421337},
    "workgroup": {"computer.dnsName": None, "computer.domain": "WORKGROUP", "computer.partOfDomain": False,
                  "computer.domainRole": 2, "ranAs.name": "SYNC01\\Administrator", "ranAs.sid": ADMINISTRATOR["sid"],
                  "security.localAdministrators": [ADMINISTRATOR], "network.timeOffsetMilliseconds": None},
    "other-administrators": {"security.localAdministrators": [
        ADMINISTRATOR, DOMAIN_ADMINS, {"name": None, "sid": f"{DOMAIN_SID}-4711"}]},
    "other-server": {"computer.name": "SYNC02", "computer.dnsName": "SYNC02.contoso.com"},
    # run with -Network
    "network": {"networkProbes": probes()},
    "network-blocked": {"networkProbes": probes(**{
        f"sign-in {SIGN_IN}": {"certificate": INSPECTED},
        "login.windows.net:443": {"outcome": "proxy-sign-in", "proxy": PROXY},
        "mscrl.microsoft.com:80": {"outcome": "refused"},
        "dc02.contoso.com:3268": {"outcome": "refused"},
        "dc02.contoso.com:88": {"outcome": "silent"}})},
    "network-silent": {"networkProbes": probes(**{
        f"sign-in {SIGN_IN}": {"outcome": "silent", "certificate": None},
        "login.windows.net:443": {"outcome": "silent"}, "dc02.contoso.com:3268": {"outcome": "silent"}})},
    # AD FS that breaks off what is asked after TLS was there, and one with which it never was
    "network-adfs": {"networkProbes": {"cloud": "worldwide", "rows": [
        probe("federation", "sts.contoso.com", 443, "reset", tls=True, certificate=FARM)]}},
    "network-adfs-broken": {"networkProbes": {"cloud": "worldwide", "rows": [
        probe("federation", "sts.contoso.com", 443, "reset", tls=False)]}},
    # run by somebody who is no administrator
    "unread": {"ranAs.elevated": False, "system.serverLevels": NOT_ALLOWED, "hardware.tpm": ACCESS_DENIED,
               "powershell.machinePolicy": NOT_ALLOWED, "tls12": NOT_ALLOWED, "services.VaultSvc.state": ACCESS_DENIED,
               "security.dcom": NOT_ALLOWED, "security.fips": NOT_ALLOWED, "security.localAdministrators": ACCESS_DENIED,
               "network.timeOffsetMilliseconds": {"error": "w32tm got no time from dc01.contoso.com: 09:14:03, error: 0x800705B4"},
               "software": ACCESS_DENIED, "sync.connectVersion": ACCESS_DENIED},
}
# The bundled sample: SYNC01 of data/sample/contoso.ldif, with something to do on it.
SAMPLE = BARE | windows("Microsoft Windows Server 2016 Standard", 14393, 8519, 528049, "5.1.14393.8519") | {
    "collected": "2026-10-28T09:14:03Z", "hardware.memoryBytes": 16 * GB - 786432,
    "hardware.processors": [{"name": "Intel(R) Xeon(R) Gold 6338 CPU @ 2.00GHz", "maxClockMHz": 2000, "cores": 4}],
    "hardware.disks": [{"drive": "C:", "sizeBytes": 127 * GB - 1048576, "freeBytes": 98784247808, "system": True}],
    "hardware.tpm": BASE["hardware"]["tpm"], "powershell.localMachine": "Unrestricted",
    "powershell.activeDirectoryModule": True, "security.restrictSendingNtlm": 1}


def facts(changes):
    """a facts file as an object"""
    result = copy.deepcopy(BASE)
    for path, value in changes.items():
        *groups, name = path.split(".")
        place = result
        for group in groups:
            place = place[group]
        if name not in place and path != "networkProbes":
            raise KeyError(path)
        place[name] = copy.deepcopy(value)
    return result


def text(changes):
    """a facts file in the form that the script writes"""
    return json.dumps(facts(changes), indent=2, ensure_ascii=False) + "\n"


# ---- Files that are damaged or odd ----

def _with(path, value):
    return text({path: value}).encode()


def _replaced(old, new):
    whole = text({})
    if whole.count(old) != 1:
        raise ValueError(old)
    return whole.replace(old, new).encode()


def _deep(levels):
    return _replaced('"collector": "1.0"', '"collector": "1.0",\n  "deep": ' + "[" * levels + "]" * levels)


def _hostile():
    changes = {"system.version": "<b>10.0</b> &amp; %s%n.20348", "computer.domain": "../../etc/passwd\r\n\u001b[31mcontoso",
               "system.caption": "Windows Server \u202e" + "A" * 20000,
               "ranAs.name": "CONTOSO\\<a href=\"http://example.invalid/\">eadmin</a>",
               "hardware.processors": [{"name": "\u0007cpu\u0085 '; DROP TABLE x; --", "maxClockMHz": 2000, "cores": 4}],
               "software": [{"name": "Microsoft Entra Connect Sync \ufffe{0}", "version": "2.6.92.0%n"}]}
    return (json.dumps(facts(changes), indent=2) + "\n").encode()


# name: (content, what a reader says of it). "taken": the file is read; "fact": it is read, but one fact is unknown.
ODD = {
    "utf8-bom": (b"\xef\xbb\xbf" + text({}).encode(), "taken"),
    "utf16-le-bom": (b"\xff\xfe" + text({}).replace("\n", "\r\n").encode("utf-16-le"), "taken"),
    "utf16-be-bom": (b"\xfe\xff" + text({}).encode("utf-16-be"), "taken"),
    "utf16-no-bom": (text({}).encode("utf-16-le"), "refused: not UTF-8"),
    "latin1": (text({"system.caption": "Microsoft Windows Server 2022 für Büro"}).encode("latin-1"), "refused: not UTF-8"),
    "empty": (b"", "refused: empty"),
    "truncated": (text({}).encode()[:1500], "refused: ends too early"),
    "trailing": (text({}).encode() + b"{}\n", "refused: text after the end"),
    "comment": (_replaced('"collector": "1.0"', '// by hand\n  "collector": "1.0"'), "refused: no JSON"),
    "not-json": (b"SYNC01 Windows Server 2022\n", "refused: no JSON"),
    "not-an-object": (b"[1, 2]\n", "refused: not an object"),
    "duplicate-member": (_replaced('"build": 20348', '"build": 9600,\n    "build": 20348'), "refused: system.build twice"),
    "no-version": (_replaced('"presync-server-facts": 1,', ""), "refused: version missing"),
    "version-as-text": (_with("presync-server-facts", "1"), "refused: version is text"),
    "wrong-version": (_with("presync-server-facts", 0), "refused: version 0"),
    "newer-version": (_with("presync-server-facts", 2), "refused: written by a newer script"),
    "future": (_with("collected", "2099-01-01T00:00:00Z"), "refused: from the future"),
    "wrong-time": (_with("collected", "28.10.2026 09:14"), "refused: collected is no time"),
    "before-time": (_with("collected", "0001-01-01T00:00:00+14:00"), "refused: collected is no time in UTC"),
    "behind-time": (_with("collected", "9999-12-31T23:59:59-14:00"), "refused: collected is no time in UTC"),
    "no-name": (_with("computer.name", None), "refused: no name"),
    "wrong-type": (_with("hardware.memoryBytes", "16 GB"), "refused: hardware.memoryBytes is text"),
    "wrong-group": (_with("tls12", []), "refused: tls12 is a list"),
    "fraction": (_with("system.build", 20348.5), "refused: system.build is no whole number"),
    "negative": (_with("hardware.disks", [{"drive": "C:", "sizeBytes": -1, "freeBytes": 0, "system": True}]),
                 "refused: hardware.disks[0].sizeBytes"),
    "huge-number": (_replaced('"cores": 4\n      }\n    ],', '"cores": 99999999999999999999\n      }\n    ],'),
                    "refused: hardware.processors[1].cores"),
    "deep": (_deep(1000), "refused: too deep"),
    "half-surrogate": (_replaced('"RemoteSigned"', '"\\ud800"'), "refused: no text"),
    "nul": (_replaced('"RemoteSigned"', '"Remote\\u0000Signed"'), "refused: no text"),
    "bad-sid": (_with("security.localAdministrators", [{"name": "CONTOSO\\x", "sid": "S-1-5-21-99999999999"}]), "fact"),
    "bad-base64": (_with("security.dcom.defaultLaunchPermission", "not base64!"), "fact"),
    "hostile": (_hostile(), "taken"),
    "hostile-name": (_with("computer.name", "SYNC01\u001b[31m'; rm -rf /"), "refused: computer.name is no host name"),
    "hostile-dns-name": (_with("computer.dnsName", "<b>SYNC01</b> &amp; %s%n.contoso.com"),
                         "refused: computer.dnsName is no host name"),
    "long-name": (_with("computer.dnsName", "a" * 63 + ".b" * 97), "refused: computer.dnsName is no host name"),
    "probe-kind": (_with("networkProbes", {"rows": [probe("smtp", "a", 25)]}), "refused: no such kind of probe"),
    "probe-outcome": (_with("networkProbes", {"rows": [probe("address", "a", 443, "great")]}), "refused: no such outcome"),
    "probe-type": (_with("networkProbes", {"rows": [probe("address", "a", "443")]}), "refused: networkProbes.rows[0].port is text"),
    "probe-host": (_with("networkProbes", {"rows": [probe("address", "a\u001b[31m", 443)]}), "refused: no host name"),
    "probe-twice": (_with("networkProbes", {"rows": [probe("address", "a", 443), probe("address", "A", 443, "refused")]}),
                    "refused: told twice"),
    "probe-proxy": (_with("networkProbes", {"rows": [probe("address", "a", 443, proxy="http://dana:secret@proxy:8080")]}),
                    "refused: a password in a proxy's address"),
    "probe-proxy-port": (_with("networkProbes", {"rows": [probe("address", "a", 443, proxy="http://proxy")]}),
                         "refused: a proxy without a port"),
    "probe-proxy-address": (_with("networkProbes", {"rows": [probe("address", "a", 443, proxy="http://[::1]:8080")]}), "taken"),
    "probe-tls": (_with("networkProbes", {"rows": [probe("address", "a", 443, tls="yes")]}),
                  "refused: networkProbes.rows[0].tls is text"),
    "probe-domain-twice": (_with("networkProbes", {"rows": [probe("domain", "a", 389), probe("domain", "a", None, "refused")]}),
                           "refused: told twice"),
    "unknown-members": (_replaced('"collector": "1.0"', '"collector": "1.0",\n  "coffee": {"pot": 1}'), "taken"),
}

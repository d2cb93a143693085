#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each condition that a directory decides, both ways, against a live domain controller that is
changed underneath."""
import contextlib
import os
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

import controller  # noqa: E402
import presync  # noqa: E402
import tap  # noqa: E402
from tap import case, equal  # noqa: E402

controller.become_root()


def check(dc, *more, **named):
    result = presync.check(dc.ldaps, dc.authority, more=more, **named)
    if result.code not in presync.VERDICTS:
        raise AssertionError(f"no verdict: {result!r}")
    return result


def expect(dc, wanted, *more, **named):
    """{condition: status} must be found; returns all conditions"""
    conditions = check(dc, *more, **named).conditions()
    for name, status in wanted.items():
        equal(conditions[name]["status"], status, f"{name} (found {conditions[name]['found']!r}, "
              f"reason {conditions[name].get('reason')!r})")
    return conditions


@contextlib.contextmanager
def changed(dc, name, **attributes):
    """the entry has these values within the block, its old ones after it"""
    old = dc.search(name, attributes=[k.replace("_", "-") for k in attributes])[0]
    before = {}
    for key in attributes:
        values = old.get(key.replace("_", "-"))
        before[key] = None if values is None else [bytes(v) for v in values]
    dc.set(name, **attributes)
    try:
        yield
    finally:
        dc.set(name, **before)


@contextlib.contextmanager
def made(dc, name, **attributes):
    dc.add(name, **attributes)
    try:
        yield name
    finally:
        dc.delete(name)


def partitions(dc):
    return "CN=Partitions," + dc.config


def settings(dc):
    return str(dc.samdb.get_dsServiceName())


@case("forest functional level: 2000 fails, 2003 and 2016 pass, in both options")
def _(dc):
    for level, status in ((0, "not-met"), (2, "met"), (7, "met")):
        with changed(dc, partitions(dc), msDS_Behavior_Version=level):
            found = expect(dc, {"cs-forest-functional-level": status, "cn-forest-functional-level": status})
    tap.contains(found["cs-forest-functional-level"]["found"], "2016", "found")


@case("newest domain controller: 2008 R2 fails, 2012 passes; low levels are advice")
def _(dc):
    with changed(dc, settings(dc), msDS_Behavior_Version=4):
        expect(dc, {"cs-dc-2012": "not-met"})
    with changed(dc, settings(dc), msDS_Behavior_Version=5):
        expect(dc, {"cs-dc-2012": "met"})
        with changed(dc, dc.base, msDS_Behavior_Version=4):
            expect(dc, {"cs-dc-2012": "advice"})


@case("KDS root key: none, one of 20 hours, one of an hour; invisible to an ordinary user")
def _(dc):
    expect(dc, {"cs-kds-root-key": "not-met", "cs-kds-root-key-age": "not-applicable"})
    dc.make_kds_containers()
    expect(dc, {"cs-kds-root-key": "not-met"})
    user = expect(dc, {"cs-kds-root-key": "unknown"}, **OLGA)
    if not user["cs-kds-root-key"]["reason"]:
        raise AssertionError("unknown without a reason")
    key = dc.add_kds_key(hours_old=20)
    expect(dc, {"cs-kds-root-key": "met", "cs-kds-root-key-age": "met"})
    user = check(dc, **OLGA).statuses()
    if user["cs-kds-root-key"] not in ("unknown", "met") or user["cs-kds-root-key-age"] != "unknown":
        raise AssertionError(f"an ordinary user sees {user['cs-kds-root-key']}, {user['cs-kds-root-key-age']}")
    dc.delete(key)
    key = dc.add_kds_key(hours_old=1, name="22222222-2222-3333-4444-555555555555")
    expect(dc, {"cs-kds-root-key": "met", "cs-kds-root-key-age": "not-met"})
    dc.delete(key)
    expect(dc, {"cs-kds-root-key": "not-met"})


@case("recycle bin: off is advice, on passes")
def _(dc):
    import ldb
    expect(dc, {"cn-recycle-bin": "advice"})
    change = ldb.Message()
    change.dn = ldb.Dn(dc.samdb, "")
    change["enableOptionalFeature"] = ldb.MessageElement(
        partitions(dc) + ":766ddcd8-acd0-445e-f3b9-a7f9b6744f2a", ldb.FLAG_MOD_ADD, "enableOptionalFeature")
    dc.samdb.modify(change)
    expect(dc, {"cn-recycle-bin": "met"})
    for name in (partitions(dc), settings(dc)):
        dc.set(name, msDS_EnabledFeature=None)
    expect(dc, {"cn-recycle-bin": "advice"})


@case("NetBIOS name: with a dot fails, without passes")
def _(dc):
    expect(dc, {"cn-netbios-dotted": "met"})
    # A password sign-in needs the name that Samba started with; a ticket got before does not.
    ticket = dc.kinit()
    with changed(dc, f"CN={dc.domain},{partitions(dc)}", nETBIOSName="PRE.SYNC"):
        result = presync.run("check", "--format", "json", "--directory", dc.ldap, "--kerberos",
                             environment=ticket)
        found = result.conditions()["cn-netbios-dotted"]
    equal(found["status"], "not-met", repr(found))
    tap.contains(found["found"], "PRE.SYNC", "found")
    expect(dc, {"cn-netbios-dotted": "met"})


@case("schema version: 13 fails, 30, 56, 69 and 87 pass for Connect Sync")
def _(dc):
    for version, status in ((13, "not-met"), (30, "met"), (56, "met"), (69, "met"), (87, "met")):
        with changed(dc, dc.schema, objectVersion=version):
            expect(dc, {"cn-schema-2003": status, "cs-schema-2012": "met"})


@case("schema of 2016 has msDS-ExternalDirectoryObjectId")
def _(dc):
    expect(dc, {"cs-schema-2012": "met", "cs-schema-extdirobjid": "met"})


@case("schema of 2008 R2: no gMSA class, no msDS-ExternalDirectoryObjectId")
def _(dc):
    with controller.Controller(schema="2008_R2", forest_level="2008_R2") as old:
        expect(old, {"cs-schema-2012": "not-met", "cs-schema-extdirobjid": "not-met",
                     "cn-schema-2003": "met", "cs-forest-functional-level": "met"})
        with changed(old, old.schema, objectVersion=56):
            expect(old, {"cs-schema-2012": "met", "cs-schema-extdirobjid": "not-met"})


@case("UPN suffix: only presync.test is advice, contoso.com passes")
def _(dc):
    expect(dc, {"cn-express-eligible": "advice"})
    with changed(dc, partitions(dc), uPNSuffixes="contoso.com"):
        expect(dc, {"cn-express-eligible": "met"})


@case("directory product: Samba is told and is advice")
def _(dc):
    found = expect(dc, {"cs-directory-product": "advice", "cn-directory-product": "advice"})
    tap.contains(found["cs-directory-product"]["found"], "Samba", "found")


@case("operating system of the domain controllers: 2019 passes, 2012 R2 is advice")
def _(dc):
    name = f"CN={dc.host.split('.')[0].upper()},OU=Domain Controllers,{dc.base}"
    expect(dc, {"cn-dc-os-age": "met"})
    with changed(dc, name, operatingSystem="Windows Server 2012 R2 Standard", operatingSystemVersion="6.3 (9600)"):
        expect(dc, {"cn-dc-os-age": "advice"})


@case("inetOrgPerson: counts only with password hash synchronization")
def _(dc):
    plan = ("--features", "password-hash-sync")
    expect(dc, {"cs-limit-inetorgperson": "not-applicable"})
    expect(dc, {"cs-limit-inetorgperson": "met"}, *plan)
    with made(dc, f"CN=Inet Person,CN=Users,{dc.base}", objectClass="inetOrgPerson", sAMAccountName="inet",
              sn="Person", cn="Inet Person"):
        expect(dc, {"cs-limit-inetorgperson": "not-met"}, *plan)


@case("a gMSA of one's own: missing fails, present passes")
def _(dc):
    plan = ("--gmsa", "provAgentgMSA")
    expect(dc, {"cs-gmsa-present-and-usable": "met"})
    expect(dc, {"cs-gmsa-present-and-usable": "needs-answer"}, "--features", "custom-gmsa")
    expect(dc, {"cs-gmsa-present-and-usable": "not-met"}, *plan)
    with made(dc, f"CN=provAgentgMSA,CN=Managed Service Accounts,{dc.base}",
              objectClass="msDS-GroupManagedServiceAccount", sAMAccountName="provAgentgMSA$",
              msDS_ManagedPasswordInterval=30, userAccountControl=4096,
              dNSHostName="provagent." + dc.realm.lower()):
        expect(dc, {"cs-gmsa-present-and-usable": "met"}, *plan)


@case("accounts of another sync engine: none passes, an MSOL_ account is advice")
def _(dc):
    expect(dc, {"cn-no-second-engine-account": "met"})
    name = dc.add_user("MSOL_0123456789ab")
    expect(dc, {"cn-no-second-engine-account": "advice"})
    dc.delete(name)
    expect(dc, {"cn-no-second-engine-account": "met"})


@case("number of objects: as many as there are")
def _(dc):
    def count():
        return len(dc.search(dc.base, "(|(objectCategory=person)(objectCategory=group)(objectClass=computer))",
                             "sub", ["1.1"]))
    found = expect(dc, {"cs-limit-objects": "met", "cn-sql-default": "met"})
    tap.contains(found["cs-limit-objects"]["found"].replace(",", ""), str(count()), "found")
    names = [dc.add_user(f"counted{i}") for i in range(3)]
    found = expect(dc, {"cs-limit-objects": "met"})
    tap.contains(found["cs-limit-objects"]["found"].replace(",", ""), str(count()), "found")
    for name in names:
        dc.delete(name)


SERVER = ("--sync-server", "SYNC01")


@case("sync server: missing, disabled, a member, with and without its domain")
def _(dc):
    expect(dc, {"cs-domain-joined": "not-met", "cn-domain-joined": "not-met"}, *SERVER)
    dn = dc.add_computer("SYNC01")
    try:
        for name in ("SYNC01", "sync01", "sync01." + dc.realm.lower()):
            expect(dc, {"cs-domain-joined": "met", "cn-domain-joined": "met", "cs-install-on-dc": "met"},
                   "--sync-server", name)
        with changed(dc, dn, userAccountControl=4098):
            expect(dc, {"cs-domain-joined": "not-met"}, *SERVER)
        expect(dc, {"cs-domain-joined": "met"}, *SERVER, **OLGA)
    finally:
        dc.delete(dn)


@case("sync server: a domain controller is advice")
def _(dc):
    expect(dc, {"cs-install-on-dc": "advice", "cs-domain-joined": "met"}, "--sync-server", dc.host)


@case("sync server: 2012 R2 and Windows 11 fail, 2016 and 2019 are advice, 2022 passes, 2025 asks for the update")
def _(dc):
    systems = [("Windows Server 2012 R2 Standard", "6.3 (9600)", "not-met"),
               ("Windows Server 2016 Standard", "10.0 (14393)", "advice"),
               ("Windows Server 2019 Standard", "10.0 (17763)", "advice"),
               ("Windows Server 2022 Standard", "10.0 (20348)", "met"),
               ("Windows 11 Enterprise", "10.0 (22631)", "not-met"),
               ("Windows Server 2025 Standard", "10.0 (26100)", "needs-answer")]
    for system, version, status in systems:
        dn = dc.add_computer("SYNC01", system, version)
        try:
            expect(dc, {"cs-os-version": status, "cn-os-version": status}, *SERVER)
        finally:
            dc.delete(dn)


@case("sync server: a name that looks like a filter finds nothing")
def _(dc):
    expect(dc, {"cs-domain-joined": "not-met"}, "--sync-server", "*")
    expect(dc, {"cs-domain-joined": "not-met"}, "--sync-server", "x)(objectClass=*")


@case("an edition of 2023-03-01 judges the same directory by the older rules")
def _(dc):
    with changed(dc, dc.schema, objectVersion=30):
        conditions = check(dc, "--edition", "2023-03-01").conditions()
    if "cs-schema-extdirobjid" in conditions:
        raise AssertionError("cs-schema-extdirobjid is newer than 2023-03-01")
    equal(conditions["cs-forest-functional-level"]["status"], "met")


@case("what an ordinary user may read is the same as for the administrator")
def _(dc):
    admin, user = check(dc).statuses(), check(dc, **OLGA).statuses()
    for name, status in admin.items():
        if not name.startswith("cs-kds") and user[name] not in (status, "unknown"):
            raise AssertionError(f"{name}: {status} for the administrator, {user[name]} for a user")


@case("every measured condition tells its origin")
def _(dc):
    for name, condition in check(dc).conditions().items():
        if condition["status"] in ("met", "not-met") and not condition.get("answered"):
            origin = condition.get("origin")
            if origin and not all(k in origin for k in ("source", "target", "query", "at", "complete")):
                raise AssertionError(f"{name}: {origin}")
            if name.startswith(("cs-forest", "cn-netbios")) and not origin:
                raise AssertionError(f"{name} has no origin")


@case("a snapshot recorded from the controller gives the same statuses")
def _(dc):
    with tempfile.TemporaryDirectory() as folder, presync.PasswordFile(dc.password) as path:
        dn = dc.add_computer("SYNC01")
        key = None
        try:
            dc.make_kds_containers()
            key = dc.add_kds_key(hours_old=20)
            live = check(dc, *SERVER).statuses()
            file = os.path.join(folder, "snapshot.ldif")
            result = presync.run("record", "--directory", dc.ldaps, "--ca-file", dc.authority,
                                 "--sign-in-as", dc.administrator, "--password-file", path, *SERVER, "-o", file)
            equal(result.code, 0, f"record: {result.errors}")
        finally:
            dc.delete(dn)
            if key:
                dc.delete(key)
        recorded = presync.run("check", "--format", "json", "--ldif", file, *SERVER)
        different = {n: (s, recorded.statuses()[n]) for n, s in live.items() if recorded.statuses()[n] != s}
        equal(different, {}, "live and recorded differ")
        with open(file, encoding="utf-8") as stream:
            text = stream.read().lower()
        for secret in ("rootkeydata", "unicodepwd", "supplementalcredentials", "dbcspwd", "managedpassword:"):
            if secret in text:
                raise AssertionError(f"{secret} in the snapshot")


OLGA = {"name": "olga@presync.test", "password": "User.Passw0rd1"}


def main():
    with controller.Controller() as dc:
        dc.add_user("olga")
        return tap.run(dc)


sys.exit(main())

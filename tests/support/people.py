# SPDX-License-Identifier: GPL-3.0-or-later
"""People, groups and managed accounts on a controller, and what the probes tell about them."""
import contextlib
import os
import subprocess
import time

import controller
import presync
from tap import equal

PROBE = presync.BUILD / "tests" / "directory" / "people-probe"
ADMINISTRATOR = ("Administrator@presync.test", "Passw0rd.Admin1")
OLGA = ("olga@presync.test", "User.Passw0rd1")
NEVER = 0x7FFFFFFFFFFFFFFF
SCP = "62a0ff2e-97b9-4513-943f-0d221bd30080"


def probe(dc, *more, who=ADMINISTRATOR, ldif=None, server=None):
    with presync.PasswordFile(who[1]) as path:
        if ldif:
            arguments = [ldif]
        else:
            arguments = [dc.ldaps, "--ca-file", dc.authority, "--user", who[0], "--password-file", path]
        if server:
            arguments += ["--sync-server", server]
        done = subprocess.run([str(PROBE), *arguments, *more], capture_output=True, text=True, timeout=60)
    if done.returncode or "CRITICAL" in done.stderr or "WARNING" in done.stderr:
        raise AssertionError(f"exit {done.returncode}: {done.stderr}")
    return [line.split("\x1f") for line in done.stdout.split("\n") if line]


class Facts(dict):
    """{key: text}, or "?reason"; details and subjects beside it"""

    def __init__(self, rows):
        super().__init__()
        self.details, self.subjects = {}, {}
        for key, subject, kind, text in rows:
            if key in self:
                raise AssertionError(f"{key} twice")
            self[key] = text if kind == "=" else kind
            self.details[key] = text
            self.subjects[key] = subject
            if kind != "=" and not text:
                raise AssertionError(f"{key} is unknown without a reason")

    def expect(self, **wanted):
        for key, value in wanted.items():
            key = key.replace("__", ".").replace("_", "-")
            equal(self[key], value, f"{key} ({self.details[key]})")


def facts(dc, server=None, who=ADMINISTRATOR, ldif=None, **accounts):
    more = []
    for role, name in accounts.items():
        more += ["--account", f"{role.replace('_', '-')}={name}"]
    return Facts(probe(dc, *more, who=who, ldif=ldif, server=server))


def sid_of(dc, name):
    from samba.dcerpc import security
    from samba.ndr import ndr_unpack
    return str(ndr_unpack(security.dom_sid, bytes(dc.search(name, attributes=["objectSid"])[0]["objectSid"][0])))


def users(dc, name):
    return f"CN={name},CN=Users,{dc.base}"


def make_group(dc, name, members=(), kind=-2147483640):
    """universal security group as a rule"""
    dn = users(dc, name)
    more = {"member": list(members)} if members else {}
    dc.add(dn, objectClass="group", sAMAccountName=name, groupType=kind, **more)
    return dn


def add_members(dc, group, *members):
    import ldb
    change = ldb.Message()
    change.dn = ldb.Dn(dc.samdb, group)
    change["member"] = ldb.MessageElement(list(members), ldb.FLAG_MOD_ADD, "member")
    dc.samdb.modify(change)


@contextlib.contextmanager
def gone_after(dc, *names):
    try:
        yield
    finally:
        for name in names:
            dc.delete(name)


@contextlib.contextmanager
def changed(dc, name, **attributes):
    """the entry has these values within the block, its old ones after it"""
    old = dc.search(name, attributes=[k.replace("_", "-") for k in attributes])[0]
    before = {k: None if old.get(k.replace("_", "-")) is None else [bytes(v) for v in old[k.replace("_", "-")]]
              for k in attributes}
    dc.set(name, **attributes)
    try:
        yield
    finally:
        dc.set(name, **before)


def raw_set(dc, name, attribute, value):
    """below Samba's checks, into the file of the domain's partition"""
    import ldb
    import samba
    from samba import dsdb
    file = os.path.join(os.path.dirname(dc.environment["AD_SAM"].split("://")[-1]), "sam.ldb.d",
                        dc.base.upper() + ".ldb")
    scheme = "mdb://" if os.path.exists(file + "-lock") else "tdb://"
    database = samba.Ldb(scheme + file, flags=ldb.FLG_DONT_CREATE_DB)
    dsdb._dsdb_set_schema_from_ldb(database, dc.samdb, False)
    change = ldb.Message()
    change.dn = ldb.Dn(database, name)
    change[attribute] = ldb.MessageElement([value], ldb.FLAG_MOD_REPLACE, attribute)
    database.modify(change)


def filetime(seconds):
    return int((time.time() + seconds + controller.FILETIME_EPOCH) * 10000000)


def find(dc, *texts, kinds=1, who=ADMINISTRATOR):
    more = []
    for text in texts:
        more += ["--find", text]
    return probe(dc, *more, "--kinds", str(kinds), who=who)


def make_gmsa(dc, name, readers=None, account=None, **more):
    from samba.dcerpc import security
    from samba.ndr import ndr_pack
    attributes = {"msDS_ManagedPasswordInterval": 30, **more}
    if readers:
        attributes["msDS_GroupMSAMembership"] = ndr_pack(
            security.descriptor.from_sddl("O:BAD:" + readers, security.dom_sid(dc.samdb.get_domain_sid())))
    dc.add(f"CN={name},CN=Managed Service Accounts,{dc.base}", objectClass="msDS-GroupManagedServiceAccount",
           sAMAccountName=account or name + "$", userAccountControl=4096, dNSHostName=f"{name.lower()}.presync.test",
           **attributes)


def populate(dc):
    dc.add_user("olga")
    dc.add_user("svc")
    sync01, sync02 = dc.add_computer("SYNC01"), dc.add_computer("SYNC02")
    hosts = make_group(dc, "GMSA-Hosts", [make_group(dc, "GMSA-Inner", [sync01], kind=-2147483646)], kind=-2147483646)
    full = "(A;;RPWPCRCCDCLCLORCWOWDSDDTSW;;;%s)"
    make_gmsa(dc, "gmsaDirect", full % sid_of(dc, sync01), msDS_SupportedEncryptionTypes=24)
    make_gmsa(dc, "gmsaGroup", full % sid_of(dc, hosts), msDS_SupportedEncryptionTypes=4,
              msDS_ManagedPasswordInterval=7)
    make_gmsa(dc, "gmsaDenied", f"(D;;RP;;;{sid_of(dc, sync01)})" + full % "AU")
    make_gmsa(dc, "gmsaNobody")
    smsa = f"CN=smsa1,CN=Managed Service Accounts,{dc.base}"
    dc.add(smsa, objectClass="msDS-ManagedServiceAccount", sAMAccountName="smsa1$", userAccountControl=4096)
    dc.set(sync01, msDS_HostServiceAccount=smsa)
    del sync02

#!/usr/bin/python3 -W ignore
# SPDX-License-Identifier: GPL-3.0-or-later
"""A forest large enough to measure on: 10 000 users in 300 units, with groups, accounts and rights of
several kinds. Built once by Samba's own modules, so that every descriptor is inherited as it would be;
kept beside the other provisions.

big_forest.py FOLDER   fills the controller that is provisioned in FOLDER and not started
"""
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
TOOL = HERE.parent / "directory" / "ad-dc"

USERS, UNITS, GROUPS = 10000, 300, 120
TOP_UNITS = 30
EXTRA_UNITS, ADMINISTRATORS = 30, 20
CLOSED_UNITS = (42, 104, 166, 228, 290)
MEMBERS = 40            # of each group
BATCH = 5000            # users a transaction

# Who the bench names
ACCOUNTS = {"cloud-admin": "Administrator", "connect-admin": "installer", "gmsa": "pgmsa$",
            "connector": "PRESYNC\\sync", "service": "svcsync"}
SERVER = "SYNC01"

FULL = "RPWPCRCCDCLCLORCWOWDSDDTSW"
READ = "RPLCLORC"
CLASSES = {
    "user": "bf967aba-0de6-11d0-a285-00aa003049e2", "group": "bf967a9c-0de6-11d0-a285-00aa003049e2",
    "inetOrgPerson": "4828cc14-1437-45bc-9b07-ad6f015e5f28", "contact": "5cb41ed0-0e4c-11d0-a286-00aa003049e2",
    "computer": "bf967a86-0de6-11d0-a285-00aa003049e2", "device": "bf967a8e-0de6-11d0-a285-00aa003049e2",
    "foreignSecurityPrincipal": "89e31c12-8530-11d0-afda-00c04fd930c9",
}
# Replicating Directory Changes, and All: at the head of the domain
REPLICATION = ("1131f6aa-9c07-11d1-f79f-00c04fc2dcd2", "1131f6ad-9c07-11d1-f79f-00c04fc2dcd2")
# Reset Password, lockoutTime, pwdLastSet, mS-DS-ConsistencyGuid: on users
ON_USERS = (("CR", "00299570-246d-11d0-a768-00aa006e0529"), ("WP", "28630ebf-41d5-11d1-a9c1-0000f80367c1"),
            ("WP", "bf967a0a-0de6-11d0-a285-00aa003049e2"), ("RPWP", "23773dc2-b63a-11d2-90e1-00c04fd91ab1"))


def grants(sid):
    """what an account that synchronizes is given at the head of the domain"""
    return ("".join(f"(OA;;CR;{right};;{sid})" for right in REPLICATION)
            + "".join(f"(OA;CIIO;{rights};{guid};{CLASSES['user']};{sid})" for rights, guid in ON_USERS)
            + "".join(f"(OA;CIIO;RP;;{guid};{sid})" for guid in CLASSES.values())
            + "".join(f"(OA;CIIO;RPWP;;{CLASSES[c]};{sid})" for c in ("user", "inetOrgPerson", "group", "contact"))
            + "".join(f"(OA;CI;CCDC;{CLASSES[c]};;{sid})" for c in ("user", "group")))


class Loader:
    def __init__(self, folder):
        from samba.auth import system_session
        from samba.param import LoadParm
        from samba.samdb import SamDB
        import ldb
        self.ldb = ldb
        parameters = LoadParm()
        parameters.load(f"{folder}/etc/smb.conf")
        # without batch_mode every object copies each index list that it touches: quadratic
        self.database = SamDB(url=f"{folder}/private/sam.ldb", session_info=system_session(), lp=parameters,
                              flags=ldb.FLG_NOSYNC,
                              options=["batch_mode:1", f"transaction_index_cache_size:{BATCH * 20}"])
        self.base = self.database.domain_dn()
        from samba.dcerpc import security
        self.security = security
        self.domain_sid = security.dom_sid(self.database.get_domain_sid())

    def add(self, dn, **attributes):
        entry = {"dn": dn, **{k.replace("_", "-"): v for k, v in attributes.items() if v is not None}}
        self.database.add(entry, controls=["relax:0"])

    def packed(self, sddl):
        from samba.ndr import ndr_pack
        return ndr_pack(self.security.descriptor.from_sddl(sddl, self.domain_sid))

    def read(self, dn, name, controls=()):
        found = self.database.search(dn, scope=self.ldb.SCOPE_BASE, attrs=[name], controls=list(controls))
        return bytes(found[0][name][0])

    def sddl(self, dn):
        from samba.ndr import ndr_unpack
        raw = self.read(dn, "nTSecurityDescriptor", ["sd_flags:1:7"])
        return ndr_unpack(self.security.descriptor, raw).as_sddl(self.domain_sid)

    def sid(self, dn):
        from samba.ndr import ndr_unpack
        return str(ndr_unpack(self.security.dom_sid, self.read(dn, "objectSid")))

    def in_transaction(self, work):
        self.database.transaction_start()
        work()
        self.database.transaction_commit()

    def accounts(self):
        users = f"CN=Users,{self.base}"
        for name in ("installer", "sync", "svcsync"):
            self.add(f"CN={name},{users}", objectClass="user", sAMAccountName=name, userAccountControl="544",
                     userPrincipalName=f"{name}@presync.test")
        self.add(f"CN={SERVER},CN=Computers,{self.base}", objectClass="computer", sAMAccountName=SERVER + "$",
                 dNSHostName=f"{SERVER.lower()}.presync.test", userAccountControl="4096",
                 operatingSystem="Windows Server 2022 Standard", operatingSystemVersion="10.0 (20348)")
        server = self.sid(f"CN={SERVER},CN=Computers,{self.base}")
        self.gmsa = f"CN=pgmsa,CN=Managed Service Accounts,{self.base}"
        self.add(self.gmsa, objectClass="msDS-GroupManagedServiceAccount", sAMAccountName="pgmsa$",
                 userAccountControl="4096", dNSHostName="pgmsa.presync.test", msDS_ManagedPasswordInterval="30",
                 msDS_GroupMSAMembership=self.packed(f"O:BAD:(A;;{FULL};;;{server})"))
        self.sync = f"CN=sync,{users}"
        # the accounts are in groups, three deep
        inner = [self.sync]
        for name in ("Sync Inner", "Sync Middle", "Sync Outer"):
            self.add(f"CN={name},{users}", objectClass="group", sAMAccountName=name, groupType="-2147483646",
                     member=inner)
            inner = [f"CN={name},{users}"]
        self.add(f"CN=Sync Services,{users}", objectClass="group", sAMAccountName="Sync Services",
                 groupType="-2147483646", member=[self.gmsa, f"CN=svcsync,{users}"])

    def rights_at_head(self):
        """before there is anything below: what is passed on then costs nothing"""
        text = self.sddl(self.base)
        start = text.index("(", text.index("D:"))
        added = grants(self.sid(self.sync)) + grants(self.sid(self.gmsa))
        change = self.ldb.Message()
        change.dn = self.ldb.Dn(self.database, self.base)
        change["nTSecurityDescriptor"] = self.ldb.MessageElement(
            self.packed(text[:start] + added + text[start:]), self.ldb.FLAG_MOD_REPLACE, "nTSecurityDescriptor")
        self.database.modify(change, controls=["sd_flags:1:4"])

    def units(self):
        """TOP_UNITS below the domain, the others spread below those; every tenth has an entry of its own, and
        the inheritance of some is off"""
        self.places = []
        usual = f"(A;;{FULL};;;SY)(A;;{FULL};;;DA)(A;;{READ};;;AU)(A;;{READ};;;ED)"
        for number in range(UNITS):
            name = f"Division {number:02}" if number < TOP_UNITS else f"Team {number:03}"
            above = self.base if number < TOP_UNITS else self.places[number % TOP_UNITS]
            descriptor = None
            if number in CLOSED_UNITS:
                descriptor = f"D:PAI(A;CI;{FULL};;;SY)(A;CI;{FULL};;;DA)(A;CI;{READ};;;AU)"
            elif number % (UNITS // EXTRA_UNITS) == 7:
                helper = f"{self.domain_sid}-{5000 + number}"
                descriptor = (f"D:{usual}(OA;CIIO;CR;{ON_USERS[0][1]};{CLASSES['user']};{helper})"
                              f"(A;CI;RPWP;;;{helper})")
            self.add(f"OU={name},{above}", objectClass="organizationalUnit",
                     nTSecurityDescriptor=None if descriptor is None else self.packed(descriptor))
            self.places.append(f"OU={name},{above}")

    def people(self, first, last):
        for i in range(first, last):
            name = f"user{i:05}"
            protected = i % (USERS // ADMINISTRATORS) == 13
            self.add(f"CN=User {i:05},{self.places[i % UNITS]}", objectClass="user", sAMAccountName=name,
                     userAccountControl="544", userPrincipalName=f"{name}@presync.test", givenName="User",
                     sn=f"{i:05}", displayName=f"User {i:05}", mail=f"{name}@presync.test",
                     department=f"Department {i % 40}", proxyAddresses=f"SMTP:{name}@presync.test",
                     adminCount="1" if protected else None,
                     nTSecurityDescriptor=self.packed(self.holder) if protected else None)

    def groups(self):
        for number in range(GROUPS):
            members = [(number * 83 + k * 7) % USERS for k in range(MEMBERS)]
            self.add(f"CN=Group {number:03},{self.places[number % UNITS]}", objectClass="group",
                     sAMAccountName=f"group{number:03}", groupType="-2147483640",
                     member=[f"CN=User {i:05},{self.places[i % UNITS]}" for i in sorted(set(members))])

    def load(self):
        self.in_transaction(self.accounts)
        self.in_transaction(self.rights_at_head)
        self.in_transaction(self.units)
        text = self.sddl(f"CN=AdminSDHolder,CN=System,{self.base}")
        self.holder = "D:PAI" + text[text.index("(", text.index("D:")):].split("S:")[0]
        for first in range(0, USERS, BATCH):
            self.in_transaction(lambda: self.people(first, min(USERS, first + BATCH)))
        self.in_transaction(self.groups)


def build(folder):
    """a cache folder for `ad-dc up --cache` whose only provision is the filled one"""
    began = time.monotonic()
    fresh = pathlib.Path(tempfile.mkdtemp(prefix=".accounts-", dir=folder.parent))
    home = tempfile.mkdtemp(prefix="dc-", dir="/tmp")
    try:
        for command in ([TOOL, "up", home, "--cache", fresh, "--model", "single", "--no-start"],
                        [sys.executable, "-W", "ignore", __file__, home]):
            done = subprocess.run([str(c) for c in command], capture_output=True, text=True, timeout=900)
            if done.returncode:
                raise RuntimeError(f"no forest to measure on: {done.stderr}")
        provision = next(fresh.glob("*/ok")).parent
        shutil.rmtree(provision / "private")
        subprocess.run(["cp", "-a", "--sparse=always", "--reflink=auto", "-T", home + "/private",
                        str(provision / "private")], check=True)
        for old in folder.parent.glob("accounts-*"):
            shutil.rmtree(old)
        fresh.rename(folder)
    finally:
        subprocess.run([TOOL, "down", home], capture_output=True)
        shutil.rmtree(home, ignore_errors=True)
        shutil.rmtree(fresh, ignore_errors=True)
    return time.monotonic() - began


def provision(caches):
    """(cache folder, seconds it took to build or None): of this generator and this Samba"""
    samba = subprocess.run(["dpkg-query", "-Wf", "${Version}", "samba-ad-dc"], capture_output=True)
    kind = hashlib.sha256(pathlib.Path(__file__).read_bytes() + TOOL.read_bytes() + samba.stdout).hexdigest()[:12]
    folder = pathlib.Path(caches) / f"accounts-{kind}"
    return folder, None if folder.is_dir() else build(folder)


if __name__ == "__main__":
    os.umask(0o022)
    Loader(sys.argv[1]).load()

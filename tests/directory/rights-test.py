#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the AD DS Connector account and a gMSA may do: each right granted, taken away, denied, through
groups and wider grants, and cut off below the domain; on a live domain controller whose security
descriptors are changed underneath."""
import contextlib
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

import controller  # noqa: E402
import presync  # noqa: E402
import tap  # noqa: E402
from tap import case, contains, equal  # noqa: E402

controller.become_root()

CLASSES = {
    "user": "bf967aba-0de6-11d0-a285-00aa003049e2", "group": "bf967a9c-0de6-11d0-a285-00aa003049e2",
    "inetOrgPerson": "4828cc14-1437-45bc-9b07-ad6f015e5f28",
    "contact": "5cb41ed0-0e4c-11d0-a286-00aa003049e2",
    "computer": "bf967a86-0de6-11d0-a285-00aa003049e2",
    "foreignSecurityPrincipal": "89e31c12-8530-11d0-afda-00c04fd930c9",
    "device": "bf967a8e-0de6-11d0-a285-00aa003049e2",
    "msDS-Device": "5df2b673-6d41-4774-b3e8-d52e8ee9ff99",
}
CHANGES = "1131f6aa-9c07-11d1-f79f-00c04fc2dcd2"
CHANGES_ALL = "1131f6ad-9c07-11d1-f79f-00c04fc2dcd2"
ANCHOR = "23773dc2-b63a-11d2-90e1-00c04fd91ab1"
RESET = "00299570-246d-11d0-a768-00aa006e0529"
UNEXPIRE = "ccc2dc7d-a6ad-4a7a-8846-c04e3cc53501"
LOCKOUT = "28630ebf-41d5-11d1-a9c1-0000f80367c1"
PWD_LAST_SET = "bf967a0a-0de6-11d0-a285-00aa003049e2"
RESTRICTIONS = "4c164200-20c0-11d0-a768-00aa006e0529"  # property set of pwdLastSet
KEY_LINK = "5b47d60f-6090-40b2-9f37-2a4de88f3063"
FEATURES = ("--features", "password-hash-sync,password-writeback,exchange-hybrid,mail-public-folders,"
            "group-writeback,device-writeback,provision-to-ad")


def head(right, guid=""):
    return f"(OA;;{right};{guid};;@)"


def below(right, cls, guid=""):
    return f"(OA;CIIO;{right};{guid};{CLASSES[cls]};@)"


def everywhere(right, guid):
    return f"(OA;CI;{right};{guid};;@)"


def mail(rights):
    return {below(rights, c): c for c in ("user", "inetOrgPerson", "group", "contact")}


# Condition, and the entries that it needs: each with the words that name it when it is not there.
# "@" is the account.
CONNECTOR = {
    "cn-connector-rights-basic": {**{below("RP", c): c for c in CLASSES if c != "msDS-Device"},
                                  head("CR", CHANGES): "Replicating Directory Changes: missing for the domain itself"},
    "cn-connector-rights-anchor": {below("RPWP", "user", ANCHOR): "missing for user"},
    "cn-connector-rights-password-hash": {
        head("CR", CHANGES): "Replicating Directory Changes: missing for the domain itself",
        head("CR", CHANGES_ALL): "Replicating Directory Changes All: missing for the domain itself"},
    "cn-connector-rights-writeback": {
        below("CR", "user", RESET): "Reset Password: missing for user",
        below("WP", "user", LOCKOUT): "Write lockoutTime: missing for user",
        below("WP", "user", PWD_LAST_SET): "Write pwdLastSet: missing for user"},
    "cn-connector-rights-exchange": mail("RPWP"),
}
GMSA = {
    "cs-gmsa-permissions": {below("RP", c): c for c in CLASSES if c != "msDS-Device"},
    "cs-gmsa-permissions-hash-sync": CONNECTOR["cn-connector-rights-password-hash"],
    "cs-gmsa-permissions-writeback": CONNECTOR["cn-connector-rights-writeback"],
    "cs-gmsa-permissions-exchange": mail("RPWP"),
    "cs-gmsa-permissions-create-delete": {
        below("RCWPSWSDDT", "user"): "user", below("RCWPSWSDDT", "group"): "group",
        everywhere("CC", CLASSES["user"]): "organizationalUnit: create user",
        everywhere("CC", CLASSES["group"]): "the domain itself: create group"},
    "cs-gmsa-permissions-all": {
        below("WP", "user", ANCHOR): "Write mS-DS-ConsistencyGuid: missing for user",
        below("WP", "group", ANCHOR): "Write mS-DS-ConsistencyGuid: missing for group",
        below("WP", "user", KEY_LINK): "Write msDS-KeyCredentialLink: missing for user",
        below("WP", "device", KEY_LINK): "Write msDS-KeyCredentialLink: missing for device"},
}


def entries(conditions, leave_out=()):
    return "".join(dict.fromkeys(a for needed in conditions.values() for a in needed if a not in leave_out))


# What is recommended only is advice, not a failure.
def missing(name):
    return "advice" if name == "cs-gmsa-permissions-all" else "not-met"


ALL = entries(CONNECTOR) + entries(GMSA)


class Forest:
    """a domain whose rights are changed in place"""

    def __init__(self, dc):
        from samba.dcerpc import security
        self.dc, self.security = dc, security
        self.domain_sid = security.dom_sid(dc.samdb.get_domain_sid())
        self.sids = {}
        # through the server: underneath, Samba breaks at the second descriptor that is passed on
        self.database = dc.over_ldap()
        # AD of today leaves it empty; Samba lets everybody read through it
        dc.set(f"CN=Pre-Windows 2000 Compatible Access,CN=Builtin,{dc.base}", member=None)
        for name in ("sync", "olga", "temp"):
            dc.add_user(name)
        self.gmsa = f"CN=pgmsa,CN=Managed Service Accounts,{dc.base}"
        self.make_gmsa()
        for name, member in (("outer", "inner"), ("inner", "sync"), ("deniers", "sync"), ("gdeniers", "pgmsa$")):
            if name == "outer":
                dc.samdb.newgroup("inner")
            if name != "inner":
                dc.samdb.newgroup(name)
            dc.samdb.add_remove_group_members(name, [member], add_members_operation=True)
        self.staff, self.vip, self.writeback = (self.make_unit(n) for n in ("Staff", "VIP", "Writeback"))
        self.inner_unit = self.make_unit("Board", self.vip)
        for unit, names in ((self.staff, ("ann", "bob", "carl")), (self.vip, ("vera", "vito")), (self.inner_unit, ("ceo",))):
            for name in names:
                dc.samdb.newuser(name, "User.Passw0rd1", userou=unit.removesuffix("," + dc.base))
        dc.samdb.newgroup("team", groupou=self.staff.removesuffix("," + dc.base))

    def make_gmsa(self):
        self.dc.add(self.gmsa, objectClass="msDS-GroupManagedServiceAccount", sAMAccountName="pgmsa$",
                    dNSHostName="pgmsa.presync.test", userAccountControl=4096,
                    msDS_ManagedPasswordInterval=30)

    def make_unit(self, name, parent=None):
        dn = f"OU={name},{parent or self.dc.base}"
        self.dc.add(dn, objectClass="organizationalUnit")
        return dn

    def sid(self, name):
        if name not in self.sids:
            found = self.dc.search(self.dc.base, f"(sAMAccountName={name})", "sub", ["objectSid"])
            self.sids[name] = str(self.security_sid(found[0]["objectSid"][0]))
        return self.sids[name]

    def security_sid(self, raw):
        from samba.ndr import ndr_unpack
        return ndr_unpack(self.security.dom_sid, bytes(raw))

    def descriptor(self, dn):
        from samba.ndr import ndr_unpack
        import ldb
        found = self.dc.samdb.search(dn, scope=ldb.SCOPE_BASE, attrs=["nTSecurityDescriptor"],
                                     controls=["sd_flags:1:7"])
        return bytes(found[0]["nTSecurityDescriptor"][0]), ndr_unpack

    def write(self, dn, raw):
        import ldb
        change = ldb.Message()
        change.dn = ldb.Dn(self.database, dn)
        change["nTSecurityDescriptor"] = ldb.MessageElement(raw, ldb.FLAG_MOD_REPLACE, "nTSecurityDescriptor")
        self.database.modify(change, controls=["sd_flags:1:4"])

    @contextlib.contextmanager
    def entries(self, dn, added="", account="sync", protected=False, removed=(), change=None,
                alone=False):
        """Within the block the entries stand first in the DACL of @dn. @protected: without what it
        inherits; @removed: entries of the DACL that are left out; @alone: all of them"""
        from samba.ndr import ndr_pack
        raw, unpack = self.descriptor(dn)
        text = unpack(self.security.descriptor, raw).as_sddl(self.domain_sid)
        start = text.index("D:")
        flags, rest = text[start + 2:].split("(", 1)
        own = ["(" + e for e in rest.split("(")]
        if protected:
            flags, own = "P" + flags, [e for e in own if "ID;" not in e]
        own = [] if alone else own
        for entry in removed:
            assert any(entry in e for e in own), (entry, own)
            own = [e for e in own if entry not in e]
        new = self.security.descriptor.from_sddl(
            text[:start] + "D:" + flags + added.replace("@", self.sid(account)) + "".join(own), self.domain_sid)
        packed = ndr_pack(new)
        self.write(dn, change(packed) if change else packed)
        try:
            yield
        finally:
            self.write(dn, raw)

    def conditions(self, *more, connector="PRESYNC\\sync", gmsa="pgmsa$", **named):
        result = presync.check(self.dc.ldaps, self.dc.authority, more=(
            "--connector", connector, "--gmsa", gmsa, *FEATURES, *more), **named)
        if result.code not in presync.VERDICTS:
            raise AssertionError(f"no verdict: {result!r}")
        return result.conditions()


def status(conditions, name, wanted, *words):
    """the condition has this status, and what was found, or why not, says these words"""
    condition = conditions[name]
    text = f"{condition['found']} / {condition.get('reason')}"
    equal(condition["status"], wanted, f"{name} ({text})")
    for word in words:
        contains(text, word, f"{name}")


@contextlib.contextmanager
def granted(forest, connector=ALL, gmsa=ALL, extra="", **more):
    added = extra + connector.replace("@", forest.sid("sync")) + gmsa.replace("@", forest.sid("pgmsa$"))
    with forest.entries(forest.dc.base, added, **more):
        yield


@case("exactly the rights of Microsoft's pages: everything is met, nowhere a gap")
def _(forest):
    with granted(forest, entries(CONNECTOR), entries(GMSA)):
        found = forest.conditions()
    for name in (*CONNECTOR, *GMSA):
        status(found, name, "met", "granted")


@case("without any grant: not met, and all that is missing is named; Unexpire Password is there by default")
def _(forest):
    found = forest.conditions()
    for name in (*CONNECTOR, *GMSA):
        status(found, name, missing(name), "missing")
    if "Unexpire" in found["cn-connector-rights-writeback"]["found"]:
        raise AssertionError("Authenticated Users have Unexpire Password by default")
    with forest.entries(forest.dc.base, removed=[UNEXPIRE]):
        found = forest.conditions()
    status(found, "cn-connector-rights-writeback", "not-met", "Unexpire Password: missing for the domain itself")
    status(found, "cs-gmsa-permissions-writeback", "not-met", "Unexpire Password: missing for the domain itself")


def each_missing(role, conditions):
    @case(f"{role}: of each right's entries, each taken away on its own is named")
    def _(forest):
        for name, needed in conditions.items():
            for entry, words in needed.items():
                with granted(forest, *[entries({name: needed}, leave_out=[entry])] * 2):
                    found = forest.conditions()
                    # Everybody may read groups by default: the domain lacks it, no group does.
                    if entry == below("RP", "group"):
                        status(found, name, "advice", f"{forest.dc.base} (not granted at the domain itself")
                    else:
                        status(found, name, missing(name), "missing for ", words)
            with granted(forest, *[entries({name: needed})] * 2):
                status(forest.conditions(), name, "met")


each_missing("connector", CONNECTOR)
each_missing("gMSA", GMSA)


@case("a denied right is missing, and who it is denied to is named")
def _(forest):
    for role, conditions, group in (("connector", CONNECTOR, "deniers"), ("gmsa", GMSA, "gdeniers")):
        denies = "".join("(OD;" + a[4:] for a in dict.fromkeys(a for n in conditions.values() for a in n))
        with granted(forest, extra=denies.replace("@", forest.sid(group))):
            found = forest.conditions()
        for name in conditions:
            status(found, name, missing(name), f"(denied to PRESYNC\\{group})")
    # a denied property of a grant to the whole object
    with granted(forest, extra=below("RP", "contact", ANCHOR).replace("OA", "OD", 1).replace("@", "WD")):
        found = forest.conditions()
    status(found, "cn-connector-rights-basic", "not-met", "missing for contact (denied to Everyone)")
    status(found, "cn-connector-rights-anchor", "met")


@case("granted to a group that the account is in through another")
def _(forest):
    with forest.entries(forest.dc.base, entries(CONNECTOR), account="outer"):
        found = forest.conditions()
    for name in CONNECTOR:
        status(found, name, "met", "granted")
    for name in GMSA:
        status(found, name, missing(name))


@case("granted more widely: property set, all properties, any class, all extended rights, full control")
def _(forest):
    name = "cn-connector-rights-writeback"
    others = entries({name: CONNECTOR[name]}, leave_out=[below("WP", "user", PWD_LAST_SET)])
    with granted(forest, others + below("WP", "user", RESTRICTIONS)):
        status(forest.conditions(), "cn-connector-rights-writeback", "met")
    with granted(forest, others + below("WP", "user")):
        status(forest.conditions(), "cn-connector-rights-writeback", "met")
    # a set that does not hold it
    with granted(forest, others + below("WP", "user", "e48d0154-bcf8-11d1-8702-00c04fb96050")):
        status(forest.conditions(), "cn-connector-rights-writeback", "not-met", "pwdLastSet: missing for user")
    with granted(forest, "(A;CI;RPWPCR;;;@)", "(A;CI;RPWPCRCCDCSDDTRCSW;;;@)"):
        found = forest.conditions()
        for name in (*CONNECTOR, *GMSA):
            status(found, name, "met")
    with granted(forest, "(A;CI;GA;;;@)", "(A;CI;GA;;;@)"):
        found = forest.conditions()
        for name in (*CONNECTOR, *GMSA):
            status(found, name, "met")
    # inherited by children only, or by nobody
    for flags in ("", "CINP", "OI"):
        with granted(forest, f"(A;{flags};RPWPCR;;;@)"):
            found = forest.conditions()
        status(found, "cn-connector-rights-writeback", "not-met", "Reset Password: missing for user")
        status(found, "cn-connector-rights-password-hash", "met")
    # only those below, not the domain itself
    with granted(forest, "(A;CIIO;GA;;;@)"):
        found = forest.conditions()
    status(found, "cn-connector-rights-writeback", "met")
    status(found, "cn-connector-rights-password-hash", "not-met", "the domain itself")


@case("inheritance off on a unit, on one below it and on an object: advice that names the place and how many")
def _(forest):
    with granted(forest):
        with forest.entries(forest.vip, protected=True):
            found = forest.conditions()
            # vera, vito, and the boss in the unit below
            status(found, "cn-connector-rights-anchor", "advice", f"{forest.vip} (inheritance off, 3 objects)")
            status(found, "cs-gmsa-permissions-exchange", "advice", f"{forest.vip} (inheritance off, 3 objects)")
            status(found, "cs-gmsa-permissions-create-delete", "advice", f"{forest.vip} (inheritance off")
            status(found, "cn-connector-rights-password-hash", "met")
        with forest.entries(forest.inner_unit, protected=True):
            found = forest.conditions()
            status(found, "cn-connector-rights-anchor", "advice", f"{forest.inner_unit} (inheritance off, 1 object)")
        ann = "CN=ann," + forest.staff
        with forest.entries(ann, protected=True):
            found = forest.conditions()
            status(found, "cn-connector-rights-anchor", "advice", f"{ann} (inheritance off, 1 object)")
        # off, but all that the domain grants was copied
        with forest.entries(forest.vip, ALL.replace("@", forest.sid("sync")) + ALL, account="pgmsa$", protected=True):
            found = forest.conditions()
            status(found, "cn-connector-rights-anchor", "met")
        status(forest.conditions(), "cn-connector-rights-anchor", "met")


@case("adminCount 1 with inheritance off is protected by AdminSDHolder; with inheritance on it is like others")
def _(forest):
    bob = "CN=bob," + forest.staff
    forest.dc.set(bob, adminCount=1)
    with granted(forest):
        status(forest.conditions(), "cn-connector-rights-anchor", "met")
        with forest.entries(bob, protected=True):
            found = forest.conditions()
            status(found, "cn-connector-rights-anchor", "advice", f"{bob} (protected by AdminSDHolder, 1 object)")
            status(found, "cs-gmsa-permissions", "advice", f"{bob} (protected by AdminSDHolder, 1 object)")
    forest.dc.set(bob, adminCount=None)


@case("denied on a unit or an object: advice that names where the entry stands")
def _(forest):
    deny = f"(OD;CI;CR;{RESET};;{forest.sid('deniers')})"
    with granted(forest), forest.entries(forest.vip, deny):
        found = forest.conditions()
        status(found, "cn-connector-rights-writeback", "advice", f"{forest.vip} (denied, 3 objects)")
        status(found, "cs-gmsa-permissions-writeback", "met")
    with granted(forest), forest.entries("CN=carl," + forest.staff, deny):
        found = forest.conditions()
        status(found, "cn-connector-rights-writeback", "advice", f"CN=carl,{forest.staff} (denied, 1 object)")


@case("not at the domain, but on all objects that were looked at: advice; on some only: not met")
def _(forest):
    import contextlib as stack
    people = [str(m.dn) for m in forest.dc.search(forest.dc.base, "(&(objectCategory=person)(!(isCriticalSystemObject=TRUE)))", "sub", ["1.1"])]
    entry = f"(OA;;CR;{RESET};;@)"
    without = entries(CONNECTOR, leave_out=[below("CR", "user", RESET)])
    with granted(forest, without), stack.ExitStack() as all_of_them:
        # Not whoever comes first: of the account itself nobody asks its own rights.
        left_out = f"CN=ann,{forest.staff}"
        for dn in people:
            if dn != left_out:
                all_of_them.enter_context(forest.entries(dn, entry))
        status(forest.conditions(), "cn-connector-rights-writeback", "not-met", "Reset Password: missing for user")
        with forest.entries(left_out, entry):
            status(forest.conditions(), "cn-connector-rights-writeback", "advice", "not granted at the domain itself")


@case("group writeback: the rights are asked of the named unit")
def _(forest):
    needed = {below("RPWPSDDT", "group"): "group", everywhere("CC", CLASSES["group"]): "create group"}
    name, unit = "cn-connector-rights-groups", ("--group-unit", forest.writeback)
    status(forest.conditions(), name, "unknown", "Name the unit")
    status(forest.conditions("--group-unit", "OU=Nowhere," + forest.dc.base), name, "unknown", "OU=Nowhere")
    status(forest.conditions("--group-unit", "OU=Else,DC=elsewhere,DC=net"), name, "unknown", "no unit of presync.test")
    status(forest.conditions(*unit), name, "not-met", "group", "create group", "delete group")
    with forest.entries(forest.writeback, "".join(needed)):
        status(forest.conditions(*unit), name, "met")
    for entry, word in needed.items():
        with forest.entries(forest.writeback, "".join(e for e in needed if e != entry)):
            status(forest.conditions(*unit), name, "not-met", "missing for ", word)
    # where neither the unit nor the groups grant it
    with forest.entries(forest.writeback, below("RPWPDT", "group") + everywhere("CC", CLASSES["group"])):
        status(forest.conditions(*unit), name, "not-met", "group: delete", "organizationalUnit: delete group")
    group = f"CN=Domain Users,CN=Users,{forest.dc.base}"
    status(forest.conditions("--group-unit", group), name, "unknown", f"“{group}” is no organizational unit")
    with forest.entries(forest.writeback, below("RPWPSD", "group") + everywhere("CCDC", CLASSES["group"])):
        status(forest.conditions(*unit), name, "not-met", "group: delete tree")
    with forest.entries(forest.writeback, "(OD;CI;DT;;;WD)" + "".join(needed)):
        status(forest.conditions(*unit), name, "not-met", "denied to Everyone")
    with forest.entries(forest.writeback, "".join(needed), account="outer"):
        status(forest.conditions(*unit), name, "met")
    with forest.entries(forest.writeback, "(A;CI;GA;;;@)"):
        status(forest.conditions(*unit), name, "met")
        # groups of other units are not asked
        with forest.entries("CN=team," + forest.staff, protected=True):
            status(forest.conditions(*unit), name, "met")
        forest.dc.samdb.newgroup("written", groupou=forest.writeback.removesuffix("," + forest.dc.base))
        with forest.entries("CN=written," + forest.writeback, protected=True):
            status(forest.conditions(*unit), name, "advice", "CN=written,OU=Writeback")
        # groups are made in the unit itself
        with forest.entries(forest.make_unit("Sub", forest.writeback), protected=True):
            status(forest.conditions(*unit), name, "met")


@case("protected from accidental deletion: the entries of the parent and of the unit take no right away")
def _(forest):
    name = "cs-gmsa-permissions-create-delete"
    with granted(forest, extra="(D;;DC;;;WD)"), forest.entries(forest.vip, "(D;;DTSD;;;WD)(D;;DC;;;WD)"), \
            forest.entries(forest.inner_unit, "(D;;DTSD;;;WD)"):
        status(forest.conditions(), name, "met")
    # of users neither by the unit nor by themselves
    with granted(forest, extra=f"(D;;DC;;;WD)(OD;CIIO;SD;;{CLASSES['user']};WD)"):
        status(forest.conditions(), name, "not-met", "user: delete (denied to Everyone)",
               "the domain itself: delete user (denied to Everyone)")


@case("a unit that only administrators see: unknown for others, whatever the objects that are shown have")
def _(forest):
    dc, olga = forest.dc, {"name": "olga@presync.test", "password": "User.Passw0rd1"}
    # olga sees the groups of the account, and all but the closed unit
    reads = f"(A;CI;RPLCRC;;;{forest.sid('olga')})"
    closed = forest.make_unit("Closed")
    dc.samdb.newuser("chair", "User.Passw0rd1", userou="OU=Closed")
    with granted(forest, extra=reads):
        status(forest.conditions(**olga), "cn-connector-rights-anchor", "met")
    for entries, protected, seen in (("(A;CI;GA;;;DA)", True, "advice"),
                                     (f"(D;;LC;;;{forest.sid('olga')})", False, "met")):
        with granted(forest, extra=reads), forest.entries(closed, entries, protected=protected, alone=protected):
            found = forest.conditions(**olga)
            status(found, "cn-connector-rights-anchor", "unknown", f"“{closed}” may hold objects that are not shown")
            status(found, "cn-connector-rights-password-hash", "met")
            status(forest.conditions(), "cn-connector-rights-anchor", seen)
    # Who is not shown to an ordinary user may be there.
    with granted(forest, extra=reads):
        found = forest.conditions(connector="PRESYNC\\nobody", **olga)
        status(found, "cn-connector-rights-anchor", "unknown", "No account “PRESYNC\\nobody” is shown to whoever signed in")
    dc.delete("CN=chair," + closed)
    dc.delete(closed)


@case("device writeback: both containers must be there and grant full control")
def _(forest):
    dc, name = forest.dc, "cn-connector-rights-devices"
    places = ["CN=RegisteredDevices," + dc.base, "CN=Device Registration Configuration,CN=Services," + dc.config]
    status(forest.conditions(), name, "unknown", "There is no “CN=RegisteredDevices", "device writeback was not prepared")
    for dn in places:
        if not dc.search(dn.split(",", 1)[1], f"({dn.split(',')[0]})", "one"):
            dc.add(dn, objectClass="container")
    status(forest.conditions(), name, "not-met", "msDS-Device: CN=RegisteredDevices", "msDS-Device: CN=Device Registration")
    with forest.entries(places[0], below("GA", "msDS-Device")):
        status(forest.conditions(), name, "not-met", "missing for msDS-Device: CN=Device Registration")
        with forest.entries(places[1], below("GA", "msDS-Device")):
            status(forest.conditions(), name, "met")
        with forest.entries(places[1], "(A;CI;GA;;;@)", account="outer"):
            status(forest.conditions(), name, "met")
        with forest.entries(places[1], "(OD;CI;WP;;;WD)" + below("GA", "msDS-Device")):
            status(forest.conditions(), name, "not-met", "denied to Everyone")
        with forest.entries(places[1], below("RPWPCCDC", "msDS-Device")):
            status(forest.conditions(), name, "not-met", "Device Registration")


@case("mail public folders matter with the Exchange schema only")
def _(forest):
    found = forest.conditions()
    for name in ("cn-connector-rights-public-folders", "cs-gmsa-permissions-public-folders"):
        status(found, name, "not-applicable")


@case("who may not see the head's security descriptor gets unknown, with the reason")
def _(forest):
    olga = {"name": "olga@presync.test", "password": "User.Passw0rd1"}
    reads = f"(A;CI;RP;;;{forest.sid('olga')})"
    with granted(forest, extra=f"(D;;RC;;;{forest.sid('olga')})" + reads):
        found = forest.conditions(**olga)
        for name in (*CONNECTOR, *GMSA):
            status(found, name, "unknown", f"does not show “nTSecurityDescriptor” of “{forest.dc.base}”")
    # whose groups are hidden
    with granted(forest):
        status(forest.conditions(**olga), "cn-connector-rights-anchor", "unknown", "tokenGroups")
    # one object only: the gaps are not known, and what is missing is
    with granted(forest, extra=reads), forest.entries("CN=ann," + forest.staff, f"(D;;RC;;;{forest.sid('olga')})"):
        found = forest.conditions(**olga)
        status(found, "cn-connector-rights-anchor", "unknown", "“nTSecurityDescriptor” of “CN=ann,OU=Staff")
        status(found, "cn-connector-rights-password-hash", "met")


@case("a conditional entry for the account leaves it unknown, and is named; for others it does not matter")
def _(forest):
    from samba.ndr import ndr_pack

    def conditional(account):
        """the allowing entry for the account becomes one of type 9"""
        sid = ndr_pack(forest.security.dom_sid(forest.sid(account)))

        def change(packed):
            at = packed.index(sid) - 8
            equal(packed[at:at + 2], b"\x00\x02", "an allowing entry that containers inherit")
            return packed[:at] + b"\x09" + packed[at + 1:]
        return change

    def allow(account):
        return f"(A;CI;RPWPCR;;;{forest.sid(account)})"

    with granted(forest, "", extra=allow("sync"), change=conditional("sync")):
        found = forest.conditions()
        for name in CONNECTOR:
            status(found, name, "unknown", "PRESYNC\\sync", "conditional (type 9)", f"“{forest.dc.base}”")
    # through a group that the account is in
    with granted(forest, "", extra=allow("outer"), change=conditional("outer")):
        status(forest.conditions(), "cn-connector-rights-anchor", "unknown", "PRESYNC\\outer")
    # for somebody else; for what is granted anyhow
    with granted(forest, entries(CONNECTOR), extra=allow("temp"), change=conditional("temp")):
        status(forest.conditions(), "cn-connector-rights-anchor", "met")
    with granted(forest, extra=allow("outer"), change=conditional("outer")):
        status(forest.conditions(), "cn-connector-rights-anchor", "met")
    # on one object
    ann = "CN=ann," + forest.staff
    with granted(forest), forest.entries(ann, allow("outer"), protected=True, change=conditional("outer")):
        status(forest.conditions(), "cn-connector-rights-anchor", "unknown", "PRESYNC\\outer", f"“{ann}”")


@case("an account that does not exist: unknown, with the reason")
def _(forest):
    with granted(forest):
        found = forest.conditions(connector="PRESYNC\\nobody")
        status(found, "cn-connector-rights-anchor", "unknown", "nobody")
        status(found, "cs-gmsa-permissions", "met")
        found = forest.conditions(gmsa="nobody$")
        status(found, "cs-gmsa-permissions", "unknown", "nobody")
        status(found, "cn-connector-rights-anchor", "met")


@case("what is not synchronized is no gap: system objects, managed service accounts, the account itself")
def _(forest):
    with granted(forest), forest.entries("CN=sync,CN=Users," + forest.dc.base, protected=True), \
            forest.entries(forest.gmsa, protected=True):
        status(forest.conditions(), "cn-connector-rights-basic", "met")


def main():
    with controller.Controller() as dc:
        return tap.run(Forest(dc))


sys.exit(main())

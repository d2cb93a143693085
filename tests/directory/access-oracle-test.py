#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The evaluator of access rights against Samba's, on descriptors of chance: the same question is put
to both, and the answers must agree. The seed is printed; PRESYNC_SEED sets another."""
import base64
import os
import pathlib
import random
import struct
import subprocess
import sys
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

import controller  # noqa: E402
import presync  # noqa: E402
import tap  # noqa: E402
from tap import case  # noqa: E402

controller.become_root()

SEED = int(os.environ.get("PRESYNC_SEED", "20261123"))
PROBE = presync.BUILD / "tests" / "directory" / "access-probe"

CC, DC, LC, SW, RP, WP, DT, LO, CR = (1 << bit for bit in range(9))
SD, RC, WD, WO = 0x10000, 0x20000, 0x40000, 0x80000
ALL = (CC, DC, LC, SW, RP, WP, DT, LO, CR, SD, RC, WD, WO)
FULL = 0xf01ff
GENERIC = {0x10000000: FULL, 0x20000000: RC | LC, 0x40000000: RC | WP | SW,
           0x80000000: RC | LC | RP | LO}
OI, CI, NP, IO = 1, 2, 4, 8

CLASSES = ("user", "inetOrgPerson", "group", "contact", "computer", "organizationalUnit")
ATTRIBUTES = ("lockoutTime", "pwdLastSet", "mS-DS-ConsistencyGuid", "description", "userAccountControl",
              "displayName", "mail", "userPrincipalName", "telephoneNumber", "servicePrincipalName")
SETS = ("User-Account-Restrictions", "Public-Information", "General-Information", "Personal-Information")
RIGHTS = ("User-Force-Change-Password", "User-Change-Password", "Unexpire-Password")


# --- descriptors, byte by byte


def sid_bytes(text):
    parts = text.split("-")
    return (struct.pack("<BB", 1, len(parts) - 3) + int(parts[2]).to_bytes(6, "big")
            + b"".join(struct.pack("<I", int(part)) for part in parts[3:]))


def ace_bytes(kind, flags, mask, trustee, types=(None, None)):
    body = struct.pack("<I", mask)
    if kind in (5, 6):
        body += struct.pack("<I", sum(1 << i for i, t in enumerate(types) if t))
        body += b"".join(uuid.UUID(t).bytes_le for t in types if t)
    body += sid_bytes(trustee)
    return struct.pack("<BBH", kind, flags, 4 + len(body)) + body


def descriptor(owner, aces):
    owner = sid_bytes(owner)
    body = b"".join(aces)
    # self-relative, DACL present and protected: nothing of the parent's arrives
    return (struct.pack("<BBHIIII", 1, 0, 0x9004, 20, 20, 0, 20 + len(owner)) + owner
            + struct.pack("<BBHHH", 4, 0, 8 + len(body), len(aces), 0) + body)


class Questions:
    """collects what is asked, with Samba's answer; asks our evaluator all at once"""

    def __init__(self):
        self.lines, self.wanted, self.told = [], [], []

    def add(self, what, raw, sids, mask, samba, kind="user", wanted=None, descendant=False):
        of_class, guid, group = NAMES.guid(kind), NAMES.guid(wanted) if wanted else "-", "-"
        if wanted in ATTRIBUTES:
            group = NAMES.group(wanted)
        self.lines.append(f"{'descendant' if descendant else 'check'} {base64.b64encode(raw).decode()} "
                          f"{','.join(sids)} {of_class} {guid} {group} {mask:x}")
        self.wanted.append(samba)
        self.told.append(what)

    def compare(self, least):
        granted = 0
        for line, answer, samba, what in zip(self.lines, ask(self.lines), self.wanted, self.told):
            granted += samba is True or samba == "granted 0"
            word, lacking, _entry = answer.split()
            ours = word == "granted" if isinstance(samba, bool) else f"{word} {lacking}"
            if ours != samba:
                raise AssertionError(f"{what}: Presync {answer}, Samba {samba}\n{line}")
        print(f"# seed {SEED}: {len(self.lines)} questions, {granted} of them granted")
        if len(self.lines) < least or not len(self.lines) / 20 < granted < len(self.lines) * 19 / 20:
            raise AssertionError(f"too few or one-sided: {granted} of {len(self.lines)}")


def ask(lines):
    done = subprocess.run([PROBE], input="\n".join(lines) + "\n", capture_output=True, text=True)
    answers = done.stdout.splitlines()
    if done.returncode or len(answers) != len(lines):
        raise AssertionError(f"access-probe ended with {done.returncode}: {done.stderr}")
    return answers


class Names:
    """the GUIDs of our tables"""

    def __init__(self):
        self.known = {}

    def look(self, name):
        if name not in self.known:
            self.known[name] = ask(["name " + name])[0].split()
        return self.known[name]

    def guid(self, name):
        return self.look(name)[0]

    def group(self, name):
        return self.look(name)[1]


NAMES = Names()


def mask_of_chance(chance, generic):
    mask = 0
    for _ in range(chance.choice((1, 1, 2, 4))):
        mask |= chance.choice(ALL)
    if chance.random() < 0.1:
        mask = FULL
    if generic and chance.random() < 0.15:
        mask |= chance.choice(list(GENERIC))
    return mask


def mapped(mask):
    for bit, rights in GENERIC.items():
        if mask & bit:
            mask = mask & ~bit | rights
    return mask


# --- plain entries, against Samba's access_check()


def groups_of_chance(chance, domain):
    """{group: those it is a member of}, nested up to the seventh degree"""
    groups = [f"{domain}-{2000 + i}" for i in range(12)]
    return {g: chance.sample(groups[i + 1:], min(len(groups) - i - 1, chance.choice((0, 1, 2))))
            for i, g in enumerate(groups)}


def members(chance, groups, domain):
    """the SIDs of an account that is in one or two groups, through all degrees"""
    found, left = set(), chance.sample(sorted(groups), chance.choice((1, 2)))
    while left:
        group = left.pop()
        if group not in found:
            found.add(group)
            left += groups[group]
    return [f"{domain}-1601", "S-1-1-0", "S-1-5-11", *sorted(found)]


@case("plain entries: as samba.security.access_check")
def _(dc):
    # access_check() is the one for files: it does not map generic bits (so it gets them mapped), it
    # takes a denying object entry as if it had no type and leaves out a granting one, and it lets
    # OWNER RIGHTS override denials. Of those it is not asked here; object entries follow below.
    import samba.security
    from samba import NTSTATUSError
    from samba.dcerpc import security
    from samba.ndr import ndr_unpack
    chance, domain, questions = random.Random(SEED), "S-1-5-21-1-2-3", Questions()
    for number in range(1500):
        groups = groups_of_chance(chance, domain)
        sids = members(chance, groups, domain)
        trustees = sids + sorted(groups) + [f"{domain}-9999"]
        entries = [(chance.choice((0, 0, 1)), chance.choice((0, 0, 0, CI, CI | IO, IO, 16, 16 | CI)),
                    mask_of_chance(chance, True), chance.choice(trustees))
                   for _ in range(chance.choice((0, 1, 3, 6, 12)))]
        owner = chance.choice(trustees)
        raw = descriptor(owner, [ace_bytes(*e) for e in entries])
        theirs = descriptor(owner, [ace_bytes(k, f, mapped(m), t) for k, f, m, t in entries])
        token = security.token()
        token.sids = [security.dom_sid(sid) for sid in sids]
        token.num_sids = len(sids)
        for mask in (mask_of_chance(chance, False), chance.choice(ALL)):
            try:
                samba.security.access_check(ndr_unpack(security.descriptor, theirs), token, mask)
                granted = True
            except NTSTATUSError:
                granted = False
            questions.add(f"descriptor {number}, mask {mask:x}", raw, sids, mask, granted)
    questions.compare(3000)


# --- object entries on real objects, against what Samba lets a user write


def session(dc, name):
    """a database as that user, and his SIDs"""
    from samba.auth import user_session
    from samba.param import LoadParm
    from samba.samdb import SamDB
    parameters = LoadParm()
    parameters.load(dc.environment["AD_SMB_CONF"])
    # AUTH_SESSION_INFO_DEFAULT_GROUPS | _AUTHENTICATED: Everyone, Network, Authenticated Users
    info = user_session(dc.samdb, lp_ctx=parameters, dn=name, session_info_flags=0x1 | 0x2)
    return (SamDB(url=dc.environment["AD_SAM"], session_info=info, lp=parameters),
            [str(sid) for sid in info.security_token.sids])


def write_descriptor(dc, name, raw):
    import ldb
    change = ldb.Message(ldb.Dn(dc.samdb, name))
    change["sd"] = ldb.MessageElement([raw], ldb.FLAG_MOD_REPLACE, "nTSecurityDescriptor")
    dc.samdb.modify(change, controls=["sd_flags:1:5"])


def read_descriptor(dc, name):
    found = dc.samdb.search(name, scope=0, attrs=["nTSecurityDescriptor"], controls=["sd_flags:1:7"])
    return bytes(found[0]["nTSecurityDescriptor"][0])


def object_entry(chance, trustees, flags, inherited, without=0):
    """an entry; more often than not of one of the rights that are asked about. Samba 4.17 takes an
    entry that grants control access on a type as if it granted whatever is asked for on it:
    "(OA;;CR;28630ebf-…)" lets it write lockoutTime. [MS-ADTS] 5.1.3.3.3 grants the bits of the mask
    and no others, and so do we; where Samba is to agree, entries are made @without that bit."""
    kind = chance.choice((0, 1, 5, 5, 5, 5, 6, 6))
    mask = chance.choice((WP, WP | RP, CC, WP | CC | WD, CR, WD, WO, mask_of_chance(chance, True)))
    if mask & FULL != FULL:
        mask = mask & ~without or LC
    named = chance.choice((None, *CLASSES, *ATTRIBUTES, *ATTRIBUTES, *SETS, *SETS, *RIGHTS))
    types = (NAMES.guid(named) if named else None, NAMES.guid(inherited) if inherited else None)
    return ace_bytes(kind, flags, mask, chance.choice(trustees), types if kind in (5, 6) else (None, None))


def world(dc):
    """a unit with a user, an inetOrgPerson and a unit in it, and somebody in nested groups"""
    dc.who = dc.add_user("Somebody")
    unit = f"OU=Oracle,{dc.base}"
    dc.add(unit, objectClass="organizationalUnit")
    member = dc.who
    for name in ("Inner", "Middle", "Outer"):
        dn = f"CN=Oracle {name},CN=Users,{dc.base}"
        dc.add(dn, objectClass="group", sAMAccountName=f"oracle-{name}", member=member)
        member = dn
    dc.targets = {"user": f"CN=A User,{unit}", "inetOrgPerson": f"CN=A Person,{unit}",
                  "organizationalUnit": f"OU=A Unit,{unit}"}
    for kind, dn in dc.targets.items():
        dc.add(dn, objectClass=kind)
    dc.database, dc.sids = session(dc, dc.who)
    dc.own = [s for s in dc.sids if s.startswith(str(dc.samdb.get_domain_sid()))]


@case("object entries: as allowedAttributesEffective, allowedChildClassesEffective and sDRightsEffective")
def _(dc):
    chance, questions = random.Random(SEED + 1), Questions()
    trustees = dc.own + ["S-1-1-0", "S-1-5-11", "S-1-5-21-1-2-3-9999"]
    shown = ["allowedAttributesEffective", "allowedChildClassesEffective", "sDRightsEffective"]
    for number in range(360):
        kind = ("user", "inetOrgPerson", "organizationalUnit")[number % 3]
        # First of all he may read, or he would not be told what he may write.
        entries = [ace_bytes(0, 0, RP | LC | LO, dc.own[0])]
        for _ in range(chance.choice((1, 2, 4, 8))):
            # an inherited object type says nothing about the object itself, so it is there at times
            entries.append(object_entry(chance, trustees, chance.choice((0, 0, 0, CI, CI | IO)),
                                        chance.choice((None, None, None, "user", "group")), CR))
        write_descriptor(dc, dc.targets[kind], descriptor(chance.choice(trustees), entries))
        raw = read_descriptor(dc, dc.targets[kind])
        found = dc.database.search(dc.targets[kind], scope=0, attrs=shown)[0]
        allowed, children = ({str(v).lower() for v in found.get(name, [])} for name in shown[:2])
        effective = int(str(found["sDRightsEffective"][0]))
        what = f"descriptor {number} of {kind}"
        if kind == "organizationalUnit":
            for name in CLASSES:
                questions.add(f"{what}, create {name}", raw, dc.sids, CC, name.lower() in children, kind, name)
            questions.add(f"{what}, description", raw, dc.sids, WP, "description" in allowed, kind, "description")
        else:
            for name in ATTRIBUTES:
                questions.add(f"{what}, {name}", raw, dc.sids, WP, name.lower() in allowed, kind, name)
        questions.add(f"{what}, owner", raw, dc.sids, WO, bool(effective & 1), kind)
        questions.add(f"{what}, DACL", raw, dc.sids, WD, bool(effective & 4), kind)
    questions.compare(3000)


# --- inheritance


@case("inheritance: what a unit passes on is what its children have, at depth 1 and 2")
def _(dc):
    chance = random.Random(SEED + 2)
    head = f"OU=Heirs,{dc.base}"
    dc.add(head, objectClass="organizationalUnit")
    dc.add("OU=Below," + head, objectClass="organizationalUnit")
    kinds = ("user", "inetOrgPerson", "group", "contact")
    children = {(kind, depth): f"CN={kind},{'OU=Below,' if depth == 2 else ''}{head}"
                for kind in kinds for depth in (1, 2)}
    for (kind, depth), dn in children.items():
        more = {"sAMAccountName": f"heir-{depth}"} if kind == "group" else {}
        dc.add(dn, objectClass=kind, **more)
    # nobody whom the schema's own entries name
    trustees = [f"S-1-5-21-1-2-3-{rid}" for rid in (1601, 1700, 9999)]
    sids, left, right, told = trustees[:2], [], [], []
    for number in range(120):
        entries = []
        # what only children inherit is no matter of descendants "at any depth": asked at depth 2 then
        narrow = number % 4 == 0
        for _ in range(chance.choice((2, 4, 8))):
            flags = chance.choice((CI, CI, CI | IO, 0, OI, OI | CI))
            if narrow and chance.random() < 0.5:
                flags |= NP
            entries.append(object_entry(chance, trustees, flags, chance.choice((None, None, *kinds))))
            if chance.random() < 0.3:
                entries.append(ace_bytes(0, flags, mask_of_chance(chance, True) | WP, chance.choice(trustees)))
        write_descriptor(dc, head, descriptor("S-1-5-32-544", entries))
        raw = read_descriptor(dc, head)
        for (kind, depth), dn in children.items():
            if narrow and depth == 1:
                continue
            child = read_descriptor(dc, dn)
            for mask, name in ((WP, chance.choice(ATTRIBUTES)), (WP, chance.choice(ATTRIBUTES)), (WP, None), (CR, chance.choice(RIGHTS)),
                               (mask_of_chance(chance, False), None)):
                questions = Questions()
                questions.add("", raw, sids, mask, None, kind, name, True)
                questions.add("", child, sids, mask, None, kind, name)
                left.append(questions.lines[0])
                right.append(questions.lines[1])
                told.append(f"descriptor {number}, {kind} at depth {depth}, {mask:x} of {name}")
    answers = ask(left + right)
    granted = 0
    for i, what in enumerate(told):
        ours, real = (answers[i + j].split()[:2] for j in (0, len(told)))
        granted += real[0] == "granted"
        if ours != real:
            raise AssertionError(f"{what}: from the unit {ours}, the child itself {real}\n{left[i]}\n{right[i]}")
    print(f"# seed {SEED}: {len(told)} questions, {granted} of them granted")
    if len(told) < 2000 or not len(told) / 20 < granted < len(told) * 19 / 20:
        raise AssertionError(f"too few or one-sided: {granted} of {len(told)}")


# --- the tables


@case("names: the tables have the GUIDs of the schema and of the extended rights")
def _(dc):
    source = (presync.SOURCE / "src/sources/directory/access-names.c").read_text()
    import re
    names = re.findall(r'^  \{ "([\w-]+)", "[0-9a-f-]{36}"', source, re.M)
    known = {}
    for entry in dc.search(dc.schema, "(schemaIDGUID=*)", "one",
                           ["lDAPDisplayName", "schemaIDGUID", "attributeSecurityGUID"]):
        group = entry.get("attributeSecurityGUID")
        known[str(entry["lDAPDisplayName"]).lower()] = [
            str(uuid.UUID(bytes_le=bytes(entry["schemaIDGUID"][0]))),
            str(uuid.UUID(bytes_le=bytes(group[0]))) if group else "-"]
    for entry in dc.search("CN=Extended-Rights," + dc.config, "(rightsGuid=*)", "one", ["cn", "rightsGuid"]):
        known.setdefault(str(entry["cn"]).lower(), [str(entry["rightsGuid"]).lower(), "-"])
    checked = 0
    for name in names:
        if name.lower() in known:
            checked += 1
            tap.equal(NAMES.look(name), known[name.lower()], name)
        else:
            print(f"# not in this schema: {name}")
    if checked < 120:
        raise AssertionError(f"only {checked} of {len(names)} names were found")
    print(f"# {checked} of {len(names)} names")


with controller.Controller() as running:
    world(running)
    failed = tap.run(running)
sys.exit(1 if failed else 0)

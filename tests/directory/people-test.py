#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The named accounts, as a live domain controller shows them: who they are by every form of a name,
what they are in, and whether they can sign in."""
import os
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

import controller  # noqa: E402
import presync  # noqa: E402
import tap  # noqa: E402
from people import (NEVER, OLGA, add_members, changed, facts, filetime,  # noqa: E402
                    gone_after, make_group, populate, raw_set, sid_of, users)  # noqa: E402
from tap import case, contains, equal  # noqa: E402

controller.become_root()


@case("nobody named: no facts of accounts, and traces all the same")
def _(dc):
    found = facts(dc)
    equal(sorted(found), ["domain.adsync-accounts", "domain.minimum-password-age", "forest.join-domain",
                          "forest.join-tenant", "forest.sso-account", "forest.sso-key-changed"])


@case("an ordinary user is no administrator, enabled, not expired")
def _(dc):
    found = facts(dc, cloud_admin="olga", connect_admin="olga")
    for role in ("cloud_admin", "connect_admin"):
        found.expect(**{f"{role}__exists": "yes", f"{role}__domain_admin": "no", f"{role}__enterprise_admin": "no",
                        f"{role}__membership": "", f"{role}__enabled": "yes", f"{role}__expired": "no",
                        f"{role}__password_expired": "no", f"{role}__protected_user": "no"})
    equal(found.subjects["cloud-admin.exists"], dc.domain + "\\olga")


@case("the SIDs that an account acts with: its own, Domain Users, the groups around those")
def _(dc):
    own = sid_of(dc, users(dc, "olga"))
    domain = own.rsplit("-", 1)[0]
    group = make_group(dc, "sid group")
    add_members(dc, group, users(dc, "olga"))
    with gone_after(dc, group):
        sids = facts(dc, connect_admin="olga")["connect-admin.sids"]
        for sid in (own, domain + "-513", sid_of(dc, group), "S-1-5-11", "S-1-5-32-545"):
            contains(sids, sid)
        if domain + "-512" in sids:
            raise AssertionError(sids)
    contains(facts(dc, cloud_admin="Administrator")["cloud-admin.sids"], "S-1-5-32-544")


@case("every form of a name is the same account")
def _(dc):
    dn = users(dc, "olga")
    forms = ["olga", "OLGA", dn, dn.replace("CN=", "cn=").replace(",", ", "), sid_of(dc, dn), sid_of(dc, dn).lower(),
             "olga@presync.test", "Olga@PRESYNC.test", f"{dc.domain}\\olga", f"{dc.domain.lower()}\\Olga",
             f"{dc.realm.lower()}\\olga"]
    for form in forms:
        found = facts(dc, cloud_admin=form)
        equal((found["cloud-admin.exists"], found.subjects["cloud-admin.exists"]), ("yes", dc.domain + "\\olga"), form)


@case("a UPN with another suffix, and one without any: the domain's own name stands for it")
def _(dc):
    with changed(dc, users(dc, "olga"), userPrincipalName="olga.p@contoso.example"):
        facts(dc, cloud_admin="olga.p@contoso.example").expect(cloud_admin__exists="yes")
        facts(dc, cloud_admin="olga@presync.test").expect(cloud_admin__exists="yes")
        facts(dc, cloud_admin="olga@contoso.example").expect(cloud_admin__exists="no")
    dn = users(dc, "no upn")
    dc.add(dn, objectClass="user", sAMAccountName="noupn", userAccountControl=512 + 32)
    with gone_after(dc, dn):
        facts(dc, cloud_admin="noupn@presync.test").expect(cloud_admin__exists="yes")


@case("names that look like filters, DNs or markup stand for themselves")
def _(dc):
    for name in ("*", "ol*", "x)(objectClass=*", "olga)(cn=*", "(olga)", "\\2a", "olga\\", "a&b<c>", "<b>olga</b>", "\\",
                 "CN=*,CN=Users," + dc.base, "CN=a\\,b,CN=Users," + dc.base, "*@presync.test", "S-1-5-x", "S-1-",
                 "=", "@", "olga=x", "a" * 3000):
        found = facts(dc, cloud_admin=name)
        if found["cloud-admin.exists"] == "yes":
            raise AssertionError(f"{name} is {found.subjects['cloud-admin.exists']}")
        equal(found.subjects["cloud-admin.exists"], name)
    odd = {"odd": ("CN=odd (one) \\\\ *star,CN=Users,", "odd(1)"),
           "amp": ("CN=a&b \\<c\\>,CN=Users,", "amp&co")}
    for cn, account in odd.values():
        dn = cn + dc.base
        dc.add(dn, objectClass="user", sAMAccountName=account, userPrincipalName=f"{account}*<&@presync.test",
               userAccountControl=512 + 32)
        with gone_after(dc, dn):
            for form in (account, dn, f"{account}*<&@presync.test", f"{dc.domain}\\{account}"):
                found = facts(dc, cloud_admin=form)
                equal((found["cloud-admin.exists"], found.subjects["cloud-admin.exists"]),
                      ("yes", f"{dc.domain}\\{account}"), form)
                equal(found["cloud-admin.membership"], "", form)


@case("absent: it does not exist, and nothing else is said")
def _(dc):
    for name in ("nobody", f"{dc.domain}\\nobody", "nobody@presync.test", users(dc, "nobody"),
                 sid_of(dc, dc.base) + "-99999"):
        found = facts(dc, cloud_admin=name, connector=name, gmsa=name, service=name)
        for key in found:
            if key.startswith(("cloud-admin.", "connector.", "gmsa.", "service.")):
                equal(found[key], "no" if key.endswith(".exists") else "?not-offered", f"{key} of {name}")
                if not key.endswith(".exists"):
                    contains(found.details[key], name)
        # To others accounts may be hidden: that it does not exist is for an administrator to say.
        found = facts(dc, who=OLGA, cloud_admin=name, connector=name, gmsa=name, service=name)
        for key in found:
            if key.startswith(("cloud-admin.", "connector.", "gmsa.", "service.")):
                equal(found[key], "?no-right", f"{key} of {name} for an ordinary user")
                contains(found.details[key], f"No account “{name}” is shown to whoever signed in")
    # Where even the container is not there, it may be hidden as well.
    equal(facts(dc, cloud_admin="CN=x,OU=nowhere," + dc.base)["cloud-admin.exists"], "?no-right")


@case("another domain: unknown, and the sentence says which")
def _(dc):
    found = facts(dc, cloud_admin="EXAMPLE\\olga", connect_admin="CN=olga,DC=example,DC=org")
    found.expect(cloud_admin__exists="?not-offered", connect_admin__exists="?not-offered")
    equal(found.details["cloud-admin.exists"], "EXAMPLE is no domain of this forest (presync.test).")
    equal(found.details["connect-admin.domain-admin"], "example.org is no domain of this forest (presync.test).")
    child = f"CN=CHILD,CN=Partitions,{dc.config}"
    dc.add(child, objectClass="crossRef", nCName="DC=child," + dc.base, dnsRoot="child.presync.test",
           nETBIOSName="CHILD", systemFlags=3)
    with gone_after(dc, child):
        for name in ("CHILD\\olga", "child.presync.test\\olga", "CN=olga,CN=Users,DC=child," + dc.base,
                     "somebody@child.presync.test"):
            found = facts(dc, cloud_admin=name)
            found.expect(cloud_admin__exists="?not-offered")
            contains(found.details["cloud-admin.exists"], "domain controller of child.presync.test")
        # A suffix of one's own says nothing about the domain.
        found = facts(dc, cloud_admin="somebody@contoso.example")
        found.expect(cloud_admin__exists="?not-offered")
        contains(found.details["cloud-admin.exists"], "other domains were not read")
        found = facts(dc)
        found.expect(forest__sso_account="?not-offered")


@case("two objects of one name: unknown, both are named")
def _(dc):
    first = dc.add_user("twin1")
    second = dc.add_user("twin2")
    with gone_after(dc, first, second):
        raw_set(dc, first, "userPrincipalName", "twin@presync.test")
        raw_set(dc, second, "userPrincipalName", "twin@presync.test")
        found = facts(dc, cloud_admin="twin@presync.test")
        for key in ("exists", "enabled", "domain-admin"):
            equal(found[f"cloud-admin.{key}"], "?failed")
            contains(found.details[f"cloud-admin.{key}"], first)
            contains(found.details[f"cloud-admin.{key}"], second)


@case("an exact account name wins over the computer's of that name")
def _(dc):
    computer = dc.add_computer("PAIR")
    equal(facts(dc, connector="PAIR").subjects["connector.class"], dc.domain + "\\PAIR$")
    user = dc.add_user("pair")
    with gone_after(dc, computer, user):
        equal(facts(dc, connector="PAIR").subjects["connector.class"], dc.domain + "\\pair")
        equal(facts(dc, connector="PAIR$").subjects["connector.class"], dc.domain + "\\PAIR$")


@case("Domain Admins: direct, nested three deep with a loop, and as the primary group")
def _(dc):
    admins = users(dc, "Domain Admins")
    direct = dc.add_user("direct")
    deep = dc.add_user("deep")
    primary = dc.add_user("primary")
    inner = make_group(dc, "Inner", [deep], kind=-2147483646)
    middle = make_group(dc, "Middle", [inner], kind=-2147483646)
    outer = make_group(dc, "Outer (T0)", [middle], kind=-2147483646)
    with gone_after(dc, direct, deep, primary, inner, middle, outer):
        add_members(dc, inner, outer)
        add_members(dc, admins, direct, outer, primary)
        dc.set(primary, primaryGroupID=512)
        found = facts(dc, cloud_admin="direct", connect_admin="deep", connector="primary")
        found.expect(cloud_admin__domain_admin="yes", connect_admin__domain_admin="yes", connector__domain_admin="yes",
                     cloud_admin__enterprise_admin="no", connect_admin__enterprise_admin="no",
                     connector__enterprise_admin="no",
                     cloud_admin__membership="Domain Admins",
                     connect_admin__membership="Domain Admins\tOuter (T0)\tMiddle\tInner",
                     connector__membership="Domain Admins")
        # The shortest way counts.
        add_members(dc, outer, deep)
        facts(dc, cloud_admin="deep").expect(cloud_admin__membership="Domain Admins\tOuter (T0)")
        # What is for mail only is no way to anything.
        mail = make_group(dc, "Mail only", [direct], kind=8)
        with gone_after(dc, mail):
            add_members(dc, users(dc, "Enterprise Admins"), mail)
            facts(dc, cloud_admin="direct").expect(cloud_admin__enterprise_admin="no",
                                                   cloud_admin__membership="Domain Admins")


@case("Enterprise Admins are told from Domain Admins, and both ways are shown")
def _(dc):
    person = dc.add_user("enterprise")
    tier = make_group(dc, "Tier 0 Admins", [person])
    with gone_after(dc, person, tier):
        add_members(dc, users(dc, "Enterprise Admins"), tier)
        facts(dc, cloud_admin="enterprise").expect(
            cloud_admin__domain_admin="no", cloud_admin__enterprise_admin="yes",
            cloud_admin__membership="Enterprise Admins\tTier 0 Admins")
        add_members(dc, users(dc, "Domain Admins"), person)
        facts(dc, connector="enterprise").expect(
            connector__domain_admin="yes", connector__enterprise_admin="yes",
            connector__membership="Enterprise Admins\tTier 0 Admins | Domain Admins")


@case("Protected Users: direct and through a group")
def _(dc):
    person = dc.add_user("guarded")
    group = make_group(dc, "Guards", [person], kind=-2147483646)
    protected = users(dc, "Protected Users")
    with gone_after(dc, person, group):
        facts(dc, cloud_admin="guarded").expect(cloud_admin__protected_user="no")
        add_members(dc, protected, group)
        facts(dc, cloud_admin="guarded").expect(cloud_admin__protected_user="yes", cloud_admin__membership="")


@case("disabled, expired, password expired, to be changed, never to expire")
def _(dc):
    person = dc.add_user("state")
    with gone_after(dc, person):
        def expect(**wanted):
            facts(dc, connector="state").expect(**{f"connector__{k}": v for k, v in wanted.items()})
        expect(enabled="yes", expired="no", password_expired="no", password_never_expires="no")
        with changed(dc, person, userAccountControl=514):
            expect(enabled="no", expired="no")
        for when, expired in ((0, "no"), (NEVER, "no"), (filetime(3600), "no"), (filetime(-60), "yes")):
            with changed(dc, person, accountExpires=when):
                expect(enabled="yes", expired=expired)
        dc.set(person, pwdLastSet=0)
        expect(password_expired="yes")
        with changed(dc, person, userAccountControl=512 + 0x10000):
            expect(password_expired="no", password_never_expires="yes")
        dc.set(person, pwdLastSet=-1)
        expect(password_expired="no")
        with changed(dc, dc.base, maxPwdAge=-42 * 86400 * 10000000):
            raw_set(dc, person, "pwdLastSet", str(filetime(-41 * 86400)))
            expect(password_expired="no")
            raw_set(dc, person, "pwdLastSet", str(filetime(-43 * 86400)))
            expect(password_expired="yes")
        expect(password_expired="no")


@case("connector: a user and an inetOrgPerson are plain, computers and managed accounts are not")
def _(dc):
    person = users(dc, "inet")
    dc.add(person, objectClass="inetOrgPerson", sAMAccountName="inet", userAccountControl=512 + 32)
    with gone_after(dc, person):
        facts(dc, connector="inet").expect(connector__class="inetOrgPerson", connector__plain_user="yes")
    facts(dc, connector="olga").expect(connector__class="user", connector__plain_user="yes")
    facts(dc, connector="SYNC01$").expect(connector__class="computer", connector__plain_user="no")
    facts(dc, connector="gmsaDirect").expect(connector__class="msDS-GroupManagedServiceAccount",
                                             connector__plain_user="no", connector__enabled="yes")
    facts(dc, connector="smsa1$").expect(connector__class="msDS-ManagedServiceAccount", connector__plain_user="no")
    found = facts(dc, connector="Domain Users")
    equal({v for k, v in found.items() if k.startswith("connector.")}, {"?not-offered"})
    contains(found.details["connector.exists"], "“group”")


@case("an account of another forest: known by its SID, its memberships only")
def _(dc):
    sid = "S-1-5-21-1111111111-2222222222-3333333333-1105"
    group = make_group(dc, "Local", kind=-2147483644)
    found = facts(dc, cloud_admin=sid)
    found.expect(cloud_admin__exists="?not-offered")
    contains(found.details["cloud-admin.exists"], "other domains were not read")
    dc.samdb.modify_ldif(f"dn: {group}\nchangetype: modify\nadd: member\nmember: <SID={sid}>\n")
    foreign = f"CN={sid},CN=ForeignSecurityPrincipals,{dc.base}"
    with gone_after(dc, group, foreign):
        for name in (sid, foreign):
            found = facts(dc, cloud_admin=name, connector=name)
            found.expect(cloud_admin__exists="?not-offered", cloud_admin__domain_admin="no",
                         cloud_admin__membership="", cloud_admin__enabled="?not-offered",
                         connector__exists="?not-offered", connector__class="?not-offered")
            equal(found.subjects["cloud-admin.domain-admin"], sid)


EVERYTHING = {"cloud_admin": "presync.test\\Administrator", "connect_admin": "olga", "gmsa": "gmsaGroup",
              "connector": "svc", "service": "smsa1"}


@case("an ordinary user sees less, and never anything else")
def _(dc):
    admin = facts(dc, server="SYNC01", **EVERYTHING)
    user = facts(dc, server="SYNC01", who=OLGA, **EVERYTHING)
    equal(sorted(admin), sorted(user))
    for key, value in admin.items():
        if user[key] != value and not user[key].startswith("?"):
            raise AssertionError(f"{key}: {value} for the administrator, {user[key]} for a user")


@case("hardened: what is hidden from an ordinary user is unknown with the reason, each on its own")
def _(dc):
    before = dict(facts(dc, server="SYNC01", **EVERYTHING))
    # Nothing but what names and groups need, as in domains without Pre-Windows 2000 access.
    pre2000 = f"CN=Pre-Windows 2000 Compatible Access,CN=Builtin,{dc.base}"
    old = [str(m) for m in dc.search(pre2000, attributes=["member"])[0].get("member", [])]
    dc.set(pre2000, member=None)
    try:
        user = facts(dc, server="SYNC01", who=OLGA, **EVERYTHING)
        hidden = [k for k, v in user.items() if v.startswith("?") and not before[k].startswith("?")]
        for key, value in user.items():
            if value != before[key] and not value.startswith("?"):
                raise AssertionError(f"{key}: {before[key]} in truth, {value} for a user")
        for key in ("connector.enabled", "connector.expired", "connector.password-expired",
                    "connector.password-never-expires"):
            equal(user[key], "?no-right", key)
        user.expect(connector__exists="yes", connector__class="user", connector__plain_user="yes")
        if not hidden:
            raise AssertionError("nothing is hidden")
        tap._comment("hidden: " + ", ".join(hidden))
    finally:
        dc.set(pre2000, member=old)


@case("a snapshot made with the same accounts tells the same")
def _(dc):
    more, names = [], {**EVERYTHING, "connector": "nested"}
    person = dc.add_user("nested")
    inner = make_group(dc, "Inner2", [person], kind=-2147483646)
    with gone_after(dc, person, inner):
        add_members(dc, users(dc, "Domain Admins"), inner)
        for role, name in names.items():
            more += [f"--{role.replace('_', '-')}", name]
        with tempfile.TemporaryDirectory() as folder, presync.PasswordFile(dc.password) as path:
            file = os.path.join(folder, "snapshot.ldif")
            done = presync.run("record", "--directory", dc.ldaps, "--ca-file", dc.authority, "--sign-in-as",
                               dc.administrator, "--password-file", path, "--sync-server", "SYNC01", *more, "-o", file)
            equal(done.code, 0, done.errors)
            live = facts(dc, server="SYNC01", **names)
            kept = facts(dc, server="SYNC01", ldif=file, **names)
            equal(dict(kept), dict(live))
            live.expect(connector__membership="Domain Admins\tInner2", gmsa__server_may_read="yes")
            # of a name that it was not recorded with, a snapshot tells nothing
            other = facts(dc, ldif=file, connector="somebody")
            equal(other["connector.exists"], "?not-offered")


def statuses(dc, *more, **named):
    result = presync.check(dc.ldaps, dc.authority, more=more, **named)
    if result.code not in presync.VERDICTS:
        raise AssertionError(f"no verdict: {result!r}")
    return result.statuses()


@case("the checklists follow: who installs, the connector account, the gMSA")
def _(dc):
    def expect(wanted, *more, **named):
        found = statuses(dc, *more, **named)
        for name, status in wanted.items():
            equal(found[name], status, f"{name} with {more}")
    expect({"cs-admin-onprem": "met", "cn-enterprise-admin": "met", "cs-admin-usable": "met", "cn-admin-usable": "met"},
           "--admin", "Administrator")
    expect({"cs-admin-onprem": "not-met", "cn-enterprise-admin": "not-met", "cs-admin-usable": "met"}, "--admin", "olga")
    with changed(dc, users(dc, "olga"), userAccountControl=514):
        expect({"cs-admin-usable": "not-met", "cn-admin-usable": "not-met"}, "--admin", f"{dc.domain}\\olga")
    expect({"cn-connector-plain-user": "met", "cn-connector-not-admin": "met", "cn-connector-usable": "met",
            "cn-connector-password": "advice"}, "--connector", "svc")
    with changed(dc, users(dc, "svc"), userAccountControl=512 + 0x10000):
        expect({"cn-connector-password": "met"}, "--connector", "svc")
    expect({"cn-connector-plain-user": "not-met"}, "--connector", "gmsaDirect$")
    expect({"cn-connector-not-admin": "not-met"}, "--connector", "Administrator")
    expect({"cs-gmsa-password-access": "met", "cs-gmsa-encryption": "advice"}, "--gmsa", "gmsaGroup",
           "--sync-server", "SYNC01")
    expect({"cs-gmsa-password-access": "not-met"}, "--gmsa", "gmsaGroup", "--sync-server", "SYNC02")
    # Whom nobody named is asked for, not judged.
    expect({"cs-admin-onprem": "needs-answer", "cn-enterprise-admin": "needs-answer"})
    expect({"cn-connector-usable": "met"}, "--connector", "svc")


def main():
    with controller.Controller() as dc:
        populate(dc)
        return tap.run(dc)


sys.exit(main())

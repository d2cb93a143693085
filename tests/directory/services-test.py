#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Managed accounts, as a live domain controller shows them, what earlier synchronizations left, and the
search while a name is typed."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

import controller  # noqa: E402
import tap  # noqa: E402
from people import (OLGA, SCP, changed, facts, find,  # noqa: E402
                    gone_after, make_gmsa, populate, raw_set, sid_of, users)  # noqa: E402
from tap import case, contains, equal  # noqa: E402

controller.become_root()


@case("gMSA: who may retrieve its password, directly, through a group, and not")
def _(dc):
    found = facts(dc, gmsa="gmsaDirect", server="SYNC01")
    found.expect(gmsa__exists="yes", gmsa__enabled="yes", gmsa__server_may_read="yes",
                 gmsa__readers=f"{dc.domain}\\SYNC01$", gmsa__aes="yes", gmsa__encryption_types="AES128 | AES256",
                 gmsa__password_interval=str(30 * 86400))
    facts(dc, gmsa="gmsaDirect$", server="sync01.presync.test").expect(gmsa__server_may_read="yes")
    facts(dc, gmsa="gmsaDirect", server="SYNC02").expect(gmsa__server_may_read="no")
    found = facts(dc, gmsa="gmsaGroup", server="SYNC01")
    found.expect(gmsa__server_may_read="yes", gmsa__readers=f"{dc.domain}\\GMSA-Hosts", gmsa__aes="no",
                 gmsa__encryption_types="RC4-HMAC", gmsa__password_interval=str(7 * 86400))
    facts(dc, gmsa="gmsaGroup", server="SYNC02").expect(gmsa__server_may_read="no")
    found = facts(dc, gmsa="gmsaNobody", server="SYNC01")
    found.expect(gmsa__server_may_read="no", gmsa__readers="", gmsa__aes="?not-offered",
                 gmsa__encryption_types="?not-offered")
    contains(found.details["gmsa.aes"], "default")
    found = facts(dc, gmsa="gmsaDirect")
    found.expect(gmsa__server_may_read="?not-offered")
    contains(found.details["gmsa.server-may-read"], "Name the sync server")
    facts(dc, gmsa="gmsaDirect", server="NOWHERE").expect(gmsa__server_may_read="?not-offered")
    facts(dc, gmsa="gmsaDenied", server="SYNC01").expect(gmsa__server_may_read="no",
                                                         gmsa__readers="Authenticated Users")
    facts(dc, gmsa="gmsaDenied", server="SYNC02").expect(gmsa__server_may_read="yes")


@case("gMSA: by both naming habits; what is none does not count")
def _(dc):
    dn = f"CN=provAgentgMSA,CN=Managed Service Accounts,{dc.base}"
    make_gmsa(dc, "provAgentgMSA", account="pGMSA_12345678$")
    with gone_after(dc, dn):
        for name in ("provAgentgMSA", "pGMSA_12345678", "pGMSA_12345678$", f"{dc.domain}\\provagentgmsa", dn):
            found = facts(dc, gmsa=name)
            equal((found["gmsa.exists"], found.subjects["gmsa.exists"]), ("yes", f"{dc.domain}\\pGMSA_12345678$"), name)
        with changed(dc, dn, userAccountControl=4098):
            facts(dc, gmsa="provAgentgMSA").expect(gmsa__enabled="no")
    for name in ("olga", "SYNC01", "smsa1"):
        found = facts(dc, gmsa=name)
        found.expect(gmsa__exists="no", gmsa__enabled="?not-offered")
        contains(found.details["gmsa.enabled"], "no group managed service account")


@case("ADSync service account: virtual, local, domain, sMSA, gMSA")
def _(dc):
    for name, kind in (("NT SERVICE\\ADSync", "virtual"), ("nt service\\adsync", "virtual"), (".\\adsync", "local"),
                       ("SYNC01\\adsync", "local"), ("sync01.presync.test\\adsync", "local")):
        for server in ("SYNC01", "SYNC01.presync.test"):
            if server == "SYNC01" and name.startswith("sync01."):
                continue
            found = facts(dc, service=name, server=server)
            found.expect(service__exists="?not-offered", service__server_may_use="?not-offered")
            contains(found.details["service.exists"], "no directory knows it")
            contains(found["service.kind"].lower(), kind)
    def expect(name, server, **wanted):
        facts(dc, service=name, server=server).expect(**{f"service__{k}": v for k, v in wanted.items()})
    expect("olga", None, kind="domain account", exists="yes", enabled="yes", server_may_use="?not-offered")
    # of what is not there, and of what nobody signs in with, no kind is made up
    expect("nobody", None, exists="no", kind="?not-offered")
    expect("SYNC02$", "SYNC01", exists="yes", kind="no service account")
    expect("gmsaGroup", "SYNC01", exists="yes", enabled="yes", server_may_use="yes")
    expect("gmsaGroup", "SYNC02", exists="yes", enabled="yes", server_may_use="no")
    expect("smsa1", "SYNC01", exists="yes", enabled="yes", server_may_use="yes")
    expect("smsa1$", "SYNC02", exists="yes", enabled="yes", server_may_use="no")
    expect("smsa1", None, exists="yes", server_may_use="?not-offered")
    with changed(dc, users(dc, "olga"), userAccountControl=514):
        expect("olga", None, enabled="no")


@case("traces: none, then each of them")
def _(dc):
    facts(dc).expect(domain__adsync_accounts="", forest__sso_account="no", forest__sso_key_changed="?not-offered",
                     forest__join_tenant="", forest__join_domain="")
    old = dc.add_user("AAD_0123456789ab", description="Service account of SYNC09")
    managed = f"CN=ADSyncMSA_1a2b,CN=Managed Service Accounts,{dc.base}"
    dc.add(managed, objectClass="msDS-ManagedServiceAccount", sAMAccountName="ADSyncMSA_1a2b$",
           userAccountControl=4096)
    sso = dc.add_computer("AZUREADSSOACC")
    registration = f"CN=Device Registration Configuration,CN=Services,{dc.config}"
    dc.add(registration, objectClass="container")
    point = f"CN={SCP},{registration}"
    dc.add(point, objectClass="serviceConnectionPoint",
           keywords=["azureADName:contoso.example", "azureADId:11111111-2222-3333-4444-555555555555"])
    with gone_after(dc, old, managed, sso, point, registration):
        raw_set(dc, sso, "pwdLastSet", "133774425000000000")
        found = facts(dc)
        found.expect(domain__adsync_accounts="AAD_0123456789ab — Service account of SYNC09 | ADSyncMSA_1a2b$",
                     forest__sso_account="yes", forest__sso_key_changed="2024-11-30T12:15:00Z",
                     forest__join_tenant="11111111-2222-3333-4444-555555555555", forest__join_domain="contoso.example")
        facts(dc, who=OLGA).expect(forest__sso_account="yes", forest__join_domain="contoso.example")
        with changed(dc, old, userAccountControl=514), changed(dc, managed, userAccountControl=4098):
            facts(dc).expect(domain__adsync_accounts="")


@case("minimum password age: none, and two days")
def _(dc):
    with changed(dc, dc.base, minPwdAge=0):
        facts(dc).expect(domain__minimum_password_age="0")
    with changed(dc, dc.base, minPwdAge=-2 * 86400 * 10000000):
        facts(dc).expect(domain__minimum_password_age=str(2 * 86400))


@case("finder: by the beginning of each name, escaped, of the kinds that are asked for")
def _(dc):
    dn = users(dc, "Find Mé")
    dc.add(dn, objectClass="user", sAMAccountName="fm1", displayName="Zora Quist", sn="Quist", givenName="Zora",
           userPrincipalName="zq@presync.test", userAccountControl=512 + 32)
    with gone_after(dc, dn):
        one = [[f"{dc.domain}\\fm1", "user", dn]]
        for text in ("fm", "FM1", "find m", "Zora", "quist", "zq@", f"{dc.domain}\\fm", "CN=Find", dn, dn[:-8],
                     sid_of(dc, dn), "  zora "):
            equal(find(dc, text), one, text)
        for text in ("ora", "*", "f*1", "fm1)(cn=*", "EXAMPLE\\fm", "fm1\\", dn.replace("CN=Users", "OU=Elsewhere"), "CN=Find M,CN=Users", "\\", "(", "ZZZ"):
            equal(find(dc, text), [], text)
        equal(find(dc, "zora", kinds=2), [])
        equal(find(dc, "zora", who=OLGA), one)
    equal([r[0] for r in find(dc, "gmsa", kinds=2)],
          [f"{dc.domain}\\gmsa{x}$" for x in ("Denied", "Direct", "Group", "Nobody")])
    equal([r[0] for r in find(dc, "smsa", kinds=2)], [f"{dc.domain}\\smsa1$"])
    equal(find(dc, "SYNC01"), [])
    unit = f"OU=Sync Targets,{dc.base}"
    dc.add(unit, objectClass="organizationalUnit")
    with gone_after(dc, unit):
        equal(find(dc, "sync t", kinds=4), [["", "organizationalUnit", unit]])
        equal(find(dc, "OU=Sync", kinds=7), [["", "organizationalUnit", unit]])


@case("finder: twenty at most, and only the last search counts")
def _(dc):
    made = [dc.add_user(f"crowd{i:02}") for i in range(23)]
    with gone_after(dc, *made):
        rows = find(dc, "crowd")
        equal((len(rows), rows[-1]), (21, ["more"]))
        names = [r[0] for r in rows[:-1]]
        equal(names, sorted(names))
        equal(find(dc, "crowd0", "crowd1", "crowd22"),
              [["cancelled"], ["cancelled"], [f"{dc.domain}\\crowd22", "user", made[22]]])


def main():
    with controller.Controller() as dc:
        populate(dc)
        return tap.run(dc)


sys.exit(main())

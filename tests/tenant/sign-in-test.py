#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A tenant with a sign-in by device code: every row of both options both ways, what may not be read, and every way
in which a sign-in ends."""
import datetime
import os
import pathlib
import re
import signal
import subprocess
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import world  # noqa: E402

world.enter(5)

import kit  # noqa: E402
import presync  # noqa: E402
import tap  # noqa: E402
from cloud_answers import (CLIENT, CONSUMERS, GLOBAL, HYBRID, OTHER_TENANT, READER, TENANT, Person, guest,  # noqa: E402
                           member)
from cloud_server import GRAPHS, LOGINS, Cloud, Fault  # noqa: E402
from kit import reason, sentence, sign_in, snapshot, statuses  # noqa: E402
from tap import contains, equal  # noqa: E402

FEATURES = ("--features", "provision-to-ad,custom-settings,federation,connect-health")


def case(title):
    """each case begins with a cloud that works"""
    def register(function):
        def fresh(place):
            place["cloud"].reset()
            place["world"].trust("public")
            function(place["world"], place["cloud"])
        tap.add(title, fresh)
        return function
    return register


def read(place, cloud, *more, suffixes=("contoso.com",)):
    result = sign_in(cloud, "--ldif", snapshot(place.folder, *suffixes), *more)
    equal(result.code in presync.VERDICTS, True, repr(result))
    return result


# Every condition of the tenant, as a good tenant with a good administrator has it.
GOOD = {name: "met" for name in (
    "cs_tenant", "cs_tenant_kind", "cs_custom_domain", "cs_custom_domain_suffixes", "cs_custom_domain_foreign",
    "cs_hybrid_identity_admin", "cs_hybrid_identity_admin_guest", "cs_hybrid_identity_admin_enabled",
    "cs_active_sync", "cs_object_quota", "cs_object_quota_new_tenant", "cs_provision_to_ad_licence",
    "cn_tenant", "cn_tenant_kind", "cn_domain_verified", "cn_domain_verified_suffixes", "cn_domain_verified_foreign",
    "cn_entra_admin", "cn_entra_admin_guest", "cn_entra_admin_microsoft_account", "cn_entra_admin_direct",
    "cn_entra_admin_enabled", "cn_entra_connector_account", "cn_active_sync", "cn_no_second_engine", "cn_object_quota",
    "cn_object_quota_new_tenant", "cn_match_features", "cn_match_hard_match", "cn_health_licence")}


@case("a good tenant and a good administrator: every row is met, but the one that needs another role")
def _(place, cloud):
    result = read(place, cloud, *FEATURES)
    statuses(result, **GOOD, cn_entra_admin_federation="not-met")
    contains(result.errors, "https://microsoft.com/devicelogin")
    contains(result.errors, "FQK7P3RTX")
    contains(result.errors, "Hanna Hybrid")
    origin = result.conditions()["cs-hybrid-identity-admin"]["origin"]
    equal((origin["source"], origin["complete"]), ("tenant", True))
    contains(origin["query"] + origin["target"], "graph.microsoft.com")
    form = cloud.asked("devicecode")[0].form
    equal((form["client_id"], "client_secret" in form), (CLIENT, False))
    asked = {s.removeprefix("https://graph.microsoft.com/") for s in form["scope"].split()} - {"openid", "profile"}
    equal(asked, {"User.Read", "User.Read.All", "Organization.Read.All", "RoleManagement.Read.Directory",
                  "OnPremDirectorySynchronization.Read.All", "offline_access"}, "what is asked for")


# (what is different, how, the rows that change and what they say then)
DIFFERENT = [
    ("a guest by all signs", lambda t: setattr(t, "me", guest()),
     {"cs_hybrid_identity_admin_guest": "not-met", "cn_entra_admin_guest": "not-met",
      "cn_entra_admin_microsoft_account": "met", "cs_hybrid_identity_admin": "met"}),
    ("a guest by the name alone", lambda t: setattr(t, "me", Person("kim_x.com#EXT#@contoso.onmicrosoft.com")),
     {"cs_hybrid_identity_admin_guest": "not-met", "cn_entra_admin_guest": "not-met"}),
    ("a guest by type alone", lambda t: setattr(t.me, "kind", "Guest"),
     {"cs_hybrid_identity_admin_guest": "not-met", "cn_entra_admin_guest": "not-met"}),
    ("a guest by invitation alone", lambda t: setattr(t.me, "creation", "Invitation"),
     {"cs_hybrid_identity_admin_guest": "not-met", "cn_entra_admin_guest": "not-met"}),
    ("a Microsoft account by its issuer", lambda t: setattr(t.me, "issuer", "MicrosoftAccount"),
     {"cn_entra_admin_microsoft_account": "not-met"}),
    ("a Microsoft account by its provider", lambda t: setattr(t.me, "idp", f"https://sts.windows.net/{CONSUMERS}/"),
     {"cn_entra_admin_microsoft_account": "not-met"}),
    ("disabled", lambda t: setattr(t.me, "enabled", False),
     {"cs_hybrid_identity_admin_enabled": "not-met", "cn_entra_admin_enabled": "not-met"}),
    ("synchronized", lambda t: setattr(t.me, "synced", True),
     {"cs_hybrid_identity_admin": "advice", "cn_entra_admin": "advice", "cn_entra_admin_direct": "met"}),
    ("another role alone", lambda t: setattr(t.me, "roles", [READER]),
     {"cs_hybrid_identity_admin": "not-met", "cn_entra_admin": "not-met", "cn_entra_admin_direct": "not-met"}),
    ("no role", lambda t: setattr(t.me, "roles", []),
     {"cs_hybrid_identity_admin": "not-met", "cn_entra_admin": "not-met", "cn_entra_admin_direct": "not-met"}),
    ("Global Administrator", lambda t: setattr(t.me, "roles", [GLOBAL]),
     {"cs_hybrid_identity_admin": "met", "cn_entra_admin": "met", "cn_entra_admin_direct": "met",
      "cn_entra_admin_federation": "met"}),
    ("through a group", lambda t: vars(t.me).update(roles=[], group_roles=[HYBRID]),
     {"cs_hybrid_identity_admin": "met", "cn_entra_admin": "met", "cn_entra_admin_direct": "not-met"}),
    ("eligible only", lambda t: vars(t.me).update(roles=[READER], eligible=[HYBRID]),
     {"cs_hybrid_identity_admin": "advice", "cn_entra_admin": "not-met", "cn_entra_admin_direct": "not-met"}),
    ("eligible through a group only", lambda t: vars(t.me).update(roles=[], group_eligible=[HYBRID]),
     {"cs_hybrid_identity_admin": "advice", "cn_entra_admin": "not-met"}),
    ("for one administrative unit only", lambda t: vars(t.me).update(roles=[], unit_roles=[HYBRID]),
     {"cs_hybrid_identity_admin": "not-met", "cn_entra_admin_direct": "not-met"}),
    ("a B2C tenant", lambda t: setattr(t, "kind", "AAD B2C"), {"cs_tenant_kind": "not-met", "cn_tenant_kind": "not-met"}),
    ("a CIAM tenant", lambda t: setattr(t, "kind", "CIAM"), {"cs_tenant_kind": "not-met", "cn_tenant_kind": "not-met"}),
    ("only the first domain is verified",
     lambda t: setattr(t, "verified", {"contoso.onmicrosoft.com": "Managed"}),
     {"cs_custom_domain": "not-met", "cn_domain_verified": "not-met", "cs_custom_domain_suffixes": "advice",
      "cn_domain_verified_suffixes": "advice"}),
    ("synchronizing", lambda t: vars(t).update(syncing=True, last_sync="2026-11-22T08:00:00Z"),
     {"cs_active_sync": "advice", "cn_active_sync": "advice"}),
    ("synchronized once", lambda t: vars(t).update(syncing=False, last_sync="2024-01-01T08:00:00Z"),
     {"cs_active_sync": "met", "cn_active_sync": "met"}),
    ("no room", lambda t: setattr(t, "quota", {"used": 299999, "total": 300000}),
     {"cs_object_quota": "not-met", "cn_object_quota": "not-met"}),
    ("more used than there is", lambda t: setattr(t, "quota", {"used": 50100, "total": 50000}),
     {"cs_object_quota": "not-met", "cn_object_quota": "not-met"}),
    ("soft match is open", lambda t: t.features.update(blockSoftMatchEnabled=False), {"cn_match_features": "advice"}),
    ("hard match is open", lambda t: t.features.update(blockCloudObjectTakeoverThroughHardMatchEnabled=False),
     {"cn_match_hard_match": "advice"}),
    ("20 synchronization accounts", lambda t: setattr(t, "sync_accounts", 20), {"cn_entra_connector_account": "not-met"}),
    ("19 synchronization accounts", lambda t: setattr(t, "sync_accounts", 19), {"cn_entra_connector_account": "met"}),
    ("a role that was never activated", lambda t: setattr(t, "sync_role_active", False),
     {"cn_entra_connector_account": "met"}),
    ("no licence", lambda t: setattr(t, "plans", []),
     {"cs_provision_to_ad_licence": "not-met", "cn_health_licence": "not-met"}),
    ("P2", lambda t: setattr(t, "plans", ["AAD_PREMIUM_P2"]),
     {"cs_provision_to_ad_licence": "met", "cn_health_licence": "met"}),
    ("a licence that is suspended", lambda t: setattr(t, "sku_status", "Suspended"),
     {"cs_provision_to_ad_licence": "not-met", "cn_health_licence": "not-met"}),
]

for _title, _change, _wanted in DIFFERENT:
    def _run(place, cloud, change=_change, wanted=_wanted):
        change(cloud.tenant)
        result = read(place, cloud, *FEATURES)
        # all else is as it was
        statuses(result, **wanted)
        if "cs_tenant_kind" not in wanted:
            statuses(result, cs_tenant_kind="met", cn_tenant_kind="met")
        if "cn_match_features" not in wanted:
            statuses(result, cn_match_features="met")
        if not any("admin" in w for w in wanted):
            statuses(result, **{n: s for n, s in GOOD.items() if "admin" in n})
    case(_title)(_run)


@case("the reason of a guest is told")
def _(place, cloud):
    cloud.tenant.me = guest()
    contains(reason(read(place, cloud), "cs-hybrid-identity-admin-guest").lower(), "yes")


@case("a tenant of yesterday, and a forest that is larger than the new tenant's limit")
def _(place, cloud):
    cloud.tenant.created = (datetime.datetime.now(datetime.timezone.utc)
                            - datetime.timedelta(hours=20)).strftime("%Y-%m-%dT%H:%M:%SZ")
    statuses(read(place, cloud), cs_object_quota_new_tenant="met", cn_object_quota_new_tenant="met")
    large = kit.larger(snapshot(place.folder, "contoso.com"), 600)
    result = sign_in(cloud, "--ldif", large)
    statuses(result, cs_object_quota_new_tenant="advice", cn_object_quota_new_tenant="advice", cs_object_quota="met")
    cloud.tenant.created = "2019-04-02T08:30:00Z"
    statuses(sign_in(cloud, "--ldif", large), cs_object_quota_new_tenant="met")


@case("an engine that synchronizes already: only a person knows which it is")
def _(place, cloud):
    vars(cloud.tenant).update(syncing=True, last_sync="2026-11-22T08:00:00Z")
    statuses(read(place, cloud), cn_no_second_engine="needs-answer")
    for met, status in ((True, "met"), (False, "not-met")):
        answers = kit.answers(place.folder, cn_no_second_engine=met)
        statuses(read(place, cloud, "--answers", answers), cn_no_second_engine=status)


@case("suffixes: what Graph does not list is not verified; another tenant's is told as such")
def _(place, cloud):
    result = read(place, cloud, suffixes=("contoso.com", "fabrikam.com"))
    statuses(result, cs_custom_domain_suffixes="advice", cn_domain_verified_suffixes="advice",
             cs_custom_domain_foreign="met")
    cloud.reset()
    cloud.owners["fabrikam.com"] = OTHER_TENANT
    result = read(place, cloud, suffixes=("contoso.com", "fabrikam.com"))
    statuses(result, cs_custom_domain_foreign="not-met", cn_domain_verified_foreign="not-met")
    cloud.reset()
    cloud.tenant.verified["fabrikam.com"] = "Federated"
    cloud.owners["fabrikam.com"] = TENANT
    statuses(read(place, cloud, suffixes=("contoso.com", "fabrikam.com")), cs_custom_domain_suffixes="met",
             cs_custom_domain_foreign="met")


@case("Microsoft Graph is asked for everything once, although the directory tells the suffixes meanwhile")
def _(place, cloud):
    statuses(read(place, cloud, *FEATURES, suffixes=("contoso.com", "fabrikam.com")), cs_hybrid_identity_admin="met")
    asked = [r.path for r in cloud.requests if r.host in GRAPHS]
    equal(sorted(asked), sorted(set(asked)))
    equal(any(path.startswith("/v1.0/me") for path in asked), True, asked)


@case("a row that is not met tells why: the sign of a guest, the group that the role comes through")
def _(place, cloud):
    cloud.tenant.me = guest()
    contains(reason(read(place, cloud), "cs-hybrid-identity-admin-guest"), "Guest")
    cloud.reset()
    vars(cloud.tenant.me).update(roles=[], group_roles=[HYBRID])
    contains(reason(read(place, cloud), "cn-entra-admin-direct"), "through the group “Identity team”")
    for role, told in ((HYBRID, True), (READER, False)):
        cloud.reset()
        vars(cloud.tenant.me).update(roles=[], unit_roles=[role])
        result = read(place, cloud)
        for row in ("cs-hybrid-identity-admin", "cn-entra-admin-direct"):
            equal("for an administrative unit only" in reason(result, row), told, row)


@case("an administrator who is named, and another who signs in: the rows tell of the one who is named")
def _(place, cloud):
    cloud.tenant.me = member(upn="reader@contoso.com", name="Rita Reader", roles=[READER])
    cloud.tenant.people = [member()]
    statuses(read(place, cloud, "--hybrid-admin", "hybrid.admin@contoso.com"), cs_hybrid_identity_admin="met",
             cn_entra_admin="met", cn_entra_admin_direct="met")
    cloud.requests.clear()
    statuses(read(place, cloud), cs_hybrid_identity_admin="not-met")
    result = read(place, cloud, "--hybrid-admin", "nobody@contoso.com")
    equal(result.statuses()["cs-hybrid-identity-admin-enabled"], "not-met")
    equal(result.statuses()["cs-hybrid-identity-admin"] in ("not-met", "unknown"), True)
    cloud.tenant.people = [guest()]
    statuses(read(place, cloud, "--hybrid-admin", guest().upn), cs_hybrid_identity_admin_guest="not-met")


@case("lists of several pages are read to their end")
def _(place, cloud):
    cloud.page_size = 1
    cloud.tenant.me.roles = [READER, "fe930be7-5e62-47db-91af-98c3a49a38b1", HYBRID]
    cloud_roles = sys.modules["cloud_answers"].ROLES
    cloud_roles.setdefault("fe930be7-5e62-47db-91af-98c3a49a38b1", "User Administrator")
    cloud.tenant.sync_accounts = 3
    result = read(place, cloud, *FEATURES)
    statuses(result, cs_hybrid_identity_admin="met", cn_entra_admin_direct="met", cn_entra_connector_account="met")
    contains(reason(result, "cn-entra-connector-account"), "3")
    cloud.tenant.sync_accounts = 25
    statuses(read(place, cloud, *FEATURES), cn_entra_connector_account="not-met")


@case("a next page at another host is not fetched, and the list is not taken for whole")
def _(place, cloud):
    body = {"@odata.nextLink": "https://elsewhere.test/v1.0/next", "value": []}
    cloud.faults = [Fault("roleAssignments", "type", body)]
    result = read(place, cloud)
    equal(result.statuses()["cn-entra-admin-direct"], "unknown")


# path -> the rows that are unknown then
FORBIDDEN = {
    "/beta/organization": ["cs_object_quota", "cn_object_quota"],
    "/v1.0/organization": ["cs_tenant_kind", "cn_tenant_kind", "cs_active_sync"],
    "onPremisesSynchronization": ["cn_match_features", "cn_match_hard_match"],
    "subscribedSkus": ["cs_provision_to_ad_licence"],
    "/members": ["cn_entra_connector_account"],
    "roleAssignments": ["cn_entra_admin_direct"],
}


@case("what may not be read is unknown and names the role, and the rest is read nevertheless")
def _(place, cloud):
    for path, rows in FORBIDDEN.items():
        cloud.reset()
        cloud.faults = [Fault(path, "status", 403)]
        result = read(place, cloud, *FEATURES)
        statuses(result, **{r: "unknown" for r in rows})
        text = reason(result, rows[0].replace("_", "-"))
        equal("Administrator" in text or "Reader" in text or ".Read." in text, True, f"{path}: {text}")
        if "admin" not in rows[0]:
            statuses(result, cs_hybrid_identity_admin="met", cn_entra_admin_direct="met")


@case("an eligible role that may not be read leaves the row unknown, unless the role is active")
def _(place, cloud):
    cloud.faults = [Fault("roleEligibility", "status", 403)]
    statuses(read(place, cloud), cs_hybrid_identity_admin="met")
    cloud.tenant.me.roles = []
    statuses(read(place, cloud), cs_hybrid_identity_admin="unknown", cn_entra_admin="not-met")


# (how a server falters, with what)
FALTERING = [("status", 500), ("raw", b'{"value":[{"id":'), ("raw", b'{"value":' * 1000), ("cut", None),
             ("huge", 50 * 1024 * 1024), ("redirect", "https://elsewhere.test/v1.0/x"), ("reset", None),
             ("retry", (429, 0)), ("retry", (503, 0)), ("type", {"value": "text"}), ("type", {"value": {}}),
             ("type", {"value": [7]}), ("type", [])]

for _kind, _value in FALTERING:
    def _falter(place, cloud, kind=_kind, value=_value):
        cloud.faults = [Fault("transitiveMemberOf", kind, value), Fault("subscribedSkus", kind, value),
                        Fault("roleAssignments", kind, value)]
        statuses(read(place, cloud, *FEATURES), cs_hybrid_identity_admin="unknown", cn_entra_admin="unknown",
                 cs_provision_to_ad_licence="unknown", cn_entra_admin_direct="unknown",
                 cs_hybrid_identity_admin_guest="met", cs_tenant="met")
    case(f"a server that falters ({_kind} {str(_value)[:20]}): unknown, never met, never not met")(_falter)


@case("without Microsoft Entra ID P2 nothing can be activated: no role is no role")
def _(place, cloud):
    cloud.tenant.me.roles = []
    cloud.faults = [Fault("roleEligibility", "refuse", (400, "AadPremiumLicenseRequired"))]
    result = read(place, cloud)
    statuses(result, cs_hybrid_identity_admin="not-met", cn_entra_admin="not-met")
    contains(reason(result, "cs-hybrid-identity-admin"), "Microsoft Entra ID P2")


@case("404 without Graph's own word that there is none: unknown, neither met nor not met")
def _(place, cloud):
    for code in ("UnknownError", None):
        cloud.reset()
        cloud.faults = [Fault("/members", "refuse", (404, code)), Fault("/users/nobody%40", "refuse", (404, code)),
                        Fault("/users/nobody@", "refuse", (404, code))]
        result = read(place, cloud, "--features", "custom-settings", "--hybrid-admin", "nobody@contoso.com")
        statuses(result, cn_entra_connector_account="unknown", cs_hybrid_identity_admin_enabled="unknown",
                 cn_entra_admin_enabled="unknown", cs_hybrid_identity_admin="unknown")
        equal(cloud.asked("/users/nobody") != [], True)


@case("users who were not seen may have any suffix, and verified domains that were not read may be theirs")
def _(place, cloud):
    whole = kit.hidden(snapshot(place.folder, "contoso.com"), "uPNSuffixes")
    rows = ("cs_custom_domain_suffixes", "cn_domain_verified_suffixes", "cs_custom_domain_foreign",
            "cn_domain_verified_foreign")
    statuses(sign_in(cloud, "--ldif", whole), **{r: "met" for r in rows})
    cloud.owners["child.contoso.com"] = TENANT
    cloud.tenant.verified["child.contoso.com"] = "Managed"
    for part in (kit.hidden(whole, "userPrincipalName"), kit.wider(whole)):
        statuses(sign_in(cloud, "--ldif", part), cs_custom_domain="met", **{r: "unknown" for r in rows})
    cloud.tenant.verified = {"contoso.onmicrosoft.com": "Managed"}
    cloud.faults = [Fault("/v1.0/organization", "type", {"@odata.nextLink": "https://elsewhere.test/x",
                                                         "value": cloud.tenant.organization()})]
    statuses(sign_in(cloud, "--ldif", whole), cs_custom_domain="unknown", cs_custom_domain_suffixes="unknown",
             cs_custom_domain_foreign="met")


@case("the first domain of a tenant in China is none of its own")
def _(place, cloud):
    cloud.graph_of[TENANT] = GRAPHS[3]
    cloud.tenant.verified = {"contoso.partner.onmschina.cn": "Managed"}
    result = sign_in(cloud, "--cloud", "china")
    statuses(result, cs_custom_domain="not-met", cn_domain_verified="not-met")


@case("an address for signing in that is not Microsoft's is not shown")
def _(place, cloud):
    for address in ("https://microsoft.com%40elsewhere.test/" + "a" * 50000, "https://microsoft.com@elsewhere.test/",
                    "https://elsewhere.test/devicelogin", "https://microsoft.com.elsewhere.test/devicelogin"):
        cloud.reset()
        cloud.faults = [Fault("devicecode", "type", {"user_code": "ABC", "device_code": cloud.device_code,
                                                     "verification_uri": address, "expires_in": 900, "interval": 1})]
        result = sign_in(cloud)
        equal(result.code, presync.BAD_INPUT, repr(result)[:2000])
        sentence(result, "login.microsoftonline.com", "none of Microsoft")
        equal("elsewhere.test" in result.output + result.errors, False, "the address is shown")
        equal(cloud.asked("/token"), [])


@case("members of another type than the metadata's are unknown, not guessed")
def _(place, cloud):
    for change, rows in ((lambda t: setattr(t, "kind", 7), ["cs_tenant_kind"]),
                         (lambda t: setattr(t.me, "enabled", "yes"), ["cs_hybrid_identity_admin_enabled"]),
                         (lambda t: setattr(t, "quota", {"used": "many", "total": None}), ["cs_object_quota"]),
                         (lambda t: setattr(t, "quota", None), ["cs_object_quota"]),
                         (lambda t: setattr(t, "syncing", "true"), ["cs_active_sync"]),
                         (lambda t: t.features.update(blockSoftMatchEnabled="no"), ["cn_match_features"])):
        cloud.reset()
        change(cloud.tenant)
        statuses(read(place, cloud), **{r: "unknown" for r in rows})


@case("too many requests: waited for, then read")
def _(place, cloud):
    cloud.faults = [Fault("transitiveMemberOf", "retry", (429, 1), times=1), Fault("subscribedSkus", "retry", (503, 0),
                                                                                   times=2)]
    statuses(read(place, cloud, *FEATURES), cs_hybrid_identity_admin="met", cs_provision_to_ad_licence="met")


@case("a token that is no longer good is renewed once; if that fails, the sign-in has ended")
def _(place, cloud):
    cloud.faults = [Fault("transitiveMemberOf", "do", cloud.renew, times=1)]
    statuses(read(place, cloud), cs_hybrid_identity_admin="met", cn_entra_admin_direct="met")
    equal([r.form["grant_type"] for r in cloud.asked("/token")][-1], "refresh_token")
    cloud.reset()
    cloud.faults = [Fault("/v1.0/users", "status", 401)]
    result = read(place, cloud)
    equal(result.statuses()["cs-hybrid-identity-admin"], "unknown")
    equal(len(cloud.asked("/v1.0/users")) < 12, True, "no endless renewing")


@case("waiting, and being asked to slow down")
def _(place, cloud):
    cloud.pending, cloud.slow_downs = 2, 1
    statuses(read(place, cloud), cs_hybrid_identity_admin="met")
    equal(len(cloud.asked("/token")), 4)


@case("sign-ins that end otherwise: one sentence, and the exit status of a refusal")
def _(place, cloud):
    for decision, part in (("decline", "declined"), ("deny", "declined"), ("expire", "expired"),
                           ("secret", "public client"), ("consent", "consent")):
        cloud.reset()
        cloud.decision = decision
        result = sign_in(cloud)
        equal(result.code, presync.REFUSED, f"{decision}: {result!r}")
        sentence(result, part)
        equal([r for r in cloud.requests if r.host in GRAPHS], [])
    cloud.reset()
    cloud.decision, cloud.expires_in = "never", 2
    result = sign_in(cloud)
    equal(result.code, presync.REFUSED, repr(result))
    sentence(result, "expired")
    cloud.reset()
    cloud.client_known = False
    result = sign_in(cloud)
    equal(result.code, presync.REFUSED, repr(result))
    sentence(result, "client")


@case("a token of another tenant is refused: Graph is not asked")
def _(place, cloud):
    cloud.token_tenant = OTHER_TENANT
    result = sign_in(cloud)
    equal(result.code, presync.REFUSED, repr(result))
    sentence(result, TENANT, OTHER_TENANT)
    equal([r for r in cloud.requests if r.host in GRAPHS], [])


for _path in ("devicecode", "/token"):
    def _senseless(place, cloud, path=_path):
        for kind, value in (("raw", b"<html>"), ("type", {}), ("type", {"user_code": 7, "access_token": 7}),
                            ("redirect", "https://elsewhere.test/x"), ("status", 500), ("cut", None)):
            cloud.reset()
            cloud.faults = [Fault(path, kind, value)]
            result = sign_in(cloud)
            equal(result.code in (presync.REFUSED, presync.UNREACHABLE, presync.BAD_INPUT), True,
                  f"{path} {kind}: {result!r}")
            sentence(result, "login.microsoftonline.com")
    case(f"answers of the sign-in service that are none, to {_path.strip('/')}")(_senseless)


@case("a tenant that nobody owns: nobody is asked to sign in")
def _(place, cloud):
    result = sign_in(cloud, tenant="nobody.example")
    equal(result.code in (presync.REFUSED, presync.UNREACHABLE, presync.BAD_INPUT), True, repr(result))
    sentence(result, "nobody.example")
    equal(cloud.asked("devicecode"), [])


@case("another cloud: its own sign-in and its own Graph")
def _(place, cloud):
    for name, login, graph in (("us-government", LOGINS[1], GRAPHS[1]), ("us-government-dod", LOGINS[1], GRAPHS[2]),
                               ("china", LOGINS[2], GRAPHS[3])):
        cloud.reset()
        cloud.graph_of[TENANT] = graph
        statuses(sign_in(cloud, "--cloud", name), cs_hybrid_identity_admin="met")
        equal({r.host for r in cloud.requests}, {login, graph}, name)


@case("a tenant of another cloud is told, and no token leaves for it")
def _(place, cloud):
    cloud.graph_of[TENANT] = GRAPHS[3]
    result = sign_in(cloud)
    equal(result.code not in (presync.READY, presync.NOT_READY), True, repr(result))
    sentence(result, "China")
    equal([r for r in cloud.requests if r.host in GRAPHS], [])


@case("text as people read it")
def _(place, cloud):
    result = sign_in(cloud, output="text")
    lines = [l.strip() for l in result.errors.split("\n")]
    equal("FQK7P3RTX" in lines, True, "the code on a line of its own")
    equal("https://microsoft.com/devicelogin" in lines, True, "the address on a line of its own")


@case("what GLib and libsoup tell for debugging holds no token either")
def _(place, cloud):
    # kit.run() looks for that in all that is printed
    sign_in(cloud, output="text", environment={"G_MESSAGES_DEBUG": "all"})
    cloud.decision = "decline"
    sign_in(cloud, output="text", environment={"G_MESSAGES_DEBUG": "all"})


@case("directory texts of the tenant are no markup")
def _(place, cloud):
    cloud.tenant.me.name = "<b>Kim</b> & Co\x1b[31m"
    cloud.tenant.name = "<script>&amp;"
    result = sign_in(cloud, output="text")
    equal("\x1b" in result.output + result.errors, False, "escape sequences are passed on")


@case("Ctrl+C while it waits: it ends, and nothing was read")
def _(place, cloud):
    cloud.decision = "never"
    child = subprocess.Popen([presync.CLI, "sign-in", "--tenant", "contoso.com", "--client-id", CLIENT],
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    end = time.monotonic() + 30
    while not cloud.asked("/token") and time.monotonic() < end:
        time.sleep(0.05)
    os.kill(child.pid, signal.SIGINT)
    output, errors = child.communicate(timeout=30)
    equal(child.returncode not in (0, 1, 2, -signal.SIGINT), True, f"{child.returncode} {errors}")
    equal(errors.strip().splitlines()[-1:], ["presync-cli: The sign-in was cancelled."])
    equal(output, "")
    equal(re.findall(r"CRITICAL|WARNING", errors), [])
    equal([r for r in cloud.requests if r.host in GRAPHS], [])
    equal(any(s in errors for s in cloud.secrets), False)


def main():
    with world.World() as place, Cloud(place) as cloud:
        return tap.run({"world": place, "cloud": cloud})


sys.exit(main())

#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A tenant without signing in: whose a domain and every UPN suffix is, in which cloud, and what is no answer."""
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import world  # noqa: E402

world.enter(5)

import kit  # noqa: E402
import presync  # noqa: E402
import tap  # noqa: E402
from cloud_answers import OTHER_TENANT, TENANT  # noqa: E402
from cloud_server import GRAPHS, LOGINS, Cloud, Fault  # noqa: E402
from kit import check, reason, sentence, snapshot, statuses  # noqa: E402
from net_peers import Proxy  # noqa: E402
from tap import contains, equal  # noqa: E402

OPENID = "openid-configuration"


def case(title):
    """each case begins with a cloud that works"""
    def register(function):
        def fresh(place):
            place["cloud"].reset()
            place["world"].trust("public")
            place["world"].resolver(world.RESOLVER)
            function(place["world"], place["cloud"])
        tap.add(title, fresh)
        return function
    return register


@case("a domain of the tenant, one suffix, ours: the rows that need no sign-in are met, the others need an answer")
def _(place, cloud):
    result = check(cloud, "--ldif", snapshot(place.folder, "contoso.com"))
    equal(result.errors.strip(), "")
    statuses(result, cs_tenant="met", cn_tenant="met", cs_custom_domain="met", cn_domain_verified="met",
             cs_custom_domain_suffixes="met", cn_domain_verified_suffixes="met", cs_custom_domain_foreign="met",
             cn_domain_verified_foreign="met", cs_tenant_kind="needs-answer", cn_tenant_kind="needs-answer",
             cs_hybrid_identity_admin="needs-answer", cn_entra_admin="needs-answer", cs_active_sync="needs-answer",
             cn_entra_admin_direct="needs-answer", cs_object_quota="needs-answer", cn_match_features="needs-answer")
    origin = result.conditions()["cs-tenant"]["origin"]
    equal((origin["source"], origin["complete"]), ("tenant", True))
    contains(origin["query"] + origin["target"], "login.microsoftonline.com")
    equal({r.host for r in cloud.requests}, {LOGINS[0]})
    equal([r for r in cloud.requests if r.method == "POST"], [])


@case("a domain that nobody owns: not met in both")
def _(place, cloud):
    result = check(cloud, tenant="nobody.example")
    equal(result.code, presync.NOT_READY, result.errors)
    statuses(result, cs_tenant="not-met", cn_tenant="not-met")


@case("a suffix that nobody verified is advice, one of another tenant is not met, in those words")
def _(place, cloud):
    for owner, foreign in ((None, "met"), (OTHER_TENANT, "not-met")):
        cloud.reset()
        if owner:
            cloud.owners["fabrikam.com"] = owner
        result = check(cloud, "--ldif", snapshot(place.folder, "contoso.com", "fabrikam.com"))
        statuses(result, cs_custom_domain_suffixes="advice", cn_domain_verified_suffixes="advice",
                 cs_custom_domain_foreign=foreign, cn_domain_verified_foreign=foreign, cs_custom_domain="met")
        contains(reason(result, "cs-custom-domain-suffixes"), "fabrikam.com")
    contains(reason(result, "cn-domain-verified-foreign"), "fabrikam.com")
    shown = check(cloud, "--ldif", snapshot(place.folder, "contoso.com", "fabrikam.com"), output="text").output
    contains(" ".join(shown.split()), "owned by another tenant")


@case("users who were not seen may have any suffix: then none is said to be all right")
def _(place, cloud):
    whole = kit.hidden(snapshot(place.folder, "contoso.com"), "uPNSuffixes")
    rows = ("cs_custom_domain_suffixes", "cn_domain_verified_suffixes", "cs_custom_domain_foreign",
            "cn_domain_verified_foreign")
    statuses(check(cloud, "--ldif", whole), **{r: "met" for r in rows})
    cloud.owners["child.contoso.com"] = TENANT
    for part in (kit.hidden(whole, "userPrincipalName"), kit.wider(whole)):
        result = check(cloud, "--ldif", part)
        statuses(result, cs_custom_domain="met", **{r: "unknown" for r in rows})
        contains(reason(result, "cs-custom-domain-foreign"), "Not all users of the forest")
    # what is wrong with those that are known stays so
    cloud.owners["fabrikam.com"] = OTHER_TENANT
    part = kit.wider(kit.hidden(snapshot(place.folder, "contoso.com", "fabrikam.com"), "uPNSuffixes"))
    statuses(check(cloud, "--ldif", part), cs_custom_domain_suffixes="advice", cs_custom_domain_foreign="not-met")


@case("a suffix that is merely offered is no finding: without users who were seen, it is named and nothing is claimed")
def _(place, cloud):
    cloud.owners["fabrikam.com"] = OTHER_TENANT
    cloud.owners["child.contoso.com"] = TENANT
    whole = kit.changed(snapshot(place.folder, "contoso.com"), "uPNSuffixes: contoso.local", "uPNSuffixes: fabrikam.com")
    rows = ("cs_custom_domain_suffixes", "cn_domain_verified_suffixes", "cs_custom_domain_foreign",
            "cn_domain_verified_foreign")
    statuses(check(cloud, "--ldif", whole), **{r: "met" for r in rows})
    result = check(cloud, "--ldif", kit.wider(whole))
    statuses(result, **{r: "unknown" for r in rows})
    contains(reason(result, "cs-custom-domain-foreign"), "“fabrikam.com” belongs to another tenant")
    contains(reason(result, "cs-custom-domain-suffixes"), "“fabrikam.com” is not verified")


@case("only the first domain of the tenant is known: whether a custom one is verified needs a sign-in")
def _(place, cloud):
    result = check(cloud, "--ldif", snapshot(place.folder, "nobody.example"), tenant="contoso.onmicrosoft.com")
    statuses(result, cs_tenant="met", cs_custom_domain="needs-answer", cn_domain_verified="needs-answer",
             cs_custom_domain_suffixes="advice")


@case("the tenant of the hybrid join: the same, another, none")
def _(place, cloud):
    other = snapshot(place.folder, "contoso.com")
    line = "keywords: azureADId:4f1b2c8e-0d6a-4b57-9c3e-7a21d5e8b604\n"
    same = kit.changed(other, line, f"keywords: azureADId:{TENANT}\n")
    none = kit.changed(other, line, "")
    for directory, status in ((same, "met"), (other, "advice"), (none, "not-applicable")):
        result = check(cloud, "--ldif", directory)
        statuses(result, cs_tenant_join=status, cn_tenant_join=status)
    # whose the named domain is does not matter if nobody told
    cloud.faults = [Fault(OPENID, "status", 500)]
    statuses(check(cloud, "--ldif", same), cs_tenant_join="unknown", cn_tenant_join="unknown")


@case("a tenant id in place of a domain")
def _(place, cloud):
    result = check(cloud, "--ldif", snapshot(place.folder, "contoso.com"), tenant=TENANT)
    statuses(result, cs_tenant="met", cn_tenant="met", cs_custom_domain="met")


@case("what people paste: an address, a mail address, blanks around, capitals, other letters")
def _(place, cloud):
    cloud.owners["xn--mnchen-3ya.example"] = TENANT
    for text in ("https://contoso.com/index.html", "anna@contoso.com", "  contoso.com ", "CONTOSO.com",
                 "münchen.example"):
        statuses(check(cloud, tenant=text), cs_tenant="met")


@case("what is no tenant is told before anybody is asked")
def _(place, cloud):
    for text in ("contoso com", "contoso", "192.0.2.7", "https://portal.azure.com/", "", "con_toso..com", "../x.com",
                 "contoso.com?x=y z"):
        result = check(cloud, tenant=text)
        equal(result.code, presync.USAGE, f"{text!r}: {result!r}")
        sentence(result)
    equal(cloud.requests, [])


@case("each cloud has its own servers")
def _(place, cloud):
    for name, login, graph in (("us-government", LOGINS[1], GRAPHS[1]), ("us-government-dod", LOGINS[1], GRAPHS[2]),
                               ("china", LOGINS[2], GRAPHS[3])):
        cloud.reset()
        cloud.graph_of[TENANT] = graph
        result = check(cloud, "--cloud", name)
        statuses(result, cs_tenant="met")
        equal({r.host for r in cloud.requests}, {login}, name)
    # one sign-in service serves both: the tenant's own is asked, and that is told
    for named, graph, own in (("us-government-dod", GRAPHS[1], "L4"), ("us-government", GRAPHS[2], "DoD")):
        cloud.reset()
        cloud.graph_of[TENANT] = graph
        result = check(cloud, "--cloud", named)
        statuses(result, cs_tenant="met")
        contains(result.errors, f"is in the cloud “US Government ({own})”, not “US Government (")
    result = check(cloud, "--cloud", "mars")
    equal(result.code, presync.USAGE)
    sentence(result, "worldwide")


@case("the realm is asked of the same server, and that it fails is no fault")
def _(place, cloud):
    cloud.realms["contoso.com"] = "Federated"
    statuses(check(cloud), cs_tenant="met")
    equal(len(cloud.asked("getuserrealm")) > 0, True)
    for kind, value in (("status", 500), ("raw", b"<html>"), ("redirect", "https://elsewhere.test/realm")):
        cloud.reset()
        cloud.faults = [Fault("getuserrealm", kind, value)]
        result = check(cloud)
        statuses(result, cs_tenant="met")
        equal(result.errors.strip(), "", kind)


def unknown(result, *parts):
    # refused: a certificate; bad input: an answer that is none
    equal(result.code in (presync.UNREACHABLE, presync.REFUSED, presync.BAD_INPUT), True, repr(result))
    statuses(result, cs_tenant="unknown", cn_tenant="unknown")
    said = sentence(result, *parts)
    contains(said, reason(result, "cs-tenant").split(" ", 1)[1].rstrip("."), "the sentence")


@case("answers that are none: unknown, with one sentence that names the server")
def _(place, cloud):
    for kind, value, *parts in (("raw", b'{"issuer":"https://login'), ("raw", b"<html><body>hello</body></html>"),
                                ("raw", b"[]"), ("raw", b"{}"), ("raw", b'"x"'), ("raw", b'{"issuer":7}'),
                                ("raw", b'{"issuer":"https://login.microsoftonline.com/x/v2.0"}'),
                                ("raw", b'{"a":' * 1000 + b"1" + b"}" * 1000), ("raw", b"\xff\xfe{}"), ("raw", b""),
                                ("cut", None), ("huge", 50 * 1024 * 1024), ("reset", None),
                                ("status", 500, "500"), ("status", 403), ("status", 404),
                                ("redirect", "https://elsewhere.test/x", "elsewhere.test"),
                                ("redirect", "http://login.microsoftonline.com/x"),
                                ("redirect", "https://login.microsoftonline.com.elsewhere.test/")):
        cloud.reset()
        cloud.faults = [Fault(OPENID, kind, value)]
        try:
            unknown(check(cloud), "login.microsoftonline.com", *parts)
        except AssertionError as error:
            raise AssertionError(f"{kind} {str(value)[:60]}: {error}") from error


@case("an answer of 50 MB does not fill the memory")
def _(place, cloud):
    cloud.faults = [Fault(OPENID, "huge", 50 * 1024 * 1024)]
    plain = check(cloud, tenant="nobody.example")
    huge = check(cloud)
    equal(huge.memory - plain.memory < 20 * 1024 * 1024, True, f"{plain.memory} and {huge.memory} bytes")


@case("too many requests: waited for, and tried again")
def _(place, cloud):
    for status in (429, 503):
        cloud.reset()
        cloud.faults = [Fault(OPENID, "retry", (status, 1), times=1)]
        statuses(check(cloud), cs_tenant="met")
    cloud.reset()
    cloud.faults = [Fault(OPENID, "retry", (429, 0))]
    unknown(check(cloud), "login.microsoftonline.com", "429")
    equal(len(cloud.asked(OPENID)) <= 4, True, "no more than the retries")


@case("a clock that is wrong: all is read, and one sentence says so")
def _(place, cloud):
    for ahead in (7200, -7200):
        cloud.reset()
        cloud.clock = ahead
        result = check(cloud)
        statuses(result, cs_tenant="met")
        contains(result.errors, "login.microsoftonline.com")
        contains(result.errors, "set this computer’s clock.")
        equal(result.errors.count("\n"), 1, result.errors)


@case("certificates: of an authority nobody knows, out of date, of another name")
def _(place, cloud):
    for named, parts in (({"issuer": "corporate"}, ("Contoso Inspection CA",)), ({"issuer": ""}, ()),
                         ({"first": -30, "last": -1}, ("expired", "clock")),
                         ({"first": 1, "last": 30}, ("not valid before", "clock"))):
        cloud.reset()
        cloud.use(place.keys.certificate(cloud.names, **named))
        unknown(check(cloud), "login.microsoftonline.com", *parts)
        equal(cloud.requests, [], "asked over a connection that nobody vouches for")
    cloud.reset()
    cloud.use(place.keys.certificate(["guest-wlan.example"]))
    unknown(check(cloud), "login.microsoftonline.com", "another server")
    equal(cloud.requests, [])


@case("TLS opened by a device whose authority this computer trusts: it works, and the network rows tell")
def _(place, cloud):
    place.trust("public", "corporate")
    cloud.use(place.keys.certificate(cloud.names, "corporate"))
    statuses(check(cloud), cs_tenant="met")


@case("no name, no server there, no network")
def _(place, cloud):
    place.dns.records[LOGINS[0]] = "no-name"
    unknown(check(cloud), "login.microsoftonline.com", "DNS")
    place.dns.records[LOGINS[0]] = {"A": ["127.0.9.9"]}
    unknown(check(cloud), "login.microsoftonline.com", "refuses")
    place.dns.records[LOGINS[0]] = "failed"
    unknown(check(cloud), "login.microsoftonline.com")
    place.resolver("10.0.0.53")
    unknown(check(cloud), "login.microsoftonline.com", "network")


for _kind, _value in (("hang", 45), ("trickle", None)):
    def _slow(place, cloud, kind=_kind, value=_value):
        cloud.faults = [Fault(OPENID, kind, value)]
        unknown(check(cloud), "login.microsoftonline.com", "seconds")
    case(f"a server that does not come to an end ({_kind}): the program does")(_slow)


@case("a DNS server that is silent: the program ends")
def _(place, cloud):
    place.dns.records[LOGINS[0]] = "silent"
    unknown(check(cloud), "login.microsoftonline.com")


@case("through a proxy; one that wants a sign-in and one that refuses are told apart")
def _(place, cloud):
    with Proxy() as proxy:
        statuses(check(cloud, "--proxy", proxy.url), cs_tenant="met")
        equal({(m, t) for m, t, _ in proxy.requests}, {("CONNECT", "login.microsoftonline.com:443")})
        proxy.requests.clear()
        statuses(check(cloud, environment={"https_proxy": proxy.url}), cs_tenant="met")
        equal(len(proxy.requests) > 0, True, "the proxy of the system's settings is used")
    for kind, part in (("407", "407"), ("403", "403"), ("garbage", "proxy"), ("silent", "proxy")):
        with Proxy(kind=kind) as proxy:
            cloud.reset()
            unknown(check(cloud, "--proxy", proxy.url), "127.0.4.1:8080", part)
            equal(cloud.requests, [])
    result = check(cloud, "--proxy", "http://anna:secret@127.0.4.1:8080")
    equal(result.code, presync.USAGE)
    equal("secret" in result.errors, False, "the password in the sentence")


@case("options that contradict each other")
def _(place, cloud):
    for arguments in (("check", "--cloud", "china"), ("check", "--client-id", TENANT), ("sign-in",),
                      ("sign-in", "--tenant", "contoso.com"),
                      ("sign-in", "--tenant", "contoso.com", "--client-id", "not a guid")):
        result = kit.run(cloud, *arguments)
        equal(result.code, presync.USAGE, str(arguments))
        sentence(result)
    equal(cloud.requests, [])


@case("the sample asks nobody")
def _(place, cloud):
    result = kit.run(cloud, "check", "--sample")
    equal(result.code in presync.VERDICTS, True, result.errors)
    equal((cloud.requests, place.dns.asked), ([], []))


def main():
    with world.World() as place, Cloud(place) as cloud:
        return tap.run({"world": place, "cloud": cloud})


sys.exit(main())

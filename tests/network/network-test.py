#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be reached from this computer: names, domain controllers, every address of Microsoft's lists; each way
in which that fails, and that silence is never taken for an answer."""
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import world  # noqa: E402

world.enter(5)

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import place as places  # noqa: E402
import presync  # noqa: E402
import tap  # noqa: E402
from cloud_answers import TENANT  # noqa: E402
from cloud_server import GRAPHS, LOGINS  # noqa: E402
import kit  # noqa: E402
from kit import reason, statuses, why  # noqa: E402
from net_peers import Peer, Proxy, end  # noqa: E402
from place import CONTROLLERS, DC_PORTS, DOMAIN, HOSTS, MICROSOFT, NOBODY, RECORDS, SPOILED  # noqa: E402
from tap import contains, equal  # noqa: E402

ALL = "proxy,provision-to-ad,seamless-sso,connect-health,pass-through,mfa-admin"
# every row of the network that does not need a federation service
INTERNET = ("cs_ports_out", "cs_urls", "cs_no_tls_inspection", "cn_urls", "cn_no_tls_inspection", "cn_trusted_site",
            "cn_health_urls", "cn_pta_urls", "cn_seamless_sso_urls")
CONTROLLER_ROWS = ("cs_dc_ports", "cn_reach_domains", "cn_dc_ports", "cn_dc_ports_gc")
HERE = "seen from this computer"


def case(title):
    def register(function):
        def fresh(place):
            place.reset()
            function(place)
        tap.add(title, fresh)
        return function
    return register


def all_are(result, status, *rows):
    statuses(result, **dict.fromkeys(rows, status))


@case("nothing is tried unless it is asked for")
def _(place):
    with place.network():
        result = presync.run("check", "--ldif", place.snapshot, "--format", "json")
        all_are(result, "needs-answer", "cs_urls", "cn_urls", "cn_dns", "cn_dc_ports", "cs_no_tls_inspection")
        equal((place.dns.asked, place.microsoft.connections, place.dcs[0].connections), ([], [], []))


@case("everything answers: every row is met, and says from where it was seen")
def _(place):
    with place.network():
        result = place.check(features=ALL)
        all_are(result, "met", *INTERNET, *CONTROLLER_ROWS, "cn_dns")
        equal(result.errors.strip(), "")
        for row in ("cs-urls", "cn-dc-ports", "cn-dns"):
            contains(reason(result, row), HERE)
        equal(result.conditions()["cn-urls"]["origin"]["source"], "network")
        rows = result.json["network"]["rows"]
        equal({tuple(row) for row in rows}, {("subject", "outcome", "text")})
        equal([row for row in rows if row["outcome"] != "reached"], [])
        equal(len(rows) > len(RECORDS) + len(CONTROLLERS), True, f"{len(rows)} rows")
        equal({m for _, m, _, _ in place.microsoft.requests} <= {"GET", "HEAD"}, True)
        equal({p for _, _, _, p in place.microsoft.requests}, {"/"})
        equal({c for dc in place.dcs for c in dc.connections}, {53, 88, 135, 389, 445, 3268})
        asked = {n for n, _ in place.dns.asked}
        equal(sorted(set(RECORDS) - asked), [], "records that were not looked up")
        named = {h for _, _, h, _ in place.microsoft.requests}
        equal(sorted(named - set(HOSTS)), [], "hosts that are not on the lists")


@case("with a tenant that is known its own address is tried too")
def _(place):
    own = TENANT + ".registration.msappproxy.net"
    with place.network():
        statuses(place.check(tenant=DOMAIN), cs_urls="met", cn_urls="met", cs_tenant="met")
        equal(own in {n for n, _ in place.dns.asked}, True)
        place.dns.asked.clear()
        result = place.check(tenant=None)
        statuses(result, cs_urls="unknown", cn_urls="met")
        contains(reason(result, "cs-urls"), "name your tenant first")
        equal([n for n, _ in place.dns.asked if "registration.msappproxy" in n], [], "names with nobody's ID")
        place.dns.records[own] = {"A": [NOBODY]}
        result = place.check(tenant=DOMAIN, features="seamless-sso")
        statuses(result, cs_urls="not-met", cn_seamless_sso_urls="not-met")
        contains(reason(result, "cn-seamless-sso-urls"), own)


@case("ports that only a planned feature needs are left alone")
def _(place):
    with place.network():
        result = place.check()
        all_are(result, "not-applicable", "cs_dc_ports", "cn_dc_ports_gc", "cn_health_urls", "cn_pta_urls")
        equal({c for dc in place.dcs for c in dc.connections}, {53, 88, 135, 389, 445})
        equal("www.office.com" in {n for n, _ in place.dns.asked}, False)


# One address of the registration list goes wrong in one way: (how, its peer, what the row says, words of the reason)
WRONG = [
    ("refused", {}, "not-met", ("refuse",)),
    ("reset", {443: "reset"}, "not-met", ("broken off",)),
    ("of TLS 1.1 only", {443: "tls11"}, "not-met", ("TLS 1.2",)),
    ("silent", {443: "silent"}, "unknown", ("does not answer",)),
    ("mute after the connection", {443: "mute"}, "unknown", ("does not answer",)),
    ("of another name", {443: "https", "certificate": {"names": ["other.example"]}}, "not-met", ("another name",)),
    ("expired", {443: "https", "certificate": {"first": -30, "last": -1}}, "not-met", ("expired",)),
    ("not yet valid", {443: "https", "certificate": {"first": 1, "last": 30}}, "not-met", ("clock",)),
    ("opened by a device", {443: "https", "certificate": {"issuer": "corporate"}}, "not-met", ("Contoso Inspection CA",)),
    ("self-signed", {443: "https", "certificate": {"issuer": ""}}, "not-met", ("trust",)),
]

for _how, _ports, _status, _words in WRONG:
    def _one(place, ports=_ports, status=_status, words=_words):
        ports = dict(ports)
        named = ports.pop("certificate", {})
        certificate = place.keys.certificate(named.pop("names", ["login.live.com"]), **named)
        place.dns.records["login.live.com"] = {"A": [SPOILED]}
        with place.network(), Peer(SPOILED, ports, certificate) as peer:
            result = place.check()
            statuses(result, cs_urls=status, cn_urls="met", cn_dc_ports="met", cs_no_tls_inspection="met")
            for word in ("login.live.com", HERE):
                contains(reason(result, "cs-urls"), word)
            if status == "unknown":
                contains(reason(result, "cs-urls"), words[0])
            why(result, *words)
            equal(peer.requests, [], "sent to a peer nobody vouches for")
    case(f"an address {_how}")(_one)


@case("names: not there is not met; a failing and a silent server are unknown")
def _(place):
    with place.network():
        for told, status in (("no-name", "not-met"), ("failed", "unknown"), ("silent", "unknown")):
            place.reset()
            place.dns.records["login.live.com"] = told
            place.dns.records[RECORDS[0]] = told
            result = place.check()
            statuses(result, cs_urls=status, cn_dns=status, cn_urls="met", cn_dc_ports="met")
            contains(reason(result, "cn-dns"), RECORDS[0])


@case("a revocation list on port 80")
def _(place):
    for ports, status in (({}, "not-met"), ({80: "silent"}, "unknown"), ({80: "reset"}, "not-met")):
        place.reset()
        place.dns.records["crl.microsoft.com"] = {"A": [SPOILED]}
        with place.network(), Peer(SPOILED, ports):
            # one list that answers shows that the port is open
            statuses(place.check(), cs_ports_out="met", cs_urls=status, cn_urls=status, cn_dns="met")


@case("a feature's own addresses")
def _(place):
    for host, feature, row in (("www.office.com", "connect-health", "cn_health_urls"),
                               ("autologon.microsoftazuread-sso.com", "seamless-sso", "cn_seamless_sso_urls"),
                               ("autologon.microsoftazuread-sso.com", "pass-through", "cn_pta_urls"),
                               ("secure.aadcdn.microsoftonline-p.com", "mfa-admin", "cn_trusted_site")):
        place.reset()
        place.dns.records[host] = {"A": [NOBODY]}
        with place.network():
            statuses(place.check(features=feature), **{row: "not-met"})


@case("TLS opened by a device whose authority this computer trusts: reached, and not met all the same")
def _(place):
    place.world.trust("public", "corporate")
    place.cloud.use(place.keys.certificate(place.cloud.names, "corporate"))
    with place.network():
        result = place.check(features="proxy")
        statuses(result, cs_no_tls_inspection="not-met", cn_no_tls_inspection="not-met", cn_urls="met")
        why(result, "Contoso Inspection CA")


@case("a proxy that opens no TLS: that it is set for the agent is a person's answer")
def _(place):
    with place.network():
        statuses(place.check(features="proxy"), cs_proxy="needs-answer")
        for met, status in ((True, "met"), (False, "not-met")):
            answers = kit.answers(place.world.folder, cs_proxy=met)
            statuses(place.check("--answers", answers, features="proxy"), cs_proxy=status)
    # an answer does not outweigh what was seen
    place.world.trust("public", "corporate")
    place.cloud.use(place.keys.certificate(place.cloud.names, "corporate"))
    with place.network():
        statuses(place.check(features="proxy"), cs_proxy="not-met")


@case("TLS opened by a device whose authority nobody trusts")
def _(place):
    place.cloud.use(place.keys.certificate(place.cloud.names, "corporate"))
    with place.network():
        result = place.check(tenant=None)
        statuses(result, cn_no_tls_inspection="not-met", cs_no_tls_inspection="not-met", cn_urls="not-met")
        why(result, "Contoso Inspection CA")


@case("domain controllers: each port of each counts")
def _(place):
    for port, row, status in ((88, "cn_dc_ports", "not-met"), (135, "cn_dc_ports", "not-met"),
                              (389, "cn_dc_ports", "not-met"), (445, "cn_dc_ports", "not-met"),
                              (3268, "cn_dc_ports_gc", "not-met"), (3268, "cs_dc_ports", "not-met"),
                              (445, "cn_dc_ports", "unknown")):
        place.reset()
        spoiled = {p: "open" for p in DC_PORTS} | {port: "silent" if status == "unknown" else "reset"}
        with place.network(dc2=spoiled):
            if status != "unknown":
                end(place.dcs[1].sockets[list(spoiled).index(port)])
            result = place.check(features="provision-to-ad,seamless-sso")
            statuses(result, **{row: status}, cn_reach_domains="met")
            contains(reason(result, row.replace("_", "-")).lower(), "dc02.contoso.com")


@case("port 3268 is asked of global catalogs alone")
def _(place):
    # the last object of the snapshot is the second controller's
    place.snapshot, before = kit.changed(place.snapshot, "options: 1\n\n# presync", "options: 0\n\n# presync"), place.snapshot
    try:
        with place.network(dc2={3268: "reset"}):
            end(place.dcs[1].sockets[DC_PORTS.index(3268)])
            result = place.check(features="provision-to-ad,seamless-sso")
            all_are(result, "met", *CONTROLLER_ROWS)
            equal([3268 in dc.connections for dc in place.dcs], [True, False])
    finally:
        place.snapshot = before


@case("a forest of which one domain's controllers do not show: what is open is no proof, what is closed is one")
def _(place):
    child = ("dn: CN=EMEA,CN=Partitions,CN=Configuration,DC=contoso,DC=com\nobjectClass: crossRef\n"
             "nCName: DC=emea,DC=contoso,DC=com\ndnsRoot: emea.contoso.com\nnETBIOSName: EMEA\nsystemFlags: 3\n\n")
    head = "dn: CN=CONTOSO,CN=Partitions,"
    place.snapshot, before = kit.changed(place.snapshot, head, child + head), place.snapshot
    try:
        for port, status in ((None, "unknown"), (445, "not-met")):
            with place.network(dc2={port: "reset"} if port else {}):
                if port:
                    end(place.dcs[1].sockets[DC_PORTS.index(port)])
                result = place.check(features="seamless-sso")
                statuses(result, cn_dc_ports=status, cn_dc_ports_gc="unknown")
                contains(result.conditions()["cn-dc-ports-gc"]["reason"], "Not all domain controllers of the forest")
    finally:
        place.snapshot = before


@case("one DNS server among the domain controllers is enough")
def _(place):
    with place.network(dc2={53: "silent"}):
        statuses(place.check(), cn_dc_ports="met")


@case("a domain none of whose controllers answers is not reached; if one is silent, that is not known")
def _(place):
    for address in CONTROLLERS:
        place.dns.records[f"dc0{CONTROLLERS.index(address) + 1}.contoso.com"] = {"A": [NOBODY]}
    with place.network():
        statuses(place.check(), cn_reach_domains="not-met", cn_dc_ports="not-met")
    place.reset()
    with place.network(dc1={389: "silent"}, dc2={389: "silent"}):
        statuses(place.check(), cn_reach_domains="unknown", cn_dc_ports="unknown")


@case("through a proxy: Microsoft's addresses go through it, domain controllers never")
def _(place):
    with place.network(), Proxy() as proxy:
        result = place.check("--proxy", proxy.url, features=ALL)
        all_are(result, "met", *INTERNET, *CONTROLLER_ROWS)
        equal([t for _, t, _ in proxy.requests if "contoso.com" in t], [])
        equal({t.split(":")[0] for m, t, _ in proxy.requests if m == "CONNECT"} <= set(HOSTS), True)
        equal([h for _, _, h in proxy.requests if "authorization" in h.lower()], [], "names and passwords for the proxy")
        place.reset()
        proxy.requests.clear()
        statuses(place.check(environment={"https_proxy": proxy.url, "http_proxy": proxy.url}), cs_urls="met")
        equal(len(proxy.requests) > 0, True, "the proxy of the system's settings is used")


@case("a proxy on the way that no setting names: its own answers are not taken for the host's")
def _(place):
    squid = b"X-Squid-Error: ERR_ACCESS_DENIED 0\r\nVia: 1.1 gate (squid)\r\n"
    for head, status, word in ((b"407 Proxy Authentication Required\r\n", "not-met", "407"),
                               (b"511 Network Authentication Required\r\n", "not-met", "511"),
                               (b"403 Forbidden\r\n" + squid, "not-met", "refuses"),
                               (b"503 Service Unavailable\r\n" + squid, "not-met", "503"),
                               (b"403 Forbidden\r\nVia: 1.1 gate (squid)\r\n", "met", "")):
        place.reset()
        answer = b"HTTP/1.1 " + head + b"Content-Length: 0\r\n\r\n"
        with place.network(microsoft={443: "https", 80: answer}):
            result = place.check()
            statuses(result, cs_ports_out=status)
            if word:
                why(result, word)


@case("a proxy that wants a sign-in, one that refuses, one that is none, one that is silent or not there")
def _(place):
    for kind, status, word in (("407", "not-met", "407"), ("403", "not-met", "403"), ("garbage", "not-met", "proxy"),
                               ("silent", "unknown", "proxy")):
        place.reset()
        with place.network(), Proxy(kind=kind) as proxy:
            result = place.check("--proxy", proxy.url, tenant=None)
            statuses(result, cs_urls=status, cn_urls=status, cs_ports_out=status, cn_dc_ports="met")
            if status == "unknown":
                contains(reason(result, "cs-urls"), word)
            why(result, word)
            equal(place.microsoft.connections, [], "gone past the proxy")
    with place.network():
        statuses(place.check("--proxy", "http://127.0.4.1:8080", tenant=None), cs_urls="not-met", cn_dc_ports="met")


@case("a proxy that refuses one address alone")
def _(place):
    with place.network(), Proxy(kind=lambda t: "403" if t.startswith("aadcdn.msftauth.net") else "pass") as proxy:
        result = place.check("--proxy", proxy.url)
        statuses(result, cs_urls="not-met", cn_urls="met")
        contains(reason(result, "cs-urls"), "aadcdn.msftauth.net")


def silent_everywhere(result, named):
    """every row is unknown with a reason; named: {the name that is looked up on the internet: "reached"}, if it was"""
    rows = {n: c for n, c in result.conditions().items() if n.replace("-", "_") in
            (*INTERNET, *CONTROLLER_ROWS, "cn_dns")}
    wrong = {n: (c["status"], c.get("found")) for n, c in rows.items()
             if c["status"] != "unknown" or not c.get("reason") and not c.get("found")}
    equal(wrong, {}, "rows that are not unknown")
    told = {row["subject"]: row["outcome"] for row in result.json["network"]["rows"]
            if row["outcome"] not in ("silent", "no-resolver", "no-network", "not-tried")}
    equal(told, named, "rows of which something is told")
    print(f"# ended after {result.seconds:.1f} s")


SILENT = dict.fromkeys(DC_PORTS, "silent")


@case("every endpoint is silent: all rows are unknown, and it ends")
def _(place):
    # the tenant's servers too
    for name in [n for n, v in place.dns.records.items() if isinstance(v, dict) and v.get("A", [""])[0][:7] == "127.0.1"]:
        place.dns.records[name] = {"A": [MICROSOFT]}
    for record in RECORDS:
        place.dns.records[record] = "silent"
    with place.network(microsoft={443: "silent", 80: "silent"}, dc1=SILENT, dc2=SILENT):
        silent_everywhere(place.check(tenant=None, features=ALL, timeout=60), {LOGINS[0]: "reached"})


@case("the DNS server is silent: all rows are unknown, and it ends")
def _(place):
    place.dns.reset("silent")
    with place.network():
        silent_everywhere(place.check(tenant=None, features=ALL, timeout=60), {})
        equal(place.microsoft.connections, [])


@case("no network at all: all rows are unknown")
def _(place):
    place.world.resolver("10.0.0.53")
    with place.network():
        result = place.check(tenant=None, features=ALL, timeout=60)
        silent_everywhere(result, {})
        equal(len([l for l in result.errors.split("\n") if l]), 1, result.errors)


@case("other clouds: their own addresses; where Microsoft has no list, the row needs an answer")
def _(place):
    place.cloud.graph_of[TENANT] = GRAPHS[1]
    with place.network():
        result = place.check("--cloud", "us-government", tenant=DOMAIN)
        statuses(result, cn_urls="met", cs_no_tls_inspection="met")
        asked = {n for n, _ in place.dns.asked}
        equal(("login.microsoftonline.us" in asked, "login.live.com" in asked), (True, False))
        place.reset()
        place.cloud.graph_of[TENANT] = GRAPHS[3]
        result = place.check("--cloud", "china", tenant=DOMAIN)
        statuses(result, cs_urls="needs-answer", cn_urls="needs-answer")
        equal([n for n in HOSTS if n in {m for m, _ in place.dns.asked} and n.endswith((".com", ".net", ".us"))], [])


def main():
    with world.World() as small, places.open_place(small) as cloud:
        return tap.run(places.Place(small, cloud))


sys.exit(main())

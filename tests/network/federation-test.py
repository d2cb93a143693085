#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The AD FS farm: its name in DNS, its certificate, its ports, and the servers."""
import contextlib
import pathlib
import sys

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "support")]

import world  # noqa: E402

world.enter(4)

import place as places  # noqa: E402
import presync  # noqa: E402
import tap  # noqa: E402
from kit import changed, reason, sentence, snapshot, statuses, why  # noqa: E402
from net_peers import Peer  # noqa: E402
from place import NOBODY  # noqa: E402
from tap import contains, equal  # noqa: E402

FARM, SERVER, SERVICE = "127.0.5.1", "127.0.5.2", "sts.contoso.com"
NAMES = [SERVICE, "certauth." + SERVICE, "enterpriseregistration.contoso.com"]
GOOD = {443: "https", 49443: "https"}
ROWS = ("cn_adfs_dns", "cn_adfs_certificate", "cn_adfs_certificate_registration", "cn_adfs_https", "cn_adfs_certauth",
        "cn_winrm", "cn_dc_ports_adfs")


def case(title):
    def register(function):
        def fresh(place):
            place.reset()
            place.dns.records[SERVICE] = {"A": [FARM]}
            place.dns.records["adfs01.contoso.com"] = {"A": [SERVER]}
            function(place)
        tap.add(title, fresh)
        return function
    return register


@contextlib.contextmanager
def farm(place, ports=None, server=None, names=None, **named):
    certificate = place.keys.certificate(names or NAMES, **named)
    with place.network(), Peer(FARM, GOOD if ports is None else ports, certificate) as peer, \
            Peer(SERVER, {5985: "open"} if server is None else server):
        yield peer


def check(place, *more, **named):
    return place.check("--federation-service", SERVICE, "--federation-server", "adfs01.contoso.com", *more,
                       tenant=None, features="federation", **named)


@case("a good farm: every row is met")
def _(place):
    with farm(place) as peer:
        result = check(place)
        statuses(result, **dict.fromkeys(ROWS, "met"))
        equal({m for _, m, _, _ in peer.requests} <= {"GET", "HEAD"}, True)
        for row in ("cn-adfs-dns", "cn-adfs-certificate", "cn-winrm"):
            contains(reason(result, row), "seen from this computer")
        equal({9389, 5985} <= {c for dc in place.dcs for c in dc.connections}, True)


@case("without a name of the service its rows need an answer")
def _(place):
    with farm(place) as peer:
        result = place.check(tenant=None, features="federation")
        statuses(result, cn_adfs_dns="needs-answer", cn_adfs_certificate="needs-answer", cn_winrm="needs-answer")
        equal(peer.connections, [])


@case("the name is an alias: not met, and the alias is told")
def _(place):
    place.dns.records[SERVICE] = {"CNAME": ["lb.contoso.com"]}
    place.dns.records["lb.contoso.com"] = {"A": [FARM]}
    with farm(place):
        result = check(place)
        statuses(result, cn_adfs_dns="not-met", cn_adfs_https="met")
        why(result, "lb.contoso.com")


@case("the name is not there, or nobody tells it")
def _(place):
    with farm(place):
        for told, status in (("no-name", "not-met"), ("silent", "unknown"), ("failed", "unknown")):
            place.dns.records[SERVICE] = told
            statuses(check(place), cn_adfs_dns=status, cn_adfs_https=status)


@case("certificates: what they lack, their dates, who signed them")
def _(place):
    for named, status, word in (({"names": ["adfs01.contoso.com", NAMES[2]]}, "not-met", SERVICE),
                                ({"first": -30, "last": -1}, "not-met", ""), ({"first": 1, "last": 30}, "not-met", ""),
                                ({"issuer": ""}, "not-met", ""),
                                # the sync server may trust an authority that this computer does not
                                ({"issuer": "unknown"}, "unknown", "Nobody")):
        with farm(place, **named):
            result = check(place)
            statuses(result, cn_adfs_certificate=status, cn_adfs_certificate_registration="met", cn_adfs_dns="met")
            contains(reason(result, "cn-adfs-certificate"), word)


@case("a wildcard covers one label; a company's own authority is good if this computer trusts it")
def _(place):
    with farm(place, names=["*.contoso.com"]):
        statuses(check(place), cn_adfs_certificate="met")
    with farm(place, names=["*.com"]):
        statuses(check(place), cn_adfs_certificate="not-met")
    place.world.trust("public", "corporate")
    with farm(place, issuer="corporate"):
        statuses(check(place), cn_adfs_certificate="met")


@case("every UPN suffix in use has its own name on the certificate, for devices that are registered")
def _(place):
    with farm(place, names=NAMES[:2]):
        result = check(place)
        statuses(result, cn_adfs_certificate="met", cn_adfs_certificate_registration="advice")
        contains(reason(result, "cn-adfs-certificate-registration"), "enterpriseregistration.contoso.com")
    place.snapshot, before = snapshot(place.world.folder, "contoso.com", "fabrikam.com"), place.snapshot
    try:
        with farm(place):
            result = check(place)
            statuses(result, cn_adfs_certificate="met", cn_adfs_certificate_registration="advice")
            contains(reason(result, "cn-adfs-certificate-registration"), "enterpriseregistration.fabrikam.com")
        with farm(place, names=[*NAMES, "enterpriseregistration.fabrikam.com"]):
            statuses(check(place), cn_adfs_certificate_registration="met")
    finally:
        place.snapshot = before


# (what the farm's ports are like, its ports, the rows then)
PORTS = [("443 refuses", {49443: "https"}, {"cn_adfs_https": "not-met"}),
         ("443 is silent", {443: "silent", 49443: "https"}, {"cn_adfs_https": "unknown", "cn_adfs_certificate": "unknown"}),
         ("49443 refuses", {443: "https"}, {"cn_adfs_https": "met", "cn_adfs_certauth": "advice"}),
         ("49443 is silent", {443: "https", 49443: "silent"}, {"cn_adfs_certauth": "unknown"})]

for _how, _ports, _rows in PORTS:
    def _one(place, ports=_ports, rows=_rows):
        with farm(place, ports=ports):
            statuses(check(place), **rows)
    case(f"the farm's port {_how}")(_one)


for _how, _server, _status in (("refuses", {}, "not-met"), ("is silent", {5985: "silent"}, "unknown")):
    def _winrm(place, server=_server, status=_status):
        with farm(place, server=server):
            result = check(place)
            statuses(result, cn_winrm=status)
            why(result, "adfs01.contoso.com")
    case(f"WinRM of a server {_how}")(_winrm)


@case("the servers' version of Windows comes from the directory")
def _(place):
    place.dns.records["sync01.contoso.com"] = {"A": [SERVER]}
    with farm(place):
        arguments = ("--federation-service", SERVICE, "--federation-server", "sync01.contoso.com")
        statuses(place.check(*arguments, features="federation"), cn_adfs="met", cn_winrm="met")
        place.snapshot, before = changed(place.snapshot, "operatingSystemVersion: 10.0 (14393)",
                                         "operatingSystemVersion: 6.2 (9200)"), place.snapshot
        try:
            statuses(place.check(*arguments, features="federation"), cn_adfs="not-met", cn_winrm="met")
        finally:
            place.snapshot = before
        # a server without a computer object is never met
        result = place.check(*arguments, "--federation-server", "adfs01.contoso.com", features="federation")
        equal(result.statuses()["cn-adfs"] in ("unknown", "needs-answer", "not-met"), True, reason(result, "cn-adfs"))
    with farm(place, ports={49443: "https"}):
        statuses(place.check(*arguments, features="federation"), cn_adfs="not-met")


@case("the domain controllers' ports that AD FS needs")
def _(place):
    place.dns.records["dc02.contoso.com"] = {"A": [NOBODY]}
    with farm(place):
        statuses(check(place), cn_dc_ports_adfs="not-met")


@case("names that are none")
def _(place):
    for arguments in (("--federation-service", "https://sts.contoso.com/"), ("--federation-service", "sts contoso"),
                      ("--federation-server", "a/b")):
        result = presync.run("check", "--ldif", place.snapshot, "--network", *arguments)
        equal(result.code, presync.USAGE, str(arguments))
        sentence(result)


def main():
    with world.World() as small, places.open_place(small) as cloud:
        return tap.run(places.Place(small, cloud))


sys.exit(main())

# SPDX-License-Identifier: GPL-3.0-or-later
"""Contoso's network as the tests want it: every address of Microsoft's lists, two domain controllers, the records
that point to them; a test spoils what it wants."""
import contextlib
import re
import sys

import presync
from cloud_answers import TENANT
from cloud_server import GRAPH_ADDRESS, GRAPHS, LOGIN_ADDRESS, LOGINS, Cloud
from net_peers import Peer

sys.path.insert(0, str(presync.SOURCE / "tests" / "tenant"))

import kit  # noqa: E402

MICROSOFT, CONTROLLERS, SPOILED = "127.0.2.1", ("127.0.3.1", "127.0.3.2"), "127.0.2.9"
NOBODY = "127.0.9.9"
DC_PORTS = (53, 88, 135, 389, 445, 3268, 5985, 9389)
DOMAIN = "contoso.com"
HOSTS = sorted(set(re.findall(r'"((?:[a-z0-9-]+\.)+[a-z]+)", (?:443|80),',
                              (presync.SOURCE / "src/sources/network/endpoint.c").read_text()))
               | {TENANT + ".registration.msappproxy.net"})
RECORDS = [f"_ldap._tcp.{DOMAIN}", f"_ldap._tcp.dc._msdcs.{DOMAIN}", f"_ldap._tcp.pdc._msdcs.{DOMAIN}",
           f"_kerberos._tcp.dc._msdcs.{DOMAIN}", f"_ldap._tcp.gc._msdcs.{DOMAIN}", f"_gc._tcp.{DOMAIN}"]


class Place:
    def __init__(self, world, cloud):
        self.world, self.cloud, self.dns, self.keys = world, cloud, world.dns, world.keys
        self.snapshot = kit.snapshot(world.folder, DOMAIN)
        self.good = world.keys.certificate(HOSTS)

    def reset(self):
        self.cloud.names = sorted({*LOGINS, *GRAPHS, *HOSTS})
        self.cloud.reset()
        self.world.trust("public")
        self.world.resolver("127.0.0.53")
        for host in HOSTS:
            own = GRAPH_ADDRESS if host in GRAPHS else LOGIN_ADDRESS if host in LOGINS else MICROSOFT
            self.dns.records[host] = {"A": [own]}
        for number, address in enumerate(CONTROLLERS, 1):
            self.dns.records[f"dc0{number}.{DOMAIN}"] = {"A": [address]}
        for record in RECORDS:
            port = 88 if "kerberos" in record else 3268 if "gc" in record else 389
            self.dns.records[record] = {"SRV": [(port, f"dc0{n}.{DOMAIN}") for n in (1, 2)]}

    @contextlib.contextmanager
    def network(self, **spoiled):
        """the peers; spoiled: microsoft=, dc1=, dc2=: ports of those, in place of the good ones"""
        everything = dict.fromkeys(DC_PORTS, "open")
        with contextlib.ExitStack() as stack:
            self.microsoft = stack.enter_context(Peer(MICROSOFT, spoiled.get("microsoft", {443: "https", 80: "http"}),
                                                      self.good))
            self.dcs = [stack.enter_context(Peer(address, {**everything, **spoiled.get(f"dc{n}", {})}))
                        for n, address in enumerate(CONTROLLERS, 1)]
            yield self

    def check(self, *more, tenant=DOMAIN, features="", **named):
        arguments = ["check", "--network", "--ldif", self.snapshot]
        if tenant:
            arguments += ["--tenant", tenant]
        if features:
            arguments += ["--features", features]
        result = kit.run(self.cloud, *arguments, *more, **named)
        if result.code not in (*presync.VERDICTS, presync.UNREACHABLE):
            raise AssertionError(repr(result))
        return result


def open_place(world):
    """the cloud to enter, and what gives a Place once it is"""
    return Cloud(world)

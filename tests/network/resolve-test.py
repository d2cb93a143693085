#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names as src/base/resolve.c looks them up: whole names are asked for as they are, short ones in the search list,
and a service that is said not to be there is not found."""
import pathlib
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import world  # noqa: E402

world.enter()

import tap  # noqa: E402
from tap import case, equal  # noqa: E402

PROBE = sys.argv.pop(1)
# GResolverError
NOT_FOUND, TEMPORARY = "error 0", "error 1"
WILD = {"A": ["127.0.9.9"]}


def look_up(*names):
    result = subprocess.run([PROBE, *names], capture_output=True, text=True, timeout=60, check=True)
    return result.stdout.splitlines()


def search(here, options=""):
    """two domains are searched; the second has a wildcard, as some companies' have"""
    here.dns.reset()
    here.dns.records.update({"dc01.contoso.com": {"A": ["127.0.3.1"]}, "dc02.contoso.com": "no-name",
                             "dc01.wild.test": WILD, "dc02.wild.test": WILD, "dc02.contoso.com.wild.test": WILD,
                             "dc02.contoso.com.contoso.com": "no-name"})
    here.resolver(f"{world.RESOLVER}\nsearch contoso.com wild.test\n{options}")


@case("a whole name that does not exist is not found in the search list")
def _(here):
    for options in ("", "options ndots:5\n"):
        search(here, options)
        equal(look_up("dc02.contoso.com", "dc02.contoso.com.", "dc01.contoso.com"),
              [NOT_FOUND, NOT_FOUND, "127.0.3.1 dc01.contoso.com"], options)
        equal({n for n, _ in here.dns.asked}, {"dc01.contoso.com", "dc02.contoso.com"})


@case("a name without a dot is looked for there, also after a whole one in the same program")
def _(here):
    search(here)
    equal(look_up("dc02.contoso.com", "dc01", "dc02"),
          [NOT_FOUND, "127.0.3.1 dc01.contoso.com", "127.0.9.9 dc02.wild.test"])


@case("addresses, names that end in a dot, and those of /etc/hosts")
def _(here):
    search(here)
    equal(look_up("127.0.0.7", "dc01.contoso.com."), ["127.0.0.7 127.0.0.7", "127.0.3.1 dc01.contoso.com"])
    here.add_hosts("127.0.3.9 printer.local dc09.contoso.com\n")
    equal([line.split()[0] for line in look_up("printer.local", "dc09.contoso.com", "localhost")],
          ["127.0.3.9", "127.0.3.9", "127.0.0.1"])


@case("a failing server is no certainty")
def _(here):
    search(here)
    here.dns.records["dc01.contoso.com"] = "failed"
    equal(look_up("dc01.contoso.com"), [TEMPORARY])


@case("records of services; the target “.” says that there is none")
def _(here):
    here.dns.reset()
    here.resolver(world.RESOLVER)
    here.dns.records.update({"_ldap._tcp.contoso.com": {"SRV": [(389, "dc01.contoso.com")]},
                             "_gc._tcp.contoso.com": {"SRV": [(0, ".")]},
                             "_kerberos._tcp.contoso.com": "failed"})
    equal(look_up("_ldap._tcp.contoso.com", "_gc._tcp.contoso.com", "_sip._tcp.contoso.com",
                  "_kerberos._tcp.contoso.com"), ["389 dc01.contoso.com", NOT_FOUND, NOT_FOUND, TEMPORARY])


def main():
    with world.World() as here:
        return tap.run(here)


sys.exit(main())

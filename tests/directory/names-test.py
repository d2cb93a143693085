#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What other sources are told of: the UPN suffixes that users have, as a live domain controller counts them, and the
computer objects of AD FS servers."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

import controller  # noqa: E402
import tap  # noqa: E402
from people import ADMINISTRATOR, OLGA, Facts, changed, gone_after, probe, users  # noqa: E402
from tap import case, equal  # noqa: E402

controller.become_root()
SUFFIXES = "domain.upn-suffixes-in-use"


def seen(dc, *more, who=ADMINISTRATOR):
    return Facts(probe(dc, *more, who=who, ldif=None, server=None))


@case("the suffixes that users have, in lower case, each once")
def _(dc):
    equal(seen(dc, "--count")[SUFFIXES], "presync.test")
    with changed(dc, users(dc, "otto"), userPrincipalName="otto@Fabrikam.Example"):
        found = seen(dc, "--count")
        equal(found[SUFFIXES], "fabrikam.example | presync.test")
        equal(found.subjects[SUFFIXES], "presync.test")
        equal(seen(dc, "--count", who=OLGA)[SUFFIXES], "fabrikam.example | presync.test", "an ordinary user")
    equal(seen(dc, "--count")[SUFFIXES], "presync.test")


@case("they cost no read of their own: the objects are counted as before")
def _(dc):
    before = int(seen(dc, "--count")["domain.objects"])
    dn = dc.add_user("paula")
    with gone_after(dc, dn):
        equal(int(seen(dc, "--count")["domain.objects"]), before + 1)


@case("a computer that joined from Linux has no suffix that counts")
def _(dc):
    dn = dc.add_computer("LINUX01", userPrincipalName="host/linux01.presync.test@PRESYNC.LINUX")
    with gone_after(dc, dn):
        equal(seen(dc, "--count")[SUFFIXES], "presync.test")


@case("AD FS servers: their system, their absence, none without a name")
def _(dc):
    dn = dc.add_computer("ADFS01", version="10.0 (17763)")
    with gone_after(dc, dn):
        for name in ("adfs01", "ADFS01.presync.test"):
            found = seen(dc, "--federation-server", name)
            equal((found["adfs.in-directory"], found["adfs.os-build"]), ("yes", "17763"), name)
        found = seen(dc, "--federation-server", "adfs02")
        equal((found["adfs.in-directory"], found["adfs.os-build"]), ("no", "?not-offered"))
        found = seen(dc, "--federation-server", "adfs01.elsewhere.test")
        equal(found["adfs.in-directory"], "?not-offered")
        with changed(dc, dn, operatingSystemVersion=None):
            equal(seen(dc, "--federation-server", "adfs01")["adfs.os-build"], "?no-right")
    equal([key for key in seen(dc) if key.startswith("adfs.")], [])


@case("the writable controllers of the forest, and those of them that are global catalogs")
def _(dc):
    settings = str(dc.samdb.get_dsServiceName())
    for who in (ADMINISTRATOR, OLGA):
        found = seen(dc, "--count", who=who)
        equal((found["forest.domain-controllers"].lower(), found["forest.global-catalogs"].lower()),
              (dc.host.lower(), dc.host.lower()))
        equal(found.subjects["forest.domain-controllers"], "presync.test")
    # a forest has one: it is hidden
    with changed(dc, settings, options="4"):
        found = seen(dc, "--count")
        equal((found["forest.domain-controllers"].lower(), found["forest.global-catalogs"]), (dc.host.lower(), "?no-right"))


def main():
    with controller.Controller() as dc:
        for name in ("olga", "otto"):
            dc.add_user(name)
        return tap.run(dc)


sys.exit(main())

#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ways to reach and sign in to a live domain controller, and what is said when one fails."""
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

import certificates  # noqa: E402
import controller  # noqa: E402
import presync  # noqa: E402
import tap  # noqa: E402
from tap import case, equal  # noqa: E402

controller.become_root()


def succeeds(result):
    if result.code not in presync.VERDICTS:
        raise AssertionError(f"no verdict: {result!r}")
    equal(result.statuses()["cs-forest-functional-level"], "met")
    equal(result.errors, "", "standard error")


def fails(result, code, *names):
    equal(result.code, code, f"exit status of {result!r}")
    presync.one_sentence(result, *names)


def status_is(result, condition, status):
    found = result.conditions()[condition]
    equal(found["status"], status, f"{condition} ({found['reason']}), {result!r}")


@case("LDAPS by UPN, by DN and by DOMAIN\\user")
def _(dc):
    for name in (dc.administrator, f"CN=Administrator,CN=Users,{dc.base}", f"{dc.domain}\\Administrator"):
        succeeds(presync.check(dc.ldaps, dc.authority, name))


@case("StartTLS")
def _(dc):
    succeeds(presync.check(dc.ldap, dc.authority, more=["--starttls"]))


@case("an explicit port")
def _(dc):
    succeeds(presync.check(dc.ldaps + ":636", dc.authority))
    succeeds(presync.check(dc.ldap + ":389", dc.authority, more=["--starttls"]))


@case("Kerberos with the ticket at hand, plain (sealed)")
def _(dc):
    result = presync.run("check", "--format", "json", "--directory", dc.ldap, "--kerberos",
                         environment=dc.kinit())
    succeeds(result)


@case("Kerberos over TLS")
def _(dc):
    # The server must be told to accept GSSAPI inside TLS; this one says no, which is told.
    result = presync.run("check", "--format", "json", "--directory", dc.ldaps, "--kerberos",
                         "--ca-file", dc.authority, environment=dc.kinit())
    if result.code not in presync.VERDICTS:
        fails(result, presync.REFUSED, dc.address)
    with controller.Controller("--strong-auth", "allow_sasl_over_tls") as lenient:
        succeeds(presync.run("check", "--format", "json", "--directory", lenient.ldaps, "--kerberos",
                             "--ca-file", lenient.authority, environment=lenient.kinit()))


@case("Kerberos without a ticket")
def _(dc):
    environment = {**dc.kinit(), "KRB5CCNAME": "FILE:/nonexistent/ticket"}
    fails(presync.run("check", "--format", "json", "--directory", dc.ldap, "--kerberos",
                      environment=environment), presync.REFUSED, dc.address)


@case("a domain name: controllers are found by DNS")
def _(dc):
    with presync.PasswordFile(dc.password) as path:
        done = presync.run("check", "--format", "json", "--directory", dc.realm.lower(), "--ca-file", dc.authority,
                           "--sign-in-as", dc.administrator, "--password-file", path,
                           prefix=[controller.TOOL, "exec", dc.folder, "--"])
    succeeds(done)


@case("a password over an unencrypted connection is refused before anything is sent")
def _(dc):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.setblocking(False)
        port = listener.getsockname()[1]
        result = presync.check(f"ldap://127.0.0.1:{port}")
        equal(result.code, presync.REFUSED, repr(result))
        presync.one_sentence(result)
        try:
            listener.accept()
            raise AssertionError("a connection was made")
        except BlockingIOError:
            pass


@case("wrong password: refused, names the server, keeps the password to itself")
def _(dc):
    result = presync.check(dc.ldaps, dc.authority, password="Wr0ng.Geheim77")
    fails(result, presync.REFUSED, dc.address)
    if "Geheim77" in result.errors + result.output:
        raise AssertionError("the password was printed")
    statuses = set(result.statuses().values())
    if "met" in {result.statuses()[c] for c in ("cs-forest-functional-level", "cn-netbios-dotted")}:
        raise AssertionError("met without having read")
    if not statuses:
        raise AssertionError("the checklist was not printed")


@case("disabled and locked accounts are told apart from a wrong password")
def _(dc):
    olga = dc.add_user("olga")
    dc.set(olga, userAccountControl=514)
    result = presync.check(dc.ldaps, dc.authority, name="olga@presync.test", password="User.Passw0rd1")
    fails(result, presync.REFUSED, dc.address)
    tap.contains(result.errors.lower(), "disabled")
    dc.set(olga, userAccountControl=512)
    dc.set(dc.base, lockoutThreshold=2)
    try:
        for _ in range(3):
            wrong = presync.check(dc.ldaps, dc.authority, name="olga@presync.test", password="x")
        fails(wrong, presync.REFUSED, dc.address)
        locked = presync.check(dc.ldaps, dc.authority, name="olga@presync.test", password="User.Passw0rd1")
        fails(locked, presync.REFUSED, dc.address)
        tap.contains(locked.errors.lower(), "locked")
    finally:
        dc.set(dc.base, lockoutThreshold=0)
        dc.delete(olga)


@case("unknown host")
def _(dc):
    fails(presync.check("ldaps://dc9.presync.invalid"), presync.UNREACHABLE, "dc9.presync.invalid")


@case("refused port")
def _(dc):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    fails(presync.check(f"ldaps://127.0.0.1:{port}"), presync.UNREACHABLE, f"127.0.0.1:{port}")


@case("a certificate of an authority that is not trusted is refused, with its subject and fingerprint")
def _(dc):
    with tempfile.TemporaryDirectory() as folder:
        certificates.make_authority(folder, "other", "Another authority")
        for authority in (None, f"{folder}/other.pem"):
            for server, more in ((dc.ldaps, []), (dc.ldap, ["--starttls"])):
                result = presync.check(server, authority, more=more)
                if result.code not in (presync.UNREACHABLE, presync.REFUSED):
                    raise AssertionError(repr(result))
                tap.contains(result.errors, dc.address)
                tap.contains(result.errors.lower(), "certificate")


@case("a missing authority file is told before connecting")
def _(dc):
    result = presync.check(dc.ldaps, "/nonexistent/ca.pem")
    if result.code not in (presync.USAGE, presync.BAD_INPUT):
        raise AssertionError(repr(result))
    presync.one_sentence(result, "/nonexistent/ca.pem")


@case("bad addresses are usage errors")
def _(dc):
    for address in ("http://dc1", "ldaps://", "ldaps://dc1:99999", "ldaps://user@dc1", "ldaps://dc1/DC=x", "ldaps://[::1"):
        result = presync.check(address)
        equal(result.code, presync.USAGE, f"{address}: {result!r}")
        presync.one_sentence(result)


@case("a controller that stops: the next check says that it cannot be reached")
def _(dc):
    with controller.Controller() as gone:
        succeeds(presync.check(gone.ldaps, gone.authority))
        subprocess.run([controller.TOOL, "stop", gone.folder], check=True, capture_output=True)
        result = presync.check(gone.ldaps, gone.authority)
        fails(result, presync.UNREACHABLE, gone.address)
        if "met" == result.statuses()["cs-forest-functional-level"]:
            raise AssertionError("met without having read")


@case("a read-only domain controller: the writable one is asked for")
def _(dc):
    # Processes of their own: the two replicate with each other and ask each other, and a single
    # process that waits for the other answers nobody meanwhile, neither LDAP nor Kerberos.
    with controller.Controller(model="prefork") as primary:
        with controller.Controller("RODC", primary=primary) as rodc:
            # the ticket comes from the writable controller: the read-only one would have to ask it
            result = presync.run("check", "--format", "json", "--directory", rodc.ldap, "--kerberos",
                                 environment=primary.kinit())
            if result.code not in presync.VERDICTS:
                raise AssertionError(repr(result))
            status_is(result, "cn-writable-dc", "not-met")
            result = presync.check(primary.ldaps, primary.authority)
            status_is(result, "cn-writable-dc", "met")


@case("the programs import no function that writes to a directory")
def _(dc):
    for program in (presync.CLI, presync.APP):
        if not os.path.exists(program):
            raise AssertionError(f"{program} is not built")
        symbols = subprocess.run(["nm", "-D", "--undefined-only", program], capture_output=True, text=True,
                                 check=True).stdout
        for line in symbols.splitlines():
            name = line.split()[-1].split("@")[0]
            if name.startswith(("ldap_add", "ldap_modify", "ldap_delete", "ldap_rename", "ldap_modrdn", "ldap_passwd")):
                raise AssertionError(f"{program.name} imports {name}")


@case("five checks at once do not disturb each other")
def _(dc):
    import concurrent.futures
    start = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor() as pool:
        for result in pool.map(lambda _: presync.check(dc.ldaps, dc.authority), range(5)):
            succeeds(result)
    print(f"# five in {time.monotonic() - start:.1f} s")


def main():
    with controller.Controller() as dc:
        return tap.run(dc)


sys.exit(main())

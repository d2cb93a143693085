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
import people  # noqa: E402
import presync  # noqa: E402
import tap  # noqa: E402
from tap import case, contains, equal  # noqa: E402

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


PROBE = presync.BUILD / "tests" / "directory" / "ldap-probe"
ACCOUNT_KEYS = ("cloud-admin.", "connect-admin.", "gmsa.", "connector.", "service.")


class Watched:
    """what ldap-probe tells, as [(milliseconds, words)]"""

    def __init__(self, dc, *arguments, meanwhile=None):
        with presync.PasswordFile(dc.password) as path:
            self.started = time.monotonic()
            with subprocess.Popen([PROBE, "--ca-file", dc.authority, "--user", dc.administrator,
                                   "--password-file", path, *arguments, dc.ldaps], text=True,
                                  stdout=subprocess.PIPE, env=dict(os.environ)) as child:
                self.lines = []
                for line in child.stdout:
                    at, _, rest = line.strip().partition(" ")
                    if at.isdigit():  # a certificate's text has several lines
                        self.lines.append((int(at), rest))
                    if meanwhile and " ".join(rest.split()[:2]) == "end ok":
                        meanwhile()
            equal(child.returncode, 0, f"exit status of ldap-probe: {self.lines}")

    def at(self, beginning, nth=0):
        found = [at for at, rest in self.lines if rest.startswith(beginning)]
        if len(found) <= nth:
            raise AssertionError(f"{beginning!r} is not among {self.lines[-40:]}")
        return found[nth]

    def since(self, beginning):
        """what follows the first line that begins so"""
        index = next(i for i, (_, rest) in enumerate(self.lines) if rest.startswith(beginning))
        return [rest for _, rest in self.lines[index + 1:]]

    def facts_since(self, beginning):
        return [rest for rest in self.since(beginning) if rest.startswith("fact ")]


def sid_of(dc, name):
    from samba.dcerpc import security
    from samba.ndr import ndr_unpack
    return str(ndr_unpack(security.dom_sid, bytes(dc.search(name, attributes=["objectSid"])[0]["objectSid"][0])))


def only_accounts(facts):
    for fact in facts:
        if not fact.split()[1].startswith(ACCOUNT_KEYS):
            raise AssertionError(f"read again: {fact}")


@case("an account that is named while changes are followed is read at once, and nothing else")
def _(dc):
    watched = Watched(dc, "--watch", "4", "--account", "connect-admin=Administrator",
                      "--rename", "+1000:connector=nobody", "--rename", "+1200:connector=Guest")
    took = watched.at(f"fact connector.exists [{dc.domain}\\Guest] = yes") - watched.at("rename connector=Guest")
    print(f"# {took} ms")
    only_accounts(watched.facts_since("rename connector=nobody"))
    for line in watched.since("rename connector=Guest"):
        if "nobody" in line:
            raise AssertionError(f"told of the former name: {line}")
        # the next state is that of the end
        if line.startswith(("state", "stage")) and not line.startswith("state 3"):
            raise AssertionError(f"moved: {line}")


@case("a right that is granted on the domain's head while changes are followed is pushed")
def _(dc):
    import samba.sd_utils
    user = dc.add_user("svc")
    sid = sid_of(dc, user)
    granted = []

    def grant():
        time.sleep(1)
        # through the server, which tells its listeners: Reset Password on all users below
        samba.sd_utils.SDUtils(dc.over_ldap()).dacl_add_ace(
            dc.base, f"(OA;CIIO;CR;00299570-246d-11d0-a768-00aa006e0529;bf967aba-0de6-11d0-a285-00aa003049e2;{sid})")
        granted.append(time.monotonic())

    old = dc.search(dc.base, attributes=["nTSecurityDescriptor"])[0]["nTSecurityDescriptor"]
    try:
        watched = Watched(dc, "--watch", "4", "--account", "connector=svc", meanwhile=grant)
    finally:
        dc.set(dc.base, nTSecurityDescriptor=bytes(old[0]))
        dc.delete(user)
    told = [(at, rest) for at, rest in watched.lines if rest.startswith("fact connector.reset-password [")]
    equal([rest.rsplit("= ", 1)[-1] for _, rest in told][:2], ["missing for user", "granted"])
    # what is not pushed is read again after thirty seconds, long after this watch has ended
    print(f"# {told[1][0] - (granted[0] - watched.started) * 1000:.0f} ms")


@case("a trace that appears while changes are followed is seen by the next poll")
def _(dc):
    name = f"CN=AZUREADSSOACC,CN=Computers,{dc.base}"

    def make():
        dc.add(name, dc.over_ldap(), objectClass="computer", sAMAccountName="AZUREADSSOACC$")

    try:
        watched = Watched(dc, "--watch", "6", meanwhile=make)
    finally:
        dc.delete(name)
    told = [rest.rsplit("= ", 1)[-1] for _, rest in watched.lines if rest.startswith("fact forest.sso-account [")]
    equal(told[0], "no")
    equal(told[-1], "yes")


@case("an account that is named during a check is read before its end")
def _(dc):
    for delay in (1, 40, 80, 160):
        watched = Watched(dc, "--account", "connector=nobody", "--rename", f"{delay}:connector=Guest", "--stay", "1")
        told = [rest for _, rest in watched.lines if rest.startswith("fact connector.exists")]
        if "Guest" not in told[-1] or "= yes" not in told[-1].lower():
            raise AssertionError(f"named after {delay} ms: {told}")
        for line in watched.since("rename"):
            if "nobody" in line:
                raise AssertionError(f"told of the former name: {line}")


@case("an account that is named after a check is read on a connection of its own")
def _(dc):
    watched = Watched(dc, "--stay", "2", "--rename", "+300:connector=Guest")
    told = watched.since("rename")
    if not any(rest.startswith("fact connector.exists") and "Guest" in rest for rest in told):
        raise AssertionError(told)
    only_accounts(watched.facts_since("rename"))
    for line in told:
        if line.startswith(("state", "stage")):
            raise AssertionError(f"moved: {line}")


@case("an account that is named when the controller has stopped is unknown, with the reason")
def _(dc):
    with controller.Controller() as gone:
        watched = Watched(gone, "--stay", "4", "--rename", "+2000:connector=Guest", meanwhile=lambda: subprocess.run(
            [controller.TOOL, "stop", gone.folder], check=True, capture_output=True))
    told = watched.facts_since("rename")
    only_accounts(told)
    if not told or not all(" ? " in fact and gone.address in fact for fact in told):
        raise AssertionError(told)


@case("an account that is named while the connection is lost is unknown, and read when it is back")
def _(dc):
    with controller.Controller() as restarted:
        def restart():
            for verb in ("stop", "start"):
                subprocess.run([controller.TOOL, verb, restarted.folder], check=True, capture_output=True)
        # the first try to mend it comes after a second
        watched = Watched(restarted, "--watch", "5", "--rename", "+400:connector=Guest", meanwhile=restart)
    if not watched.at("state 5") < watched.at("rename") < watched.at("state 4", 1):
        raise AssertionError(watched.lines)
    told = [fact for fact in watched.facts_since("rename") if fact.startswith("fact connector.exists")]
    if len(told) != 2 or " ? " not in told[0] or not told[1].endswith("= yes"):
        raise AssertionError(told)


@case("named accounts: told in the JSON, and a snapshot that was recorded with them answers the same")
def _(dc):
    names = ["--admin", "Administrator", "--connector", f"{dc.domain}\\Guest", "--gmsa", "nobody$",
             "--service", "NT SERVICE\\ADSync", "--group-unit", f"CN=Users,{dc.base}",
             "--hybrid-admin", "ha@presync.onmicrosoft.com", "--features", "password-writeback,group-writeback"]
    live = presync.check(dc.ldaps, dc.authority, more=names)
    succeeds(live)
    equal(live.json["accounts"], {
        "cloud-admin": "Administrator", "connect-admin": "Administrator", "gmsa": "nobody$",
        "connector": f"{dc.domain}\\Guest", "service": "NT SERVICE\\ADSync",
        "group-unit": f"CN=Users,{dc.base}", "hybrid-admin": "ha@presync.onmicrosoft.com"})
    status_is(live, "cn-connector-plain-user", "met")
    with tempfile.TemporaryDirectory() as folder, presync.PasswordFile(dc.password) as path:
        file = os.path.join(folder, "snapshot.ldif")
        done = presync.run("record", "--directory", dc.ldaps, "--ca-file", dc.authority, "--sign-in-as",
                           dc.administrator, "--password-file", path, *names, "-o", file)
        equal(done.code, 0, f"record: {done.errors}")
        recorded = presync.run("check", "--format", "json", "--ldif", file, *names)
        unnamed = presync.run("check", "--format", "json", "--ldif", file)
    different = {n: (s, recorded.statuses()[n]) for n, s in live.statuses().items() if recorded.statuses()[n] != s}
    equal(different, {}, "live and recorded differ")
    equal(unnamed.json["accounts"], {})


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
            # of the two only the writable one is a controller whose ports are needed
            found = {key: text for key, _, _, text in people.probe(primary, "--count")}
            equal((found["forest.domain-controllers"].lower(), found["forest.global-catalogs"].lower()),
                  (primary.host.lower(), primary.host.lower()))
            contains(found["domain.read-only-controllers"].lower(), rodc.host.lower())


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

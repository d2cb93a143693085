#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""presync-sql over the real FreeTDS driver, against SQL Servers good and bad."""
import concurrent.futures
import os
import pathlib
import signal
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import sql_server  # noqa: E402  (makes tests/support known)
from sql_server import PASSWORD, Server, run  # noqa: E402
import tap  # noqa: E402
from tap import case, contains, equal  # noqa: E402

STAGES = ["find", "connect", "tls", "sign-in", "read"]
READS = ["properties", "login", "databases", "adsync-size", "adsync-owner", "adsync-role", "memory", "max-memory",
         "connection", "encryption", "mirroring"]


def succeeds(answer):
    if answer.result is None:
        raise AssertionError(repr(answer))
    equal(answer.code, 0, "exit status")
    equal(answer.errors, "", "standard error")
    return answer


def fails(answer, stage, code, *parts):
    """the check failed there, with one sentence that names the server"""
    if answer.error is None:
        raise AssertionError(f"no error: {answer!r}")
    equal((answer.error["stage"], answer.error["code"]), (stage, code), repr(answer))
    equal(answer.code, 1, "exit status")
    equal(answer.errors, "", "standard error")
    for part in parts:
        contains(answer.error["message"], part, "sentence")
    if "\n" in answer.error["message"] or PASSWORD in answer.output.decode():
        raise AssertionError(f"not one sentence, or the password: {answer!r}")
    if answer.stages:
        equal(answer.stages[-1], (stage, "failed"), "last stage")
    return answer


def nothing_was_sent(server, count=0):
    equal(len(server.logins()), count, f"log-ins, {server.log}")
    if PASSWORD in server.log or PASSWORD.encode("utf-16-le").hex() in server.log:
        raise AssertionError("the password was sent")


@case("a good server: all stages, all reads, encrypted, TDS 7.4")
def _(keys):
    with Server(keys) as server:
        answer = succeeds(run(server.request))
        equal(answer.stages, [(s, t) for s in STAGES for t in ("running", "done")])
        login, = server.logins()
        equal((login["user"], login["password"], login["encrypted"], login["server"], login["tds"], login["app"]),
              ("presync", PASSWORD, True, "localhost", "0x74000004", "Presync"))
        contains(server.log, "TLS TLSv1.2 messages 2", "a flight of the handshake is one message")
    with open(keys.get() + ".pem", encoding="ascii") as stream:
        equal(answer.certificate.strip(), stream.read().strip(), "certificate")
    result = answer.result
    equal([r["id"] for r in result["reads"]], READS)
    for read in result["reads"]:
        if not read["query"].startswith("SELECT ") or "error" in read or not read["rows"]:
            raise AssertionError(str(read))
    equal(answer.prelogin, result["prelogin"])
    equal(result["prelogin"], {"version": "15.0.4430", "encryption": "on", "tls": "1.2", "trusted": True, "problem": None})
    contains(result["driver"], "FreeTDS 1.")
    equal((result["port"], result["found-by"]), (server.port, "port"))
    equal(answer.row("properties")["ProductVersion"], "15.0.4430.1")
    equal(answer.row("properties")["EngineEdition"], 2)
    equal(answer.row("properties")["InstanceName"], None)
    equal(answer.row("properties")["PathSeparator"], "\\")
    equal(answer.row("login"), {"login": "presync", "sysadmin": 1, "view_any_database": 1, "create_any_database": 1})
    equal([r["name"] for r in answer.read("databases")["rows"]], ["ADSync"])
    equal(answer.row("adsync-size"), {"bytes": 2 << 30})
    equal(answer.row("adsync-owner"), {"owner": "sa", "access": 1, "control": 1})
    equal(answer.row("adsync-role"), {"db_owner": 1})
    equal(answer.row("memory"), {"total_physical_memory_kb": 16777216})
    equal(answer.row("max-memory"), {"megabytes": 2147483647})
    equal(answer.row("connection"), {"net_transport": "TCP", "auth_scheme": "SQL"})
    equal(answer.row("encryption"), {"encrypt_option": "TRUE"})
    equal(answer.row("mirroring"), {"mirroring_state_desc": None})


@case("a test of the connection ends after the sign-in")
def _(keys):
    with Server(keys) as server:
        answer = succeeds(run(server.request, test_only=True))
        equal(answer.result["reads"], [])
        equal(answer.stages[-1], ("read", "skipped"))
        if "SERVERPROPERTY" in server.log:
            raise AssertionError(server.log)


@case("servers of all kinds tell what they are")
def _(keys):
    def of(mode):
        with Server(keys, mode) as server:
            return succeeds(run(server.request))
    equal(of("sql2008").row("properties")["ProductVersion"], "10.0.6556.0")
    equal(of("case-sensitive").row("properties")["Collation"], "SQL_Latin1_General_CP1_CS_AS")
    equal(of("express").row("properties")["InstanceName"], "SQLEXPRESS")
    azure = of("azure")
    equal((azure.row("properties")["EngineEdition"], azure.row("login")["sysadmin"]), (5, None))
    equal(of("linux").row("properties")["PathSeparator"], "/")
    always_on = of("always-on")
    equal(always_on.row("mirroring")["mirroring_state_desc"], "SYNCHRONIZED")
    equal(always_on.row("max-memory")["megabytes"], 8192)
    equal([r["name"] for r in of("other-engine").read("databases")["rows"]], ["ADSync", "FIMSynchronizationService"])


@case("a login without rights: each read has its own error")
def _(keys):
    with Server(keys, "not-sysadmin") as server:
        answer = succeeds(run(server.request))
    equal(answer.row("login")["sysadmin"], 0)
    equal(answer.row("adsync-owner")["access"], 0)
    for name, native in (("memory", 300), ("encryption", 300), ("adsync-role", 916)):
        error = answer.read(name)["error"]
        equal((error["native"], error["code"]), (native, "no-right"), name)
        contains(error["message"], "localhost,")
    equal(answer.row("max-memory")["megabytes"], 2147483647)
    with Server(keys, "no-adsync") as server:
        answer = succeeds(run(server.request))
    equal(answer.read("databases")["rows"], [])
    equal(answer.row("adsync-size"), {"bytes": None})
    equal(answer.read("adsync-role")["error"]["native"], 208)
    equal(answer.read("adsync-owner")["rows"], [])


@case("a certificate that does not verify is shown and refused, before any log-in")
def _(keys):
    for fault, words in (("wrong-name", "not made out for"), ("expired", "has expired"), ("not-yet", "not valid yet"),
                         ("unknown-ca", "issuer is not known"), ("self-signed", "signed by itself")):
        with Server(keys, certificate=fault) as server:
            answer = fails(run(server.request), "tls", "certificate", words, f"localhost,{server.port}",
                           "replaced" if fault in ("expired", "not-yet") else "page SQL Server")
            contains(answer.certificate, "BEGIN CERTIFICATE")
            for part in ("CN=", "SHA-256", keys.pin(fault)):
                equal(part in answer.error["message"], False, answer.error["message"])
            nothing_was_sent(server)
    with Server(keys) as server:  # the system knows nothing of the test's authority
        fails(run(server.request, ca_file=None), "tls", "certificate", "issuer is not known")
        nothing_was_sent(server)
        fails(run(server.request, ca_file="/dev/null"), "tls", "bad-input", "/dev/null")
        fails(run(server.request, ca_file="/no/such"), "tls", "bad-input", "/no/such")


@case("a certificate that was pinned is accepted, and only that one")
def _(keys):
    for fault, problem in (("self-signed", "self-signed"), ("unknown-ca", "unknown-authority"),
                           ("wrong-name", "unknown-authority"), ("good", "unknown-authority")):
        with Server(keys, certificate=fault) as server:
            answer = succeeds(run(server.request, ca_file=None, pin=keys.pin(fault)))
            equal((answer.result["prelogin"]["trusted"], answer.result["prelogin"]["problem"]), (False, problem), fault)
            contains(answer.texts["tls"], "accepted by hand")
    with Server(keys, certificate="self-signed") as server:
        answer = fails(run(server.request, pin=keys.pin("good")), "tls", "certificate", "another certificate")
        contains(answer.certificate, "BEGIN CERTIFICATE")
        equal(keys.pin("self-signed") in answer.error["message"], False, answer.error["message"])
        fails(run(server.request, pin="0" * 64), "tls", "certificate")
        nothing_was_sent(server)
    with Server(keys) as server:  # a good one, but not the pinned one
        fails(run(server.request, pin=keys.pin("self-signed")), "tls", "certificate", "another certificate")
        nothing_was_sent(server)
    for fault in ("expired", "not-yet"):
        with Server(keys, certificate=fault) as server:
            fails(run(server.request, pin=keys.pin(fault)), "tls", "certificate")
            nothing_was_sent(server)


@case("a server that shows the driver another certificate gets no password")
def _(keys):
    for then, changes in (("self-signed", {}), ("wrong-name", {}), ("unknown-ca", {}),
                          ("self-signed", {"pin": keys.pin("good"), "ca_file": None}),
                          ("wrong-name", {"pin": keys.pin("good"), "ca_file": None})):
        with Server(keys, "ok", "--ok-first", 1, then=then) as server:
            fails(run(server.request, **changes), "sign-in", "failed", "certificate")
            nothing_was_sent(server)


@case("a server without encryption gets no password, at once or later")
def _(keys):
    for encrypt in ("notsup", "off"):
        with Server(keys, "ok", "--encrypt", encrypt) as server:
            answer = fails(run(server.request), "connect", "refused", "does not offer encryption")
            equal(answer.prelogin["encryption"], {"notsup": "not-supported", "off": "off"}[encrypt])
            nothing_was_sent(server)
        with Server(keys, "ok", "--encrypt", encrypt, "--ok-first", 1) as server:
            fails(run(server.request), "sign-in", "refused", "did not keep to it")
            nothing_was_sent(server)


@case("a server that closes after PRELOGIN, to be tried with an older TDS, gets no password")
def _(keys):
    with Server(keys, "close-after-prelogin", "--ok-first", 1) as server:
        answer = run(server.request)
        equal(answer.error["stage"], "sign-in", repr(answer))
        nothing_was_sent(server)
        equal(server.log.count("prelogin {"), 2, "no further try")


@case("TLS 1.1 only: refused, with what is wanted")
def _(keys):
    with Server(keys, "ok", "--tls", "1.1") as server:
        answer = fails(run(server.request), "tls", "not-supported", "TLS 1.2")
        equal(answer.prelogin["tls"], "1.1")
        nothing_was_sent(server)
    with Server(keys, "ok", "--tls", "1.1", certificate="self-signed") as server:  # who is that at all?
        fails(run(server.request), "tls", "certificate", "signed by itself")
        fails(run(server.request, ca_file=None, pin=keys.pin("self-signed")), "tls", "not-supported", "TLS 1.2")
        nothing_was_sent(server)


@case("what is not a SQL Server, or takes TDS 8 only")
def _(keys):
    for mode, code, words in (("http", "not-supported", "not a SQL Server"), ("ssh", "not-supported", "not a SQL Server"),
                              ("strict", "not-supported", "TDS 8"), ("close", "unreachable", "closed the connection"),
                              ("zeros", "not-supported", "not a SQL Server"), ("endless", "not-supported", "not a SQL"),
                              ("short-packet", "not-supported", "not a SQL"),
                              ("bad-prelogin", "not-supported", "not a SQL Server")):
        with Server(keys, mode) as server:
            fails(run(server.request), "connect", code, words, f"localhost,{server.port}")


@case("nobody there: unknown name, closed port")
def _(keys):
    with Server(keys) as server:
        request = dict(server.request)
    fails(run(request), "connect", "unreachable", f"port {server.port}", "localhost")
    fails(run(request, server="no.such.host.invalid"), "find", "unreachable", "no.such.host.invalid")


@case("a server that takes one connection, the probe's, and none of the driver")
def _(keys):
    with Server(keys, "ok", "--once") as server:
        fails(run(server.request), "sign-in", "unreachable", "second connection", f"port {server.port}")
        nothing_was_sent(server)


@case("a server that is an IPv6 address")
def _(keys):
    with Server(keys, address="::1") as server:
        equal(succeeds(run(server.request)).row("connection")["net_transport"], "TCP")
        equal(server.logins()[0]["encrypted"], True)


@case("refused sign-ins say why, and never show the password")
def _(keys):
    for mode, words in (("denied", "18456"), ("untrusted", "18452"), ("disabled", "disabled"), ("locked", "locked out"),
                        ("password-expired", "expired"), ("must-change", "changed first"), ("no-database", "database")):
        with Server(keys, mode) as server:
            fails(run(server.request), "sign-in", "sign-in", words, f"localhost,{server.port}", "presync")
    with Server(keys, "ok", "--password", "another") as server:
        fails(run(server.request), "sign-in", "sign-in", "the name or the password is wrong")


@case("servers that hang or loop: bounded at every stage")
def _(keys):
    stages = {"hang-prelogin": "connect", "hang-tls": "tls", "hang-after-prelogin": "sign-in", "hang-after-login": "sign-in",
              "close-notify": "sign-in", "hang-query": "read"}

    def check(mode):
        ok_first = 1 if mode == "hang-after-prelogin" else 0
        with Server(keys, mode, "--ok-first", ok_first) as server:
            answer = fails(run(server.request), stages[mode], "timed-out", "localhost")
            print(f"# {mode}: {answer.seconds:.1f} s")
    with concurrent.futures.ThreadPoolExecutor() as pool:
        list(pool.map(check, stages))


@case("the limit of the whole check is kept inside a driver that loops")
def _(keys):
    with Server(keys, "close-notify") as server:
        fails(run(server.request, seconds=2), "sign-in", "timed-out", "2 seconds")


@case("a connection that breaks: what was read is kept, the rest is unknown")
def _(keys):
    with Server(keys, "drop-after-login") as server:
        fails(run(server.request), "sign-in", "unreachable", "broke off")
    with Server(keys, "drop-mid-row") as server:
        fails(run(server.request), "read", "unreachable", "in the middle of an answer")
    for mode, code in (("drop-third", "unreachable"), ("hang-third", "timed-out")):
        with Server(keys, mode) as server:
            answer = succeeds(run(server.request))
            equal(answer.row("properties")["ProductVersion"], "15.0.4430.1")
            for name in READS[2:]:
                equal(answer.read(name)["error"]["code"], code, name)
                equal("rows" in answer.read(name), False)


@case("rows that are no rows end the check or the read, not the helper")
def _(keys):
    with Server(keys, "garbage-row") as server:
        answer = run(server.request)
        if answer.error is None and any("rows" in r for r in answer.result["reads"]):
            raise AssertionError(answer.output)
        print("#", answer.error or answer.result["reads"][0])


@case("null and other types come as they are")
def _(keys):
    with Server(keys, "nulls") as server:
        answer = succeeds(run(server.request))
        equal(set(answer.row("properties").values()), {None})
        equal(set(answer.row("login").values()), {None})
    with Server(keys, "other-types") as server:
        answer = succeeds(run(server.request))
        equal(answer.row("properties")["ProductVersion"], 7)
        equal(answer.row("properties")["EngineEdition"], "seven")
        equal(answer.row("memory"), {"total_physical_memory_kb": "seven"})


@case("too much, too long, too few columns, hostile text")
def _(keys):
    with Server(keys, "many-databases") as server:
        answer = succeeds(run(server.request))
        equal([r["name"] for r in answer.read("databases")["rows"]], ["ADSync"])
        equal("complete" in answer.read("databases"), False)
    with Server(keys, "many-adsync") as server:
        answer = succeeds(run(server.request))
        equal((len(answer.read("databases")["rows"]), answer.read("databases")["complete"]), (200, False))
        equal(answer.row("max-memory")["megabytes"], 2147483647, "the connection is still of use")
    with Server(keys, "long-value") as server:
        answer = succeeds(run(server.request))
        equal(answer.read("properties")["error"]["code"], "bad-input")
        equal(answer.row("memory")["total_physical_memory_kb"], 16777216)
    with Server(keys, "fewer-columns") as server:
        fails(run(server.request), "read", "bad-input", "something else than was asked for")
    with Server(keys, "hostile-text") as server:
        answer = succeeds(run(server.request))
        equal(answer.row("properties")["Edition"], "<b>\u202e\x07\n&amp;")
        equal(answer.output.count(b"\n"), len(answer.output.splitlines()), "lines")


@case("a server's own words are cut and cleaned, and hold no password")
def _(keys):
    with Server(keys, "leak", "--password", PASSWORD) as server:
        fails(run(server.request), "read", "failed", "50000")
    with Server(keys, "vague") as server:
        answer = fails(run(server.request), "read", "failed", "50001")
        if len(answer.error["message"]) > 300 or "\x1b" in answer.error["message"]:
            raise AssertionError(answer.error["message"])


@case("passwords arrive as they are, or are refused")
def _(keys):
    with Server(keys) as server:
        for password in ("a;b=c", "a}b=c", "{a", "a'b\"c", " lead and trail ", "\u00e4\u20ac\u4e2d\U0001f511", "x" * 128,
                         "PWD=x;UID=y", "%s%n", "a=b,c\\d", "[x]", "!@#$%^&*()"):
            succeeds(run(server.request, password=password, test_only=True))
            equal(server.logins()[-1]["password"], password)
        for login in ("dom@in", "a;b", "\u00e4\u00f6"):
            succeeds(run(server.request, login=login, test_only=True))
            equal(server.logins()[-1]["user"], login)
        count = len(server.logins())
        for password in ("a};b", "a}", "}", "a}b;c", "a\nb", "\x7f", "tab\t"):
            answer = fails(run(server.request, password=password), "find", "refused", "safely")
            if len(password) > 3 and password in answer.error["message"]:
                raise AssertionError(repr(answer))
        for password in ("x" * 129, "\U0001f511" * 65):
            fails(run(server.request, password=password), "find", "refused", "localhost", "128")
        for password in ("", None):
            fails(run(server.request, password=password), "find", "bad-input", "localhost")
        fails(run(server.request, login="CONTOSO\\admin"), "find", "refused", "Kerberos")
        fails(run(server.request, login="a}"), "find", "refused", "safely")
        equal(len(server.logins()), count)


@case("nothing can be smuggled into the connection string")
def _(keys):
    with Server(keys) as server, tempfile.TemporaryDirectory() as folder:
        dump = folder + "/dump"
        attempts = [f"x}};DumpFile={dump};APP={{evil", f"x}}}};DumpFile={dump};APP={{evil", f"x;DumpFile={dump};y",
                    f"x}}b;DRIVER=/{folder}/evil.so;y", f"}};DumpFile={dump};"]
        for text in attempts:
            for name in ("login", "password"):
                answer = run(server.request, **{name: text, "test_only": True})
                if answer.error is not None:
                    equal(answer.error["code"], "refused", text)
        for name in ("server", "instance"):
            for text in (f"localhost;DumpFile={dump}", f"localhost\ndump file = {dump}", "a]b", "a b", "a,b", "{a}", "",
                         "-x", "a\u0000b", "::1::2", "\u00e4"):
                answer = run(server.request, **{name: text})
                if name == "instance" and text == "-x":
                    continue
                fails(answer, "find", "bad-input")
        equal(os.listdir(folder), [])
        equal({login["app"] for login in server.logins()}, {"Presync"})


@case("the environment cannot take encryption, host or version away, nor make a log")
def _(keys):
    with Server(keys) as server, tempfile.TemporaryDirectory() as folder:
        conf = folder + "/freetds.conf"
        with open(conf, "w", encoding="ascii") as stream:
            stream.write(f"[global]\ndump file = {folder}/dump\nencryption = off\n[localhost]\nhost = 127.0.0.9\n")
        environment = {"TDSDUMP": folder + "/dump1", "TDSDUMPCONFIG": folder + "/dump2", "TDSVER": "5.0", "HOME": folder,
                       "TDSHOST": "127.0.0.9", "TDSPORT": "9", "FREETDSCONF": conf, "FREETDS": folder}
        os.link(conf, folder + "/.freetds.conf")
        succeeds(run(server.request, environment))
        equal(sorted(os.listdir(folder)), [".freetds.conf", "freetds.conf"])
        equal(server.logins()[0]["tds"], "0x74000004")


@case("without a driver the package to install is named")
def _(keys):
    with Server(keys) as server, tempfile.TemporaryDirectory() as folder:
        fails(run(server.request, {"ODBCSYSINI": folder, "ODBCINSTINI": "none.ini"}), "sign-in", "not-supported", "tdsodbc")
        nothing_was_sent(server)
        # Microsoft's driver cannot be told which certificate to accept
        with open(folder + "/some.ini", "w", encoding="ascii") as stream:
            stream.write("[ODBC Driver 18 for SQL Server]\nDriver=/nowhere.so\n")
        fails(run(server.request, {"ODBCSYSINI": folder, "ODBCINSTINI": "some.ini"}), "sign-in", "not-supported", "tdsodbc")
        nothing_was_sent(server)


@case("Kerberos without a ticket says so before the driver is asked")
def _(keys):
    with Server(keys) as server:
        fails(run(server.request, {"KRB5CCNAME": "FILE:/nonexistent/ticket"}, kerberos=True, login=None, password=None),
              "sign-in", "sign-in", "no valid Kerberos ticket", "kinit")
        nothing_was_sent(server)


@case("the SQL Server Browser: found, asked twice, silent, without TCP, garbage, unknown instance")
def _(keys):
    # UDP 1434 is one for each address: addresses of our own, for other runs may be under way
    net = f"127.{8 + os.getpid() % 200}.{os.getpid() // 200 % 256}."

    def ask(address, kind, instance="SYNC"):
        with Server(keys, "ok", "--browser", kind, address=address) as server:
            return server, run(server.request, port=0, instance=instance)
    server, answer = ask(net + "1", "good")
    succeeds(answer)
    equal((answer.result["port"], answer.result["found-by"]), (server.port, "browser"))
    equal(answer.texts["find"], f"port {server.port}, from the SQL Server Browser")
    server, answer = ask(net + "2", "second", "sync")
    equal(succeeds(answer).result["port"], server.port)
    bad = ((net + "3", "silent", "SYNC", "not-found", net + "3\\SYNC,PORT"),
           (net + "4", "no-tcp", "SYNC", "not-supported", "does not listen on TCP"),
           (net + "9", "no-protocol", "SYNC", "not-supported", "does not listen on TCP"),
           (net + "5", "bad-port", "SYNC", "not-supported", "does not listen on TCP"),
           (net + "6", "garbage", "SYNC", "not-found", "PORT"),
           (net + "7", "good", "OTHER", "not-found", net + "7\\OTHER,PORT"))
    with concurrent.futures.ThreadPoolExecutor() as pool:
        answers = list(pool.map(lambda b: ask(*b[:3])[1], bad))
    for (_, kind, _, code, words), answer in zip(bad, answers):
        fails(answer, "find", code, words)
        equal(answer.browser, {"no-tcp": {"named-pipes": True}, "no-protocol": {"named-pipes": False},
                               "bad-port": {"named-pipes": False}}.get(kind), kind)
    with Server(keys, address=net + "8") as server:  # nobody listens on UDP 1434
        fails(run(server.request, port=0, instance="SYNC"), "find", "not-found", "enter the port")
        succeeds(run(server.request, instance="SYNC"))  # with the port nobody asks


@case("requests that are none")
def _(keys):
    with Server(keys) as server:
        for text in (b"", b"{", b"[]", b"null", b"\xff\xfe", b"{}", b'{"server":7}', b"x" * 70000, b'{"server":"a\\u0000"}'):
            fails(run(text), "find", "bad-input")
        for changes in ({"port": -1}, {"port": 65536}, {"port": "1433"}, {"seconds": 0}, {"seconds": 9999}, {"pin": "ab"},
                        {"pin": "A" * 64}, {"more": 1}, {"kerberos": 1}, {"password": 7}, {"instance": "x" * 17}):
            fails(run(server.request, **changes), "find", "bad-input")
        nothing_was_sent(server)


@case("a helper that is killed leaves nothing, and shows no password to others")
def _(keys):
    import json
    with Server(keys, "hang-after-login") as server, tempfile.TemporaryDirectory() as folder:
        child = sql_server.start({"TMPDIR": folder, "HOME": folder})
        child.stdin.write(json.dumps(server.request).encode())
        child.stdin.close()
        deadline = time.monotonic() + 60
        while not server.logins() and time.monotonic() < deadline:
            time.sleep(0.05)
        equal(len(server.logins()), 1)
        for name in ("cmdline", "environ"):
            with open(f"/proc/{child.pid}/{name}", "rb") as stream:
                if PASSWORD.encode() in stream.read():
                    raise AssertionError(name)
        with open(f"/proc/{child.pid}/limits", encoding="ascii") as stream:
            contains(" ".join(next(line for line in stream if "core" in line).split()), "core file size 1 1")
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        child.stderr.close()
        equal(os.listdir(folder), [])


def main():
    with tempfile.TemporaryDirectory() as folder:
        return tap.run(sql_server.Keys(folder))


sys.exit(main())

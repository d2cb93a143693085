# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the tenant share: presync-cli is run in the world, and after every run it is looked whether
only what may be asked was asked, of whom, and whether a secret got out."""
import json
import os
import pathlib
import re
import tempfile

import presync
from cloud_answers import CLIENT
from cloud_server import ELSEWHERE, GRAPHS, LOGINS
from tap import equal

SAMPLE = presync.SOURCE / "data" / "sample" / "contoso.ldif"


def snapshot(folder, *suffixes):
    """the sample's directory, whose people's UPNs end in these suffixes, in turn"""
    path = pathlib.Path(folder) / ("-".join(suffixes) + ".ldif")
    if not path.exists():
        turn = iter(range(10**6))
        path.write_text(re.sub(r"(?mi)^(userPrincipalName: [^@\n]+@)[^@\n]+$",
                               lambda m: m[1] + suffixes[next(turn) % len(suffixes)], SAMPLE.read_text()))
    return path


def changed(path, old, new):
    """the same directory with other text in one place; every change has a file of its own"""
    text = path.read_text()
    equal(text.count(old), 1, f"places with {old!r}")
    other = path.with_suffix(f".{abs(hash((old, new)))}.ldif")
    other.write_text(text.replace(old, new))
    return other


def answers(folder, **met):
    """a file of answers given by hand: answers(folder, cs_proxy=True)"""
    path = pathlib.Path(folder) / ("-".join(f"{n}-{m}" for n, m in met.items()) + ".json")
    path.write_text(json.dumps({"answers": [{"condition": name.replace("_", "-"), "met": value, "name": "Eva Amsel"}
                                            for name, value in met.items()]}))
    return path


def hidden(path, *attributes):
    """the same directory, which does not show these attributes"""
    other = path.with_suffix(f".without-{'-'.join(attributes)}.ldif")
    other.write_text(re.sub(rf"(?mi)^({'|'.join(attributes)}):.*\n( .*\n)*", "", path.read_text()))
    return other


def wider(path):
    """the same forest with a domain more, of which nobody was read"""
    more = ("dn: CN=CHILD,CN=Partitions,CN=Configuration,DC=contoso,DC=com\nobjectClass: top\nobjectClass: crossRef\n"
            "nCName: DC=child,DC=contoso,DC=com\ndnsRoot: child.contoso.com\nnETBIOSName: CHILD\nsystemFlags: 3\n"
            "msDS-Behavior-Version: 6\n\n")
    other = path.with_suffix(".wider.ldif")
    rest, mark, end = path.read_text().rpartition("# presync: end of snapshot, ")
    other.write_text(f"{rest}{more}{mark}{int(end.split()[0]) + 1} entries\n")
    return other


def larger(path, count):
    """the same directory with so many contacts more"""
    more = "".join(f"dn: CN=Contact {i},OU=Contoso,DC=contoso,DC=com\nobjectClass: top\nobjectClass: person\n"
                   "objectClass: organizationalPerson\nobjectClass: contact\n"
                   "objectCategory: CN=Person,CN=Schema,CN=Configuration,DC=contoso,DC=com\n"
                   f"cn: Contact {i}\nname: Contact {i}\n\n" for i in range(count))
    other = path.with_suffix(f".{count}.ldif")
    # the last line of a snapshot says how many there are
    rest, mark, end = path.read_text().rpartition("# presync: end of snapshot, ")
    other.write_text(f"{rest}{more}{mark}{int(end.split()[0]) + count} entries\n")
    return other


def files_below(folder):
    for place, _, names in os.walk(folder):
        for path in (os.path.join(place, name) for name in names):
            # no sockets
            if os.path.isfile(path):
                with open(path, "rb") as stream:
                    yield path, stream.read().decode("latin-1")


def look_after(cloud, result, home):
    """Nothing but GET and the two POSTs of the sign-in, tokens for Graph alone, and no secret anywhere."""
    for request in cloud.requests:
        sign_in = request.host in LOGINS and request.path.endswith(("/oauth2/v2.0/devicecode", "/oauth2/v2.0/token"))
        equal(request.method, "POST" if sign_in else "GET", repr(request))
        if request.host in LOGINS or request.host == ELSEWHERE:
            equal(request.token, None, f"the token sent with {request!r}")
        elif request.host not in GRAPHS:
            raise AssertionError(f"asked: {request!r}")
    equal([r for r in cloud.requests if r.host == ELSEWHERE], [], "requests to a host that is not the cloud's")
    equal(cloud.leaks, [], "programs whose arguments or environment hold a token")
    for secret in cloud.secrets:
        for what, text in (("output", result.output), ("errors", result.errors), *files_below(home)):
            if secret in text:
                raise AssertionError(f"a secret in {what}")


def run(cloud, *arguments, output="json", environment=None, timeout=120):
    with tempfile.TemporaryDirectory(prefix="home-") as home:
        own = {"HOME": home, "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home, "XDG_CACHE_HOME": home,
               "XDG_RUNTIME_DIR": home, **(environment or {})}
        result = presync.run(*arguments, "--format", output, timeout=timeout, environment=own)
        look_after(cloud, result, home)
        return result


def check(cloud, *more, tenant="contoso.com", **named):
    """without a sign-in"""
    return run(cloud, "check", "--tenant", tenant, *more, **named)


def sign_in(cloud, *more, tenant="contoso.com", client=CLIENT, **named):
    return run(cloud, "sign-in", "--tenant", tenant, "--client-id", client, *more, **named)


def statuses(result, **wanted):
    """statuses(result, cs_tenant="met", …)"""
    found = result.conditions()
    wrong = {}
    for name, status in wanted.items():
        condition = found[name.replace("_", "-")]
        if condition["status"] != status:
            wrong[name] = (condition["status"], "wanted " + status, condition.get("found"), condition.get("reason"))
    if wrong:
        raise AssertionError(f"{wrong}\n{result!r}")


def reason(result, condition):
    found = result.conditions()[condition]
    return f"{found.get('found')} {found.get('reason')}"


def why(result, *words):
    """what is told of the addresses that were not reached, or whose certificate is not as it should be, holds these
    words"""
    network = result.json["network"]
    told = [row["text"] for row in network["rows"] if row["text"]] + [f["reason"] for f in network["facts"] if f.get("reason")]
    for word in words:
        if word.lower() not in " ".join(told).lower():
            raise AssertionError(f"{word!r} is not among what is told of the network: {told}")


def sentence(result, *parts):
    """standard error is one sentence with these words (the code's lines of a sign-in are none)"""
    lines = [l for l in result.errors.split("\n") if l.startswith("presync-cli: ")]
    equal(len(lines), 1, f"sentences in {result.errors!r}")
    for part in parts:
        if part.lower() not in lines[0].lower():
            raise AssertionError(f"{part!r} is not in {lines[0]!r}")
    for word in ("(null)", "CRITICAL", "WARNING", "GError", "g-io-error", "g-tls-error"):
        if word in result.errors:
            raise AssertionError(f"{word} in {result.errors!r}")
    return lines[0]

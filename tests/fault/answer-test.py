#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real controller whose answers are damaged one at a time: every status is then the true one, or
unknown, and never a pass that was not there."""
import concurrent.futures
import contextlib
import pathlib
import queue
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

import ber  # noqa: E402
import controller  # noqa: E402
import presync  # noqa: E402
import tap  # noqa: E402
from proxy import Cut, Proxy  # noqa: E402
from tap import case, equal  # noqa: E402

controller.become_root()

# What a person or the plan decides does not rest on the directory.
UNSURE = ("unknown", "needs-answer", "not-applicable")
# Met, with a remark that rests on a second read: if that is lost, so is the remark alone.
REMARKED = ("cs-dc-2012", "cs-os-version", "cn-os-version")


def check(world, fault=None):
    proxy = world["proxies"].get()
    proxy.reset()
    proxy.fault = fault
    try:
        result = presync.check(proxy.uri, proxy.authority, more=["--sync-server", "SYNC01"], timeout=100)
        equal(proxy.writes, [], "writes")
        result.searches, result.answers = proxy.searches, list(proxy.answers)
        return result
    finally:
        proxy.fault = None
        world["proxies"].put(proxy)


def check_all(world, faults):
    """[(what, fault)]: every status must be truthful; several at once, for most of it is waiting"""
    problems = []
    with concurrent.futures.ThreadPoolExecutor(world["proxies"].qsize()) as pool:
        running = [(what, pool.submit(check, world, fault)) for what, fault in faults]
        results = [(what, job.result()) for what, job in running]
    for what, result in results:
        try:
            truthful(world, result, what)
        except AssertionError as problem:
            problems.append(str(problem))
    if problems:
        raise AssertionError(f"{len(problems)} of {len(results)}:\n" + "\n".join(problems[:12]))
    return [result for _, result in results]


def truthful(world, result, what):
    """no status is other than the true one, but unsure"""
    if result.code < 0:
        raise AssertionError(f"{what}: killed by signal {-result.code}")
    if result.code not in (*presync.VERDICTS, presync.UNREACHABLE, presync.REFUSED, presync.BAD_INPUT):
        raise AssertionError(f"{what}: {result!r}")
    for name, status in result.statuses().items():
        true = world["true"][name]
        if name in REMARKED and (status, true) == ("met", "advice"):
            continue
        if status != true and status not in UNSURE:
            raise AssertionError(f"{what}: {name} is {status}, in truth {true}: {result.conditions()[name]}")


def positions(world, count):
    """some places in the server's answers, the first and last among them"""
    total = len(world["answers"])
    if total <= count:
        return list(range(total))
    return sorted({0, 1, 2, 3, total - 1, *random.Random(7).sample(range(total), count - 5)})


@case("undamaged: through the proxy as without it")
def _(world):
    result = check(world)
    equal(result.code in presync.VERDICTS, True, repr(result))
    equal({n: s for n, s in result.statuses().items() if s != world["true"][n]}, {})
    print(f"# {len(result.searches)} searches, {len(result.answers)} answers")
    world["answers"] = result.answers


@case("at most 10 searches in each naming context after the sign-in")
def _(world):
    contexts = {}
    for request in check(world).searches:
        base = request["base"].lower()
        context = ("" if not base else "schema" if "cn=schema,cn=configuration" in base
                   else "configuration" if "cn=configuration" in base else "domain")
        contexts[context] = contexts.get(context, 0) + 1
    print(f"# {contexts}")
    for context, count in contexts.items():
        if count > 10:
            raise AssertionError(f"{count} searches in {context or 'the rootDSE'}")


def cut(place, how):
    def fault(answer):
        if answer.index >= place:
            raise Cut(how)
        return answer.pdu
    return fault


@case("the connection is cut after each of the answers")
def _(world):
    check_all(world, [(f"{how} at answer {place}", cut(place, how))
                      for how in ("reset", "close") for place in positions(world, 25)])


@case("the server falls silent after some of the answers")
def _(world):
    for result in check_all(world, [(f"silence at answer {place}", cut(place, "hang"))
                                    for place in positions(world, 8)]):
        equal(result.code, presync.UNREACHABLE, repr(result))


def ending(place, code, text):
    def fault(answer):
        return answer.done(code, text) if answer.index == place else answer.pdu
    return fault


@case("each search ends with an error of the server: busy, limit, no right, operations error")
def _(world):
    ends = [i for i, operation in enumerate(world["answers"]) if operation == ber.SEARCH_DONE]
    check_all(world, [(f"result {code} at answer {place}", ending(place, code, text)) for place in ends
                      for code, text in ((51, "busy"), (4, "size limit"), (3, "time limit"), (50, "00002098: SecErr"),
                                         (1, "000020D6: SvcErr"), (11, "admin limit"), (80, "other"))])


@case("each paged search loses the control that tells whether there is more")
def _(world):
    def fault(answer):
        if answer.is_done and ber.PAGED in answer.controls:
            return answer.done(0)
        return answer.pdu
    result = check(world, fault)
    truthful(world, result, "no paging control")
    for name in ("cs-limit-objects", "cn-sql-default"):
        equal(result.statuses()[name], "unknown", name)


@case("every search loses its last entry's PDU and ends with success though it said there is more")
def _(world):
    def fault(answer):
        if answer.is_done and ber.PAGED in answer.controls:
            return ber.message(answer.number, ber.result(ber.SEARCH_DONE, 0),
                               ber.paged_control(b"more-to-come"))
        return answer.pdu
    truthful(world, check(world, fault), "cookie that leads nowhere")


def flipped(place, byte, bit):
    def fault(answer):
        if answer.index != place:
            return answer.pdu
        # of the envelope: later bytes are the values themselves, which nobody can doubt
        damaged = bytearray(answer.pdu)
        damaged[byte % min(12, len(damaged))] ^= 1 << bit
        return bytes(damaged)
    return fault


@case("one bit of an answer's envelope is changed, 60 times")
def _(world):
    chance = random.Random(11)
    faults = [(chance.randrange(2, len(world["answers"])), chance.randrange(12), chance.randrange(8))
              for _ in range(60)]
    check_all(world, [(f"bit {bit} of byte {byte} of answer {place}", flipped(place, byte, bit))
                      for place, byte, bit in faults])


@case("referrals and references are not followed")
def _(world):
    import socket
    with socket.socket() as trap:
        trap.bind(("127.0.0.1", 0))
        trap.listen()
        trap.setblocking(False)
        address = f"ldap://127.0.0.1:{trap.getsockname()[1]}/DC=x"

        def fault(answer):
            if answer.is_done and answer.index > 4:
                return (ber.message(answer.number, ber.tlv(ber.REFERENCE, ber.octets(address)))
                        + ber.message(answer.number, ber.result(ber.SEARCH_DONE, 10, "", [address])))
            return answer.pdu
        truthful(world, check(world, fault), "referrals")
        try:
            trap.accept()
            raise AssertionError("a referral was followed")
        except BlockingIOError:
            pass


def main():
    with controller.Controller() as dc:
        dc.add_computer("SYNC01", "Windows Server 2012 R2 Standard", "6.3 (9600)")
        # not met on purpose: a lost answer must not turn these into met
        dc.set("CN=Partitions," + dc.config, msDS_Behavior_Version=0)
        dc.add_user("MSOL_0123456789ab")
        true = presync.check(dc.ldaps, dc.authority, more=["--sync-server", "SYNC01"]).statuses()
        proxies = queue.Queue()
        with contextlib.ExitStack() as stack:
            for _ in range(8):
                proxies.put(stack.enter_context(Proxy(dc.address)))
            return tap.run({"proxies": proxies, "true": true, "answers": []})


sys.exit(main())

# SPDX-License-Identifier: GPL-3.0-or-later
"""What a check asks of a controller, asked again without the program: the yardstick of its cost."""
import base64
import os
import socket
import ssl
import subprocess
import time

import ber
from proxy import Proxy

SD_FLAGS = b"1.2.840.113556.1.4.801"
PAGE = 1000


class Recorder(Proxy):
    """keeps each search as it was sent"""

    def _note(self, pdu):
        super()._note(pdu)
        request = self.requests[-1]
        _, operation, content, controls = ber.split(pdu)
        request["content"] = content
        request["controls"] = controls


def key(request):
    """the same for every page of one read"""
    return request["content"], request["controls"].get(SD_FLAGS), ber.PAGED in request["controls"]


def distinct(requests, known=()):
    """{key: request}: each read once, in their order, without those @known"""
    skip = {key(r) for r in known}
    return {key(r): r for r in requests if key(r) not in skip}


def is_large(request):
    """the reads of all units and of all objects with their descriptors"""
    return request["scope"] == 2 and SD_FLAGS in request["controls"]


def control(name, value):
    return ber.tlv(0x30, ber.octets(name), ber.octets(value))


def replay(dc, requests):
    """seconds that the reads take one after another on one connection, after the sign-in"""
    context = ssl.create_default_context(cafile=dc.authority)
    context.check_hostname = False
    with socket.create_connection((dc.address, 636)) as plain, context.wrap_socket(plain) as sock:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        reader = ber.Reader(sock)
        sock.sendall(ber.message(1, ber.tlv(ber.BIND, ber.integer(3), ber.octets(dc.administrator),
                                            ber.octets(dc.password, 0x80))))
        if ber.split(reader.read())[1] != ber.BIND_DONE:
            raise RuntimeError("no sign-in")
        start = time.monotonic()
        for number, request in enumerate(requests, 2):
            controls = b"".join(control(n, v) for n, v in request["controls"].items() if n != ber.PAGED)
            if ber.PAGED in request["controls"]:
                controls += ber.paged_control(b"", PAGE)
            sock.sendall(ber.message(number, ber.tlv(ber.SEARCH, request["content"]), controls))
            while True:
                pdu = reader.read()
                if not pdu:
                    raise RuntimeError(f"no answer: {request['filter']}")
                if ber.split(pdu)[1] == ber.SEARCH_DONE:
                    break
        return time.monotonic() - start


def ldapsearch(dc, base, scope, expression, attributes, sd_flags=None, paged=False):
    """seconds of a process of its own, with connection and sign-in"""
    extensions = ["-E", f"pr={PAGE}/noprompt"] if paged else []
    if sd_flags:
        extensions += ["-E", f"!{SD_FLAGS.decode()}=::{base64.b64encode(sd_flags).decode()}"]
    start = time.monotonic()
    done = subprocess.run(["ldapsearch", "-x", "-LLL", "-H", dc.ldaps, "-D", dc.administrator, "-w", dc.password,
                           "-b", base, "-s", scope, *extensions, expression, *attributes],
                          env={**os.environ, "LDAPTLS_CACERT": dc.authority}, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, text=True)
    # 10: there are partitions that are referred to
    if done.returncode not in (0, 10):
        raise RuntimeError(f"ldapsearch: {done.stderr}")
    return time.monotonic() - start


def large(dc, requests):
    """seconds that ldapsearch takes for the reads, without connection and sign-in"""
    seconds = 0
    for request in requests:
        seconds -= ldapsearch(dc, "", "base", "(objectClass=*)", ["1.1"])
        seconds += ldapsearch(dc, request["base"], "sub", request["filter"], request["attributes"],
                              request["controls"][SD_FLAGS], True)
    return seconds

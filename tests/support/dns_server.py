# SPDX-License-Identifier: GPL-3.0-or-later
"""A DNS server for tests, over UDP and TCP: it tells what a test wrote into `records`, and can fail or be silent."""
import socket
import struct
import threading

A, CNAME, SOA, AAAA, SRV = 1, 5, 6, 28, 33
NO_ERROR, SERVER_FAILED, NO_NAME = 0, 2, 3
TYPES = {"A": A, "CNAME": CNAME, "SRV": SRV}


def _name(text):
    return b"".join(bytes([len(p)]) + p.encode() for p in text.strip(".").split(".") if p) + b"\0"


def _record(owner, kind, data):
    return _name(owner) + struct.pack("!HHIH", kind, 1, 60, len(data)) + data


def _data(kind, value):
    if kind == A:
        return socket.inet_aton(value)
    if kind == SRV:
        port, target = value
        return struct.pack("!HHH", 0, 100, port) + _name(target)
    return _name(value)


class Server:
    """records: {name in lower case: {"A": [address], "CNAME": [name], "SRV": [(port, target)]}, or "no-name",
    "failed", "silent"}. What is not in it is `other`: one of those words, or an address that every name has."""

    def __init__(self, address):
        self.address = address
        self.reset()
        self.sockets, self.stopped = [], False

    def reset(self, other="no-name"):
        self.records, self.other, self.asked = {}, other, []

    def start(self):
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind((self.address, 53))
        self.tcp = socket.socket()
        self.tcp.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.tcp.bind((self.address, 53))
        self.tcp.listen(32)
        self.sockets = [self.udp, self.tcp]
        for work in (self._serve_udp, self._serve_tcp):
            threading.Thread(target=work, daemon=True).start()

    def stop(self):
        self.stopped = True
        for sock in self.sockets:
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            sock.close()

    def _serve_udp(self):
        while not self.stopped:
            try:
                question, who = self.udp.recvfrom(4096)
            except OSError:
                return
            if len(question) < 17:
                continue
            answer = self.answer(question)
            if answer:
                if len(answer) > 512:
                    flags, = struct.unpack("!H", answer[2:4])
                    end = self._question_end(question)
                    answer = answer[:2] + struct.pack("!HHHHH", flags | 0x0200, 1, 0, 0, 0) + question[12:end]
                self.udp.sendto(answer, who)

    def _serve_tcp(self):
        while True:
            try:
                sock, _ = self.tcp.accept()
            except OSError:
                return
            threading.Thread(target=self._serve_one, args=(sock,), daemon=True).start()

    def _serve_one(self, sock):
        try:
            with sock, sock.makefile("rb") as stream:
                while size := stream.read(2):
                    answer = self.answer(stream.read(*struct.unpack("!H", size)))
                    if answer is None:
                        stream.read(1)
                        return
                    sock.sendall(struct.pack("!H", len(answer)) + answer)
        except OSError:
            pass

    @staticmethod
    def _question_end(question):
        at = 12
        while question[at]:
            at += question[at] + 1
        return at + 5

    def answer(self, question):
        """bytes, or None for silence"""
        number, flags = struct.unpack("!HH", question[:4])
        at, parts = 12, []
        while question[at]:
            parts.append(question[at + 1:at + 1 + question[at]].decode("latin-1"))
            at += question[at] + 1
        kind, = struct.unpack("!H", question[at + 1:at + 3])
        name = ".".join(parts).lower()
        self.asked.append((name, kind))
        code, answers = self._find(name, kind)
        if code is None:
            return None
        # an authoritative answer; with none the SOA, as RFC 2308 wants it
        authority = b""
        if not answers and code != SERVER_FAILED:
            authority = _record("", SOA, _name("ns.test") + _name("nobody.test") + struct.pack("!5I", 1, 60, 60, 60, 1))
        return (struct.pack("!HHHHHH", number, 0x8480 | (flags & 0x0100) | code, 1, len(answers), bool(authority), 0)
                + question[12:at + 5] + b"".join(answers) + authority)

    def _find(self, name, kind):
        answers = []
        for _ in range(8):
            found = self.records.get(name, self.other)
            if found == "silent":
                return None, []
            if found == "failed":
                return SERVER_FAILED, []
            if found == "no-name":
                return NO_NAME, answers
            if isinstance(found, str):
                found = {"A": [found]}
            if "CNAME" in found and kind != CNAME:
                answers.append(_record(name, CNAME, _data(CNAME, found["CNAME"][0])))
                name = found["CNAME"][0]
                continue
            wanted = next((t for t, k in TYPES.items() if k == kind), None)
            answers += [_record(name, kind, _data(kind, v)) for v in found.get(wanted, [])]
            return NO_ERROR, answers
        return SERVER_FAILED, []

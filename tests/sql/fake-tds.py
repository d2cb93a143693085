#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""fake-tds.py --mode MODE [options]     a SQL Server for tests, good or misbehaving in one chosen way

Speaks TDS 7.2 to 7.4 ([MS-TDS]): PRELOGIN with the TLS handshake inside, LOGIN7, SQL batches; and the
SQL Server Browser ([MC-SQLR]). Listens on loopback only, prints "port N" when it does, and logs what
it sees on standard error, one event a line: passwords too, for that is what the tests look for.
"""
import argparse
import json
import pathlib
import socket
import socketserver
import ssl
import struct
import sys
import threading
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import tds_answers  # noqa: E402

COLLATION = bytes.fromhex("0904d00034")  # SQL_Latin1_General_CP1_CI_AS on the wire
NVARCHAR, INTN = 0xE7, 0x26
RESPONSE, PRELOGIN, LOGIN7, BATCH, ATTENTION = 4, 0x12, 0x10, 1, 6
NOT_SUPPORTED = 2
REFUSALS = {"denied": 18456, "untrusted": 18452, "disabled": 18470, "locked": 18486,
            "password-expired": 18487, "must-change": 18488, "no-database": 4064}
BANNERS = {"http": b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", "ssh": b"SSH-2.0-OpenSSH_9.2\r\n",
           "strict": b"\x15\x03\x03\x00\x02\x02\x46", "close": b"", "zeros": b"\0" * 64,
           "short-packet": b"\x04\x01\x00\x03\0\0\x01\0", "endless": b"\x04\x00\x10\x00\0\0\x01\0" + b"a" * 4088,
           "bad-prelogin": b"\x04\x01\x00\x0e\0\0\x01\0" + b"\x00\xff\xff\x00\x06\x01"}


def u16(text):
    return text.encode("utf-16-le")


def b_varchar(text):
    return bytes([len(text)]) + u16(text)


def token(kind, body):
    return bytes([kind]) + struct.pack("<H", len(body)) + body


def message(kind, number, severity, text):
    return token(kind, struct.pack("<iBBH", number, 1, severity, len(text)) + u16(text)
                 + b_varchar("SQLTEST") + b"\0" + struct.pack("<i", 1))


def done(status=0, rows=0):
    return struct.pack("<BHHQ", 0xFD, status, 0xC1, rows)


def environment(kind, new, old=""):
    if isinstance(new, bytes):
        return token(0xE3, bytes([kind, len(new)]) + new + b"\0")
    return token(0xE3, bytes([kind]) + b_varchar(new) + b_varchar(old))


def result_set(names, rows):
    out = b"\x81" + struct.pack("<H", len(names))
    kinds = [INTN if any(isinstance(r[i], int) for r in rows) else NVARCHAR for i in range(len(names))]
    for name, kind in zip(names, kinds):
        out += struct.pack("<IHB", 0, 9, kind)
        out += (b"\x08" if kind == INTN else struct.pack("<H", 8000) + COLLATION) + b_varchar(name[:100])
    for row in rows:
        out += b"\xD1"
        for kind, value in zip(kinds, row):
            if kind == INTN:
                out += b"\0" if value is None else b"\x08" + struct.pack("<q", value)
            elif value is None:
                out += b"\xff\xff"
            else:
                out += struct.pack("<H", len(u16(value))) + u16(value)
    return out


class Connection(socketserver.BaseRequestHandler):
    """one client"""

    tls = None

    def log(self, *words):
        print(f"[{self.client_address[1]}]", *words, file=sys.stderr, flush=True)

    def raw(self):
        data = self.request.recv(65536)
        if not data:
            raise EOFError
        return data

    def take(self, length):
        """so many bytes of the TDS stream, through TLS when it is on"""
        while len(self.buffer) < length:
            if self.tls is None:
                self.buffer += self.raw()
                continue
            try:
                self.buffer += self.tls.read(65536)
            except ssl.SSLWantReadError:
                self.inward.write(self.raw())
        part, self.buffer = self.buffer[:length], self.buffer[length:]
        return part

    def read(self):
        """(kind, body) of one message"""
        body = b""
        while True:
            kind, status, length = struct.unpack(">BBH4x", self.take(8))
            body += self.take(length - 8)
            if status & 1:
                return kind, body

    def put(self, packet):
        if self.tls is not None:
            self.tls.write(packet)
            packet = self.outward.read()
        self.request.sendall(packet)

    def write(self, body, kind=RESPONSE):
        parts = [body[i:i + 4088] for i in range(0, len(body), 4088)] or [b""]
        for i, part in enumerate(parts):
            last = int(i == len(parts) - 1)
            self.put(struct.pack(">BBHHBB", kind, last, len(part) + 8, 51, (i + 1) & 255, 0) + part)

    def shake_hands(self, context):
        self.inward, self.outward = ssl.MemoryBIO(), ssl.MemoryBIO()
        tls = context.wrap_bio(self.inward, self.outward, server_side=True)
        flights = 0
        while True:
            try:
                tls.do_handshake()
                ready = True
            except ssl.SSLWantReadError:
                ready = False
            except ssl.SSLError:
                self.write(self.outward.read(), PRELOGIN)  # the alert
                raise
            out = self.outward.read()
            if out:
                self.write(out, PRELOGIN)
            if ready:
                break
            if self.mode == "hang-tls":
                time.sleep(self.server.options.hang)
            self.inward.write(self.read()[1])
            flights += 1
        self.tls = tls
        self.log("TLS", tls.version(), "messages", flights)

    def handle(self):
        options = self.server.options
        self.buffer = b""
        self.number = self.server.count()
        good = self.number <= options.ok_first
        if options.once:
            self.server.socket.shutdown(socket.SHUT_RDWR)
        self.mode = "ok" if good else options.mode
        self.encrypt = "optional" if good else options.encrypt
        context = self.server.contexts[0 if good else -1]
        try:
            self.session(context)
        except (EOFError, ConnectionError, ssl.SSLError) as error:
            self.log("closed:", type(error).__name__, error)

    def session(self, context):
        if self.mode in BANNERS:
            if self.mode != "ssh":
                self.raw()
            while True:
                self.request.sendall(BANNERS[self.mode])
                if self.mode != "endless":
                    return
        if self.mode == "hang-prelogin":
            time.sleep(self.server.options.hang)
        self.profile = tds_answers.Profile(self.mode)
        kind, body = self.read()
        if kind != PRELOGIN:
            self.log("no prelogin, kind", kind, "login7" if kind == LOGIN7 else "", body.hex())
            return
        answer = self.prelogin(body)
        if self.mode == "close-after-prelogin":
            # whatever an older kind of log-in brings is shown
            self.request.shutdown(socket.SHUT_WR)
            self.log("after prelogin", self.take(1).hex())
            return
        if answer != NOT_SUPPORTED:
            self.shake_hands(context)
        if self.mode == "hang-after-prelogin":
            time.sleep(self.server.options.hang)
        kind, body = self.read()
        if kind != LOGIN7:
            self.log("no login7, kind", kind)
        elif self.login(body, answer):
            self.queries()

    def prelogin(self, body):
        options, i = {}, 0
        while body[i] != 0xFF:
            key, offset, length = struct.unpack(">BHH", body[i:i + 5])
            options[key] = body[offset:offset + length]
            i += 5
        want = options[1][0]
        answer = {"off": 0, "notsup": NOT_SUPPORTED, "required": 1 if want == 1 else 3}.get(self.encrypt, want)
        self.log("prelogin", json.dumps({"encrypt": want, "answer": answer}))
        version = [int(p) for p in (self.profile.properties["ProductVersion"] or "15.0.4430").split(".")]
        fields = [struct.pack(">BBHH", *version[:3], 0), bytes([answer]), b"\0", b"", b"\0"]
        head, data = b"", b""
        for key, value in enumerate(fields):
            head += struct.pack(">BHH", key, 5 * len(fields) + 1 + len(data), len(value))
            data += value
        self.write(head + b"\xff" + data)
        return answer

    def login(self, body, encryption):
        def field(at, raw=False):
            offset, length = struct.unpack("<HH", body[at:at + 4])
            return body[offset:offset + length] if raw else body[offset:offset + 2 * length].decode("utf-16-le")
        offset, length = struct.unpack("<HH", body[44:48])
        password = bytes(((b ^ 0xA5) >> 4 | (b ^ 0xA5) << 4) & 255
                         for b in body[offset:offset + 2 * length]).decode("utf-16-le")
        user, sspi = field(40), field(78, True)
        if encryption == 0:
            self.tls = None  # encrypted log-in only
        self.log("login7", json.dumps({
            "tds": hex(struct.unpack("<I", body[4:8])[0]), "user": user, "password": password, "app": field(48),
            "server": field(52), "database": field(68), "sspi": sspi[:24].hex(), "encrypted": self.tls is not None}))
        if self.mode == "hang-after-login":
            time.sleep(self.server.options.hang)
        if self.mode == "drop-after-login":
            return False
        if self.mode == "close-notify":  # a polite end of TLS instead of an answer
            try:
                self.tls.unwrap()
            except ssl.SSLWantReadError:
                pass
            self.request.sendall(self.outward.read())
            return False
        wanted = self.server.options.password
        refusal = REFUSALS.get(self.mode)
        if refusal is None and not sspi and wanted is not None and password != wanted:
            refusal = 18456
        if refusal is not None:
            # a server that tells the password back must not get it shown
            self.write(message(0xAA, refusal, 14, f"Login failed for user '{user}' ({password}).") + done(2))
            return False
        if self.mode != "nulls":
            self.profile.login = user or "CONTOSO\\admin"
        if sspi:
            self.profile.scheme = "KERBEROS"
        program = struct.pack(">IB", min(struct.unpack("<I", body[4:8])[0], self.profile.tds), 20)
        acknowledged = b"\x01" + program + u16("Microsoft SQL Server") + b"\x0f\0\x11\x4e"
        self.write(environment(1, "master", "master")
                   + message(0xAB, 5701, 0, "Changed database context to 'master'.")
                   + environment(7, COLLATION) + environment(2, "us_english") + token(0xAD, acknowledged)
                   + environment(4, "4096", "4096") + done())
        return True

    def queries(self):
        asked = 0
        while True:
            kind, body = self.read()
            if kind == ATTENTION:
                self.write(done(0x20))
                continue
            if kind != BATCH:
                self.log("message of kind", kind)
                raise EOFError
            text = body[struct.unpack("<I", body[:4])[0]:].decode("utf-16-le")
            self.log("sql", json.dumps(text))
            if text.lstrip().upper().startswith("SELECT"):
                asked += 1
            self.query(text, asked)

    def query(self, text, asked):
        late = self.mode == "hang-query" or (self.mode == "hang-third" and asked >= 3)
        if late and asked:
            self.log("attention" if self.read()[0] == ATTENTION else "other message")
            self.write(done(0x20))
            return
        try:
            if self.mode == "leak" and asked:
                raise tds_answers.SqlError(50000, f"The password is {self.server.options.password}")
            if self.mode == "vague" and asked:
                raise tds_answers.SqlError(50001, "x\r\n\x1b[31m" * 300)
            answer = tds_answers.answer(text, self.profile)
        except tds_answers.SqlError as error:
            self.write(message(0xAA, error.number, error.severity, error.text) + done(2))
            return
        if answer is None:
            self.write(done())
            return
        out = result_set(*answer)
        drop = self.mode == "drop-mid-row" or (self.mode == "drop-third" and asked >= 3)
        if drop and asked:
            part = out[:-3]
            self.put(struct.pack(">BBHHBB", RESPONSE, 1, len(part) + 8 + 13, 51, 1, 0) + part)
            self.log("dropped")
            self.request.shutdown(socket.SHUT_RDWR)
            raise EOFError
        if self.mode == "garbage-row" and asked:
            out = out[:-6] + b"\x77\x00\xfe\x81\x12\x00"
        self.write(out + done(0x10, len(answer[1])))


class Server(socketserver.ThreadingTCPServer):
    """all clients"""

    allow_reuse_address = daemon_threads = True
    connections = 0

    def count(self):
        self.connections += 1
        return self.connections


def browser(options, port):
    """answers for the instance SYNC, on the one port that there is for it"""
    listener = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    listener.bind((options.address, 1434))
    asked = 0
    while True:
        question, who = listener.recvfrom(1024)
        asked += 1
        print("browser", question.hex(), file=sys.stderr, flush=True)
        name = question[1:].split(b"\0")[0].decode()
        text = f"ServerName;SQLTEST;InstanceName;SYNC;IsClustered;No;Version;15.0.4430.1;tcp;{port};np;\\\\x\\sql;;"
        if options.browser in ("no-tcp", "no-protocol"):
            text = text.replace(f"tcp;{port};", "")
        if options.browser == "no-protocol":
            text = text.replace("np;\\\\x\\sql;", "")
        if options.browser == "bad-port":
            text = text.replace(f"tcp;{port};", "tcp;99999;")
        answer = b"\5" + struct.pack("<H", len(text)) + text.encode()
        if options.browser == "garbage":
            answer = b"\5\xff\xff" + bytes(range(256)) * 4
        if options.browser == "silent" or (options.browser == "second" and asked == 1):
            continue
        if options.browser in ("no-tcp", "no-protocol", "garbage") or name.upper() == "SYNC":
            listener.sendto(answer, who)


def context(options, certificate, key):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.maximum_version = ssl.TLSVersion.TLSv1_2
    if options.tls == "1.1":
        made.minimum_version = made.maximum_version = ssl.TLSVersion.TLSv1_1
        made.set_ciphers("ALL:@SECLEVEL=0")
    made.load_cert_chain(certificate, key)
    return made


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mode", default="ok")
    parser.add_argument("--address", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--encrypt", choices=["optional", "required", "off", "notsup"], default="optional")
    parser.add_argument("--certificate", action="append", required=True,
                        help="folder/name of .pem and .key; a second one is for all but the first connections")
    parser.add_argument("--ok-first", type=int, default=0, help="so many connections are served well")
    parser.add_argument("--once", action="store_true", help="after the first connection nobody listens any more")
    parser.add_argument("--tls", choices=["1.1", "1.2"], default="1.2")
    parser.add_argument("--password", help="the only one that is accepted")
    parser.add_argument("--hang", type=float, default=600)
    parser.add_argument("--browser", choices=["good", "second", "silent", "no-tcp", "no-protocol", "bad-port", "garbage"])
    options = parser.parse_args()
    if ":" in options.address:
        Server.address_family = socket.AF_INET6
    server = Server((options.address, options.port), Connection)
    server.options = options
    server.contexts = [context(options, c + ".pem", c + ".key") for c in options.certificate]
    if options.browser:
        threading.Thread(target=browser, args=(options, server.server_address[1]), daemon=True).start()
        time.sleep(0.1)
    print("port", server.server_address[1], flush=True)
    server.serve_forever()


main()

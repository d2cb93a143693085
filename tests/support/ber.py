# SPDX-License-Identifier: GPL-3.0-or-later
"""As much BER and LDAP as the misbehaving servers need."""
import struct

PAGED = b"1.2.840.113556.1.4.319"
STARTTLS = b"1.3.6.1.4.1.1466.20037"

BIND, BIND_DONE, SEARCH, ENTRY, SEARCH_DONE, REFERENCE = 0x60, 0x61, 0x63, 0x64, 0x65, 0x73
EXTENDED, EXTENDED_DONE, UNBIND, ABANDON = 0x77, 0x78, 0x42, 0x50

# True: every length in the four-byte form 84 00 00 00 nn that Active Directory uses
long_lengths = False


def tlv(tag, *parts):
    body = b"".join(parts)
    size = len(body)
    if long_lengths and tag & 0x20:
        return bytes([tag]) + b"\x84" + struct.pack(">I", size) + body
    if size < 128:
        return bytes([tag, size]) + body
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + body


def integer(number, tag=2):
    return tlv(tag, number.to_bytes(max(1, (number.bit_length() + 8) // 8), "big", signed=True))


def octets(value, tag=4):
    return tlv(tag, value if isinstance(value, bytes) else value.encode())


def parse(data, at=0):
    """(tag, content, end); IndexError while the head is not complete"""
    tag, size = data[at], data[at + 1]
    at += 2
    if size & 0x80:
        count = size & 0x7f
        if at + count > len(data):
            raise IndexError
        size = int.from_bytes(data[at:at + count], "big")
        at += count
    return tag, data[at:at + size], at + size


def elements(data):
    at, found = 0, []
    while at < len(data):
        tag, content, at = parse(data, at)
        found.append((tag, content))
    return found


def message(number, operation, controls=b""):
    return tlv(0x30, integer(number), operation, tlv(0xa0, controls) if controls else b"")


def result(tag, code, diagnostic="", referral=None, extra=b""):
    return tlv(tag, integer(code, 10), octets(""), octets(diagnostic),
               tlv(0xa3, *map(octets, referral)) if referral else b"", extra)


def entry(name, attributes):
    return tlv(ENTRY, octets(name), tlv(0x30, *(
        tlv(0x30, octets(key), tlv(0x31, *map(octets, value if isinstance(value, list) else [value])))
        for key, value in attributes)))


def paged_control(cookie, size=0, value=None):
    if value is None:
        value = tlv(0x30, integer(size), octets(cookie))
    return tlv(0x30, octets(PAGED), octets(value))


def split(pdu):
    """(message id, operation tag, its content, {control: value}) of one whole PDU"""
    parts = elements(parse(pdu)[1])
    number = int.from_bytes(parts[0][1], "big", signed=True)
    operation, content = parts[1]
    controls = {}
    for tag, rest in parts[2:]:
        if tag == 0xa0:
            for _, control in elements(rest):
                fields = elements(control)
                has_value = fields[-1][0] == 4 and len(fields) > 1
                controls[fields[0][1]] = fields[-1][1] if has_value else b""
    return number, operation, content, controls


class Reader:
    """whole PDUs from a socket"""

    def __init__(self, sock):
        self.sock, self.rest = sock, b""

    def read(self):
        """the next PDU; b"" at the end"""
        while True:
            try:
                _, _, end = parse(self.rest)
                if end <= len(self.rest):
                    pdu, self.rest = self.rest[:end], self.rest[end:]
                    return pdu
            except IndexError:
                pass
            piece = self.sock.recv(262144)
            if not piece:
                return b""
            self.rest += piece


def _escape(value):
    return "".join(chr(b) if 32 < b < 127 and b not in b"()*\\" else f"\\{b:02x}" for b in value)


def filter_text(tag, content):
    """an LDAP filter as text (RFC 4515)"""
    if tag in (0xa0, 0xa1):
        return f"({'&' if tag == 0xa0 else '|'}{''.join(filter_text(*e) for e in elements(content))})"
    if tag == 0xa2:
        return f"(!{filter_text(*elements(content)[0])})"
    if tag == 0x87:
        return f"({content.decode()}=*)"
    if tag == 0xa9:
        parts = dict(elements(content))
        return f"({parts.get(0x82, b'').decode()}:{parts[0x81].decode()}:={_escape(parts[0x83])})"
    (_, name), (_, value) = elements(content)[:2]
    if tag == 0xa4:
        pieces = elements(value)
        text = "*".join(_escape(v) for _, v in pieces)
        start = "" if pieces[0][0] == 0x80 else "*"
        end = "" if pieces[-1][0] == 0x82 else "*"
        return f"({name.decode()}={start}{text}{end})"
    return f"({name.decode()}{ {0xa3: '=', 0xa5: '>=', 0xa6: '<=', 0xa8: '~='}[tag]}{_escape(value)})"

# SPDX-License-Identifier: GPL-3.0-or-later
"""Authorities and server certificates, good and bad, made by the openssl command."""
import datetime
import os
import shutil
import subprocess
import tempfile


def _openssl(*arguments):
    done = subprocess.run(["openssl", *arguments], capture_output=True)
    if done.returncode:
        raise RuntimeError(f"openssl {arguments[0]}: {done.stderr.decode()[-400:]}")


def _day(number):
    now = datetime.datetime.now(datetime.timezone.utc)
    return (now + datetime.timedelta(days=number)).strftime("%Y%m%d%H%M%SZ")


def make_key(folder, name):
    """folder/name.key, of the quick kind"""
    _openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256",
             "-out", f"{folder}/{name}.key")


def make_authority(folder, name, title, issuer=None):
    """folder/name.pem and .key, unless they exist"""
    if os.path.exists(f"{folder}/{name}.pem"):
        return
    make_key(folder, name)
    sign(folder, name, "/CN=" + title, issuer or name,
         "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n", -3650, 3650)


def sign(folder, name, subject, issuer, extensions, first, last, digest="sha256"):
    """Certifies folder/name.key. `openssl ca` is the one command with free start and end dates."""
    work = tempfile.mkdtemp(dir=folder)
    files = {
        "index.txt": "",
        "serial": f"{int.from_bytes(os.urandom(7), 'big') | 1:016x}\n",
        "ext": extensions,
        "conf": f"[ca]\ndefault_ca=d\n[d]\ndatabase={work}/index.txt\nserial={work}/serial\n"
                f"new_certs_dir={work}\npolicy=p\nunique_subject=no\nemail_in_dn=no\n"
                "[p]\ncommonName=supplied\norganizationName=optional\ncountryName=optional\n[req]\ndistinguished_name=n\n[n]\n",
    }
    for file, text in files.items():
        with open(f"{work}/{file}", "w", encoding="ascii") as stream:
            stream.write(text)
    _openssl("req", "-new", "-config", f"{work}/conf", "-key", f"{folder}/{name}.key",
             "-subj", subject, "-out", f"{work}/csr")
    if issuer == name:
        who = ["-selfsign", "-keyfile", f"{folder}/{name}.key"]
    else:
        who = ["-cert", f"{folder}/{issuer}.pem", "-keyfile", f"{folder}/{issuer}.key"]
    _openssl("ca", "-batch", "-notext", "-config", f"{work}/conf", "-in", f"{work}/csr",
             "-out", f"{folder}/{name}.pem", "-extfile", f"{work}/ext",
             "-startdate", _day(first), "-enddate", _day(last), "-md", digest, *who)
    shutil.rmtree(work)


def make_server(folder, name, host, address, fault=""):
    """folder/name.pem and .key for a server, wrong in one way if a fault is named"""
    make_authority(folder, "ca", "Presync test authority")
    bits, digest, first, last, issuer = "2048", "sha256", -30, 365, "ca"
    names = f"subjectAltName=DNS:{host},DNS:localhost,IP:{address}\n"
    subject = "/CN=" + host
    if fault == "wrong-name":
        names, subject = "subjectAltName=DNS:other.example\n", "/CN=other.example"
    elif fault == "no-san":
        names = ""
    elif fault == "expired":
        first, last = -400, -1
    elif fault == "not-yet":
        first, last = 1, 365
    elif fault == "weak-key":
        bits = "1024"
    elif fault == "sha1":
        digest = "sha1"
    elif fault == "unknown-ca":
        make_authority(folder, "other-ca", "Another authority")
        issuer = "other-ca"
    elif fault == "missing-intermediate":
        make_authority(folder, "inter-ca", "Intermediate authority", "ca")
        issuer = "inter-ca"
    elif fault == "self-signed":
        issuer = name
    _openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", f"rsa_keygen_bits:{bits}",
             "-out", f"{folder}/{name}.key")
    sign(folder, name, subject, issuer, names + "extendedKeyUsage=serverAuth\nbasicConstraints=CA:FALSE\n",
         first, last, digest)

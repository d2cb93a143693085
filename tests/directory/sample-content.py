#!/usr/bin/python3 -W ignore
# SPDX-License-Identifier: GPL-3.0-or-later
"""sample-content.py DIR [--finish]: fills the domain that ad-dc made in DIR for the sample, Contoso.

Everything is derived from the lists below: two runs give the same names. --finish: what must come after
the second controller has joined.
"""
import sys

import ldb
from samba.auth import system_session
from samba.param import LoadParm
from samba.samdb import SamDB

FIRST = """Adele Alan Alba Amira Anders Anouk Arjun Astrid Ben Bianca Bruno Camille Carlos Chiara Daniel Diego Elena
Emil Esther Fatima Felix Grace Gustav Hana Henrik Ines Isaac Ivana Jakob Jana Joni Kofi Lara Leandro Lena Liam Lidia
Lynne Mads Maja Marco Mei Megan Miriam Nadia Nestor Noah Olga Oskar Patti Pavel Pradeep Priya Rafael Rosa Samira
Sofia Tobias Yara Zoe""".split()
LAST = """Abel Adeyemi Bauer Berger Bianchi Bowen Brandt Carvalho Castillo Cohen Costa Dubois Eriksen Fischer Fontaine
Garcia Haddad Hansen Hoffmann Ibrahim Ito Jansen Johansson Kaur Keller Kowalski Krause Larsen Lindqvist Lorenz Marin
Mensah Meyer Moreau Murphy Nakamura Novak Okafor Olsen Pereira Petrov Quinn Rao Richter Rossi Santos Schmidt Silva
Sommer Stone Tanaka Tremblay Vance Vargas Vogel Weber Wilber Winkler Young Zimmermann""".split()
DEPARTMENTS = ["Finance", "Human Resources", "Information Technology", "Legal", "Logistics", "Marketing", "Production",
               "Purchasing", "Research", "Sales"]
LISTS = ["All Employees", "Board", "Berlin Office", "Milan Office", "Stockholm Office", "Travelling Sales", "Works Council"]
CONTACTS = ["Bäckerei Sonne", "Fabrikam Support", "Northwind Sales", "Tailspin Logistics", "Woodgrove Bank", "Wingtip Press Office"]
SERVERS = [
    ("SYNC01", "Windows Server 2016 Standard", "10.0 (14393)"),
    ("APP01", "Windows Server 2019 Standard", "10.0 (17763)"),
    ("APP02", "Windows Server 2022 Standard", "10.0 (20348)"),
    ("FILE01", "Windows Server 2019 Standard", "10.0 (17763)"),
    ("PRINT01", "Windows Server 2016 Standard", "10.0 (14393)"),
    ("SQL01", "Windows Server 2019 Datacenter", "10.0 (17763)"),
    ("WEB01", "Windows Server 2022 Standard", "10.0 (20348)"),
]
USERS = 190
LAPTOPS = 14
CONTROLLER_SYSTEM = ("Windows Server 2012 R2 Standard", "6.3 (9600)")
GROUP_TYPE = {"global": -2147483646, "universal distribution": 8}

directory = sys.argv[1]
parameters = LoadParm()
parameters.load(directory + "/etc/smb.conf")
db = SamDB(url=directory + "/private/sam.ldb", session_info=system_session(), lp=parameters)
domain, configuration = db.domain_dn(), str(db.get_config_basedn())
dns = "contoso.com"


def message(dn, attributes, flag):
    m = ldb.Message()
    m.dn = ldb.Dn(db, dn)
    for name, value in attributes.items():
        values = value if isinstance(value, list) else [value]
        m[name] = ldb.MessageElement([str(v) for v in values], flag, name)
    return m


def add(dn, **attributes):
    db.add(message(dn, attributes, ldb.FLAG_MOD_ADD), controls=["relax:0"])


def change(dn, **attributes):
    attributes = {name.replace("_", "-"): value for name, value in attributes.items()}
    db.modify(message(dn, attributes, ldb.FLAG_MOD_REPLACE), controls=["relax:0"])


def unit(dn):
    add(dn, objectClass="organizationalUnit")
    return dn


def computer(name, parent, system, version):
    add(f"CN={name},{parent}", objectClass="computer", sAMAccountName=name + "$", userAccountControl=4096,
        dNSHostName=f"{name}.{dns}", operatingSystem=system, operatingSystemVersion=version)


def people(parents):
    taken = set()
    for i in range(USERS):
        first, last = FIRST[i * 7 % len(FIRST)], LAST[(i * 11 + i // 60 * 3) % len(LAST)]
        name = f"{first} {last}"
        assert name not in taken, name
        taken.add(name)
        account = f"{first}.{last}".lower()[:20]
        add(f"CN={name},{parents[i % len(parents)]}", objectClass="user", sAMAccountName=account, userAccountControl=544,
            userPrincipalName=f"{first}.{last}@{dns}".lower(), displayName=name, givenName=first, sn=last,
            mail=f"{first}.{last}@{dns}".lower())


def fill():
    top = unit(f"OU=Contoso,{domain}")
    staff = unit(f"OU=Staff,{top}")
    people([unit(f"OU={department},{staff}") for department in DEPARTMENTS])
    groups = unit(f"OU=Groups,{top}")
    for department in DEPARTMENTS:
        add(f"CN={department},{groups}", objectClass="group", sAMAccountName=department, groupType=GROUP_TYPE["global"])
    for name in LISTS:
        add(f"CN={name},{groups}", objectClass="group", sAMAccountName=name,
            groupType=GROUP_TYPE["universal distribution"])
    contacts = unit(f"OU=Contacts,{top}")
    for name in CONTACTS:
        add(f"CN={name},{contacts}", objectClass="contact", displayName=name)
    servers = unit(f"OU=Servers,{top}")
    for server in SERVERS:
        computer(server[0], servers, *server[1:])
    laptops = unit(f"OU=Laptops,{top}")
    for i in range(LAPTOPS):
        computer(f"CON-LT-{2041 + i * 3}", laptops, "Windows 11 Enterprise", "10.0 (22631)")
    # Every forest since 2012 has these; no root key in them.
    kds = f"CN=Group Key Distribution Service,CN=Services,{configuration}"
    add(kds, objectClass="container")
    add(f"CN=Master Root Keys,{kds}", objectClass="container")
    add(f"CN=Server Configuration,{kds}", objectClass="container")


def finish():
    for name in ("DC01", "DC02"):
        change(f"CN={name},OU=Domain Controllers,{domain}", operatingSystem=CONTROLLER_SYSTEM[0],
               operatingSystemVersion=CONTROLLER_SYSTEM[1], dNSHostName=f"{name}.{dns}")
        change(f"CN={name},CN=Servers,CN=Default-First-Site-Name,CN=Sites,{configuration}", dNSHostName=f"{name}.{dns}")
    change(f"CN=Partitions,{configuration}", uPNSuffixes=["contoso.local"])


if "--finish" in sys.argv:
    finish()
else:
    fill()

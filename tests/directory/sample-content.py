#!/usr/bin/python3 -W ignore
# SPDX-License-Identifier: GPL-3.0-or-later
"""sample-content.py DIR [--finish]: fills the domain that ad-dc made in DIR for the sample, Contoso.

Everything is derived from the lists below: two runs give the same names. --finish: what must come after
the second controller has joined.
"""
import datetime
import re
import sys

import ldb
from samba.auth import system_session
from samba.dcerpc import security
from samba.dsdb import DSDB_CONTROL_BYPASS_PASSWORD_HASH_OID
from samba.ndr import ndr_pack, ndr_unpack
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
LOCAL = "contoso.local"
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
USERS = 100
EXECUTIVES = ["Alva Lindgren", "Bernd Achterberg", "Catherine Moulin", "Dario Conti", "Eszter Farkas", "Helen Whitcombe",
              "Ravi Chandran", "Tomoko Hayashi"]
LAPTOPS = 14
ADMINISTRATOR = "eadmin"        # Enterprise Admin through a group
FORMER_ADMINISTRATOR = "h.brandl-adm"      # a helpdesk account that is still protected
CONNECTOR = "svc-adconnect"     # AD DS Connector account, with too few rights
PASSWORD = "Sample.Passw0rd1"
TENANT = "4f1b2c8e-0d6a-4b57-9c3e-7a21d5e8b604"
SSO_KEY_CHANGED = datetime.datetime(2022, 5, 17, 9, 30, tzinfo=datetime.timezone.utc)
NEVER = -0x8000000000000000     # a maximum password age: passwords do not expire
CONTROLLER_SYSTEM = ("Windows Server 2012 R2 Standard", "6.3 (9600)")
GROUP_TYPE = {"global": -2147483646, "universal distribution": 8}

# What Set-ADSync…Permissions of the ADSyncConfig module write on the domain's head (schemaIDGUIDs and
# rightsGuids: [MS-ADSC], [MS-ADTS] 5.1.3.2.1).
CLASSES = {
    "user": "bf967aba-0de6-11d0-a285-00aa003049e2",
    "inetOrgPerson": "4828cc14-1437-45bc-9b07-ad6f015e5f28",
    "group": "bf967a9c-0de6-11d0-a285-00aa003049e2",
    "contact": "5cb41ed0-0e4c-11d0-a286-00aa003049e2",
    "computer": "bf967a86-0de6-11d0-a285-00aa003049e2",
    "foreignSecurityPrincipal": "89e31c12-8530-11d0-afda-00c04fd930c9",
    "device": "bf967a8e-0de6-11d0-a285-00aa003049e2",
}
REPLICATE = "1131f6aa-9c07-11d1-f79f-00c04fc2dcd2"
REPLICATE_ALL = "1131f6ad-9c07-11d1-f79f-00c04fc2dcd2"
CONSISTENCY_GUID = "23773dc2-b63a-11d2-90e1-00c04fd91ab1"
RESET_PASSWORD = "00299570-246d-11d0-a768-00aa006e0529"
LOCKOUT_TIME = "28630ebf-41d5-11d1-a9c1-0000f80367c1"
# Password writeback also needs Write pwdLastSet: who prepared this account forgot it.
GRANTED = ([f"(OA;CIIO;RP;;{guid};{{sid}})" for guid in CLASSES.values()]
           + [f"(OA;;CR;{guid};;{{sid}})" for guid in (REPLICATE, REPLICATE_ALL)]
           + [f"(OA;CIIO;{rights};{guid};{CLASSES['user']};{{sid}})"
              for rights, guid in (("RPWP", CONSISTENCY_GUID), ("CR", RESET_PASSWORD), ("WP", LOCKOUT_TIME))])
# Of CN=AdminSDHolder as Windows Server sets it up: it does not inherit.
ADMIN_SD_HOLDER = ("D:PAI(A;;RPLCLORC;;;AU)(A;;RPWPCRLCLOCCRCWDWOSW;;;DA)(A;;RPWPCRLCLOCCRCWDWOSW;;;EA)"
                   "(A;;RPWPCRLCLOCCDCRCWDWOSDSW;;;BA)(A;;RPWPCRLCLOCCDCRCWDWOSDDTSW;;;SY)"
                   "(OA;;CR;ab721a53-1e2f-11d0-9819-00aa0040529b;;WD)(OA;;CR;ab721a53-1e2f-11d0-9819-00aa0040529b;;PS)"
                   "(OA;;RPWP;bf967a7f-0de6-11d0-a285-00aa003049e2;;CA)"
                   "(OA;;RP;46a9b11d-60ae-405a-b7e8-ff8a58d456d2;;S-1-5-32-560)"
                   "(OA;;RPWP;6db69a1c-9422-11d1-aebd-0000f80367c1;;S-1-5-32-561)")
DACL = "sd_flags:1:4"

directory = sys.argv[1]
parameters = LoadParm()
parameters.load(directory + "/etc/smb.conf")
db = SamDB(url=directory + "/private/sam.ldb", session_info=system_session(), lp=parameters)
domain, configuration = db.domain_dn(), str(db.get_config_basedn())
dns = "contoso.com"
domain_sid = security.dom_sid(db.get_domain_sid())


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
        # One department still signs in with a name that cannot be verified in Microsoft Entra.
        suffix = LOCAL if DEPARTMENTS[i % len(parents)] == "Production" else dns
        add(f"CN={name},{parents[i % len(parents)]}", objectClass="user", sAMAccountName=account, userAccountControl=544,
            userPrincipalName=f"{first}.{last}@{suffix}".lower(), displayName=name, givenName=first, sn=last,
            mail=f"{first}.{last}@{dns}".lower())


def person(name, parent, account, **attributes):
    first, last = name.split(" ", 1)
    dn = f"CN={name},{parent}"
    add(dn, objectClass="user", sAMAccountName=account, userAccountControl=544,
        userPrincipalName=f"{account}@{dns}".lower(), displayName=name, givenName=first, sn=last, **attributes)
    return dn


def with_password(dn, control=512):
    db.setpassword(f"(distinguishedName={ldb.binary_encode(dn)})", PASSWORD)
    change(dn, userAccountControl=control)


def dacl_of(dn):
    """The access-control list in SDDL, "D:AI(…)(…)" """
    entry = db.search(dn, scope=ldb.SCOPE_BASE, attrs=["nTSecurityDescriptor"], controls=[DACL])[0]
    return ndr_unpack(security.descriptor, entry["nTSecurityDescriptor"][0]).as_sddl(domain_sid)


def set_dacl(dn, sddl):
    m = ldb.Message()
    m.dn = ldb.Dn(db, dn)
    descriptor = ndr_pack(security.descriptor.from_sddl(sddl, domain_sid))
    m["nTSecurityDescriptor"] = ldb.MessageElement(descriptor, ldb.FLAG_MOD_REPLACE, "nTSecurityDescriptor")
    db.modify(m, controls=[DACL])


def sid_of(dn):
    entry = db.search(dn, scope=ldb.SCOPE_BASE, attrs=["objectSid"])[0]
    return ndr_unpack(security.dom_sid, entry["objectSid"][0])


def grant(dn, entries):
    """Adds access-control entries in SDDL to those that are there"""
    set_dacl(dn, dacl_of(dn) + "".join(entries))


def stop_inheritance(dn, without):
    """As "Disable inheritance" and "Convert inherited permissions" do, where @without had none yet."""
    kept = [entry for entry in re.findall(r"\([^)]*\)", dacl_of(dn)) if not entry.endswith(f";{without})")]
    kept = [re.sub(r"^(\(\w+;)(\w*)ID(\w*;)", r"\1\2\3", entry) for entry in kept]
    set_dacl(dn, "D:P" + "".join(kept))


def protect(dn):
    """What AdminSDHolder does once an hour to members of administrative groups, and never undoes"""
    change(dn, adminCount=1)
    set_dacl(dn, ADMIN_SD_HOLDER)


def accounts(top):
    """Administrators, and what an earlier attempt has left; before the others, so that they inherit"""
    add(f"CN=Tier 0 Admins,CN=Users,{domain}", objectClass="group", sAMAccountName="Tier 0 Admins",
        groupType=GROUP_TYPE["global"])
    administration = unit(f"OU=Administration,{top}")
    administrator = person("Eva Amsel", administration, ADMINISTRATOR)
    change(f"CN=Tier 0 Admins,CN=Users,{domain}", member=administrator)
    m = message(f"CN=Enterprise Admins,CN=Users,{domain}", {"member": f"CN=Tier 0 Admins,CN=Users,{domain}"},
                ldb.FLAG_MOD_ADD)
    db.modify(m)
    with_password(administrator)
    former = person("Hannes Brandl", administration, FORMER_ADMINISTRATOR, description="Helpdesk, former administrator")
    with_password(former)
    services = unit(f"OU=Service Accounts,{top}")
    connector = f"CN={CONNECTOR},{services}"
    add(connector, objectClass="user", sAMAccountName=CONNECTOR, userPrincipalName=f"{CONNECTOR}@{dns}",
        displayName="Entra Connect: AD DS Connector", userAccountControl=544)
    with_password(connector, 512 + 65536)       # never expires
    sid = sid_of(connector)
    set_dacl(f"CN=AdminSDHolder,CN=System,{domain}", ADMIN_SD_HOLDER)
    grant(domain, [entry.format(sid=sid) for entry in GRANTED])
    for dn in (administrator, former):
        protect(dn)
    return sid


def traces():
    dn = f"CN=AZUREADSSOACC,CN=Computers,{domain}"
    add(dn, objectClass="computer", sAMAccountName="AZUREADSSOACC$", userAccountControl=4096)
    epoch = datetime.datetime(1601, 1, 1, tzinfo=datetime.timezone.utc)
    db.modify(message(dn, {"pwdLastSet": int((SSO_KEY_CHANGED - epoch).total_seconds()) * 10_000_000},
                      ldb.FLAG_MOD_REPLACE), controls=["relax:0", f"local_oid:{DSDB_CONTROL_BYPASS_PASSWORD_HASH_OID}:0"])
    registration = f"CN=Device Registration Configuration,CN=Services,{configuration}"
    add(registration, objectClass="container")
    add(f"CN=62a0ff2e-97b9-4513-943f-0d221bd30080,{registration}", objectClass="serviceConnectionPoint",
        keywords=[f"azureADName:{dns}", f"azureADId:{TENANT}"])


def fill():
    # So that what the snapshot says of passwords does not change with the date on which it is read
    change(domain, maxPwdAge=NEVER)
    # As Microsoft advises: without this members may not read all of everybody
    db.modify(message(f"CN=Pre-Windows 2000 Compatible Access,CN=Builtin,{domain}",
                      {"member": f"CN=S-1-5-11,CN=ForeignSecurityPrincipals,{domain}"}, ldb.FLAG_MOD_DELETE))
    top = unit(f"OU=Contoso,{domain}")
    connector = accounts(top)
    traces()
    staff = unit(f"OU=Staff,{top}")
    people([unit(f"OU={department},{staff}") for department in DEPARTMENTS])
    executives = unit(f"OU=Executives,{staff}")
    stop_inheritance(executives, connector)
    for name in EXECUTIVES:
        account = name.lower().replace(" ", ".")
        person(name, executives, account[:20], mail=f"{account}@{dns}")
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
    change(f"CN=Partitions,{configuration}", uPNSuffixes=[LOCAL])


if "--finish" in sys.argv:
    finish()
else:
    fill()

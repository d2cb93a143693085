# SPDX-License-Identifier: GPL-3.0-or-later
"""What Microsoft's sign-in service and Microsoft Graph answer about an invented tenant. Names and types are those of
the published metadata ($metadata of v1.0; directorySizeQuota of beta), with members nobody asked for and nulls."""
import base64
import json
import time
import uuid

HYBRID = "8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2"
GLOBAL = "62e90394-69f5-4237-9190-012177145e10"
READER = "88d8e3e3-8f55-4a1e-953a-9b9898b8876b"
SYNC = "d29b2b05-8046-44ba-8758-1e26182fcf32"
ROLES = {HYBRID: "Hybrid Identity Administrator", GLOBAL: "Global Administrator", READER: "Directory Readers",
         SYNC: "Directory Synchronization Accounts"}
CONSUMERS = "9188040d-6c67-4c5b-b112-36a304b66dad"

TENANT = "11111111-2222-3333-4444-555555555555"
OTHER_TENANT = "99999999-8888-7777-6666-555555555555"
CLIENT = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"


def guid(text):
    """always the same id for the same text"""
    return str(uuid.uuid5(uuid.NAMESPACE_DNS, text))


class Person:
    """somebody in the tenant; roles and eligible: template ids; group_roles: held through a group"""

    def __init__(self, upn="hybrid.admin@contoso.com", name="Hanna Hybrid", **more):
        self.upn, self.name, self.id = upn, name, guid(upn)
        self.roles, self.group_roles, self.eligible, self.unit_roles = [HYBRID], [], [], []
        self.group_eligible = []
        self.kind, self.enabled, self.creation, self.state, self.synced, self.issuer = "Member", True, None, None, None, None
        self.idp = None
        for key, value in more.items():
            if not hasattr(self, key):
                raise TypeError(key)
            setattr(self, key, value)

    def json(self):
        sign_in = {"signInType": "userPrincipalName", "issuer": "contoso.onmicrosoft.com", "issuerAssignedId": self.upn}
        if self.issuer:
            sign_in = {"signInType": "federated", "issuer": self.issuer, "issuerAssignedId": None}
        return {"id": self.id, "userPrincipalName": self.upn, "displayName": self.name, "userType": self.kind,
                "accountEnabled": self.enabled, "identities": [sign_in], "creationType": self.creation,
                "externalUserState": self.state, "onPremisesSyncEnabled": self.synced, "mail": None}


def member(**more):
    return Person(**more)


def guest(**more):
    return Person("kim_fabrikam.com#EXT#@contoso.onmicrosoft.com", "Kim Guest", kind="Guest", creation="Invitation",
                  state="Accepted", issuer="ExternalAzureAD", **more)


class Tenant:
    """what Graph tells of it; a test changes what it wants"""

    def __init__(self):
        self.name, self.kind = "Contoso Ltd", "AAD"
        self.created = "2019-04-02T08:30:00Z"
        self.verified = {"contoso.com": "Managed", "contoso.onmicrosoft.com": "Managed"}
        self.syncing, self.last_sync = None, None
        self.quota = {"used": 1200, "total": 300000}
        self.me = member()
        self.people = []
        self.sync_accounts = 0
        self.sync_role_active = True
        self.features = {"blockSoftMatchEnabled": True, "blockCloudObjectTakeoverThroughHardMatchEnabled": True}
        self.plans = ["AAD_PREMIUM"]
        self.sku_status, self.plan_status = "Enabled", "Success"

    def domains(self):
        return [{"capabilities": "Email, OfficeCommunicationsOnline", "isDefault": n == next(iter(self.verified)),
                 "isInitial": n.endswith(".partner.onmschina.cn") or n.count(".") == 2 and ".onmicrosoft." in n,
                 "name": n, "type": t}
                for n, t in self.verified.items()]

    def organization(self, beta=False):
        answer = {"id": TENANT, "deletedDateTime": None, "displayName": self.name, "tenantType": self.kind,
                  "createdDateTime": self.created, "verifiedDomains": self.domains(), "street": None,
                  "onPremisesSyncEnabled": self.syncing, "onPremisesLastSyncDateTime": self.last_sync,
                  "businessPhones": [], "privacyProfile": None, "countryLetterCode": "DE"}
        if beta:
            answer["directorySizeQuota"] = self.quota
        return [answer]

    def definition(self, template):
        return {"id": template, "description": "x", "displayName": ROLES[template], "isBuiltIn": True,
                "isEnabled": True, "resourceScopes": ["/"], "templateId": template, "version": "1",
                "rolePermissions": [{"allowedResourceActions": ["microsoft.directory/x/read"], "condition": None}],
                "inheritsPermissionsFrom": []}

    def assignments(self, person):
        rows = [(r, "/", person.id) for r in person.roles]
        rows += [(r, "/administrativeUnits/" + guid("unit"), person.id) for r in person.unit_roles]
        rows += [(r, "/", guid("group")) for r in person.group_roles]
        return [{"id": guid(w + r + s), "principalId": w, "directoryScopeId": s, "appScopeId": None,
                 "resourceScope": s, "roleDefinitionId": r, "roleDefinition": self.definition(r)} for r, s, w in rows]

    def directory_roles(self, person):
        return [{"@odata.type": "#microsoft.graph.directoryRole", "id": guid(r), "deletedDateTime": None,
                 "description": "x", "displayName": ROLES[r], "roleTemplateId": r}
                for r in (*person.roles, *person.group_roles)]

    def eligibilities(self, person):
        """of the person, and of a group for what it holds through that"""
        rows = [(r, person.id) for r in person.eligible] + [(r, guid("group")) for r in person.group_eligible]
        return [{"id": guid("e" + r), "principalId": who, "roleDefinitionId": r, "directoryScopeId": "/",
                 "appScopeId": None, "startDateTime": "2026-01-01T00:00:00Z", "endDateTime": None,
                 "memberType": "Direct", "roleEligibilityScheduleId": guid("s" + r),
                 "roleDefinition": self.definition(r)} for r, who in rows]

    def groups(self, person):
        if not person.group_roles and not person.group_eligible:
            return []
        return [{"@odata.type": "#microsoft.graph.group", "id": guid("group"), "displayName": "Identity team",
                 "isAssignableToRole": True, "mailEnabled": False, "securityEnabled": True, "mail": None}]

    def sync_members(self):
        return [{"@odata.type": "#microsoft.graph.user", "id": guid(f"sync{i}"), "businessPhones": [],
                 "displayName": "On-Premises Directory Synchronization Service Account", "givenName": None,
                 "userPrincipalName": f"Sync_SRV{i}_0123456789ab@contoso.onmicrosoft.com"}
                for i in range(self.sync_accounts)]

    def synchronization(self):
        features = {"passwordSyncEnabled": True, "passwordWritebackEnabled": False, "softMatchOnUpnEnabled": True,
                    "quarantineUponUpnConflictEnabled": False, "deviceWritebackEnabled": False, **self.features}
        return [{"id": TENANT, "configuration": {"accidentalDeletionPrevention":
                                                 {"alertThreshold": 500, "synchronizationPreventionType": "enabledForCount"}},
                 "features": features}]

    def skus(self):
        return [{"accountId": TENANT, "accountName": "Contoso", "appliesTo": "User", "capabilityStatus": self.sku_status,
                 "consumedUnits": 14, "id": f"{TENANT}_{guid('sku')}", "skuId": guid("sku"), "skuPartNumber": "EMS",
                 "subscriptionIds": [], "prepaidUnits": {"enabled": 25, "suspended": 0, "warning": 0, "lockedOut": 0},
                 "servicePlans": [{"servicePlanId": guid(p), "servicePlanName": p, "appliesTo": "User",
                                   "provisioningStatus": self.plan_status} for p in [*self.plans, "INTUNE_A"]]}]

    def everybody(self):
        return [self.me, *self.people]


def openid(login, graph, tenant):
    issuer = f"https://{login}/{tenant}"
    return {"token_endpoint": issuer + "/oauth2/v2.0/token", "jwks_uri": issuer + "/discovery/v2.0/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt"],
            "response_modes_supported": ["query", "fragment"], "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"], "scopes_supported": ["openid", "offline_access"],
            "issuer": issuer + "/v2.0", "request_uri_parameter_supported": False,
            "authorization_endpoint": issuer + "/oauth2/v2.0/authorize",
            "device_authorization_endpoint": issuer + "/oauth2/v2.0/devicecode", "http_logout_supported": True,
            "tenant_region_scope": "EU", "cloud_instance_name": login.split(".", 1)[1] if login.startswith("login.")
            else login, "cloud_graph_host_name": "graph.windows.net", "msgraph_host": graph,
            "rbac_url": "https://pas.windows.net"}


def no_tenant(domain):
    return {"error": "invalid_tenant", "error_description":
            f"AADSTS90002: Tenant '{domain}' not found. Check to make sure you have the correct tenant ID and are "
            "signing into the correct cloud. Check with your subscription administrator, this may happen if there are "
            "no active subscriptions for the tenant. Trace ID: 0 Correlation ID: 0 Timestamp: 2026-10-28 08:00:00Z",
            "error_codes": [90002], "timestamp": "2026-10-28 08:00:00Z", "trace_id": guid("trace"),
            "correlation_id": guid("correlation"), "error_uri": "https://login.microsoftonline.com/error?code=90002"}


def refusal(error, number, text):
    return {"error": error, "error_description": f"AADSTS{number}: {text} Trace ID: 0 Correlation ID: 0 "
            "Timestamp: 2026-10-28 08:00:00Z", "error_codes": [number], "timestamp": "2026-10-28 08:00:00Z",
            "trace_id": guid("trace"), "correlation_id": guid("correlation")}


def graph_error(code, message):
    return {"error": {"code": code, "message": message,
                      "innerError": {"date": "2026-10-28T08:00:00", "request-id": guid("request"),
                                     "client-request-id": guid("client")}}}


def id_token(person, tenant, login):
    def part(value):
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()
    now = int(time.time())
    claims = {"aud": CLIENT, "iss": f"https://{login}/{tenant}/v2.0", "iat": now, "nbf": now, "exp": now + 3600,
              "name": person.name, "oid": person.id, "preferred_username": person.upn, "rh": "0.A", "sub": "s",
              "tid": tenant, "uti": "u", "ver": "2.0"}
    if person.idp:
        claims["idp"] = person.idp
    return ".".join((part({"typ": "JWT", "alg": "RS256", "kid": "k"}), part(claims), "c2lnbmF0dXJl"))

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people type and paste as the name of their tenant, and the rest of what they can get wrong
 */
#include "sources/tenant/tenant-target.h"

#include <string.h>

#include "base/error.h"

#define TENANT "72f988bf-86f1-41af-91ab-2d7cd011db47"

static void
test_good (void)
{
  static const char *const cases[][2] = {
    { "contoso.com", "contoso.com" },
    { "  Contoso.COM\n", "contoso.com" },
    { "contoso.com.", "contoso.com" },
    { "contoso.onmicrosoft.com", "contoso.onmicrosoft.com" },
    { "contoso.onmicrosoft.us", "contoso.onmicrosoft.us" },
    { "contoso.partner.onmschina.cn", "contoso.partner.onmschina.cn" },
    { TENANT, TENANT },
    { "72F988BF-86F1-41AF-91AB-2D7CD011DB47", TENANT },
    { "https://contoso.com", "contoso.com" },
    { "https://www.contoso.com/about?x=1#y", "www.contoso.com" },
    { "http://contoso.com:8080/", "contoso.com" },
    { "HTTPS://anna:secret@contoso.com/", "contoso.com" },
    { "anna@contoso.com", "contoso.com" },
    { "mailto:anna@contoso.com", "contoso.com" },
    { "a@b@contoso.com", "contoso.com" },
    { "bücher.example", "xn--bcher-kva.example" },
    { "BÜCHER.example", "xn--bcher-kva.example" },
    { "https://müller.de/", "xn--mller-kva.de" },
    { "xn--bcher-kva.example", "xn--bcher-kva.example" },
    { "faß.de", "xn--fa-hia.de" },
    { "contoso。com", "contoso.com" },
    { "a-b.c-1.co", "a-b.c-1.co" },
    { "notmicrosoft.com", "notmicrosoft.com" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PresyncTenantTarget) target = presync_tenant_target_new ();
      g_autoptr (GError) error = NULL;

      presync_tenant_target_parse_name (target, cases[i][0], &error);
      g_assert_no_error (error);
      g_assert_cmpstr (target->domain, ==, cases[i][1]);
    }
}

/* Refused in one sentence that can be shown; what was there before stays. */
static void
assert_bad (const char *text, const char *words)
{
  g_autoptr (PresyncTenantTarget) target = presync_tenant_target_new ();
  g_autoptr (GError) error = NULL;

  target->domain = g_strdup ("before.example");
  if (presync_tenant_target_parse_name (target, text, &error))
    g_error ("%s was taken", text);
  g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” without “%s”", error->message, words);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpuint (strlen (error->message), <, 400);
  g_assert_null (strstr (error->message, "secret"));
  for (const char *p = error->message; *p != '\0'; p = g_utf8_next_char (p))
    g_assert_true (g_unichar_isprint (g_utf8_get_char (p))
                   && g_unichar_type (g_utf8_get_char (p)) != G_UNICODE_FORMAT);
  g_assert_cmpstr (target->domain, ==, "before.example");
}

static void
test_bad (void)
{
  static const char *const cases[][2] = {
    { "", "type a domain such as “contoso.com”, or the tenant ID" },
    { " \t\r\n", "type a domain" },
    { "contoso .com", "has no spaces" },
    { "contoso.com fabrikam.com", "has no spaces" },
    { "contoso\t.com", "has no spaces" },
    { "contoso", "has a dot, such as “contoso.com”" },
    { "CONTOSO\\anna", "has a dot" },
    { "https://", "has a dot" },
    { "anna@", "has a dot" },
    { "72f988bf-86f1-41af-91ab-2d7cd011db4", "has a dot" },
    { "10.0.0.1", "an IP address names no tenant" },
    { "https://10.0.0.1:443/", "an IP address" },
    { "https://anna:secret@10.0.0.1/", "Tenant “10.0.0.1”: an IP address" },
    { "https://portal.azure.com/#home", "a page of Microsoft’s" },
    { "https://login.microsoftonline.com/" TENANT "/v2.0", "a page of Microsoft’s" },
    { "anna@microsoft.com", "a page of Microsoft’s" },
    { "entra.microsoft.us", "a page of Microsoft’s" },
    { "contoso..com", "this is no domain name" },
    { ".contoso.com", "this is no domain name" },
    { "-a.com", "this is no domain name" },
    { "a-.com", "this is no domain name" },
    { "contoso.com:x", "this is no domain name" },
    { "con;toso.com", "this is no domain name" },
    { "contoso.com,fabrikam.com", "this is no domain name" },
    { "<b>contoso.com</b>", "Tenant “" },
    { "<b>contoso</b>.com", "Tenant “" },
    { "&amp;.com", "this is no domain name" },
    { "%41.com", "this is no domain name" },
    { "contoso.com\033[31m", "Tenant “" },
    { "contoso\a.com", "this is no domain name" },
    { "con\xe2\x80\xaetoso.com", "Tenant “" },
    { "con\xe2\x80\x8btoso\xe2\x80\xa8.com", "Tenant “" },
    { "\xff\xfe.com", "Tenant “" },
    { "[::1]", "Tenant “" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      assert_bad (cases[i][0], cases[i][1]);
    }
}

/* RFC 1035: 63 of a label, 253 of all */
static void
test_long (void)
{
  g_autofree char *label = g_strnfill (63, 'a');
  g_autofree char *longer = g_strnfill (64, 'a');
  g_autofree char *three_hundred = g_strnfill (300, 'a');
  g_autofree char *fits = g_strdup_printf ("%s.%s.%s.%.57s.com", label, label, label, label);
  g_autofree char *over = g_strdup_printf ("%s.%s.%s.%.58s.com", label, label, label, label);
  g_autofree char *one = g_strdup_printf ("%s.com", longer);
  g_autofree char *many = g_strnfill (1000000, '.');
  g_autofree char *huge = g_strnfill (1000000, 'x');
  g_autoptr (PresyncTenantTarget) target = presync_tenant_target_new ();
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (strlen (fits), ==, 253);
  presync_tenant_target_parse_name (target, fits, &error);
  g_assert_no_error (error);
  assert_bad (over, "this is no domain name");
  assert_bad (one, "this is no domain name");
  assert_bad (three_hundred, "has a dot");
  assert_bad (many, "Tenant “");
  assert_bad (huge, "Tenant “");
}

static void
test_validate (void)
{
  static const struct
  {
    const char *client_id;
    const char *proxy;
    const char *words; /* nullable: it is good */
  } cases[] = {
    { NULL, NULL, NULL },
    { TENANT, NULL, NULL },
    { NULL, "http://proxy.contoso.com:8080", NULL },
    { TENANT, "http://10.0.0.1:3128/", NULL },
    { TENANT, "http://[::1]:8080", NULL },
    { "", NULL, "is no application (client) ID" },
    { "Presync", NULL, "“Presync” is no application (client) ID" },
    { "Presync", "nonsense", "is no application (client) ID" },
    { NULL, "", "A proxy looks like “http://proxy.contoso.com:8080”" },
    { TENANT, "proxy.contoso.com:8080", "A proxy looks like" },
    { NULL, "proxy", "A proxy looks like" },
    { NULL, "http://proxy.contoso.com", "A proxy looks like" },
    { NULL, "http://proxy.contoso.com:0", "A proxy looks like" },
    { NULL, "http://proxy.contoso.com:99999", "A proxy looks like" },
    { NULL, "http://:8080", "A proxy looks like" },
    { NULL, "http://pro xy:8080", "A proxy looks like" },
    { NULL, "https://proxy:8080", "A proxy looks like" },
    { NULL, "socks://proxy:1080", "A proxy looks like" },
    { NULL, "direct://", "A proxy looks like" },
    { NULL, "http://me:secret@proxy:8080", "A proxy looks like" },
    { NULL, "http://proxy:8080/secret", "A proxy looks like" },
    { NULL, "http://proxy:8080?secret", "A proxy looks like" },
    { NULL, "http://proxy:8080#secret", "A proxy looks like" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PresyncTenantTarget) target = presync_tenant_target_new ();
      g_autoptr (PresyncTenantTarget) copy = NULL;
      g_autoptr (GError) error = NULL;

      target->client_id = g_strdup (cases[i].client_id);
      target->proxy = g_strdup (cases[i].proxy);
      copy = presync_tenant_target_copy (target);
      g_test_message ("%s", cases[i].proxy != NULL ? cases[i].proxy : "-");
      g_assert_true (presync_tenant_target_validate (copy, &error) == (cases[i].words == NULL));
      if (cases[i].words == NULL)
        {
          g_assert_no_error (error);
          continue;
        }
      g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT);
      g_assert_nonnull (strstr (error->message, cases[i].words));
      /* It may hold a password. */
      g_assert_null (strstr (error->message, "secret"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tenant-target/good", test_good);
  g_test_add_func ("/tenant-target/bad", test_bad);
  g_test_add_func ("/tenant-target/long", test_long);
  g_test_add_func ("/tenant-target/validate", test_validate);
  return g_test_run ();
}

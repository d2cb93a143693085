/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/tenant-text.h"

#include <glib/gi18n.h>

#include "facts/routable.h"

/* (nullable) (transfer none): the fact of @key of @subject, or of any */
static PresyncFact *
presync_tenant_text_find (PresyncFactSet *set, const char *key, const char *subject)
{
  GPtrArray *facts = presync_fact_set_lookup (set, key);

  for (guint i = 0; facts != NULL && i < facts->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);

      if (subject == NULL || g_strcmp0 (presync_fact_get_subject (fact), subject) == 0)
        return fact;
    }
  return NULL;
}

static int
presync_tenant_text_compare (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (presync_fact_get_subject (*(PresyncFact *const *) a),
                    presync_fact_get_subject (*(PresyncFact *const *) b));
}

GPtrArray *
presync_tenant_text_list_domains (PresyncFactSet *facts)
{
  GPtrArray *found;
  g_autoptr (GPtrArray) domains = g_ptr_array_new ();

  g_return_val_if_fail (PRESYNC_IS_FACT_SET (facts), NULL);

  found = presync_fact_set_lookup (facts, "tenant.domain-tenant");
  if (found != NULL)
    g_ptr_array_extend (domains, found, NULL, NULL);
  g_ptr_array_sort (domains, presync_tenant_text_compare);
  return g_steal_pointer (&domains);
}

char *
presync_tenant_text_dup_owner (PresyncFactSet *facts, PresyncFact *fact, PresyncStatus *status)
{
  PresyncFact *ours;
  const char *owner;

  g_return_val_if_fail (PRESYNC_IS_FACT_SET (facts) && PRESYNC_IS_FACT (fact), NULL);
  g_return_val_if_fail (status != NULL, NULL);

  *status = PRESYNC_STATUS_UNKNOWN;
  if (presync_fact_get_unknown (fact) != PRESYNC_UNKNOWN_NONE)
    return presync_fact_describe (fact);
  ours = presync_tenant_text_find (facts, "tenant.id", NULL);
  owner = presync_fact_get_text (fact);
  if (*owner == '\0')
    {
      *status = PRESYNC_STATUS_ADVICE;
      return g_strdup (presync_is_routable (presync_fact_get_subject (fact))
                           ? _ ("Nobody’s: no tenant has verified it")
                           : _ ("Nobody’s: no such name can ever be verified"));
    }
  if (ours == NULL || presync_fact_get_unknown (ours) != PRESYNC_UNKNOWN_NONE)
    /* TRANSLATORS: %s is the id of a tenant */
    return g_strdup_printf (_ ("Owned by the tenant %s"), owner);
  if (g_ascii_strcasecmp (owner, presync_fact_get_text (ours)) == 0)
    {
      *status = PRESYNC_STATUS_MET;
      return g_strdup (_ ("This tenant"));
    }
  *status = PRESYNC_STATUS_NOT_MET;
  /* TRANSLATORS: %s is the id of a tenant */
  return g_strdup_printf (_ ("Another tenant (%s)"), owner);
}

PresyncFact *
presync_tenant_text_find_realm (PresyncFactSet *facts, const char *domain)
{
  g_return_val_if_fail (PRESYNC_IS_FACT_SET (facts) && domain != NULL, NULL);
  return presync_tenant_text_find (facts, "tenant.domain-realm", domain);
}

char *
presync_tenant_text_dup_realm (PresyncFact *realm)
{
  const char *text;

  if (realm == NULL)
    return g_strdup ("–");
  if (presync_fact_get_unknown (realm) != PRESYNC_UNKNOWN_NONE)
    return presync_fact_describe (realm);
  text = presync_fact_get_text (realm);
  if (g_ascii_strcasecmp (text, "Managed") == 0)
    return g_strdup (_ ("sign-in by Microsoft Entra ID"));
  if (g_ascii_strcasecmp (text, "Federated") == 0)
    return g_strdup (_ ("federated sign-in"));
  return g_strdup (text);
}

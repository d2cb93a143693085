/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/right-look.h"

#include <string.h>
#include <glib/gi18n.h>

#include "sources/directory/bounds.h"
#include "sources/directory/dn.h"

/* RIDs below are well-known: [MS-DTYP] 2.4.2.4 */
#define FIRST_OWN_RID 1000
/* How often progress is told */
#define PROGRESS_STEP 100

const char *const presync_right_look_attributes[]
    = { "objectClass", "nTSecurityDescriptor", "adminCount", "isCriticalSystemObject",
        "objectSid",   "sAMAccountName",       NULL };

/* The class that entries are inherited by is the most special one: those that are derived from
 * another stand before it. */
static const char *const classes[] = {
  "inetOrgPerson", "computer",     "user", "group", "contact", "foreignSecurityPrincipal",
  "device",        "publicFolder",
};

/* What is asked of the objects of one class */
typedef struct
{
  const char *name;
  GPtrArray *questions; /* of PresyncRightQuestion, not owned */
} PresyncRightClass;

/* What a descriptor answers, to each question of a class */
typedef struct
{
  GBytes *descriptor;
  const PresyncRightClass *class;
  gboolean malformed;
  gboolean is_protected;
  PresyncAccess *access;
  PresyncAce *aces; /* (nullable): those that deny or cannot be judged */
} PresyncRightOutcome;

static void
presync_right_class_free (PresyncRightClass *self)
{
  g_ptr_array_unref (self->questions);
  g_free (self);
}

static guint
presync_right_outcome_hash (gconstpointer key)
{
  const PresyncRightOutcome *outcome = key;

  return g_bytes_hash (outcome->descriptor) ^ g_direct_hash (outcome->class);
}

static gboolean
presync_right_outcome_equal (gconstpointer a, gconstpointer b)
{
  const PresyncRightOutcome *one = a;
  const PresyncRightOutcome *other = b;

  return one->class == other->class && g_bytes_equal (one->descriptor, other->descriptor);
}

static void
presync_right_outcome_free (PresyncRightOutcome *self)
{
  g_bytes_unref (self->descriptor);
  g_free (self->access);
  g_free (self->aces);
  g_free (self);
}

/* @sd: (nullable): NULL if it is malformed */
static PresyncRightOutcome *
presync_right_outcome_new (GBytes *descriptor, const PresyncRightClass *class,
                           const PresyncSecurityDescriptor *sd)
{
  PresyncRightOutcome *self = g_new0 (PresyncRightOutcome, 1);
  guint n = class->questions->len;

  self->descriptor = descriptor == NULL ? g_bytes_new_static ("", 0) : g_bytes_ref (descriptor);
  self->class = class;
  self->malformed = sd == NULL;
  self->access = g_new0 (PresyncAccess, n);
  if (sd == NULL)
    return self;
  self->is_protected = presync_security_descriptor_is_protected (sd);
  for (guint i = 0; i < n; i++)
    {
      const PresyncRightQuestion *question = g_ptr_array_index (class->questions, i);
      PresyncAccessResult result = presync_right_question_ask (question, sd, FALSE);
      self->access[i] = result.access;
      if ((result.access != PRESYNC_ACCESS_DENIED && result.access != PRESYNC_ACCESS_UNDECIDED)
          || result.ace == NULL)
        continue;
      if (self->aces == NULL)
        self->aces = g_new0 (PresyncAce, n);
      self->aces[i] = *result.ace;
    }
  return self;
}

static void
presync_right_look_doubt (PresyncRightLook *self, guint slot, const char *sentence)
{
  if (g_ptr_array_index (self->scan->doubts, slot) == NULL)
    g_ptr_array_index (self->scan->doubts, slot) = g_strdup (sentence);
}

static void
presync_right_look_doubt_class (PresyncRightLook *self, const PresyncRightClass *class,
                                const char *sentence)
{
  for (guint i = 0; i < class->questions->len; i++)
    {
      const PresyncRightQuestion *question = g_ptr_array_index (class->questions, i);
      presync_right_look_doubt (self, question->slot, sentence);
    }
}

/* Containers that Active Directory makes, and that hold no people: what is hidden in them does not
 * matter. */
static gboolean
presync_right_look_is_system (const PresyncRightLook *self, const char *key)
{
  static const char *const containers[] = {
    "CN=System",       "CN=NTDS Quotas",     "CN=Keys", "CN=TPM Devices", "CN=Infrastructure",
    "CN=Program Data", "CN=Deleted Objects",
  };

  for (guint i = 0; i < G_N_ELEMENTS (containers); i++)
    {
      g_autofree char *dn = g_strconcat (containers[i], ",", self->run->forest->domain_dn, NULL);
      g_autofree char *container = presync_dn_normalize (dn);
      if (strcmp (key, container) == 0 || presync_dn_key_is_under (key, container))
        return TRUE;
    }
  return FALSE;
}

/* What @dn holds is not shown: who asks about objects there cannot be certain. */
static void
presync_right_look_doubt_below (PresyncRightLook *self, const char *dn, const char *key)
{
  g_autofree char *sentence
      = g_strdup_printf (_ ("“%s” may hold objects that are not shown to whoever signed in."), dn);

  if (presync_right_look_is_system (self, key))
    return;
  for (guint i = 0; i < self->questions->len; i++)
    {
      const PresyncRightQuestion *question = g_ptr_array_index (self->questions, i);
      if (question->below
          && (strcmp (key, question->root->key) == 0
              || presync_dn_key_is_under (key, question->root->key)))
        presync_right_look_doubt (self, question->slot, sentence);
    }
}

static void
presync_right_look_add_gap (PresyncRightLook *self, const PresyncRightQuestion *question,
                            const PresyncRightObject *object, const PresyncAce *denied_by)
{
  PresyncAccessGapReason reason;
  const char *place;

  /* An object counts once, whatever it lacks of the right. */
  if (self->last_gap[question->slot] == self->n_looked_at)
    return;
  self->last_gap[question->slot] = self->n_looked_at;
  place = presync_right_units_explain (self->units, question, object, denied_by, &reason);
  presync_right_gaps_add (g_ptr_array_index (self->scan->gaps, question->slot), place, reason, 1,
                          object->dn);
}

static void
presync_right_look_count (PresyncRightLook *self, const PresyncRightOutcome *outcome,
                          const PresyncRightObject *object)
{
  GPtrArray *questions = outcome->class->questions;

  self->n_looked_at++;
  for (guint i = 0; i < questions->len; i++)
    {
      PresyncRightQuestion *question = g_ptr_array_index (questions, i);
      PresyncAccess access = outcome->access[i];

      if (!presync_dn_key_is_under (object->key, question->root->key))
        continue;
      question->n_looked_at++;
      if (question->example == NULL)
        question->example = g_strdup (object->dn);
      if (access == PRESYNC_ACCESS_UNDECIDED && question->n_undecided++ == 0)
        {
          question->undecided_dn = g_strdup (object->dn);
          question->undecided_ace = outcome->aces[i];
        }
      if (access != PRESYNC_ACCESS_MISSING && access != PRESYNC_ACCESS_DENIED)
        continue;
      question->n_lacking++;
      if (question->access == PRESYNC_ACCESS_GRANTED)
        presync_right_look_add_gap (self, question, object,
                                    access == PRESYNC_ACCESS_DENIED ? &outcome->aces[i] : NULL);
    }
}

static void
presync_right_look_doubt_descriptor (PresyncRightLook *self, const PresyncRightClass *class,
                                     const char *dn)
{
  g_autofree char *sentence = presync_probe_dup_hidden (self->run, "nTSecurityDescriptor", dn);

  presync_right_look_doubt_class (self, class, sentence);
}

/* Objects of one unit mostly have the same descriptor: each is taken apart and judged once. */
static void
presync_right_look_at (PresyncRightLook *self, const PresyncRightClass *class, GBytes *descriptor,
                       PresyncRightObject *object)
{
  PresyncRightOutcome wanted = { .descriptor = descriptor, .class = class };
  PresyncRightOutcome *outcome = g_hash_table_lookup (self->outcomes, &wanted);

  if (outcome == NULL)
    {
      g_autoptr (PresyncSecurityDescriptor) sd
          = presync_security_descriptor_parse (descriptor, NULL);

      if (sd != NULL && !presync_security_descriptor_has_dacl (sd))
        {
          presync_right_look_doubt_descriptor (self, class, object->dn);
          return;
        }
      if (g_hash_table_size (self->outcomes) >= PRESYNC_BOUND_RIGHT_DESCRIPTORS)
        g_hash_table_remove_all (self->outcomes);
      outcome = presync_right_outcome_new (descriptor, class, sd);
      self->scan->n_descriptors++;
      g_hash_table_add (self->outcomes, outcome);
    }
  if (outcome->malformed)
    {
      g_autofree char *sentence
          = g_strdup_printf (_ ("The security descriptor of “%s” is malformed."), object->dn);
      presync_right_look_doubt_class (self, class, sentence);
      return;
    }
  object->is_protected = outcome->is_protected;
  presync_right_look_count (self, outcome, object);
}

/* What both options leave out of the synchronization by default */
static gboolean
presync_right_look_is_left_out (const PresyncRightLook *self, const PresyncEntry *entry,
                                const char *class, const char *key)
{
  g_autofree char *name = presync_entry_dup_text (entry, "sAMAccountName");
  GPtrArray *sids = presync_entry_get_values (entry, "objectSid");
  gboolean critical = FALSE;
  PresyncSid sid;

  if (presync_entry_get_boolean (entry, "isCriticalSystemObject", &critical) && critical)
    return TRUE;
  if (strcmp (class, "foreignSecurityPrincipal") != 0 && sids != NULL
      && presync_sid_from_bytes (g_ptr_array_index (sids, 0), &sid)
      && presync_sid_get_rid (&sid) < FIRST_OWN_RID)
    return TRUE;
  if (name != NULL
      && (g_str_has_prefix (name, "MSOL_") || g_str_has_prefix (name, "AAD_")
          || g_str_has_prefix (name, "krbtgt")))
    return TRUE;
  return presync_entry_has_text (entry, "objectClass", "msDS-ManagedServiceAccount")
         || presync_entry_has_text (entry, "objectClass", "msDS-GroupManagedServiceAccount")
         || strstr (presync_entry_get_dn (entry), "\\0ACNF:") != NULL
         || g_hash_table_contains (self->accounts, key);
}

static const PresyncRightClass *
presync_right_look_find_class (PresyncRightLook *self, const PresyncEntry *entry)
{
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    if (presync_entry_has_text (entry, "objectClass", classes[i]))
      {
        self->n_shown++;
        return g_hash_table_lookup (self->classes, classes[i]);
      }
  return NULL;
}

gboolean
presync_right_look_entry_cb (const PresyncEntry *entry, gpointer user_data)
{
  PresyncRightLook *self = user_data;
  const PresyncRightClass *class = presync_right_look_find_class (self, entry);
  const char *dn = presync_entry_get_dn (entry);
  g_autofree char *key = presync_dn_normalize (dn);
  const char *parent = presync_dn_key_parent (key);
  GPtrArray *values = presync_entry_get_values (entry, "nTSecurityDescriptor");
  PresyncRightObject object = { dn, key, FALSE, FALSE };
  gint64 count = 0;

  if (++self->n_read % PROGRESS_STEP == 0 && self->run->progress != NULL)
    self->run->progress (self->n_read, self->run->user_data);
  /* A snapshot holds what is below by its name only: another naming context. */
  if (strcmp (key, self->configuration) == 0 || presync_dn_key_is_under (key, self->configuration))
    return TRUE;
  /* A server tells the name of what it shows nothing else of: of a closed unit for one. */
  if (presync_entry_get_values (entry, "objectClass") == NULL)
    presync_right_look_doubt_below (self, dn, key);
  if (class == NULL || presync_right_look_is_left_out (self, entry, class->name, key))
    return TRUE;
  if (parent != NULL
      && (strcmp (class->name, "user") == 0 || strcmp (class->name, "inetOrgPerson") == 0)
      && !g_hash_table_contains (self->parents, parent))
    g_hash_table_add (self->parents, g_strdup (parent));
  self->scan->n_objects++;
  if (values == NULL)
    {
      presync_right_look_doubt_descriptor (self, class, dn);
      return TRUE;
    }
  object.admin = presync_entry_get_integer (entry, "adminCount", &count) && count == 1;
  presync_right_look_at (self, class, g_ptr_array_index (values, 0), &object);
  return TRUE;
}

/* Units, the system's own containers and the roots that whoever signed in cannot look into */
static void
presync_right_look_at_closed (PresyncRightLook *self)
{
  for (guint i = 0; i < self->units->units->len; i++)
    {
      const PresyncRightUnit *unit = g_ptr_array_index (self->units->units, i);
      if (unit->closed)
        presync_right_look_doubt_below (self, unit->dn, unit->key);
    }
  for (guint i = 0; i < self->questions->len; i++)
    {
      const PresyncRightQuestion *question = g_ptr_array_index (self->questions, i);
      if (question->below && !presync_right_units_may_list (self->units, question->root->sd))
        presync_right_look_doubt_below (self, question->root->dn, question->root->key);
    }
}

void
presync_right_look_at_units (PresyncRightLook *self)
{
  const PresyncRightClass *class = g_hash_table_lookup (self->classes, PRESYNC_RIGHT_UNIT_CLASS);

  self->scan->n_units = self->units->units->len;
  self->scan->n_reads += self->units->n_reads;
  presync_right_look_at_closed (self);
  if (class == NULL)
    return;
  if (!self->units->complete)
    presync_right_look_doubt_class (self, class, _ ("Not all units of the domain were read."));
  for (guint i = 0; i < self->units->units->len; i++)
    {
      const PresyncRightUnit *unit = g_ptr_array_index (self->units->units, i);
      PresyncRightObject object = { unit->dn, unit->key, FALSE, FALSE };
      PresyncRightOutcome *outcome;

      if (!unit->is_unit || unit->sd == NULL)
        continue;
      outcome = presync_right_outcome_new (NULL, class, unit->sd);
      object.is_protected = outcome->is_protected;
      presync_right_look_count (self, outcome, &object);
      presync_right_outcome_free (outcome);
    }
}

static void
presync_right_look_add_questions (PresyncRightLook *self, GPtrArray *questions)
{
  for (guint i = 0; i < questions->len; i++)
    {
      PresyncRightQuestion *question = g_ptr_array_index (questions, i);
      PresyncRightClass *class = g_hash_table_lookup (self->classes, question->class);

      if (!question->below)
        continue;
      if (class == NULL)
        {
          class = g_new0 (PresyncRightClass, 1);
          class->name = question->class;
          class->questions = g_ptr_array_new ();
          g_hash_table_insert (self->classes, (gpointer) class->name, class);
        }
      g_ptr_array_add (class->questions, question);
    }
}

void
presync_right_look_init (PresyncRightLook *self, PresyncProbeRun *run, PresyncRightScan *scan,
                         PresyncRightUnits *units, GPtrArray *questions, guint n_slots,
                         GPtrArray *accounts)
{
  *self = (PresyncRightLook){ .run = run, .scan = scan, .units = units, .questions = questions };
  self->classes = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                         (GDestroyNotify) presync_right_class_free);
  self->outcomes = g_hash_table_new_full (presync_right_outcome_hash, presync_right_outcome_equal,
                                          (GDestroyNotify) presync_right_outcome_free, NULL);
  self->accounts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->parents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->last_gap = g_new0 (guint, n_slots);
  self->configuration = presync_dn_normalize (run->forest->configuration_dn);
  for (guint i = 0; i < accounts->len; i++)
    {
      const PresyncPrincipal *account = g_ptr_array_index (accounts, i);
      g_hash_table_add (self->accounts, presync_dn_normalize (account->dn));
    }
  presync_right_look_add_questions (self, questions);
}

void
presync_right_look_clear (PresyncRightLook *self)
{
  g_clear_pointer (&self->outcomes, g_hash_table_unref);
  g_clear_pointer (&self->classes, g_hash_table_unref);
  g_clear_pointer (&self->accounts, g_hash_table_unref);
  g_clear_pointer (&self->parents, g_hash_table_unref);
  g_clear_pointer (&self->last_gap, g_free);
  g_clear_pointer (&self->configuration, g_free);
}

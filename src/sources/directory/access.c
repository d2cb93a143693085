/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/access.h"

#include <string.h>

#define GENERIC_ALL 0x10000000u
#define GENERIC_EXECUTE 0x20000000u
#define GENERIC_WRITE 0x40000000u
#define GENERIC_READ 0x80000000u

#define RIGHTS_ON_PROPERTIES (PRESYNC_RIGHT_READ_PROPERTY | PRESYNC_RIGHT_WRITE_PROPERTY)
/* What an object type can narrow: to a property, a class of children, an extended right or a
 * validated write. The other rights are rights on the object as a whole. */
#define RIGHTS_WITH_TYPE                                                                           \
  (RIGHTS_ON_PROPERTIES | PRESYNC_RIGHT_CREATE_CHILD | PRESYNC_RIGHT_DELETE_CHILD                  \
   | PRESYNC_RIGHT_SELF | PRESYNC_RIGHT_CONTROL_ACCESS)
#define RIGHTS_OF_OWNER (PRESYNC_RIGHT_READ_CONTROL | PRESYNC_RIGHT_WRITE_DAC)

struct _PresyncToken
{
  GHashTable *sids; /* of PresyncSid */
};

/* OWNER RIGHTS, S-1-3-4 */
static const PresyncSid presync_owner_rights = { 12, { 1, 1, 0, 0, 0, 0, 0, 3, 4, 0, 0, 0 } };

/* Of one question */
typedef struct
{
  const PresyncToken *token;
  const PresyncGuid *class_guid;
  const PresyncWanted *wanted;
  gboolean descendant; /* what arrives at descendants, not what counts here */
  gboolean is_owner;
} PresyncAccessQuestion;

/* What is known of each bit of the wanted mask. A bit that is in several of @open, @granted and
 * @denied is in one of them, depending on entries that cannot be judged. */
typedef struct
{
  guint32 open;
  guint32 granted;
  guint32 denied;
  const PresyncAce *last;        /* that granted anything */
  const PresyncAce *denier[32];  /* of each bit */
  const PresyncAce *doubter[32]; /* of each bit: the first that cannot be judged */
} PresyncAccessState;

/* FNV-1a */
static guint
presync_access_hash_sid (gconstpointer key)
{
  const PresyncSid *sid = key;
  guint hash = 2166136261u;

  for (guint i = 0; i < sid->size; i++)
    hash = (hash ^ sid->bytes[i]) * 16777619u;
  return hash;
}

static gboolean
presync_access_equal_sid (gconstpointer a, gconstpointer b)
{
  return presync_sid_equal (a, b);
}

PresyncToken *
presync_token_new (void)
{
  PresyncToken *self = g_new0 (PresyncToken, 1);

  self->sids
      = g_hash_table_new_full (presync_access_hash_sid, presync_access_equal_sid, g_free, NULL);
  return self;
}

void
presync_token_free (PresyncToken *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->sids, g_hash_table_unref);
  g_free (self);
}

void
presync_token_add (PresyncToken *self, const PresyncSid *sid)
{
  if (sid->size > 0)
    g_hash_table_add (self->sids, g_memdup2 (sid, sizeof *sid));
}

gboolean
presync_token_has (const PresyncToken *self, const PresyncSid *sid)
{
  return g_hash_table_contains (self->sids, sid);
}

guint
presync_token_get_size (const PresyncToken *self)
{
  return g_hash_table_size (self->sids);
}

static int
presync_access_compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GStrv
presync_token_dup_texts (const PresyncToken *self)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer sid;

  g_hash_table_iter_init (&iter, self->sids);
  while (g_hash_table_iter_next (&iter, &sid, NULL))
    g_ptr_array_add (texts, presync_sid_to_text (sid));
  g_ptr_array_sort (texts, presync_access_compare_texts);
  g_ptr_array_add (texts, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&texts), FALSE);
}

/* [MS-ADTS] 5.1.3.2 */
static guint32
presync_access_map_generic (guint32 mask)
{
  if ((mask & GENERIC_ALL) != 0)
    mask |= PRESYNC_RIGHT_FULL_CONTROL;
  if ((mask & GENERIC_READ) != 0)
    mask |= PRESYNC_RIGHT_READ_CONTROL | PRESYNC_RIGHT_LIST | PRESYNC_RIGHT_READ_PROPERTY
            | PRESYNC_RIGHT_LIST_OBJECT;
  if ((mask & GENERIC_WRITE) != 0)
    mask |= PRESYNC_RIGHT_READ_CONTROL | PRESYNC_RIGHT_WRITE_PROPERTY | PRESYNC_RIGHT_SELF;
  if ((mask & GENERIC_EXECUTE) != 0)
    mask |= PRESYNC_RIGHT_READ_CONTROL | PRESYNC_RIGHT_LIST;
  return mask;
}

/* Does the entry count where is asked, whomever it is for? The inherited object type only says whom
 * the entry passes on to: it does not matter where the entry stands. */
static gboolean
presync_access_in_effect (const PresyncAccessQuestion *question, const PresyncAce *ace)
{
  if (!question->descendant)
    return (ace->flags & PRESYNC_ACE_INHERIT_ONLY) == 0;
  return (ace->flags & PRESYNC_ACE_CONTAINER_INHERIT) != 0
         && (ace->flags & PRESYNC_ACE_NO_PROPAGATE) == 0
         && (presync_guid_is_none (&ace->inherited_object_type)
             || presync_guid_equal (&ace->inherited_object_type, question->class_guid));
}

static gboolean
presync_access_is_for (const PresyncAccessQuestion *question, const PresyncAce *ace)
{
  return presync_token_has (question->token, &ace->trustee)
         || (question->is_owner && presync_sid_equal (&ace->trustee, &presync_owner_rights));
}

static gboolean
presync_access_denies (const PresyncAce *ace)
{
  return ace->effect == PRESYNC_ACE_DENY || ace->effect == PRESYNC_ACE_CONDITIONAL_DENY;
}

/* The bits of @bits that the object type of the entry leaves to it. The object's own class stands
 * for the whole object ([MS-ADTS] 5.1.3.3.3), but not for children, where it is the class of a
 * child, nor for extended rights and validated writes (5.1.3.3.4, 5.1.3.3.5). */
static guint32
presync_access_limit_to_type (const PresyncAccessQuestion *question, const PresyncAce *ace,
                              guint32 bits)
{
  const PresyncWanted *wanted = question->wanted;
  guint32 limit = 0;

  if (presync_guid_is_none (&ace->object_type))
    return bits;
  if (presync_guid_equal (&ace->object_type, question->class_guid))
    limit |= ~(guint32) RIGHTS_WITH_TYPE | RIGHTS_ON_PROPERTIES;
  if (presync_guid_is_none (&wanted->object_type))
    {
      if (presync_access_denies (ace))
        limit |= RIGHTS_WITH_TYPE;
    }
  else if (presync_guid_equal (&ace->object_type, &wanted->object_type))
    limit |= RIGHTS_WITH_TYPE;
  else if (presync_guid_equal (&ace->object_type, &wanted->property_set))
    limit |= RIGHTS_ON_PROPERTIES;
  return bits & limit;
}

/* The wanted bits that the entry says something about, for this token */
static guint32
presync_access_bits (const PresyncAccessQuestion *question, const PresyncAce *ace)
{
  guint32 bits = presync_access_map_generic (ace->mask) & question->wanted->mask;

  if (ace->effect == PRESYNC_ACE_NONE || !presync_access_in_effect (question, ace))
    return 0;
  if (ace->effect == PRESYNC_ACE_UNKNOWN)
    return question->wanted->mask;
  if (bits == 0)
    return 0;
  bits = presync_access_limit_to_type (question, ace, bits);
  return bits != 0 && presync_access_is_for (question, ace) ? bits : 0;
}

/* Where the whole object is wanted, an entry that denies a property does not count for those of
 * @bits that one before it grants on the same property: @given are these, @doubtful those where
 * that one is conditional. Whether the property's set was granted before is not known here; it
 * stays denied then. */
static void
presync_access_given_before (const PresyncAccessQuestion *question, const PresyncAce *aces,
                             const PresyncAce *denying, guint32 bits, guint32 *given,
                             guint32 *doubtful)
{
  for (const PresyncAce *ace = aces; ace < denying && (bits & ~*given) != 0; ace++)
    if ((ace->effect == PRESYNC_ACE_ALLOW || ace->effect == PRESYNC_ACE_CONDITIONAL_ALLOW)
        && presync_guid_equal (&ace->object_type, &denying->object_type)
        && presync_access_in_effect (question, ace) && presync_access_is_for (question, ace))
      *(ace->effect == PRESYNC_ACE_ALLOW ? given : doubtful)
          |= presync_access_map_generic (ace->mask);
}

static void
presync_access_note (const PresyncAce *notes[32], guint32 bits, const PresyncAce *ace)
{
  for (guint i = 0; i < 32; i++)
    if ((bits >> i & 1) != 0 && notes[i] == NULL)
      notes[i] = ace;
}

static void
presync_access_deny (PresyncAccessState *state, const PresyncAce *ace, guint32 bits)
{
  state->denied |= bits;
  state->open &= ~bits;
  presync_access_note (state->denier, bits, ace);
}

static void
presync_access_doubt (PresyncAccessState *state, const PresyncAce *ace, guint32 granted,
                      guint32 denied)
{
  state->granted |= granted;
  state->denied |= denied;
  presync_access_note (state->doubter, granted | denied, ace);
}

static void
presync_access_apply (const PresyncAccessQuestion *question, PresyncAccessState *state,
                      const PresyncAce *aces, const PresyncAce *ace)
{
  guint32 bits = presync_access_bits (question, ace) & state->open;
  guint32 given = 0;
  guint32 doubtful = 0;

  if (bits == 0)
    return;
  if (presync_access_denies (ace) && presync_guid_is_none (&question->wanted->object_type)
      && !presync_guid_is_none (&ace->object_type)
      && !presync_guid_equal (&ace->object_type, question->class_guid))
    presync_access_given_before (question, aces, ace, bits, &given, &doubtful);

  switch (ace->effect)
    {
    case PRESYNC_ACE_ALLOW:
      state->granted |= bits;
      state->open &= ~bits;
      state->last = ace;
      break;
    case PRESYNC_ACE_DENY:
      presync_access_deny (state, ace, bits & ~given & ~doubtful);
      presync_access_doubt (state, ace, 0, bits & ~given & doubtful);
      break;
    case PRESYNC_ACE_CONDITIONAL_ALLOW:
      presync_access_doubt (state, ace, bits, 0);
      break;
    case PRESYNC_ACE_CONDITIONAL_DENY:
      presync_access_doubt (state, ace, 0, bits & ~given);
      break;
    case PRESYNC_ACE_UNKNOWN:
      presync_access_doubt (state, ace, bits, bits);
      break;
    case PRESYNC_ACE_NONE:
    default:
      break;
    }
}

static PresyncAccessResult
presync_access_conclude (const PresyncAccessState *state, guint32 mask)
{
  guint32 refused = mask & ~state->granted;
  guint32 doubtful = mask & state->granted & (state->denied | state->open);
  guint32 denied = refused & state->denied & ~state->open;
  PresyncAccessResult result = { PRESYNC_ACCESS_GRANTED, state->last, refused | doubtful };

  if (denied != 0)
    {
      result.access = PRESYNC_ACCESS_DENIED;
      result.ace = state->denier[g_bit_nth_lsf (denied, -1)];
    }
  else if (refused != 0)
    result.access = PRESYNC_ACCESS_MISSING;
  else if (doubtful != 0)
    {
      result.access = PRESYNC_ACCESS_UNDECIDED;
      result.ace = state->doubter[g_bit_nth_lsf (doubtful, -1)];
    }
  return result;
}

/* The owner has his rights unless an entry for OWNER RIGHTS says which. */
static guint32
presync_access_rights_of_owner (const PresyncAce *aces, guint n)
{
  for (guint i = 0; i < n; i++)
    if ((aces[i].flags & PRESYNC_ACE_INHERIT_ONLY) == 0
        && presync_sid_equal (&aces[i].trustee, &presync_owner_rights))
      return 0;
  return RIGHTS_OF_OWNER;
}

static PresyncAccessResult
presync_access_judge (const PresyncSecurityDescriptor *sd, const PresyncAccessQuestion *question)
{
  guint32 mask = question->wanted->mask;
  PresyncAccessState state = { .open = mask };
  const PresyncAce *aces;
  guint n;

  aces = presync_security_descriptor_get_aces (sd, &n);
  if (question->is_owner)
    {
      state.granted = mask & presync_access_rights_of_owner (aces, n);
      state.open &= ~state.granted;
    }
  for (guint i = 0; i < n && state.open != 0; i++)
    presync_access_apply (question, &state, aces, &aces[i]);
  return presync_access_conclude (&state, mask);
}

PresyncAccessResult
presync_access_check (const PresyncSecurityDescriptor *sd, const PresyncToken *token,
                      const PresyncGuid *class_guid, const PresyncWanted *wanted)
{
  const PresyncSid *owner = presync_security_descriptor_get_owner (sd);
  PresyncAccessQuestion question = { token, class_guid, wanted, FALSE, FALSE };

  if (!presync_security_descriptor_has_dacl (sd))
    return (PresyncAccessResult){ PRESYNC_ACCESS_GRANTED, NULL, 0 };
  question.is_owner = owner != NULL && presync_token_has (token, owner);
  return presync_access_judge (sd, &question);
}

PresyncAccessResult
presync_access_check_descendant (const PresyncSecurityDescriptor *sd, const PresyncToken *token,
                                 const PresyncGuid *class_guid, const PresyncWanted *wanted)
{
  /* A descendant has an owner of its own; a NULL DACL has nothing to pass on. */
  PresyncAccessQuestion question = { token, class_guid, wanted, TRUE, FALSE };

  return presync_access_judge (sd, &question);
}

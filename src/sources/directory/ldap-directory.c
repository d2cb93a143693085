/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/ldap-directory.h"

#include <glib/gi18n.h>

#include "base/error.h"
#include "sources/directory/bounds.h"
#include "sources/directory/ldap-search.h"
#include "sources/directory/ldap-sign-in.h"

#define PAGING_OID "1.2.840.113556.1.4.319"
#define SD_FLAGS_OID "1.2.840.113556.1.4.801"
#define NOTIFICATION_OID "1.2.840.113556.1.4.528"
#define SHOW_DELETED_OID "1.2.840.113556.1.4.417"

struct _PresyncLdapDirectory
{
  GObject parent_instance;
  PresyncLdapConnection *connection;
  PresyncLdapOffer offer;
  char *partial;
};

static void presync_ldap_directory_iface_init (PresyncDirectoryInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PresyncLdapDirectory, presync_ldap_directory, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (PRESYNC_TYPE_DIRECTORY,
                                                      presync_ldap_directory_iface_init))

static void
presync_ldap_directory_finalize (GObject *object)
{
  PresyncLdapDirectory *self = PRESYNC_LDAP_DIRECTORY (object);

  g_clear_pointer (&self->connection, presync_ldap_connection_free);
  g_clear_pointer (&self->partial, g_free);
  G_OBJECT_CLASS (presync_ldap_directory_parent_class)->finalize (object);
}

static void
presync_ldap_directory_class_init (PresyncLdapDirectoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = presync_ldap_directory_finalize;
}

static void
presync_ldap_directory_init (PresyncLdapDirectory *self)
{
}

static gboolean
presync_ldap_directory_search (PresyncDirectory *directory, const PresyncQuery *query,
                               PresyncEntryFunc func, gpointer user_data, gboolean *complete,
                               GCancellable *cancellable, GError **error)
{
  PresyncLdapDirectory *self = PRESYNC_LDAP_DIRECTORY (directory);

  g_clear_pointer (&self->partial, g_free);
  return presync_ldap_search (self->connection, &self->offer, query, func, user_data, complete,
                              &self->partial, cancellable, error);
}

static const char *
presync_ldap_directory_get_target (PresyncDirectory *directory)
{
  return PRESYNC_LDAP_DIRECTORY (directory)->connection->text;
}

static const char *
presync_ldap_directory_get_partial_reason (PresyncDirectory *directory)
{
  return PRESYNC_LDAP_DIRECTORY (directory)->partial;
}

static void
presync_ldap_directory_iface_init (PresyncDirectoryInterface *iface)
{
  iface->search = presync_ldap_directory_search;
  iface->get_target = presync_ldap_directory_get_target;
  iface->get_partial_reason = presync_ldap_directory_get_partial_reason;
}

static gboolean
presync_ldap_directory_offer_cb (const PresyncEntry *entry, gpointer user_data)
{
  PresyncLdapDirectory *self = user_data;

  self->offer.paging = presync_entry_has_text (entry, "supportedControl", PAGING_OID);
  self->offer.sd_flags = presync_entry_has_text (entry, "supportedControl", SD_FLAGS_OID);
  self->offer.notification = presync_entry_has_text (entry, "supportedControl", NOTIFICATION_OID);
  return TRUE;
}

static gboolean
presync_ldap_directory_read_offer (PresyncLdapDirectory *self, GCancellable *cancellable,
                                   GError **error)
{
  const char *const attributes[] = { "supportedControl", NULL };
  PresyncQuery query = { "", PRESYNC_SCOPE_BASE, "(objectClass=*)", attributes, 1, 0 };

  return presync_directory_search (PRESYNC_DIRECTORY (self), &query,
                                   presync_ldap_directory_offer_cb, self, NULL, cancellable, error);
}

PresyncLdapDirectory *
presync_ldap_directory_open (PresyncOpening *opening, GError **error)
{
  const PresyncDirectoryTarget *target = opening->target;
  g_autoptr (PresyncLdapDirectory) self = NULL;
  g_autoptr (GIOStream) stream = NULL;

  /* Before anything is sent: a password never goes over an unencrypted connection. */
  if (!presync_directory_target_validate (target, error))
    return NULL;
  stream = presync_connect (opening, error);
  if (stream == NULL)
    return NULL;
  self = g_object_new (PRESYNC_TYPE_LDAP_DIRECTORY, NULL);
  self->connection
      = presync_ldap_connection_new (stream, opening->server, opening->port, opening->text,
                                     target->ldaps || target->starttls, error);
  if (self->connection == NULL)
    return NULL;
  presync_opening_tell (opening, "sign-in", PRESYNC_STAGE_RUNNING, NULL);
  if (!presync_ldap_sign_in (self->connection, target, opening->cancellable, error))
    return NULL;
  presync_opening_tell (opening, "sign-in", PRESYNC_STAGE_DONE,
                        target->sign_in == PRESYNC_SIGN_IN_KERBEROS ? _ ("with Kerberos")
                                                                    : target->name);
  presync_opening_tell (opening, "first-read", PRESYNC_STAGE_RUNNING, NULL);
  if (!presync_ldap_directory_read_offer (self, opening->cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

gboolean
presync_ldap_directory_watch (PresyncLdapDirectory *self, const char *base, PresyncScope scope,
                              int *id, GError **error)
{
  LDAPControl control = { (char *) NOTIFICATION_OID, { 0, NULL }, 1 };
  LDAPControl deleted = { (char *) SHOW_DELETED_OID, { 0, NULL }, 0 };
  LDAPControl *controls[] = { &control, &deleted, NULL };
  const char *attributes[] = { "1.1", NULL };
  int code;

  g_return_val_if_fail (PRESYNC_IS_LDAP_DIRECTORY (self), FALSE);
  if (!self->offer.notification)
    return FALSE;
  code = ldap_search_ext (self->connection->ld, base, presync_ldap_scope (scope), "(objectClass=*)",
                          (char **) attributes, 0, controls, NULL, NULL, LDAP_NO_LIMIT, id);
  if (code == LDAP_SUCCESS)
    return TRUE;
  presync_ldap_connection_set_error (self->connection, code, NULL, error);
  return FALSE;
}

/* (transfer full) (nullable) */
static char *
presync_ldap_directory_dup_dn (PresyncLdapDirectory *self, LDAPMessage *message)
{
  char *raw = ldap_get_dn (self->connection->ld, message);
  char *dn = raw != NULL ? g_utf8_make_valid (raw, -1) : NULL;

  ldap_memfree (raw);
  return dn;
}

/* libldap can be woken by its server only, so the waiting is done outside. It is given a moment
 * each time to read what is there: it returns after the first message that nobody asked for. */
static int
presync_ldap_directory_wait (PresyncLdapDirectory *self, guint milliseconds, LDAPMessage **message)
{
  PresyncTransport *transport = self->connection->transport;
  guint64 delivered = presync_transport_get_delivered (transport);
  struct timeval moment = { 0, 20000 };
  int kind = ldap_result (self->connection->ld, LDAP_RES_ANY, LDAP_MSG_ONE, &moment, message);

  if (kind != 0)
    return kind;
  presync_transport_wait (transport, delivered, milliseconds);
  return ldap_result (self->connection->ld, LDAP_RES_ANY, LDAP_MSG_ONE, &moment, message);
}

gboolean
presync_ldap_directory_wait_change (PresyncLdapDirectory *self, guint milliseconds,
                                    PresyncLdapChange *change, int *id, char **dn,
                                    GCancellable *cancellable, GError **error)
{
  LDAPMessage *message = NULL;
  gulong guard;
  int kind = -1, code = LDAP_SERVER_DOWN;

  g_return_val_if_fail (PRESYNC_IS_LDAP_DIRECTORY (self), FALSE);
  *change = PRESYNC_LDAP_CHANGE_NONE;
  *id = 0;
  *dn = NULL;
  guard = presync_ldap_connection_guard (self->connection, cancellable);
  if (!self->connection->dead)
    kind = presync_ldap_directory_wait (self, milliseconds, &message);
  if (cancellable != NULL)
    g_cancellable_disconnect (cancellable, guard);
  if (kind < 0 || g_cancellable_is_cancelled (cancellable))
    {
      if (message != NULL)
        ldap_msgfree (message);
      ldap_get_option (self->connection->ld, LDAP_OPT_RESULT_CODE, &code);
      presync_ldap_connection_set_error (self->connection, code, cancellable, error);
      return FALSE;
    }
  if (kind > 0)
    {
      *id = ldap_msgid (message);
      *change = kind == LDAP_RES_SEARCH_RESULT  ? PRESYNC_LDAP_CHANGE_REFUSED
                : kind == LDAP_RES_SEARCH_ENTRY ? PRESYNC_LDAP_CHANGE_ENTRY
                                                : PRESYNC_LDAP_CHANGE_NONE;
      if (kind == LDAP_RES_SEARCH_ENTRY)
        *dn = presync_ldap_directory_dup_dn (self, message);
      ldap_msgfree (message);
    }
  return TRUE;
}

void
presync_ldap_directory_wake (PresyncLdapDirectory *self)
{
  g_return_if_fail (PRESYNC_IS_LDAP_DIRECTORY (self));
  presync_transport_wake (self->connection->transport);
}

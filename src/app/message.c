/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/message.h"

#include <glib/gi18n.h>

typedef struct
{
  PresyncMessageFunc func;
  PresyncMessageFunc other_func; /* NULL if there is no other way to go on */
  gpointer user_data;
  GDestroyNotify destroy;
} Question;

static void
presync_message_question_free (gpointer data, GClosure *closure)
{
  Question *question = data;

  if (question->destroy != NULL)
    question->destroy (question->user_data);
  g_free (question);
}

static void
presync_message_response_cb (AdwMessageDialog *dialog, const char *response, Question *question)
{
  if (g_str_equal (response, "accept"))
    question->func (question->user_data);
  else if (g_str_equal (response, "other"))
    question->other_func (question->user_data);
}

/* AdwMessageDialog takes heading and body as plain text, whatever a server's name holds. */
static GtkWidget *
presync_message_new (GtkWindow *parent, const char *heading, const char *body)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, NULL, NULL);

  adw_message_dialog_set_heading (ADW_MESSAGE_DIALOG (dialog), heading);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), body);
  return dialog;
}

void
presync_message_show (GtkWindow *parent, const char *heading, const char *body)
{
  GtkWidget *dialog = presync_message_new (parent, heading, body);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "close");
  gtk_window_present (GTK_WINDOW (dialog));
}

void
presync_message_ask (GtkWindow *parent, const char *heading, const char *body, const char *accept,
                     gboolean destructive, PresyncMessageFunc func, gpointer user_data,
                     GDestroyNotify destroy)
{
  GtkWidget *dialog = NULL;
  Question *question = NULL;

  g_return_if_fail (func != NULL);

  dialog = presync_message_new (parent, heading, body);
  question = g_new0 (Question, 1);
  question->func = func;
  question->user_data = user_data;
  question->destroy = destroy;
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"));
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "accept", accept);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "accept",
                                              destructive ? ADW_RESPONSE_DESTRUCTIVE
                                                          : ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog),
                                           destructive ? "cancel" : "accept");
  g_signal_connect_data (dialog, "response", G_CALLBACK (presync_message_response_cb), question,
                         presync_message_question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
presync_message_choose (GtkWindow *parent, const char *heading, const char *body,
                        const char *forget, const char *keep, PresyncMessageFunc forget_func,
                        PresyncMessageFunc keep_func, gpointer user_data, GDestroyNotify destroy)
{
  AdwMessageDialog *dialog = NULL;
  Question *question = NULL;

  g_return_if_fail (forget_func != NULL && keep_func != NULL);

  dialog = ADW_MESSAGE_DIALOG (presync_message_new (parent, heading, body));
  question = g_new0 (Question, 1);
  question->func = forget_func;
  question->other_func = keep_func;
  question->user_data = user_data;
  question->destroy = destroy;
  adw_message_dialog_add_response (dialog, "cancel", _ ("_Cancel"));
  adw_message_dialog_add_response (dialog, "other", keep);
  adw_message_dialog_add_response (dialog, "accept", forget);
  adw_message_dialog_set_response_appearance (dialog, "accept", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (dialog, "cancel");
  adw_message_dialog_set_default_response (dialog, "accept");
  g_signal_connect_data (dialog, "response", G_CALLBACK (presync_message_response_cb), question,
                         presync_message_question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

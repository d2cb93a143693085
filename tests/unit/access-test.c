/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who has which right: every rule both ways */
#include "descriptor-kit.h"

#define RP PRESYNC_RIGHT_READ_PROPERTY
#define WP PRESYNC_RIGHT_WRITE_PROPERTY
#define CR PRESYNC_RIGHT_CONTROL_ACCESS
#define CC PRESYNC_RIGHT_CREATE_CHILD
#define DC PRESYNC_RIGHT_DELETE_CHILD
#define SW PRESYNC_RIGHT_SELF
#define SD PRESYNC_RIGHT_DELETE
#define RC PRESYNC_RIGHT_READ_CONTROL
#define WD PRESYNC_RIGHT_WRITE_DAC
#define WO PRESYNC_RIGHT_WRITE_OWNER
#define LC PRESYNC_RIGHT_LIST
#define LO PRESYNC_RIGHT_LIST_OBJECT
#define DT PRESYNC_RIGHT_DELETE_TREE
#define FULL PRESYNC_RIGHT_FULL_CONTROL

typedef struct
{
  const char *what;
  const char *aces; /* as kit_aces() reads them */
  const char *object;
  guint32 mask;
  PresyncAccess access;
  int ace; /* which one is named; -1: none */
  guint32 lacking;
  const char *owner;
} AccessCase;

#define YES PRESYNC_ACCESS_GRANTED
#define NO PRESYNC_ACCESS_MISSING
#define DENIED PRESYNC_ACCESS_DENIED
#define OPEN PRESYNC_ACCESS_UNDECIDED

static void
run_case (const AccessCase *one, gboolean descendant, const char *class_name)
{
  static const char *const sids[] = { KIT_ME, KIT_GROUP, "S-1-1-0", "S-1-5-11", NULL };
  g_autoptr (PresyncToken) token = kit_token (sids);
  g_autoptr (PresyncSecurityDescriptor) sd = kit_parse (kit_descriptor_of (one->owner, one->aces));
  PresyncGuid class_guid = kit_guid (class_name);
  PresyncWanted wanted = { one->mask, kit_guid (one->object), { { 0 } } };
  PresyncAccessResult result;
  const PresyncAce *aces;
  guint n;

  if (one->object != NULL)
    presync_access_name_property_set (one->object, &wanted.property_set);
  aces = presync_security_descriptor_get_aces (sd, &n);
  result = descendant ? presync_access_check_descendant (sd, token, &class_guid, &wanted)
                      : presync_access_check (sd, token, &class_guid, &wanted);
  g_test_message ("%s", one->what);
  g_assert_cmpint (result.access, ==, one->access);
  g_assert_cmphex (result.lacking, ==, one->lacking);
  g_assert_cmpint (result.ace == NULL ? -1 : (int) (result.ace - aces), ==, one->ace);
}

#define RUN(cases, descendant, class_name)                                                         \
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)                                                 \
  run_case (&cases[i], descendant, class_name)

static void
test_simple (void)
{
  static const AccessCase cases[] = {
    { "nothing", "", NULL, RP, NO, -1, RP },
    { "no right is wanted", "", NULL, 0, YES, -1, 0 },
    { "granted", "(A;;RP;;;ME)", NULL, RP, YES, 0, 0 },
    { "by a group", "(A;;RP;;;GROUP)", NULL, RP, YES, 0, 0 },
    { "to another", "(A;;RP;;;OTHER)", NULL, RP, NO, -1, RP },
    { "denied to another", "(D;;RP;;;OTHER)(A;;RP;;;ME)", NULL, RP, YES, 1, 0 },
    { "another right", "(A;;WP;;;ME)", NULL, RP, NO, -1, RP },
    { "one of two", "(A;;WP;;;ME)", NULL, RP | WP, NO, 0, RP },
    { "two by two", "(A;;WP;;;ME)(A;;RP;;;GROUP)", NULL, RP | WP, YES, 1, 0 },
    { "denied first", "(D;;RP;;;ME)(A;;RP;;;ME)", NULL, RP, DENIED, 0, RP },
    { "granted first", "(A;;RP;;;ME)(D;;RP;;;ME)", NULL, RP, YES, 0, 0 },
    { "inherited deny after explicit allow", "(A;;RP;;;ME)(D;ID;RP;;;GROUP)(A;ID;FC;;;ME)", NULL,
      FULL, YES, 2, 0 },
    { "denied a part", "(D;;WP;;;ME)(A;;RPWP;;;ME)", NULL, RP | WP, DENIED, 0, WP },
    { "denied a part, granted none", "(D;;WP;;;ME)", NULL, RP | WP, DENIED, 0, RP | WP },
    { "denied what is not wanted", "(D;;WP;;;ME)(A;;RP;;;ME)", NULL, RP, YES, 1, 0 },
    { "audit grants nothing", "(AU;;RP;;;ME)", NULL, RP, NO, -1, RP },
    { "inherit-only allow", "(A;CIIO;RP;;;ME)", NULL, RP, NO, -1, RP },
    { "inherit-only deny", "(D;CIIO;RP;;;ME)(A;CI;RP;;;ME)", NULL, RP, YES, 1, 0 },
    { "object entry without types", "(OA;;RP;;;ME)", NULL, RP, YES, 0, 0 },
    { "an inherited type says nothing here", "(OA;CI;RP;;group;ME)", NULL, RP, YES, 0, 0 },
  };

  RUN (cases, FALSE, "user");
}

static void
test_properties (void)
{
  static const AccessCase cases[] = {
    { "the property", "(OA;;WP;lockoutTime;;ME)", "lockoutTime", WP, YES, 0, 0 },
    { "another", "(OA;;WP;description;;ME)", "lockoutTime", WP, NO, -1, WP },
    { "all", "(A;;WP;;;ME)", "lockoutTime", WP, YES, 0, 0 },
    { "its set", "(OA;;WP;User-Account-Restrictions;;ME)", "pwdLastSet", WP, YES, 0, 0 },
    { "another set", "(OA;;WP;Public-Information;;ME)", "pwdLastSet", WP, NO, -1, WP },
    { "of no set", "(OA;;WP;User-Account-Restrictions;;ME)", "lockoutTime", WP, NO, -1, WP },
    { "the class", "(OA;;WP;user;;ME)", "pwdLastSet", WP, YES, 0, 0 },
    { "another class", "(OA;;WP;group;;ME)", "pwdLastSet", WP, NO, -1, WP },
    { "deny the property", "(OD;;WP;pwdLastSet;;ME)(A;;WP;;;ME)", "pwdLastSet", WP, DENIED, 0, WP },
    { "deny another", "(OD;;WP;description;;ME)(A;;WP;;;ME)", "pwdLastSet", WP, YES, 1, 0 },
    { "deny its set", "(OD;;WP;User-Account-Restrictions;;ME)(A;;WP;;;ME)", "pwdLastSet", WP,
      DENIED, 0, WP },
    { "deny another set", "(OD;;WP;Public-Information;;ME)(A;;WP;;;ME)", "pwdLastSet", WP, YES, 1,
      0 },
    { "deny the class", "(OD;;WP;user;;ME)(A;;WP;;;ME)", "pwdLastSet", WP, DENIED, 0, WP },
    { "deny after its set was granted",
      "(OA;;WP;User-Account-Restrictions;;ME)(OD;;WP;pwdLastSet;;ME)", "pwdLastSet", WP, YES, 0,
      0 },
    { "read here, write there", "(OA;;RP;pwdLastSet;;ME)(OA;;WP;User-Account-Restrictions;;ME)",
      "pwdLastSet", RP | WP, YES, 1, 0 },
    { "a set names no right but to read and write", "(OA;;CR;User-Account-Restrictions;;ME)",
      "pwdLastSet", CR, NO, -1, CR },
    { "a right on the object is not on a property", "(OA;;SD;pwdLastSet;;ME)", "pwdLastSet", SD, NO,
      -1, SD },
    { "the class grants the object", "(OA;;SDRC;user;;ME)", NULL, SD | RC, YES, 0, 0 },
    { "a property denies not the object", "(OD;;FC;pwdLastSet;;ME)(A;;SD;;;ME)", NULL, SD, YES, 1,
      0 },
  };

  RUN (cases, FALSE, "user");
}

static void
test_whole (void)
{
  static const AccessCase cases[] = {
    { "all", "(A;;RP;;;ME)", NULL, RP, YES, 0, 0 },
    { "one property", "(OA;;RP;mail;;ME)", NULL, RP, NO, -1, RP },
    { "the class", "(OA;;RPWP;user;;ME)", NULL, RP | WP, YES, 0, 0 },
    { "a property denied", "(OD;;RP;mail;;ME)(A;;RP;;;ME)", NULL, RP, DENIED, 0, RP },
    { "a set denied", "(OD;;RP;Public-Information;;ME)(A;;RP;;;ME)", NULL, RP, DENIED, 0, RP },
    { "denied to another", "(OD;;RP;mail;;OTHER)(A;;RP;;;ME)", NULL, RP, YES, 1, 0 },
    { "denied to be written", "(OD;;WP;mail;;ME)(A;;RP;;;ME)", NULL, RP, YES, 1, 0 },
    { "denied later", "(A;;RP;;;ME)(OD;;RP;mail;;ME)", NULL, RP, YES, 0, 0 },
    { "the same property granted before", "(OA;;RP;mail;;ME)(OD;ID;RP;mail;;ME)(A;ID;RP;;;ME)",
      NULL, RP, YES, 2, 0 },
    { "another property granted before", "(OA;;RP;sn;;ME)(OD;ID;RP;mail;;ME)(A;ID;RP;;;ME)", NULL,
      RP, DENIED, 1, RP },
    { "the same property granted to another before",
      "(OA;;RP;mail;;OTHER)(OD;ID;RP;mail;;ME)(A;ID;RP;;;ME)", NULL, RP, DENIED, 1, RP },
    { "the same property granted before, inherit-only",
      "(OA;IO;RP;mail;;ME)(OD;ID;RP;mail;;ME)(A;ID;RP;;;ME)", NULL, RP, DENIED, 1, RP },
    { "the same property granted before, perhaps",
      "(ZA;;RP;mail;;ME)(OD;ID;RP;mail;;ME)(A;ID;RP;;;ME)", NULL, RP, OPEN, 1, RP },
    { "the same property granted before, to be written",
      "(OA;;WP;mail;;ME)(OD;ID;RP;mail;;ME)(A;ID;RP;;;ME)", NULL, RP, DENIED, 1, RP },
  };

  RUN (cases, FALSE, "user");
}

static void
test_extended (void)
{
  static const char reset[] = "User-Force-Change-Password";
  const AccessCase cases[] = {
    { "the right", "(OA;;CR;User-Force-Change-Password;;ME)", reset, CR, YES, 0, 0 },
    { "another", "(OA;;CR;User-Change-Password;;ME)", reset, CR, NO, -1, CR },
    { "all extended rights", "(A;;CR;;;ME)", reset, CR, YES, 0, 0 },
    { "all, as an object entry", "(OA;;CR;;;ME)", reset, CR, YES, 0, 0 },
    { "full control", "(A;;FC;;;ME)", reset, CR, YES, 0, 0 },
    { "no control access", "(OA;;RPWP;User-Force-Change-Password;;ME)", reset, CR, NO, -1, CR },
    { "the class is no right", "(OA;;CR;user;;ME)", reset, CR, NO, -1, CR },
    { "denied", "(OD;;CR;User-Force-Change-Password;;ME)(A;;CR;;;ME)", reset, CR, DENIED, 0, CR },
    { "another denied", "(OD;;CR;User-Change-Password;;ME)(A;;CR;;;ME)", reset, CR, YES, 1, 0 },
    { "all denied", "(D;;CR;;;GROUP)(OA;;CR;User-Force-Change-Password;;ME)", reset, CR, DENIED, 0,
      CR },
    { "all wanted, one there", "(OA;;CR;User-Force-Change-Password;;ME)", NULL, CR, NO, -1, CR },
    { "all wanted, one denied", "(OD;;CR;User-Force-Change-Password;;ME)(A;;CR;;;ME)", NULL, CR,
      DENIED, 0, CR },
    { "a validated write", "(OA;;SW;Validated-SPN;;ME)", "Validated-SPN", SW, YES, 0, 0 },
    { "a validated write by the class", "(OA;;SW;user;;ME)", "Validated-SPN", SW, NO, -1, SW },
  };

  RUN (cases, FALSE, "user");
}

/* On a unit: children of classes; the unit's own class is one of them. */
static void
test_children (void)
{
  static const char unit[] = "organizationalUnit";
  const AccessCase cases[] = {
    { "the class", "(OA;;CCDC;user;;ME)", "user", CC | DC, YES, 0, 0 },
    { "another class", "(OA;;CC;group;;ME)", "user", CC, NO, -1, CC },
    { "any class", "(A;;CC;;;ME)", "user", CC, YES, 0, 0 },
    { "any wanted, one there", "(OA;;CC;user;;ME)", NULL, CC, NO, -1, CC },
    { "units in a unit are not any class", "(OA;;CC;organizationalUnit;;ME)", NULL, CC, NO, -1,
      CC },
    { "units in a unit are not users", "(OA;;CC;organizationalUnit;;ME)", "user", CC, NO, -1, CC },
    { "units in a unit", "(OA;;CC;organizationalUnit;;ME)", unit, CC, YES, 0, 0 },
    { "denied", "(OD;;CC;user;;ME)(A;;CC;;;ME)", "user", CC, DENIED, 0, CC },
    { "another denied", "(OD;;CC;group;;ME)(A;;CC;;;ME)", "user", CC, YES, 1, 0 },
    { "any wanted, one denied", "(OD;;CC;group;;ME)(A;;CC;;;ME)", NULL, CC, DENIED, 0, CC },
    { "denied to delete", "(OD;;DC;user;;ME)(A;;CC;;;ME)", "user", CC, YES, 1, 0 },
  };

  RUN (cases, FALSE, unit);
}

static void
test_generic (void)
{
  static const AccessCase cases[] = {
    { "all", "(A;;GA;;;ME)", NULL, FULL, YES, 0, 0 },
    { "all of a class", "(OA;;GA;user;;ME)", NULL, RP | WP | SD | RC, YES, 0, 0 },
    { "read", "(A;;GR;;;ME)", NULL, RP | RC | LC | LO, YES, 0, 0 },
    { "read is no more", "(A;;GR;;;ME)", NULL, FULL, NO, 0, FULL & ~(RP | RC | LC | LO) },
    { "write", "(A;;GW;;;ME)", NULL, WP | SW | RC, YES, 0, 0 },
    { "write is no more", "(A;;GW;;;ME)", NULL, FULL, NO, 0, FULL & ~(WP | SW | RC) },
    { "execute", "(A;;GX;;;ME)", NULL, RC | LC, YES, 0, 0 },
    { "execute is no more", "(A;;GX;;;ME)", NULL, FULL, NO, 0, FULL & ~(RC | LC) },
    { "write a property", "(OA;;GW;mail;;ME)", "mail", WP, YES, 0, 0 },
    { "deny all", "(D;;GA;;;ME)(A;;RP;;;ME)", NULL, RP, DENIED, 0, RP },
    { "deny write", "(D;;GW;;;ME)(A;;GA;;;ME)", NULL, RP | CR, YES, 1, 0 },
    { "all is what is defined", "(A;;GA;;;ME)", NULL, 0x200, NO, -1, 0x200 },
  };

  RUN (cases, FALSE, "user");
}

static void
test_undecided (void)
{
  static const AccessCase cases[] = {
    { "a conditional allow alone", "(XA;;RP;;;ME)", NULL, RP, OPEN, 0, RP },
    { "for another", "(XA;;RP;;;OTHER)", NULL, RP, NO, -1, RP },
    { "of another right", "(XA;;WP;;;ME)", NULL, RP, NO, -1, RP },
    { "after a grant", "(A;;RP;;;ME)(XD;;RP;;;ME)", NULL, RP, YES, 0, 0 },
    { "a conditional allow, then granted", "(XA;;RP;;;ME)(A;;RP;;;ME)", NULL, RP, YES, 1, 0 },
    { "a conditional allow, then denied", "(XA;;RP;;;ME)(D;;RP;;;ME)", NULL, RP, OPEN, 0, RP },
    { "denied, then a conditional allow", "(D;;RP;;;ME)(XA;;RP;;;ME)", NULL, RP, DENIED, 0, RP },
    { "a conditional deny alone", "(XD;;RP;;;ME)", NULL, RP, NO, -1, RP },
    { "a conditional deny, then granted", "(XD;;RP;;;ME)(A;;RP;;;ME)", NULL, RP, OPEN, 0, RP },
    { "a conditional deny, then denied", "(XD;;RP;;;ME)(D;;RP;;;ME)", NULL, RP, DENIED, 1, RP },
    { "one right undecided, one missing", "(XA;;RP;;;ME)", NULL, RP | WP, NO, -1, RP | WP },
    { "one right undecided, one granted", "(XA;;RP;;;ME)(A;;WP;;;ME)", NULL, RP | WP, OPEN, 0, RP },
    { "one right undecided, one denied", "(XA;;RP;;;ME)(D;;WP;;;ME)", NULL, RP | WP, DENIED, 1,
      RP | WP },
    { "conditional, of a property", "(ZA;;RP;mail;;ME)", "mail", RP, OPEN, 0, RP },
    { "conditional, of another", "(ZA;;RP;sn;;ME)", "mail", RP, NO, -1, RP },
    { "conditional, a property of the whole", "(ZD;;RP;mail;;ME)(A;;RP;;;ME)", NULL, RP, OPEN, 0,
      RP },
    { "conditional, the same property granted before",
      "(OA;;RP;mail;;ME)(ZD;;RP;mail;;ME)(A;;RP;;;ME)", NULL, RP, YES, 2, 0 },
    { "conditional, inherit-only", "(XA;CIIO;RP;;;ME)", NULL, RP, NO, -1, RP },
    { "unknown alone", "(??;;;;;OTHER)", NULL, RP, OPEN, 0, RP },
    { "unknown, then granted", "(??;;;;;OTHER)(A;;RP;;;ME)", NULL, RP, OPEN, 0, RP },
    { "unknown, then denied", "(??;;;;;OTHER)(D;;RP;;;ME)", NULL, RP, OPEN, 0, RP },
    { "granted, then unknown", "(A;;RP;;;ME)(??;;;;;ME)", NULL, RP, YES, 0, 0 },
    { "denied, then unknown", "(D;;RP;;;ME)(??;;;;;ME)", NULL, RP, DENIED, 0, RP },
    { "unknown, inherit-only", "(??;CIIO;;;;ME)", NULL, RP, NO, -1, RP },
    { "audit is known", "(AU;;FC;;;ME)(A;;RP;;;ME)", NULL, RP, YES, 1, 0 },
  };

  RUN (cases, FALSE, "user");
}

static void
test_owner (void)
{
  static const AccessCase cases[] = {
    { "the owner", "", NULL, RC | WD, YES, -1, 0, KIT_ME },
    { "a group that owns", "", NULL, RC | WD, YES, -1, 0, KIT_GROUP },
    { "another owner", "", NULL, RC | WD, NO, -1, RC | WD, KIT_OTHER },
    { "no owner", "", NULL, RC | WD, NO, -1, RC | WD },
    { "no more than that", "", NULL, RC | WO | RP, NO, -1, WO | RP, KIT_ME },
    { "cannot be denied it", "(D;;FC;;;ME)", NULL, WD, YES, -1, 0, KIT_ME },
    { "is denied the rest", "(D;;FC;;;ME)", NULL, WD | RP, DENIED, 0, RP, KIT_ME },
    { "OWNER RIGHTS limits", "(A;;RC;;;OW)", NULL, RC | WD, NO, 0, WD, KIT_ME },
    { "OWNER RIGHTS grants", "(A;;RP;;;OW)", NULL, RP, YES, 0, 0, KIT_ME },
    { "OWNER RIGHTS, not the owner", "(A;;RP;;;OW)", NULL, RP, NO, -1, RP, KIT_OTHER },
    { "OWNER RIGHTS denies", "(D;;WD;;;OW)", NULL, WD, DENIED, 0, WD, KIT_ME },
    { "OWNER RIGHTS, inherit-only", "(A;CIIO;RC;;;OW)", NULL, RC | WD, YES, -1, 0, KIT_ME },
  };

  RUN (cases, FALSE, "user");
}

static void
test_descendants (void)
{
  static const AccessCase cases[] = {
    { "not inherited", "(A;;RP;;;ME)", NULL, RP, NO, -1, RP },
    { "inherited", "(A;CI;RP;;;ME)", NULL, RP, YES, 0, 0 },
    { "inherited from above", "(A;CIID;RP;;;ME)", NULL, RP, YES, 0, 0 },
    { "inherit-only", "(A;CIIO;RP;;;ME)", NULL, RP, YES, 0, 0 },
    { "only by children", "(A;CINP;RP;;;ME)", NULL, RP, NO, -1, RP },
    { "only by what is no container", "(A;OI;RP;;;ME)", NULL, RP, NO, -1, RP },
    { "by both", "(A;OICI;RP;;;ME)", NULL, RP, YES, 0, 0 },
    { "by the class", "(OA;CIIO;RP;;user;ME)", NULL, RP, YES, 0, 0 },
    { "by another class", "(OA;CIIO;RP;;group;ME)", NULL, RP, NO, -1, RP },
    { "inetOrgPerson is not user", "(OA;CIIO;RP;;inetOrgPerson;ME)", NULL, RP, NO, -1, RP },
    { "a property", "(OA;CIIO;WP;lockoutTime;user;ME)", "lockoutTime", WP, YES, 0, 0 },
    { "a property of another class", "(OA;CIIO;WP;lockoutTime;inetOrgPerson;ME)", "lockoutTime", WP,
      NO, -1, WP },
    { "the class as object type", "(OA;CI;WP;user;;ME)", "lockoutTime", WP, YES, 0, 0 },
    { "denied not inherited", "(D;;RP;;;ME)(A;CI;RP;;;ME)", NULL, RP, YES, 1, 0 },
    { "denied inherited", "(D;CIIO;RP;;;ME)(A;CI;RP;;;ME)", NULL, RP, DENIED, 0, RP },
    { "denied to another class", "(OD;CI;RP;;group;ME)(A;CI;RP;;;ME)", NULL, RP, YES, 1, 0 },
    { "denied to children only", "(D;CINP;RP;;;ME)(A;CI;RP;;;ME)", NULL, RP, YES, 1, 0 },
    { "generic", "(A;CIIO;GA;;;ME)", NULL, FULL, YES, 0, 0 },
    { "conditional", "(XA;CI;RP;;;ME)", NULL, RP, OPEN, 0, RP },
    { "conditional, not inherited", "(XA;;RP;;;ME)", NULL, RP, NO, -1, RP },
    { "unknown", "(??;CI;;;;ME)(A;CI;RP;;;ME)", NULL, RP, OPEN, 0, RP },
    { "unknown, not inherited", "(??;;;;;ME)(A;CI;RP;;;ME)", NULL, RP, YES, 1, 0 },
    { "the owner is another there", "", NULL, RC, NO, -1, RC, KIT_ME },
    { "so are his rights", "(A;CI;RP;;;OW)", NULL, RP, NO, -1, RP, KIT_ME },
  };
  static const AccessCase person
      = { "user is not inetOrgPerson", "(OA;CIIO;RP;;user;ME)", NULL, RP, NO, -1, RP, NULL };

  RUN (cases, TRUE, "user");
  run_case (&person, TRUE, "inetOrgPerson");
}

/* No DACL: everything is everybody's, but there is nothing to pass on. */
static void
test_null_dacl (void)
{
  static const char *const nobody[] = { NULL };
  GByteArray *array = kit_descriptor ("S-1-5-18", 0, NULL, 0);
  g_autoptr (PresyncToken) token = kit_token (nobody);
  g_autoptr (PresyncSecurityDescriptor) sd = NULL;
  PresyncGuid class_guid = kit_guid ("user");
  PresyncWanted wanted = { FULL, kit_guid ("mail"), { { 0 } } };
  PresyncAccessResult result;

  kit_set (array, 16, 0, 4);
  sd = kit_parse (array);
  result = presync_access_check (sd, token, &class_guid, &wanted);
  g_assert_cmpint (result.access, ==, PRESYNC_ACCESS_GRANTED);
  g_assert_cmphex (result.lacking, ==, 0);
  g_assert_null (result.ace);
  result = presync_access_check_descendant (sd, token, &class_guid, &wanted);
  g_assert_cmpint (result.access, ==, PRESYNC_ACCESS_MISSING);
  g_assert_cmphex (result.lacking, ==, FULL);
}

static void
test_token (void)
{
  g_autoptr (PresyncToken) token = presync_token_new ();
  PresyncSid me = kit_sid (KIT_ME);
  PresyncSid other = kit_sid (KIT_OTHER);
  PresyncSid none = { 0 };

  g_assert_cmpuint (presync_token_get_size (token), ==, 0);
  g_assert_false (presync_token_has (token, &me));
  presync_token_add (token, &me);
  presync_token_add (token, &me);
  presync_token_add (token, &none);
  g_assert_cmpuint (presync_token_get_size (token), ==, 1);
  g_assert_true (presync_token_has (token, &me));
  g_assert_false (presync_token_has (token, &other));
  g_assert_false (presync_token_has (token, &none));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/access/simple", test_simple);
  g_test_add_func ("/access/properties", test_properties);
  g_test_add_func ("/access/whole", test_whole);
  g_test_add_func ("/access/extended", test_extended);
  g_test_add_func ("/access/children", test_children);
  g_test_add_func ("/access/generic", test_generic);
  g_test_add_func ("/access/undecided", test_undecided);
  g_test_add_func ("/access/owner", test_owner);
  g_test_add_func ("/access/descendants", test_descendants);
  g_test_add_func ("/access/null-dacl", test_null_dacl);
  g_test_add_func ("/access/token", test_token);
  return g_test_run ();
}

CREATE TABLE accompaniment_brief (
  id TEXT PRIMARY KEY, version INTEGER NOT NULL, edition_id TEXT NOT NULL,
  journey TEXT NOT NULL REFERENCES accompaniment_journey (id),
  organisation TEXT NOT NULL, organisation_name TEXT NOT NULL,
  need TEXT NOT NULL REFERENCES accompaniment_need (id), mission_type TEXT NOT NULL,
  title TEXT NOT NULL, context TEXT NOT NULL, deliverable TEXT NOT NULL,
  roles TEXT NOT NULL, half_days TEXT NOT NULL,
  format TEXT NOT NULL CHECK (format IN ('on-site', 'remote', 'hybrid')),
  languages TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'published')),
  position INTEGER, published_at BIGINT, cancelled_at BIGINT, cancel_reason TEXT, organisation_order TEXT NOT NULL DEFAULT '', title_order TEXT NOT NULL DEFAULT '', UNIQUE (edition_id, position),
  CHECK ((state = 'published') = (position IS NOT NULL)));
--
CREATE TABLE accompaniment_follow_up (
  id TEXT PRIMARY KEY, edition_id TEXT NOT NULL,
  journey TEXT NOT NULL REFERENCES accompaniment_journey (id),
  months INTEGER NOT NULL CHECK (months > 0), asked_at BIGINT NOT NULL, note TEXT,
  answered_at BIGINT, UNIQUE (journey, months));
--
CREATE TABLE accompaniment_invitation (
  id TEXT PRIMARY KEY, edition_id TEXT NOT NULL,
  workshop TEXT NOT NULL REFERENCES accompaniment_workshop (id),
  journey TEXT NOT NULL REFERENCES accompaniment_journey (id),
  present INTEGER CHECK (present IN (0, 1)), UNIQUE (workshop, journey));
--
CREATE TABLE accompaniment_journey (
  id TEXT PRIMARY KEY, version INTEGER NOT NULL, edition_id TEXT NOT NULL,
  application TEXT NOT NULL UNIQUE, organisation TEXT NOT NULL,
  organisation_name TEXT NOT NULL,
  stage TEXT NOT NULL CHECK (stage IN (
    'started', 'diagnosed', 'needs-confirmed', 'briefed', 'followed-up')),
  diagnosis TEXT, action_plan TEXT NOT NULL, started_at BIGINT NOT NULL, ended_at BIGINT, organisation_order TEXT NOT NULL DEFAULT '',
  UNIQUE (edition_id, organisation));
--
CREATE TABLE accompaniment_moved (
  id TEXT PRIMARY KEY, journeys TEXT NOT NULL, briefs TEXT NOT NULL);
--
CREATE TABLE accompaniment_need (
  id TEXT PRIMARY KEY, version INTEGER NOT NULL, edition_id TEXT NOT NULL,
  journey TEXT NOT NULL REFERENCES accompaniment_journey (id), position INTEGER NOT NULL,
  mission_type TEXT NOT NULL, mission_type_name TEXT NOT NULL, statement TEXT NOT NULL,
  priority INTEGER NOT NULL CHECK (priority BETWEEN 1 AND 5),
  state TEXT NOT NULL CHECK (state IN ('proposed', 'confirmed', 'dropped')),
  UNIQUE (journey, position));
--
CREATE TABLE accompaniment_workshop (
  id TEXT PRIMARY KEY, version INTEGER NOT NULL, edition_id TEXT NOT NULL,
  title TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('workshop', 'peer-exchange')),
  day TEXT NOT NULL, cancelled_at BIGINT, cancel_reason TEXT);
--
CREATE TABLE accounts_address (
  id TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES accounts_person (id),
  position INTEGER NOT NULL, proved_at BIGINT);
--
CREATE TABLE accounts_attempt (
  id TEXT PRIMARY KEY, number INTEGER NOT NULL, began_at BIGINT NOT NULL);
--
CREATE TABLE accounts_challenge (
  id TEXT PRIMARY KEY, purpose TEXT NOT NULL, holder_hash TEXT NOT NULL,
  expires_at BIGINT NOT NULL);
--
CREATE TABLE accounts_factor (
  id TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES accounts_person (id),
  kind TEXT NOT NULL CHECK (kind IN ('passkey', 'totp')), name TEXT NOT NULL,
  material TEXT NOT NULL, credential TEXT UNIQUE, algorithm INTEGER,
  counter BIGINT NOT NULL, created_at BIGINT NOT NULL, confirmed_at BIGINT, used_at BIGINT);
--
CREATE TABLE accounts_failure (
  id TEXT PRIMARY KEY, on_day TEXT NOT NULL, kind TEXT NOT NULL, number INTEGER NOT NULL);
--
CREATE TABLE accounts_founding (
  id TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, expires_at BIGINT NOT NULL,
  used_at BIGINT);
--
CREATE TABLE accounts_grant (
  id TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES accounts_person (id),
  role TEXT NOT NULL CHECK (role IN ('administrator', 'manager')),
  granted_at BIGINT NOT NULL, UNIQUE (person, role));
--
CREATE TABLE accounts_guide (
  id TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES accounts_person (id),
  hash TEXT NOT NULL UNIQUE, expires_at BIGINT NOT NULL, used_at BIGINT);
--
CREATE TABLE accounts_invitation (
  id TEXT PRIMARY KEY, address TEXT NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL,
  language TEXT NOT NULL, invited_by TEXT NOT NULL, created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL, hash TEXT UNIQUE, used_at BIGINT, ended_at BIGINT);
--
CREATE TABLE accounts_key (
  id INTEGER PRIMARY KEY, secret TEXT NOT NULL, created_at BIGINT NOT NULL,
  retired_at BIGINT);
--
CREATE TABLE accounts_link (
  id TEXT PRIMARY KEY, address TEXT NOT NULL, browser_hash TEXT NOT NULL, person TEXT,
  origin TEXT NOT NULL, language TEXT NOT NULL, asked_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL, secret_hash TEXT UNIQUE, code_hash TEXT,
  attempts INTEGER NOT NULL, used_at BIGINT, replaced_at BIGINT);
--
CREATE TABLE accounts_person (
  id TEXT PRIMARY KEY, name TEXT, language TEXT NOT NULL, created_at BIGINT NOT NULL,
  disabled_at BIGINT);
--
CREATE TABLE accounts_recovery (
  id TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES accounts_person (id),
  hash TEXT NOT NULL UNIQUE);
--
CREATE TABLE accounts_session (
  id TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE,
  person TEXT NOT NULL REFERENCES accounts_person (id),
  strength TEXT NOT NULL CHECK (strength IN ('letter', 'strong')), network TEXT NOT NULL,
  device TEXT, language TEXT NOT NULL, hat TEXT, is_short INTEGER NOT NULL,
  began_at BIGINT NOT NULL, seen_at BIGINT NOT NULL, expires_at BIGINT NOT NULL,
  ended_at BIGINT);
--
CREATE TABLE accounts_sign_in (
  id TEXT PRIMARY KEY, at BIGINT NOT NULL, person TEXT NOT NULL, way TEXT NOT NULL,
  strength TEXT NOT NULL, network TEXT NOT NULL, device TEXT);
--
CREATE TABLE applications_application (
  id TEXT PRIMARY KEY, version INTEGER NOT NULL, edition_id TEXT NOT NULL,
  call_id TEXT NOT NULL REFERENCES applications_call (id),
  organisation_id TEXT NOT NULL REFERENCES applications_organisation (id),
  state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'withdrawn', 'laureate',
    'waiting', 'refused', 'confirmed', 'declined', 'lapsed')),
  answers TEXT NOT NULL, drafted_at BIGINT NOT NULL, submitted_at BIGINT,
  withdrawn_at BIGINT, decided_at BIGINT, decision TEXT, reason TEXT,
  waiting_position INTEGER, promoted_at BIGINT, confirm_by TEXT, answered_at BIGINT,
  decline_reason TEXT, extended_until TEXT, organisation_order TEXT NOT NULL DEFAULT '', behind INTEGER NOT NULL DEFAULT 501, reviews INTEGER NOT NULL DEFAULT 0, reviews_missing INTEGER NOT NULL DEFAULT 0, UNIQUE (call_id, organisation_id));
--
CREATE TABLE applications_call (
  id TEXT PRIMARY KEY, version INTEGER NOT NULL, edition_id TEXT NOT NULL,
  zone TEXT NOT NULL, title TEXT NOT NULL, opens_on TEXT NOT NULL,
  closes_on TEXT NOT NULL CHECK (closes_on >= opens_on),
  places INTEGER NOT NULL CHECK (places > 0), questions TEXT NOT NULL,
  criteria TEXT NOT NULL, eligibility TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'closed', 'decided')),
  confirmation_days INTEGER, UNIQUE (edition_id, title));
--
CREATE TABLE applications_cleared_conflict (
  id TEXT PRIMARY KEY, reviewer_id TEXT NOT NULL REFERENCES applications_reviewer (id),
  organisation_id TEXT NOT NULL REFERENCES applications_organisation (id),
  reason TEXT NOT NULL, cleared_at BIGINT NOT NULL, UNIQUE (reviewer_id, organisation_id));
--
CREATE TABLE applications_conflict (
  id TEXT PRIMARY KEY, reviewer_id TEXT NOT NULL REFERENCES applications_reviewer (id),
  organisation_id TEXT NOT NULL REFERENCES applications_organisation (id), reason TEXT,
  declared_at BIGINT NOT NULL, UNIQUE (reviewer_id, organisation_id));
--
CREATE TABLE applications_former (
  id TEXT PRIMARY KEY, present TEXT NOT NULL,
  merge TEXT NOT NULL REFERENCES applications_merge (id));
--
CREATE TABLE applications_member (
  id TEXT PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES applications_organisation (id),
  position INTEGER NOT NULL, name TEXT NOT NULL, email TEXT NOT NULL,
  language TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('lead', 'writer', 'reader')),
  UNIQUE (organisation_id, email));
--
INSERT INTO "applications_member" VALUES('00e27f6a-d7aa-4a34-871e-1ff7101945ef','c7db915b-e297-4782-befa-28fadcab02ac',1,'Lou Fictif','lou@exemple.example','fr','lead');
--
CREATE TABLE applications_merge (
  id TEXT PRIMARY KEY, kept TEXT NOT NULL, gone TEXT NOT NULL, moved TEXT NOT NULL,
  merged_at BIGINT NOT NULL, undone_at BIGINT);
--
CREATE TABLE applications_opened_scores (
  call_id TEXT PRIMARY KEY REFERENCES applications_call (id), opened_at BIGINT NOT NULL);
--
CREATE TABLE applications_organisation (
  id TEXT PRIMARY KEY, version INTEGER NOT NULL, name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('association', 'foundation', 'federation', 'other')),
  causes TEXT NOT NULL, siren_once TEXT UNIQUE, siren_status TEXT NOT NULL, rna_once TEXT UNIQUE,
  rna_status TEXT NOT NULL, territory TEXT NOT NULL, founded_on TEXT NOT NULL,
  registered_at BIGINT NOT NULL, siren TEXT, nic TEXT, local_register TEXT, name_order TEXT NOT NULL DEFAULT '', name_folded TEXT NOT NULL DEFAULT '', rna TEXT);
--
INSERT INTO "applications_organisation" VALUES('c7db915b-e297-4782-befa-28fadcab02ac',1,'Association fictive','association','[]',NULL,'unverified',NULL,'unverified','FR-IDF','2010-01-01',1795793076841,NULL,NULL,NULL,'association fictiveassociation fictive','fictive',NULL);
--
CREATE TABLE applications_review (
  id TEXT PRIMARY KEY, version INTEGER NOT NULL, edition_id TEXT NOT NULL,
  call_id TEXT NOT NULL REFERENCES applications_call (id),
  application_id TEXT NOT NULL REFERENCES applications_application (id),
  reviewer_id TEXT NOT NULL REFERENCES applications_reviewer (id), scores TEXT,
  comment TEXT, assigned_at BIGINT NOT NULL, scored_at BIGINT,
  UNIQUE (application_id, reviewer_id));
--
CREATE TABLE applications_reviewer (
  id TEXT PRIMARY KEY, position INTEGER NOT NULL UNIQUE, name TEXT NOT NULL,
  email TEXT NOT NULL UNIQUE, language TEXT NOT NULL, retired_at BIGINT);
--
CREATE TABLE applications_staged_decision (
  id TEXT PRIMARY KEY REFERENCES applications_application (id),
  call_id TEXT NOT NULL REFERENCES applications_call (id),
  decision TEXT NOT NULL CHECK (decision IN ('laureate', 'waiting-list', 'refused')),
  reason TEXT, waiting_rank INTEGER, staged_at BIGINT NOT NULL);
--
CREATE TABLE applications_told_apart (
  id TEXT PRIMARY KEY, told_at BIGINT NOT NULL);
--
CREATE TABLE backups_work (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('make', 'check')), file TEXT,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'failed')),
  asked_at BIGINT NOT NULL, ended_at BIGINT, fault TEXT);
--
CREATE TABLE files_unnamed (content TEXT PRIMARY KEY, since BIGINT NOT NULL);
--
CREATE TABLE history_load (id TEXT PRIMARY KEY, file TEXT NOT NULL, begun_at BIGINT NOT NULL);
--
CREATE TABLE kernel_audit (
  sequence BIGINT PRIMARY KEY, at BIGINT NOT NULL, person TEXT NOT NULL, role TEXT NOT NULL,
  subject TEXT, edition_id TEXT, behalf TEXT, endpoint TEXT NOT NULL, request TEXT NOT NULL, recorded_at BIGINT);
--
INSERT INTO "kernel_audit" VALUES(1,1795793074429,'owner','administrator',NULL,NULL,NULL,'accounts.link-for-first-administrator','2id8it0l2hg6x',NULL);
--
INSERT INTO "kernel_audit" VALUES(2,1795793075579,'owner','administrator',NULL,NULL,NULL,'programmes.create','16paab31idp3a',NULL);
--
INSERT INTO "kernel_audit" VALUES(3,1795793076841,'owner','administrator',NULL,NULL,NULL,'applications.register-organisation','j47x2ses4tyb',NULL);
--
INSERT INTO "kernel_audit" VALUES(4,1795793078036,'owner','administrator',NULL,NULL,NULL,'settings.change','o7xxxxtstndh',NULL);
--
CREATE TABLE kernel_audit_row (
  sequence BIGINT NOT NULL REFERENCES kernel_audit (sequence), kind TEXT NOT NULL,
  row_id TEXT NOT NULL, version_before INTEGER, version_after INTEGER);
--
INSERT INTO "kernel_audit_row" VALUES(1,'accounts_founding','864a16fc-cef9-4529-aaf7-4e9c4a5eb030',NULL,NULL);
--
INSERT INTO "kernel_audit_row" VALUES(2,'programmes_programme','f484da71-c140-4773-8b02-8abc40c99148',NULL,NULL);
--
INSERT INTO "kernel_audit_row" VALUES(3,'applications_organisation','c7db915b-e297-4782-befa-28fadcab02ac',NULL,1);
--
INSERT INTO "kernel_audit_row" VALUES(3,'applications_member','00e27f6a-d7aa-4a34-871e-1ff7101945ef',NULL,NULL);
--
INSERT INTO "kernel_audit_row" VALUES(4,'settings_operator','operator',NULL,1);
--
CREATE TABLE kernel_delivery (
  event_id TEXT NOT NULL REFERENCES kernel_event (id), sequence BIGINT NOT NULL,
  subscriber TEXT NOT NULL, aggregate TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'done', 'parked')),
  attempts INTEGER NOT NULL, due_at BIGINT NOT NULL, fault TEXT,
  PRIMARY KEY (event_id, subscriber));
--
INSERT INTO "kernel_delivery" VALUES('b15ab440-6541-4f64-8eb1-c939f26cad15',1,'notifications.organisation-welcome','c7db915b-e297-4782-befa-28fadcab02ac','done',0,1795793076841,NULL);
--
CREATE TABLE kernel_event (
  id TEXT PRIMARY KEY, sequence BIGINT NOT NULL UNIQUE, name TEXT NOT NULL,
  version INTEGER NOT NULL, aggregate TEXT NOT NULL, edition_id TEXT, payload TEXT NOT NULL,
  actor TEXT NOT NULL, request TEXT NOT NULL, occurred_at BIGINT NOT NULL, person TEXT);
--
INSERT INTO "kernel_event" VALUES('b15ab440-6541-4f64-8eb1-c939f26cad15',1,'applications.organisation-registered',1,'c7db915b-e297-4782-befa-28fadcab02ac',NULL,'{"byItself":false,"organisation":"c7db915b-e297-4782-befa-28fadcab02ac"}','administrator','j47x2ses4tyb',1795793076841,'owner');
--
CREATE TABLE kernel_idempotency (
  key TEXT NOT NULL, person TEXT NOT NULL, endpoint TEXT NOT NULL, fingerprint TEXT NOT NULL,
  answer TEXT NOT NULL, created_at BIGINT NOT NULL, PRIMARY KEY (key, person));
--
CREATE TABLE kernel_job (name TEXT PRIMARY KEY, ran_at BIGINT NOT NULL);
--
INSERT INTO "kernel_job" VALUES('kernel.forget-keys',1795793075625);
--
INSERT INTO "kernel_job" VALUES('applications.lapse-confirmations',1795793075645);
--
INSERT INTO "kernel_job" VALUES('accompaniment.follow-ups',1795793075649);
--
INSERT INTO "kernel_job" VALUES('partners.forget-kept-rosters',1795793075651);
--
INSERT INTO "kernel_job" VALUES('matching.lapse-offers',1795793075653);
--
INSERT INTO "kernel_job" VALUES('notifications.digests',1795793075654);
--
INSERT INTO "kernel_job" VALUES('notifications.remind',1795793075655);
--
INSERT INTO "kernel_job" VALUES('notifications.read-returns',1795793075669);
--
INSERT INTO "kernel_job" VALUES('notifications.prune',1795793075677);
--
INSERT INTO "kernel_job" VALUES('accounts.tidy-up',1795793075749);
--
INSERT INTO "kernel_job" VALUES('accounts.rotate-keys',1795793075753);
--
INSERT INTO "kernel_job" VALUES('webhooks.forget',1795793075764);
--
INSERT INTO "kernel_job" VALUES('files.prune',1795793075773);
--
CREATE TABLE kernel_migration (
  id TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, applied_at BIGINT NOT NULL);
--
INSERT INTO "kernel_migration" VALUES('kernel.1-create','1c533fb1085ce007',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('kernel.2-identifiers-without-time','d2efad63bab40a49',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('kernel.3-persons','8bcb90baef94dadc',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('kernel.4-flat-queues','bff2fa853154c6d9',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('kernel.5-recorded-later','7dd4968d04f5ec66',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('programmes.1-create','f2ae83b7c0960c02',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('applications.1-create','c896ecb8d208caf1',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('applications.2-branches','93456a9ea1bd2b09',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('applications.3-opened-scores','a8314d026513007b',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('applications.2-members-by-address','cf65c573591d4c40',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('applications.2-way-back','359962ea6a254b01',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('applications.4-staged-decisions','a673a0264d6bfa1a',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('applications.4-lists','efa37990a433fa4a',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('applications.5-merges','e968f477bc214183',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('applications.5-standings','f83d8e2372c891d7',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('applications.6-numbers-given-twice','f4b5f92a2e42d15a',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('accompaniment.1-create','48bef5878ec3480d',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('accompaniment.2-cancelling','35efbc178ed4d5a5',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('accompaniment.3-merges','9e1a4583cc68fc7c',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('accompaniment.3-lists','f510c4bc21f63f8c',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('partners.1-create','97fa7dccbdb8022',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('partners.2-rosters','1b118a9b428095c9',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('partners.3-merges','b5e1a0e9045ae655',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('partners.2-people-by-address','5663e2fc505e5d58',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('partners.4-departures','f9bbd3ba72100d73',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('partners.5-kept-rosters','3031ccbf81f47df5',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('partners.4-figures','e3167a49ffb68ea3',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('partners.6-merged-organisations','5c1c907fc1577191',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('partners.7-claims','2b477d03ae7b722d',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('matching.1-create','2081160d25a58882',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('matching.2-evidence','4606fd0a397ca98b',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('matching.3-figures','dbddb132fdfff4be',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('matching.4-repairs','662d9f988a98a380',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('matching.5-team-rules','267c367c76033c7c',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('matching.6-offer-letters','6e48df1577c40c68',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('matching.7-progress','984f37b488ecec1f',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('missions.1-create','4bcc612a2c15b091',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('missions.2-hours-by-day','c0fec30ac1c0b3f0',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('missions.3-way-back','8fbe53c2a168e277',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('missions.4-lists','252a10dd30a4ebb',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('missions.5-merges','98bfb353fe3cfc12',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('missions.6-files','252d5eb00f6b30f9',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('missions.5-counted','c84290cdab8793fd',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('notifications.1-create','affe45a24ccb3cd7',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('notifications.2-letters','60cec3804a85b4d1',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('notifications.3-hold','d8d38241e2b1018e',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('notifications.3-figures','3cc2def46ca2ff19',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('notifications.4-retention','547b5e1494216040',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('notifications.5-returns','2fad899c70f7917b',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('notifications.6-reminders','755a16a1b20e5c2c',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('notifications.7-calendars','9f3b8627a9813174',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('settings.1-create','8ed317bd3fb02762',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('settings.2-files','caa1785afbb7460d',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('settings.2-zone','c2c54142a10c45c9',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('accounts.1-create','4d55177b7b71a270',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('accounts.2-look-around','7f23344997e78de3',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('token.1-create','36c1cb005423a5ff',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('webhooks.1-create','ecfc68121da3bf0b',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('privacy.1-create','ed4f55c948af3f5a',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('files.1-create','11d7a9b79ebb0a30',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('backups.1-create','b18f5dc6bba2efd0',1795793072237);
--
INSERT INTO "kernel_migration" VALUES('history.1-create','87453b9458c67a69',1795793072237);
--
CREATE TABLE kernel_old_id (old TEXT PRIMARY KEY, new TEXT NOT NULL);
--
CREATE TABLE kernel_series (name TEXT PRIMARY KEY, last BIGINT NOT NULL);
--
INSERT INTO "kernel_series" VALUES('kernel.audit',4);
--
INSERT INTO "kernel_series" VALUES('kernel.event',1);
--
CREATE TABLE matching_basis (
  id TEXT PRIMARY KEY REFERENCES matching_run (id), edition_id TEXT NOT NULL,
  situation TEXT NOT NULL, rules TEXT NOT NULL, weights TEXT NOT NULL,
  locks TEXT NOT NULL, previous TEXT NOT NULL, keeps TEXT NOT NULL, answer TEXT NOT NULL);
--
CREATE TABLE matching_computation (
  id TEXT PRIMARY KEY, edition_id TEXT NOT NULL, number INTEGER NOT NULL,
  strategy TEXT NOT NULL, seed BIGINT NOT NULL, rules TEXT NOT NULL,
  time_limit_seconds INTEGER, from_run TEXT, asked_at BIGINT NOT NULL, begun_at BIGINT,
  attempts INTEGER NOT NULL, is_to_stop INTEGER NOT NULL, fault TEXT, progress TEXT,
  UNIQUE (edition_id, number));
--
CREATE TABLE matching_done_team (id TEXT PRIMARY KEY, edition_id TEXT NOT NULL);
--
CREATE TABLE matching_lock (
  id TEXT PRIMARY KEY, edition_id TEXT NOT NULL, volunteer TEXT NOT NULL,
  role TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('pinned', 'forbidden')),
  reason TEXT NOT NULL, UNIQUE (edition_id, volunteer, role));
--
CREATE TABLE matching_offer_letter (
  id TEXT PRIMARY KEY, edition_id TEXT NOT NULL, sent_at BIGINT NOT NULL);
--
CREATE TABLE matching_place (
  id TEXT PRIMARY KEY, version INTEGER NOT NULL, edition_id TEXT NOT NULL,
  number INTEGER NOT NULL, brief TEXT NOT NULL, brief_title TEXT NOT NULL,
  role TEXT NOT NULL, role_title TEXT NOT NULL, volunteer TEXT NOT NULL,
  volunteer_name TEXT NOT NULL, partner_name TEXT, regime TEXT NOT NULL,
  half_days TEXT NOT NULL, affinity INTEGER NOT NULL, reason TEXT NOT NULL,
  state TEXT NOT NULL
    CHECK (state IN ('offered', 'confirmed', 'declined', 'lapsed', 'withdrawn')),
  offered_at BIGINT NOT NULL, confirm_by BIGINT NOT NULL, answered_at BIGINT,
  replaces TEXT, remark TEXT, handover TEXT, UNIQUE (edition_id, number));
--
CREATE TABLE matching_proposal (
  id TEXT PRIMARY KEY, run TEXT NOT NULL REFERENCES matching_run (id),
  edition_id TEXT NOT NULL, position INTEGER NOT NULL, volunteer TEXT NOT NULL,
  volunteer_name TEXT NOT NULL, brief TEXT, brief_title TEXT, role TEXT, role_title TEXT,
  affinity INTEGER NOT NULL, reason TEXT NOT NULL, explanation TEXT);
--
CREATE TABLE matching_repair_due (
  id TEXT PRIMARY KEY, edition_id TEXT NOT NULL, number BIGINT NOT NULL, place TEXT,
  newcomer TEXT);
--
CREATE TABLE matching_run (
  id TEXT PRIMARY KEY, version INTEGER NOT NULL, edition_id TEXT NOT NULL,
  number INTEGER NOT NULL, state TEXT NOT NULL CHECK (state IN ('draft', 'published')),
  strategy TEXT NOT NULL, seed BIGINT NOT NULL, rules TEXT NOT NULL, weights TEXT NOT NULL,
  made_at BIGINT NOT NULL, result TEXT NOT NULL, UNIQUE (edition_id, number));
--
CREATE TABLE matching_team_rules (
  id TEXT PRIMARY KEY, version INTEGER NOT NULL, company_cap INTEGER, minimum_team INTEGER);
--
CREATE TABLE matching_vacancy (
  id TEXT PRIMARY KEY, run TEXT NOT NULL REFERENCES matching_run (id),
  edition_id TEXT NOT NULL, position INTEGER NOT NULL, brief TEXT NOT NULL,
  brief_title TEXT NOT NULL, role TEXT NOT NULL, role_title TEXT NOT NULL,
  seats INTEGER NOT NULL, reason TEXT NOT NULL);
--
CREATE TABLE matching_weights (
  id TEXT PRIMARY KEY, version INTEGER NOT NULL, weights TEXT NOT NULL);
--
CREATE TABLE missions_closed_hours (
  id TEXT PRIMARY KEY, through TEXT NOT NULL, closed_at BIGINT NOT NULL);
--
CREATE TABLE missions_deliverable (
  id TEXT PRIMARY KEY, edition_id TEXT NOT NULL, version INTEGER NOT NULL,
  mission TEXT NOT NULL REFERENCES missions_mission (id), title TEXT NOT NULL,
  summary TEXT NOT NULL, link TEXT,
  state TEXT NOT NULL CHECK (state IN ('submitted', 'accepted', 'returned')),
  submitted_at BIGINT NOT NULL, remark TEXT, decided_at BIGINT);
--
CREATE TABLE missions_evaluation (
  id TEXT PRIMARY KEY, edition_id TEXT NOT NULL,
  mission TEXT NOT NULL REFERENCES missions_mission (id), author TEXT NOT NULL,
  side TEXT NOT NULL CHECK (side IN ('organisation', 'volunteer')),
  satisfaction INTEGER NOT NULL CHECK (satisfaction BETWEEN 1 AND 5), comment TEXT,
  given_at BIGINT NOT NULL, UNIQUE (mission, author));
--
CREATE TABLE missions_file (
  id TEXT PRIMARY KEY, edition_id TEXT NOT NULL, version INTEGER NOT NULL,
  mission TEXT NOT NULL REFERENCES missions_mission (id),
  deliverable TEXT NOT NULL REFERENCES missions_deliverable (id), name TEXT NOT NULL,
  type TEXT NOT NULL, bytes BIGINT NOT NULL CHECK (bytes > 0), content TEXT NOT NULL,
  volunteer TEXT, added_at BIGINT NOT NULL);
--
CREATE TABLE "missions_hours" (
  id TEXT PRIMARY KEY, edition_id TEXT NOT NULL, version INTEGER NOT NULL,
  mission TEXT NOT NULL REFERENCES missions_mission (id), volunteer TEXT NOT NULL,
  name TEXT NOT NULL, regime TEXT NOT NULL, partner TEXT, partner_name TEXT,
  day TEXT NOT NULL,
  minutes INTEGER NOT NULL CHECK (minutes BETWEEN -720 AND 720 AND minutes <> 0),
  note TEXT,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'validated', 'returned', 'withdrawn')),
  remark TEXT, logged_by TEXT NOT NULL, logged_at BIGINT NOT NULL,
  decided_by TEXT, decided_at BIGINT, counters TEXT UNIQUE, late TEXT,
  CHECK ((minutes < 0) = (counters IS NOT NULL)));
--
CREATE TABLE missions_member (
  id TEXT PRIMARY KEY, edition_id TEXT NOT NULL,
  mission TEXT NOT NULL REFERENCES missions_mission (id), place TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL, role_title TEXT NOT NULL, volunteer TEXT NOT NULL, name TEXT NOT NULL,
  language TEXT NOT NULL, partner TEXT, partner_name TEXT, regime TEXT NOT NULL,
  joined_at BIGINT NOT NULL, left_at BIGINT, leave_reason TEXT, handover_note TEXT,
  handover TEXT, replaces TEXT);
--
CREATE TABLE missions_milestone (
  id TEXT PRIMARY KEY, edition_id TEXT NOT NULL, version INTEGER NOT NULL,
  mission TEXT NOT NULL REFERENCES missions_mission (id), title TEXT NOT NULL,
  due TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('planned', 'reached')),
  reached_at BIGINT);
--
CREATE TABLE missions_mission (
  id TEXT PRIMARY KEY, edition_id TEXT NOT NULL, version INTEGER NOT NULL,
  brief TEXT NOT NULL UNIQUE, organisation TEXT NOT NULL, organisation_name TEXT NOT NULL,
  title TEXT NOT NULL, mission_type TEXT NOT NULL, deliverable TEXT NOT NULL,
  zone TEXT NOT NULL, seats INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('forming', 'running', 'closed')),
  formed_at BIGINT NOT NULL, started_at BIGINT, closed_at BIGINT, cancelled_at BIGINT, cancel_reason TEXT, title_order TEXT NOT NULL DEFAULT '');
--
CREATE TABLE missions_moved (id TEXT PRIMARY KEY, rows TEXT NOT NULL);
--
CREATE TABLE missions_presence (
  id TEXT PRIMARY KEY, edition_id TEXT NOT NULL,
  session TEXT NOT NULL REFERENCES missions_session (id), volunteer TEXT NOT NULL,
  recorded_at BIGINT NOT NULL, UNIQUE (session, volunteer));
--
CREATE TABLE missions_regime_change (
  id TEXT PRIMARY KEY, edition_id TEXT NOT NULL, mission TEXT NOT NULL,
  volunteer TEXT NOT NULL, from_day TEXT NOT NULL, regime TEXT NOT NULL, partner TEXT,
  partner_name TEXT, UNIQUE (mission, volunteer, from_day));
--
CREATE TABLE missions_risk (
  id TEXT PRIMARY KEY, edition_id TEXT NOT NULL, version INTEGER NOT NULL,
  mission TEXT NOT NULL REFERENCES missions_mission (id), text TEXT NOT NULL,
  severity INTEGER NOT NULL CHECK (severity BETWEEN 1 AND 3),
  state TEXT NOT NULL CHECK (state IN ('open', 'closed')), raised_at BIGINT NOT NULL,
  outcome TEXT, closed_at BIGINT);
--
CREATE TABLE missions_rule (
  id TEXT PRIMARY KEY, rule TEXT NOT NULL, effective_from TEXT NOT NULL,
  minutes INTEGER NOT NULL CHECK (minutes >= 0), UNIQUE (rule, effective_from));
--
INSERT INTO "missions_rule" VALUES('daily-minutes@1900-01-01','daily-minutes','1900-01-01',720);
--
INSERT INTO "missions_rule" VALUES('job-seeker-weekly-minutes@1900-01-01','job-seeker-weekly-minutes','1900-01-01',900);
--
CREATE TABLE missions_session (
  id TEXT PRIMARY KEY, edition_id TEXT NOT NULL, version INTEGER NOT NULL,
  mission TEXT NOT NULL REFERENCES missions_mission (id),
  kind TEXT NOT NULL CHECK (kind IN ('kick-off', 'working')), half_day TEXT,
  day TEXT NOT NULL, part TEXT NOT NULL CHECK (part IN ('morning', 'afternoon')),
  starts_at BIGINT NOT NULL, ends_at BIGINT NOT NULL CHECK (ends_at > starts_at),
  format TEXT NOT NULL CHECK (format IN ('on-site', 'remote', 'hybrid')),
  place TEXT NOT NULL, revision INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('planned', 'held')), override_reason TEXT, cancelled_at BIGINT, cancel_reason TEXT);
--
CREATE TABLE notifications_address (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, standing TEXT,
  state TEXT NOT NULL CHECK (state IN ('good', 'unreachable')), since BIGINT NOT NULL,
  hard INTEGER NOT NULL, soft INTEGER NOT NULL, complaints INTEGER NOT NULL, fault TEXT);
--
CREATE TABLE notifications_answer (
  id TEXT PRIMARY KEY, message TEXT NOT NULL, edition_id TEXT, kind TEXT NOT NULL, page TEXT,
  sender TEXT NOT NULL, sender_name TEXT NOT NULL, body TEXT NOT NULL, at BIGINT NOT NULL,
  read_at BIGINT);
--
CREATE TABLE notifications_calendar (
  id TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE, role TEXT NOT NULL, subject TEXT,
  mission TEXT, edition_id TEXT, language TEXT NOT NULL, created_at BIGINT NOT NULL);
--
CREATE TABLE notifications_choice (
  id TEXT PRIMARY KEY, recipient TEXT NOT NULL, kind TEXT NOT NULL, digest TEXT NOT NULL
    CHECK (digest IN ('each', 'daily', 'weekly', 'none-but-necessary')),
  set_at BIGINT NOT NULL, UNIQUE (recipient, kind));
--
CREATE TABLE notifications_hold (id TEXT PRIMARY KEY, since BIGINT NOT NULL, reason TEXT NOT NULL);
--
CREATE TABLE notifications_message (
  id TEXT PRIMARY KEY, position BIGINT NOT NULL UNIQUE, edition_id TEXT,
  kind TEXT NOT NULL, occasion TEXT NOT NULL, recipient TEXT NOT NULL,
  recipient_name TEXT NOT NULL, language TEXT NOT NULL, subject TEXT NOT NULL,
  body TEXT NOT NULL,
  weight TEXT NOT NULL CHECK (weight IN ('necessary', 'normal', 'summary')),
  state TEXT NOT NULL CHECK (state IN (
    'waiting', 'sent', 'failed', 'held', 'digested', 'withheld')),
  attempts INTEGER NOT NULL, due_at BIGINT NOT NULL, fault TEXT,
  created_at BIGINT NOT NULL, sent_at BIGINT, digest TEXT, thread TEXT, door TEXT, invitations TEXT, amount INTEGER, about TEXT, ticket TEXT, handed_at BIGINT, let_go BIGINT, returned TEXT,
  UNIQUE (occasion, recipient));
--
CREATE TABLE notifications_moved (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, language TEXT NOT NULL);
--
CREATE TABLE notifications_reminder (
  id TEXT PRIMARY KEY, recipient TEXT NOT NULL, recipient_name TEXT NOT NULL,
  kind TEXT NOT NULL, title TEXT NOT NULL, page TEXT NOT NULL, since BIGINT NOT NULL,
  due BIGINT, count INTEGER NOT NULL, last_at BIGINT, escalated_at BIGINT);
--
CREATE TABLE notifications_retention (
  id TEXT PRIMARY KEY, days INTEGER NOT NULL CHECK (days > 0), set_at BIGINT NOT NULL);
--
CREATE TABLE notifications_return (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, message TEXT, at BIGINT NOT NULL);
--
CREATE TABLE notifications_rhythm (
  id TEXT PRIMARY KEY, first_days INTEGER NOT NULL, every_days INTEGER NOT NULL,
  most INTEGER NOT NULL, is_off INTEGER NOT NULL, set_at BIGINT NOT NULL);
--
CREATE TABLE notifications_round (day TEXT PRIMARY KEY);
--
CREATE TABLE notifications_settings (
  id TEXT PRIMARY KEY, version INTEGER NOT NULL, host TEXT, port INTEGER NOT NULL,
  security TEXT NOT NULL
    CHECK (security IN ('tls', 'starttls', 'opportunistic', 'none')),
  user_name TEXT, password TEXT, trusted TEXT, per_minute INTEGER, per_domain INTEGER,
  sender_name TEXT, sender_address TEXT, reply_to TEXT, portal TEXT, returns TEXT, returns_key TEXT, reminder_hour INTEGER, quiet_from INTEGER, quiet_until INTEGER, daily_cap INTEGER);
--
CREATE TABLE partners_agreement (
  id TEXT PRIMARY KEY, version INTEGER NOT NULL, edition_id TEXT NOT NULL,
  partner TEXT NOT NULL REFERENCES partners_partner (id), signed_on TEXT NOT NULL,
  regimes TEXT NOT NULL, hourly_cost_cents INTEGER CHECK (hourly_cost_cents > 0), ended_on TEXT, end_reason TEXT,
  UNIQUE (edition_id, partner));
--
CREATE TABLE partners_batch (
  id TEXT PRIMARY KEY, edition_id TEXT NOT NULL,
  partner TEXT NOT NULL REFERENCES partners_partner (id), imported_at BIGINT NOT NULL,
  imported INTEGER NOT NULL, updated INTEGER NOT NULL, undone_at BIGINT);
--
CREATE TABLE partners_batch_line (
  id TEXT PRIMARY KEY, batch TEXT NOT NULL REFERENCES partners_batch (id),
  volunteer TEXT NOT NULL, earlier TEXT, version INTEGER NOT NULL);
--
CREATE TABLE partners_contact (
  id TEXT PRIMARY KEY, partner TEXT NOT NULL REFERENCES partners_partner (id),
  position INTEGER NOT NULL, name TEXT NOT NULL, email TEXT NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('fr', 'en')),
  UNIQUE (partner, email), UNIQUE (partner, position));
--
CREATE TABLE partners_invitation_delay (
  id TEXT PRIMARY KEY, minutes INTEGER NOT NULL CHECK (minutes >= 0));
--
CREATE TABLE partners_kept_roster (
  id TEXT PRIMARY KEY, edition_id TEXT NOT NULL,
  partner TEXT NOT NULL REFERENCES partners_partner (id), csv TEXT NOT NULL,
  kept_at BIGINT NOT NULL);
--
CREATE TABLE partners_merge (
  id TEXT PRIMARY KEY, kept TEXT NOT NULL, gone TEXT NOT NULL, partners TEXT,
  volunteer TEXT, merged_at BIGINT NOT NULL, undone_at BIGINT);
--
CREATE TABLE partners_moved_profile (
  id TEXT PRIMARY KEY, merge TEXT NOT NULL, volunteer TEXT NOT NULL,
  conflicts TEXT NOT NULL, previous_employers TEXT NOT NULL);
--
CREATE TABLE partners_partner (
  id TEXT PRIMARY KEY, version INTEGER NOT NULL, name TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('company', 'public-backer', 'employment-agency')),
  siren TEXT UNIQUE, merged_into TEXT);
--
CREATE TABLE partners_pledge (
  id TEXT PRIMARY KEY, version INTEGER NOT NULL, edition_id TEXT NOT NULL,
  partner TEXT NOT NULL REFERENCES partners_partner (id),
  people INTEGER NOT NULL CHECK (people >= 0), days INTEGER NOT NULL CHECK (days >= 0),
  UNIQUE (edition_id, partner));
--
CREATE TABLE partners_roster_column (
  id TEXT PRIMARY KEY, partner TEXT NOT NULL REFERENCES partners_partner (id),
  heading TEXT NOT NULL, meaning TEXT NOT NULL, UNIQUE (partner, heading));
--
CREATE TABLE partners_told_apart (id TEXT PRIMARY KEY, told_at BIGINT NOT NULL);
--
CREATE TABLE partners_volunteer (
  id TEXT PRIMARY KEY, version INTEGER NOT NULL, edition_id TEXT NOT NULL,
  sequence INTEGER NOT NULL, partner TEXT REFERENCES partners_partner (id),
  name TEXT NOT NULL, email TEXT NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('fr', 'en')),
  regime TEXT NOT NULL CHECK (
    regime IN ('patronage-service', 'patronage-secondment', 'own-time', 'job-seeker')),
  service TEXT, profile TEXT, registered_at BIGINT NOT NULL, completed_at BIGINT,
  withdrawn_at BIGINT, withdrawal_reason TEXT, claim_of TEXT, claimed_email TEXT, invite_at BIGINT, asked_to_stay TEXT,
  UNIQUE (edition_id, email), UNIQUE (edition_id, sequence));
--
CREATE TABLE privacy_erasure (
  id TEXT PRIMARY KEY, pseudonym TEXT NOT NULL, reason TEXT NOT NULL,
  erased_at BIGINT NOT NULL);
--
CREATE TABLE programmes_edition (
  id TEXT PRIMARY KEY, version INTEGER NOT NULL,
  programme TEXT NOT NULL REFERENCES programmes_programme (id), name TEXT NOT NULL,
  theme TEXT NOT NULL, territory TEXT NOT NULL, zone TEXT NOT NULL,
  format TEXT NOT NULL CHECK (format IN ('on-site', 'remote', 'hybrid')),
  starts TEXT NOT NULL, ends TEXT NOT NULL CHECK (ends >= starts),
  state TEXT NOT NULL CHECK (state IN ('planned', 'open', 'closed')),
  UNIQUE (programme, name));
--
CREATE TABLE programmes_half_day (
  id TEXT PRIMARY KEY, edition_id TEXT NOT NULL REFERENCES programmes_edition (id),
  key TEXT NOT NULL, day TEXT NOT NULL,
  part TEXT NOT NULL CHECK (part IN ('morning', 'afternoon')), UNIQUE (edition_id, key));
--
CREATE TABLE programmes_mission_type (
  id TEXT PRIMARY KEY, position INTEGER NOT NULL, name TEXT NOT NULL, skills TEXT NOT NULL);
--
CREATE TABLE programmes_programme (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE);
--
INSERT INTO "programmes_programme" VALUES('f484da71-c140-4773-8b02-8abc40c99148','Programme fictif');
--
CREATE TABLE programmes_skill (
  id TEXT PRIMARY KEY, position INTEGER NOT NULL, name TEXT NOT NULL, esco TEXT NOT NULL);
--
CREATE TABLE settings_operator (
  id TEXT PRIMARY KEY, version INTEGER NOT NULL, name TEXT, address TEXT, email TEXT,
  colour TEXT, logo TEXT, imprint TEXT, privacy TEXT, accessibility TEXT, file_limit BIGINT, zone TEXT);
--
INSERT INTO "settings_operator" VALUES('operator',1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Europe/Paris');
--
CREATE TABLE token_token (
  id TEXT PRIMARY KEY, label TEXT NOT NULL, role TEXT NOT NULL, subject TEXT,
  hash TEXT NOT NULL UNIQUE, created_by TEXT NOT NULL, created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL, revoked_at BIGINT);
--
CREATE TABLE webhooks_attempt (
  id TEXT PRIMARY KEY,
  delivery TEXT NOT NULL REFERENCES webhooks_delivery (id) ON DELETE CASCADE,
  at BIGINT NOT NULL, status INTEGER, fault TEXT, answer TEXT NOT NULL);
--
CREATE TABLE webhooks_cursor (id TEXT PRIMARY KEY, sequence BIGINT NOT NULL);
--
INSERT INTO "webhooks_cursor" VALUES('events',1);
--
CREATE TABLE webhooks_delivery (
  id TEXT PRIMARY KEY, position BIGINT NOT NULL UNIQUE,
  endpoint TEXT NOT NULL REFERENCES webhooks_endpoint (id) ON DELETE CASCADE,
  message TEXT NOT NULL, type TEXT NOT NULL, body TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'delivered', 'failed')),
  attempts INTEGER NOT NULL, due_at BIGINT NOT NULL, created_at BIGINT NOT NULL,
  UNIQUE (endpoint, message));
--
CREATE TABLE webhooks_endpoint (
  id TEXT PRIMARY KEY, version INTEGER NOT NULL, label TEXT NOT NULL, url TEXT NOT NULL,
  types TEXT, edition_id TEXT,
  signing TEXT NOT NULL CHECK (signing IN ('hmac', 'ed25519')), secret TEXT NOT NULL,
  previous_secret TEXT, previous_until BIGINT,
  state TEXT NOT NULL CHECK (state IN ('enabled', 'disabled')), fault TEXT,
  failing_since BIGINT, rest_until BIGINT, created_at BIGINT NOT NULL,
  from_sequence BIGINT NOT NULL);
--
CREATE TABLE webhooks_settings (
  id TEXT PRIMARY KEY, version INTEGER NOT NULL, allow_private INTEGER NOT NULL);
--
CREATE INDEX kernel_delivery_open ON kernel_delivery (sequence, subscriber)
WHERE state = 'pending';
--
CREATE INDEX kernel_audit_person ON kernel_audit (person, sequence);
--
CREATE INDEX kernel_audit_endpoint ON kernel_audit (endpoint, sequence);
--
CREATE INDEX kernel_audit_at ON kernel_audit (at, sequence);
--
CREATE INDEX kernel_audit_row_of ON kernel_audit_row (sequence);
--
CREATE INDEX kernel_audit_row_id ON kernel_audit_row (row_id, sequence);
--
CREATE INDEX kernel_delivery_failed ON kernel_delivery (subscriber, aggregate, sequence)
WHERE state = 'pending' AND attempts > 0;
--
CREATE INDEX kernel_delivery_parked ON kernel_delivery (sequence, subscriber)
WHERE state = 'parked';
--
CREATE INDEX kernel_event_edition ON kernel_event (edition_id, name, occurred_at);
--
CREATE INDEX kernel_idempotency_age ON kernel_idempotency (created_at);
--
CREATE INDEX applications_application_organisation
ON applications_application (organisation_id);
--
CREATE INDEX applications_review_reviewer ON applications_review (reviewer_id, call_id);
--
CREATE INDEX applications_review_call ON applications_review (call_id);
--
CREATE INDEX applications_organisation_siren ON applications_organisation (siren);
--
CREATE INDEX applications_member_email ON applications_member (email);
--
CREATE INDEX applications_staged_decision_call ON applications_staged_decision (call_id);
--
CREATE INDEX applications_organisation_by_name
ON applications_organisation (name_order, registered_at, id);
--
CREATE INDEX applications_organisation_folded ON applications_organisation (name_folded);
--
CREATE INDEX applications_application_by_name
ON applications_application (call_id, organisation_order, drafted_at, id);
--
CREATE INDEX applications_application_by_state
ON applications_application (call_id, state, organisation_order, drafted_at, id);
--
CREATE INDEX applications_application_counted ON applications_application
  (edition_id, state, decision, organisation_id, call_id, submitted_at, decided_at,
   promoted_at, answered_at);
--
CREATE INDEX applications_call_edition ON applications_call (edition_id);
--
CREATE INDEX applications_review_open ON applications_review (application_id, scored_at);
--
CREATE INDEX applications_former_merge ON applications_former (merge);
--
CREATE INDEX applications_application_ranked ON applications_application
  (call_id, behind, organisation_order, id, state, organisation_id)
WHERE state NOT IN ('draft', 'withdrawn');
--
CREATE INDEX applications_application_waiting ON applications_application
  (call_id, state, reviews_missing, extended_until, drafted_at, submitted_at, decided_at,
   promoted_at, withdrawn_at, answered_at);
--
CREATE INDEX applications_application_edition_by_name ON applications_application
  (edition_id, state, organisation_order, drafted_at, id);
--
CREATE INDEX applications_organisation_rna ON applications_organisation (rna);
--
CREATE INDEX accompaniment_workshop_edition ON accompaniment_workshop (edition_id, day);
--
CREATE INDEX accompaniment_invitation_journey ON accompaniment_invitation (journey);
--
CREATE INDEX accompaniment_brief_journey ON accompaniment_brief (journey);
--
CREATE INDEX accompaniment_journey_by_name
ON accompaniment_journey (edition_id, organisation_order, id);
--
CREATE INDEX accompaniment_brief_by_name
ON accompaniment_brief (edition_id, organisation_order, title_order, id);
--
CREATE INDEX partners_volunteer_partner ON partners_volunteer (partner, edition_id);
--
CREATE INDEX partners_volunteer_invite ON partners_volunteer (invite_at);
--
CREATE INDEX partners_batch_partner ON partners_batch (partner, edition_id);
--
CREATE INDEX partners_batch_line_batch ON partners_batch_line (batch);
--
CREATE INDEX partners_merge_gone ON partners_merge (gone);
--
CREATE INDEX partners_volunteer_email ON partners_volunteer (email);
--
CREATE INDEX partners_contact_email ON partners_contact (email);
--
CREATE INDEX partners_volunteer_figures
ON partners_volunteer (edition_id, claim_of, partner, regime);
--
CREATE INDEX partners_pledge_edition ON partners_pledge (edition_id, partner, people);
--
CREATE INDEX partners_moved_profile_merge ON partners_moved_profile (merge);
--
CREATE INDEX partners_volunteer_claims ON partners_volunteer (edition_id, sequence)
WHERE claim_of IS NOT NULL;
--
CREATE UNIQUE INDEX matching_run_published ON matching_run (edition_id)
WHERE state = 'published';
--
CREATE INDEX matching_proposal_run ON matching_proposal (run, position);
--
CREATE UNIQUE INDEX matching_place_once ON matching_place (volunteer, brief)
WHERE state IN ('offered', 'confirmed');
--
CREATE INDEX matching_place_counted ON matching_place
  (edition_id, state, replaces, brief_title, offered_at, answered_at);
--
CREATE INDEX matching_place_by_state ON matching_place (edition_id, state, number);
--
CREATE INDEX matching_place_volunteer ON matching_place (volunteer);
--
CREATE INDEX matching_place_brief ON matching_place (brief);
--
CREATE INDEX matching_repair_due_edition ON matching_repair_due (edition_id, number);
--
CREATE INDEX missions_member_mission ON missions_member (mission, joined_at);
--
CREATE INDEX missions_member_volunteer ON missions_member (volunteer);
--
CREATE INDEX missions_session_mission ON missions_session (mission, starts_at);
--
CREATE INDEX missions_session_edition ON missions_session (edition_id, day, part);
--
CREATE INDEX missions_milestone_mission ON missions_milestone (mission, due);
--
CREATE INDEX missions_risk_mission ON missions_risk (mission, raised_at);
--
CREATE INDEX missions_deliverable_mission ON missions_deliverable (mission, submitted_at);
--
CREATE INDEX missions_hours_mission ON missions_hours (mission, day);
--
CREATE INDEX missions_hours_volunteer ON missions_hours (volunteer, day);
--
CREATE INDEX missions_hours_by_day ON missions_hours (edition_id, day, name, id);
--
CREATE INDEX missions_hours_by_state ON missions_hours (edition_id, state, day, name, id);
--
CREATE INDEX missions_mission_by_title
ON missions_mission (edition_id, title_order, organisation_name, id);
--
CREATE INDEX missions_mission_by_state
ON missions_mission (edition_id, state, title_order, organisation_name, id);
--
CREATE INDEX missions_hours_sums
ON missions_hours (edition_id, state, regime, partner, partner_name, minutes);
--
CREATE INDEX missions_deliverable_edition ON missions_deliverable (edition_id, state, mission);
--
CREATE INDEX missions_evaluation_edition
ON missions_evaluation (edition_id, side, satisfaction);
--
CREATE INDEX missions_presence_edition ON missions_presence (edition_id, session, volunteer);
--
CREATE INDEX missions_file_deliverable ON missions_file (deliverable, added_at);
--
CREATE INDEX missions_file_content ON missions_file (content);
--
CREATE INDEX missions_file_volunteer ON missions_file (volunteer);
--
CREATE INDEX missions_member_first ON missions_member
  (edition_id, volunteer, joined_at, id, partner_name, regime);
--
CREATE INDEX missions_member_replacing ON missions_member (edition_id)
WHERE replaces IS NOT NULL;
--
CREATE INDEX notifications_message_open ON notifications_message (state, due_at, position)
WHERE state IN ('waiting', 'held');
--
CREATE INDEX notifications_message_recipient ON notifications_message (recipient);
--
CREATE INDEX notifications_message_ticket ON notifications_message (ticket);
--
CREATE INDEX notifications_message_sent ON notifications_message (sent_at);
--
CREATE INDEX notifications_message_counted
ON notifications_message (edition_id, state, kind);
--
CREATE INDEX notifications_message_of_edition
ON notifications_message (edition_id, position);
--
CREATE INDEX notifications_message_text ON notifications_message (kind, created_at)
WHERE body <> '';
--
CREATE INDEX notifications_address_unreachable ON notifications_address (since, id)
WHERE state = 'unreachable';
--
CREATE INDEX notifications_answer_at ON notifications_answer (at, id);
--
CREATE INDEX notifications_answer_sender ON notifications_answer (sender);
--
CREATE INDEX notifications_reminder_of ON notifications_reminder (recipient);
--
CREATE INDEX notifications_reminder_escalated ON notifications_reminder (id)
WHERE escalated_at IS NOT NULL;
--
CREATE INDEX notifications_calendar_of ON notifications_calendar (role, subject);
--
CREATE INDEX accounts_address_person ON accounts_address (person);
--
CREATE INDEX accounts_link_address ON accounts_link (address);
--
CREATE INDEX accounts_link_browser ON accounts_link (browser_hash, asked_at);
--
CREATE INDEX accounts_session_person ON accounts_session (person, began_at);
--
CREATE INDEX accounts_sign_in_at ON accounts_sign_in (at, id);
--
CREATE INDEX accounts_factor_person ON accounts_factor (person);
--
CREATE INDEX accounts_recovery_person ON accounts_recovery (person);
--
CREATE INDEX accounts_challenge_holder ON accounts_challenge (holder_hash);
--
CREATE INDEX webhooks_delivery_due ON webhooks_delivery (endpoint, position)
WHERE state = 'pending';
--
CREATE INDEX webhooks_delivery_of ON webhooks_delivery (endpoint, position);
--
CREATE INDEX webhooks_delivery_age ON webhooks_delivery (created_at);
--
CREATE INDEX webhooks_attempt_of ON webhooks_attempt (delivery, at);
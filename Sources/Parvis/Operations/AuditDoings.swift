internal import Kernel

/// What was done by other ways than a use case: at the door, and by Parvis itself.
let doingsBeside: [String: Words] = [
  "accounts.accept-invitation": Words(en: "Accept an invitation", fr: "Accepter une invitation"),
  "accounts.add-address": Words(en: "Prove an address", fr: "Prouver une adresse"),
  "accounts.ask-for-address-code": Words(
    en: "Ask for a code for an address", fr: "Demander un code pour une adresse"),
  "accounts.ask-for-letter": Words(
    en: "Ask for a letter to sign in", fr: "Demander une lettre de connexion"),
  "accounts.begin-totp": Words(
    en: "Begin with a code app", fr: "Commencer une application de codes"),
  "accounts.end-session": Words(en: "End a session", fr: "Fermer une session"),
  "accounts.enrol-passkey": Words(en: "Add a passkey", fr: "Ajouter une clé d’accès"),
  "accounts.enrol-totp": Words(en: "Add a code app", fr: "Ajouter une application de codes"),
  "accounts.link-for-first-administrator": Words(
    en: "Make the first administrator’s link", fr: "Créer le lien du premier administrateur"),
  "accounts.link-to-look-around": Words(
    en: "Make a link to look around", fr: "Créer un lien de visite"),
  "accounts.look-around": Words(en: "Come in to look around", fr: "Entrer en visite"),
  "accounts.make-first-administrator": Words(
    en: "Become the first administrator", fr: "Devenir premier administrateur"),
  "accounts.remove-address": Words(en: "Remove an address", fr: "Retirer une adresse"),
  "accounts.remove-factor": Words(en: "Remove a second factor", fr: "Retirer un second facteur"),
  "accounts.renew-recovery-codes": Words(
    en: "Make new recovery codes", fr: "Faire de nouveaux codes de secours"),
  "accounts.second-step-by-passkey": Words(
    en: "Second step by passkey", fr: "Second facteur par clé d’accès"),
  "accounts.second-step-by-recovery-code": Words(
    en: "Second step by recovery code", fr: "Second facteur par code de secours"),
  "accounts.second-step-by-totp": Words(
    en: "Second step by code app", fr: "Second facteur par application de codes"),
  "accounts.sign-in-by-code": Words(en: "Sign in by code", fr: "Se connecter par code"),
  "accounts.sign-in-by-link": Words(en: "Sign in by link", fr: "Se connecter par lien"),
  "accounts.sign-in-by-passkey": Words(
    en: "Sign in by passkey", fr: "Se connecter par clé d’accès"),
  "accounts.sign-out": Words(en: "Sign out", fr: "Se déconnecter"),
  "accounts.sign-out-everywhere": Words(en: "Sign out everywhere", fr: "Se déconnecter partout"),
  "accounts.tell-of-change": Words(
    en: "Tell of a change of access", fr: "Signaler un changement d’accès"),
  "accounts.write-invitation": Words(en: "Write an invitation", fr: "Écrire une invitation"),
  "accounts.write-sign-in-letter": Words(
    en: "Write a sign-in letter", fr: "Écrire une lettre de connexion"),
  "backups.end-work": Words(en: "Finish with a backup", fr: "Terminer une sauvegarde"),
  "platform.restored": Words(en: "Restore from a backup", fr: "Restaurer une sauvegarde"),
  "privacy.erase-again": Words(
    en: "Erase again after a restore", fr: "Effacer à nouveau après restauration"),
  "privacy.erase-again-outside": Words(
    en: "Erase files and letters again after a restore",
    fr: "Effacer à nouveau fichiers et lettres après restauration"),
]

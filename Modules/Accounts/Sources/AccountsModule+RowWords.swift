public import Kernel

extension AccountsModule {
  /// What people call this module’s rows.
  public var rowWords: [RowWords] {
    [
      RowWords("accounts_person", PersonRow.noun, by: "name"),
      RowWords("accounts_invitation", InvitationRow.noun, by: "name"),
      RowWords("accounts_factor", FactorRow.noun, by: "name"),
      RowWords("accounts_address", Words(en: "proved address", fr: "adresse prouvée")),
      RowWords(
        "accounts_grant", Words(en: "role of an account", fr: "rôle d’un compte"), by: "role"),
      RowWords("accounts_link", Words(en: "sign-in letter", fr: "lettre de connexion")),
      RowWords("accounts_session", Words(en: "session", fr: "session")),
      RowWords("accounts_sign_in", Words(en: "sign-in", fr: "connexion"), by: "way"),
      RowWords("accounts_founding", Words(en: "first link", fr: "premier lien")),
      RowWords("accounts_recovery", Words(en: "recovery code", fr: "code de secours")),
      RowWords("accounts_challenge", Words(en: "question to a passkey", fr: "question à une clé")),
      RowWords("accounts_attempt", Words(en: "attempts", fr: "essais")),
      RowWords("accounts_failure", Words(en: "failed sign-ins", fr: "échecs de connexion")),
      RowWords("accounts_key", Words(en: "key of links", fr: "clé des liens")),
      RowWords("accounts_guide", Words(en: "link to look around", fr: "lien de visite")),
    ]
  }
}

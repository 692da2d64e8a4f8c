public import Kernel

extension AccountsModule {
  /// Where people are in this module.
  public var personalTables: [PersonalTable] {
    [
      PersonalTable(
        "accounts_person", Words(en: "signing in", fr: "se connecter"), of: .account("id"),
        columns: ["name": .name]),
      PersonalTable(
        deleting: "accounts_session", Words(en: "sessions", fr: "sessions"), of: .account("person")),
      PersonalTable(
        deleting: "accounts_sign_in",
        Words(en: "when and where from you signed in", fr: "quand et d’où vous vous êtes connecté"),
        of: .account("person")),
      PersonalTable(
        deleting: "accounts_factor", Words(en: "second factors", fr: "seconds facteurs"),
        of: .account("person")),
      PersonalTable(
        deleting: "accounts_recovery", Words(en: "recovery codes", fr: "codes de secours"),
        of: .account("person")),
      PersonalTable(
        deleting: "accounts_grant", Words(en: "roles of staff", fr: "rôles dans l’équipe"),
        of: .account("person")),
      PersonalTable(
        deleting: "accounts_guide",
        Words(en: "links to look around", fr: "liens de visite"), of: .account("person")),
      PersonalTable(
        deleting: "accounts_link", Words(en: "letters that sign in", fr: "lettres de connexion"),
        of: .address("address")),
      PersonalTable(
        deleting: "accounts_invitation",
        Words(en: "invitations to the staff", fr: "invitations dans l’équipe"),
        of: .address("address")),
      PersonalTable(
        deleting: "accounts_address", Words(en: "addresses", fr: "adresses"),
        of: .address("id"), .account("person")),
    ]
  }
}

public import Kernel

extension TokensModule {
  /// What goes when.
  public var retentions: [Retention] {
    [
      .deleting(
        Purpose(
          "tokens", Words(en: "tokens that are of no use", fr: "jetons hors d’usage"),
          because: Words(
            en:
              "Which program had a token is asked when something went wrong; the audit names it by its id.",
            fr:
              "Quel programme avait un jeton se demande après un incident ; le journal le nomme par son identifiant."
          ), from: Words(en: "its end", fr: "sa fin"), days: 365, allowing: 30...1825),
        from: "token_token", since: "created_at",
        goes: Words(en: "Its label and for whom it stood.", fr: "Son nom et pour qui il valait."),
        stays: Words(en: "Nothing.", fr: "Rien.")
      ) { "expires_at < \($0.cut) OR revoked_at < \($0.cut)" }
    ]
  }
}

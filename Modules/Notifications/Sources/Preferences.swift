internal import Kernel
internal import NotificationsAPI

extension NotificationsModule {
  private struct One: Codable, Sendable {
    let email: EmailAddress
  }
  private struct Choose: Codable, Sendable {
    let email: EmailAddress
    let digest: DigestChoice
  }
  private struct Preference: Codable, Sendable {
    let email: EmailAddress
    let digest: DigestChoice
  }

  var showPreferences: Endpoint {
    .query(
      "notifications.preferences", "/preferences/{email}", by: .signedIn,
      Words(
        en: "Show how often an address is written to",
        fr: "Montrer à quelle fréquence une adresse est écrite"),
      asking: { (_: One, context) in try await policy(for: context.actor) }
    ) { input, policy, transaction in
      try policy.check(input.email)
      return Preference(email: input.email, digest: try transaction.choice(of: input.email))
    }
  }

  var setPreferences: Endpoint {
    .command(
      "notifications.set-preferences", .put, "/preferences/{email}", by: .signedIn,
      Words(
        en: "Choose how often an address is written to; necessary messages always go at once",
        fr: "Choisir la fréquence des messages ; les messages nécessaires partent toujours aussitôt"
      ),
      asking: { (_: Choose, context) in try await policy(for: context.actor) }
    ) { input, policy, transaction in
      try policy.check(input.email)
      let row = PreferenceRow(id: input.email, digest: input.digest, setAt: transaction.now)
      if try transaction.find(PreferenceRow.self, input.email) == nil {
        try transaction.insert(row)
      } else {
        try transaction.update(row)
      }
      // What waits for a digest that no longer comes leaves now.
      if input.digest == .each {
        try transaction.execute(
          """
          UPDATE notifications_message SET state = 'waiting', due_at = \(transaction.now)
          WHERE recipient = \(input.email) AND state = 'held' AND weight = 'normal'
          """)
      }
      return Preference(email: input.email, digest: input.digest)
    }
  }
}

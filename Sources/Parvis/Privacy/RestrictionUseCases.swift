internal import Kernel
internal import NotificationsAPI

extension PrivacyModule {
  @UseCases var aboutRestricting: [Endpoint] {
    restrict
    liftRestriction
    listRestrictions
    restrictMine
    liftMine
  }

  struct Restrict: Codable, Sendable, Labelled {
    /// `volunteer:<id>`, `member:<id>`, `reviewer:<id>`, `partner:<id>`.
    let person: Person
    let reason: Paragraph
    static let labels = words
  }
  struct RestrictMine: Codable, Sendable, Labelled {
    let reason: Paragraph?
    static let labels = words
  }
  struct Restricted: Codable, Sendable {
    let restrictions: [Restriction]
    /// Whether a letter about it left.
    let told: Bool
  }

  private static let words = [
    "person": Label(en: "Person", fr: "Personne"), "reason": Label(en: "Why", fr: "Motif"),
  ]

  /// Whoever is restricted, under all that the same name and address are now.
  private struct Whole: Sendable {
    let subject: DataSubject
    /// Where they are written to now; nil where nobody knows.
    let contact: Contact?
  }

  var restrict: UseCase<Restrict, Restricted> {
    .command(
      "privacy.restrict", .post, "/privacy/restrictions", by: .staff,
      Words(
        en: "Restrict what is kept about somebody: it stays and is not used; they are told",
        fr: "Limiter ce qui est gardé sur quelqu’un : gardé, non utilisé ; la personne le sait"),
      problems: ["privacy/already-restricted"],
      asking: { (input: Restrict, context) in
        let whole = try await whole(grant(input.person), context)
        return (whole, await told(whole, restricting, context))
      }
    ) { (input: Restrict, found: (Whole, Bool), transaction) in
      try restricted(
        grant(input.person), found.0, input.reason, told: found.1, in: transaction)
    }
  }

  var restrictMine: UseCase<RestrictMine, Restricted> {
    .command(
      "privacy.restrict-mine", .post, "/privacy/mine/restriction", by: Self.people,
      Words(
        en: "Restrict what is kept about you: it stays and is not used",
        fr: "Limiter ce qui est gardé sur vous : gardé, non utilisé"),
      problems: ["privacy/already-restricted"],
      asking: { (_: RestrictMine, context) in
        let whole = try await whole(context.actor.grant, context)
        return (whole, await told(whole, restricting, context))
      }
    ) { (input: RestrictMine, found: (Whole, Bool), transaction) in
      try restricted(
        transaction.actor.grant, found.0, input.reason ?? Paragraph("They asked.") ?? .sample,
        told: found.1, in: transaction)
    }
  }

  /// Article 18.3: the person is told before it is lifted. Where that cannot be done, it is not.
  var liftRestriction: UseCase<Restrict, Restricted> {
    .command(
      "privacy.lift-restriction", .post, "/privacy/restrictions/lifting", by: .staff,
      Words(
        en: "Lift somebody’s restriction; they are told before",
        fr: "Lever la limitation de quelqu’un ; la personne le sait avant"),
      problems: ["privacy/not-restricted"],
      asking: { (input: Restrict, context) in
        let grant = try grant(input.person)
        guard try await host.read({ try $0.restriction(of: grant) }) != nil else {
          throw Problem.notRestricted
        }
        let whole = try await whole(grant, context)
        if let contact = whole.contact { try await write(lifting(contact, context), context) }
        return whole.contact != nil
      }
    ) { (input: Restrict, told: Bool, transaction) in
      try lifted(grant(input.person), told: told, in: transaction)
    }
  }

  var liftMine: UseCase<Nothing, Restricted> {
    .command(
      "privacy.lift-mine", .delete, "/privacy/mine/restriction", by: Self.people,
      Words(
        en: "Lift the restriction of what is kept about you",
        fr: "Lever la limitation de ce qui est gardé sur vous"),
      problems: ["privacy/not-restricted"]
    ) { (_: Nothing, transaction) in
      try lifted(transaction.actor.grant, told: false, in: transaction)
    }
  }

  var listRestrictions: UseCase<Nothing, [Restriction]> {
    .query(
      "privacy.restrictions", "/privacy/restrictions", by: .staff,
      Words(
        en: "List whose data are kept and not used, since when and why",
        fr: "Lister de qui les données sont gardées et non utilisées, depuis quand, pourquoi")
    ) { (_: Nothing, transaction) in try transaction.restrictions() }
  }

  private func grant(_ person: Person) throws -> Grant {
    guard let grant = Grant(person.description), grant.role.needsSubject, grant.subject != nil
    else {
      throw Problem.invalid(
        "person", en: "name volunteer:ID, member:ID, reviewer:ID or partner:ID",
        fr: "indiquez volunteer:ID, member:ID, reviewer:ID ou partner:ID")
    }
    return grant
  }

  private func whole(_ grant: Grant, _ context: Context) async throws -> Whole {
    let subject = try await host.read {
      try context.dataSubject(DataSubject(grants: [grant]), in: $0)
    }
    guard !subject.names.isEmpty else { throw nobody(DataSubject(grants: [grant])) }
    var grants = [grant]
    var contact: Contact?
    for address in subject.addresses.sorted() {
      guard let email = EmailAddress(address) else { continue }
      for hat in try await context.hats(of: email)
      where hat.name.map({ subject.names.contains($0.description) }) ?? false {
        grants.append(Grant(hat.grant.role, subject: hat.grant.subject))
        if hat.grant.description == grant.description, let name = hat.name {
          contact = Contact(name: name, email: email, language: .fr)
        }
      }
    }
    return Whole(subject: subject.with(grants), contact: contact)
  }

  private func restricted(
    _ grant: Grant, _ whole: Whole, _ reason: Paragraph, told: Bool, in transaction: Transaction
  ) throws -> Restricted {
    guard try transaction.restriction(of: grant) == nil else { throw Problem.alreadyRestricted }
    try transaction.restrict(whole.subject, because: reason)
    return Restricted(
      restrictions: try whole.subject.grants.compactMap { try transaction.restriction(of: $0) },
      told: told)
  }

  private func lifted(
    _ grant: Grant, told: Bool, in transaction: Transaction
  ) throws -> Restricted {
    let lifted = try transaction.liftRestriction(of: grant)
    guard !lifted.isEmpty else { throw Problem.notRestricted }
    return Restricted(restrictions: lifted, told: told)
  }

  /// Whether the letter left; that it did not is no reason to go on using the data.
  private func told(
    _ whole: Whole, _ letter: (Contact, Context) -> DirectLetter, _ context: Context
  ) async -> Bool {
    guard let contact = whole.contact else { return false }
    do {
      try await write(letter(contact, context), context)
      return true
    } catch {
      return false
    }
  }

  private func restricting(_ contact: Contact, _ context: Context) -> DirectLetter {
    DirectLetter(
      id: context.newID(), kind: Key("restriction") ?? .sample, to: contact,
      subject: Words(
        en: "Your data are kept and not used from now on",
        fr: "Vos données sont gardées et ne sont plus utilisées"),
      paragraphs: [
        Words(
          en:
            "What we keep about you is restricted (GDPR, article 18): it stays as it is, and is not used. You are proposed for no team, shown in no list to companies or reviewers, and we write to you about nothing but this. A seat you have stays yours.",
          fr:
            "Ce que nous gardons sur vous est limité (RGPD, article 18) : rien n’est effacé, rien n’est utilisé. Vous n’êtes proposé·e pour aucune équipe, n’apparaissez dans aucune liste aux entreprises ni aux relecteurs, et nous ne vous écrivons que sur ce sujet. Une place que vous avez reste la vôtre."
        ),
        Words(
          en:
            "On “My data” you see everything, take it with you, and lift the restriction. Answer this letter with any question.",
          fr:
            "Sur « Mes données », vous voyez tout, pouvez l’emporter, et lever la limitation. Répondez à cette lettre pour toute question."
        ),
      ])
  }

  private func lifting(_ contact: Contact, _ context: Context) -> DirectLetter {
    DirectLetter(
      id: context.newID(), kind: Key("restriction-lifted") ?? .sample, to: contact,
      subject: Words(
        en: "Your data will be used again", fr: "Vos données vont être utilisées de nouveau"),
      paragraphs: [
        Words(
          en:
            "The restriction of what we keep about you is being lifted: you may be proposed for teams again, and we write to you as before. If you do not agree, restrict it again on “My data”, or answer this letter.",
          fr:
            "La limitation de ce que nous gardons sur vous est levée : vous pouvez de nouveau être proposé·e pour des équipes, et nous vous écrivons comme avant. Si vous n’êtes pas d’accord, limitez de nouveau sur « Mes données », ou répondez à cette lettre."
        )
      ])
  }
}

extension Problem {
  fileprivate static let alreadyRestricted = Problem(
    "privacy/already-restricted", status: 409,
    title: Words(en: "Restricted already", fr: "Déjà limité"),
    detail: Words(
      en: "What is kept about this person is not used since before.",
      fr: "Ce qui est gardé sur cette personne n’est déjà plus utilisé."),
    advice: Words(
      en: "There is nothing left to do. parvis privacy restrictions says since when.",
      fr: "Il n’y a plus rien à faire. parvis privacy restrictions dit depuis quand."))

  fileprivate static let notRestricted = Problem(
    "privacy/not-restricted", status: 409,
    title: Words(en: "Not restricted", fr: "Pas limité"),
    detail: Words(
      en: "What is kept about this person may be used.",
      fr: "Ce qui est gardé sur cette personne peut être utilisé."),
    advice: Words(
      en: "There is nothing to lift. parvis privacy restrictions lists those there are.",
      fr: "Il n’y a rien à lever. parvis privacy restrictions liste celles qu’il y a."))
}

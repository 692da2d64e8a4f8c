internal import Kernel
internal import Pages

// Who did what to which rows, in words: people by their names, rows by what they are called.
extension EventsModule {
  private struct Asked: Codable, Sendable {
    let role: Role?
    let person: Person?
    let useCase: Name?
    let after: Int64?
  }

  /// The lines of a page, and what is known of who and what is in them.
  private struct Known: Sendable {
    let page: Page<AuditLine>
    var people: [Person: NamedRow] = [:]
    /// By table, then by id.
    var rows: [String: [String: NamedRow]] = [:]
  }

  /// How many rows a line names; the rest are counted.
  private static let rowsNamed = 3

  var auditPage: PortalPage {
    PortalPage(
      "events.audit-page", "/audit", by: [.administrator],
      Words(en: "Audit", fr: "Journal d’audit"), inMenu: true,
      asking: { (input: Asked, _) in try await known(input) }
    ) { (input: Asked, known, _) in
      let who = input.person.map { words(of: $0, known).0 }
      return PageContent(
        title: who.map {
          Words(en: "Audit: \($0.en)", fr: "Journal d’audit : \($0.fr)")
        } ?? Words(en: "Audit", fr: "Journal d’audit"),
        lead: Words(
          en: "Who changed what, as what; the latest first.",
          fr: "Qui a changé quoi, à quel titre ; le plus récent d’abord."),
        trail: who == nil ? [] : [Link(Words(en: "Audit", fr: "Journal d’audit"), "/audit")]
      ) {
        if let person = input.person, let page = known.people[person]?.page {
          Block.links(Link(Words(en: "Their page", fr: "Leur page"), page))
        }
        Block.links(
          Link(
            Words(en: "Messages between modules", fr: "Messages entre modules"), "/events"))
        table(input, known)
      }
    }
  }

  private func table(_ input: Asked, _ known: Known) -> Block {
    .table(
      Table(
        Words(en: "Commands", fr: "Commandes"),
        columns: [
          Column(en: "What", fr: "Quoi"), Column(en: "When", fr: "Quand"),
          Column(en: "Who", fr: "Qui"), Column(en: "As", fr: "À titre de"),
          Column(en: "Rows", fr: "Lignes"),
        ],
        rows: known.page.items.map { line in
          TableRow([
            .words(doings[line.useCase] ?? doingsBeside[line.useCase] ?? Words(line.useCase)),
            .moment(line.at, host.clock.zone),
            who(line, known), .words(line.role.words), rows(of: line, known),
          ])
        }, empty: Words(en: "Nothing yet.", fr: "Rien pour l’instant."),
        filters: [
          Filter(
            "role", Words(en: "As", fr: "À titre de"),
            choices: Role.allCases.map { FormChoice($0.rawValue, $0.words) },
            value: input.role?.rawValue),
          Filter("useCase", Words(en: "What", fr: "Quoi"), value: input.useCase?.description),
        ], next: known.page.next, csv: "audit"))
  }

  /// A person leads to all they did; whom they did it for stands beside.
  private func who(_ line: AuditLine, _ known: Known) -> PageValue {
    func value(_ person: Person) -> PageValue {
      let (words, isOne) = words(of: person, known)
      return isOne
        ? .link(words, "/audit?person=\(Target.encoded(person.description))") : .words(words)
    }
    guard let behalf = line.behalf, behalf != line.person else { return value(line.person) }
    return .list([value(line.person), .words(en: "for", fr: "pour"), value(behalf)])
  }

  /// What somebody is called, and whether they are one person.
  private func words(of person: Person, _ known: Known) -> (Words, Bool) {
    if let row = known.people[person] {
      return (row.title.map { Words($0) } ?? row.noun, true)
    }
    switch person {
    case .owner:
      return (
        Words(en: "whoever holds the data directory", fr: "qui tient le dossier de données"), true
      )
    case .parvis: return (Words(en: "Parvis itself", fr: "Parvis lui-même"), true)
    case .anyone: return (Words(en: "somebody unknown", fr: "une personne inconnue"), false)
    default:
      if person.description.hasPrefix("token:") {
        return (Words(en: "a program", fr: "un programme"), true)
      }
      return (
        Grant(person.description)?.role.words ?? Words(en: "somebody", fr: "quelqu’un"),
        person.isTold
      )
    }
  }

  private func rows(of line: AuditLine, _ known: Known) -> PageValue {
    guard !line.rows.isEmpty else { return .none }
    var values: [PageValue] = line.rows.prefix(Self.rowsNamed).map { row in
      guard let named = known.rows[row.kind]?[row.row] else {
        return .words(en: "something of \(row.kind)", fr: "un élément de \(row.kind)")
      }
      let words =
        named.title.map {
          Words(en: "\(named.noun.en) “\($0)”", fr: "\(named.noun.fr) « \($0) »")
        } ?? named.noun
      return named.page.map { .link(words, $0) } ?? .words(words)
    }
    let rest = line.rowCount - values.count
    if rest > 0 { values.append(.words(en: "and \(rest) more", fr: "et \(rest) de plus")) }
    return .list(values)
  }

  private func known(_ input: Asked) async throws -> Known {
    let words = Dictionary(knowing.flatMap(\.rowWords).map { ($0.table, $0) }) { first, _ in first }
    var known = try await host.read { connection in
      let page = try latestLines(
        as: input.role, by: input.person, doing: input.useCase, before: input.after, limit: 50,
        in: connection)
      var known = Known(page: page)
      let rows = page.items.flatMap { $0.rows.prefix(Self.rowsNamed) }
      for (table, rows) in Dictionary(grouping: rows, by: \.kind) {
        guard let words = words[table] else { continue }
        known.rows[table] = try connection.named(Set(rows.map(\.row)).sorted(), as: words)
      }
      return known
    }
    let people = Set(
      known.page.items.flatMap { [$0.person, $0.behalf] }.compactMap { $0 }
        + [input.person].compactMap { $0 })
    let accounts = people.compactMap { person in person.account.map { (person, $0.description) } }
    if let words = words["accounts_person"] {
      let named = try await host.read { try $0.named(accounts.map(\.1), as: words) }
      for (person, id) in accounts { known.people[person] = named[id] }
    }
    for person in people where known.people[person] == nil {
      guard let grant = Grant(person.description), grant.subject != nil else { continue }
      for module in knowing {
        guard let hat = try await module.hat(of: grant) else { continue }
        known.people[person] = NamedRow(
          noun: hat.label, title: hat.name?.description, page: page(of: grant))
        break
      }
    }
    return known
  }

  /// Where staff find somebody, by what they are here.
  private func page(of grant: Grant) -> String? {
    grant.role == .volunteer ? grant.subject.map { "/volunteers/\($0)/profile" } : nil
  }
}

extension Role {
  fileprivate var words: Words {
    switch self {
    case .anyone: Words(en: "Anyone", fr: "Tout le monde")
    case .system: Words(en: "Parvis itself", fr: "Parvis lui-même")
    case .administrator, .manager, .reviewer, .member, .volunteer, .partner:
      JSONSchema.words(of: rawValue)
    }
  }
}

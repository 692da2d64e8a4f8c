internal import Accompaniment
internal import Accounts
internal import AccountsAPI
internal import Applications
internal import Kernel
internal import Matching
internal import Missions
internal import Notifications
internal import NotificationsAPI
internal import Pages
internal import Partners
internal import PartnersAPI
internal import Programmes
internal import Reporting
internal import SQLite
internal import Synchronization

/// The composition root: the one place that names implementations. A module is one line here, in an
/// order in which each finds those it asks.
func compose(
  _ host: Host, in directory: DataDirectory?,
  surviving durability: SQLiteDatabase.Durability = .powerCut, staying: Bool = false,
  isDemonstration: Bool = false, origin: String? = nil
) -> [any Module] {
  let vault = directory.map { directory in
    FileVault(
      folder: directory.files, keys: directory.keys,
      limit: { try await host.read { try $0.operatorSettings().mostInFile << 20 } })
  }
  let host = host.keeping(files: vault ?? NoFiles())
  let programmes = ProgrammesModule(host: host)
  let applications = ApplicationsModule(host: host, programmes: programmes)
  let accompaniment = AccompanimentModule(
    host: host, programmes: programmes, applications: applications)
  let partners = PartnersModule(host: host, programmes: programmes, applications: applications)
  let matching = MatchingModule(
    host: host, programmes: programmes, applications: applications, accompaniment: accompaniment,
    partners: partners, resumesRuns: staying)
  let domain = Later<String>()
  let owners = Later<[Contact]>()
  let missions = MissionsModule(
    host: host, programmes: programmes, applications: applications, accompaniment: accompaniment,
    partners: partners, matching: matching, calendarDomain: { try await domain.value() })
  let letterbox = Letterbox(clock: isDemonstration ? host.clock : .system)
  let house = OperatorModule(host: host)
  let notifications = NotificationsModule(
    host: host,
    mailbox: FileMailbox(directory?.mailbox ?? "", survivesPowerCut: durability == .powerCut),
    carrier: directory.map { SMTPCarrier(keys: DKIMKeys(folder: $0.keys)) },
    sender: operatorContact, origin: { portalOrigin(of: directory, said: origin) },
    sealing: { try await letterbox.seal($0) },
    masthead: { try await house.settings().masthead },
    reminding: [programmes, applications, accompaniment, partners, matching, missions],
    escalatingTo: { try await owners.value() },
    keepsAt: { directory?.holds($0) ?? false },
    programmes: programmes, applications: applications, accompaniment: accompaniment,
    partners: partners, matching: matching, missions: missions)
  domain.is { try await notifications.calendarDomain() }
  let modules: [any Module] = [
    programmes,
    applications,
    accompaniment,
    partners,
    matching,
    missions,
    notifications,
  ]
  let accounts = AccountsModule(
    host: host, others: modules, isDemonstration: isDemonstration,
    origin: { portalOrigin(of: directory, said: origin) },
    carry: { letter, context in try await notifications.send(DirectLetter(letter), as: context) })
  owners.is { try await accounts.owners() }
  letterbox.open(accounts: accounts, pages: (modules + [accounts]).flatMap(\.portalPages))
  let door: [any Module] = [
    house,
    OverviewModule(host: host, programmes: programmes, others: modules),
    accounts,
    ReportingModule(
      host: host, programmes: programmes, figures: modules.flatMap(\.figures),
      timeline: modules.flatMap(\.timeline),
      publisher: { try await house.settings().name }
    ) { actor in
      guard let contact = actor.subject(as: .partner, PartnerContactID.self),
        let partner = try await partners.partner(of: contact)
      else { return nil }
      return try await partners.partner(partner).name
    },
    TokensModule(
      host: host, others: modules,
      requireEdition: { _ = try await programmes.edition($0) }),
  ]
  let cellar: [any Module] = [
    WebhooksModule(host: host, carrier: HTTPWebhookCarrier()),
    PrivacyModule(
      host: host, log: directory.map { ErasureLog($0) },
      isPlayed: { directory?.isPlayed ?? false },
      write: { letter, context in try await notifications.send(letter, as: context) }),
    FilesModule(host: host, vault: vault, others: modules),
    BackupsModule(host: host, directory: directory, staying: staying),
    HistoryModule(),
    StatusModule(host: host, messagesWaiting: { try await notifications.waiting() }),
  ]
  let all = modules + door + cellar
  let events = EventsModule(
    host: host, partnerOf: { try await partners.partner(of: $0) },
    doings: Dictionary(all.flatMap(\.endpoints).map { ($0.id, $0.summary) }) { first, _ in first },
    toldUpTo: { try WebhooksModule.toldUpTo($0) }, knowing: all)
  return modules + door + [events] + cellar
}

/// What a module says that is composed after those who ask it.
private final class Later<Value: Sendable>: Sendable {
  private let answer = Mutex<(@Sendable () async throws -> Value)?>(nil)

  func `is`(_ answer: @escaping @Sendable () async throws -> Value) {
    self.answer.withLock { $0 = answer }
  }

  func value() async throws -> Value {
    guard let answer = answer.withLock({ $0 }) else {
      throw StorageError.unavailable("not composed yet")
    }
    return try await answer()
  }
}

extension DirectLetter {
  /// Accounts' letter as Notifications takes it.
  fileprivate init(_ letter: AccountsLetter) {
    self.init(
      id: MessageID(letter.id.description) ?? .sample, kind: letter.kind, to: letter.to,
      subject: letter.subject, paragraphs: letter.paragraphs,
      button: letter.button.map { Button($0.words, address: $0.address) })
  }
}

/// Who letters come from until the operator says otherwise.
private let operatorContact = Contact(
  name: Name("Parvis") ?? .sample, email: EmailAddress("parvis@parvis.example") ?? .sample,
  language: .fr)

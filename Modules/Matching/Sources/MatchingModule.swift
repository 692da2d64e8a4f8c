public import AccompanimentAPI
public import ApplicationsAPI
public import Kernel
public import PartnersAPI
public import ProgrammesAPI

/// Teams: runs of the engine, locks, places offered and confirmed, waiting list, replacements.
public struct MatchingModule: Module {
  public static let name = "matching"
  public static let summary = Words(
    en: "runs, teams, locks, offers and replacements",
    fr: "appariements, équipes, verrous, offres et remplacements")

  let host: Host
  let programmes: any ProgrammesAPI
  let applications: any ApplicationsAPI
  let accompaniment: any AccompanimentAPI
  let partners: any PartnersAPI
  let desk: RunDesk
  let resumesRuns: Bool

  /// `resumesRuns` says whether this process stays long enough to take up what another left unfinished.
  public init(
    host: Host, programmes: any ProgrammesAPI, applications: any ApplicationsAPI,
    accompaniment: any AccompanimentAPI, partners: any PartnersAPI, resumesRuns: Bool = true
  ) {
    self.resumesRuns = resumesRuns
    self.host = host
    desk = RunDesk(in: host.workroom)
    self.programmes = programmes
    self.applications = applications
    self.accompaniment = accompaniment
    self.partners = partners
  }

  public var endpoints: [Endpoint] {
    aboutRuns
    aboutRunProgress
    aboutComparing
    aboutStrategiesSideBySide
    aboutExplaining
    aboutWhatIf
    aboutFairness
    aboutOffers
    aboutLocks
    aboutWeights
    aboutTeamRules
    aboutPlaces
    aboutExtending
    aboutOfferReminders
    aboutFilling
    aboutSeatsByHand
    aboutTeamMoves
    aboutRoleOutlook
  }

  /// What makes a case that was gathered untrue: people who come, change or leave, missions that come,
  /// the edition's format and end.
  static let situationChanges = Reliance(
    VolunteerRegistered.self, ProfileCompleted.self, ProfileChanged.self,
    VolunteerWithdrew.self, BriefPublished.self, BriefCancelled.self, BriefRestored.self,
    VolunteerMoved.self, FormatChanged.self,
    EditionClosed.self)

  /// Asks the other modules for all that a run of the edition looks at.
  func gather(_ id: EditionID) async throws -> MatchingCase {
    let edition = try await programmes.edition(id)
    let briefs = try await accompaniment.briefs(of: id).map { $0.held(in: edition.format) }
    let volunteers = try await partners.volunteers(of: id)
    var causes: [OrganisationID: Set<Key>] = [:]
    var names: [OrganisationID: Name] = [:]
    for (id, organisation) in try await applications.organisations(briefs.map(\.organisation)) {
      causes[id] = Set(organisation.causes)
      names[id] = organisation.name
    }
    let partnerNames = try await partners.partnerNames(volunteers.compactMap(\.partner))
    return MatchingCase(
      edition: edition, catalogue: try await programmes.catalogue(),
      halfDays: try await programmes.halfDays(of: id), briefs: briefs, causes: causes,
      organisationNames: names, volunteers: volunteers, partnerNames: partnerNames)
  }
}

extension Brief {
  /// The brief as its team will really meet: in an edition gone remote, everybody meets remotely.
  func held(in edition: Format) -> Brief {
    switch edition {
    case .onSite, .hybrid: self
    case .remote:
      Brief(
        id: id, edition: self.edition, organisation: organisation, title: title,
        missionType: missionType, context: context, deliverable: deliverable, roles: roles,
        halfDays: halfDays, format: .remote, languages: languages)
    }
  }
}

public import AccompanimentAPI
public import ApplicationsAPI
public import Kernel
public import MatchingAPI
internal import MissionsAPI
public import PartnersAPI
public import ProgrammesAPI

/// Missions: their teams, sessions, hours, deliverables, risks, evaluations and closing.
public struct MissionsModule: Module {
  public static let name = "missions"
  public static let summary = Words(
    en: "missions, teams, sessions, hours and deliverables",
    fr: "missions, équipes, séances, heures et livrables")

  let host: Host
  let programmes: any ProgrammesAPI
  let applications: any ApplicationsAPI
  let accompaniment: any AccompanimentAPI
  let partners: any PartnersAPI
  let matching: any MatchingAPI
  let venue: Venue
  let calendarDomain: @Sendable () async throws -> String

  /// `meetings` is the address under which each remote session gets a link of its own; `calendarDomain` says
  /// what UIDs of dates end in, as those of the letters do.
  public init(
    host: Host, programmes: any ProgrammesAPI, applications: any ApplicationsAPI,
    accompaniment: any AccompanimentAPI, partners: any PartnersAPI, matching: any MatchingAPI,
    meetings: String = "https://meet.parvis.example",
    calendarDomain: @escaping @Sendable () async throws -> String = { "parvis" }
  ) {
    self.host = host
    self.programmes = programmes
    self.applications = applications
    self.accompaniment = accompaniment
    self.partners = partners
    self.matching = matching
    venue = Venue(meetings: meetings)
    self.calendarDomain = calendarDomain
  }

  public var endpoints: [Endpoint] {
    aboutMissions
    aboutClosing
    aboutCancelling
    aboutTeamsCheck
    aboutSessions
    aboutPresence
    aboutDoubleBooking
    aboutMilestones
    aboutRisks
    aboutHours
    aboutHoursChecking
    aboutHoursTogether
    aboutHoursWayBack
    aboutHoursLists
    aboutRegimes
    aboutRules
    aboutDeliverables
    aboutDeliverableFiles
    aboutEvaluations
  }

  public var subscriptions: [Subscription] {
    [formMission, joinTeam, leaveTeam, followFormat] + following + followingMerges
  }
}

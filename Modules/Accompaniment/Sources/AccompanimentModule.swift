internal import AccompanimentAPI
public import ApplicationsAPI
public import Kernel
public import ProgrammesAPI

/// What happens between the day a laureate takes its place and the day its mission starts, and the
/// question months later of what stayed.
public struct AccompanimentModule: Module {
  public static let name = "accompaniment"
  public static let summary = Words(
    en: "journeys, needs, workshops, mission briefs and follow-up",
    fr: "parcours, besoins, ateliers, cahiers des charges et suivi")

  let host: Host
  let programmes: any ProgrammesAPI
  let applications: any ApplicationsAPI
  /// How many months after the edition's end organisations are asked what stayed.
  let followUpMonths: [Int]

  public init(
    host: Host, programmes: any ProgrammesAPI, applications: any ApplicationsAPI,
    followUpMonths: [Int] = [6, 12]
  ) {
    self.host = host
    self.programmes = programmes
    self.applications = applications
    self.followUpMonths = followUpMonths
  }

  public var endpoints: [Endpoint] {
    aboutJourneys
    aboutNeeds
    aboutWorkshops
    aboutBriefs
    aboutBriefChanges
    aboutFollowUps
  }

  public var subscriptions: [Subscription] {
    [startJourney, endJourney, followName, followMerge, followParting]
  }
  public var jobs: [Job] { [askFollowUps] }
}

public import Kernel
public import ProgrammesAPI

/// Calls for applications, the organisations that apply, the jury's reviews and its decisions.
public struct ApplicationsModule: Module {
  public static let name = "applications"
  public static let summary = Words(
    en: "calls, organisations, applications, reviews and decisions",
    fr: "appels, organisations, candidatures, relectures et décisions")

  let host: Host
  let programmes: any ProgrammesAPI

  public init(host: Host, programmes: any ProgrammesAPI) {
    self.host = host
    self.programmes = programmes
  }

  public var endpoints: [Endpoint] {
    aboutCalls
    aboutCallStages
    aboutApplicationLists
    aboutOrganisations
    aboutMerging
    aboutMergesInPreview
    aboutDuplicates
    aboutMembers
    aboutDrafts
    aboutWayBack
    aboutExtensions
    aboutReviewers
    aboutJury
    aboutConflicts
    aboutLikelyConflicts
    aboutReviewAssignments
    aboutReviews
    aboutRanking
    aboutDeliberation
    aboutConfirmation
    aboutStaging
  }
}

public import ApplicationsAPI
public import Kernel
public import ProgrammesAPI

/// Companies, public backers and employment agencies; what they agree and pledge; the people they
/// send, and what those can do and when.
public struct PartnersModule: Module {
  public static let name = "partners"
  public static let summary = Words(
    en: "partners, agreements, pledges, rosters and volunteers",
    fr: "partenaires, conventions, engagements, listes et volontaires")

  let host: Host
  let programmes: any ProgrammesAPI
  let applications: any ApplicationsAPI

  public init(host: Host, programmes: any ProgrammesAPI, applications: any ApplicationsAPI) {
    self.host = host
    self.programmes = programmes
    self.applications = applications
  }

  public var endpoints: [Endpoint] {
    aboutPartners
    aboutPartnerContacts
    aboutAgreements
    aboutPledges
    aboutRosters
    aboutRosterBatches
    aboutInvitations
    aboutClaims
    aboutDuplicates
    aboutTellingApart
    aboutPartnerMerging
    aboutMerging
    aboutVolunteers
    aboutRegimes
    aboutMoves
    aboutProfiles
    aboutLeaving
    aboutPeopleTogether
    aboutDepartures
    aboutKeptRosters
  }

  public var jobs: [Job] { [inviteDue, forgetKeptRosters] }
}

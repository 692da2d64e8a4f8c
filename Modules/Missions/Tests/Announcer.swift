import AccompanimentAPI
import ApplicationsAPI
import Kernel
import KernelTesting
import MatchingAPI
import PartnersAPI
import ProgrammesAPI

/// Says what other modules would say, when a test wants it said.
struct Announcer: Module {
  static let name = "announcer"
  static let summary = Words("announcer")

  var endpoints: [Endpoint] {
    [
      says(BriefPublished.self), says(PlaceConfirmed.self), says(PlaceWithdrawn.self),
      says(FormatChanged.self), says(VolunteerCorrected.self), says(VolunteerMoved.self),
      says(PartnerRenamed.self), says(BriefCancelled.self), says(BriefRestored.self),
      says(BriefCorrected.self), says(TeamsMerged.self), says(OrganisationRenamed.self),
      says(OrganisationsMerged.self), says(JourneysReturned.self),
      says(OrganisationsParted.self), says(PartnersMerged.self), says(PartnersParted.self),
    ]
  }

  private func says<E: Event>(_ type: E.Type) -> Endpoint {
    .command("announcer.\(E.name)", .post, "/announcements/\(E.name)", by: .staff, Words(E.name)) {
      (event: E, transaction) in
      try transaction.emit(event)
      return Nothing()
    }
  }
}

internal import Kernel
internal import PartnersAPI

// What several use cases and pages are about.

extension PartnersModule {
  struct OfEdition: Codable, Sendable {
    let edition: EditionID
  }
  struct OneVolunteer: Codable, Sendable {
    let volunteer: VolunteerID
  }
}

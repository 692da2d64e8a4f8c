internal import Kernel
internal import MissionsAPI

// What several use cases and pages are about.

extension MissionsModule {
  struct OfEdition: Codable, Sendable {
    let edition: EditionID
  }
  struct PageOfEdition: Codable, Sendable {
    let edition: EditionID
    let after: PageMark?
    let limit: PageSize?
  }
  struct OneMission: Codable, Sendable {
    let mission: MissionID
  }
}

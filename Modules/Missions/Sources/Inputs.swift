internal import Kernel
internal import MissionsAPI

// What several use cases and pages are about.

extension MissionsModule {
  struct OfEdition: Codable, Sendable {
    let edition: EditionID
  }
  struct OneMission: Codable, Sendable {
    let mission: MissionID
  }
}
